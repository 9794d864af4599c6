"""Hands on the calculus panel: keys into its input line, lines read from its list, points and clicks on both."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

SHOWN, SPOKEN = Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole
LEFT = Qt.MouseButton.LeftButton


def type_into(panel: Any, text: str) -> None:
    """Replace what stands in the input line, key by key."""
    edit = panel.input.edit
    QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    QTest.keyClicks(edit, text)


def everything(panel: Any) -> None:
    """Press All."""
    click(panel.stepper.everything)


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, LEFT)


def lines(panel: Any) -> list[str]:
    """The formulas of the list as a screen shows them, top to bottom."""
    model = panel.stepper.view.model()
    return [model.index(row, 0).data(SHOWN) for row in range(model.rowCount())]


def spoken_lines(panel: Any) -> list[str]:
    model = panel.stepper.view.model()
    return [model.index(row, 0).data(SPOKEN) for row in range(model.rowCount())]


def derived(panel: Any) -> list[str]:
    """The lines of the derivation alone, without what follows the last one."""
    kinds = [entry.kind for entry in panel.stepper.model.entries]
    return [text for text, kind in zip(lines(panel), kinds, strict=False) if kind == "line"]


def labels(panel: Any) -> list[str]:
    return [entry.label for entry in panel.stepper.model.entries if entry.kind == "line"]


def checks(panel: Any) -> list[str]:
    model = panel.stepper.model
    return [" ".join(model.check_text(number)[:2]).strip() for number in range(model.shown)]


def press(panel: Any, key: Qt.Key) -> None:
    """A key on the list."""
    QTest.keyClick(panel.stepper.view, key)


def move_to(widget: Any, place: QPointF | QPoint) -> None:
    """The pointer goes to a pixel of a viewport."""
    spot = QPointF(place)
    viewport = widget.viewport()
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(
        QEvent.Type.MouseMove, spot, viewport.mapToGlobal(spot), none, none, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(viewport, event)


def leave(widget: Any) -> None:
    QApplication.sendEvent(widget.viewport(), QEvent(QEvent.Type.Leave))


def why(panel: Any) -> str:
    label = panel.findChild(QWidget, "derivationWhy")
    return str(label.text())
