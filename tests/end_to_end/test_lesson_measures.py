"""The pages of lessons by measure, in the picture that is painted: heights of digits, contrasts, sizes of targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from neurosim.main_window.lesson_dock.page_view import PageView
from neurosim.widgets.fonts import MATH_FAMILY, raw_face
from neurosim.widgets.lesson.flow import CAPTION
from neurosim.widgets.lesson.text_flow import TextFlow
from neurosim.widgets.theme import theme

SIZES = [(1280, 720), (1920, 1080)]
THEMES = ["light", "dark", "projector"]
PAGES = [("12", 2), ("12", 3), ("12", 8), ("12", 9), ("05", 1), ("05", 3), ("15", 0)]
"""Pages with lines and a choice, a prediction, some blanks, all blanks, a table, several right options, formulas."""


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(picture: QImage) -> float:
    """The contrast of the ground, the commonest colour, and of the ink, the clearest that covers some pixels."""
    colours = Counter(picture.pixel(x, y) for x in range(0, picture.width()) for y in range(picture.height()))
    ground = luminance(QColor.fromRgb(colours.most_common(1)[0][0]))
    found = 1.0
    for rgb, count in colours.items():
        if count >= 3:
            ink = luminance(QColor.fromRgb(rgb))
            found = max(found, (max(ink, ground) + 0.05) / (min(ink, ground) + 0.05))
    return found


def all_of(hand, lesson: str, index: int) -> PageView:
    """A page with everything revealed, something wrong typed, and a hint asked for."""
    hand.turn_to(lesson, index)
    lessons = hand.window.commands.lessons
    for ask in lessons.runner.page.questions:
        for box in ask.asked[:1]:
            lessons.runner.check(ask, {box.id: "5"})
            lessons.runner.hint(box)
    hand.frame()
    return hand.find(PageView, "lessonPage")


def seen(view: PageView, kind: type[QWidget]) -> Iterator[QWidget]:
    for widget in view.findChildren(kind):
        if widget.isVisible() and widget.isEnabled() and widget.width() > 1 and widget.height() > 1:
            yield widget


def painted(hand, view: PageView, widget: QWidget) -> QImage:
    """What of a widget is on view in the window, on its true ground."""
    window = hand.window
    place = QRect(widget.mapTo(window, QPoint()), widget.size())
    room = QRect(view.viewport().mapTo(window, QPoint()), view.viewport().size())
    return window.grab(place & room).toImage()


def said_by(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    return text() if callable(text) else widget.accessibleName()


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("size", SIZES)
def test_a_page_can_be_read_and_hit(open_window, size, name):
    hand = open_window(size=size)
    hand.window.appearance.set_theme(name)
    least = 7.0 if name == "projector" else 4.5
    for lesson, index in PAGES:
        view = all_of(hand, lesson, index)
        texts = 0
        for kind in (TextFlow, QLabel):
            for widget in seen(view, kind):
                if said_by(widget).strip():
                    texts += 1
                    view.ensureWidgetVisible(widget)
                    found = contrast(painted(hand, view, widget))
                    assert found >= least, (lesson, index, said_by(widget), round(found, 2))
        assert texts >= 2
        panel = hand.window.commands.lessons.panel
        targets = [*seen(panel, QAbstractButton), *seen(panel, QLineEdit)]
        assert targets
        for target in targets:
            assert min(target.width(), target.height()) >= 24, (lesson, index, target.objectName(), target.size())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("percent", [100, 200])
def test_digits_of_a_page_are_as_high_as_those_of_the_interface(open_window, size, percent):
    hand = open_window(size=size)
    hand.window.appearance.set_percent(percent)
    for lesson, index in PAGES:
        for flow in seen(all_of(hand, lesson, index), TextFlow):
            assert min(heights(flow)) >= 8.5 * percent / 100, (lesson, index, flow.accessibleName())


@pytest.mark.parametrize("size", SIZES)
def test_the_back_row_can_read_a_page_that_is_presented(open_window, size):
    """Digits of formulas are 3 % of the window's height, everything else on the page 2 %."""
    hand = open_window(size=size)
    all_of(hand, "12", 2)
    hand.window.book["presentAction"].trigger()
    hand.window.setWindowState(Qt.WindowState.WindowNoState)  # the screen of the tests is a small square
    hand.window.resize(*size)
    for _ in range(3):
        hand.frame()
    assert hand.window.height() == size[1]
    for lesson, index in PAGES[:4]:
        for flow in seen(all_of(hand, lesson, index), TextFlow):
            words, formulas = heights(flow)
            assert words >= 0.02 * size[1] - 1, (lesson, index, flow.accessibleName(), words)
            part = 0.02 if flow._style == CAPTION else 0.03  # a caption is no text to work with
            assert formulas >= part * size[1] - 1, (lesson, index, flow.accessibleName(), formulas)
    hand.window.book["presentAction"].trigger()
    hand.frame()


def heights(flow: TextFlow) -> tuple[float, float]:
    """How high digits are in the words and in the formulas of a flow, in pixels."""
    face = raw_face(MATH_FAMILY, 1000.0)
    part = face.boundingRect(face.glyphIndexesForString("0")[0]).height() / 1000.0
    style = flow._style
    fonts = [piece.font for line in flow._of(flow.width()).lines for piece in line.pieces if piece.font is not None]
    words = min((QFontMetricsF(font).tightBoundingRect("0").height() for font in fonts), default=99.0)
    return words, style.formula * theme().zoom * part
