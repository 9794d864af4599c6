"""``__init__`` for one field, for two, for three ...: what ``late_init`` puts other names into.

Written out, because Python keeps what it has compiled of a file: compiled at each start, they would take 15 ms of it.
"""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType
from typing import Any

V = Any
Put = Callable[[object, str, Any], None]
Init = Callable[..., None]


def _1(put: Put) -> Init:
    def init(self: V, _0: V) -> None:
        put(self, "_0", _0)

    return init


def _2(put: Put) -> Init:
    def init(self: V, _0: V, _1: V) -> None:
        put(self, "_0", _0)
        put(self, "_1", _1)

    return init


def _3(put: Put) -> Init:
    def init(self: V, _0: V, _1: V, _2: V) -> None:
        put(self, "_0", _0)
        put(self, "_1", _1)
        put(self, "_2", _2)

    return init


def _4(put: Put) -> Init:
    def init(self: V, _0: V, _1: V, _2: V, _3: V) -> None:
        put(self, "_0", _0)
        put(self, "_1", _1)
        put(self, "_2", _2)
        put(self, "_3", _3)

    return init


def _5(put: Put) -> Init:
    def init(self: V, _0: V, _1: V, _2: V, _3: V, _4: V) -> None:
        put(self, "_0", _0)
        put(self, "_1", _1)
        put(self, "_2", _2)
        put(self, "_3", _3)
        put(self, "_4", _4)

    return init


def _6(put: Put) -> Init:
    def init(self: V, _0: V, _1: V, _2: V, _3: V, _4: V, _5: V) -> None:
        put(self, "_0", _0)
        put(self, "_1", _1)
        put(self, "_2", _2)
        put(self, "_3", _3)
        put(self, "_4", _4)
        put(self, "_5", _5)

    return init


def _7(put: Put) -> Init:
    def init(self: V, _0: V, _1: V, _2: V, _3: V, _4: V, _5: V, _6: V) -> None:
        put(self, "_0", _0)
        put(self, "_1", _1)
        put(self, "_2", _2)
        put(self, "_3", _3)
        put(self, "_4", _4)
        put(self, "_5", _5)
        put(self, "_6", _6)

    return init


def _8(put: Put) -> Init:
    def init(self: V, _0: V, _1: V, _2: V, _3: V, _4: V, _5: V, _6: V, _7: V) -> None:
        put(self, "_0", _0)
        put(self, "_1", _1)
        put(self, "_2", _2)
        put(self, "_3", _3)
        put(self, "_4", _4)
        put(self, "_5", _5)
        put(self, "_6", _6)
        put(self, "_7", _7)

    return init


def _9(put: Put) -> Init:
    def init(self: V, _0: V, _1: V, _2: V, _3: V, _4: V, _5: V, _6: V, _7: V, _8: V) -> None:
        put(self, "_0", _0)
        put(self, "_1", _1)
        put(self, "_2", _2)
        put(self, "_3", _3)
        put(self, "_4", _4)
        put(self, "_5", _5)
        put(self, "_6", _6)
        put(self, "_7", _7)
        put(self, "_8", _8)

    return init


def _10(put: Put) -> Init:
    def init(self: V, _0: V, _1: V, _2: V, _3: V, _4: V, _5: V, _6: V, _7: V, _8: V, _9: V) -> None:
        put(self, "_0", _0)
        put(self, "_1", _1)
        put(self, "_2", _2)
        put(self, "_3", _3)
        put(self, "_4", _4)
        put(self, "_5", _5)
        put(self, "_6", _6)
        put(self, "_7", _7)
        put(self, "_8", _8)
        put(self, "_9", _9)

    return init


def _11(put: Put) -> Init:
    def init(self: V, _0: V, _1: V, _2: V, _3: V, _4: V, _5: V, _6: V, _7: V, _8: V, _9: V, _10: V) -> None:
        put(self, "_0", _0)
        put(self, "_1", _1)
        put(self, "_2", _2)
        put(self, "_3", _3)
        put(self, "_4", _4)
        put(self, "_5", _5)
        put(self, "_6", _6)
        put(self, "_7", _7)
        put(self, "_8", _8)
        put(self, "_9", _9)
        put(self, "_10", _10)

    return init


def _12(put: Put) -> Init:
    def init(self: V, _0: V, _1: V, _2: V, _3: V, _4: V, _5: V, _6: V, _7: V, _8: V, _9: V, _10: V, _11: V) -> None:
        put(self, "_0", _0)
        put(self, "_1", _1)
        put(self, "_2", _2)
        put(self, "_3", _3)
        put(self, "_4", _4)
        put(self, "_5", _5)
        put(self, "_6", _6)
        put(self, "_7", _7)
        put(self, "_8", _8)
        put(self, "_9", _9)
        put(self, "_10", _10)
        put(self, "_11", _11)

    return init


def _13(put: Put) -> Init:
    def init(self: V, _0: V, _1: V, _2: V, _3: V, _4: V, _5: V, _6: V, _7: V, _8: V, _9: V, _10: V, _11: V, _12: V) -> None:  # noqa: E501  # fmt: skip
        put(self, "_0", _0)
        put(self, "_1", _1)
        put(self, "_2", _2)
        put(self, "_3", _3)
        put(self, "_4", _4)
        put(self, "_5", _5)
        put(self, "_6", _6)
        put(self, "_7", _7)
        put(self, "_8", _8)
        put(self, "_9", _9)
        put(self, "_10", _10)
        put(self, "_11", _11)
        put(self, "_12", _12)

    return init


def _14(put: Put) -> Init:
    def init(self: V, _0: V, _1: V, _2: V, _3: V, _4: V, _5: V, _6: V, _7: V, _8: V, _9: V, _10: V, _11: V, _12: V, _13: V) -> None:  # noqa: E501  # fmt: skip
        put(self, "_0", _0)
        put(self, "_1", _1)
        put(self, "_2", _2)
        put(self, "_3", _3)
        put(self, "_4", _4)
        put(self, "_5", _5)
        put(self, "_6", _6)
        put(self, "_7", _7)
        put(self, "_8", _8)
        put(self, "_9", _9)
        put(self, "_10", _10)
        put(self, "_11", _11)
        put(self, "_12", _12)
        put(self, "_13", _13)

    return init


def _15(put: Put) -> Init:
    def init(self: V, _0: V, _1: V, _2: V, _3: V, _4: V, _5: V, _6: V, _7: V, _8: V, _9: V, _10: V, _11: V, _12: V, _13: V, _14: V) -> None:  # noqa: E501  # fmt: skip
        put(self, "_0", _0)
        put(self, "_1", _1)
        put(self, "_2", _2)
        put(self, "_3", _3)
        put(self, "_4", _4)
        put(self, "_5", _5)
        put(self, "_6", _6)
        put(self, "_7", _7)
        put(self, "_8", _8)
        put(self, "_9", _9)
        put(self, "_10", _10)
        put(self, "_11", _11)
        put(self, "_12", _12)
        put(self, "_13", _13)
        put(self, "_14", _14)

    return init


def _16(put: Put) -> Init:
    def init(self: V, _0: V, _1: V, _2: V, _3: V, _4: V, _5: V, _6: V, _7: V, _8: V, _9: V, _10: V, _11: V, _12: V, _13: V, _14: V, _15: V) -> None:  # noqa: E501  # fmt: skip
        put(self, "_0", _0)
        put(self, "_1", _1)
        put(self, "_2", _2)
        put(self, "_3", _3)
        put(self, "_4", _4)
        put(self, "_5", _5)
        put(self, "_6", _6)
        put(self, "_7", _7)
        put(self, "_8", _8)
        put(self, "_9", _9)
        put(self, "_10", _10)
        put(self, "_11", _11)
        put(self, "_12", _12)
        put(self, "_13", _13)
        put(self, "_14", _14)
        put(self, "_15", _15)

    return init


def _17(put: Put) -> Init:
    def init(self: V, _0: V, _1: V, _2: V, _3: V, _4: V, _5: V, _6: V, _7: V, _8: V, _9: V, _10: V, _11: V, _12: V, _13: V, _14: V, _15: V, _16: V) -> None:  # noqa: E501  # fmt: skip
        put(self, "_0", _0)
        put(self, "_1", _1)
        put(self, "_2", _2)
        put(self, "_3", _3)
        put(self, "_4", _4)
        put(self, "_5", _5)
        put(self, "_6", _6)
        put(self, "_7", _7)
        put(self, "_8", _8)
        put(self, "_9", _9)
        put(self, "_10", _10)
        put(self, "_11", _11)
        put(self, "_12", _12)
        put(self, "_13", _13)
        put(self, "_14", _14)
        put(self, "_15", _15)
        put(self, "_16", _16)

    return init


_ALL = (_1, _2, _3, _4, _5, _6, _7, _8, _9, _10, _11, _12, _13, _14, _15, _16, _17)


def pattern(fields: int) -> CodeType | None:
    """The code of an ``__init__`` for so many *fields*, called ``_0``, ``_1`` ...; ``None`` if there is none here.

    Its only free variable is ``put``: what sets an attribute.
    """
    if not 1 <= fields <= len(_ALL):
        return None
    return next(const for const in _ALL[fields - 1].__code__.co_consts if isinstance(const, CodeType))
