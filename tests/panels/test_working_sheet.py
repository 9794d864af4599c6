"""The working panel: its lines, the place of the walk, pointing both ways, details, copying, and live numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.document.json_format import load
from neurosim.document.selection import Selection
from neurosim.document.state import DocumentState
from neurosim.panels.base import PanelContext
from neurosim.panels.working.panel import WorkingPanel
from neurosim.paths import example
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display
from samples import lecture_state


class Desk:
    """A working panel on a document, with everything it follows."""

    def __init__(self, state: DocumentState, width: int = 640, height: int = 400) -> None:
        self.document = Document(state)
        self.session = TrainingSession(self.document)
        self.selection = Selection(self.document)
        self.display = Display()
        self.panel = WorkingPanel(PanelContext(self.document, self.session, self.selection, self.display))
        self.view = self.panel.view
        self.panel.resize(width, height)

    def frame(self) -> None:
        self.session.advance()
        QGuiApplication.processEvents()

    def lines(self) -> list[str]:
        """The text of every line on the sheet."""
        model = self.panel.model
        return [model.index(i).data() for i, item in enumerate(model.items) if item.line is not None]

    def place_of(self, number: int, refs: frozenset[str]) -> QPoint:
        """The middle of the first term of a line that stands for *refs*, in the viewport."""
        row = self.panel.model.row_of((number,))
        assert row is not None
        index = self.panel.model.index(row)
        self.view.scrollTo(index)
        layout = self.view.layout_of(self.panel.model.items[row])
        for placed in layout.block:
            for rect in placed.formula.rects_of(refs):
                centre = rect.center()
                if placed.formula.refs_at(centre.x(), centre.y()) == refs:
                    inside = QPointF(placed.x + centre.x(), placed.baseline + centre.y())
                    return self.view.visualRect(index).topLeft() + inside.toPoint()
        raise AssertionError(f"no term of line {number} stands for {set(refs)}")

    def middle_of(self, number: int) -> QPoint:
        row = self.panel.model.row_of((number,))
        assert row is not None
        index = self.panel.model.index(row)
        self.view.scrollTo(index)
        return self.view.visualRect(index).center()


@pytest.fixture
def open_desk(qtbot: QtBot):
    desks: list[Desk] = []

    def build(state: DocumentState, **size: int) -> Desk:
        desk = Desk(state, **size)
        qtbot.addWidget(desk.panel)
        desk.panel.show()
        qtbot.waitExposed(desk.panel)
        desk.frame()
        desks.append(desk)
        return desk

    yield build
    for desk in desks:
        desk.session.close()


@pytest.fixture
def desk(open_desk) -> Desk:
    return open_desk(lecture_state())


def test_the_sheet_holds_the_fifteen_lines_under_their_phases(desk):
    kinds = [item.kind for item in desk.panel.model.items]
    assert kinds == ["heading"] + ["line"] * 6 + ["heading"] + ["line"] * 3 + ["heading"] + ["line"] * 4 + [
        "heading",
        "line",
        "line",
    ]
    lines = desk.lines()
    assert lines[8].endswith("L = (r₁² + r₂²)/n = (256/9 + 676/9)/2 = 466/9 ~ 51.78")
    assert lines[12].endswith("∂L/∂b = ∂L/∂ŷ₁ + ∂L/∂ŷ₂ = −16/3 + (−26/3) = −42/3 = −14")


def test_screen_readers_hear_each_line(desk):
    row = desk.panel.model.row_of((11,))
    said = desk.panel.model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("What the prediction changes by with each parameter.")
    assert "the derivative of y hat by a equals x" in said


def test_the_current_line_follows_the_walk_and_is_brought_into_sight(desk):
    for number in range(1, 15):
        desk.session.step()
        desk.frame()
        assert desk.panel.model.position == number
        row = desk.panel.model.row_of((number,))
        shown = desk.view.visualRect(desk.panel.model.index(row))
        assert desk.view.viewport().rect().contains(shown), number
        ahead = [item.number for item in desk.panel.model.items if item.line and desk.view.ink_of(item).muted]
        assert ahead == list(range(number + 1, 16))


def test_pointing_at_a_term_lights_up_what_it_stands_for(desk):
    viewport = desk.view.viewport()
    total = desk.panel.model.items[desk.panel.model.row_of((12,))].line.equations[0].result
    for number, refs in (
        (1, frozenset({"a"})),
        (2, frozenset({"n.bias"})),
        (4, frozenset({"x", "row:1"})),
        (12, total.refs),
    ):
        QTest.mouseMove(viewport, desk.place_of(number, refs))
        assert desk.selection.lit == refs
    assert "a" in total.refs


def test_what_is_lit_elsewhere_is_painted_in_the_formulas(desk):
    row = desk.panel.model.row_of((1,))
    index = desk.panel.model.index(row)
    desk.view.scrollTo(index)
    before = desk.view.grab().toImage()
    place = desk.place_of(1, frozenset({"a"}))
    desk.selection.set_lit({"a"})
    desk.frame()
    after = desk.view.grab().toImage()
    near = [QPoint(place.x() + dx, place.y() + dy) for dx in range(-6, 7) for dy in range(-6, 7)]
    assert any(before.pixelColor(at) != after.pixelColor(at) for at in near)
    desk.selection.set_lit(())
    desk.frame()
    assert desk.view.grab().toImage() == before


def test_numbers_follow_a_moved_point_in_the_next_frame(desk):
    desk.document.edit("Move point 2", edits.move_row, 1, {"y": Fraction(2)})
    desk.frame()
    # By hand: r = −14/3 − 2 = −20/3; (−16/3)·2 + (−20/3)·4 = −112/3; −16/3 − 20/3 = −12; (256 + 400)/9/2 = 328/9.
    lines = desk.lines()
    assert lines[11].endswith("= −112/3")
    assert lines[12].endswith("= −12")
    assert "328/9" in lines[8]


def test_a_double_click_and_enter_walk_to_a_line(desk):
    QTest.mouseDClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=desk.middle_of(9))
    assert desk.session.walk.position == 9
    row = desk.panel.model.row_of((4,))
    desk.view.setFocus()
    desk.view.setCurrentIndex(desk.panel.model.index(row))
    QTest.keyClick(desk.view, Qt.Key.Key_Return)
    assert desk.session.walk.position == 4


def test_details_open_by_click_and_by_key(open_desk):
    desk = open_desk(load(example("hours_pass")), height=700)
    line = next(
        item for item in desk.panel.model.items if item.line and item.line.title == "Differentiate the loss by z"
    )
    before = len(desk.panel.model.items)
    row = desk.panel.model.row_of(line.key)
    index = desk.panel.model.index(row)
    desk.view.scrollTo(index)
    opener = desk.view.layout_of(line).opener
    place = desk.view.visualRect(index).topLeft() + opener.center().toPoint()
    QTest.mouseClick(desk.view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    opened = desk.panel.model.items[row]
    assert opened.opened
    details = [item for item in desk.panel.model.items if item.depth == 1]
    assert len(details) == len(line.line.details) > 0
    assert len(desk.panel.model.items) == before + len(details)
    # The factors that cancel: (ŷ − y)/(ŷ(1 − ŷ)) and ŷ(1 − ŷ).
    assert "ŷ" in "".join(desk.lines())
    desk.view.setFocus()
    desk.view.setCurrentIndex(desk.panel.model.index(row))
    QTest.keyClick(desk.view, Qt.Key.Key_Left)
    assert len(desk.panel.model.items) == before
    QTest.keyClick(desk.view, Qt.Key.Key_Right)
    assert len(desk.panel.model.items) == before + len(details)


def test_the_panel_writes_numbers_its_own_way(desk):
    desk.panel.display.own_mode = "decimal"
    desk.frame()
    assert desk.lines()[11].endswith("~ −45.33")
    assert desk.display.mode == "exact"
    desk.panel.display.own_mode = None
    desk.frame()
    assert desk.lines()[11].endswith("= −136/3")


def test_the_lectures_form_can_be_added(desk):
    desk.panel.findChild(object, "lectureFormButton").click()
    desk.frame()
    text = "\n".join(desk.lines())
    assert "1/2[−4(0 + 16/3) − 8(4 + 14/3)] = −32/3 − 104/3 = −136/3" in text
    assert "1/3 + 136/90 = 83/45" in text


def test_the_lectures_form_is_not_offered_where_there_is_none(open_desk):
    desk = open_desk(load(example("xor")))
    assert not desk.panel.findChild(object, "lectureFormButton").isVisible()


def choose(desk: Desk, name: str) -> None:
    """Trigger an entry of the copy button's menu."""
    menu = desk.panel.findChild(object, "workingCopyButton").menu()
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.objectName() == name).trigger()


def test_a_line_is_copied_as_text_latex_and_picture(desk):
    for _ in range(13):
        desk.session.step()
    desk.frame()
    clipboard = QGuiApplication.clipboard()
    choose(desk, "copy-line-text")
    assert "∂L/∂b = ∂L/∂ŷ₁ + ∂L/∂ŷ₂ = −16/3 + (−26/3) = −42/3 = −14" in clipboard.text()
    choose(desk, "copy-line-latex")
    assert r"\frac{-42}{3}" in clipboard.text().replace(r"-\frac{42}{3}", r"\frac{-42}{3}")
    choose(desk, "copy-line-picture")
    picture = clipboard.image()
    assert picture.width() >= 1000
    assert picture.height() > 60
    colours = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 3) for y in range(picture.height())}
    assert len(colours) > 10


def test_a_step_and_a_run_are_copied(desk):
    clipboard = QGuiApplication.clipboard()
    choose(desk, "copy-step-text")
    assert clipboard.text().count("\n15  ") == 1
    desk.session.full_step()
    desk.session.full_step()
    desk.frame()
    choose(desk, "copy-run-text")
    text = clipboard.text()
    assert text.index("Step 1\n") < text.index("8149/2025 ~ 4.024") < text.index("Step 2\n") < text.index("1522/675")
    assert "Step 3" not in text
    choose(desk, "copy-run-latex")
    assert clipboard.text().count(r"\begin{align*}") == 8
    choose(desk, "copy-step-picture")
    step = clipboard.image().height()
    choose(desk, "copy-run-picture")
    assert clipboard.image().height() > 1.8 * step


def test_a_long_run_says_how_many_steps_are_left_out(desk):
    desk.session.run()
    for _ in range(25):
        desk.session.advance()
    desk.session.pause()
    steps = desk.document.state.training.step
    choose(desk, "copy-run-text")
    text = QGuiApplication.clipboard().text()
    assert text.count("Forward\n") == 20
    assert f"… {steps - 20} more steps, worked out alike …" in text


def test_many_rows_are_shown_by_the_first_and_an_honest_rest(open_desk):
    desk = open_desk(load(example("food_trucks")))
    assert any("more rows, worked out alike" in text for text in desk.lines())
    rows = desk.document.state.dataset.n_rows
    shown = {item.line.row for item in desk.panel.model.items if item.line and item.line.row is not None}
    assert f"{rows - len(shown)} more rows" in "".join(desk.lines())


def test_an_unfinished_network_says_what_is_missing(desk):
    desk.document.edit("Delete", edits.delete, {"output:n"})
    desk.frame()
    assert desk.panel.model.items[-1].kind == "sentence"
    assert desk.panel.model.items[-1].text == desk.session.snapshot.problem


def test_a_hidden_panel_works_nothing_out(desk):
    desk.panel.hide()
    items = desk.panel.model.items
    desk.document.edit("Move point 2", edits.move_row, 1, {"y": Fraction(2)})
    desk.frame()
    assert desk.panel.model.items is items
    desk.panel.show()
    assert desk.panel.model.items is not items


@pytest.mark.parametrize("name", ["lecture", "xor", "hours_pass", "backpropagation_by_hand", "admissions"])
@pytest.mark.parametrize("width", [400, 608, 1100])
def test_nothing_overlaps_or_is_cut_off(open_desk, name, width):
    desk = open_desk(load(example(name)), width=width)
    room = desk.view.viewport().width()
    for item in desk.panel.model.items:
        layout = desk.view.layout_of(item)
        boxes = []
        for placed, piece, x in ((row, *piece) for row in layout.block for piece in row.formula.pattern.pieces):
            left = placed.x + x
            box = (left, placed.baseline - piece.ascent, left + piece.width, placed.baseline + piece.descent)
            assert box[0] >= 0
            assert box[2] <= room + 1, (item.speech, box, room)
            assert box[1] >= 0
            assert box[3] <= layout.height + 1
            assert all(
                box[0] >= other[2] - 0.5
                or other[0] >= box[2] - 0.5
                or box[1] >= other[3] - 0.5
                or other[1] >= box[3] - 0.5
                for other in boxes
            ), item.speech
            boxes.append(box)


def test_equals_signs_of_one_line_stand_under_one_another(desk):
    line = desk.panel.model.items[desk.panel.model.row_of((7,))]
    pieces = [piece for placed in desk.view.layout_of(line).block for piece in placed.formula.pattern.pieces]
    columns = {}
    for sign, x in [(piece, x) for piece, x in pieces if piece.width < 25]:
        columns.setdefault(round(x), []).append(sign)
    assert sum(len(found) == 2 for found in columns.values()) >= 3


def test_lines_stand_still_while_their_figures_change(open_desk):
    desk = open_desk(lecture_state(), width=1100)
    desk.display.mode = "decimal"

    def baselines() -> list[float]:
        layouts = [desk.view.layout_of(item) for item in desk.panel.model.items[:7]]
        return [placed.baseline for layout in layouts for placed in layout.block]

    seen = []
    for value in ("1.1", "4.4", "7.7", "2.5"):
        desk.document.edit("Move point 2", edits.move_row, 1, {"x": Fraction(value)})
        desk.frame()
        seen.append(baselines())
    assert seen[0] == seen[1] == seen[2] == seen[3] != []


def test_only_rows_whose_numbers_changed_are_set_anew(desk):
    line = desk.panel.model.items[desk.panel.model.row_of((7,))]
    before = desk.view.layout_of(line).block
    desk.document.edit("Move point 2", edits.move_row, 1, {"y": Fraction(5)})
    desk.frame()
    changed = desk.panel.model.items[desk.panel.model.row_of((7,))]
    after = desk.view.layout_of(changed).block
    assert after[0].formula is before[0].formula, "the residual of the first row"
    assert after[1].formula is not before[1].formula
    assert after[1].formula.pattern is before[1].formula.pattern
    assert [row.baseline for row in after] == [row.baseline for row in before]
    assert "5" in after[1].formula.numbers
