"""Where in the corpus words may stand: the index says which passages are worth a look."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import log

from peelsearch.analysis import words
from peelsearch.answers.speakers import Speakers
from peelsearch.citations.comparing import Text
from peelsearch.citations.quoted import Quoted
from peelsearch.corpus import Corpus
from peelsearch.model import AnyOf, Expression, Match, Passage, Phrase, Request, Word
from peelsearch.model.citations import Held, Omission, Piece
from peelsearch.model.quotations import Located, Quotation

# So many words at the beginning and at the end of a quotation find the passages that hold it.
_WINDOW = 8
# So many of its rarest words find those that hold most of it.
_RAREST = 8
# Passages that are looked at: of those with the words, of those with similar ones.
_EXACT = 40
_SIMILAR = 12
_COMPARED = 4
_REMEMBERED = 2_048
_DOCUMENTS = 16
# A document of which so many passages are nowhere was removed, not renamed.
_TRIES = 8


class Places:
    """Looks into one corpus; what was looked at is remembered."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._speakers = Speakers(corpus)
        self.text = lru_cache(_REMEMBERED)(self._text)
        """A passage's text, as quotations are compared with it."""
        self._frequency = lru_cache(_REMEMBERED * 4)(self._how_many)
        self._passages = lru_cache(_REMEMBERED)(corpus.reader.passages)
        self.passage = lru_cache(_REMEMBERED)(corpus.reader.passage)
        """The passage with an id."""
        self._joined = lru_cache(_REMEMBERED)(self._with_neighbours)
        self._renamed: dict[str, tuple[str, int]] = {}
        self._whole = lru_cache(_DOCUMENTS)(lambda document: corpus.structure(document).text)

    def with_words(
        self, quoted: Quoted, documents: Iterable[str] | None = None
    ) -> tuple[Passage, ...]:
        """Passages that hold the first or the last words of the quotation's longest run."""
        found = words(quoted.written(quoted.longest))
        windows = dict.fromkeys((found[:_WINDOW], found[-_WINDOW:]))
        return self._search(AnyOf(tuple(map(Phrase, windows))), _EXACT, documents)

    def similar(
        self, quoted: Quoted, documents: Iterable[str] | None = None
    ) -> tuple[Passage, ...]:
        """Passages that hold the most of the quotation's rarest words."""
        distinct = dict.fromkeys(word for run in quoted.runs for word in words(quoted.written(run)))
        held = {word: count for word in distinct if (count := self._frequency(word))}
        rarest = sorted(held, key=lambda word: held[word])[:_RAREST]
        if not rarest:
            return ()
        found = self._search(AnyOf(tuple(map(Word, rarest))), _SIMILAR, documents)
        size = self.corpus.reader.passage_count
        worth = {token.form: 0.0 for run in quoted.runs for token in run.tokens if token.word}
        for form in worth:
            folded = words(form)
            count = min((self._frequency(word) for word in folded), default=0)
            worth[form] = log((size + 1) / (count + 0.5)) if count else 0.0
        ranked = sorted(
            found,
            key=lambda passage: (
                -sum(worth[form] for form in worth.keys() & self.text(passage.id).forms)
            ),
        )
        return tuple(ranked[:_COMPARED])

    def joined(self, passage: Passage) -> tuple[Text, int]:
        """The text from the passage before one to the passage behind it, and where it begins."""
        return self._joined(passage.document, passage.start)

    def _with_neighbours(self, document: str, start: int) -> tuple[Text, int]:
        listed = self._passages(document)
        at = next(n for n, one in enumerate(listed) if one.start == start)
        near = listed[max(0, at - 1) : at + 2]
        text = self._whole(document)[near[0].start : near[-1].end]
        return Text(text), near[0].start

    def passage_at(self, document: str, offset: int) -> Passage | None:
        """The passage of a document that holds an offset."""
        return next((p for p in self._passages(document) if p.start <= offset < p.end), None)

    def held(
        self,
        passage: Passage,
        span: tuple[int, int],
        pieces: tuple[Piece, ...] = (),
        omissions: tuple[Omission, ...] = (),
    ) -> Held:
        """A place of the corpus: a span of a passage's text, with who says it."""
        start, end = span
        document = self.corpus.document(passage.document)
        said = Quotation(
            passage.text[start:end], passage.start + start, passage.start + end, passage.id
        )
        return Held(
            Located(document, said, passage.headings, passage.page),
            self._speakers.of(Match(passage, 0.0), document, start),
            pieces,
            omissions,
        )

    def renamed(self, identifier: str, document: str) -> Passage | None:
        """The passage with the same words and headings in a document that has another id."""
        ending = identifier[len(document) :]
        known, tried = self._renamed.get(document, ("", 0))
        if tried >= _TRIES and not known:
            return None
        for other in (known,) if known else self.corpus.documents:
            found = self.passage(other + ending) if other != document else None
            if found is not None:
                self._renamed[document] = (other, 0)
                return found
        self._renamed[document] = (known, tried + 1)
        return None

    def _search(
        self, expression: Expression, limit: int, documents: Iterable[str] | None
    ) -> tuple[Passage, ...]:
        request = Request(
            match=expression,
            documents=frozenset(documents) if documents is not None else None,
            facets=(),
            count_documents=False,
            limit=limit,
        )
        return tuple(match.passage for match in self.corpus.reader.search(request).matches)

    def _how_many(self, word: str) -> int:
        return self.corpus.reader.frequency(Word(word))

    def _text(self, identifier: str) -> Text:
        passage = self.passage(identifier)
        return Text(passage.text if passage is not None else "")
