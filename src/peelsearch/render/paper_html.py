"""A paper as one HTML file that can be read, printed and sent by itself: no script, no links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from peelsearch.render.paper import Block, Boxes, Facts, Heading, Paper, Quote, Words
from peelsearch.render.sheets import fit

_STYLE = """\
:root { color-scheme: light; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a; background: #fff;
  font: 1rem/1.5 Arial, "Helvetica Neue", Helvetica, "Liberation Sans", sans-serif; }
h1 { font-size: 1.7rem; line-height: 1.25; }
h2 { font-size: 1.3rem; margin-top: 2.5rem; border-bottom: 1px solid #767676; }
h3 { font-size: 1.1rem; margin-top: 2rem; }
blockquote { margin: 0 0 1rem; padding: .2rem 0 .2rem 1rem; border-left: .25rem solid #767676; }
blockquote p { margin: 0 0 .6rem; }
blockquote p:last-child { margin: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; font-size: .9rem; }
dt { font-weight: bold; }
dd { margin: 0; overflow-wrap: anywhere; }
section { margin: 0 0 1rem; border: 1px solid #595959; }
section h4 { margin: 0; padding: .3rem .6rem; font-size: .9rem; background: #eee; }
section div { min-height: 7rem; }
footer { margin-top: 3rem; font-size: .8rem; overflow-wrap: anywhere; }
@media screen and (max-width: 36rem) {
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: .4rem; }
}
@page { size: A4; margin: 18mm; }
@media print {
  body { max-width: none; margin: 0; padding: 0; font-size: 10.5pt; }
  h2, h3 { break-after: avoid; }
  section, dl { break-inside: avoid; }
  section h4 { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
"""


def paper_html(paper: Paper) -> str:
    """The paper as a page; whatever a document says is text in it."""
    return "".join(html_pieces(paper.title, paper.blocks, paper.origin))


def html_pieces(title: str, blocks: Iterable[Block], origin: str) -> Iterator[str]:
    """The same a line at a time, for papers that are not held as a whole."""
    for line in _lines(_text(title), blocks, origin):
        yield line + "\n"


def _lines(title: str, blocks: Iterable[Block], origin: str) -> Iterator[str]:
    yield from (
        "<!doctype html>",
        '<html lang="en-GB">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>\n{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{title}</h1>",
    )
    for block in blocks:
        yield from _block(block)
    yield from ("</main>", f"<footer>{_text(origin)}</footer>", "</body>", "</html>")


def _block(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"<h{level + 1}>{_text(text)}</h{level + 1}>"
        case Words(text):
            yield f"<p>{_text(text)}</p>"
        case Quote(paragraphs):
            yield "<blockquote>"
            yield from (f"<p>{_text(text)}</p>" for text in paragraphs)
            yield "</blockquote>"
        case Facts(pairs):
            yield "<dl>"
            yield from (f"<dt>{_text(name)}</dt><dd>{_text(said)}</dd>" for name, said in pairs)
            yield "</dl>"
        case Boxes(labels):
            yield from (
                f"<section><h4>{_text(label)}</h4><div></div></section>" for label in labels
            )


def _text(text: str) -> str:
    return escape(fit(text))
