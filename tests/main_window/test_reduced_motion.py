"""With reduced motion everything is where it goes at once; where the wish comes from, and that nothing escapes it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QProxyStyle, QStyle, QWidget

import neurosim
from neurosim.main_window.appearance import Appearance
from neurosim.main_window.preferences import PreferencesDialog
from neurosim.main_window.present_settings import PresentSettings
from neurosim.main_window.store import read_text
from neurosim.widgets.motion import Glide, desktop_reduces, motion


@pytest.fixture(autouse=True)
def as_found(qapp):
    yield
    motion().set_choice("desktop")


class _Quiet(QProxyStyle):
    """A desktop on which animations are switched off."""

    def styleHint(self, hint, option=None, widget=None, returned=None):
        if hint == QStyle.StyleHint.SH_Widget_Animation_Duration:
            return 0
        return super().styleHint(hint, option, widget, returned)


def test_the_desktop_is_asked_first(qapp):
    assert motion().choice == "desktop"
    assert not desktop_reduces()
    assert motion().allowed
    qapp.setStyle(_Quiet("fusion"))
    try:
        assert desktop_reduces()
        assert not motion().allowed
        motion().set_choice("full")
        assert motion().allowed
    finally:
        qapp.setStyle("fusion")
        assert not desktop_reduces()


def test_it_is_chosen_in_the_preferences_and_remembered(qtbot, display):
    parent = QWidget()
    qtbot.addWidget(parent)
    appearance = Appearance(display, parent)
    dialog = PreferencesDialog(appearance, PresentSettings(), parent)
    box = dialog.findChild(QComboBox, "motionBox")
    assert box.accessibleName() == "Motion"
    dialog.show()
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_End)
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert box.currentData() == "reduced"
    assert appearance.motion == "reduced"
    assert not motion().allowed
    assert read_text("view/motion", "") == "reduced"
    motion().set_choice("desktop")
    assert Appearance(display, parent).motion == "reduced"
    assert not motion().allowed


def test_what_is_on_its_way_arrives_when_motion_is_switched_off(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    glide, seen = Glide(parent), []
    glide.valueChanged.connect(lambda value: seen.append(float(value)))
    glide.go(0.0, 3.0)
    assert glide.moving
    motion().set_choice("reduced")
    assert not glide.moving
    assert seen[-1] == 3.0
    glide.go(3.0, 1.0)
    assert not glide.moving
    assert seen[-1] == 1.0


def test_there_is_no_other_kind_of_animation():
    folder = Path(neurosim.__file__).parent
    kinds = re.compile(
        r"\bQ(Variant|Property|ParallelAnimation|SequentialAnimation|Pause)Animation|\bQTimeLine|setAnimated"
    )
    found = [path for path in folder.rglob("*.py") if kinds.search(path.read_text(encoding="utf-8"))]
    assert [path.relative_to(folder).as_posix() for path in found] == ["widgets/motion.py"]
    assert not any(map(QApplication.isEffectEnabled, Qt.UIEffect))
