"""``__init__`` of a data class, put together from a pattern that is compiled once for all classes like it.

The standard library writes a source for each class and compiles it. But what such a function does depends only on how
many fields there are, which of them have a factory, whether the class is frozen, and whether something is done
afterwards: two dozen patterns for hundreds of classes. Of each the standard library makes one, with numbers for names;
another class's function is the same code with its own names in it.
"""

from __future__ import annotations

import dataclasses
import sys
from functools import cache
from types import CellType, FunctionType
from typing import Any


class LateInit:
    """Stands where ``__init__`` will be, until somebody asks for it."""

    def __init__(self, cls: Any, frozen: bool) -> None:  # noqa: ANN401 - as everywhere here, a class to be worked on
        self._cls = cls
        self._frozen = frozen

    def __get__(self, instance: object, owner: type | None = None) -> Any:  # noqa: ANN401 - a method or a function
        made: Any = self._cls.__dict__["__init__"]
        if made is self:
            made = self._cls.__init__ = init_of(self._cls, self._frozen)
        return made if instance is None else made.__get__(instance, owner)


class _Given:
    """What makes a default in a pattern: the factory of the field at *place*."""

    def __init__(self, place: int) -> None:
        self.place = place

    def __call__(self) -> object:
        raise NotImplementedError


def init_of(cls: Any, frozen: bool) -> Any:  # noqa: ANN401 - a function of any signature
    """The ``__init__`` of a class with the fields of *cls*.

    Raises:
        TypeError: a field without a default follows one that has one.
    """
    listed = dataclasses.fields(cls)
    more = hasattr(cls, "__post_init__")
    if len(listed) != len(cls.__dataclass_fields__) or not all(one.init and one.name != "self" for one in listed):
        # Not every field is an argument, or not every argument a field.
        return _by_dataclasses(cls.__qualname__, [_copy(one) for one in listed], frozen, more)
    kinds = [_kind(one) for one in listed]
    optional = [place for place, kind in enumerate(kinds) if kind]
    for place in range(optional[0] if optional else len(listed), len(listed)):
        if not kinds[place]:
            raise TypeError(f"non-default argument {listed[place].name!r} follows default argument")
    pattern, left_out = _pattern(tuple(kind == "made" for kind in kinds), frozen, more)

    def own(thing: Any) -> Any:  # noqa: ANN401
        """What this class has in the place of something in the pattern."""
        if isinstance(thing, str):
            return names.get(thing, thing)
        if isinstance(thing, _Given):
            return listed[thing.place].default_factory
        return thing

    names = {f"_{place}": one.name for place, one in enumerate(listed)}
    code = pattern.__code__
    qualname = f"{cls.__qualname__}.__init__"
    init = FunctionType(
        code.replace(
            co_varnames=tuple(map(own, code.co_varnames)),
            co_names=tuple(map(own, code.co_names)),
            co_consts=tuple(map(own, code.co_consts)),
            co_qualname=qualname,
        ),
        vars(sys.modules[cls.__module__]) if cls.__module__ in sys.modules else {},
        "__init__",
        tuple(left_out if kinds[place] == "made" else listed[place].default for place in optional),
        tuple(CellType(own(cell.cell_contents)) for cell in pattern.__closure__ or ()),
    )
    init.__qualname__ = qualname
    init.__annotations__ = {**{one.name: one.type for one in listed}, "return": None}
    return init


def _kind(one: dataclasses.Field[Any]) -> str:
    if one.default_factory is not dataclasses.MISSING:
        return "made"
    return "" if one.default is dataclasses.MISSING else "given"


@cache
def _pattern(made: tuple[bool, ...], frozen: bool, more: bool) -> tuple[Any, object]:
    """The ``__init__`` of a class whose fields are called ``_0``, ``_1`` ..., and what stands for a default left out.

    Args:
        made: for each field whether a factory makes its default.
        frozen: whether the class is.
        more: whether it has a ``__post_init__``.
    """
    listed = []
    for place, late in enumerate(made):
        one: dataclasses.Field[Any] = dataclasses.field()
        one.name, one.type = f"_{place}", "object"
        if late:
            one.default_factory = _Given(place)
        elif True in made[:place]:
            one.default = None  # none may be without one now
        listed.append(one)
    init = _by_dataclasses("Pattern", listed, frozen, more)
    return init, init.__defaults__[0] if True in made else None


def _by_dataclasses(name: str, listed: list[dataclasses.Field[Any]], frozen: bool, more: bool) -> Any:  # noqa: ANN401
    """The ``__init__`` that the standard library makes for these fields."""
    body: dict[str, Any] = {one.name: one for one in listed}
    body["__annotations__"] = {one.name: one.type for one in listed}
    body["__doc__"] = "Only its __init__ is wanted."
    if more:
        body["__post_init__"] = None
    twin: Any = dataclasses.dataclass(type("Twin", (), body), frozen=frozen, eq=False, repr=False)
    made = twin.__init__
    made.__qualname__ = f"{name}.__init__"
    return made


def _copy(one: dataclasses.Field[Any]) -> dataclasses.Field[Any]:
    """The same field once more: a class takes possession of those that it is made with."""
    twin: dataclasses.Field[Any] = dataclasses.field(
        init=one.init, repr=one.repr, hash=one.hash, compare=one.compare, metadata=one.metadata, kw_only=one.kw_only
    )
    twin.type = one.type
    twin.name = one.name
    twin.default = one.default
    twin.default_factory = one.default_factory
    return twin
