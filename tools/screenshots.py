"""Take the pictures of the page in docs/screenshots/ from the running program.

    python -m tools.screenshots [--url URL] [--out FOLDER]

Without --url it indexes seeds/ into a temporary folder and serves that on a free port.
"""

from __future__ import annotations

import argparse
import base64
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from selenium.webdriver import Chrome

from peelsearch.indexing import build
from peelsearch.vocabulary import load_vocabulary
from tools.chromium import chromium, missing, resize
from tools.serving import served

ROOT = Path(__file__).resolve().parents[1]
SIZES = {"wide": (1440, 900), "narrow": (360, 740)}
# A whole page can be long; a picture of its first screen or two says enough.
TALLEST = 1_100

PAGES = {
    "start": "",
    "search": "search?q=stop+and+search",
    "filtered": "search?q=force+contact+centre&grade=requires-improvement&kind=area-for-improvement"
    "&kind=main-finding",
    "documents": "search?q=stop+and+search&group=document",
    "answer": "search?q=What+proportion+of+the+budget+was+spent+on+community+policing%3F",
    "closest": "search?q=Who+is+the+mayor+of+Luton%3F",
    "nothing": "search?q=occupatoinal+helth&grade=inadequate",
    "problem": "search?q=officers&force=Bedfordshre",
    "register": "register?force=bedfordshire&kind=ask",
    "judgments": "judgments",
    "force": "forces/bedfordshire",
}

DARK = ("filtered",)


def main() -> int:
    """Write the pictures; 1 when there is no browser."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a running site; otherwise one is started on seeds/")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "screenshots")
    arguments = parser.parse_args()
    reason = missing()
    if reason:
        print(reason, file=sys.stderr)
        return 1
    arguments.out.mkdir(parents=True, exist_ok=True)
    if arguments.url:
        take_all(arguments.url, arguments.out)
        return 0
    with site() as url:
        take_all(url, arguments.out)
    return 0


@contextmanager
def site() -> Iterator[str]:
    """The program itself on the seed documents, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        build([ROOT / "seeds"], index=index, vocabulary=load_vocabulary())
        with served(index) as address:
            yield address


def take_all(url: str, folder: Path) -> None:
    """Every page, wide and narrow and light; a few in the dark as well."""
    for dark in (False, True):
        for size, (width, height) in SIZES.items():
            with chromium(width=width, height=height, dark=dark) as browser:
                for name in DARK if dark else PAGES:
                    browser.get(url + PAGES[name])
                    take(browser, folder / picture(name, size, dark), width, height)
                if not dark:
                    open_hit(browser, url)
                    take(browser, folder / picture("document", size, dark), width, height)


def picture(name: str, size: str, dark: bool) -> str:
    """The file name of a picture."""
    return f"{name}-{size}{'-dark' if dark else ''}.png"


def open_hit(browser: Chrome, url: str) -> None:
    """A document at the passage of the first hit, as somebody who clicks it sees it."""
    browser.get(url + PAGES["search"])
    browser.find_element("css selector", ".found h2 a").click()


def take(browser: Chrome, path: Path, width: int, height: int) -> None:
    """A picture of the page from where it is scrolled to, as long as it is."""
    length = int(browser.execute_script("return document.documentElement.scrollHeight"))
    resize(browser, width, max(height, min(length, TALLEST)))
    shot = browser.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
    resize(browser, width, height)
    path.write_bytes(base64.b64decode(shot["data"]))


if __name__ == "__main__":
    sys.exit(main())
