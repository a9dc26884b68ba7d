"""What was worked out and may be wanted again, within a bound."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """What was made for keys, as long as it fits into so many bytes; then it begins anew.

    Safe to use from several threads: at worst something is made twice.
    """

    def __init__(self, size: Callable[[Value], int], most: int) -> None:
        self._size = size
        self._most = most
        self._values: dict[Any, Value] = {}
        self._held = 0
        self.get = self._values.get

    def put(self, key: Any, value: Value) -> Value:
        """Keep it."""
        size = self._size(value)
        if self._held + size > self._most:
            self._values.clear()
            self._held = 0
        self._values[key] = value
        self._held += size
        return value
