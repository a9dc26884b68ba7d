"""Frozen dataclasses as JSON and back, strictly: what does not fit its type is refused.

Instead of pickle, because reading JSON runs nothing.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def dumps(value: object) -> bytes:
    """The value as JSON, always the same bytes for the same value."""
    # A lone surrogate can stand in a file name that is not valid in the system's encoding.
    return to_json(value).encode("utf-8", "surrogatepass")


def to_json(value: object) -> str:
    """The value as the text of ``dumps``."""
    return _ENCODER.encode(value)


def loads(data: bytes) -> Any:
    """What JSON bytes hold. Raises ValueError."""
    try:
        return json.loads(data.decode("utf-8", "surrogatepass"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def to_plain(value: object) -> Any:
    """Dataclasses as dicts, tuples as lists, enums as their values."""
    if isinstance(value, StrEnum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    return {key: to_plain(item) for key, item in _as_dict(value).items()}


def _as_dict(value: object) -> Mapping[str, Any]:
    """What JSON knows no form of but can hold as an object; its parts are as they were."""
    if is_dataclass(value):
        return {name: getattr(value, name) for name in _names(type(value))}
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"no plain form of {type(value).__name__}")


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


_ENCODER = json.JSONEncoder(
    ensure_ascii=False,
    check_circular=False,
    allow_nan=False,
    sort_keys=True,
    separators=(",", ":"),
    default=_as_dict,
)


def from_plain(kind: type[T], plain: object) -> T:
    """A value of the type from its plain form. Raises ValueError for anything else."""
    hashable: Any = kind
    value: T = _converter(hashable)(plain)
    return value


@cache
def _converter(kind: Any) -> Callable[[object], Any]:
    origin = get_origin(kind)
    if origin is tuple:
        return _tuple_converter(get_args(kind))
    if origin in (Union, types.UnionType):
        return _optional_converter(get_args(kind))
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping_converter(*get_args(kind))
    if is_dataclass(kind):
        return _dataclass_converter(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    return _exact_converter(kind)


def _exact_converter(kind: type) -> Callable[[object], Any]:
    def convert(plain: object) -> Any:
        if type(plain) is not kind:
            raise ValueError(f"{type(plain).__name__} in place of {kind.__name__}")
        return plain

    return convert


def _tuple_converter(items: tuple[Any, ...]) -> Callable[[object], Any]:
    if len(items) == 2 and items[1] is Ellipsis:
        each = _converter(items[0])
        return lambda plain: tuple(each(item) for item in _checked(plain, list))
    converters = [_converter(item) for item in items]
    return lambda plain: tuple(
        convert(item) for convert, item in zip(converters, _checked(plain, list), strict=True)
    )


def _optional_converter(options: tuple[Any, ...]) -> Callable[[object], Any]:
    (kind,) = (option for option in options if option is not types.NoneType)
    convert = _converter(kind)
    return lambda plain: None if plain is None else convert(plain)


def _mapping_converter(_key: Any, value: Any) -> Callable[[object], Any]:
    convert = _converter(value)
    return lambda plain: {name: convert(item) for name, item in _checked(plain, dict).items()}


def _dataclass_converter(kind: Any) -> Callable[[object], Any]:
    hints = get_type_hints(kind)
    converters = {field.name: _converter(hints[field.name]) for field in fields(kind)}
    required = {f.name for f in fields(kind) if f.default is MISSING}

    def convert(plain: object) -> Any:
        values = _checked(plain, dict)
        if not required <= values.keys() <= converters.keys():
            raise ValueError(f"these are not the fields of {kind.__name__}: {sorted(values)}")
        return kind(**{name: converters[name](item) for name, item in values.items()})

    return convert


def _checked(plain: object, kind: type) -> Any:
    if type(plain) is not kind:
        raise ValueError(f"{type(plain).__name__} in place of {kind.__name__}")
    return plain
