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
