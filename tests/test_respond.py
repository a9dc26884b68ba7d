"""The draft of a response: every ask word for word, in order, with its boxes, in each format."""

from __future__ import annotations

import calendar
import datetime
import io
import re
import sys
import zipfile
from pathlib import Path

import docx
import lxml.html
import pytest
from docx.table import Table
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from commands import Terminal
from letter_samples import LETTER, NATIONAL, made
from peelsearch.corpus import Corpus, open_corpus
from peelsearch.errors import InputError
from peelsearch.extracts import ExtractMemory
from peelsearch.indexing import build
from peelsearch.lookup import find
from peelsearch.model.papers import ResponseDraft
from peelsearch.papers import response_draft
from peelsearch.register import RegisterOptions, comment_days, register
from peelsearch.render.draft import CHIEF, COMMISSIONER, draft_paper, last_day_words
from peelsearch.render.paper import Boxes, Facts, Heading, Paper, Words, paper_markdown, quoted
from peelsearch.render.paper_html import paper_html
from peelsearch.render.paper_word import paper_docx
from peelsearch.render.sheets import Export, Sheet, fit
from peelsearch.render.word import export_docx
from peelsearch.snippets import readable
from peelsearch.vocabulary import ResponseRule, Vocabulary

sys.path.insert(0, str(Path(__file__).parent / "documents"))
from pdf_writer import BOLD, Page, write

REPORT = "PEEL 2021/22"
MORE = """
Recommendation 4

By January 2024, the Home Office should pay for this.

Recommendation 5

By January 2024, chief constables should tell staff of it.

Recommendation 7

By January 2024, Kent Police should say what it did.

Innovative practice

Peer mentors for new call takers

The force has given each new call taker a mentor. They meet each week and it helps them.
"""
RULE = ResponseRule(days=56, since="2017-05-02", law="the law")


def drafted(corpus: Corpus, vocabulary: Vocabulary, name: str, **options: str) -> ResponseDraft:
    report = find(corpus, name).document
    return response_draft(corpus, vocabulary, ExtractMemory(), report, **options)


@pytest.fixture(scope="module")
def draft(corpus: Corpus, vocabulary: Vocabulary) -> ResponseDraft:
    return drafted(corpus, vocabulary, REPORT)


@pytest.fixture(scope="module")
def paper(draft: ResponseDraft, vocabulary: Vocabulary) -> Paper:
    return draft_paper(draft, vocabulary)


def test_every_ask_is_in_it_word_for_word_in_order(
    corpus: Corpus, vocabulary: Vocabulary, draft: ResponseDraft
) -> None:
    found = register(corpus, vocabulary, ExtractMemory(), RegisterOptions("2024-02-01")).entries
    wanted = {entry.id for entry in found if entry.kind == "area-for-improvement"}
    assert len(draft.asks) == 10
    assert {one.entry.id for one in draft.asks} == wanted
    text = corpus.structure(draft.document.id).text
    starts = []
    for number, one in enumerate(draft.asks, start=1):
        said = one.entry.place.said
        assert said.quote == text[said.start : said.end]
        assert one.entry.reference == f"Bedfordshire 2021/22 AFI {number}"
        starts.append(said.start)
    assert starts == sorted(starts)
    assert len(draft.practices) == 2
    assert draft.others == ()


def expected(draft: ResponseDraft) -> list[tuple[str, list[str]]]:
    """The reference and the words of each ask, then of each practice; of a link its label."""
    return [
        (one.entry.reference, readable(one.entry.place.said.quote).split())
        for one in (*draft.asks, *draft.practices)
    ]


def test_the_word_file_holds_asks_and_empty_boxes(draft: ResponseDraft, paper: Paper) -> None:
    file = docx.Document(io.BytesIO(paper_docx(paper)))
    said: dict[str, list[str]] = {}
    tables: dict[str, Table] = {}
    reference = ""
    for part in file.iter_inner_content():
        if isinstance(part, Table):
            assert reference not in tables
            tables[reference] = part
        elif part.style is not None and part.style.name == "Heading 2":
            reference = part.text
        elif part.style is not None and part.style.name == "Quotation":
            said.setdefault(reference, []).extend(part.text.split())
    assert list(said.items()) == expected(draft)
    assert list(tables) == [one.entry.reference for one in draft.asks]
    for table in tables.values():
        assert [row.cells[0].text for row in table.rows] == [CHIEF, "", COMMISSIONER, ""]
        # An empty row with room to write in.
        assert all((table.rows[row].height or 0) > 700_000 for row in (1, 3))


def test_the_page_holds_asks_and_empty_boxes(draft: ResponseDraft, paper: Paper) -> None:
    page = lxml.html.document_fromstring(paper_html(paper))
    headings = [found.text_content() for found in page.iter("h3")]
    quotes = [found.text_content() for found in page.iter("blockquote")]
    pairs = zip(headings, [re.sub(r"\s+", " ", quote).split() for quote in quotes], strict=True)
    assert list(pairs) == expected(draft)
    boxes = [(s.findtext("h4"), s.find("div").text_content()) for s in page.iter("section")]
    assert boxes == [(CHIEF, ""), (COMMISSIONER, "")] * 10
    # One file that loads nothing.
    assert not page.xpath("//script | //link | //img | //@src | //@href")
    assert "url(" not in paper_html(paper)


def read_markdown(text: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(MarkdownIt("commonmark").enable("table").render(text))


def test_the_markdown_holds_asks_and_empty_boxes(draft: ResponseDraft, paper: Paper) -> None:
    page = read_markdown(paper_markdown(paper))
    headings = [found.text_content() for found in page.iter("h3")]
    quotes = [found.text_content().split() for found in page.iter("blockquote")]
    assert list(zip(headings, quotes, strict=True)) == expected(draft)
    cells = [
        [cell.text_content().strip() for cell in t.iter("th", "td")] for t in page.iter("table")
    ]
    assert cells == [[CHIEF, ""], [COMMISSIONER, ""]] * 10


def test_each_ask_says_where_it_stands(draft: ResponseDraft, paper: Paper) -> None:
    facts = [dict(block.pairs) for block in paper.blocks if isinstance(block, Facts)]
    about, *others = facts
    assert about["Published"] == "April 2022 (as the document is dated)"
    assert about["Last day for publishing comments"] == last_day_words(draft)
    assert len(others) == 12
    for found, one in zip(others, (*draft.asks, *draft.practices), strict=True):
        assert found["Id"] == one.entry.id
        assert found["Page"] == "not known: the file has no pages"
        assert found["Report of"] == "April 2022"
        assert found.get("Addressed to") == (
            "This force (Bedfordshire Police)" if one.entry.ask else None
        )


# --- days -------------------------------------------------------------------------------------


def test_a_month_gives_a_range_of_last_days(
    corpus: Corpus, vocabulary: Vocabulary, draft: ResponseDraft
) -> None:
    assert (draft.last_day.earliest, draft.last_day.latest) == ("2022-05-26", "2022-06-24")
    assert last_day_words(draft).startswith("Between 26 May 2022 and 24 June 2022, ")
    assert "only the month: April 2022" in last_day_words(draft)
    known = drafted(corpus, vocabulary, REPORT, stated="2022-04-29")
    assert (known.last_day.earliest, known.last_day.latest) == ("2022-06-23", "2022-06-23")
    assert last_day_words(known).startswith("23 June 2022, the last of 56 days")


DAYS = st.dates(datetime.date(2010, 1, 1), datetime.date(2040, 12, 31))


@given(DAYS)
@example(datetime.date(2017, 5, 1))
@example(datetime.date(2017, 5, 2))
@example(datetime.date(2024, 2, 29))
def test_the_range_of_a_month_is_that_of_its_days(day: datetime.date) -> None:
    own = comment_days(day.isoformat(), RULE)
    month = comment_days(day.isoformat()[:7], RULE)
    length = calendar.monthrange(day.year, day.month)[1]
    days = [comment_days(day.replace(day=n).isoformat(), RULE) for n in range(1, length + 1)]
    assert own.earliest == own.latest
    if day < datetime.date(2017, 5, 2):
        assert own.latest is None
    else:
        # The day of publication is the first of the 56.
        assert own.latest == (day + datetime.timedelta(days=55)).isoformat()
    if all(found.latest for found in days):
        assert (month.earliest, month.latest) == (days[0].latest, days[-1].latest)
    else:
        assert month.latest is None
        assert "rule began" in month.reason


@pytest.mark.parametrize(
    ("published", "rule", "reason"),
    [
        (None, RULE, "the day of publication is not known"),
        ("2022", RULE, "the day of publication is not known"),
        ("2022-04-29", None, "no time for comments is known here"),
        ("2017-04", RULE, "published before the rule began (2017-05-02)"),
        ("2017-05", RULE, "the rule began within that month (2017-05-02)"),
    ],
)
def test_without_a_last_day_it_says_why(
    published: str | None, rule: ResponseRule | None, reason: str
) -> None:
    found = comment_days(published, rule)
    assert (found.earliest, found.latest, found.reason) == (None, None, reason)


def test_a_letter_that_knows_the_day_is_quoted(tmp_path: Path, vocabulary: Vocabulary) -> None:
    files = {"a.txt": LETTER, "report.txt": NATIONAL.replace("7 July 2023", "July 2023", 1)}
    found = drafted(made(tmp_path, files, vocabulary), vocabulary, "report")
    assert found.document.date == "2023-07"
    assert (found.published, found.last_day.latest) == ("2023-07-07", "2023-08-31")
    assert found.published_said is not None
    assert "07 July 2023" in found.published_said.quote
    page = paper_html(draft_paper(found, vocabulary))
    assert "The day of publication is in Letter to HMICFRS, 21 September 2023:" in page
    assert "published on the 07 July 2023" in page


@pytest.mark.parametrize(
    ("stated", "latest"),
    [("2022-04-29", "2022-06-23"), ("2022-04", "2022-06-24"), ("2022", None), ("2016-12-31", None)],
)
def test_a_date_that_a_catalogue_states_is_counted_from(
    stated: str, latest: str | None, tmp_path: Path, vocabulary: Vocabulary
) -> None:
    entry = f'[[document]]\npath = "kent.md"\ndate = "{stated}"\n'
    files = {"kent.md": HOSTILE, "catalogue.toml": entry}
    found = drafted(made(tmp_path, files, vocabulary), vocabulary, "kent")
    assert (found.published, found.last_day.latest) == (stated, latest)
    said = last_day_words(found)
    assert said.startswith("Not known: ") == (latest is None)


# --- whose asks -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def national(tmp_path_factory: pytest.TempPathFactory, vocabulary: Vocabulary) -> Corpus:
    files = {"a.txt": LETTER, "report.txt": NATIONAL + MORE}
    return made(tmp_path_factory.mktemp("national"), files, vocabulary)


def numbers(found: ResponseDraft) -> tuple[list[str | None], list[str | None]]:
    return [one.entry.number for one in found.asks], [one.entry.number for one in found.others]


def test_asks_of_others_are_apart_and_have_no_box(national: Corpus, vocabulary: Vocabulary) -> None:
    found = drafted(national, vocabulary, "Getting a grip")
    assert numbers(found) == (["2", "3", "6", "5"], ["4", "7"])
    blocks = draft_paper(found, vocabulary).blocks
    headings = [block.text for block in blocks if isinstance(block, Heading) and block.level == 1]
    assert headings[1:] == ["Asked of others", "Good practice"]
    apart = blocks[blocks.index(Heading("Asked of others", 1)) :]
    assert not any(isinstance(block, Boxes) for block in apart)
    assert sum(isinstance(block, Boxes) for block in blocks) == 4
    told = [dict(block.pairs).get("Addressed to") for block in apart if isinstance(block, Facts)][
        :2
    ]
    assert told == ["Home Office", "This force (Kent Police)"]
    deadlines = [dict(b.pairs).get("Deadline", "") for b in blocks if isinstance(b, Facts)][1:5]
    assert all("31 January 2024" in said for said in deadlines)
    # A draft is of no day: it does not say whether one has passed.
    assert "passed" not in paper_html(draft_paper(found, vocabulary))


def test_a_force_answers_what_names_it(national: Corpus, vocabulary: Vocabulary) -> None:
    found = drafted(national, vocabulary, "Getting a grip", force="kent")
    assert numbers(found) == (["2", "3", "6", "5", "7"], ["4"])
    assert found.forces == ("kent",)


def test_a_letter_is_no_report(national: Corpus, vocabulary: Vocabulary) -> None:
    with pytest.raises(InputError, match="is itself a response") as raised:
        drafted(national, vocabulary, "Letter to")
    assert find(national, "Getting a grip").document.id in raised.value.hint


# --- the command ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["response.docx", "response.html", "response.md", "response.json"])
def test_the_same_report_gives_the_same_bytes(name: str, terminal: Terminal) -> None:
    assert terminal("respond", REPORT, "-o", name)[0] == 0
    written = Path(name).read_bytes()
    assert terminal("respond", REPORT, "-o", f"again-{name}")[0] == 0
    assert Path(f"again-{name}").read_bytes() == written
    code, _, said = terminal("respond", REPORT, "-o", name)
    assert (code, said) == (0, f"Already written: {name}\n")
    assert [path.name for path in Path().iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("kind", ["paper", "table"])
def test_a_word_file_holds_no_time(kind: str, paper: Paper) -> None:
    table = Export("Table", (), (Sheet("Sheet", ("a",), (("b",),)),), "x")
    data = paper_docx(paper) if kind == "paper" else export_docx(table)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b"dcterms" not in re.sub(rb'xmlns:\w+="[^"]*"', b"", file.read("docProps/core.xml"))


def test_what_somebody_wrote_is_not_overwritten(terminal: Terminal) -> None:
    target = Path("response.md")
    assert terminal("respond", REPORT, "-o", str(target))[0] == 0
    target.write_text("Our comments.", "utf-8")
    code, _, said = terminal("respond", REPORT, "-o", str(target))
    assert code == 2
    assert "somebody may have written in it" in said
    assert target.read_text("utf-8") == "Our comments."
    assert terminal("respond", REPORT, "-o", str(target), "--overwrite")[0] == 0
    assert "Our comments." not in target.read_text("utf-8")


def test_words_of_the_title_are_enough(terminal: Terminal) -> None:
    code, out, _ = terminal("respond", "bedfordshire", "peel", "inspection")
    assert code == 0
    assert out.startswith("# Response to PEEL 2021/22 – An inspection of Bedfordshire Police\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["no such report"], 'No document is called "no such report".'),
        (["Bedfordshire"], '"Bedfordshire" names 2 documents: 001-'),
        (["Letter to"], "is itself a response"),
        ([REPORT, "--force", "Kent"], "is not about Kent Police, but about Bedfordshire Police"),
        ([REPORT, "--published", "April"], "is not a day"),
        ([REPORT, "--format", "docx"], "A Word file is not printed"),
        ([REPORT, "-o", "response.txt"], "does not say what to write"),
        ([REPORT, "-o", "no/such/folder.md"], "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], message: str, terminal: Terminal
) -> None:
    code, out, said = terminal("respond", *arguments)
    assert (code, out) == (2, "")
    assert message in said
    assert len(said.splitlines()) <= 2
    assert list(Path().iterdir()) == []


def test_a_document_that_asks_nothing_says_so(terminal: Terminal) -> None:
    code, out, _ = terminal("respond", "judged as good at legitimately")
    assert code == 1
    assert "This report asks nothing of the force or its commissioner." in out


def test_the_json_keeps_the_contract(terminal: Terminal, corpus: Corpus) -> None:
    found = terminal.json("respond", REPORT)
    assert found["last_day"] == {"earliest": "2022-05-26", "latest": "2022-06-24", "reason": ""}
    assert (found["force"], found["published"], found["days"]) == (["bedfordshire"], "2022-04", 56)
    text = corpus.structure(found["document"]["id"]).text
    assert len(found["asks"]) == 10
    for one in (*found["asks"], *found["practices"]):
        assert one["quote"] == text[one["start"] : one["end"]]
        assert one["page"] is None
        assert "deadline_state" not in one


def test_another_corpus_has_another_fingerprint(terminal: Terminal, national: Corpus) -> None:
    own = terminal.json("respond", REPORT)["fingerprint"]
    arguments = ("respond", "Getting a grip", "--index", str(national.folder))
    other = terminal.json(*arguments)["fingerprint"]
    assert own != other
    for shape in ("html", "markdown"):
        assert other in terminal(*arguments, "--format", shape)[1].replace("\\", "")


# --- any text ---------------------------------------------------------------------------------

HOSTILE = """\
# PEEL 2021/22: An inspection of Kent Police <b>

April 2022

## Responding to the public

Good

Kent Police is good at responding to the public.

### Areas for improvement

#### The force should stop <script>alert(1)</script> & "quote" | *this* &lt;now&gt;

- one <img src=x onerror=alert(1)> was seen often by the officers.

- two was seen often by all of the officers that we met there.
"""


def test_what_a_document_says_is_text(tmp_path: Path, vocabulary: Vocabulary) -> None:
    found = drafted(made(tmp_path, {"kent.md": HOSTILE}, vocabulary), vocabulary, "kent")
    (ask,) = found.asks
    paper = draft_paper(found, vocabulary)
    for page in (
        lxml.html.document_fromstring(paper_html(paper)),
        read_markdown(paper_markdown(paper)),
    ):
        assert not page.xpath("//script | //img | //b | //em")
        (quote,) = page.iter("blockquote")
        assert quote.text_content().split() == ask.entry.place.said.quote.split()


TEXTS = st.text(max_size=60) | st.sampled_from(
    [
        "- a",
        "1. b",
        "# c",
        "&amp; d",
        "a | b",
        "===",
        "> e",
        "* f",
        "[g](http://h)",
        "\\_",
        "+",
        "=",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS)
def test_any_text_can_be_read_back(texts: list[str], title: str) -> None:
    paragraphs = quoted("\n\n".join(texts))
    words = " ".join(paragraphs.paragraphs).split()
    blocks = (
        Heading("Words", 1),
        paragraphs,
        Facts((("A", title),)),
        Words(title),
        Boxes((title,)),
    )
    paper = Paper(title, blocks, "origin")
    clean = fit(" ".join(words)).split()
    file = docx.Document(io.BytesIO(paper_docx(paper)))
    styles = [(part.style.name if part.style else "", part.text) for part in file.paragraphs]
    assert " ".join(text for name, text in styles if name == "Quotation").split() == clean
    page = lxml.html.document_fromstring(paper_html(paper))
    assert " ".join(q.text_content() for q in page.iter("blockquote")).split() == clean
    assert page.xpath("count(//section)") == 1


LETTERS = st.text("abc -=+*_<>[]()`#.|~!\\&;:/1\n", max_size=60)


@settings(max_examples=300, deadline=None)
@given(LETTERS)
def test_markdown_shows_the_words_as_they_are(text: str) -> None:
    quote = quoted(text)
    page = read_markdown(paper_markdown(Paper("T", (quote,), "origin")))
    shown = " ".join(found.text_content() for found in page.iter("blockquote"))
    assert shown.split() == " ".join(quote.paragraphs).split()


def test_lines_of_the_page_are_joined_and_lists_are_not() -> None:
    text = "The force should\nact on:\n- one\n- two\nof\nit. All of\n\n(a) three\n1. four"
    assert quoted(text).paragraphs == (
        "The force should act on:", "- one", "- two of it. All of", "(a) three", "1. four",
    )  # fmt: skip


def test_pages_stand_beside_the_words(tmp_path: Path, vocabulary: Vocabulary) -> None:
    pages = []
    for number in ("one", "two"):
        page = Page()
        page.text(70, 60, "PEEL 2021/22: An inspection of Kent Police", size=24)
        if number == "two":
            page.text(70, 60, "Investigating crime", size=18, font=BOLD)
            page.marks.pop(0)
        page.text(70, 120, "Area for improvement", size=14, font=BOLD)
        page.text(70, 150, f"The force should improve what it does in case {number}", font=BOLD)
        page.lines(70, 180, ["We found that this was slow, and that nobody had looked into it."])
        pages.append(page)
    where = tmp_path / "documents"
    where.mkdir()
    (where / "kent.pdf").write_bytes(write(pages))
    build([where], index=tmp_path / "index", vocabulary=vocabulary)
    found = drafted(open_corpus(tmp_path / "index"), vocabulary, "kent")
    assert [one.place.page for one in found.asks] == [1, 2]
    facts = [dict(b.pairs) for b in draft_paper(found, vocabulary).blocks if isinstance(b, Facts)]
    assert [fact.get("Page") for fact in facts[1:]] == ["1", "2"]
