"""``peelsearch cite``."""

from __future__ import annotations

from pathlib import Path

import click

from peelsearch.citations import cite, verify
from peelsearch.cli import EXIT_FOUND, EXIT_NOTHING
from peelsearch.cli.options import (
    Settings,
    format_options,
    index_option,
    print_json,
    print_text,
    style,
    vocabulary,
    vocabulary_option,
    warn,
)
from peelsearch.corpus import Corpus, open_corpus
from peelsearch.fingerprint import outdated
from peelsearch.render.citations import (
    citation_bibtex,
    citation_json,
    citation_markdown,
    citation_text,
)
from peelsearch.render.verification import verification_json, verification_text
from peelsearch.vocabulary import Vocabulary


@click.command("cite")
@click.argument("identifier", metavar="[ID]", required=False)
@index_option
@vocabulary_option
@click.option("--quote", metavar="WORDS", default="", help="Cite only these words of the passage.")
@click.option(
    "--verify",
    "paper",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Check what a file quotes and cites: Markdown, CSV, Word or a web page.",
)
@format_options("text", "markdown", "bibtex", "json")
def command(
    identifier: str | None,
    index: Path | None,
    vocabulary_file: str | None,
    quote: str,
    paper: Path | None,
    output: str,
) -> int:
    """Cite a passage, or check what a paper quotes and cites.

    ID is that of a passage or finding, as search, ask and register print it. The quotation comes
    with who says it, document, headings, page, date and the digest of the file.

    With --verify every id in a file, and every quotation of five words or more between quotation
    marks, is compared with the documents: it holds, it moved, it is changed (with the difference)
    or it is not found. The exit code is 0 when all hold, 1 when something does not.

    \b
    Examples:
      peelsearch cite 001-e142b4b2e42d0060-af6dce9e-6f117b44 --format markdown
      peelsearch cite --verify paper.docx
    """
    if (identifier is None) == (paper is None):
        raise click.UsageError("Give an id to cite, or a file to check: --verify FILE.")
    settings = Settings()
    corpus = open_corpus(index or Path(settings.text("index")))
    known = vocabulary(settings, vocabulary_file, corpus)
    for warning in outdated(corpus.reader.fingerprint, known):
        warn(warning)
    if paper is not None:
        return _verify(corpus, known, paper, quote, output)
    _cite(corpus, known, identifier or "", quote, output)
    return EXIT_FOUND


def _cite(corpus: Corpus, known: Vocabulary, identifier: str, quote: str, output: str) -> None:
    found = cite(corpus, known, identifier, quote)
    if output == "json":
        print_json(citation_json(found))
    elif output == "markdown":
        print_text(citation_markdown(found, known))
    elif output == "bibtex":
        print_text(citation_bibtex(found))
    else:
        print_text(citation_text(found, style(), known))


def _verify(corpus: Corpus, known: Vocabulary, paper: Path, quote: str, output: str) -> int:
    if quote:
        raise click.UsageError("--quote names the words of an id; --verify finds its own.")
    if output not in ("text", "json"):
        raise click.UsageError("What --verify finds is printed as text or JSON.")
    found = verify(corpus, known, paper)
    if output == "json":
        print_json(verification_json(found))
    else:
        print_text(verification_text(found, style()))
    return EXIT_FOUND if found.holds else EXIT_NOTHING
