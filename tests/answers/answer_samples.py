"""Cases of answers as data, small corpora to ask, and what holds for whatever is answered."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from peelsearch.answers.asking import ask
from peelsearch.corpus import Corpus, open_corpus
from peelsearch.indexing import build
from peelsearch.model import Answer, Answers, State
from peelsearch.vocabulary import Vocabulary

CASES = Path(__file__).parents[1] / "cases"
Ask = Callable[..., Answers]


def cases(name: str) -> list[Any]:
    """The cases of a file; one with a reason under ``broken`` is known to fail."""
    return [
        pytest.param(case, id=case["id"], marks=broken(case.get("broken")))
        for case in json.loads((CASES / name).read_text("utf-8"))
    ]


def broken(reason: str | None) -> list[pytest.MarkDecorator]:
    """The mark of a case that is known to fail, if there is a reason."""
    return [pytest.mark.xfail(reason=reason)] if reason else []


def corpus_of(texts: Mapping[str, str], folder: Path, vocabulary: Vocabulary) -> Corpus:
    """An index of documents written from their texts, by file name."""
    documents = folder / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (documents / name).write_text(text, "utf-8")
    report = build([documents], index=folder / "index", vocabulary=vocabulary)
    assert not report.failed
    return open_corpus(folder / "index")


def asking(corpus: Corpus, vocabulary: Vocabulary) -> Ask:
    """A function that asks a corpus and checks what must hold of every answer."""

    def asked(question: str, **options: Any) -> Answers:
        found = ask(corpus, vocabulary, question, **options)
        check(found, corpus)
        return found

    return asked


def check(found: Answers, corpus: Corpus) -> None:
    """Quotations are slices, spans are inside them, ranks count up, an empty state is empty."""
    assert [answer.rank for answer in found.answers] == list(range(1, len(found.answers) + 1))
    assert found.answers or found.state is State.NONE
    if found.state is State.NONE:
        assert not found.answers
    if found.state is not State.ANSWER:
        assert found.reason
    for answer in found.answers:
        check_quotation(answer, corpus)


def check_quotation(answer: Answer, corpus: Corpus) -> None:
    source = Path(answer.document.path).read_bytes().decode("utf-8")
    assert source[answer.start : answer.end] == answer.quote
    assert answer.quote == answer.quote.strip() != ""
    assert answer.context[0] <= answer.start < answer.end <= answer.context[1] <= len(source)
    assert answer.speaker
    assert answer.document == corpus.document(answer.passage.document)
    assert answer.passage in corpus.reader.passages(answer.document.id)
    if answer.span is not None:
        assert 0 <= answer.span[0] < answer.span[1] <= len(answer.quote)


def marked(answer: Answer) -> str:
    """The words that answer, white space folded; empty where none are marked."""
    return " ".join(answer.quote[slice(*answer.span)].split()) if answer.span else ""


def quotes(found: Answers) -> list[str]:
    """The quotations, white space folded."""
    return [" ".join(answer.quote.split()) for answer in found.answers]


def timeless(found: Answers) -> Answers:
    """The answers without the time they took."""
    return replace(found, took_ms=0.0)
