"""``dataclass`` as in the standard library, for a program of hundreds of them: made cheaply, finished at first use.

The standard library writes the source of six methods for each class and compiles it: 0.5 ms a class, which was half of
the time that our imports took. Here comparing, hashing and writing out are ordinary functions over the fields, and
``__init__`` alone is made (``late_init``), when the class turns out to be used much. Everything else is
as there: ``fields``, ``replace``, ``match``, pickling, signatures. Options that are used rarely are left to it.
"""

from __future__ import annotations

import dataclasses
from dataclasses import field, fields, is_dataclass, replace
from inspect import get_annotations
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any

from neurosim.records.late_init import LateInit, finish

_LOOKS = "_is_type"
"""What looks into an annotation that is text; in a Python without it, things go their slower way."""
_OTHERS = ("ClassVar", "InitVar", "KW_ONLY")
"""What annotations of something other than a field have in them."""

__all__ = ["dataclass", "field", "fields", "finish", "is_dataclass", "replace"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(
        cls: type | None = None, /, *, frozen: bool = False, eq: bool = True, slots: bool = False, **rare: bool
    ) -> Any:  # noqa: ANN401 - the class, or what makes it
        """As ``dataclasses.dataclass``."""

        def make(plain: type) -> type:
            if rare or _has_others(plain):
                return dataclasses.dataclass(plain, frozen=frozen, eq=eq, slots=slots, **rare)
            return _made(plain, frozen=frozen, eq=eq, slots=slots)

        return make if cls is None else make(cls)


def _has_others(plain: type) -> bool:
    return any(word in str(one) for one in get_annotations(plain).values() for word in _OTHERS)


def _made(plain: type, *, frozen: bool, eq: bool, slots: bool) -> Any:  # noqa: ANN401
    own = dict(plain.__dict__)
    if not plain.__doc__:
        plain.__doc__ = f"{plain.__name__}: see its fields."  # or a signature would be worked out for it
    # Annotations name fields alone here: a third of the time would go into looking whether any of them names another.
    look = getattr(dataclasses, _LOOKS, None)
    if look is not None:
        setattr(dataclasses, _LOOKS, lambda *_arguments: False)
    try:
        cls: Any = dataclasses.dataclass(plain, init=False, repr=False, eq=False, slots=slots)
    finally:
        if look is not None:
            setattr(dataclasses, _LOOKS, look)
    listed = fields(cls)
    if any(one.kw_only for one in listed):
        raise TypeError(f"{cls.__qualname__}: fields by keyword alone are for dataclasses.dataclass.")
    if "__init__" not in own:
        cls.__init__ = LateInit(cls, frozen)
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
