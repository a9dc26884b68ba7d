"""How text is set in a terminal: colour, wrapping, and nothing that a terminal would obey."""

from __future__ import annotations

from collections.abc import Sequence

from peelsearch.model import Span
from peelsearch.records import dataclass
from peelsearch.snippets import display

# SGR codes, which every terminal knows.
BOLD = "1"
DIM = "2"
MATCH = "1;33"


@dataclass(frozen=True, slots=True)
class Style:
    """How text is set. ``width`` is in columns; None leaves lines as long as they are."""

    colour: bool = False
    width: int | None = None

    def bold(self, text: str) -> str:
        """For headings."""
        return self._set(text, BOLD)

    def dim(self, text: str) -> str:
        """For what is said beside the matter."""
        return self._set(text, DIM)

    def _set(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text and code else text

    def marked(self, text: str, marks: Sequence[Span], *, code: str = "") -> str:
        """Readable text with its matches set off, the rest in ``code``.

        Without colour nothing tells them apart.
        """
        return "".join(
            self._set(piece, MATCH if marked else code)
            for piece, marked in display(safe(text), marks)
        )

    def wrap(self, text: str, indent: str) -> str:
        """The text within the width, every line indented. Colour codes count as nothing."""
        if self.width is None:
            return indent + text
        return _wrap(text, indent, max(40, self.width))


def safe(text: str) -> str:
    """The text with control characters, which a terminal would obey, made visible spaces."""
    return "".join(char if char >= " " or char in "\n\t\r" else " " for char in text).replace(
        "\x7f", " "
    )


def _wrap(text: str, indent: str, width: int) -> str:
    lines: list[str] = []
    line, used, carried = indent, len(indent), ""
    for word in text.split(" "):
        visible = len(_without_codes(word))
        if used > len(indent) and used + 1 + visible > width:
            lines.append(line + ("\x1b[0m" if carried else ""))
            line, used = indent + carried, len(indent)
        if used > len(indent):
            line, used = line + " ", used + 1
        line, used = line + word, used + visible
        carried = _open_code(carried, word)
    return "\n".join([*lines, line])


def _without_codes(word: str) -> str:
    head, *rest = word.split("\x1b[")
    return head + "".join(part.partition("m")[2] for part in rest)


def _open_code(carried: str, word: str) -> str:
    """The colour code that is still open behind the word."""
    for part in word.split("\x1b[")[1:]:
        code = part.partition("m")[0]
        carried = "" if code == "0" else f"\x1b[{code}m"
    return carried
