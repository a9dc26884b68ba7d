"""Where quoted words stand: the headings above them and the page."""

from __future__ import annotations

from peelsearch.corpus import Corpus
from peelsearch.model import Document, Passage
from peelsearch.model.quotations import Located, Quotation


class Places:
    """Looks passages up in one corpus, each once."""

    def __init__(self, corpus: Corpus) -> None:
        self._reader = corpus.reader
        self._known: dict[str, Passage | None] = {}

    def located(
        self, document: Document, said: Quotation, headings: tuple[str, ...] = ()
    ) -> Located:
        """The words with their place. Words outside all passages keep the headings given."""
        passage = self._passage(said.passage) if said.passage else None
        if passage is None:
            return Located(document, said, headings, None)
        return Located(document, said, passage.headings, passage.page)

    def _passage(self, identifier: str) -> Passage | None:
        if identifier not in self._known:
            self._known[identifier] = self._reader.passage(identifier)
        return self._known[identifier]
