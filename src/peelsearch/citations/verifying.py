"""Checking what a file quotes and cites: what holds, what moved, what is other words by now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import Path

from peelsearch.citations.claims import claims
from peelsearch.citations.comparing import Near, Stands
from peelsearch.citations.papers import read_paper
from peelsearch.citations.places import Places
from peelsearch.citations.quoted import Quoted, read_quotation
from peelsearch.citations.wording import tokens, trimmed
from peelsearch.corpus import Corpus
from peelsearch.corpus_fingerprint import corpus_fingerprint
from peelsearch.model import Passage
from peelsearch.model.citations import (
    Checked,
    Claim,
    ClaimKind,
    Held,
    PieceKind,
    Standing,
    Verification,
)
from peelsearch.vocabulary import Vocabulary

# Places that are named: with the words, and with the nearest ones.
_NAMED = 3
_NEAREST = 2
# Cited words that hold so much of a quotation are what it was made of.
_SURE = 0.75
_PASSAGE = re.compile(r"(?P<document>.+-[0-9a-f]{8})-[0-9a-f]{8}(?:-\d{1,4})?")

NOT_CLOSED = "No quotation mark closes it; it was read to the end of its paragraph."
NEGATION = "What was left out of the sentence, or put into it, denies something."
TITLE = "It is the title of a document."
ID_CHANGED = (
    "The document is held, but none of its passages has this id: the words of the passage or the "
    "headings above it are others now."
)


def verify(corpus: Corpus, vocabulary: Vocabulary, path: Path) -> Verification:
    """Check every id and every quotation of five words or more in a file. Raises InputError."""
    kind, pieces = read_paper(path)
    check = Verifier(corpus)
    checked = tuple(check.claim(claim) for claim in claims(pieces, check.is_id))
    return Verification(
        file=str(path),
        format=kind,
        checked=checked,
        fingerprint=corpus_fingerprint(corpus.manifest.documents, vocabulary),
    )


class Verifier:
    """Checks claims against one corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._places = Places(corpus)

    def is_id(self, name: str) -> bool:
        """Whether a word in the form of ids is one: of a passage, or of a document that is held."""
        return name in self._corpus.documents or _PASSAGE.fullmatch(name) is not None

    def claim(self, claim: Claim) -> Checked:
        """What became of a claim."""
        if claim.kind is ClaimKind.CITATION:
            return self._citation(claim)
        return self.quotation(claim)

    def _citation(self, claim: Claim) -> Checked:
        name = claim.text
        if name in self._corpus.documents:
            return Checked(claim, Standing.HOLDS, notes=(_titled(self._title(name)),))
        passage = self._places.passage(name)
        if passage is not None:
            return Checked(claim, Standing.HOLDS, (self._whole(passage),))
        document = _document_of(name)
        if document in self._corpus.documents:
            return Checked(claim, Standing.NOT_FOUND, notes=(ID_CHANGED,))
        renamed = self._places.renamed(name, document)
        if renamed is not None:
            note = f"The same passage is now {renamed.id}."
            return Checked(claim, Standing.MOVED, (self._whole(renamed),), (note,))
        return Checked(claim, Standing.NOT_FOUND, notes=(_not_held(document),))

    def _whole(self, passage: Passage) -> Held:
        return self._places.held(passage, (0, len(passage.text)))

    def _title(self, document: str) -> str:
        return self._corpus.documents[document].title

    # --- quotations ---------------------------------------------------------------------------

    def quotation(self, claim: Claim) -> Checked:
        """What became of a quotation."""
        quoted = read_quotation(claim.text)
        notes = () if claim.closed else (NOT_CLOSED,)
        cited = tuple(dict.fromkeys(claim.cited))
        at_cited = [held for name in cited if (held := self._held_at(quoted, name))]
        found = at_cited or self._held_anywhere(quoted)
        if found:
            denied = all(map(_denies, found))
            found.sort(key=_denies)
            standing = Standing.HOLDS if at_cited or not cited else Standing.MOVED
            notes = (*notes, *(() if at_cited else self._gone(cited)), *_more(found))
            if denied:
                standing, notes = Standing.CHANGED, (*notes, NEGATION)
            return Checked(claim, standing, tuple(found[:_NAMED]), notes)
        if not cited and self._is_title(quoted):
            return Checked(claim, Standing.HOLDS, notes=(*notes, TITLE))
        near = self._nearest(quoted, cited)
        gone = self._gone(cited)
        lost = cited and all(self._document(name) is None for name in cited)
        # Nobody can say that words changed whose document is not there to compare.
        standing = Standing.CHANGED if near and not lost else Standing.NOT_FOUND
        return Checked(claim, standing, tuple(near), (*notes, *gone))

    def _held_at(self, quoted: Quoted, name: str) -> Held | None:
        """The words in the cited passage, beginning there or in the document."""
        passage = self._places.passage(name)
        if passage is not None:
            return self._stands(quoted, passage) or self._across(quoted, passage, within=True)
        if name in self._corpus.documents:
            return next(iter(self._all(quoted, self._places.with_words(quoted, (name,)))), None)
        return None

    def _held_anywhere(self, quoted: Quoted) -> list[Held]:
        if not quoted.runs:
            return []
        return self._all(quoted, self._places.with_words(quoted))

    def _all(self, quoted: Quoted, passages: Sequence[Passage]) -> list[Held]:
        found = [held for passage in passages if (held := self._stands(quoted, passage))]
        if found:
            return found
        across = (self._across(quoted, passage) for passage in passages[:_NAMED])
        return [held for held in across if held][:1]

    def _stands(self, quoted: Quoted, passage: Passage) -> Held | None:
        found: Stands | None = self._places.text(passage.id).stands(quoted)
        if found is None:
            return None
        return self._places.held(passage, (found.start, found.end), omissions=found.omissions)

    def _across(self, quoted: Quoted, passage: Passage, *, within: bool = False) -> Held | None:
        """The words where they go on from one passage into the next; ``within``: in this one."""
        text, start = self._places.joined(passage)
        found = text.stands(quoted)
        if found is None:
            return None
        begins = self._places.passage_at(passage.document, start + found.start)
        if begins is None or (within and begins.id != passage.id):
            return None
        span = (start + found.start - begins.start, begins.end - begins.start)
        return self._places.held(begins, span, omissions=found.omissions)

    def _nearest(self, quoted: Quoted, cited: Sequence[str]) -> list[Held]:
        """The nearest words, those of the cited document first if they are as near."""
        if not quoted.runs:
            return []
        documents = {found for name in cited if (found := self._document(name))}
        ranked: list[tuple[Passage, Near]] = []
        seen: set[str] = set()
        for passages in self._worth_a_look(quoted, cited, documents):
            ranked += [
                (passage, near)
                for passage in passages
                if passage.id not in seen
                for near in self._places.text(passage.id).near(quoted)
            ]
            seen |= {passage.id for passage in passages}
            if any(near.share >= _SURE for _, near in ranked):
                break
        ranked.sort(key=lambda pair: (pair[0].id not in cited, pair[0].document not in documents))
        ranked.sort(key=lambda pair: -pair[1].share)
        return [
            self._places.held(passage, (near.start, near.end), near.pieces)
            for passage, near in ranked[:_NEAREST]
            if any(piece.kind is not PieceKind.SAME for piece in near.pieces)
        ]

    def _worth_a_look(
        self, quoted: Quoted, cited: Sequence[str], documents: set[str]
    ) -> Iterator[Sequence[Passage]]:
        """What was cited, then its documents, then all of them."""
        yield [found for name in cited if (found := self._places.passage(name))]
        if documents:
            yield self._places.similar(quoted, documents)
        yield self._places.similar(quoted)

    def _document(self, name: str) -> str | None:
        """The document of an id, if it is held."""
        if name in self._corpus.documents:
            return name
        document = _document_of(name)
        return document if document in self._corpus.documents else None

    def _gone(self, cited: Iterable[str]) -> tuple[str, ...]:
        """What is not there any more of what was cited."""
        found = []
        for name in cited:
            if self._document(name) is None:
                found.append(_not_held(_document_of(name)))
            elif self._places.passage(name) is None and name not in self._corpus.documents:
                found.append(f"The passage {name} is not there any more.")
        return tuple(found)

    def _is_title(self, quoted: Quoted) -> bool:
        return tuple(token.form for run in quoted.runs for token in run.tokens) in self._titles

    @cached_property
    def _titles(self) -> frozenset[tuple[str, ...]]:
        return frozenset(
            tuple(token.form for token in trimmed(tokens(document.title)))
            for document in self._corpus.documents.values()
        )


def _document_of(name: str) -> str:
    match = _PASSAGE.fullmatch(name)
    return match["document"] if match else name


def _titled(title: str) -> str:
    return f"It is the document {title}."


def _not_held(document: str) -> str:
    return f"The document {document} is not in this corpus."


def _denies(held: Held) -> bool:
    """Whether a denial is left out or put in."""
    return any(one.negation for one in held.omissions)


def _more(found: Sequence[Held]) -> Iterator[str]:
    if len(found) > _NAMED:
        yield f"{len(found) - _NAMED} more passages hold the same words."
