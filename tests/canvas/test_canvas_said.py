"""What is said of the place of the keyboard has today's numbers, and ends when the keyboard goes elsewhere."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from neurosim.canvas.drawing.hits import Hit
from neurosim.document import edits


def _listen(hand):
    """The keyboard on the weight; returns what was said, and a button where the keyboard may go."""
    said: list[str] = []
    button = QPushButton("elsewhere", hand.view)
    button.show()
    hand.view.hovered.connect(said.append)
    hand.view.set_focus_hit(Hit("edge", "a"))
    return said, button


def test_its_numbers_follow_the_data(lecture):
    said, _ = _listen(lecture)
    assert "minus 136 over 3" in said[-1]
    lecture.document.edit("Move", edits.move_row, 1, {"y": Fraction(2)})
    lecture.session.advance()
    assert "minus 112 over 3" in said[-1]
    count = len(said)
    lecture.session.advance()
    assert len(said) == count


def test_it_ends_with_the_focus(lecture):
    said, button = _listen(lecture)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert said[-1] == ""


def test_it_ends_with_the_document(lecture):
    said, _ = _listen(lecture)
    lecture.document.reset(lecture.document.state)
    assert said[-1] == ""


def test_a_word_about_the_pointer_is_not_taken_back(lecture):
    said, button = _listen(lecture)
    lecture.move(lecture.chip("n.bias"), held=Qt.MouseButton.NoButton)
    assert "bias" in said[-1]
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert "bias" in said[-1]
