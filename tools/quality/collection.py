"""Judged collections: texts or documents, with queries and questions, and what is right for each.

A folder in one of these layouts is a collection:

- ``cranfield``: ``docs.jsonl`` {id, title, text}, ``queries.jsonl`` {id, text} and
  ``qrels-with-source.tsv`` (query, document, relevance; 0 and below is not relevant);
- ``xquad``: ``passages.jsonl`` {id, title, text} and ``questions.jsonl`` {id, question, answers,
  answer_starts, passage_id}; an answer stands in its passage at its offset;
- ours: ``questions.json`` and ``queries.json`` about a folder of documents (``documents/`` beside
  them, else the seeds), with the fields that tests/quality/README.md gives.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT / "seeds"


class CollectionError(Exception):
    """A folder is no collection, or a file of it cannot be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is indexed as a document of one passage."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Query:
    """A query and what was judged: gains by the key of a text or section (see searches.key)."""

    id: str
    text: str
    gains: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what is right.

    A right quotation holds one of ``expected``; where ``passage`` is known it is the slice of that
    passage in which one of the answers begins (``starts``). ``answers`` are the words to mark.
    """

    id: str
    text: str
    expected: tuple[str, ...]
    answers: tuple[str, ...]
    answerable: bool
    passage: str | None = None
    starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """What a folder holds: ``texts``, or else ``documents`` is the folder with documents."""

    name: str
    texts: tuple[Text, ...]
    documents: Path | None
    queries: tuple[Query, ...]
    questions: tuple[Question, ...]


def read_collection(folder: Path, name: str = "") -> Collection:
    """The collection in a folder, named after it unless a name is given. Raises CollectionError."""
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    name = name or folder.resolve().name
    for needed, reader in _LAYOUTS:
        if needed & names == needed or (reader is _read_own and needed & names):
            try:
                return reader(folder, name)
            except (KeyError, TypeError, ValueError) as error:
                raise CollectionError(
                    f"{folder} is not as its layout says: {type(error).__name__} {error}."
                ) from error
    layouts = "; or ".join(", ".join(sorted(needed)) for needed, _ in _LAYOUTS)
    raise CollectionError(f"{folder} holds no collection. It needs {layouts}.")


def _records(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _read_cranfield(folder: Path, name: str) -> Collection:
    judged: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (folder / "qrels-with-source.tsv").read_text("utf-8").splitlines():
        query, document, relevance = line.split()[:3]
        judged[query][document] = max(0, int(relevance))
    texts = tuple(
        Text(r["id"], r["title"], f"{r['title']}\n\n{r['text']}".strip())
        for r in _records(folder / "docs.jsonl")
        if r["title"] or r["text"]
    )
    queries = (
        Query(r["id"], r["text"], judged[r["id"]]) for r in _records(folder / "queries.jsonl")
    )
    return Collection(name, texts, None, tuple(queries), ())


def _read_xquad(folder: Path, name: str) -> Collection:
    texts = tuple(Text(r["id"], r["title"], r["text"]) for r in _records(folder / "passages.jsonl"))
    questions = tuple(
        Question(
            id=r["id"],
            text=r["question"],
            expected=tuple(r["answers"]),
            answers=tuple(r["answers"]),
            answerable=bool(r["answers"]),
            passage=r["passage_id"],
            starts=tuple(r["answer_starts"]),
        )
        for r in _records(folder / "questions.jsonl")
    )
    return Collection(name, texts, None, (), questions)


def _read_own(folder: Path, name: str) -> Collection:
    beside = folder / "documents"
    documents = beside if beside.is_dir() else SEEDS
    return Collection(
        name,
        (),
        documents,
        tuple(_own_query(record) for record in _listed(folder / "queries.json")),
        tuple(_own_question(record) for record in _listed(folder / "questions.json")),
    )


def _listed(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text("utf-8")) if path.is_file() else []
    return found


def _own_query(record: Mapping[str, Any]) -> Query:
    gains = {
        f"{r['doc']}#{' '.join(r['section'].split())}": int(r["gain"]) for r in record["judged"]
    }
    return Query(record["id"], record["query"], gains)


def _own_question(record: Mapping[str, Any]) -> Question:
    answers = tuple(record["answer_strings"])
    return Question(
        id=record["id"],
        text=record["question"],
        expected=tuple(record.get("quote_holds", answers)),
        answers=answers,
        answerable=record["answerable"],
    )


_LAYOUTS = (
    (frozenset({"docs.jsonl", "queries.jsonl", "qrels-with-source.tsv"}), _read_cranfield),
    (frozenset({"passages.jsonl", "questions.jsonl"}), _read_xquad),
    (frozenset({"questions.json", "queries.json"}), _read_own),
)
