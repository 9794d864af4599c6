"""Enumerations of plain numbers, made in a third of the time.

PySide6 makes the Python type of a Qt class with all of its enumerations: until our first picture these are 350, with
4,700 members. ``enum`` was written for classes that people write, looks at each member for a dozen things that it could
be, and takes 40 ms longer for them. Here a class begins as a copy of an empty one that ``enum`` made, and its members
are put in as ``enum`` does it.

``install`` makes a specimen of each kind both ways, and leaves everything as it was when they differ in anything:
another Python may do it otherwise. What is no list of names with whole numbers goes to ``enum``.
"""

from __future__ import annotations

import enum
import sys
from collections.abc import Callable
from typing import Any

KINDS = (enum.Enum, enum.IntEnum, enum.Flag, enum.IntFlag)
SPECIMEN = [("one", 1), ("two", 2), ("also_two", 2), ("eight", 8), ("three", 3), ("none", 0), ("four", 4)]
_TAKEN = frozenset(name for kind in KINDS for base in kind.__mro__ for name in vars(base)) | {"mro", ""}
"""Names of members that ``enum`` gives a treatment of their own."""
_NOT_COPIED = ("__dict__", "__weakref__", "__module__", "__qualname__")

_by_enum: Callable[..., Any] = vars(enum.EnumType)["_create_"]
_blank: dict[tuple[type, object], dict[str, Any]] = {}
"""What an enumeration without members consists of, by kind and boundary."""


def install() -> bool:
    """Have enumerations made quickly from now on; whether that can be."""
    kind_of_enums: Any = enum.EnumType
    if kind_of_enums._create_ is _create:
        return True
    try:
        if not all(alike(quick(kind, "Specimen", SPECIMEN), by_enum(kind, "Specimen", SPECIMEN)) for kind in KINDS):
            return False
    except Exception:
        return False
    kind_of_enums._create_ = _create
    return True


def quick(kind: Any, name: str, members: list[tuple[str, int]], boundary: Any = None) -> Any:  # noqa: ANN401
    """An enumeration of *kind* (one of ``KINDS``): what ``kind(name, members)`` makes."""
    blank = _blank.get((kind, boundary))
    if blank is None:
        blank = _blank[kind, boundary] = dict(vars(by_enum(kind, "Blank", [], boundary)))
        for left_out in _NOT_COPIED:
            blank.pop(left_out, None)
    body: dict[str, Any] = {
        # No two enumerations share a list.
        key: value.copy() if value.__class__ in (dict, list) else value
        for key, value in blank.items()
    }
    made: Any = type.__new__(enum.EnumType, name, (kind,), body)
    names, by_name, by_value = body["_member_names_"], body["_member_map_"], body["_value2member_map_"]
    flags, whole = issubclass(kind, enum.Flag), kind._member_type_ is int
    order: list[int] = []  # the values that have names of their own
    mask = singles = 0
    put = type.__setattr__
    for key, value in members:
        member = by_value.get(value)
        if member is None:
            member = int.__new__(made, value) if whole else object.__new__(made)
            member._value_ = value
            member._name_ = key
            member.__objclass__ = made
            member._sort_order_ = len(names)
            by_value[value] = member
            mask |= value
            if not flags:
                names.append(key)
            elif value and not value & (value - 1):
                singles |= value
                names.append(key)
                order.append(value)
        put(made, key, member)
        by_name[key] = member
    if flags:
        made._flag_mask_, made._singles_mask_, made._all_bits_ = mask, singles, 2 ** mask.bit_length() - 1
        if order != sorted(order):
            made._iter_member_ = made._iter_member_by_def_
    return made


def by_enum(kind: Any, name: str, members: list[tuple[str, int]], boundary: Any = None) -> Any:  # noqa: ANN401
    """The same as ``enum`` makes it."""
    return _by_enum(kind, name, members, module=__name__, boundary=boundary)


def alike(one: Any, other: Any) -> bool:  # noqa: ANN401
    """Whether two enumerations, made from the same, differ in nothing."""
    return _described(one) == _described(other)


def _described(made: Any) -> object:  # noqa: ANN401
    def told(value: object) -> object:
        """The same for the corresponding thing of two enumerations."""
        if isinstance(value, made):
            return "member", value._name_, {key: told(one) for key, one in vars(value).items()}
        if value is made:
            return "the enumeration"
        if isinstance(value, dict):
            return [(key, told(one)) for key, one in value.items()]
        if isinstance(value, list):
            return [told(one) for one in value]
        if isinstance(value, staticmethod):
            return told(value.__func__)
        if getattr(value, "__self__", None) is made:
            return "method", getattr(value, "__func__", None)
        return value

    return type(made), made.__mro__[1:], {key: told(value) for key, value in vars(made).items() if key != "__module__"}


def _create(
    cls: Any,  # noqa: ANN401 - all of this as ``enum`` declares it
    class_name: str,
    names: Any,  # noqa: ANN401
    *,
    module: str | None = None,
    qualname: str | None = None,
    type: Any = None,  # noqa: ANN401
    start: int = 1,
    boundary: Any = None,  # noqa: ANN401
) -> Any:  # noqa: ANN401
    """In the place of ``EnumType._create_``."""
    if module is None:
        module = sys._getframe(2).f_globals.get("__name__")  # who calls ``Enum(...)``, as there
    if type is None and cls in KINDS and names.__class__ is list and _plain(names, cls):
        made = quick(cls, class_name, names, boundary)
        made.__module__ = module
        if qualname is not None:
            made.__qualname__ = qualname
        return made
    return _by_enum(cls, class_name, names, module=module, qualname=qualname, type=type, start=start, boundary=boundary)


def _plain(members: list[Any], kind: Any) -> bool:  # noqa: ANN401
    """Whether these are names and whole numbers, no name twice, and none that means anything to ``enum``."""
    least = 0 if issubclass(kind, enum.Flag) else -sys.maxsize
    for member in members:
        if member.__class__ is not tuple or len(member) != 2:
            return False
        name, value = member
        if name.__class__ is not str or name in _TAKEN or name[0] == "_":
            return False
        if value.__class__ is not int or value < least:
            return False
    return len({name for name, _value in members}) == len(members)
