"""Our ``dataclass`` does what the standard library's does: classes are made by both, and both are asked the same."""

from __future__ import annotations

import copy
import dataclasses
import inspect
import pickle
from abc import ABC, abstractmethod
from types import FunctionType
from typing import ClassVar

import pytest

from neurosim import records
from neurosim.records.late_init import FEW

OPTIONS = [
    {},
    {"frozen": True},
    {"frozen": True, "slots": True},
    {"frozen": True, "eq": False},
    {"eq": False},
    {"slots": True},
    {"frozen": True, "order": True},
]


def twins(**options):
    """The same class, by the standard library and by us."""
    return [_point(maker, **options) for maker in (dataclasses.dataclass, records.dataclass)]


def _point(maker, **options):
    @maker(**options)
    class Point:
        x: float
        y: float = 2.0
        tags: tuple[str, ...] = ()
        seen: list[int] = dataclasses.field(default_factory=list, compare=False, repr=False)

        @property
        def sum(self) -> float:
            return self.x + self.y

    return Point


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_making_comparing_writing_and_copying(options):
    theirs, ours = twins(**options)
    for make in (
        lambda cls: cls(1.0),
        lambda cls: cls(1.0, y=3.0, tags=("a",)),
        lambda cls: dataclasses.replace(cls(1.0, 5.0), x=4.0),
        lambda cls: copy.copy(cls(1.0, seen=[7])),
        lambda cls: copy.deepcopy(cls(1.0, seen=[7])),
    ):
        a, b = make(theirs), make(ours)
        assert (b.x, b.y, b.tags, b.seen, b.sum) == (a.x, a.y, a.tags, a.seen, a.sum)
        assert repr(b) == repr(a)
        assert (b == make(ours)) is (a == make(theirs))
        assert (b == copy.copy(b)) is (a == copy.copy(a))
    assert ours(1.0) != (1.0, 2.0, ())
    assert ours(1.0, seen=[1]).seen is not ours(1.0).seen


@pytest.mark.parametrize("options", OPTIONS, ids=str)
def test_hash_signature_match_and_fields(options):
    theirs, ours = twins(**options)
    assert (ours.__hash__ is None) is (theirs.__hash__ is None)
    if options.get("frozen") and options.get("eq", True):
        assert hash(ours(1.0)) == hash(theirs(1.0)) == hash(ours(1.0, seen=[3]))
    assert str(inspect.signature(ours)) == str(inspect.signature(theirs))
    assert ours.__match_args__ == theirs.__match_args__
    assert [one.name for one in dataclasses.fields(ours)] == [one.name for one in dataclasses.fields(theirs)]
    assert dataclasses.asdict(ours(1.0)) == dataclasses.asdict(theirs(1.0))
    assert hasattr(ours(1.0), "__dict__") is hasattr(theirs(1.0), "__dict__")
    for wrong in ((), (1.0, 2.0, (), [], 5)):
        with pytest.raises(TypeError) as told_by_them:
            theirs(*wrong)
        with pytest.raises(TypeError) as told_by_us:
            ours(*wrong)
        assert str(told_by_us.value) == str(told_by_them.value)


@pytest.mark.parametrize("slots", [False, True])
def test_what_is_frozen_cannot_be_changed(slots):
    for cls in twins(frozen=True, slots=slots):
        point = cls(1.0)
        with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'x'"):
            point.x = 2.0
        with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):  # theirs, with slots, loses its own class
            point.other = 2.0
        with pytest.raises(dataclasses.FrozenInstanceError, match="cannot delete field 'x'"):
            del point.x
        assert point.x == 1.0


@records.dataclass(frozen=True)
class Base:
    a: int
    b: int = 1

    def __post_init__(self):
        object.__setattr__(self, "total", self.a + self.b)


@records.dataclass(frozen=True)
class Derived(Base):
    b: int = 10
    c: int = 100


@records.dataclass(frozen=True, slots=True)
class Packed:
    a: int
    b: tuple[int, ...] = ()


class Plain(Base):
    """No dataclass itself: what it adds may change, what it has may not."""


def test_inheritance_and_what_is_done_after_init():
    assert (Derived(1).a, Derived(1).b, Derived(1).c, Derived(1).total) == (1, 10, 100, 11)
    assert Base(1) != Derived(1)
    assert repr(Derived(1, c=3)) == "Derived(a=1, b=10, c=3)"
    plain = Plain(4)
    plain.own = 5
    assert (plain.own, plain.total) == (5, 5)
    with pytest.raises(dataclasses.FrozenInstanceError):
        plain.a = 6


@pytest.mark.parametrize("one", [Base(1), Derived(2, 3), Packed(1, (2, 3))], ids=lambda one: type(one).__name__)
def test_pickled_and_back(one):
    again = pickle.loads(pickle.dumps(one))  # noqa: S301  # our own bytes
    assert again == one
    assert again is not one


def test_what_a_class_writes_itself_stays():
    @records.dataclass(frozen=True)
    class Own:
        x: int

        def __repr__(self):
            return "mine"

        def __eq__(self, other):
            return isinstance(other, Own)

        def __hash__(self):
            return 7

    assert (repr(Own(1)), Own(1) == Own(2), hash(Own(1))) == ("mine", True, 7)


def test_an_abstract_class_stays_abstract():
    @records.dataclass(frozen=True)
    class Shape(ABC):
        size: int

        @abstractmethod
        def area(self) -> int: ...

    with pytest.raises(TypeError, match="abstract"):
        Shape(1)


def test_an_object_in_itself_is_written_once():
    @records.dataclass
    class Knot:
        inside: object = None

    knot = Knot()
    knot.inside = knot
    assert repr(knot) == f"{Knot.__qualname__}(inside=...)"


def test_what_is_no_field_stays_none():
    @records.dataclass(frozen=True)
    class Counted:
        x: int
        made: ClassVar[int] = 0
        start: dataclasses.InitVar[int] = 3

        def __post_init__(self, start: int) -> None:
            object.__setattr__(self, "sum", self.x + start)

    assert [one.name for one in dataclasses.fields(Counted)] == ["x"]
    assert Counted(1, 5).sum == 6
    assert Counted(1).sum == 4
    assert Counted.made == 0


def made_often(cls, count):
    """So many objects of *cls*, in pairs of all arguments by place and none by place."""
    return [cls(n, (n,)) if n % 2 else cls(b=(n,), a=n) for n in range(count)]


def test_the_first_objects_of_a_class_are_as_those_that_come_later():
    @records.dataclass(frozen=True, slots=True)
    class Counted:
        a: int
        b: tuple[int, ...] = ()

    made = made_often(Counted, 3 * FEW)
    assert [(one.a, one.b) for one in made] == [(n, (n,)) for n in range(3 * FEW)]
    assert isinstance(vars(Counted)["__init__"], FunctionType)


@pytest.mark.parametrize("before", [0, FEW - 1, FEW])
def test_wrong_arguments_are_told_as_everywhere_however_many_came_before(before):
    theirs, ours = twins(frozen=True)
    for n in range(before):
        ours(n)
    for values, named in (((), {}), ((1, 2, (), [], 5), {}), ((1,), {"z": 2}), ((1,), {"x": 2})):
        with pytest.raises(TypeError) as told_by_them:
            theirs(*values, **named)
        with pytest.raises(TypeError) as told_by_us:
            ours(*values, **named)
        assert str(told_by_us.value) == str(told_by_them.value)


def test_classes_that_are_used_little_are_finished_when_there_is_time():
    _, ours = twins(frozen=True)
    ours(1.0)
    assert not isinstance(vars(ours)["__init__"], FunctionType)
    while records.finish(7):
        pass
    assert isinstance(vars(ours)["__init__"], FunctionType)
    assert ours(1.0, tags=("b",)).tags == ("b",)


def test_a_field_may_be_called_anything():
    @records.dataclass(frozen=True)
    class Odd:
        instance: int
        values: int = 2
        named: int = 3

    assert [Odd(instance=1, named=4)] * 2 == [Odd(1, 2, 4), Odd(values=2, instance=1, named=4)]
