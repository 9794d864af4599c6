"""One block of the panel for each output, or for several that share one probability: numbers, formulas, the matrix."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from neurosim.engine.metrics.confusion import accuracy
from neurosim.engine.metrics.judgement import Classified, Measured
from neurosim.markup.tree import Markup
from neurosim.numbers.exact import Number
from neurosim.panels._gesture import FieldEdits, Gesture
from neurosim.panels._threshold import set_threshold
from neurosim.panels.base import PanelContext
from neurosim.panels.metrics.formulas import accuracy_line, r_squared_line, residual_line, rmse_line, spread_line
from neurosim.panels.metrics.matrix import MatrixModel, MatrixView
from neurosim.panels.metrics.reasons import what_each_means
from neurosim.widgets.display import NOTHING, Display
from neurosim.widgets.formula_lines import FormulaLines
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.theme import theme

Rows = NDArray[np.intp]
FORMULA_SIZE = 16.0


class Numbers(QWidget):
    """The values of one block: a line for each metric, a column for the rows trained on and one for the test rows."""

    def __init__(self, names: tuple[tuple[str, str, str], ...], parent: QWidget) -> None:
        """Make a line for each of *names*: object name, words, what it means."""
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._heads = [self._label("caption") for _ in range(2)]
        for column, head in enumerate(self._heads):
            self._grid.addWidget(head, 0, column + 1, Qt.AlignmentFlag.AlignRight)
        self._values: dict[str, tuple[QLabel, QLabel]] = {}
        for line, (name, words, meaning) in enumerate(names, 1):
            title = self._label("muted")
            title.setText(words)
            title.setToolTip(meaning)
            self._grid.addWidget(title, line, 0)
            pair = (self._value(f"{name}Train", words, meaning), self._value(f"{name}Test", words, meaning))
            for column, label in enumerate(pair):
                self._grid.addWidget(label, line, column + 1, Qt.AlignmentFlag.AlignRight)
            self._values[name] = pair
        self._grid.setColumnStretch(3, 1)

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        px = theme().px
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(20))
        self._grid.setVerticalSpacing(px(4))

    def show_rows(self, trained: int, tested: int) -> None:
        """How many rows each column is about."""
        texts = (self.tr("trained on ({n})").format(n=trained), self.tr("test rows ({n})").format(n=tested))
        for head, text in zip(self._heads, texts, strict=True):
            head.setText(text)
        self._heads[1].setVisible(bool(tested))
        for _, test in self._values.values():
            test.setVisible(bool(tested))

    def show_value(self, name: str, place: int, value: Number | None, display: Display) -> None:
        """Write one number."""
        label = self._values[name][place]
        text = NOTHING if value is None else display.both(value)
        if text != label.text():
            label.setText(text)
            label.setAccessibleDescription(text)

    def _label(self, role: str) -> QLabel:
        label = QLabel(self)
        label.setProperty("role", role)
        return label

    def _value(self, name: str, words: str, meaning: str) -> QLabel:
        label = QLabel(NOTHING, self)
        label.setObjectName(name)
        label.setAccessibleName(words)
        label.setToolTip(meaning)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label


class Block(QWidget):
    """What the blocks share: a title, and the two sets of rows.

    Signals:
        lit(rows): the pointer is on something that is about these rows; an empty set when it has left.
        selected(rows): these rows shall be selected.
    """

    lit = Signal(frozenset)
    selected = Signal(frozenset)

    def __init__(self, context: PanelContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self.title = QLabel(self)
        self.title.setProperty("role", "title")
        self.title.setWordWrap(True)
        self.column = QVBoxLayout(self)
        self.column.addWidget(self.title)

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme().px(8))


class MeasuredBlock(Block):
    """R squared and RMSE of one output."""

    def __init__(self, context: PanelContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        self.numbers = Numbers(
            (
                ("rSquared", "R²", what_each_means("r_squared", self.tr)),
                ("rmse", "RMSE", what_each_means("rmse", self.tr)),
            ),
            self,
        )
        names = ("residualFormula", "spreadFormula", "rSquaredFormula", "rmseFormula")
        self.formulas = {name: FormulaLines(name, FORMULA_SIZE, self) for name in names}
        self.mean = QLabel(self)
        self.mean.setObjectName("targetMean")
        self.mean.setProperty("role", "caption")
        for widget in (self.numbers, *self.formulas.values(), self.mean):
            self.column.addWidget(widget)
        self.restyle()

    def show_judged(self, found: Measured, title: str, trained: Rows, tested: Rows, *, test: bool) -> None:
        """Show the numbers of both sets of rows, and the formulas of one (*test*: the test rows)."""
        display = self.context.display
        self.title.setText(self.tr("{node} against {column}").format(node=title, column=found.name))
        self.numbers.show_rows(len(trained), len(tested))
        for place, rows in enumerate((trained, tested)):
            fit = found.fit(rows)
            self.numbers.show_value("rSquared", place, None if fit is None else fit.r_squared, display)
            self.numbers.show_value("rmse", place, None if fit is None else fit.rmse, display)
        shown = tested if test else trained
        fit = found.fit(shown)
        lines: dict[str, Markup] = {}
        if fit is not None:
            lines["residualFormula"] = residual_line(found, fit, shown, display)
            lines["spreadFormula"] = spread_line(found, fit, shown, display)
            lines["rSquaredFormula"] = r_squared_line(fit, display)
            lines["rmseFormula"] = rmse_line(fit, display)
            mean = self.tr("ȳ = {mean}: the mean of these {n} targets")
            self.mean.setText(mean.format(mean=display.text(fit.mean), n=fit.n))
        for name, formula in self.formulas.items():
            formula.set_markup(lines.get(name))

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        super().restyle()
        self.numbers.restyle()


class ClassifiedBlock(Block):
    """Accuracy and the confusion matrix; with one output, the threshold that decides."""

    def __init__(self, context: PanelContext, parent: QWidget) -> None:
        super().__init__(context, parent)
        meaning = what_each_means("accuracy", self.tr)
        self.numbers = Numbers((("accuracy", self.tr("accuracy"), meaning),), self)
        self.formula = FormulaLines("accuracyFormula", FORMULA_SIZE, self)
        self._caption = QLabel(self.tr("the second class from"), self)
        self._caption.setProperty("role", "muted")
        self.field = NumberField(context.display, self)
        self.field.setObjectName("metricsThreshold")
        self.field.setAccessibleName(self.tr("Threshold"))
        self.field.setToolTip(self.tr("From this value on the output counts as the second class"))
        self.field.set_step(Fraction(1, 20))
        self._gesture = Gesture(context, self)
        FieldEdits(self.field, self._gesture, self._set_threshold)
        self._threshold = QHBoxLayout()
        self._threshold.addWidget(self._caption)
        self._threshold.addWidget(self.field)
        self._threshold.addStretch(1)
        self._says = QLabel(self.tr("rows: what is true; columns: what the network says"), self)
        self._says.setProperty("role", "caption")
        self.matrix = MatrixModel(context.display, self)
        self.view = MatrixView(self.matrix, self)
        for part in (self.numbers, self._threshold, self.formula, self._says, self.view):
            if isinstance(part, QHBoxLayout):
                self.column.addLayout(part)
            else:
                self.column.addWidget(part)
        self._rows_of: Callable[[int, int], frozenset[int]] = lambda _actual, _predicted: frozenset()
        self._node = ""
        self.view.pointed.connect(lambda i, j: self.lit.emit(self._rows_of(i, j) if i >= 0 else frozenset()))
        self.view.chosen.connect(lambda i, j: self.selected.emit(self._rows_of(i, j)))
        self.restyle()

    def show_judged(self, found: Classified, title: str, trained: Rows, tested: Rows, *, test: bool) -> None:
        """Show the accuracy of both sets of rows, and the matrix of one (*test*: the test rows)."""
        display = self.context.display
        self.title.setText(title)
        self._node = found.nodes[0]
        self.numbers.show_rows(len(trained), len(tested))
        for place, rows in enumerate((trained, tested)):
            self.numbers.show_value("accuracy", place, accuracy(found.counts(rows)), display)
        for widget in (self._caption, self.field):
            widget.setVisible(found.threshold is not None)
        if found.threshold is not None:
            self.field.set_value(found.threshold)
        shown = tested if test else trained
        counts = found.counts(shown)
        self.formula.set_markup(accuracy_line(counts, self.tr, display))
        names = found.names
        if found.values:
            names = tuple(f"{found.column} = {display.text(value)}" for value in found.values)
        if self.matrix.show(names, counts):
            self.view.fit()
        self._rows_of = lambda actual, predicted: found.rows_in(actual, predicted, shown)

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        super().restyle()
        self.numbers.restyle()
        self._threshold.setSpacing(theme().px(8))
        self.view.fit()

    def _set_threshold(self, value: Number) -> None:
        text = self.tr("Set threshold of {node}")
        title = self.context.document.state.network.title(self._node)
        self._gesture.edit(text.format(node=title), set_threshold, self._node, value)
