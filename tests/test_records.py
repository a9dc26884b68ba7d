"""Our data classes are those of the standard library, but for the time that making them takes."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import field

import pytest

from peelsearch import records


@records.dataclass(frozen=True, slots=True)
class Ours:
    """A class with every kind of field that we use."""

    name: str
    number: int = 3
    listed: list[str] = field(default_factory=list, repr=False)


@records.dataclass(frozen=True, slots=True)
class Other:
    """The same fields, but another class."""

    name: str
    number: int = 3
    listed: list[str] = field(default_factory=list, repr=False)


@records.dataclass(frozen=True, slots=True)
class Single:
    """One field."""

    name: str


@records.dataclass(frozen=True, slots=True)
class Empty:
    """No field."""


@dataclasses.dataclass(frozen=True, slots=True)
class Standard:
    """What ``Ours`` is compared with."""

    name: str
    number: int = 3
    listed: list[str] = field(default_factory=list, repr=False)


def test_instances_are_made_and_shown_alike() -> None:
    for arguments, named in ((("a",), {}), (("a", 4), {"listed": ["b"]}), ((), {"name": "a"})):
        ours, standard = Ours(*arguments, **named), Standard(*arguments, **named)
        assert dataclasses.asdict(ours) == dataclasses.asdict(standard)
        assert repr(ours) == repr(standard).replace("Standard", "Ours")
    assert Ours("a").listed is not Ours("a").listed
    assert Ours.__match_args__ == Standard.__match_args__
    assert not hasattr(Ours("a"), "__dict__")
    for kind in (Ours, Standard):
        with pytest.raises(TypeError, match="missing 1 required positional argument: 'name'"):
            kind()  # type: ignore[call-arg]
        with pytest.raises(TypeError, match="unexpected keyword argument 'colour'"):
            kind("a", colour="red")  # type: ignore[call-arg]


@pytest.mark.parametrize("before", [0, 1, records._FEW - 1, records._FEW, 1_000])
def test_the_first_instances_and_later_ones_are_made_alike(before: int) -> None:
    @records.dataclass(frozen=True, slots=True)
    class Fresh:
        name: str
        number: int = 3

    for number in range(before):
        assert Fresh("a", number).number == number
    assert (Fresh("a").name, Fresh("a").number) == ("a", 3)
    assert Fresh(number=4, name="b") == Fresh("b", 4) == Fresh("b", number=4)
    for arguments, named, wrong in (
        ((), {}, "missing 1 required positional argument: 'name'"),
        (("a", 1, 2), {}, "takes from 2 to 3 positional arguments but 4 were given"),
        (("a",), {"name": "b"}, "multiple values for argument 'name'"),
        (("a",), {"colour": "red"}, "unexpected keyword argument 'colour'"),
    ):
        with pytest.raises(TypeError, match=wrong):
            Fresh(*arguments, **named)  # type: ignore[arg-type]


def test_equal_are_those_of_one_class_with_equal_fields() -> None:
    assert Ours("a") == Ours("a", 3, [])
    assert Ours("a") != Ours("a", 4)
    assert Ours("a") != Other("a")
    assert Single("a") != "a"
    assert Empty() == Empty()
    assert len({Single("a"), Single("a"), Single("b"), Empty(), Empty()}) == 3
    with pytest.raises(TypeError, match="unhashable"):
        hash(Ours("a"))


def test_nothing_can_be_changed() -> None:
    ours = Ours("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        ours.name = "b"  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError):
        del ours.name
    assert dataclasses.replace(ours, name="b") == Ours("b")
    assert ours == Ours("a")


def test_copies_are_equal() -> None:
    ours = Ours("a", 4, ["b"])
    assert pickle.loads(pickle.dumps(ours)) == ours  # noqa: S301 - our own bytes
    assert copy.deepcopy(ours) == copy.copy(ours) == ours
    assert pickle.loads(pickle.dumps(Empty())) == Empty()  # noqa: S301


def test_a_class_that_is_not_frozen_is_the_standard_librarys() -> None:
    @records.dataclass(slots=True)
    class Open:
        number: int = 1

    found = Open()
    found.number = 2
    assert found == Open(2)
