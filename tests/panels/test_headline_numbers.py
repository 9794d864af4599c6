"""The headline's numbers look as Qt paints a label, though they are painted past its style sheet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF
from PySide6.QtGui import QEnterEvent, QImage, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from neurosim.document.document import Document
from neurosim.panels.headline import HeadlineNumbers, NumberLabel
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display
from neurosim.widgets.theme import apply_theme, theme
from samples import lecture_state


@pytest.fixture
def numbers(qtbot) -> Iterator[HeadlineNumbers]:
    session = TrainingSession(Document(lecture_state()))
    made = HeadlineNumbers(session, Display())
    qtbot.addWidget(made)
    made.show()
    session.advance()
    yield made
    session.close()


class ByQt(QObject):
    """Has Qt paint a label, through its style sheet."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(watched, QLabel) and isinstance(event, QPaintEvent):
            QLabel.paintEvent(watched, event)
            return True
        return False


def picture(label: QLabel) -> QImage:
    """*label* on the ground of the bar."""
    made = QImage(label.size(), QImage.Format.Format_RGB32)
    made.fill(theme().surface)
    label.render(made, QPoint(0, 0), QRegion(), QWidget.RenderFlag.DrawChildren)
    return made


@pytest.mark.parametrize("name", ["light", "dark"])
def test_numbers_are_painted_as_a_label_is(numbers: HeadlineNumbers, name: str) -> None:
    try:
        apply_theme(QApplication.instance(), name)
        for label in numbers.findChildren(NumberLabel):
            ours, by_qt = picture(label), ByQt()
            label.installEventFilter(by_qt)
            assert ours == picture(label), label.objectName()
            label.removeEventFilter(by_qt)
            label.setText("7")
            assert ours != picture(label)
    finally:
        apply_theme(QApplication.instance(), "light")


def test_a_number_under_the_pointer_can_be_selected(numbers: HeadlineNumbers) -> None:
    label = numbers.findChild(NumberLabel, "lossLabel")
    at = QPointF(3, 3)
    QApplication.sendEvent(label, QEnterEvent(at, at, at))
    label.setSelection(0, 5)
    assert label.selectedText() == "466/9"
    plain = label.grab().toImage()
    label.setSelection(0, 0)
    assert label.grab().toImage() != plain  # what is selected is seen to be
