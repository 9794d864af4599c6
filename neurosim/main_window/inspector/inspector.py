"""The inspector: the page that fits what is selected, refreshed with every frame while somebody sees it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from neurosim.document.selection import OUTPUT
from neurosim.engine.feature import Feature
from neurosim.engine.network import InputNode, Network
from neurosim.engine.snapshot import Snapshot
from neurosim.main_window.inspector.section import InspectorContext, Section
from neurosim.panels.base import is_seen
from neurosim.training.pace import Paced
from neurosim.widgets.theme import theme, theme_notifier

NARROWEST = 224
"""The least width in pixels at 100 %."""


class Inspector(QScrollArea):
    """Owns one section at a time: for a neuron, an edge, an input, a feature, an output, several of them, or nothing.

    Signals:
        title_changed(str): what the section shows, such as "Neuron f".
    """

    title_changed = Signal(str)

    def __init__(self, context: InspectorContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("inspector")
        self.setAccessibleName(self.tr("Inspector"))
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._context = context
        self._shown: object = None
        context.selection.selection_changed.connect(self.refresh)
        context.selection.rows_selected.connect(self.refresh)
        Paced(context.session, 20.0, self._frame, self)
        context.display.changed.connect(self.refresh)
        theme_notifier().changed.connect(self._rebuild)

    @property
    def section(self) -> Section:
        """The section shown, made when it is first asked for."""
        if self.widget() is None:
            self._show()
        widget = self.widget()
        if not isinstance(widget, Section):
            raise TypeError("The inspector always shows a section.")
        return widget

    def refresh(self, *_: object) -> None:
        """Show the page that fits the selection, with the present values; nothing while it is hidden."""
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        snapshot = self._context.session.snapshot
        network = snapshot.network
        ids = frozenset(
            i
            for i in self._context.selection.ids
            if i in network.node_by_id
            or i in network.edge_by_id
            or (i.startswith(OUTPUT) and network.output_of(i.removeprefix(OUTPUT)) is not None)
        )
        # The columns are part of what is shown: another table needs other choices.
        key = (ids if len(ids) < 2 else "several", snapshot.dataset.names, _form(network, ids))
        if key != self._shown:
            self._shown = key
            old = self.takeWidget()
            if old is not None:
                old.deleteLater()  # not at once: the change may come from a control inside it
            self.setWidget(self._section_for(ids))
        self.section.refresh(snapshot)
        self.title_changed.emit(self.section.title)

    def _frame(self, _snapshot: Snapshot) -> None:
        """A frame costs nothing while the inspector is behind another one's tab."""
        if is_seen(self):
            self.refresh()

    def catch_up(self) -> None:
        """It comes to the front of its tabs: show what happened meanwhile."""
        self.refresh()

    def minimumSizeHint(self) -> QSize:
        """Room for a caption and a field beside it: what is too wide could not be scrolled to."""
        return QSize(theme().px(NARROWEST), super().minimumSizeHint().height())

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the inspector was hidden; behind another tab it still is."""
        super().showEvent(event)
        if is_seen(self):
            self.refresh()

    def _section_for(self, ids: frozenset[str]) -> Section:
        from neurosim.main_window.inspector.edge import EdgeSection
        from neurosim.main_window.inspector.ends import InputSection, OutputSection
        from neurosim.main_window.inspector.feature import FeatureSection
        from neurosim.main_window.inspector.neuron import NeuronSection
        from neurosim.main_window.inspector.summary import SeveralSection, SummarySection

        if not ids:
            return SummarySection(self._context)
        if len(ids) > 1:
            return SeveralSection(self._context)
        identifier = next(iter(ids))
        network = self._context.session.snapshot.network
        if identifier.startswith(OUTPUT):
            return OutputSection(self._context, identifier.removeprefix(OUTPUT))
        if identifier in network.edge_by_id:
            return EdgeSection(self._context, identifier)
        node = network.node_by_id[identifier]
        if isinstance(node, InputNode):
            return InputSection(self._context, identifier)
        if isinstance(node, Feature):
            return FeatureSection(self._context, identifier)
        return NeuronSection(self._context, identifier)

    def _rebuild(self) -> None:
        """Take the lengths of another theme or zoom."""
        self._shown = None
        self.refresh()


def _form(network: Network, ids: frozenset[str]) -> object:
    """Which controls the page of one thing has, beyond its kind: those of its transform."""
    for identifier in ids if len(ids) == 1 else ():
        node, output = network.node_by_id.get(identifier), network.output_of(identifier.removeprefix(OUTPUT))
        if isinstance(node, Feature):
            return node.transform, node.sources
        if identifier.startswith(OUTPUT) and output is not None:
            return output.transform, output.column
    return None
