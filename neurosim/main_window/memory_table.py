"""What training remembers from step to step, as a table: velocities, running means, counts of mistakes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from neurosim.document.state import DocumentState
from neurosim.engine.methods import METHODS
from neurosim.engine.methods.perceptron_rule import mistakes_of
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.markup.write_text import write_text
from neurosim.widgets.display import Display
from neurosim.working.names import Names

MOST_ROWS = 12
"""So many parameters stand in the table."""

Cells = Sequence[Sequence[str]]


class MemoryTable(QWidget):
    """Owns the cells; hidden where nothing is remembered."""

    def __init__(self, display: Display, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("memoryTable")
        self.setAccessibleName(self.tr("What is remembered from step to step"))
        self._display = display
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 4, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(4)
        self._labels: dict[tuple[int, int], QLabel] = {}

    def show_state(self, state: DocumentState, only: str | None = None) -> None:
        """Show what the training of *state* remembers, of the parameter *only* or of all."""
        cells, rest = self._cells(state, only)
        columns = max(map(len, cells), default=0)
        for place in [place for place in self._labels if place[0] >= len(cells) or place[1] >= columns]:
            label = self._labels.pop(place)
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        for row, texts in enumerate(cells):
            for column, text in enumerate(texts):
                self._label(row, column).setText(text)
        self.setVisible(bool(cells))
        self.setToolTip(rest)
        self.setAccessibleDescription("; ".join(" ".join(row) for row in cells))

    def texts(self) -> list[list[str]]:
        """The cells that are shown, row by row; the first is the head."""
        rows = sorted({row for row, _ in self._labels})
        return [
            [label.text() for (_, _), label in sorted((p, q) for p, q in self._labels.items() if p[0] == row)]
            for row in rows
        ]

    def _label(self, row: int, column: int) -> QLabel:
        if (row, column) not in self._labels:
            label = QLabel(self)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", "caption" if row == 0 else "")
            side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
            label.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self._grid.addWidget(label, row, column)
            self._labels[row, column] = label
            label.show()
        return self._labels[row, column]

    def _cells(self, state: DocumentState, only: str | None) -> tuple[Cells, str]:
        training = state.training
        if "optimizer" in METHODS[training.method].idle and (only or training.method != "perceptron_rule"):
            return [], ""
        if training.method == "perceptron_rule":
            total, epoch = mistakes_of(training)
            head = [self.tr("Mistakes"), self.tr("this epoch"), self.tr("in all")]
            return [head, ["", str(epoch), str(total)]], ""
        kept = training.optimizer_state or {}
        optimizer = OPTIMIZERS[training.optimizer.name]
        known = optimizer.state_names(optimizer.complete(training.optimizer.settings))
        variables = [name for name in known if name in kept]
        if not variables:
            return [], ""
        names = Names(state.network, state.dataset.n_rows)
        parameters = [name for name in state.network.parameters if name in kept[variables[0]] and only in (None, name)]
        if not parameters:
            return [], ""
        rows = [["", *(self._title(variable) for variable in variables)]]
        for parameter in parameters[:MOST_ROWS]:
            values = [self._display.text(kept[variable].get(parameter, 0.0)) for variable in variables]
            rows.append([write_text(names.parameter(parameter)), *values])
        hidden = len(parameters) - MOST_ROWS
        return rows, self.tr("{n} more parameters are remembered alike.").format(n=hidden) if hidden > 0 else ""

    def _title(self, variable: str) -> str:
        """What a variable of an optimizer's state is called; the letters are those of the working."""
        known = {
            "momentum_buffer": self.tr("velocity v"),
            "exp_avg": self.tr("mean gradient m"),
            "exp_avg_sq": self.tr("mean square v"),
            "square_avg": self.tr("mean square s"),
            "grad_avg": self.tr("mean gradient m"),
            "sum": self.tr("sum of squares s"),
            "step": self.tr("steps t"),
        }
        return known.get(variable, variable)
