"""``__init__`` of a data class, put together from a pattern instead of being compiled.

The standard library writes a source for each class and compiles it. But what such a function does depends on little
more than the number of fields: another class's function is the same code (``patterns``) with its own names in it.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Mapping
from types import CellType, FunctionType
from typing import Any

from neurosim.records.patterns import Put, pattern


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


class _LeftOut:
    """The default of a field with a factory: its argument was left out."""

    def __repr__(self) -> str:
        return "<factory>"


_left_out = _LeftOut()


def init_of(cls: Any, frozen: bool) -> Any:  # noqa: ANN401 - a function of any signature
    """The ``__init__`` of a class with the fields of *cls*.

    Raises:
        TypeError: a field without a default follows one that has one.
    """
    listed = dataclasses.fields(cls)
    code = pattern(len(listed))
    if code is None or not _is_usual(cls, listed, frozen):
        return _by_dataclasses(cls, frozen)
    factories = {one.name: one.default_factory for one in listed if one.default_factory is not dataclasses.MISSING}
    defaults = [_left_out if one.name in factories else one.default for one in listed]
    optional = [default for default in defaults if default is not dataclasses.MISSING]
    for one, default in zip(listed[::-1], defaults[::-1][: len(optional)], strict=False):
        if default is dataclasses.MISSING:
            raise TypeError(f"non-default argument {one.name!r} follows default argument")
    names = {f"_{place}": one.name for place, one in enumerate(listed)}
    qualname = f"{cls.__qualname__}.__init__"
    init = FunctionType(
        code.replace(
            co_varnames=tuple(names.get(name, name) for name in code.co_varnames),
            co_consts=tuple(names.get(const, const) for const in code.co_consts),
            co_name="__init__",
            co_qualname=qualname,
        ),
        vars(sys.modules[cls.__module__]) if cls.__module__ in sys.modules else {},
        "__init__",
        tuple(optional),
        (CellType(_putting(factories, listed[-1].name if hasattr(cls, "__post_init__") else None)),),
    )
    init.__qualname__ = qualname
    init.__annotations__ = {**{one.name: one.type for one in listed}, "return": None}
    return init


def _is_usual(cls: Any, listed: tuple[dataclasses.Field[Any], ...], frozen: bool) -> bool:  # noqa: ANN401
    """Whether every field is an argument, and every argument a field that is simply set."""
    return (
        len(listed) == len(cls.__dataclass_fields__)
        and all(one.init and one.name != "self" for one in listed)
        and (frozen or cls.__setattr__ is object.__setattr__)
    )


def _putting(factories: Mapping[str, Callable[[], object]], last: str | None) -> Put:
    """What sets an attribute and makes the value of one that was left out; after the *last*, ``__post_init__`` runs."""
    if not factories and last is None:
        return object.__setattr__

    def put(instance: Any, name: str, value: object) -> None:  # noqa: ANN401
        object.__setattr__(instance, name, factories[name]() if value is _left_out else value)
        if name == last:
            instance.__post_init__()

    return put


def _by_dataclasses(cls: Any, frozen: bool) -> Any:  # noqa: ANN401 - a function of any signature
    """The ``__init__`` that the standard library makes for a class with the fields of *cls*."""
    body: dict[str, Any] = {one.name: _copy(one) for one in dataclasses.fields(cls)}
    body["__annotations__"] = {name: one.type for name, one in body.items()}
    body["__module__"] = cls.__module__
    body["__doc__"] = "Only its __init__ is wanted."
    after = getattr(cls, "__post_init__", None)
    if after is not None:
        body["__post_init__"] = after
    twin: Any = dataclasses.dataclass(type(cls.__name__, (), body), frozen=frozen, eq=False, repr=False)
    made = twin.__init__
    made.__qualname__ = f"{cls.__qualname__}.__init__"
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
