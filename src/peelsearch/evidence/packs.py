"""Evidence packs: the passages of a search, findings of the register, answers to questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import islice

from peelsearch import facets
from peelsearch.answers.asking import ask
from peelsearch.citations.citing import Citer
from peelsearch.corpus import Corpus
from peelsearch.corpus_fingerprint import corpus_fingerprint
from peelsearch.evidence.paging import found_passages
from peelsearch.extracts import ExtractMemory
from peelsearch.facets import FACETS_BY_NAME
from peelsearch.model import NOT_STATED, Passage, Question, State
from peelsearch.model.evidence import Excerpt, Pack
from peelsearch.records import replace
from peelsearch.register import RegisterOptions, register
from peelsearch.runs import SearchOptions
from peelsearch.search import search
from peelsearch.vocabulary import Vocabulary

# "Not in these documents" is said of what no passage speaks of, and of nothing else.
UNANSWERED = {
    State.CLOSEST: "Not answered in these documents.",
    State.NONE: "Not in these documents.",
}


class GroupBy(StrEnum):
    """What the passages of a pack stand under."""

    THEME = "theme"
    FORCE = "force"


class _Groups:
    """The ids of passages by the labels of their groups; the passages are read when written."""

    def __init__(self, by: GroupBy, vocabulary: Vocabulary) -> None:
        self._facet = FACETS_BY_NAME[by.value]
        self._vocabulary = vocabulary
        self._ids: dict[tuple[bool, str], list[str]] = {}

    def add(self, identifier: str, values: Sequence[str]) -> None:
        labels = [facets.label(self._facet, value, self._vocabulary) for value in values]
        missing = not values or NOT_STATED in values
        name = ", ".join(labels) or facets.label(self._facet, NOT_STATED, self._vocabulary)
        self._ids.setdefault((missing, name), []).append(identifier)

    def excerpts(self, corpus: Corpus) -> Iterator[Excerpt]:
        citer = Citer(corpus, self._vocabulary)
        for (_, label), identifiers in sorted(self._ids.items()):
            for identifier in identifiers:
                passage = corpus.reader.passage(identifier)
                if passage is not None:
                    yield Excerpt(label, citer.of(passage), passage.facets)

    @property
    def total(self) -> int:
        return sum(map(len, self._ids.values()))


def search_pack(
    corpus: Corpus,
    vocabulary: Vocabulary,
    query: str,
    options: SearchOptions,
    by: GroupBy,
    most: int | None = None,
) -> Pack:
    """The passages that a search finds, the first ``most`` of them. Raises what it raises."""
    found = search(corpus, vocabulary, query, replace(options, page=1, limit=1))
    groups = _Groups(by, vocabulary)
    passages = found_passages(corpus, vocabulary, query, found.filters, options)
    for passage in islice(passages, most):
        groups.add(passage.id, passage.facets[by.value])
    understood = [
        ("Query", query or "(filters alone)"),
        ("Understood as", found.interpreted),
        *_period(options.since, options.until),
        *(("Note", note) for note in found.notes),
    ]
    if found.suggestion:
        understood.append(("Correction offered", found.suggestion))
    understood.append(("Passages", f"{groups.total:,} of {found.total:,} that match"))
    return Pack(
        title=f"Evidence: {query}" if query else "Evidence",
        understood=tuple(understood),
        excerpts=groups.excerpts(corpus),
        total=groups.total,
        found=groups.total,
        fingerprint=fingerprint(corpus, vocabulary),
    )


def asks_pack(
    corpus: Corpus,
    vocabulary: Vocabulary,
    options: RegisterOptions,
    by: GroupBy,
    most: int | None = None,
) -> Pack:
    """The findings of the register, asks alone where no kind is chosen."""
    found = register(corpus, vocabulary, ExtractMemory(), options)
    every = "kind" in dict(options.filters)
    groups = _Groups(by, vocabulary)
    chosen = [entry for entry in found.entries if every or entry.ask]
    for entry in chosen[:most]:
        groups.add(entry.id, (entry.theme,) if by is GroupBy.THEME else entry.force)
    understood = (
        ("Findings", f"{groups.total:,} of {len(chosen):,} in the register"),
        *facets.worded(options.filters, vocabulary),
        *_period(options.since, options.until),
        *((("Addressee", ", ".join(options.addressee)),) if options.addressee else ()),
    )
    return Pack(
        title="What was asked" if not every else "Findings",
        understood=understood,
        excerpts=groups.excerpts(corpus),
        total=groups.total,
        found=groups.total,
        fingerprint=found.fingerprint,
    )


def answers_pack(
    corpus: Corpus, vocabulary: Vocabulary, questions: Sequence[str], options: SearchOptions
) -> Pack:
    """Each question with the quotations that answer it, or the statement that there are none."""
    excerpts = tuple(_answered(corpus, vocabulary, questions, options))
    found = len({one.group for one in excerpts if one.citation})
    return Pack(
        title="Answers",
        understood=(
            ("Questions", f"{found:,} of {len(questions):,} answered"),
            *facets.worded(options.filters, vocabulary),
            *_period(options.since, options.until),
        ),
        excerpts=excerpts,
        total=len(excerpts),
        found=found,
        fingerprint=fingerprint(corpus, vocabulary),
    )


def _answered(
    corpus: Corpus, vocabulary: Vocabulary, questions: Iterable[str], options: SearchOptions
) -> Iterator[Excerpt]:
    citer = Citer(corpus, vocabulary)
    for question in questions:
        found = ask(
            corpus,
            vocabulary,
            question,
            filters=options.filters,
            since=options.since,
            until=options.until,
        )
        limits = _limits(found.question, vocabulary)
        if found.state is not State.ANSWER:
            yield Excerpt(question, note=_sentences(UNANSWERED[found.state], found.reason, limits))
            continue
        if said := _sentences(found.reason, limits):
            yield Excerpt(question, note=said)
        for answer in found.answers:
            passage: Passage = answer.passage
            start, end = answer.start - passage.start, answer.end - passage.start
            cited = citer.of(passage, start, end, part=end - start < len(passage.text.strip()))
            yield Excerpt(question, replace(cited, speaker=answer.speaker), passage.facets)


def _limits(question: Question, vocabulary: Vocabulary) -> str:
    """What a question was limited to, by the names in it too."""
    filters = facets.worded(question.filters, vocabulary)
    limits = "; ".join(f"{name}: {values}" for name, values in filters)
    return f"Limited to {limits}." if limits else ""


def _sentences(*said: str) -> str:
    return " ".join(filter(None, said))


def fingerprint(corpus: Corpus, vocabulary: Vocabulary) -> str:
    """What the pack or table was made of."""
    return corpus_fingerprint(corpus.manifest.documents, vocabulary)


def _period(since: str | None, until: str | None) -> tuple[tuple[str, str], ...]:
    bounds = (("Since", since), ("Until", until))
    return tuple((name, said) for name, said in bounds if said)
