"""A lighter way to start: what Qt's bindings, pyqtgraph and Python would do and nobody asked for is left undone.

Measured at the start of the program, this saves 200 ms and 32 MB:

* PySide6 replaces ``__import__``, and from then on reads the *source* of every module that is imported, to find out
  whether it may use ``from __feature__ import ...``. Nothing here does: Python's own ``__import__`` is put back, which
  PySide6 keeps for that.
* PySide6 makes the Python type of a Qt class when it is used for the first time. pyqtgraph copies every name of QtCore,
  QtGui and QtWidgets when it is imported, and so has all 1,500 made. It is given modules that look names up when they
  are asked for.
* pyqtgraph imports all of its widgets and items at once. Those that no plot of ours is made of wait until somebody asks
  for them.
* Python's collector looks for dead circles of objects again and again while thousands of living ones are made. It
  rests until the window stands.

Each of the first three is left out when what it relies on is not there: all works as well, and starts later.
"""

from __future__ import annotations

import builtins
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

_MIRRORED = ("QtCore", "QtGui", "QtWidgets")
_ASKED = ("__version__", "__version_info__")
"""The only names with underscores that a mirror looks up; the others are questions of Python's about the mirror."""


_UNUSED = (
    *("imageview", "multiprocess", "parametertree"),
    *(
        f"graphicsItems.{name}"
        for name in (
            *("ArrowItem", "BarGraphItem", "BoxplotItem", "ColorBarItem", "CurvePoint", "DateAxisItem", "ErrorBarItem"),
            *("GradientEditorItem", "GradientLegend", "GraphItem", "GridItem", "HistogramLUTItem", "IsocurveItem"),
            *("PColorMeshItem", "ROI", "ScaleBar", "TargetItem", "TextItem", "VTickGroup"),
        )
    ),
    *(
        f"widgets.{name}"
        for name in (
            *("BusyCursor", "CheckTable", "ColorButton", "ColorMapWidget", "ComboBox", "DataFilterWidget"),
            *("DataTreeWidget", "DiffTreeWidget", "FeedbackButton", "FileDialog", "GradientWidget"),
            *("GraphicsLayoutWidget", "HistogramLUTWidget", "JoystickButton", "LayoutWidget", "PathButton"),
            *("ProgressDialog", "RawImageWidget", "ScatterPlotWidget", "SpinBox", "TableWidget", "TreeWidget"),
            *("ValueLabel", "VerticalLabel"),
        )
    ),
)
"""Modules of pyqtgraph that are loaded when they are asked for. One that its import needs after all is loaded there."""
_PACKAGES = ("pyqtgraph.imageview", "pyqtgraph.multiprocess", "pyqtgraph.parametertree")
"""Those of them that are packages."""
_INSIDE = _PACKAGES[1:]
"""Those of them whose names are not put into the package."""


class Waiting(ModuleType):
    """Stands for a module of pyqtgraph until anything in it is wanted; an import of all its names gets none."""

    def __init__(self, name: str, folder: str) -> None:
        super().__init__(name)
        self._names: list[str] | None = []
        if name in _PACKAGES:
            self.__path__ = [str(Path(folder, name.rpartition(".")[2]))]

    def __getattr__(self, name: str) -> object:
        if name == "__all__" and self._names is not None:
            return self._names
        if name.startswith("__"):
            raise AttributeError(name)  # a question of the import system's about a module that nobody wants yet
        return getattr(self.load(), name)

    def load(self) -> ModuleType:
        """The module itself, from now on in its place."""
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        real = import_module(self.__name__)
        self._names = None
        self.__dict__.update(real.__dict__)
        return real


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
    with without_collector():
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
    found = find_spec("pyqtgraph")
    places = found.submodule_search_locations if found is not None else None
    waiting = [Waiting(f"pyqtgraph.{name}", places[0]) for name in _UNUSED] if places else []
    sys.modules.update({module.__name__: module for module in waiting})
    try:
        import pyqtgraph
    finally:
        for source in sources.values():
            del source.__dir__

    for module in waiting:
        package, _, name = module.__name__.rpartition(".")
        vars(sys.modules[package]).setdefault(name, module)

    def look_up(name: str) -> object:
        """What a module that waits would have put into the package."""
        if name.startswith("__"):
            raise AttributeError(name)
        del pyqtgraph.__getattr__  # once is enough
        for module in waiting:
            if module.__name__ in _INSIDE:
                continue
            real = module.load()
            listed = getattr(real, "__all__", None) or [one for one in vars(real) if not one.startswith("_")]
            for one in listed:
                pyqtgraph.__dict__.setdefault(one, getattr(real, one))
        return getattr(pyqtgraph, name)

    pyqtgraph.__getattr__ = look_up


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
