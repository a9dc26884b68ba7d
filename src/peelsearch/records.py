"""Frozen data classes that are quick to make.

``dataclasses`` compiles six functions for a frozen class, and a search would spend a quarter of its
time on that. Here one is compiled, ``__init__``, for a class that has many instances; the others
are shared by all classes. In all else ``dataclass`` is that of the standard library: fields, slots,
equality, hashes. Such a class does not inherit fields. ``replace`` does what the standard library's
does, without looking at the fields one by one.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass, replace
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False):
        """The decorator; for classes that are not frozen it is the standard library's."""
        if cls is None:
            return lambda found: dataclass(found, frozen=frozen, slots=slots)
        if not frozen:
            return dataclasses.dataclass(cls, slots=slots)
        return _made(cls, slots=slots)

    def replace(instance, /, **changes):
        """The instance with other values in some fields."""
        names = instance.__match_args__
        return type(instance)(**{name: getattr(instance, name) for name in names} | changes)


__all__ = ["dataclass", "replace"]


def _made(cls: Any, *, slots: bool) -> Any:
    names = tuple(cls.__annotations__)
    defaults = {name: cls.__dict__[name] for name in names if name in cls.__dict__}
    members = {
        **_SHARED,
        **_comparison(names),
        "__init__": _first_init(names, defaults),
        "__match_args__": names,
    }
    if not slots:
        made = dataclasses.dataclass(cls, init=False, repr=False, eq=False)
        for name, member in members.items():
            setattr(made, name, member)
        return made
    kept = {name: value for name, value in cls.__dict__.items() if name not in _LEFT_OUT}
    for name in defaults:
        del kept[name]
    members |= {**kept, "__slots__": names, "__dataclass_fields__": _Fields(cls)}
    made = type(cls)(cls.__name__, cls.__bases__, members)
    made.__qualname__ = cls.__qualname__
    return made


# What a class with slots must not take over from the class that it is made from.
_LEFT_OUT = frozenset(("__dict__", "__weakref__"))


class _Fields:
    """The fields of a class as the standard library has them, made when they are asked for."""

    def __init__(self, cls: Any) -> None:
        self._cls = cls

    def __get__(self, instance: object, owner: Any) -> Any:
        plain = dataclasses.dataclass(self._cls, init=False, repr=False, eq=False)
        found = owner.__dataclass_fields__ = plain.__dataclass_fields__
        return found


# A class gets an ``__init__`` of its own with so many instances: compiling it takes as long as
# making that many without.
_FEW = 64


def _first_init(names: tuple[str, ...], defaults: dict[str, Any]) -> Any:
    """An ``__init__`` for the first instances, which then puts a compiled one in its place."""
    plain = {n: d for n, d in defaults.items() if not isinstance(d, dataclasses.Field)}
    known, made = frozenset(names), 0

    def init(self: Any, *arguments: Any, **named: Any) -> None:
        nonlocal made
        made += 1
        values = {**plain, **dict(zip(names, arguments, strict=False)), **named}
        twice = named and not named.keys().isdisjoint(names[: len(arguments)])
        # What is wrong the compiled one says, and it makes the values that have to be made.
        if made > _FEW or values.keys() != known or twice or len(arguments) > len(names):
            compiled = type(self).__init__ = _init(names, defaults)
            compiled(self, *arguments, **named)
            return
        for name, value in values.items():
            _set(self, name, value)

    return init


_set = object.__setattr__


def _init(fields: tuple[str, ...], defaults: dict[str, Any]) -> Any:
    """The ``__init__`` of a class: its fields in order, with their defaults."""
    names: dict[str, Any] = {"_set": _set, "_missing": dataclasses.MISSING}
    parameters, lines = ["self"], ["pass"]
    for name in fields:
        parameter, value = name, name
        default = defaults.get(name, dataclasses.MISSING)
        if isinstance(default, dataclasses.Field):
            if default.default_factory is not dataclasses.MISSING:
                names[f"_make_{name}"] = default.default_factory
                parameter = f"{name}=_missing"
                value = f"_make_{name}() if {name} is _missing else {name}"
            default = default.default
        if default is not dataclasses.MISSING:
            names[f"_default_{name}"] = default
            parameter = f"{name}=_default_{name}"
        parameters.append(parameter)
        lines.append(f"_set(self, {name!r}, {value})")
    text = f"def __init__({', '.join(parameters)}):\n " + "\n ".join(lines)
    exec(text, names)  # noqa: S102 - made of field names alone, as dataclasses does it
    return names["__init__"]


def _comparison(names: tuple[str, ...]) -> dict[str, Any]:
    """``__eq__`` and ``__hash__`` of a class."""
    values = attrgetter(*names) if names else type

    def eq(self: Any, other: object) -> Any:
        if other.__class__ is not self.__class__:
            return NotImplemented
        return values(self) == values(other)

    return {"__eq__": eq, "__hash__": lambda self: hash(values(self))}


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
    return tuple([getattr(self, name) for name in self.__match_args__])


def _setstate(self: Any, state: tuple[Any, ...]) -> None:
    for name, value in zip(self.__match_args__, state, strict=True):
        object.__setattr__(self, name, value)


_SHARED = {
    "__repr__": _repr,
    "__setattr__": _setattr,
    "__delattr__": _delattr,
    "__getstate__": _getstate,
    "__setstate__": _setstate,
}
