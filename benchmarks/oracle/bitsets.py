"""Sets of passages as big integers: bit n stands for passage number n."""

from __future__ import annotations

from collections.abc import Iterable


def from_numbers(numbers: Iterable[int], size: int) -> int:
    """The set of these numbers, all below ``size``."""
    bits = bytearray((size + 7) // 8)
    for number in numbers:
        bits[number >> 3] |= 1 << (number & 7)
    return int.from_bytes(bits, "little")


def to_numbers(bits: int) -> list[int]:
    """The numbers in the set, ascending."""
    text = f"{bits:b}"[::-1]
    found = []
    position = text.find("1")
    while position >= 0:
        found.append(position)
        position = text.find("1", position + 1)
    return found
