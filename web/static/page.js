// What a page does better with a script. Every page works without: links, forms and anchors stay.
(() => {
  "use strict";
  const form = document.getElementById("search");
  const box = document.getElementById("q");
  const main = document.getElementById("main");
  const status = document.getElementById("status");
  const keys = document.getElementById("keys");
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  // --- results and tables change as filters do ---

  const FEED = "link[rel=alternate]";
  let shown = location.pathname + location.search;
  let running = null;

  function asked(fields) {
    const typed = [...new FormData(fields)].filter(([, value]) => value !== "");
    return `${fields.action}?${new URLSearchParams(typed)}`.replace(/\?$/, "");
  }

  async function load(address, focused) {
    running?.abort();
    const mine = (running = new AbortController());
    main.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: mine.signal });
      if (!answer.headers.get("Content-Type")?.startsWith("text/html")) throw new Error("no page");
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (mine.signal.aborted) return;
      show(page, focused);
      if (focused && answer.url !== location.href) history.pushState(null, "", answer.url);
      shown = location.pathname + location.search;
      running = null;
    } catch (error) {
      // The browser says what is wrong better than a script could.
      if (error.name !== "AbortError") location.assign(address);
    }
  }

  function show(page, focused) {
    const open = all("details[open]", main).map(nameOf).filter((name) => name.trim());
    const next = page.getElementById("main");
    if (!focused || !around(next)) main.replaceChildren(...next.childNodes);
    main.removeAttribute("aria-busy");
    for (const part of all("details", main)) if (open.includes(nameOf(part))) part.open = true;
    const theirs = page.getElementById("search");
    for (const field of all("input[type=hidden]", form)) field.remove();
    form.append(...all("input[type=hidden]", theirs));
    if (document.activeElement !== box) box.value = page.getElementById("q").value;
    document.title = page.title;
    document.body.className = page.body.className;
    for (const link of all(FEED)) link.remove();
    document.head.append(...all(FEED, page));
    status.textContent = (main.querySelector(".total") ?? main.querySelector("h1"))?.textContent ?? "";
    if (focused && document.activeElement === document.body)
      (fieldLike(focused) ?? main).focus({ preventScroll: true });
  }

  // The form of a table stays as it is: somebody may be typing the name of a value in it.
  function around(next) {
    const [ours, theirs] = [main, next].map((one) => one.querySelector(".narrowing, .narrow-to"));
    if (!ours || !theirs) return false;
    ours.querySelector("summary")?.replaceWith(theirs.querySelector("summary"));
    for (const part of [...main.childNodes]) if (part !== ours) part.remove();
    const parts = [...next.childNodes];
    const place = parts.indexOf(theirs);
    ours.before(...parts.slice(0, place));
    ours.after(...parts.slice(place + 1));
    return true;
  }

  const nameOf = (part) =>
    `${part.className} ${part.closest("fieldset")?.querySelector("legend")?.textContent ?? ""}`;

  const fieldLike = ({ name, value, type }) =>
    all(".filters input", main).find(
      (field) => field.name === name && (type !== "checkbox" || field.value === value),
    );

  document.addEventListener("change", ({ target }) => {
    if (!target.closest(".filters, .narrow-to") || !target.form) return;
    load(asked(target.form), { name: target.name, value: target.value, type: target.type });
  });

  document.addEventListener("submit", (event) => {
    if (!event.target.matches(".narrow-to")) return;
    event.preventDefault();
    // What was changed is asked for already.
    if (!running) load(asked(event.target), {});
  });

  window.addEventListener("popstate", () => {
    if (location.pathname + location.search !== shown) load(location.href, null);
  });

  // --- a long list of values is searched where it stands ---

  document.addEventListener("input", ({ target }) => {
    if (!target.matches(".within input")) return;
    const list = target.closest("details");
    const typed = target.value.trim().toLowerCase();
    let left = 0;
    for (const item of all("li", list)) {
      item.hidden = !item.textContent.toLowerCase().includes(typed);
      left += !item.hidden;
    }
    list.querySelector(".within .hint").hidden = left > 0;
  });

  // --- from one match in a document to the next ---

  const matches = all(".text mark");
  const counter = document.querySelector(".matches output");
  let current = -1;

  function firstInSight() {
    const target = document.querySelector(".text :target");
    return Math.max(0, target ? matches.findIndex((match) => target.contains(match)) : 0);
  }

  function step(by) {
    if (!matches.length) return;
    matches[current]?.classList.remove("current");
    current = current < 0 ? firstInSight() : (current + by + matches.length) % matches.length;
    const match = matches[current];
    match.classList.add("current");
    match.tabIndex = -1;
    match.scrollIntoView({ block: "center" });
    match.focus({ preventScroll: true });
    counter.textContent = `${current + 1} of ${matches.length}`;
  }

  if (counter) counter.textContent = `${matches.length} marked`;
  document.querySelector(".matches .back")?.addEventListener("click", () => step(-1));
  document.querySelector(".matches .on")?.addEventListener("click", () => step(1));

  // --- copying ---

  document.addEventListener("click", async ({ target }) => {
    if (!target.matches("button.copy")) return;
    const words = document.getElementById(target.dataset.of);
    words.select();
    try {
      await navigator.clipboard.writeText(words.value);
    } catch {
      // Without leave, or over plain HTTP: the words are selected, and Ctrl+C takes them.
      status.textContent = "Selected";
      return;
    }
    target.textContent = status.textContent = "Copied";
  });

  // --- keys ---

  function throughHits(from, by) {
    const hits = all(".found :is(h2, h3) a");
    const place = hits.indexOf(from);
    if (from !== box && place < 0) return false;
    const next = from === box ? (by > 0 ? hits[0] : null) : place + by < 0 ? box : hits[place + by];
    next?.focus();
    return Boolean(next);
  }

  const actions = {
    "/": () => (box.focus(), box.select(), true),
    "?": () => (keys.showModal(), true),
    n: () => (step(1), matches.length > 0),
    p: () => (step(-1), matches.length > 0),
  };

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || keys.open) return;
    const typing = target.matches("input:not([type=checkbox]), textarea, select");
    const by = { ArrowDown: 1, ArrowUp: -1 }[key];
    const done = by ? throughHits(target, by) : !typing && actions[key]?.();
    if (done) event.preventDefault();
  });
})();
