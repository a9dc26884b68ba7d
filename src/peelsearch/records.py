"""Frozen data classes that are quick to make.

``dataclasses`` compiles six functions for a frozen class, and a search would spend a quarter of its
time on that. Here one is compiled, ``__init__``; the others are shared by all classes. In all else
``dataclass`` is that of the standard library: fields, ``replace``, slots, equality, hashes.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False):
        """The decorator; for classes that are not frozen it is the standard library's."""
        if cls is None:
            return lambda found: dataclass(found, frozen=frozen, slots=slots)
        if not frozen:
            return dataclasses.dataclass(cls, slots=slots)
        made = dataclasses.dataclass(cls, init=False, repr=False, eq=False, slots=slots)
        made.__init__ = _init(made)
        made.__eq__, made.__hash__ = _comparison(made)
        for name, function in _SHARED.items():
            setattr(made, name, function)
        return made


__all__ = ["dataclass"]


def _init(made: Any) -> Any:
    """The ``__init__`` of a class: its fields in order, with their defaults."""
    names: dict[str, Any] = {"_set": object.__setattr__}
    parameters, lines = ["self"], ["pass"]
    for field in dataclasses.fields(made):
        parameter, value = field.name, field.name
        if field.default is not dataclasses.MISSING:
            names[f"_default_{field.name}"] = field.default
            parameter = f"{field.name}=_default_{field.name}"
        elif field.default_factory is not dataclasses.MISSING:
            names["_missing"] = dataclasses.MISSING
            names[f"_make_{field.name}"] = field.default_factory
            parameter = f"{field.name}=_missing"
            value = f"_make_{field.name}() if {field.name} is _missing else {field.name}"
        parameters.append(parameter)
        lines.append(f"_set(self, {field.name!r}, {value})")
    text = f"def __init__({', '.join(parameters)}):\n " + "\n ".join(lines)
    exec(text, names)  # noqa: S102 - made of field names alone, as dataclasses does it
    return names["__init__"]


def _comparison(made: Any) -> tuple[Any, Any]:
    """``__eq__`` and ``__hash__`` of a class."""
    names = tuple(made.__dataclass_fields__)
    values = attrgetter(*names) if names else type

    def eq(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    return eq, lambda self: hash(values(self))


def _repr(self: Any) -> str:
    shown = (
        f"{field.name}={getattr(self, field.name)!r}"
        for field in dataclasses.fields(self)
        if field.repr
    )
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _setattr(self: Any, name: str, value: object) -> None:  # noqa: ARG001
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _delattr(self: Any, name: str) -> None:  # noqa: ARG001
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _getstate(self: Any) -> Any:
    return tuple([getattr(self, name) for name in self.__dataclass_fields__])


def _setstate(self: Any, state: tuple[Any, ...]) -> None:
    for name, value in zip(self.__dataclass_fields__, state, strict=True):
        object.__setattr__(self, name, value)


_SHARED = {
    "__repr__": _repr,
    "__setattr__": _setattr,
    "__delattr__": _delattr,
    "__getstate__": _getstate,
    "__setstate__": _setstate,
}
