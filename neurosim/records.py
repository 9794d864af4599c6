"""``dataclass`` as in the standard library, for a program of hundreds of them: made cheaply, finished at first use.

The standard library writes the source of six methods for each class and compiles it: 0.5 ms a class, which was half of
the time that our imports took. Here comparing, hashing and writing out are ordinary functions over the fields, and
``__init__`` alone is compiled, by the standard library, when the first object of the class is made. Everything else is
as there: ``fields``, ``replace``, ``match``, pickling, signatures. Options that are used rarely are left to it.
"""

from __future__ import annotations

import dataclasses
from dataclasses import field, fields, is_dataclass, replace
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass", "field", "fields", "is_dataclass", "replace"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        cls: type | None = None, /, *, frozen: bool = False, eq: bool = True, slots: bool = False, **rare: bool
    ) -> Any:  # noqa: ANN401 - the class, or what makes it
        """As ``dataclasses.dataclass``."""

        def make(plain: type) -> type:
            if rare:
                return dataclasses.dataclass(plain, frozen=frozen, eq=eq, slots=slots, **rare)
            return _made(plain, frozen=frozen, eq=eq, slots=slots)

        return make if cls is None else make(cls)


class _LateInit:
    """Stands where ``__init__`` will be, until somebody asks for it."""

    def __init__(self, cls: Any, frozen: bool) -> None:  # noqa: ANN401 - as everywhere here, a class to be worked on
        self._cls = cls
        self._frozen = frozen

    def __get__(self, instance: object, owner: type | None = None) -> Any:  # noqa: ANN401 - a method or a function
        made: Any = self._cls.__dict__["__init__"]
        if made is self:
            made = self._cls.__init__ = _init_of(self._cls, self._frozen)
        return made if instance is None else made.__get__(instance, owner)


def _init_of(cls: Any, frozen: bool) -> Any:  # noqa: ANN401 - a function of any signature
    """The ``__init__`` that the standard library makes for a class with the fields of *cls*."""
    listed = [_copy(one) for one in fields(cls)]
    body: dict[str, Any] = {one.name: one for one in listed}
    body["__annotations__"] = {one.name: one.type for one in listed}
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


def _made(plain: type, *, frozen: bool, eq: bool, slots: bool) -> Any:  # noqa: ANN401
    own = dict(plain.__dict__)
    if not plain.__doc__:
        plain.__doc__ = f"{plain.__name__}: see its fields."  # or a signature would be worked out for it
    cls: Any = dataclasses.dataclass(plain, init=False, repr=False, eq=False, slots=slots)
    listed = fields(cls)
    if any(one.kw_only for one in listed):
        raise TypeError(f"{cls.__qualname__}: fields by keyword alone are for dataclasses.dataclass.")
    if "__init__" not in own:
        cls.__init__ = _LateInit(cls, frozen)
    if "__repr__" not in own:
        cls.__repr__ = _repr_of(tuple(one.name for one in listed if one.repr))
    if eq:
        compared = _getter(tuple(one.name for one in listed if one.compare))
        if "__eq__" not in own:
            cls.__eq__ = _eq_of(compared)
        hash_given = own.get("__hash__") is not None
        if not hash_given:
            hashed = tuple(one.name for one in listed if (one.compare if one.hash is None else one.hash))
            cls.__hash__ = _hash_of(_getter(hashed)) if frozen else None
    if frozen:
        _freeze(cls, frozenset(one.name for one in listed))
        if slots and "__getstate__" not in own:
            cls.__getstate__ = _getstate
            cls.__setstate__ = _setstate
    return cls


def _getter(names: tuple[str, ...]) -> Any:  # noqa: ANN401 - a function from an object to a tuple
    """What reads the fields *names* of an object as a tuple."""
    if len(names) > 1:
        return attrgetter(*names)
    if not names:
        return lambda _instance: ()
    name = names[0]
    return lambda instance: (getattr(instance, name),)


def _eq_of(compared: Any) -> Any:  # noqa: ANN401
    def __eq__(self: object, other: object) -> bool:  # noqa: N807
        if other.__class__ is self.__class__:
            return bool(compared(self) == compared(other))
        return NotImplemented

    return __eq__


def _hash_of(hashed: Any) -> Any:  # noqa: ANN401
    def __hash__(self: object) -> int:  # noqa: N807
        return hash(hashed(self))

    return __hash__


def _repr_of(names: tuple[str, ...]) -> Any:  # noqa: ANN401
    @recursive_repr()
    def __repr__(self: object) -> str:  # noqa: N807
        return f"{type(self).__qualname__}({', '.join(f'{name}={getattr(self, name)!r}' for name in names)})"

    return __repr__


def _freeze(cls: Any, names: frozenset[str]) -> None:  # noqa: ANN401
    def __setattr__(self: object, name: str, value: object) -> None:  # noqa: N807
        if type(self) is cls or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
        super(cls, self).__setattr__(name, value)

    def __delattr__(self: object, name: str) -> None:  # noqa: N807
        if type(self) is cls or name in names:
            raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
        super(cls, self).__delattr__(name)

    cls.__setattr__ = __setattr__
    cls.__delattr__ = __delattr__


def _getstate(self: Any) -> list[object]:  # noqa: ANN401
    return [getattr(self, one.name) for one in fields(self)]


def _setstate(self: Any, state: list[object]) -> None:  # noqa: ANN401
    for one, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, one.name, value)
