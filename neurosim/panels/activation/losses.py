"""The lower half of the microscope: what each row of a probability costs, and how strongly it pulls at z."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from neurosim.engine.network import Neuron
from neurosim.engine.snapshot import Snapshot
from neurosim.panels._paint import ChipLines
from neurosim.panels._row_links import LinkedRows
from neurosim.panels._threshold import threshold_of
from neurosim.panels.activation import words
from neurosim.panels.activation.loss_plot import LossPlot
from neurosim.panels.activation.shape import slope_at
from neurosim.panels.activation.slope_bars import SlopeBars
from neurosim.panels.activation.surprise import pull_of, surprise_of
from neurosim.panels.base import PanelContext
from neurosim.widgets.theme import theme

LOW = 190
"""Below so many pixels at 100 % the bars make room for the curves."""


class LossView(QFrame):
    """Owns the curves of the loss and the two bars.

    Signals:
        pointed(row): the pointer is on a row (an int), or on none (``None``).
        chosen(row): a row was clicked.
    """

    pointed = Signal(object)
    chosen = Signal(int)

    def __init__(
        self, context: PanelContext, linked: LinkedRows, held: Callable[[], int | None], parent: QWidget | None = None
    ) -> None:
        """Show rows as *linked* says; ``held()`` is the row that is in hand on the curve above."""
        super().__init__(parent)
        self.setProperty("role", "canvas")
        self._context = context
        self._node: str | None = None
        self.plot = LossPlot(linked, held, self._lines, context.display, self)
        self.bars = SlopeBars(context.display, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.plot.widget, 1)
        column.addWidget(self.bars)
        self.plot.pointed.connect(self.pointed)
        self.plot.chosen.connect(self.chosen)

    def show_node(self, snapshot: Snapshot, node: str, row: int | None) -> None:
        """Show the rows of *node*, with *row* as the chosen one."""
        self._node = node
        document = self._context.document
        threshold = threshold_of(document.state, node, None)
        text = self.tr("threshold {value}").format(value=self._context.display.text(threshold))
        # While a hand is at work nothing slides under it.
        held = document.history.head.open
        self.plot.show(surprise_of(snapshot, node), row, (float(threshold), text), held=held)
        pull = None
        neuron = snapshot.network.node_by_id.get(node)
        z = snapshot.pre_activation(node, row) if row is not None else None
        if row is not None and isinstance(neuron, Neuron) and z is not None:
            pull = pull_of(snapshot, node, row, slope_at(neuron.activation, z))
        title = self.tr("how the loss of point {number} changes with z").format(number=(row or 0) + 1)
        self.bars.show_pull(title, pull)

    def restyle(self) -> None:
        """Take the colours of the current theme."""
        self.plot.restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The curves come first."""
        super().resizeEvent(event)
        self.bars.setVisible(self.height() >= theme().px(LOW))

    def _lines(self, row: int) -> ChipLines:
        rows = self.plot.picture.rows
        if rows is None or self._node is None:
            return []
        return words.surprise_lines(rows, row, self._context.session.snapshot, self._node, self._context.display)
