"""The program as a process: it opens what it should, says what it cannot, survives errors and ends when asked to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from neurosim import app, paths
from neurosim.document import edits
from neurosim.document.json_format import DocumentFormatError, load
from neurosim.main_window.interrupts import INTERRUPTED

ROOT = Path(__file__).parent.parent
LECTURE = paths.example("lecture")


def environment(home: Path, **changes: str) -> dict[str, str]:
    """The environment of a user whose files are all in *home*."""
    folders = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "APPDATA")}
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", **folders, **changes}


def python(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], env=environment(home), cwd=ROOT, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip


def neurosim(*arguments: object, home: Path, **changes: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "neurosim", *map(str, arguments)], env=environment(home, **changes), cwd=ROOT,
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


# -- the window ----------------------------------------------------------------------------------------------------


@pytest.fixture
def window(qtbot):
    made = app.create_window()
    yield made
    made.document.mark_saved(Path("nowhere.neurosim"))
    made.close()


def test_the_first_window_is_the_lectures_neuron_and_not_shown_yet(window, qapp):
    assert not window.isVisible()
    assert window.document.state == load(LECTURE)
    assert window.document.path is None, "saving must never write into the program's own example"
    assert window.session.snapshot.loss == Fraction(466, 9)
    assert (qapp.applicationName(), qapp.organizationName(), qapp.desktopFileName()) == ("neurosim",) * 3
    assert not qapp.windowIcon().isNull()


def test_undo_and_redo_are_reached_through_the_window(window):
    before = window.document.state
    window.document.edit("Set weight", edits.set_weight, "a", Fraction(2))
    after = window.document.state
    window.document.undo()
    assert window.document.state == before
    window.document.redo()
    assert window.document.state == after


def test_a_document_is_opened_from_its_file(qtbot, tmp_path):
    path = tmp_path / "mine.neurosim"
    path.write_bytes(LECTURE.read_bytes())
    window = app.create_window(path)
    assert window.document.path == path
    assert not window.document.modified
    window.close()


def test_a_file_that_is_no_document_is_refused_before_there_is_a_window(qtbot, tmp_path):
    path = tmp_path / "broken.neurosim"
    path.write_text("{", encoding="utf-8")
    with pytest.raises(DocumentFormatError, match=r"broken\.neurosim"):
        app.create_window(path)


# -- from the terminal ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["{file}"], ["--present", "{file}"], ["render", "{file}", "--out", "{out}"]])
def test_a_bad_file_ends_with_one_sentence_and_code_2(tmp_path, arguments):
    path, out = tmp_path / "broken.neurosim", tmp_path / "picture.png"
    path.write_text('{"format": "neurosim"', encoding="utf-8")
    ended = neurosim(*[word.format(file=path, out=out) for word in arguments], home=tmp_path)
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1
    assert "broken.neurosim" in ended.stderr
    assert not out.exists()


def test_two_files_are_one_too_many(tmp_path):
    ended = neurosim("one.neurosim", "two.neurosim", home=tmp_path)
    assert ended.returncode == 2
    assert "Traceback" not in ended.stderr


def test_headless_commands_load_no_qt(tmp_path):
    code = (
        "import sys; from neurosim.__main__ import main; "
        f"code = main(['train', {str(LECTURE)!r}, '--steps', '1']); "
        "print(code, [m for m in sys.modules if m.startswith(('PySide6', 'shiboken6', 'pyqtgraph'))])"
    )
    assert python(code, tmp_path).stdout.splitlines()[-1] == "0 []"


# -- pictures ------------------------------------------------------------------------------------------------------


def test_a_picture_is_the_same_whatever_the_users_settings_and_language(tmp_path):
    plain, other = tmp_path / "plain", tmp_path / "other"
    for home in (plain, other):
        home.mkdir()
    settings = other / "neurosim" / "neurosim.ini"
    settings.parent.mkdir()
    settings.write_text("[view]\ntheme=dark\nzoom=200\ndecimal=,\nnumbers=decimal\n", encoding="utf-8")
    first, second = plain / "a.png", other / "b.png"
    for home, out, language in ((plain, first, "C.UTF-8"), (other, second, "de_DE.UTF-8")):
        ended = neurosim(
            "render", LECTURE, "--out", out, "--size", "1280x720", home=home, LANG=language, LC_ALL=language
        )
        assert ended.returncode == 0, ended.stderr
    assert first.read_bytes() == second.read_bytes()
    picture = QImage(str(first))
    assert (picture.width(), picture.height()) == (1280, 720)


def test_themes_differ_and_a_picture_shows_more_than_one_colour(tmp_path):
    grounds = []
    for theme in ("light", "dark"):
        out = tmp_path / f"{theme}.png"
        assert neurosim("render", LECTURE, "--out", out, "--theme", theme, home=tmp_path).returncode == 0
        picture = QImage(str(out))
        grounds.append(picture.pixelColor(640, 5).lightness())
        seen = {picture.pixel(x, y) for x in range(0, 1280, 4) for y in range(0, 720, 4)}
        assert len(seen) > 20
    assert grounds[0] > 200
    assert grounds[1] < 60


def test_a_picture_that_cannot_be_written_is_a_sentence(tmp_path):
    ended = neurosim("render", LECTURE, "--out", tmp_path / "nowhere" / "a.png", home=tmp_path)
    assert ended.returncode == 2
    assert len(ended.stderr.splitlines()) == 1


# -- when something goes wrong -------------------------------------------------------------------------------------

PRELUDE = """
import sys
from fractions import Fraction
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication
from neurosim import app
from neurosim.document import autosave, edits

app.application()

def window():
    return next(w for w in QApplication.topLevelWidgets() if w.objectName() == "mainWindow")

def change():
    window().document.edit("Set weight", edits.set_weight, "a", Fraction(7, 3))
"""


def test_an_unexpected_error_keeps_the_window_and_the_work_and_is_told_once(tmp_path):
    code = (
        PRELUDE
        + """
import threading

def fail():
    raise RuntimeError("the moon is in the way")

def fail_elsewhere():
    raise LookupError("behind the scenes")

def look():
    try:
        main = window()
        assert main.isVisible()
        said = [message.text for message in main.message_bar.log.messages]
        assert sum("the moon is in the way" in text for text in said) == 1, said
        assert sum("behind the scenes" in text for text in said) == 1, said
        kept = list(autosave.user_data_folder().rglob("*.autosave"))
        assert len(kept) == 1 and '"7/3"' in kept[0].read_text("utf-8"), kept
        assert "the moon is in the way" in (autosave.user_data_folder() / "errors.log").read_text("utf-8")
        print("alive")
    finally:
        QCoreApplication.exit(0)

def hear(notice):
    if "behind the scenes" in notice.text:
        QTimer.singleShot(0, look)

def begin():
    window().session.message.connect(hear)
    change()
    for _ in range(3):
        QTimer.singleShot(0, fail)
    QTimer.singleShot(0, threading.Thread(target=fail_elsewhere).start)

QTimer.singleShot(0, begin)
raise SystemExit(app.run())
"""
    )
    ended = python(code, tmp_path)
    assert (ended.returncode, ended.stdout.strip()) == (0, "alive"), ended.stderr
    assert ended.stderr.count("RuntimeError: the moon is in the way") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_a_resting_window_and_keeps_unsaved_work(tmp_path, number):
    code = (
        PRELUDE
        + """
def begin():
    change()
    QTimer.singleShot(0, lambda: print("ready", flush=True))

QTimer.singleShot(0, begin)
raise SystemExit(app.run())
"""
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], env=environment(tmp_path), cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        process.send_signal(number)
        assert process.wait(timeout=30) == INTERRUPTED
    kept = list(tmp_path.rglob("*.autosave"))
    assert len(kept) == 1
    assert load(kept[0]).network.parameters["a"] == Fraction(7, 3)


def test_closing_the_window_ends_the_program_and_leaves_nothing_behind(tmp_path):
    code = (
        PRELUDE
        + """
QTimer.singleShot(0, lambda: window().close())
raise SystemExit(app.run())
"""
    )
    ended = python(code, tmp_path)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert list(tmp_path.rglob("*.autosave")) == []
