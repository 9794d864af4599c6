"""What the user sees first is the whole picture, and nothing is loaded for it that it does not show."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

FIRST = """
import json, os, sys
from neurosim.app import first_window

window = first_window()
window.resize(1280, 720)
from PySide6.QtCore import QCoreApplication, QEvent, QObject

def picture():
    # Without making anything: what stands on the screen.
    return window.screen().grabWindow(window.winId()).toImage()

class Watch(QObject):
    painted = False
    first = None
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.painted = True
        elif self.painted and self.first is None and event.type() in (
            QEvent.Type.Timer, QEvent.Type.MetaCall, QEvent.Type.UpdateRequest
        ):
            self.first = picture()
            self.loaded = sorted(sys.modules)
            self.missing = list(window.workspace.missing)
            self.said = window.headline._loss.accessibleDescription()
            self.menus = {name: len(menu.actions()) for name, menu in window.menus.items()}
        return False

watch = Watch()
QCoreApplication.instance().installEventFilter(watch)
window.show()
for _ in range(100):
    QCoreApplication.processEvents()
for part in ("divergence", "open_data", "presentation", "teacher_window"):
    assert part in vars(window), part
later = picture()
print(json.dumps({
    "same": watch.first == later and not later.isNull(),
    "colours": len({later.pixel(x, y) for x in range(0, later.width(), 3) for y in range(0, later.height(), 3)}),
    "loaded": watch.loaded,
    "missing": watch.missing,
    "left": list(window.workspace.missing),
    "said": watch.said,
    "menus": watch.menus,
}), flush=True)
os._exit(0)
"""

UNSEEN = (
    *("neurosim.algebra", "neurosim.exporters", "neurosim.engine.generators", "neurosim.engine.biology"),
    *("neurosim.lessons.answers", "neurosim.lessons.lesson", "neurosim.lessons.markdown", "neurosim.lessons.playing"),
    *("neurosim.lessons.variants", "neurosim.teaching.summary", "neurosim.document.csv_table"),
    *(
        f"neurosim.main_window.{name}"
        for name in (
            *("about", "architecture", "convention_sheet", "divergence_sheet", "export_data", "message_window"),
            *("new_data", "open_data", "palette", "preferences", "present", "schedule_popover", "stop_popover"),
            *("lesson_dock.page_view", "lesson_dock.end_page", "lesson_dock.hand_dialog", "shortcuts.sheet"),
        )
    ),
    *(
        "contourpy",
        "concurrent.futures",
        "hashlib",
        "numpy.random",
        "importlib.metadata",
        "markdown_it",
        "email",
        "multiprocessing",
        "http",
        "sqlite3",
        "statistics",
        "tomllib",
    ),
    *("matplotlib", "pydantic", "scipy", "sympy", "hypothesis"),
)


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """What was there when the window had just been painted for the first time, and what it looks like later."""
    home = str(tmp_path_factory.mktemp("nobody"))
    done = subprocess.run(
        [sys.executable, "-c", FIRST],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": home, "XDG_DATA_HOME": home},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_first_picture_is_the_one_that_stays(first):
    assert first["same"]
    assert first["colours"] > 100, "the picture is empty"
    assert first["said"].startswith("466/9 ~ 51.78")


def test_menus_are_filled_from_the_first_instant(first):
    assert {"file", "edit", "view", "insert", "run", "help"} <= first["menus"].keys()
    assert all(count > 0 for name, count in first["menus"].items() if name != "file/recent")
    assert first["menus"]["lesson/open"] >= 10


@pytest.mark.parametrize("package", UNSEEN)
def test_it_loads_nothing_that_it_does_not_show(first, package):
    assert [name for name in first["loaded"] if name == package or name.startswith(f"{package}.")] == []


def test_panels_behind_tabs_and_closed_ones_come_afterwards(first):
    assert {"loss_map", "data_table", "biology", "calculus", "sweep", "stage"} <= set(first["missing"])
    for name in first["missing"]:
        assert f"neurosim.panels.{name}.panel" not in first["loaded"]
    assert first["left"] == []
