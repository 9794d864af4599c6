"""The numbers of an inquiry on the plot and beside it: both lines, the point, its value and its slope."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QCoreApplication

from neurosim.algebra.errors import EvaluationError
from neurosim.algebra.evaluate import evaluate
from neurosim.algebra.expression import Expression
from neurosim.algebra.names import spoken_of
from neurosim.algebra.numeric import slope
from neurosim.algebra.render_markup import symbol_markup
from neurosim.engine.dataset import FloatArray
from neurosim.numbers.exact import Number
from neurosim.numbers.format import spoken
from neurosim.panels._paint import ChipLines
from neurosim.panels.calculus.curve import Sampled
from neurosim.panels.calculus.equated import equated_text
from neurosim.panels.calculus.inquiry import Inquiry
from neurosim.panels.calculus.links import plain_name
from neurosim.panels.calculus.plot import CurvePlot
from neurosim.panels.calculus.readout import Readout
from neurosim.panels.calculus.sampling import sample
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme


class Plotted:
    """Brings plot and readout up to date; the lines are sampled anew only when they are others."""

    def __init__(self, inquiry: Inquiry, plot: CurvePlot, readout: Readout, display: Display) -> None:
        self._inquiry = inquiry
        self._plot = plot
        self._readout = readout
        self._display = display
        self._drawn: tuple[object, ...] = ()
        self.wants_fit = False

    def show(self, point: Mapping[str, Number]) -> None:
        """Show the numbers at *point*; the first time after ``wants_fit`` was set, with ranges that suit them."""
        self._draw_lines(point)
        self._show_point(point)
        if self.wants_fit:
            self.wants_fit = False
            self._plot.fit()

    def _draw_lines(self, point: Mapping[str, Number]) -> None:
        question, derivation = self._inquiry.question, self._inquiry.derivation
        if question is None:
            return
        others = {name: as_float(value) for name, value in point.items() if name != question.symbol}
        key = (question, derivation, tuple(others.items()))
        if key == self._drawn:
            return
        self._drawn = key
        function = _sampled(question.whole, question.symbol, others)
        self._plot.set_axis(symbol_markup(question.symbol))
        if derivation is None:
            self._plot.show(function, None)
            return
        result = _sampled(question.expanded(derivation.result), question.symbol, others)
        self._plot.show(function, lambda at: np.where(np.isnan(function(at)), np.nan, result(at)))

    def _show_point(self, point: Mapping[str, Number]) -> None:
        question, derivation = self._inquiry.question, self._inquiry.derivation
        if question is None:
            return
        value, problem = _value_of(question.whole, point)
        steepness, other = None, ""
        if derivation is not None and value is not None:  # where there is no function there is no slope of it
            steepness, other = _value_of(derivation.result, point)
        x, symbol = point[question.symbol], question.symbol
        self._readout.show_values(symbol, value, steepness, problem or other)
        self._plot.set_point(
            x,
            None if value is None else as_float(value),
            None if steepness is None else as_float(steepness),
            self._label(symbol, x, value, steepness),
        )
        self._plot.widget.setAccessibleDescription(_said(symbol, x, value, steepness, problem or other))

    def _label(self, symbol: str, x: Number, value: Number | None, steepness: Number | None) -> ChipLines:
        if value is None:
            return []
        display, colours, name = self._display, theme(), plain_name(symbol)
        label: ChipLines = [
            (equated_text(name, x, display), colours.text_muted),
            (equated_text(f"f({name})", value, display), colours.text),
        ]
        if steepness is not None:
            label.append((equated_text(f"f′({name})", steepness, display), colours.gradient))
        return label


def _said(symbol: str, x: Number, value: Number | None, steepness: Number | None, problem: str) -> str:
    tr = QCoreApplication.translate
    said = [f"{spoken_of(symbol)} {spoken(x)}"]
    if value is not None:
        said.append(tr("CalculusPlot", "the function is {value}").format(value=spoken(value)))
    if steepness is not None:
        said.append(tr("CalculusPlot", "the slope is {value}").format(value=spoken(steepness)))
    return ", ".join([*said, problem] if problem else said)


def _value_of(expression: Expression, point: Mapping[str, Number]) -> tuple[Number | None, str]:
    """What an expression is worth, or why it is not worth anything."""
    try:
        return evaluate(expression, point, slope), ""
    except EvaluationError as error:
        return None, str(error)


def _sampled(expression: Expression, symbol: str, others: Mapping[str, float]) -> Sampled:
    def values(at: FloatArray) -> FloatArray:
        return sample(expression, symbol, at, others)

    return values


def as_float(value: Number) -> float:
    """*value* for drawing; beyond float64 it is infinite."""
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")
