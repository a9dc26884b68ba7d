"""Are these bytes text? Told by byte order marks, zeros and control characters alone.

Apart from ``encoding``, so that telling what a file is loads nothing that only reading needs.
"""

from __future__ import annotations

import codecs
import re

# UTF-32 before UTF-16: the little-endian marks begin alike.
MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SAMPLE = 4096
# Latin text in UTF-16 has a zero in nearly every second byte, others at least in the spaces.
_ZERO_SHARE = 0.2
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
# Text has next to no control characters; a stray one is forgiven.
_CONTROL_SHARE = 0.002


def is_text(sample: bytes) -> bool:
    """Whether the beginning of a file can be text in any encoding."""
    if any(sample.startswith(mark) for mark, _ in MARKS) or by_zeros(sample[:SAMPLE]):
        return True
    # Every byte as a character; all encodings without zeros share the control characters.
    return not is_binary(sample.decode("latin-1"))


def by_zeros(sample: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, told by where the zero bytes stand."""
    if b"\0" not in sample or len(sample) < 4:
        return None
    shares = [sample[place::4].count(0) / len(sample[place::4]) for place in range(4)]
    high = [share > 0.9 for share in shares]
    if high[1] and high[2] and high[3] and not high[0]:
        return "utf-32-le"
    if high[0] and high[1] and high[2] and not high[3]:
        return "utf-32-be"
    even, odd = (shares[0] + shares[2]) / 2, (shares[1] + shares[3]) / 2
    if odd > _ZERO_SHARE and even < odd / 10:
        return "utf-16-le"
    if even > _ZERO_SHARE and odd < even / 10:
        return "utf-16-be"
    return None


def is_binary(text: str) -> bool:
    """Whether so many of the characters are control characters that it is no text."""
    controls = sum(1 for _ in _CONTROL.finditer(text))
    return controls > 1 and controls > _CONTROL_SHARE * len(text)
