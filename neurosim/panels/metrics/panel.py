"""The metrics as a panel: what training does not minimise, for the rows trained on and for those kept out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QStackedLayout, QVBoxLayout, QWidget

from neurosim.engine.metrics.classes import Classes
from neurosim.engine.metrics.judgement import Classified, Measured, judgements, rows_tested, rows_trained
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.panels._rows_lit import row_ref
from neurosim.panels._threshold import threshold_of
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.metrics.blocks import ClassifiedBlock, MeasuredBlock
from neurosim.panels.metrics.reasons import what_is_minimised, why_not
from neurosim.widgets.empty_state import EmptyState
from neurosim.widgets.segments import Segments
from neurosim.widgets.theme import theme

MOST_LIT = 2_000
"""Of more rows than this none light up when a cell is pointed at."""


class MetricsPanel(Panel):
    """Owns a block for each output (``MeasuredBlock`` or ``ClassifiedBlock``) and the choice of the rows shown."""

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("metricsPanel")
        self.setAccessibleName(self.tr("Metrics"))
        self._blocks: list[MeasuredBlock | ClassifiedBlock] = []
        self._head, self._why = QLabel(self), QLabel(self)
        for label, name in ((self._head, "metricsHead"), (self._why, "metricsWhy")):
            label.setObjectName(name)
            label.setWordWrap(True)
            label.setProperty("role", "muted")
        self.title_tools = tools = QWidget(self)
        self._tools_row = QHBoxLayout(tools)
        self._tools_row.setContentsMargins(0, 0, 0, 0)
        self.part = Segments((("train", self.tr("trained on")), ("test", self.tr("test rows"))), tools)
        self._tools_row.addWidget(self.part)
        self.part.setObjectName("metricsPart")
        self.part.setAccessibleName(self.tr("Which rows formulas and matrix are about"))
        self.part.chosen.connect(lambda _name: self.refresh_now())
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.addWidget(self._head)
        self._column.addWidget(self._why)
        self._column.addStretch(1)
        area = QScrollArea(self)
        area.setObjectName("metricsArea")
        area.setAccessibleName(self.tr("Metrics"))
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._inside)
        self._nothing = EmptyState(
            self.tr("There is nothing to judge yet: an output with a target column is needed, and rows."),
            icon_name="percent",
            parent=self,
        )
        self._pages = QStackedLayout(self)
        self._pages.addWidget(area)
        self._pages.addWidget(self._nothing)
        self._area = area
        self.watch()

    def refresh(self, snapshot: Snapshot) -> None:
        """Judge *snapshot*."""
        found = judgements(snapshot, self._threshold)
        self._pages.setCurrentWidget(self._area if found else self._nothing)
        if not found:
            self.part.hide()
            return
        kinds = [ClassifiedBlock if isinstance(one, Classified) else MeasuredBlock for one in found]
        if [type(block) for block in self._blocks] != kinds:
            self._rebuild(kinds)
        trained, tested = rows_trained(snapshot), rows_tested(snapshot)
        self.part.setVisible(bool(len(tested)))
        test = bool(len(tested)) and self.part.value() == "test"
        classified = any(isinstance(one, Classified) for one in found)
        self._head.setText(what_is_minimised(snapshot.settings, self.tr))
        self._why.setText(why_not(snapshot.settings, classified, self.tr))
        for block, one in zip(self._blocks, found, strict=True):
            title = self._title(snapshot, one)
            match block, one:
                case ClassifiedBlock(), Classified():
                    block.show_judged(one, title, trained, tested, test=test)
                case MeasuredBlock(), Measured():
                    block.show_judged(one, title, trained, tested, test=test)

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        px = theme().px
        self._column.setContentsMargins(px(12), px(8), px(12), px(12))
        self._column.setSpacing(px(12))
        for block in self._blocks:
            block.restyle()

    def _rebuild(self, kinds: list[type[MeasuredBlock] | type[ClassifiedBlock]]) -> None:
        for block in self._blocks:
            self._column.removeWidget(block)
            block.hide()
            block.deleteLater()
        self._blocks = [kind(self.context, self._inside) for kind in kinds]
        for place, block in enumerate(self._blocks):
            block.lit.connect(self._light)
            block.selected.connect(self.context.selection.select_rows)
            self._column.insertWidget(1 + place, block)
            block.show()

    def _title(self, snapshot: Snapshot, found: Classified | Measured) -> str:
        if isinstance(found, Measured):
            return snapshot.network.title(found.node)
        if found.threshold is None:
            return self.tr("The largest output names the class")
        node = snapshot.network.title(found.nodes[0])
        return self.tr("{node} tells {column} apart").format(node=node, column=found.column)

    def _threshold(self, node: str, classes: Classes) -> Number:
        return threshold_of(self.context.document.state, node, classes)

    def _light(self, rows: frozenset[int]) -> None:
        self.context.selection.set_lit({row_ref(row) for row in rows} if len(rows) <= MOST_LIT else ())
