"""What is painted from pictures that are kept is what would be painted without them, whatever has changed meanwhile."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QEvent, QIODevice, QObject, QPointF, QRect, Qt
from PySide6.QtGui import QImage, QPainter, QStaticText
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication, QWidget

from neurosim.canvas import style
from neurosim.canvas.drawing.hits import Hit
from neurosim.document import edits
from neurosim.widgets.theme import theme
from tests.canvas.conftest import Hand, two_layers


def shown(hand: Hand) -> QImage:
    """What the viewport shows of the figure, painted as a window is."""
    return hand.view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def plain(hand: Hand) -> QImage:
    """The same painted without pictures."""
    view = hand.view
    image = QImage(view.viewport().size(), QImage.Format.Format_RGB32)
    image.fill(view.backgroundBrush().color())
    painter = QPainter(image)
    painter.setRenderHints(view.renderHints())
    painter.setWorldTransform(view.viewportTransform())
    view.drawing.painting.draw(painter, view.detail())
    view.drawForeground(painter, view.rect())
    painter.end()
    return image


def differ(one: QImage, other: QImage) -> int:
    """So many pixels differ by more than rounding."""
    assert one.size() == other.size()
    a, b = (np.frombuffer(image.constBits(), np.uint8).astype(int) for image in (one, other))
    return int((abs(a - b).reshape(-1, 4).max(axis=1) > 2).sum())


def move(hand: Hand) -> None:
    hand.document.edit("Move point", edits.move_row, 0, {"y": Fraction(3, 4)})
    hand.frame()


def weigh(hand: Hand) -> None:
    hand.document.edit("Set", edits.set_parameters, {"w1": Fraction(-7)})
    hand.frame()


def drag_node(hand: Hand) -> None:
    hand.drag(hand.node("h1") + QPointF(-12, 4), hand.node("h1") + QPointF(20, -40))


FEW = 5
"""Rounding is another one where a painter is another one."""
CHANGES = {
    "a row": move,
    "a weight": weigh,
    "the place of a node": drag_node,
    "the zoom": lambda hand: hand.view.zoom_in(),
    "from far away": lambda hand: hand.view.zoom_by(0.3, QPointF(400, 300)),
    "the selection": lambda hand: hand.selection.select({"h2", "w3"}),
    "what is pointed at": lambda hand: hand.selection.set_lit({"h1", "v1"}),
    "the keyboard": lambda hand: hand.view.set_focus_hit(Hit("node", "p")),
    "another name": lambda hand: hand.document.edit("Rename", edits.rename, "h1", "anna"),
    "an activation": lambda hand: hand.document.edit("Set", edits.set_activation, "h1", "relu"),
    "the walk": lambda hand: hand.session.walk.go_to(3),
    "no pictures": lambda hand: hand.view.set_show_outputs(False),
    "a node less": lambda hand: hand.document.edit("Delete", edits.delete, ["h2"]),
}


@pytest.mark.parametrize("change", CHANGES)
def test_pictures_never_outlive_what_they_show(two_by_two, change):
    for _ in range(3):
        before = shown(two_by_two)
        assert differ(before, plain(two_by_two)) < FEW
    CHANGES[change](two_by_two)
    for time in range(3):
        after = shown(two_by_two)
        assert differ(after, plain(two_by_two)) < FEW, time
    assert differ(before, after) > 10 * FEW


def test_a_node_that_lies_over_another_hides_its_words(make_hand):
    """The circle of h2 covers the value of h1, which elsewhere is written when all bodies have been drawn."""
    hand = make_hand(edits.move_nodes(two_layers(), {"h2": (280.0, -24.0)}))
    hand.view.set_show_outputs(False)
    hand.frame()
    value = hand.node("h1") + QPointF(0.0, hand.view.drawing.nodes["h1"].drop)
    assert hand.view.drawing.nodes["h2"].contains_point(value - hand.node("h2"))
    for _ in range(3):
        found = shown(hand)
        assert differ(found, plain(hand)) < FEW
    place = QRect(0, 0, 30, 12)
    place.moveCenter(hand.screen(value))
    hand.view.drawing.nodes["h1"].a_text = "8" * len(hand.view.drawing.nodes["h1"].a_text)
    assert differ(found.copy(place), shown(hand).copy(place)) == 0


def test_while_rows_move_the_figure_that_stands_still_is_not_drawn_again(two_by_two, monkeypatch):
    """Neither edges nor bodies: only words and chips."""
    shown(two_by_two), shown(two_by_two), shown(two_by_two)
    drawn: list[str] = []
    edges = two_by_two.view.drawing.edges
    monkeypatch.setattr(edges, "draw", lambda *_args: drawn.append("edges"))
    move(two_by_two)
    before = shown(two_by_two)
    assert drawn == []
    weigh(two_by_two)
    shown(two_by_two)
    assert drawn == ["edges"]
    assert not before.isNull()


NUMBERS = (
    "~−0.123",
    "+1/3",
    "−6",
    "ŷ = −16/3",
    "target y = 0",
    "∂ −136/3 ↑",
    "∂ ~0.02 ↓",
    "a·x = 2/3",
    "~+1.5e−7",
    "p ~0.5",
)


@pytest.mark.parametrize("lettering", [1.0, 1.7])
@pytest.mark.parametrize("face", [style.NAME, style.VALUE, style.CAPTION, style.CHIP, style.GRADIENT, style.CHIP_NAME])
def test_the_size_of_a_number_is_that_of_its_letters_laid_out(qtbot, face, lettering):
    style.set_lettering(lettering)
    try:
        for text in NUMBERS:
            laid_out = QStaticText(text)
            laid_out.setTextFormat(Qt.TextFormat.PlainText)
            laid_out.prepare(font=style.font(face))
            wide, high = style.size(text, face)
            assert abs(wide - laid_out.size().width()) <= 1 / 16, text
            assert high == laid_out.size().height(), text
    finally:
        style.set_lettering(1.0)


def test_many_selected_numbers_do_not_grow_over_one_another(two_by_two):
    """One that is selected is enlarged to be read; with all of them selected every number keeps its place and size."""
    view = two_by_two.view
    view.zoom_by(0.55 / view.detail(), QPointF(400, 300))
    chip = view.drawing.chips.chips["w1", "gradient"]
    inside = view.mapFromScene(chip.rect()).boundingRect().adjusted(4, 4, -4, -4)
    before = shown(two_by_two).copy(inside)
    two_by_two.selection.select({"w1"})
    assert differ(before, shown(two_by_two).copy(inside)) > FEW
    view.select_all()
    assert differ(before, shown(two_by_two).copy(inside)) == 0


def test_on_a_fine_screen_circles_are_as_fine_as_the_screen(two_by_two):
    """A picture made for half as many pixels would be the same in both halves of every pair of pixels."""
    image = QImage(160, 160, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(2.0)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    painter.translate(40, 40)
    two_by_two.view.drawing.nodes["h1"].draw_body(painter, theme(), 1.0)
    painter.end()
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(160, 160, 4)[:, :140]  # left of the picture's frame
    assert (pixels[::2] != pixels[1::2]).any(axis=2).sum() > 200


def test_a_picture_made_of_lines_has_circles_made_of_lines(two_by_two):
    """Only the colours of the three outputs over the inputs are pixels."""
    page = QBuffer()
    page.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QSvgGenerator()
    writer.setOutputDevice(page)
    writer.setSize(two_by_two.view.viewport().size())
    painter = QPainter(writer)
    painter.setWorldTransform(two_by_two.view.viewportTransform())
    two_by_two.view.drawing.painting.draw(painter, two_by_two.view.detail())
    painter.end()
    assert bytes(page.data()).count(b"<image") == 3


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def on_screen(hand: Hand) -> QImage:
    """What has been painted so far, and nothing anew."""
    QApplication.processEvents()
    whole = hand.view.screen().grabWindow(hand.view.winId()).toImage()
    return whole.convertToFormat(QImage.Format.Format_RGB32)


def lower_to_the_bar(hand: Hand) -> None:
    """Move the picture so that the lower nodes lie under the bar at the foot."""
    bar = hand.view.corner_bar.geometry()
    hand.view.scroll_by(0, bar.center().y() - hand.screen(hand.node("h2")).y())


def raise_input(hand: Hand, to: int = 7) -> None:
    hand.document.edit("Move point", edits.move_row, 0, {"x1": Fraction(to, 2)})


@pytest.mark.parametrize("under", [False, True])
def test_the_bar_is_painted_with_the_numbers_only_where_it_lies_over_them(two_by_two, under):
    hand = two_by_two
    if under:
        lower_to_the_bar(hand)
    raise_input(hand, 3)
    hand.frame()
    before = on_screen(hand)
    for change in (raise_input, weigh, move):
        paints = Paints(hand.view.corner_bar)
        change(hand)
        hand.frame()
        after = on_screen(hand)
        assert (paints.count > 0) == under
        assert differ(before, after) > 10 * FEW
        assert differ(after, hand.view.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)) == 0
        before = after
