"""Painting that goes wrong without ending the program."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import ParamSpec

P = ParamSpec("P")


def guarded(paint: Callable[P, None]) -> Callable[P, None]:
    """A paint method of a graphics item whose errors go to ``sys.excepthook``.

    An error that leaves such a method while a view written in Python paints crashes the process inside of shiboken
    (seen with PySide6 6.11); so nobody would be told, and nothing kept.
    """

    @functools.wraps(paint)
    def method(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            paint(*args, **kwargs)
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)

    return method
