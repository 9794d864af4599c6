"""Under a hand nothing is written over anything else: ghost's words, label of the point, card of the pulls."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from neurosim.document import edits
from samples import lecture_state

F = Fraction
NEAR = 30.0
"""Of two points that lie so near to one another, in pixels, one may be under the label of the other."""
WAY = (
    *((4, 3), (3.5, 2), (3, 1), (2.5, -0.5), (1.5, 2), (1, 4), (0, 3), (0, -1), (-1, -4), (1, -5)),
    *((2, -4.5), (3, -5), (4.5, -4), (5, -2), (5, 1), (5, 4), (4, 2)),
)
"""Through the whole plot: along the ghost, into every corner, and back."""


@pytest.fixture
def plotted(bench):
    """A data plot of the lecture of a size, with what is switched on by the buttons named."""

    def build(size: tuple[int, int], *buttons: str):
        made = bench("data_plot", lecture_state())
        made.panel.resize(*size)
        for name in buttons:
            QTest.keyClick(made.panel.findChild(QToolButton, name), Qt.Key.Key_Space)
        made.frame()
        made.panel.fit()
        made.frame()
        made.card = made.panel._pulls.card
        return made

    return build


def painted(made):
    """Where the ghost's words, the label and the card stand in what is painted now, in pixels of the plotting area."""
    made.plot.grab()
    view = made.panel.view
    return view._model.tag.box, view._hand.label_box(), made.panel._covered()


def check(made) -> None:
    """Nothing of the three lies on another, all are in sight, and the point in hand is free."""
    ghost, label, card = painted(made)
    picture = made.panel.view.picture
    area = QRectF(0, 0, picture.frame.width, picture.frame.height)
    assert not ghost.isEmpty()
    assert not label.isEmpty()
    for box in (ghost, label, card):
        assert area.adjusted(-1, -1, 1, 1).contains(box) or box.isEmpty(), (box, area)
    assert not ghost.intersects(label), (ghost, label)
    assert not ghost.intersects(card), (ghost, card)
    assert not label.intersects(card), (label, card)
    place, other = picture.place_of(1), picture.place_of(0)
    if (place - other).manhattanLength() > 2 * NEAR:
        assert not label.adjusted(-4, -4, 4, 4).contains(other), (label, other)
    assert not label.contains(place)
    assert not ghost.contains(place)
    assert not card.adjusted(-8, -8, 8, 8).contains(place), (card, place)


@pytest.mark.parametrize("buttons", [(), ("pullsButton",), ("pullsButton", "squaresButton")], ids=len)
@pytest.mark.parametrize("size", [(436, 250), (480, 360), (640, 420)])
def test_in_every_frame_of_a_drag_nothing_is_written_over_anything_else(plotted, size, buttons) -> None:
    made = plotted(size, *buttons)
    made.press(made.at(4, 4))
    made.move(made.at(4, 3.5))
    for x, y in WAY:
        made.move(made.at(x, y))
        made.frame()
        assert made.row(1) == {"x": F(x), "y": F(y)}
        check(made)
    made.release(made.at(*WAY[-1]))
    assert made.entries() == 1


def test_a_point_that_is_carried_goes_where_the_card_was(plotted) -> None:
    made = plotted((480, 360), "pullsButton")
    made.click(made.at(4, 4))
    corner = made.card.geometry().center()
    # As the screen would: whatever widget is under the pointer gets the movement.
    window = made.panel.window().windowHandle()
    QTest.mouseMove(window, made.plot.viewport().mapTo(made.panel.window(), corner))
    made.frame()
    held = made.panel.view.place_in_viewport(made.panel.view.picture.place_of(1))
    assert (held - corner).manhattanLength() < 40  # the nearest snap place
    check(made)
    made.click(corner)
    assert made.entries() == 1
    assert not made.card.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


def test_a_card_steps_aside_for_the_hand_and_goes_back_where_it_was_put(plotted) -> None:
    made = plotted((480, 360), "pullsButton")
    card = made.card
    middle = QPointF(made.at(2, -1))
    card.dragged.emit(QPoint(int(middle.x()) - card.width() // 2, int(middle.y()) - card.height() // 2))
    put = card.geometry()
    assert put.contains(middle.toPoint())
    made.press(made.at(4, 4))
    made.move(made.at(3, 3))
    made.frame()
    made.move(made.at(2, -1))
    made.frame()
    assert card.geometry() != put
    check(made)
    aside = card.geometry()
    made.move(made.at(4, 2))
    made.frame()
    assert card.geometry() == aside  # it does not jump about under the hand
    made.release(made.at(4, 2))
    made.frame()
    assert card.geometry() == put


def test_the_words_of_the_arrows_and_of_the_next_step_keep_apart(bench) -> None:
    made = bench("data_plot", lecture_state())
    made.panel.resize(435, 290)
    for rate in (Fraction(1, 3), Fraction(1, 4), Fraction(1, 5)):
        made.document.edit("Learning rate", edits.set_learning_rate, rate)
        for a in (Fraction(8, 5), Fraction(1), Fraction(1, 2)):
            made.document.edit("Weight", edits.set_parameters, {"a": a})
            for y in (1, 2, 4):
                made.document.edit("Move point", edits.move_row, 1, {"y": Fraction(y)})
                made.frame()
                made.panel.grab()
                model = made.panel.view._model
                if model.arrow_text:
                    assert not model._arrow_tag.isEmpty()
                    assert not model.tag.box.intersects(model._arrow_tag), (rate, a, y)
