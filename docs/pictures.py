"""Draws the pictures of the documentation: the window and each panel, light and dark, into docs/pictures.

    .venv/bin/python docs/pictures.py [name ...]

No screen is needed, and nothing of the user's settings or of the machine's language and fonts is seen.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from PySide6.QtCore import QBuffer, QLocale, QSettings, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton

from neurosim.app import application, create_window
from neurosim.document import edits
from neurosim.document.atomic_write import write_atomically
from neurosim.main_window.store import store
from neurosim.main_window.window import MainWindow
from neurosim.panels import PANELS
from neurosim.paths import example

FOLDER = Path(__file__).resolve().parent / "pictures"
THEMES = ("light", "dark")
LARGEST = 120_000
"""Bytes of a picture, at most."""
COLOURS = 256
PATIENCE = 1.2
"""Seconds in which maps become as fine as they get."""


@dataclass(frozen=True)
class Scene:
    """One picture.

    Attributes:
        document: an example of the program.
        prepare: what is done before the picture is taken.
        size: of the panel, or of the window.
    """

    document: str = "lecture"
    prepare: Callable[[MainWindow], object] = lambda _window: None
    size: tuple[int, int] = (640, 400)


def _steps(count: int) -> Callable[[MainWindow], object]:
    return lambda window: window.session.full_step(count)


def _pressed(*names: str) -> Callable[[MainWindow], object]:
    def press(window: MainWindow) -> None:
        for name in names:
            window.findChild(object, name).click()

    return press


def _branched(window: MainWindow) -> None:
    """Twelve steps, then from the sixth on with another rate."""
    session, document = window.session, window.document
    session.full_step(12)
    session.timeline.go(6)
    document.edit("Learning rate 1/20", edits.set_learning_rate, Fraction(1, 20))
    session.full_step(8)


def _fires(window: MainWindow) -> None:
    window.document.edit("Set both", edits.set_parameters, {"a": Fraction(1), "n.bias": Fraction(1)})


def _ledger(window: MainWindow) -> None:
    window.workspace.panels["area_ledger"].stages.button("mean").click()


def _lines(count: int) -> Callable[[MainWindow], object]:
    def walk(window: MainWindow) -> None:
        for _ in range(count):
            window.session.step()

    return walk


def _variants(window: MainWindow) -> None:
    """Two learning rates, some steps on."""
    panel = window.workspace.panels["variants"]
    panel.empty.findChild(QPushButton).click()
    for _ in range(8):
        QApplication.processEvents()
        panel.findChild(QAbstractButton, "variantsStep").click()


def _selected_row(window: MainWindow) -> None:
    window.selection.select_rows({1})


WINDOWS = {
    "window": Scene(prepare=_lines(12), size=(1280, 800)),
    "landscape": Scene(prepare=lambda window: (_layout(window, "landscape"), _steps(3)(window)), size=(1280, 800)),
}
SCENES = {
    "data_plot": Scene(prepare=_pressed("squaresButton", "pullsButton"), size=(640, 440)),
    "working": Scene(prepare=_lines(12), size=(720, 440)),
    "loss_map": Scene(prepare=_steps(3), size=(640, 440)),
    "loss_curve": Scene(prepare=_branched),
    "values": Scene(prepare=_selected_row, size=(820, 240)),
    "area_ledger": Scene("four_points", _ledger, (680, 300)),
    "activation": Scene("hours_pass", _selected_row, (640, 460)),
    "decision": Scene("admissions", size=(640, 460)),
    "biology": Scene(prepare=_fires, size=(640, 520)),
    "calculus": Scene(prepare=_pressed("derivationAllButton"), size=(600, 760)),
    "timeline": Scene(prepare=_branched, size=(860, 120)),
    "compare": Scene(prepare=_steps(1), size=(600, 480)),
    "outline": Scene(size=(480, 260)),
    "metrics": Scene("admissions"),
    "data_table": Scene("food_trucks", size=(640, 360)),
    "sweep": Scene(prepare=_pressed("sweepButton"), size=(600, 600)),
    "variants": Scene(prepare=_variants, size=(960, 640)),
    "stage": Scene(prepare=_lines(12), size=(820, 250)),
}
"""Panels that need something to show."""


def _layout(window: MainWindow, name: str) -> None:
    window.book[f"layout-{name}"].trigger()


def main(wanted: list[str]) -> None:
    """Draw the pictures named, or all of them, each in a program of its own."""
    if not wanted:
        for name in {**WINDOWS, **SCENES}:
            subprocess.run([sys.executable, __file__, name], check=True)
        return
    with tempfile.TemporaryDirectory(prefix="neurosim-", ignore_cleanup_errors=True) as nobody:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, nobody)
        os.environ["XDG_DATA_HOME"] = os.environ["APPDATA"] = nobody
        QLocale.setDefault(QLocale.c())
        app = application()
        for name, scene in {**WINDOWS, **SCENES}.items():
            if name in wanted:
                for theme in THEMES:
                    picture = _taken(app, name, scene, theme)
                    data = _written(picture)
                    write_atomically(FOLDER / f"{name}-{theme}.png", data)
                    sys.stdout.write(f"{name}-{theme}: {len(data) // 1000} kB\n")
                    sys.stdout.flush()
    os._exit(0)  # windows that were never closed have nothing to say


def _taken(app: QApplication, name: str, scene: Scene, theme: str) -> QImage:
    store().clear()  # the picture before this one is not to be remembered
    window = create_window(example(scene.document))
    window.appearance.set_theme(theme)
    window.resize(1280, 800)
    window.show()
    _rest(app, window, 0.05)
    if name in PANELS:
        dock = window.workspace.docks[name]
        window.workspace.open_panel(name)
        dock.setFloating(True)
        dock.resize(QSize(*scene.size))
    else:
        window.resize(QSize(*scene.size))
    _rest(app, window, 0.1)
    scene.prepare(window)
    _rest(app, window, PATIENCE)
    focus = app.focusWidget()
    if focus is not None:
        focus.clearFocus()  # a ring around the button that happens to come first says nothing
    app.processEvents()
    shown = window.workspace.docks[name] if name in PANELS else window
    picture = shown.grab().toImage()
    window.document.mark_saved(Path("nowhere.neurosim"))
    window.close()
    return picture


def _rest(app: QApplication, window: MainWindow, seconds: float) -> None:
    """Let frames and threads get on."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        app.processEvents()
        window.session.advance()
        time.sleep(0.01)
    window.message_bar.dismiss()
    app.processEvents()


def _written(picture: QImage) -> bytes:
    """The picture as PNG; in 256 colours of its own where more would take too much room."""
    data = _png(picture.convertToFormat(QImage.Format.Format_RGB888))
    return data if len(data) <= LARGEST / 2 else min(data, _png(_with_palette(picture)), key=len)


def _png(picture: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG", 0)
    return bytes(buffer.data().data())


def _with_palette(picture: QImage) -> QImage:
    """The picture in its 256 most frequent colours, each other one as the nearest of them."""
    whole = picture.convertToFormat(QImage.Format.Format_RGB32)
    width, height = whole.width(), whole.height()
    pixels = np.frombuffer(whole.constBits(), np.uint32).reshape(height, -1)[:, :width] & 0xFFFFFF
    colours, places, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    parts = np.stack([(colours >> shift) & 0xFF for shift in (16, 8, 0)], axis=1).astype(np.int32)
    # Colours that stand for many others come first, then those that are far from all of these.
    chosen = list(np.argsort(-counts)[: COLOURS // 2])
    away = np.min(((parts[:, None] - parts[chosen][None]) ** 2).sum(2), axis=1)
    while len(chosen) < min(COLOURS, colours.size):
        far = int(np.argmax(away * np.sqrt(counts)))
        if not away[far]:
            break
        chosen.append(far)
        away = np.minimum(away, ((parts - parts[far]) ** 2).sum(1))
    nearest = np.argmin(((parts[:, None] - parts[chosen][None]) ** 2).sum(2), axis=1).astype(np.uint8)
    indexed = np.ascontiguousarray(nearest[places.reshape(height, width)])
    found = QImage(indexed.tobytes(), width, height, width, QImage.Format.Format_Indexed8)
    found.setColorTable([0xFF000000 | int(colour) for colour in colours[chosen]])
    return found.copy()


if __name__ == "__main__":
    main(sys.argv[1:])
