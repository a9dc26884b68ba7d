"""``peelsearch respond``."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click

from peelsearch.cli import EXIT_FOUND, EXIT_NOTHING
from peelsearch.cli.options import (
    Settings,
    index_option,
    option,
    print_json,
    print_text,
    query_words,
    vocabulary,
    vocabulary_option,
    warn,
)
from peelsearch.cli.shapes import PAPERS, check_printable, format_of
from peelsearch.cli.writing import write_new
from peelsearch.corpus import open_corpus
from peelsearch.extracts import ExtractMemory
from peelsearch.fingerprint import outdated
from peelsearch.lookup import find
from peelsearch.model import NOT_STATED
from peelsearch.model.papers import ResponseDraft
from peelsearch.papers import response_draft
from peelsearch.render.draft import draft_json, draft_paper
from peelsearch.render.paper import paper_markdown
from peelsearch.render.paper_html import paper_html
from peelsearch.vocabulary import Vocabulary

FORMATS = ("markdown", "html", "docx", "json")
ENDINGS = {**PAPERS, ".json": "json"}


def _day(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:  # noqa: ARG001
    if value is None:
        return None
    try:
        return datetime.datetime.strptime(value, "%Y-%m-%d").date().isoformat()
    except ValueError:
        raise click.BadParameter(f'"{value}" is not a day: write it like 2024-01-31.') from None


@click.command("respond")
@click.argument("report", nargs=-1, required=True, callback=query_words)
@index_option
@vocabulary_option
@option("--force", metavar="FORCE", help="Whose response it is, for a report on several or none.")
@option(
    "--published",
    metavar="DAY",
    callback=_day,
    help="The day on which the report was published, where its documents do not say it.",
)
@option(
    "--output",
    "-o",
    "target",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to a file: .docx, .html, .md or .json; docx needs one.",
)
@option("--overwrite", is_flag=True, help="Replace a file that is there with other contents.")
@option("--json", "output", flag_value="json", help="The same as --format json.")
@option(
    "--format",
    "output",
    type=click.Choice(FORMATS),
    help="In place of what the file's name ends in; markdown without a file.",
)
def command(
    report: str,
    index: Path | None,
    vocabulary_file: str | None,
    force: str | None,
    published: str | None,
    target: Path | None,
    overwrite: bool,
    output: str | None,
) -> int:
    """Write the draft of a response to a report.

    Each recommendation, cause of concern and area for improvement that is addressed to the force or
    its commissioner stands in it word for word, with an empty box for the chief constable's
    comments and one for the commissioner's action or the reason for none; then what is asked of
    others, and good practice. The last day for publishing comments is counted by the vocabulary's
    rule. REPORT is a document's id, path or file name, or words of its title.

    \b
    Examples:
      peelsearch respond "inspection of Bedfordshire" --output response.docx
      peelsearch respond 001-e142b4b2e42d0060-af6dce9e --published 2022-04-29 -o response.html
    """
    settings = Settings()
    corpus = open_corpus(index or Path(settings.text("index")))
    known = vocabulary(settings, vocabulary_file, corpus)
    shape = output or (format_of(target, ENDINGS) if target else "markdown")
    check_printable(shape, target)
    document = find(corpus, report).document
    draft = response_draft(
        corpus, known, ExtractMemory(), document, _force(force, known), published
    )
    for warning in outdated(corpus.reader.fingerprint, known):
        warn(warning)
    if target is not None:
        write_new(target, _bytes(draft, known, shape), overwrite=overwrite)
    elif shape == "json":
        print_json(draft_json(draft))
    else:
        print_text(_bytes(draft, known, shape).decode())
    return EXIT_FOUND if draft.asks else EXIT_NOTHING


def _bytes(draft: ResponseDraft, known: Vocabulary, shape: str) -> bytes:
    if shape == "json":
        return (json.dumps(draft_json(draft), ensure_ascii=False, indent=2) + "\n").encode(
            "utf-8", "backslashreplace"
        )
    paper = draft_paper(draft, known)
    if shape == "docx":
        from peelsearch.render.paper_word import paper_docx  # noqa: PLC0415 - few ask for it

        return paper_docx(paper)
    text = paper_html(paper) if shape == "html" else paper_markdown(paper)
    return text.encode("utf-8", "backslashreplace")


def _force(typed: str | None, known: Vocabulary) -> str | None:
    if typed is None:
        return None
    force = known.resolve("force", typed)[0]
    return None if force == NOT_STATED else force
