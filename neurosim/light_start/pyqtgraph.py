"""pyqtgraph without what no plot of ours is made of.

* PySide6 makes the Python type of a Qt class when it is used for the first time. pyqtgraph copies every name of QtCore,
  QtGui and QtWidgets when it is imported, and so has all 1,500 made. It is given modules that look names up when they
  are asked for.
* pyqtgraph imports all of its widgets and items at once. Those that no plot of ours is made of wait until somebody asks
  for them.

Each is left out when what it relies on is not there: all works as well, and starts later.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

from neurosim.light_start.waiting import Waiting, put_off

_MIRRORED = ("QtCore", "QtGui", "QtWidgets")
_ASKED = ("__version__", "__version_info__")
"""The only names with underscores that a mirror looks up; the others are questions of Python's about the mirror."""


_UNUSED = (
    *("imageview", "multiprocess", "parametertree", "Qt.OpenGLHelpers"),
    *(
        f"graphicsItems.{name}"
        for name in (
            *("ArrowItem", "BarGraphItem", "BoxplotItem", "ColorBarItem", "CurvePoint", "DateAxisItem", "ErrorBarItem"),
            *(
                "FillBetweenItem",
                "GradientEditorItem",
                "GradientLegend",
                "GraphItem",
                "GridItem",
                "HistogramLUTItem",
                "IsocurveItem",
            ),
            *("PColorMeshItem", "ROI", "ScaleBar", "TargetItem", "TextItem", "VTickGroup"),
        )
    ),
    *(
        f"widgets.{name}"
        for name in (
            *("BusyCursor", "CheckTable", "ColorButton", "ColorMapMenu", "ColorMapWidget", "ComboBox"),
            *("DataFilterWidget", "DataTreeWidget", "DiffTreeWidget", "FeedbackButton", "FileDialog", "GradientWidget"),
            *("GraphicsLayoutWidget", "GroupBox", "HistogramLUTWidget", "JoystickButton", "LayoutWidget", "PathButton"),
            *("ProgressDialog", "RawImageWidget", "RemoteGraphicsView", "ScatterPlotWidget", "SpinBox", "TableWidget"),
            *("TreeWidget", "ValueLabel", "VerticalLabel"),
        )
    ),
)
"""Modules of pyqtgraph that are loaded when they are asked for. One that its import needs after all is loaded there."""
_PROMISED = ("widgets.ColorMapMenu", "widgets.GroupBox", "widgets.RemoteGraphicsView")
"""Those of them from which pyqtgraph imports what is called as they are."""
_OUTSIDE = (
    *("cProfile", "importlib.resources", "platform", "subprocess"),
    *("PySide6.QtOpenGL", "pyqtgraph.util.cprint", "xml.etree.ElementTree"),
)
"""Other modules that pyqtgraph imports and nothing of ours has used so far."""
_NAMED = {"xml.etree.ElementTree": ("Element",)}
"""What it imports of them by name, for annotations."""
_ABSENT = ("QtOpenGLWidgets", "QtTest")
"""Modules of PySide6 that pyqtgraph can do without: none while it is imported, looked up later."""
_ELSEWHERE = {"QOpenGLWidget": "PySide6.QtOpenGLWidgets"}
"""What pyqtgraph expects in QtWidgets, as it was in Qt 5, and where it is."""
_PACKAGES = ("pyqtgraph.imageview", "pyqtgraph.multiprocess", "pyqtgraph.parametertree")
"""Those of them that are packages."""
_INSIDE = (*_PACKAGES[1:], "pyqtgraph.Qt.OpenGLHelpers")
"""Those of them whose names are not put into the package."""


def _waiting(name: str, folder: str) -> Waiting:
    whole = f"pyqtgraph.{name}"
    last = name.rpartition(".")[2]
    return Waiting(whole, [str(Path(folder, last))] if whole in _PACKAGES else (), [last] if name in _PROMISED else ())


class Mirror(ModuleType):
    """Looks like the module *source*, name by name when it is asked; what is set on it stays with it."""

    def __init__(self, name: str, source: ModuleType) -> None:
        super().__init__(name, source.__doc__)
        self.__path__: list[str] = []
        self._source = source

    def __getattr__(self, name: str) -> object:
        if name.startswith("__") and name not in _ASKED:
            raise AttributeError(name)
        source = import_module(_ELSEWHERE[name]) if name in _ELSEWHERE else self._source
        found: object = getattr(source, name)
        setattr(self, name, found)
        return found

    def __dir__(self) -> list[str]:
        return sorted({*self._source.__dict__, *self.__dict__})


@contextmanager
def _absent() -> Iterator[None]:
    """Let an import of one of ``_ABSENT`` fail."""
    names = [f"PySide6.{name}" for name in _ABSENT if f"PySide6.{name}" not in sys.modules]
    sys.modules.update(dict.fromkeys(names))  # type: ignore[arg-type]  # None is how Python marks such modules
    try:
        yield
    finally:
        for name in names:
            del sys.modules[name]


def load() -> None:
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
    waiting = [_waiting(name, places[0]) for name in _UNUSED] if places else []
    sys.modules.update({module.__name__: module for module in waiting})
    try:
        with put_off(*_OUTSIDE, promised=_NAMED), _absent():
            import pyqtgraph
    finally:
        for source in sources.values():
            del source.__dir__

    for absent in _ABSENT:
        setattr(pyqtgraph.Qt, absent, Waiting(f"PySide6.{absent}"))
    for module in waiting:
        package, _, name = module.__name__.rpartition(".")
        vars(sys.modules[package]).setdefault(name, module)
        if vars(pyqtgraph).get(name) is module and package != "pyqtgraph":
            del vars(pyqtgraph)[name]  # promised: it can be had now

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
