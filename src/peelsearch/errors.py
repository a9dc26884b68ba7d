"""What can go wrong for reasons outside the program. Our own bugs are not in here.

    PeelsearchError
    ├── InputError              something that the user gave cannot be used
    │   ├── QueryError          the query, at a position
    │   ├── UnknownValueError   a force, theme, grade ... that the vocabulary does not know
    │   ├── DocumentNotFoundError
    │   ├── NoSuchPageError         an address that names nothing
    │   ├── FileChangedError    a document's file is not what was indexed
    │   └── SettingError        an option, an environment variable or a line of peelsearch.toml
    ├── IndexProblem            the index folder
    │   ├── IndexMissingError
    │   ├── IndexDamagedError
    │   ├── IndexFormatError    made by another version
    │   ├── IndexBusyError      another build is running
    │   ├── IndexUnreadableError    the system does not let us read it
    │   └── NotAnIndexError     a folder that holds something else
    ├── ReadingError            one document that cannot be read; the others go on
    └── VocabularyError         a vocabulary file, with the place in it

A message says what happened and to which thing; ``hint`` says what to do next. Command line and
site turn them into exit codes and statuses, each in one place.
"""

from __future__ import annotations


class PeelsearchError(Exception):
    """The root: a message for people, and the next thing to do."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InputError(PeelsearchError):
    """Something that the user gave cannot be used."""


class QueryError(InputError):
    """A query that cannot be read; ``position`` is an offset into what was typed."""

    def __init__(self, message: str, *, hint: str = "", position: int = 0) -> None:
        super().__init__(message, hint=hint)
        self.position = position


class UnknownValueError(InputError):
    """A facet value that the vocabulary does not know; ``suggestions`` are the nearest ids."""

    def __init__(self, message: str, *, hint: str = "", suggestions: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint=hint)
        self.suggestions = suggestions


class DocumentNotFoundError(InputError):
    """No document, or several, by that name."""


class NoSuchPageError(InputError):
    """An address that names nothing; ``near`` are the label and address of what may be meant."""

    def __init__(
        self, message: str, *, hint: str = "", near: tuple[tuple[str, str], ...] = ()
    ) -> None:
        super().__init__(message, hint=hint)
        self.near = near


class FileChangedError(InputError):
    """The file of a document is not the one that was indexed."""


class SettingError(InputError):
    """A setting whose value cannot be used, named with the place that gave it."""


class IndexProblem(PeelsearchError):  # noqa: N818 - the base of a family, never raised itself
    """The index folder cannot be used as it is."""


class IndexMissingError(IndexProblem):
    """There is no index where one was expected."""


class IndexDamagedError(IndexProblem):
    """A file of the index is missing, short or changed; ``what`` says which and how."""

    def __init__(self, message: str, *, hint: str = "", what: str = "") -> None:
        super().__init__(message, hint=hint)
        self.what = what


class IndexFormatError(IndexProblem):
    """The index was written by a version with another format."""


class IndexBusyError(IndexProblem):
    """Another build is writing to the index."""


class IndexUnreadableError(IndexProblem):
    """The system does not let us read the index."""


class NotAnIndexError(IndexProblem):
    """The folder is not empty and holds no peelsearch index."""


class ReadingError(PeelsearchError):
    """A document that cannot be read; its message is the reason alone, without the path."""


class VocabularyError(PeelsearchError):
    """A vocabulary file that cannot be used."""
