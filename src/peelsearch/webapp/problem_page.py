"""What a page says when something went wrong: the words for each HTTP status."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from peelsearch.webapp.search_page import Choice, Chosen

HTTP_WORDS: Mapping[int, tuple[str, str]] = {
    400: ("The address cannot be read.", "Search again with the box above."),
    404: ("There is no page at this address.", "Search with the box above, or start again."),
    405: ("This address can only be read.", "Open it as a link."),
    416: ("The file has no such part.", "Open it as a link."),
    500: (
        "Something went wrong in the program.",
        "It is not your search that is wrong. Try again; if it stays, report what you searched.",
    ),
}
"""Message and hint by status; 400 and 500 stand for their kind."""

TITLES: Mapping[int, str] = {
    400: "This search cannot be read",
    404: "Not found",
    405: "Not possible",
    409: "Not the file that was indexed",
    416: "Not possible",
    500: "Something went wrong",
    503: "The index cannot be used",
}


# The heading where a table is asked for what cannot be used.
NO_TABLE = "This table cannot be made"


@dataclass(frozen=True, slots=True)
class ProblemView:
    """A problem: its status, what happened and what to do next; ``near`` may have been meant.

    ``chosen`` are what the address asks for, each a link without it, and ``start`` is where one
    starts again. ``table`` tells that it is a table's address.
    """

    status: int
    message: str
    hint: str
    near: tuple[Choice, ...]
    chosen: Chosen
    start: str
    table: bool = False

    @property
    def title(self) -> str:
        """The heading of the page."""
        if self.table:
            return NO_TABLE
        return TITLES.get(self.status, TITLES[400 if self.status < 500 else 500])
