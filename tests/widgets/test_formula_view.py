"""The formula as a widget, by mouse, keyboard, screen reader and clipboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QVBoxLayout, QWidget

from neurosim.markup.build import EQUALS, TIMES, index, italic, row
from neurosim.markup.tree import Mark, Over, Symbol
from neurosim.widgets.formula import FormulaView, copy_picture, copy_text, set_formula
from neurosim.widgets.formula.view import MARGIN
from neurosim.widgets.theme import apply_theme, load_theme, theme

PRODUCT = row(
    Mark(italic("a"), frozenset({"a"}), "positive"),
    TIMES,
    Mark(index(italic("x"), "1"), frozenset({"x", "row:0"})),
    EQUALS,
    Over(Symbol("2", "number"), Symbol("3", "number")),
)


@pytest.fixture
def view(qtbot):
    page = QWidget()
    page.view = FormulaView()  # type: ignore[attr-defined]
    layout = QVBoxLayout(page)
    page.before = QPushButton("before")  # type: ignore[attr-defined]
    layout.addWidget(page.before)
    layout.addWidget(page.view)
    page.view.set_markup(PRODUCT)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    page.view.page = page
    return page.view


def point_of(view: FormulaView, ref: str) -> QPoint:
    (rect,) = set_formula(PRODUCT, 18.0).rects_of(frozenset({ref}))
    return QPoint(round(rect.center().x() + MARGIN), round(rect.center().y() + view.baseline()))


def open_menu(view: FormulaView) -> QMenu:
    menu = view.findChild(QMenu, "formulaMenu")
    assert menu is not None
    assert menu.isVisible()
    return menu


def choose(view: FormulaView, name: str) -> None:
    """Open the menu by the keyboard and press Return on an entry."""
    QTest.keyClick(view, Qt.Key.Key_Menu)
    menu = open_menu(view)
    menu.setActiveAction(next(action for action in menu.actions() if action.objectName() == name))
    QTest.keyClick(menu, Qt.Key.Key_Return)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_its_size_is_the_formulas_and_follows_size_and_zoom(qapp, view):
    formula = set_formula(PRODUCT, 18.0)
    assert view.sizeHint().width() == pytest.approx(formula.width + 2 * MARGIN, abs=1)
    assert view.sizeHint().height() == pytest.approx(formula.height + 2 * MARGIN, abs=1)
    assert view.minimumSizeHint() == view.sizeHint()
    assert view.baseline() == pytest.approx(MARGIN + formula.ascent)
    before = view.sizeHint()
    view.set_size(36)
    assert view.sizeHint().width() == pytest.approx(2 * before.width() - 2 * MARGIN, abs=2)
    view.set_size(18)
    apply_theme(qapp, "light", 2.0)
    assert view.sizeHint().width() == pytest.approx(2 * before.width(), abs=2)
    assert view.sizeHint().height() == pytest.approx(2 * before.height(), abs=2)


def test_pointing_at_a_part_says_what_it_stands_for(qtbot, view):
    heard: list[frozenset[str]] = []
    view.pointed.connect(heard.append)
    qtbot.mouseMove(view, point_of(view, "a"))
    qtbot.mouseMove(view, point_of(view, "a") + QPoint(1, 0))
    qtbot.mouseMove(view, point_of(view, "x"))
    assert heard == [{"a"}, {"x", "row:0"}], "once for each part, not for each move"
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert heard[-1] == frozenset()


def test_the_keyboard_reaches_it_and_a_ring_shows_it(qtbot, view):
    view.page.before.setFocus()
    plain = view.grab().toImage()
    QTest.keyClick(view.page.before, Qt.Key.Key_Tab)
    qtbot.waitUntil(view.hasFocus)
    ringed = view.grab().toImage()
    assert ringed != plain
    assert ringed.pixelColor(ringed.width() // 2, 0).name() == theme().accent.name()


def test_a_screen_reader_hears_it(view):
    assert view.accessibleName() == "a times x sub 1 equals 2 over 3"
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.text(QAccessible.Text.Name) == view.accessibleName()
    view.set_markup(None)
    assert view.accessibleName() == ""
    assert view.sizeHint().isNull()


def test_text_latex_and_picture_are_copied_by_the_keyboard_alone(qtbot, view, announced):
    clipboard = QGuiApplication.clipboard()
    view.setFocus()
    choose(view, "copyTextAction")
    assert clipboard.text() == "a · x₁ = 2/3"
    choose(view, "copyLatexAction")
    assert clipboard.text() == r"a \cdot x_{1} = \frac{2}{3}"
    choose(view, "copyPictureAction")
    picture = clipboard.image()
    formula = set_formula(PRODUCT, 28.0)
    assert picture.width() == pytest.approx(2 * (formula.width + 14), abs=2)
    assert picture.height() == pytest.approx(2 * (formula.height + 14), abs=2)
    assert announced[0] == "Copied as text."


def test_a_copied_picture_is_for_paper_whatever_the_theme(qapp, view):
    apply_theme(qapp, "dark")
    choose(view, "copyPictureAction")
    picture = QGuiApplication.clipboard().image()
    paper = load_theme("light")
    solid = {
        picture.pixelColor(x, y).name()
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() == 255
    }
    assert {paper.text.name(), paper.positive_text.name()} <= solid
    assert theme().text.name() not in solid


def test_the_menu_opens_by_mouse_and_by_shift_f10_and_once_only(view):
    QTest.keyClick(view, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    menu = open_menu(view)
    assert [action.objectName() for action in menu.actions()] == [
        "copyTextAction",
        "copyLatexAction",
        "copyPictureAction",
    ]
    place = QPoint(10, 10)
    press = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.mapToGlobal(place))
    QApplication.sendEvent(view, press)
    assert len(view.findChildren(QMenu)) == 1
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert view.findChildren(QMenu) == []
    QApplication.sendEvent(view, press)
    open_menu(view).close()


def test_without_a_formula_there_is_nothing_to_copy(view):
    view.set_markup(None)
    QTest.keyClick(view, Qt.Key.Key_Menu)
    assert view.findChildren(QMenu) == []


def test_the_copy_shortcut_copies_the_text(view):
    copy_text("before")
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "a · x₁ = 2/3"


def test_lit_and_muted_are_seen(view):
    plain = view.grab().toImage()
    view.set_lit(frozenset({"a"}))
    lit = view.grab().toImage()
    view.set_lit(frozenset())
    assert view.grab().toImage() == plain
    view.set_muted(True)
    muted = view.grab().toImage()
    assert len({bytes(image.constBits()) for image in (plain, lit, muted)}) == 3


def test_a_picture_comes_back_from_the_clipboard(view):
    picture = view.grab().toImage()
    copy_picture(picture)
    back = QGuiApplication.clipboard().image()
    assert back.size() == picture.size()
    assert back.pixelColor(20, 20) == picture.pixelColor(20, 20)
