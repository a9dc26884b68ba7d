"""How is a finding's headline recognised? By its form and by what follows it.

Plain text marks no headings, so these rules are all there is; formats that do mark them need
none of this. Calibrated on the hand-labelled sections of the seeds (tests/golden): run
tests/documents/test_gold.py and test_perturbed.py after changing anything.
"""

from __future__ import annotations

import re

from peelsearch.documents.units import Unit
from peelsearch.model import BlockKind

LONGEST_HEADLINE = 280
# Four lines of 70 letters hold the longest; one more for a wrap at an unlucky place.
_MOST_LINES = 5
LONGEST_TITLE = 150
_STOPS = ".!?:;,"
_CLOSERS = "'\"’”)]"
_OPENERS = "'\"‘“[("
_SENTENCE_END = re.compile(r"(?<![A-Z])[.!?]['’”\")\]]?\s+['‘“\"(]?[A-Z]")
# No headline ends on one of these; a sentence that a page break cut may.
_DANGLING = frozenset(
    "a an and are as at been but by for from has have if in into is its of on or our than the "
    "their to was were when where which who will with".split()
)
_CAPTION = re.compile(
    r"(?:figure|fig\.|chart|graph|table|map|image|photo(?:graph)?|diagram|source|note)s?\b"
    r"(?:\s*\d|\s*[:.–—-]|\s+(?:showing|of)\b)"
    r"|(?:the\s+)?(?:total\s+|average\s+|overall\s+)?"
    r"(?:proportion|percentage|number|rate|volume|share|count|breakdown|distribution|comparison)s?"
    r"\s+(?:of|per|by)\b",
    re.IGNORECASE,
)
_IMAGE = re.compile(
    r"(?:an?\s+|the\s+)?(?:handwritten|scanned|digital|electronic)?\s*"
    r"(?:signature|image|photograph|picture|logo|screenshot)\b(?:\s+(?:in|of|showing|with)\b|\s*$)",
    re.IGNORECASE,
)
_IMPRINT = re.compile(r"©|\(c\)\s|\bcopyright\b|\bwww\.|https?://|\bISBN\b|@[a-z]", re.IGNORECASE)
# A finding that asks for something says so.
_ASKS = re.compile(r"\b(?:should|needs?\s+to|must|ha(?:s|ve)\s+to|requires?|improve)\b", re.I)


def is_headline(unit: Unit, after: Unit | None, *, sentences: int = 1) -> bool:
    """Whether a paragraph is the headline of the text after it.

    An area for improvement may be headed by two ``sentences``, the last without its stop.
    """
    return (
        unit.kind is BlockKind.PARAGRAPH
        and has_headline_form(unit, sentences=sentences)
        and after is not None
        and is_prose(after)
    )


def has_headline_form(unit: Unit, *, sentences: int = 1) -> bool:
    """Whether the words alone could be a headline."""
    text = unit.text
    if not 8 <= len(text) <= LONGEST_HEADLINE or unit.lines > _MOST_LINES:
        return False
    first = text.lstrip(_OPENERS)[:1]
    if not (first.isupper() or first.isdigit()) or not any(char.islower() for char in text):
        return False
    if text[-1] in _STOPS or text.rstrip(_CLOSERS)[-1:] in _STOPS:
        return False
    words = text.split()
    if len(words) < 2 or words[-1].casefold() in _DANGLING:
        return False
    if len(_SENTENCE_END.findall(text)) >= sentences:
        return False
    return not (_CAPTION.match(text) or is_image_description(unit) or is_imprint(unit))


def is_prose(unit: Unit) -> bool:
    """Whether the unit is text that a headline can head: sentences, or a list."""
    if unit.kind is BlockKind.ITEM:
        return True
    if unit.kind is not BlockKind.PARAGRAPH or is_image_description(unit):
        return False
    return (
        unit.ends_sentence
        or len(unit.text) > LONGEST_HEADLINE
        or _SENTENCE_END.search(unit.text) is not None
    )


def is_title(unit: Unit) -> bool:
    """Whether the unit could be a line of a title page or a section's title."""
    text = unit.text
    return (
        unit.kind in (BlockKind.PARAGRAPH, BlockKind.HEADING)
        and len(text) <= LONGEST_TITLE
        and text[-1] not in _STOPS
        and not text[:1].islower()
        and any(char.isalpha() for char in text)
        and not is_imprint(unit)
    )


def is_image_description(unit: Unit) -> bool:
    """Whether the unit says in words what an image shows."""
    return _IMAGE.match(unit.text) is not None


def is_imprint(unit: Unit) -> bool:
    """Whether the unit is part of an imprint: copyright, address on the web."""
    return len(unit.text) <= LONGEST_HEADLINE and _IMPRINT.search(unit.text) is not None


def asks(text: str) -> bool:
    """Whether the words ask somebody to do something."""
    return _ASKS.search(text) is not None
