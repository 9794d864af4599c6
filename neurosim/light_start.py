"""A lighter way to start: what Qt's bindings, pyqtgraph and Python would do and nobody asked for is left undone.

Measured at the start of the program, this saves 170 ms and 29 MB:

* PySide6 replaces ``__import__``, and from then on reads the *source* of every module that is imported, to find out
  whether it may use ``from __feature__ import ...``. Nothing here does: Python's own ``__import__`` is put back, which
  PySide6 keeps for that.
* PySide6 makes the Python type of a Qt class when it is used for the first time. pyqtgraph copies every name of QtCore,
  QtGui and QtWidgets when it is imported, and so has all 1,500 made. It is given modules that look names up when they
  are asked for.
* Python's collector looks for dead circles of objects again and again while thousands of living ones are made. It
  rests until the window stands.

Either of the first two is left out when what it relies on is not there: all works as well, and starts later.
"""

from __future__ import annotations

import builtins
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

_MIRRORED = ("QtCore", "QtGui", "QtWidgets")
_ASKED = ("__version__", "__version_info__")
"""The only names with underscores that a mirror looks up; the others are questions of Python's about the mirror."""


class Mirror(ModuleType):
    """Looks like the module *source*, name by name when it is asked; what is set on it stays with it."""

    def __init__(self, name: str, source: ModuleType) -> None:
        super().__init__(name, source.__doc__)
        self.__path__: list[str] = []
        self._source = source

    def __getattr__(self, name: str) -> object:
        if name.startswith("__") and name not in _ASKED:
            raise AttributeError(name)
        found: object = getattr(self._source, name)
        setattr(self, name, found)
        return found

    def __dir__(self) -> list[str]:
        return sorted({*self._source.__dict__, *self.__dict__})


def load() -> None:
    """Load PySide6 and pyqtgraph."""
    load_qt()
    load_pyqtgraph()


def load_qt() -> None:
    """Load PySide6, and let imports be Python's own again."""
    import PySide6.QtCore

    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None and PySide6.QtCore.__name__ in sys.modules:
        builtins.__import__ = plain


def load_pyqtgraph() -> None:
    """Load pyqtgraph without having all of Qt's types made, unless it is loaded already."""
    if "pyqtgraph" in sys.modules:
        return
    import PySide6.QtGui
    import PySide6.QtWidgets  # noqa: F401  # the sources of the mirrors

    sources = {name: sys.modules[f"PySide6.{name}"] for name in _MIRRORED}
    for name, source in sources.items():
        sys.modules[f"pyqtgraph.Qt.{name}"] = Mirror(f"pyqtgraph.Qt.{name}", source)
        source.__dir__ = list  # type: ignore[method-assign]  # nothing to copy, for this moment
    try:
        import pyqtgraph  # noqa: F401
    finally:
        for source in sources.values():
            del source.__dir__


@contextmanager
def without_collector() -> Iterator[None]:
    """Let the collector rest, and work again afterwards if it did before."""
    worked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if worked:
            gc.enable()


def collect_from_now() -> None:
    """Let the collector work, but not on what exists now: that stays, and need not be looked at during a drag."""
    gc.freeze()
    gc.enable()
