"""What is loaded lighter works like the original, and what is left undone stays undone."""

from __future__ import annotations

import json
import subprocess
import sys

LOADED = """
import builtins, gc, json, sys
from neurosim import light_start
light_start.load()
import PySide6.QtGui, pyqtgraph
print(json.dumps({
    "types": sum(type(found).__name__ == "ObjectType" for found in vars(PySide6.QtGui).values()),
    "import": builtins.__import__ is builtins.__orig_import__,
    "same": pyqtgraph.QtGui.QPolygonF is PySide6.QtGui.QPolygonF,
    "named": sorted(set(dir(PySide6.QtGui)) - set(dir(pyqtgraph.QtGui))),
    "listed": "QPolygonF" in dir(PySide6.QtGui),
    "lacking": hasattr(pyqtgraph.QtGui, "QNothing"),
}))
"""
WHOLE = """
import json, PySide6.QtGui, pyqtgraph
print(json.dumps(sum(type(found).__name__ == "ObjectType" for found in vars(PySide6.QtGui).values())))
"""


def _said(code: str) -> object:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


def test_qt_has_few_types_made_and_pyqtgraph_finds_them_all() -> None:
    found = _said(LOADED)
    assert isinstance(found, dict)
    assert found["import"], "PySide6 would read the source of each module"
    assert found["same"]
    assert found["listed"]
    assert not found["lacking"]
    assert found["named"] == []
    whole = _said(WHOLE)
    assert isinstance(whole, int)
    assert found["types"] < whole / 3


ASKED_LATER = """
import json, sys
from neurosim import light_start
light_start.load()
import pyqtgraph
before = [name for name in ("imageview.ImageView", "parametertree.Parameter") if f"pyqtgraph.{name}" in sys.modules]
from pyqtgraph.parametertree import Parameter
import pyqtgraph.multiprocess
from pyqtgraph.widgets.SpinBox import SpinBox
print(json.dumps({
    "before": before,
    "found": [Parameter.__name__, pyqtgraph.multiprocess.QtProcess.__name__, pyqtgraph.ImageView.__name__],
    "same": pyqtgraph.SpinBox is SpinBox,
    "lacking": hasattr(pyqtgraph, "Nothing"),
    "names": sorted(set(dir(pyqtgraph))),
}))
"""


def test_what_pyqtgraph_did_not_load_is_loaded_when_it_is_asked_for() -> None:
    found = _said(ASKED_LATER)
    assert isinstance(found, dict)
    assert found["before"] == []
    assert found["found"] == ["Parameter", "QtProcess", "ImageView"]
    assert found["same"]
    assert not found["lacking"]
    whole = _said("import json, PySide6.QtWidgets, pyqtgraph; print(json.dumps(sorted(set(dir(pyqtgraph)))))")
    assert isinstance(whole, list)
    assert set(whole) <= set(found["names"])


SIGNATURES = """
import json, sys
from neurosim.light_start import qt
qt.load()
from PySide6.QtCore import QPoint
before = "argparse" in sys.modules
try:
    QPoint(1, 2).setX("word")
except TypeError as error:
    said = str(error)
import PySide6.support.signature.mapping
from PySide6.support.signature import get_signature
print(json.dumps({
    "before": before,
    "said": said,
    "signature": str(get_signature(QPoint.setX)),
    "doc": QPoint.setX.__doc__,
    "mapping": "QPoint" in str(PySide6.support.signature.mapping.namespace.keys()),
}))
"""


def test_signatures_are_read_when_somebody_asks_for_one() -> None:
    found = _said(SIGNATURES)
    assert isinstance(found, dict)
    assert not found["before"], "PySide6 has compiled what writes its stubs"
    plain = _said(SIGNATURES.replace("from neurosim.light_start import qt\nqt.load()", ""))
    assert isinstance(plain, dict)
    assert plain["before"]
    for told in ("said", "signature", "doc", "mapping"):
        assert found[told] == plain[told]
    assert "QPoint.setX(str)" in found["said"]
    assert "int" in found["signature"]


DOCUMENTED = """
import sys
from neurosim import light_start
light_start.load()
import numpy, subprocess, platform, importlib.resources
import pyqtgraph
assert "PySide6.QtTest" not in sys.modules and "PySide6.QtOpenGL" not in sys.modules
assert not isinstance(subprocess, light_start.waiting.Waiting)
assert subprocess.run([sys.executable, "-c", "print(3)"], capture_output=True, check=True).stdout == b"3\\n"
assert pyqtgraph.Qt.subprocess.Popen is subprocess.Popen
assert pyqtgraph.RemoteGraphicsView.__name__ == "RemoteGraphicsView"
assert pyqtgraph.GroupBox.__name__ == "GroupBox"
assert pyqtgraph.debug.cprint.cprint
import PySide6.QtOpenGLWidgets, urllib.parse
assert pyqtgraph.QtWidgets.QOpenGLWidget is PySide6.QtOpenGLWidgets.QOpenGLWidget
assert issubclass(pyqtgraph.Qt.OpenGLHelpers.GraphicsViewGLWidget, PySide6.QtOpenGLWidgets.QOpenGLWidget)
assert pyqtgraph.Qt.QtTest.QTest.__name__ == "QTest"
assert urllib.parse.urlsplit("http://[::1]/a").hostname == "::1"
print(float(numpy.add(1, 2)))
"""


def test_what_the_libraries_would_have_loaded_is_there_for_whoever_imports_it() -> None:
    assert _said(DOCUMENTED) == 3.0
