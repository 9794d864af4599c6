"""A formula in a narrow place is broken at its signs, and nothing of it is lost."""

from __future__ import annotations

import pytest

from neurosim.markup.tree import Row, Symbol
from neurosim.markup.write_text import write_text
from neurosim.widgets.formula import FormulaView, set_formula
from neurosim.widgets.formula_lines import FormulaLines, broken
from neurosim.working.conventions import formula_of
from neurosim.working.loss_formulas import row_formula

SIZE = 16.0


@pytest.fixture
def long():
    return formula_of("squared_error", "half_mean", l1=True, l2=True)


def test_a_formula_that_fits_is_one_line(long):
    assert broken(long, 2000, SIZE) == (long,)


@pytest.mark.parametrize("width", [110, 160, 220, 280])
def test_lines_fit_and_nothing_is_lost(long, width):
    lines = broken(long, width, SIZE)
    parts = [part for line in lines for part in (line.parts if isinstance(line, Row) else (line,))]
    assert tuple(parts) == long.parts
    assert [write_text(line).lstrip()[0] for line in lines[1:]] == ["+"] * (len(lines) - 1)
    for line in lines:
        pieces = sum(1 for part in getattr(line, "parts", ()) if part == Symbol("+", "operator"))
        assert set_formula(line, SIZE).width <= width or pieces <= 1


def test_words_are_places_to_break():
    first, second, *_ = broken(row_formula("huber"), 150, SIZE)
    assert write_text(first).strip() == "ℓᵢ = 1/2(ŷᵢ − yᵢ)²"
    assert write_text(second).strip().startswith("if")


def test_the_widget_breaks_anew_for_another_width(qtbot, long):
    widget = FormulaLines("formula", SIZE)
    qtbot.addWidget(widget)
    widget.set_markup(long)
    widget.resize(600, 100)
    widget.show()
    assert len(widget.lines()) == 1
    one = widget.sizeHint().height()
    widget.resize(180, 100)
    qtbot.waitUntil(lambda: len(widget.lines()) > 1)
    assert widget.sizeHint().height() > 1.5 * one
    assert widget.markup() == long
    assert all(view.accessibleName() for view in widget.findChildren(FormulaView) if view.isVisible())
    widget.set_markup(None)
    assert widget.lines() == ()
