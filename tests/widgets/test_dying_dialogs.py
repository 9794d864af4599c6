"""A dialog that is destroyed while a note hangs under one of its fields ends quietly."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget
from shiboken6 import delete

from neurosim.widgets.bubble import Bubble
from neurosim.widgets.display import Display
from neurosim.widgets.number_field import NumberField

TIMES = 12


def _later(dialog: QDialog) -> None:
    dialog.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _with_its_parent(dialog: QDialog) -> None:
    delete(dialog.parent())


@pytest.mark.parametrize("destroy", [delete, _later, _with_its_parent], ids=["now", "later", "with its parent"])
@pytest.mark.parametrize("typed", ["1/3", "1//"], ids=["readable", "unreadable"])
def test_a_dialog_dies_with_a_note_open(qtbot, destroy: Callable[[QDialog], object], typed: str) -> None:
    display, said = Display(), []
    for _ in range(TIMES):
        parent = QWidget()
        dialog = QDialog(parent)
        field = NumberField(display, dialog)
        QVBoxLayout(dialog).addWidget(field)
        field.committed.connect(said.append)
        parent.show()
        dialog.show()
        dialog.activateWindow()
        field.setFocus()
        QApplication.processEvents()
        QTest.keyClicks(field, typed)
        assert any(note.isVisible() for note in dialog.findChildren(Bubble))
        destroy(dialog)
        QApplication.processEvents()
    assert said == []  # nothing is set by a dialog that is gone
