"""The derivation stepped through: keys and buttons, boxes, rules that light up, checks, and copies read back."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from calculus_bench import (
    checks,
    click,
    derived,
    everything,
    labels,
    leave,
    lines,
    move_to,
    press,
    spoken_lines,
    type_into,
    why,
)
from neurosim.algebra.derivation import derive
from neurosim.algebra.parse import parse
from neurosim.markup.tree import Mark, Markup, walk
from neurosim.markup.write_text import write_text
from neurosim.panels.calculus.checks import Checks
from neurosim.panels.calculus.lines import ShownLine
from neurosim.panels.calculus.rows import Entry, line_markup
from neurosim.panels.calculus.rule_forms import TABLE, forms_of
from neurosim.panels.calculus.sheet_model import SheetModel
from neurosim.widgets.display import Display
from samples import lecture_state

KEY = Qt.Key


@pytest.fixture
def made(bench):
    """The panel as it is at first: the sigmoid of slide 9, one line of it."""
    found = bench("calculus", lecture_state())
    found.panel.resize(480, 1100)
    QApplication.processEvents()
    return found


def emphasised(markup: Markup, emphasis: str) -> list[str]:
    return [write_text(part) for part in walk(markup) if isinstance(part, Mark) and part.emphasis == emphasis]


# -- steps -------------------------------------------------------------------------------------------------------------


def test_it_begins_with_the_first_line_of_slide_9(made) -> None:
    assert made.panel.input.edit.text() == "1/(1+e^-x)"
    assert lines(made.panel) == ["d/dx(1/(1 + e^−x))"]
    assert not made.panel.stepper.back.isEnabled()
    assert made.panel.stepper.next.isEnabled()


def test_keys_step_on_and_back(made) -> None:
    panel = made.panel
    panel.stepper.view.setFocus()
    press(panel, KEY.Key_Right)
    assert lines(panel)[1:] == ["−1/(1 + e^−x)²·d/dx(1 + e^−x)"]
    press(panel, KEY.Key_Right)
    assert len(lines(panel)) == 3
    press(panel, KEY.Key_Left)
    assert len(lines(panel)) == 2
    press(panel, KEY.Key_End)
    assert len(derived(panel)) == 5
    assert lines(panel)[-1] == "= e⁻¹/(1 + e⁻¹)² ~ 0.196612"
    assert not panel.stepper.next.isEnabled()
    press(panel, KEY.Key_Home)
    assert len(lines(panel)) == 1
    press(panel, KEY.Key_Left)
    assert len(lines(panel)) == 1


def test_buttons_step_too(made) -> None:
    panel = made.panel
    for name, count in (
        ("derivationNextButton", 2),
        ("derivationNextButton", 3),
        ("derivationBackButton", 2),
        ("derivationAllButton", 6),
        ("derivationBackButton", 5),
    ):
        click(panel.findChild(QPushButton, name))
        assert len(lines(panel)) == count, name


def test_whoever_goes_back_into_the_lines_hides_none(made) -> None:
    panel = made.panel
    everything(panel)
    view = panel.stepper.view
    place = view.visualRect(panel.stepper.model.index(1)).center()
    view.scrollTo(panel.stepper.model.index(1))
    place = view.visualRect(panel.stepper.model.index(1)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert panel.stepper.model.current == 1
    assert why(panel).startswith("The outside is 1/u with the inside u = 1 + e^−x")
    press(panel, KEY.Key_Right)
    assert panel.stepper.model.current == 2
    assert len(lines(panel)) == 6


def test_all_holds_for_the_next_function_too(made) -> None:
    everything(made.panel)
    type_into(made.panel, "x^3")
    assert derived(made.panel) == ["d/dx(x³)", "3x²"]
    click(made.panel.stepper.back)
    type_into(made.panel, "x^4")
    assert len(lines(made.panel)) == 1


def test_the_piece_acted_on_is_boxed_and_what_took_its_place_outlined(made) -> None:
    panel = made.panel
    click(panel.stepper.next)
    click(panel.stepper.next)
    model = panel.stepper.model
    assert emphasised(model.markup(1), "boxed") == ["d/dx(1 + e^(−x))"]
    assert emphasised(model.markup(2), "changed") == ["d/dx(e^(−x))"]
    assert emphasised(model.markup(0), "boxed") == []
    click(panel.stepper.next)
    assert emphasised(model.markup(1), "boxed") == []
    assert emphasised(model.markup(2), "boxed") == ["d/dx(e^(−x))"]
    assert emphasised(model.markup(3), "boxed") == []
    assert "d/dx(−x)" in emphasised(model.markup(3), "changed")[0]


def test_nothing_moves_when_a_line_gets_its_box(made) -> None:
    panel = made.panel
    everything(panel)
    view, model = panel.stepper.view, panel.stepper.model
    heights = []
    for number in range(model.shown):
        view.go_to(number)
        heights.append([view.sizeHintForIndex(model.index(row)).height() for row in range(model.shown)])
    assert all(row == heights[0] for row in heights)


def test_simplifications_as_lines_of_their_own(made) -> None:
    panel = made.panel
    everything(panel)
    click(panel.stepper.spread)
    assert labels(panel)[1:] == [
        "Chain, with Power outside",
        "Sum",
        "Chain, with Exponential (base e) outside",
        "Constant multiplier",
        "Collect the signs",
        "Write as one fraction",
    ]
    assert derived(panel)[4:6] == ["−1/(1 + e^−x)²·e^−x·(−1)", "1/(1 + e^−x)²·e^−x"]
    click(panel.stepper.spread)
    assert len(derived(panel)) == 5


def test_another_way_of_writing_is_chosen(made) -> None:
    panel = made.panel
    everything(panel)
    box = panel.stepper.styles
    assert [box.itemText(index) for index in range(box.count())] == [
        "As in the lecture",
        "With the quotient rule",
        "Every rule on a line of its own",
    ]
    box.setFocus()
    QTest.keyClick(box, KEY.Key_Down)
    assert labels(panel)[1].startswith("Quotient")
    assert derived(panel)[1].startswith("(d/dx(1)·(1 + e^−x) − d/dx(1 + e^−x))")
    assert derived(panel)[-1] == "e^−x/(1 + e^−x)²"
    QTest.keyClick(box, KEY.Key_Down)
    assert len(derived(panel)) > 5


# -- hearing and checking ----------------------------------------------------------------------------------------------


def test_each_line_is_heard_with_its_rule_and_its_check(made) -> None:
    everything(made.panel)
    said = spoken_lines(made.panel)
    assert said[0].startswith("Line 1 of 6. To be differentiated by x. the derivative with respect to x of ")
    assert said[2] == (
        "Line 3 of 6. Sum. minus the quantity one over the quantity one plus e to the minus x, end quantity squared, "
        "end quantity times the derivative with respect to x of the quantity e to the minus x, end quantity. "
        "agrees, about 0.196612."
    )


def test_exact_lines_are_checked_exactly(made) -> None:
    type_into(made.panel, "x^2")
    everything(made.panel)
    made.panel.inquiry.set_value("x", Fraction(3))
    assert checks(made.panel)[1] == "✓ agrees 6, central difference ~6"


def test_a_wrong_line_is_found_out(qapp) -> None:
    function = parse("1/(1+e^-x)")
    model = SheetModel(Display())
    wrong = parse("e^-x/(1+e^-x)")
    right = derive(function, "x").result
    shown = [ShownLine(line) for line in (right, wrong)]
    model.show([Entry("line", "", line_markup(one.expression, ".", {}, True), line=one) for one in shown], 2, {})
    model.set_checks(Checks(function, "x", {"x": Fraction(0)}))
    assert model.check_text(0) == ("✓ agrees", "~0.25, central difference ~0.25", True)
    assert model.check_text(1) == ("✗ differs", "~0.5, central difference ~0.25", False)
    assert model.speech(1).endswith("differs, about 0.5.")


def test_where_there_is_no_slope_the_check_says_why(made) -> None:
    type_into(made.panel, "ln(x)")
    made.panel.inquiry.set_value("x", Fraction(-1))
    assert checks(made.panel)[0].startswith("ln(")
    assert "has to be positive" in checks(made.panel)[0]


# -- the rules ---------------------------------------------------------------------------------------------------------


def test_the_ten_rules_are_there_with_function_and_derivative(made) -> None:
    model = made.panel.rules.model()
    assert model.rowCount() == 10
    names = [model.index(row, 0).data() for row in range(10)]
    assert names == [
        "Constant",
        "Constant multiplier",
        "Sum",
        "Power",
        "Exponential (base e)",
        "Exponential (base a)",
        "Logarithm",
        "Product",
        "Quotient",
        "Chain",
    ]


@pytest.mark.parametrize("rule", TABLE, ids=[rule.name for rule in TABLE])
def test_a_rule_is_set_as_it_is_written(rule) -> None:
    def plain(text: str) -> str:
        raised = str.maketrans({"ⁿ": "^n", "ˣ": "^x", "²": "^2", " ": "", "(": "", ")": "", "−": "-"})
        return text.replace("ⁿ⁻¹", "^n-1").translate(raised)

    function, derivative = forms_of(rule)
    assert plain(write_text(function)) == plain(rule.function)
    assert plain(write_text(derivative)) == plain(rule.derivative)


def test_the_rules_of_the_users_function_are_counted(made) -> None:
    counts = made.panel.rules.rules.counts
    # Slide 9: the chain rule twice, a power and an exponential outside, one sum, one constant factor.
    assert counts == {"chain": 2, "power": 1, "exponential_e": 1, "sum": 1, "constant_multiple": 1}
    model = made.panel.rules.model()
    assert model.index(9, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Chain, used 2 times"
    assert model.index(7, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Product, not used in this derivation"


def test_pointing_at_a_rule_lights_its_lines_and_the_other_way_round(made) -> None:
    panel = made.panel
    panel._section.set_open(True)
    everything(panel)
    QApplication.processEvents()
    table, view, model = panel.rules, panel.stepper.view, panel.stepper.model
    move_to(table, table.visualRect(table.model().index(9, 0)).center())
    assert view.sheet.lit_rules == {"chain"}
    lit = [number for number, entry in enumerate(model.entries) if entry.rules & view.sheet.lit_rules]
    assert lit == [1, 3]
    leave(table)
    assert view.sheet.lit_rules == frozenset()
    view.scrollTo(model.index(2))
    move_to(view, view.visualRect(model.index(2)).center())
    assert table.rules.lit == {"sum"}
    leave(view)
    assert table.rules.lit == frozenset()


def test_a_rule_is_tried_on_its_example(made) -> None:
    panel = made.panel
    panel._section.set_open(True)
    QApplication.processEvents()
    table = panel.rules
    product = table.visualRect(table.model().index(7, 0)).center()
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=product)
    assert panel.input.edit.text() == "x ln(x)"
    assert panel.rules.rules.counts["product"] == 1
    click(table.findChild(QPushButton, "tryRule-quotient"))
    assert panel.input.edit.text() == "x/(1+x)"
    table.setCurrentIndex(table.model().index(5, 0))
    QTest.keyClick(table, KEY.Key_Return)
    assert panel.input.edit.text() == "3^x"
    assert panel.rules.rules.counts == {"exponential_a": 1}


@pytest.mark.parametrize("rule", TABLE, ids=[rule.name for rule in TABLE])
def test_each_example_uses_its_rule(made, rule) -> None:
    made.panel.try_rule(rule.name)
    counts = made.panel.rules.rules.counts
    assert counts.get(rule.name), counts


# -- copying -----------------------------------------------------------------------------------------------------------


def test_copies_can_be_read_back(made) -> None:
    panel = made.panel
    everything(panel)
    click(panel.stepper.back)  # from the numbers to the last line
    actions = {action.objectName(): action for action in panel.stepper.menu().actions()}
    clipboard = QApplication.clipboard()
    actions["copy-line-text"].trigger()
    assert parse(clipboard.text()) == parse("e^-x/(1+e^-x)^2")
    actions["copy-line-latex"].trigger()
    assert clipboard.text() == r"\frac{e^{-x}}{(1 + e^{-x})^2}"
    actions["copy-all-text"].trigger()
    rows = clipboard.text().splitlines()
    assert [row.split("   ")[0].removeprefix("= ").strip() for row in rows] == derived(panel)
    assert rows[2].endswith("(Sum)")
    actions["copy-all-latex"].trigger()
    assert clipboard.text().startswith(r"\begin{align*}")
    assert clipboard.text().count("&=") == 4
    assert r"&& \text{Sum}" in clipboard.text()


@pytest.mark.parametrize("scope", ["line", "all"])
def test_a_copied_picture_shows_something(made, scope: str) -> None:
    everything(made.panel)
    made.panel.stepper.copy(scope, "picture")
    image = QApplication.clipboard().image()
    assert image.width() > 100
    inked = sum(
        image.pixelColor(x, y).alpha() > 128 for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)
    )
    assert 0.002 < inked / (image.width() * image.height() / 4) < 0.5


def test_copy_by_keys_and_the_menu_by_the_mouse(made, qtbot) -> None:
    panel = made.panel
    panel.stepper.view.setFocus()
    QTest.keyClick(panel.stepper.view, KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "d/dx(1/(1 + e^−x))"
    panel.stepper.view.menu_wanted.emit(QPoint(10, 10))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    assert menu.objectName() == "derivationMenu"
    menu.close()
