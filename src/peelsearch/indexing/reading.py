"""Reading one file: what it is made into, or the reason why it cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from peelsearch.documents import extract, read_bytes, structure
from peelsearch.documents.wording import wording
from peelsearch.errors import ReadingError
from peelsearch.model import Stated, StructuredDocument
from peelsearch.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Understood:
    """A document as it was understood, and the digest of its words."""

    structure: StructuredDocument
    wording: str


@dataclass(frozen=True, slots=True)
class Unread:
    """Why a file could not be read."""

    reason: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to read, with what is stated of it."""

    path: Path
    stated: Stated | None = None


Outcome: TypeAlias = Understood | Unread
Task: TypeAlias = Callable[[Wanted, Vocabulary], Understood]


def understand(wanted: Wanted, vocabulary: Vocabulary) -> Understood:
    """Read a file. Raises ReadingError, OSError, and whatever goes wrong in a reader."""
    name = wanted.path.name
    extracted = extract(read_bytes(wanted.path), name)
    structured = structure(extracted, vocabulary, name=name, stated=wanted.stated)
    return Understood(structured, wording(extracted))


def attempt(task: Task, wanted: Wanted, vocabulary: Vocabulary) -> Outcome:
    """What comes of reading a file; errors that the file causes are reasons."""
    try:
        return task(wanted, vocabulary)
    except ReadingError as error:
        return Unread(error.message)
    except OSError as error:
        return Unread(f"The file cannot be opened: {error.strerror or error}.")
    except RecursionError:
        return Unread("It is nested too deep to be read.")
    except MemoryError:
        return Unread("It would take more memory than one document may have.")
