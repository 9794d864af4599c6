"""What all tests share: no screen, no settings of the person who runs them, and one hypothesis profile."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
_HOME = tempfile.TemporaryDirectory(prefix="neurosim-tests-")
for _name, _folder in (
    ("HOME", "home"),
    ("XDG_CONFIG_HOME", "config"),
    ("XDG_CONFIG_DIRS", "config"),
    ("XDG_DATA_HOME", "data"),
    ("XDG_CACHE_HOME", "cache"),
    ("XDG_STATE_HOME", "state"),
    ("XDG_RUNTIME_DIR", "runtime"),
):
    _path = Path(_HOME.name) / _folder
    _path.mkdir(mode=0o700, exist_ok=True)
    os.environ[_name] = str(_path)

settings.register_profile("neurosim", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("neurosim")

SHOWN = frozenset({"panels", "canvas", "main_window", "end_to_end", "exporters"})
"""Folders whose tests show or print something: panels, the graph, sheets of paper and whole windows."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark as slow what shows something, and what tries its claim on many examples; the rest is the quick run."""
    here = Path(__file__).resolve().parent
    for item in items:
        folder = item.path.relative_to(here).parts[0]
        if folder in SHOWN or getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end: leave it out of all later searches for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _first_day() -> Iterator[None]:
    """Each test begins as on the first day: no widget of an earlier one is left to dress, no setting it has stored."""
    yield
    core = sys.modules.get("PySide6.QtCore")
    if core is None or core.QCoreApplication.instance() is None:
        return
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    for folder, _, names in os.walk(os.environ["XDG_CONFIG_HOME"]):
        for name in names:
            (Path(folder) / name).unlink()


@pytest.fixture(scope="module", autouse=True)
def _tidy() -> Iterator[None]:
    """Collect reference cycles between modules, so that a widget never dies in the middle of another test's paint."""
    yield
    gc.collect()
    gc.freeze()
