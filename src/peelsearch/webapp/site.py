"""What every page needs: the index as of now, the field's words, what was read of documents."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from flask import request

from peelsearch.corpus import Corpus, LiveCorpus
from peelsearch.engine.serving import open_serving_reader
from peelsearch.errors import PeelsearchError
from peelsearch.extracts import ExtractMemory
from peelsearch.vocabulary import Vocabulary, load_vocabulary
from peelsearch.webapp.notes import Notes
from peelsearch.webapp.paths import Paths, site_paths

# A name or a number of a host, with a port or without.
_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")


class Site:
    """One index that is served. Safe to use from several threads.

    ``memory`` keeps what tables read of documents, from commit to commit; ``notes`` are what people
    write of findings, in the file ``tracker``; ``files`` tells whether the documents' own files are
    served. What else pages show, such as a file that people write, has a function in ``beside``
    whose text changes with it: a page is not sent again to a browser that has the one of the same
    commit, day and texts.
    """

    def __init__(
        self,
        index: Path,
        vocabulary: Vocabulary | None,
        static: Mapping[str, str],
        tracker: Path | None = None,
        *,
        files: bool = False,
    ):
        self.files = files
        self.memory = ExtractMemory()
        self.notes = Notes(tracker, self.memory)
        self.beside: list[Callable[[], str]] = [self.notes.mark, lambda: "files" if files else ""]
        self._live = LiveCorpus(index, open_serving_reader)
        self._vocabulary = vocabulary
        self._static = static
        self._read_for = -1
        self._starting = threading.Lock()

    def warm(self) -> None:
        """Open the index and begin to read for the tables, before anybody asks.

        What is wrong with the index is said by the first page.
        """
        with suppress(PeelsearchError):
            self.current()

    def current(self) -> Corpus:
        """The newest commit. Documents of a new one are read for the tables in the background."""
        corpus = self._live.current()
        # While one thread opens a newer commit, others may still be given the one before.
        if corpus.generation > self._read_for:
            with self._starting:
                if corpus.generation > self._read_for:
                    self._read_for = corpus.generation
                    threading.Thread(target=self._read, args=(corpus,), daemon=True).start()
        return corpus

    def _read(self, corpus: Corpus) -> None:
        """Make the extracts that tables will ask for, half of the time at most."""
        # The page that needs a document says what is wrong with it.
        with suppress(PeelsearchError):
            words = self.words(corpus)
            for indexed in corpus.manifest.documents:
                started = time.perf_counter()
                self.memory.extract(corpus, indexed, words)
                time.sleep(time.perf_counter() - started)
                if corpus.generation != self._read_for:
                    return

    def words(self, corpus: Corpus) -> Vocabulary:
        """The vocabulary that was asked for, else the index's own."""
        return self._vocabulary or corpus.vocabulary

    def words_at_hand(self) -> Vocabulary:
        """The same where there may be no index."""
        try:
            return self.words(self.current())
        except PeelsearchError:
            return load_vocabulary()

    def paths(self) -> Paths:
        """Where the links of the page that is being answered lead."""
        return site_paths(request.script_root, self._static, request.path)

    def outer_paths(self) -> Paths:
        """The same addresses in full, for what is read elsewhere than on the site's own pages.

        The host is the one that the request names; without a name of one they stay below it.
        """
        paths = self.paths()
        host = request.headers.get("Host", "")
        if not _HOST.fullmatch(host):
            return paths
        return replace(paths, root=f"{request.scheme}://{host}{paths.root}")
