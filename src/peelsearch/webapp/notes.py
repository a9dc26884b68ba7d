"""What people note of findings, as the site shows it: their file, read again when it changes.

A file that cannot be read is said on the page and takes nothing else away from it.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import NamedTuple

from peelsearch.corpus import Corpus
from peelsearch.errors import PeelsearchError
from peelsearch.extracts import ExtractMemory
from peelsearch.model.papers import Tracker
from peelsearch.papers import joined_tracker, read_tracker
from peelsearch.render.tracker import unjoined_words
from peelsearch.vocabulary import Vocabulary


class Noted(NamedTuple):
    """The tracker, None where there is none; ``said`` are sentences about the file."""

    tracker: Tracker | None = None
    said: tuple[str, ...] = ()


NOTHING = Noted()


class Notes:
    """One tracker's file, or none. Safe to use from several threads."""

    def __init__(self, file: Path | None, memory: ExtractMemory) -> None:
        self._file = file
        self._memory = memory
        self._lock = threading.Lock()
        self._made: tuple[str, Corpus, Vocabulary, Noted] | None = None

    def mark(self) -> str:
        """A text that changes with the file."""
        if self._file is None:
            return ""
        try:
            found = self._file.stat()
        except OSError as error:
            return f"{error.errno}"
        return f"{found.st_ino} {found.st_size} {found.st_mtime_ns}"

    def joined(self, corpus: Corpus, vocabulary: Vocabulary) -> Noted:
        """The file's rows with the findings of a commit."""
        if self._file is None:
            return NOTHING
        with self._lock:
            mark = self.mark()
            made = self._made
            if made and made[0] == mark and made[1] is corpus and made[2] is vocabulary:
                return made[3]
            noted = self._join(self._file, corpus, vocabulary)
            self._made = (mark, corpus, vocabulary, noted)
            return noted

    def _join(self, file: Path, corpus: Corpus, vocabulary: Vocabulary) -> Noted:
        try:
            rows = read_tracker(file)
            # The page may be read elsewhere: where the file lies is nobody's business there.
            tracker = joined_tracker(corpus, vocabulary, self._memory, file.name, rows)
        except PeelsearchError as error:
            said = error.message.replace(str(file), file.name)
            return Noted(said=(f"Notes are not shown. {said}",))
        return Noted(tracker, unjoined_words(tracker))
