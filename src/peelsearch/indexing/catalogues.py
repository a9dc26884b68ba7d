"""The catalogues among the files: which document each entry speaks of, and what has no file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from peelsearch.documents.catalogue import CATALOGUE, Catalogue, read_catalogue
from peelsearch.model import Stated, Stub
from peelsearch.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Catalogues:
    """All that were found below the remembered paths."""

    found: tuple[Catalogue, ...] = ()

    @property
    def stubs(self) -> tuple[Stub, ...]:
        """The documents that are known but not held, in the order of their files."""
        return tuple(stub for catalogue in self.found for stub in catalogue.stubs)

    def stated(self, paths: Sequence[Path]) -> Stated | None:
        """What is stated of a document by any of its files; the nearest catalogue decides."""
        for path in paths:
            nearest = sorted(self.found, key=lambda found: -len(found.path.parts))
            for catalogue in nearest:
                folder = catalogue.path.parent
                if not path.is_relative_to(folder):
                    continue
                said = catalogue.documents.get(path.relative_to(folder).as_posix())
                if said is not None:
                    return said
        return None

    def unmatched(self, paths: Iterable[Path]) -> tuple[str, ...]:
        """A warning for each entry whose file is not there."""
        held = set(paths)
        return tuple(
            f"{catalogue.path} speaks of {name}, which is not there."
            for catalogue in self.found
            for name in catalogue.documents
            if catalogue.path.parent / name not in held
        )


def is_catalogue(path: Path) -> bool:
    """Whether a file is a catalogue by its name."""
    return path.name.casefold() == CATALOGUE


def read_catalogues(paths: Iterable[Path], vocabulary: Vocabulary) -> Catalogues:
    """The catalogues in these files. Raises InputError for one that cannot be used."""
    return Catalogues(tuple(read_catalogue(path, vocabulary) for path in sorted(paths)))
