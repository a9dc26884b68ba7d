"""What a table's address asks for, as it was typed, and the links that change one thing of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from peelsearch import facets
from peelsearch.errors import SettingError
from peelsearch.model import Filters
from peelsearch.vocabulary import Vocabulary
from peelsearch.webapp.state import Arguments, cleaned, shortened

# What sets a flag.
YES = "yes"
Chosen = TypeVar("Chosen", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class TableState:
    """The (name, value) parameters of a table, none of them empty, in the order of its names."""

    pairs: tuple[tuple[str, str], ...] = ()

    def values(self, name: str) -> tuple[str, ...]:
        """All values of one name."""
        return tuple(value for key, value in self.pairs if key == name)

    def first(self, name: str) -> str:
        """The first value of a name, empty for none."""
        return next(iter(self.values(name)), "")

    def without(self, name: str, value: str) -> TableState:
        """The same without one value."""
        return TableState(tuple(pair for pair in self.pairs if pair != (name, value)))

    def beside(self, name: str) -> TableState:
        """The same without any value of a name."""
        return TableState(tuple(pair for pair in self.pairs if pair[0] != name))

    def single(self, names: Collection[str]) -> TableState:
        """The same with the first value alone of each of these names."""
        return TableState(
            tuple(
                (name, value)
                for name, value in self.pairs
                if name not in names or value == self.first(name)
            )
        )

    def at_page(self, number: int) -> TableState:
        """The same on another page; the first needs no number."""
        page = (("page", str(number)),) if number > 1 else ()
        return TableState((*self.beside("page").pairs, *page))

    def only(self, names: Collection[str]) -> TableState:
        """The parameters of some names."""
        return TableState(tuple(pair for pair in self.pairs if pair[0] in names))

    def href(self, path: str) -> str:
        """A link to ``path`` with these parameters."""
        return f"{path}?{urlencode(self.pairs)}" if self.pairs else path

    def filters(self, vocabulary: Vocabulary) -> Filters:
        """The facets among the parameters as filters. Raises UnknownValueError."""
        chosen = [pair for pair in self.pairs if pair[0] in facets.FACETS_BY_NAME]
        return facets.resolve(chosen, vocabulary)

    def resolved(self, filters: Filters) -> TableState:
        """The same with the ids of facets' values in place of what was typed for them."""
        ids = dict(filters)
        found: dict[tuple[str, str], None] = {}
        for name, value in self.pairs:
            found.update(dict.fromkeys((name, one) for one in ids.get(name, (value,))))
        return TableState(tuple(found))

    def one_of(self, name: str, values: type[Chosen], what: str) -> Chosen | None:
        """The first value of a name among these, None without one. Raises SettingError."""
        return next(iter(self.each_of(name, values, what)), None)

    def each_of(self, name: str, values: type[Chosen], what: str) -> tuple[Chosen, ...]:
        """All values of a name, which are among these. Raises SettingError."""
        return tuple(_chosen(typed, values, what) for typed in self.values(name))

    def flag(self, name: str) -> bool:
        """Whether a name is set, which is said by one word. Raises SettingError."""
        typed = self.first(name)
        if typed not in ("", YES):
            raise SettingError(
                f'"{shortened(typed)}" cannot be used for "{name}".',
                hint=f'It is "{YES}", or left out.',
            )
        return typed == YES

    def day(self, name: str) -> str:
        """A full day (ISO), today without one. Raises SettingError."""
        typed = self.first(name)
        try:
            return date.fromisoformat(typed).isoformat() if typed else today()
        except ValueError:
            raise SettingError(
                f'"{shortened(typed)}" is not a day.', hint="Write it like 2024-01-31."
            ) from None


def read_table(arguments: Arguments, names: Collection[str]) -> TableState:
    """The state that an address holds. Other names are ignored, nothing is checked yet."""
    return TableState(
        tuple(
            (name, value)
            for name in names
            for value in dict.fromkeys(cleaned(arguments.getlist(name)))
        )
    )


def today() -> str:
    """The day here and now (ISO)."""
    return datetime.now().astimezone().date().isoformat()


def _chosen(typed: str, values: type[Chosen], what: str) -> Chosen:
    try:
        return values(typed)
    except ValueError:
        raise SettingError(
            f'"{shortened(typed)}" is not {what}.',
            hint=f"It is one of {', '.join(value.value for value in values)}.",
        ) from None
