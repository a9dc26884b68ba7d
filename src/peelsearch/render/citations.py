"""Citations as text, Markdown, BibTeX and JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from peelsearch.model.citations import Citation
from peelsearch.model.quotations import Located
from peelsearch.render import words
from peelsearch.render.contract import document_json
from peelsearch.render.judgments import quotation_json
from peelsearch.render.sheets import escaped
from peelsearch.render.style import Style, safe
from peelsearch.snippets import readable
from peelsearch.vocabulary import Vocabulary

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_{}"},
}


def citation_json(found: Citation) -> dict[str, Any]:
    """A citation with its place and those of the same finding elsewhere."""
    return {
        "id": found.id,
        "kind": found.kind,
        "reference": found.reference,
        "speaker": found.speaker,
        "part": found.part,
        "digest": found.digest,
        **located_json(found.place),
        "also": [located_json(place) for place in found.also],
    }


def located_json(place: Located) -> dict[str, Any]:
    """Words with their document, headings and page."""
    return {
        "document": document_json(place.document),
        "headings": list(place.headings),
        "page": place.page,
        **quotation_json(place.said),
    }


def citation_text(found: Citation, style: Style, vocabulary: Vocabulary) -> str:
    """The quotation, then a line for each thing that leads to it."""
    paragraphs = [style.wrap(line, "  ") for line in _paragraphs(found.place.said.quote)]
    paragraphs[0] = paragraphs[0].replace("  ", "  “", 1)
    paragraphs[-1] += "”"
    lines = ["\n\n".join(paragraphs), ""]
    lines += [
        style.wrap(f"{name}: {said}", "  ") for name, said in citation_facts(found, vocabulary)
    ]
    return safe("\n".join(lines) + "\n")


def citation_markdown(found: Citation, vocabulary: Vocabulary) -> str:
    """A block quotation with quotation marks, and the citation under it.

    Every paragraph opens with a mark and the last one closes, as quotations of several do.
    """
    said = [f"> “{escaped(line)}" for line in _paragraphs(found.place.said.quote)]
    facts = [f"{name}: {escaped(said)}" for name, said in citation_facts(found, vocabulary)]
    who, *rest = facts
    lines = ["\n>\n".join(said) + "”", "", f"{who.partition(': ')[2]}. {'; '.join(rest)}."]
    return safe("\n".join(lines) + "\n")


def citation_bibtex(found: Citation) -> str:
    """An entry whose key is the id."""
    document = found.place.document
    year, *rest = (document.date or "").split("-")
    where = [f"passage {found.id}", f"file {_file(found)}", f"SHA-256 {found.digest}"]
    if found.reference:
        where.insert(0, found.reference)
    fields = {
        "author": "{" + _tex(_name(found.speaker)) + "}",
        "title": _tex(document.title),
        "year": year,
        "month": _MONTHS[int(rest[0]) - 1] if rest else "",
        "chapter": _tex(" › ".join(found.place.headings)),
        "pages": str(found.place.page or ""),
        "note": _tex("; ".join(where)),
        "abstract": _tex("“" + " ".join(_paragraphs(found.place.said.quote)) + "”"),
    }
    lines = [
        f"  {name} = {value if name == 'month' else '{' + value + '}'},"
        for name, value in fields.items()
        if value
    ]
    return safe("\n".join([f"@misc{{{found.id},", *lines, "}"]) + "\n")


def place_words(place: Located) -> str:
    """Document, date, headings, page and passage in a line."""
    parts = [
        " ".join(place.document.title.split()),
        words.date(place.document.date) or "no date stated",
        headings_words(place),
        f"page {place.page}" if place.page else "",
        place.said.passage,
    ]
    return " · ".join(part for part in parts if part)


def headings_words(place: Located) -> str:
    """The path of headings in a line, without the title of the document."""
    listed = [heading.split() for heading in place.headings]
    title = place.document.title.split()
    return " › ".join(" ".join(heading) for heading in listed if heading != title)


def citation_facts(found: Citation, vocabulary: Vocabulary) -> Iterator[tuple[str, str]]:
    """Who says it and where, as names and values."""
    place = found.place
    yield "Who", _name(found.speaker)
    if found.reference:
        yield vocabulary.label("kind", found.kind), found.reference
    yield "Document", " ".join(place.document.title.split())
    yield "Date", words.date(place.document.date) or "no date stated"
    if under := headings_words(place):
        yield "Under", under
    if place.page:
        yield "Page", str(place.page)
    yield "Id", found.id + (" (a part of the passage)" if found.part else "")
    yield "File", f"{_file(found)}, SHA-256 {found.digest}"
    for other in found.also:
        yield "The same finding in", place_words(other)


def _name(speaker: str) -> str:
    """Who says it, at the beginning of a line."""
    return speaker[:1].upper() + speaker[1:]


def _file(found: Citation) -> str:
    """The name of the file alone: its folder is nobody else's."""
    return PurePath(found.place.document.path).name


def _paragraphs(quote: str) -> list[str]:
    """The paragraphs on one line each, the labels of links alone."""
    parts = re.split(r"\n\s*\n|\n(?=\s*[-•])", quote)
    return [said for part in parts if (said := readable(part).strip())] or [""]


def _tex(text: str) -> str:
    return "".join(_TEX.get(char, char) for char in " ".join(text.split()))
