"""``__init__`` of a data class, written when it is worth it.

The standard library writes a source for each class and compiles it: 0.4 ms, and of the classes of a program that has
just started most have made five objects or fewer. Its first objects are therefore filled by one general function, which
takes 3 µs longer; a class that makes more of them gets the function of the standard library. ``finish`` gives it to
those in between, for whoever has time: after the start, and after each frame.
"""

from __future__ import annotations

import dataclasses
from functools import partial
from typing import Any

FEW = 50
"""So many objects of a class are filled by the general function, which has then cost a third of what compiling does."""

_NONE = dataclasses.MISSING

_begun: set[LateInit] = set()
"""Those that have filled an object or more, but not yet ``FEW``."""


class LateInit:
    """Stands where ``__init__`` will be."""

    def __init__(self, cls: Any, frozen: bool) -> None:  # noqa: ANN401 - as everywhere here, a class to be worked on
        self._cls = cls
        self._frozen = frozen
        self._left = FEW
        self._defaults: list[tuple[str, object, Any]] = []

    def __get__(self, instance: object, owner: type | None = None) -> Any:  # noqa: ANN401 - a method or a function
        if self._left == FEW and not self._is_usual():
            self._left = 0
        if instance is None or self._left == 0:  # asked for its signature, or made often
            return self.finished().__get__(instance, owner)
        self._left -= 1
        _begun.add(self)
        return partial(self._fill, instance)

    def finished(self) -> Any:  # noqa: ANN401 - a function of any signature
        """The function of the standard library, which stands in the class from now on."""
        made = self._cls.__dict__["__init__"]
        if made is self:
            made = self._cls.__init__ = init_of(self._cls, self._frozen)
        _begun.discard(self)
        return made

    def _is_usual(self) -> bool:
        """Whether every field is an argument and the other way round; if so, their names and defaults are noted."""
        listed = dataclasses.fields(self._cls)
        self._defaults = [(one.name, one.default, one.default_factory) for one in listed]
        return len(listed) == len(self._cls.__dataclass_fields__) and all(one.init for one in listed)

    def _fill(self, instance: Any, /, *values: object, **named: object) -> None:  # noqa: ANN401 - an object of the class
        put = object.__setattr__ if self._frozen else self._cls.__setattr__
        left, fits = dict(named), len(values) <= len(self._defaults)
        for (name, _, _), value in zip(self._defaults, values, strict=False):
            put(instance, name, value)
        for name, default, factory in self._defaults[len(values) :]:
            value = left.pop(name, default)
            if value is _NONE:
                fits = fits and factory is not _NONE
                value = factory() if fits else None
            put(instance, name, value)
        if left or not fits:
            self.finished()(instance, *values, **named)  # which says what is wrong
        elif hasattr(instance, "__post_init__"):
            instance.__post_init__()


def finish(most: int) -> bool:
    """Give up to *most* classes that have made few objects their function, too; whether there are more of them."""
    for late in list(_begun)[:most]:
        late.finished()
    return bool(_begun)


def init_of(cls: Any, frozen: bool) -> Any:  # noqa: ANN401 - a function of any signature
    """The ``__init__`` that the standard library makes for a class with the fields of *cls*.

    Raises:
        TypeError: a field without a default follows one that has one.
    """
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
