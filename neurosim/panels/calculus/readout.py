"""Beside the field of the point: what the function is worth there, and the slope of its tangent."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from neurosim.algebra.render_markup import symbol_markup
from neurosim.markup.build import bracketed, italic, row
from neurosim.markup.tree import Mark, Markup, Symbol
from neurosim.numbers.exact import Number
from neurosim.panels.calculus.equated import equated
from neurosim.panels.calculus.fitted_formula import FittedFormula
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme

_PRIME = Symbol("′", "upright")


class Readout(QWidget):
    """Owns two formulas and a sentence for where there is no value."""

    def __init__(self, display: Display, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._display = display
        self.value = FittedFormula(16, self)
        self.value.setObjectName("calculusValue")
        self.slope = FittedFormula(16, self)
        self.slope.setObjectName("calculusSlope")
        self.slope.setAccessibleDescription(self.tr("the slope of the tangent"))
        self.sentence = QLabel(self)
        self.sentence.setObjectName("calculusUndefined")
        self.sentence.setProperty("role", "muted")
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setWordWrap(True)
        self._line = QHBoxLayout(self)
        self._line.addWidget(self.value, 3)
        self._line.addWidget(self.slope, 3)
        self._line.addWidget(self.sentence, 6)
        self.restyle()

    def restyle(self) -> None:
        """Take the lengths of the current zoom."""
        px = theme().px
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(px(4))
        # Fractions come and go while a point is dragged: the plot below must not move with them.
        self.setMinimumHeight(px(44))

    def show_values(self, symbol: str, value: Number | None, slope: Number | None, problem: str) -> None:
        """f and f′ at the point; *problem* says why one of them is missing."""
        self.value.setVisible(value is not None)
        self.slope.setVisible(slope is not None)
        self.sentence.setVisible(bool(problem))
        self.sentence.setText(problem)
        if value is not None:
            self.value.set_markup(self._equation(symbol, value, prime=False))
        if slope is not None:
            self.slope.set_markup(Mark(self._equation(symbol, slope, prime=True), role="gradient"))

    def _equation(self, symbol: str, value: Number, prime: bool) -> Markup:
        left: list[Markup] = [italic("f"), *([_PRIME] if prime else [])]
        if symbol:
            left.append(bracketed(symbol_markup(symbol)))
        return equated(row(*left), value, self._display)
