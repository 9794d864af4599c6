"""What the actions of the menu Network do, and the sheets that they open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from neurosim.canvas.view import GraphView
from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.document.edits import EditError
from neurosim.engine.layers import hidden_neurons
from neurosim.engine.transforms import TRANSFORMS
from neurosim.main_window.action_book import ActionBook
from neurosim.training.notice import Notice
from neurosim.widgets.display import Display

if TYPE_CHECKING:
    from neurosim.engine.collapse import Collapse
    from neurosim.main_window.architecture.collapse_sheet import CollapseSheet
    from neurosim.main_window.architecture.sheet import ArchitectureSheet


class NetworkCommands(QObject):
    """Owns the sheets, which are made when they are first wanted.

    Signals:
        refused(str): why something could not be done.
        offered(object): a sentence with a button, a ``Notice``.
    """

    refused = Signal(str)
    offered = Signal(object)

    def __init__(self, document: Document, display: Display, graph: GraphView, parent: QObject) -> None:
        super().__init__(parent)
        self._document, self._display, self._graph = document, display, graph
        self._anchor: QWidget = graph
        self._architecture: ArchitectureSheet | None = None
        self._collapse: CollapseSheet | None = None
        graph.layers.collapse_wanted.connect(self.collapse)

    def attach(self, anchor: QWidget) -> None:
        """Open the sheets beside *anchor* from now on."""
        self._anchor = anchor

    def handlers(self) -> Mapping[str, Callable[..., object]]:
        """What is called for each action, by the name of its handler."""
        layers = self._graph.layers
        return {
            "drawArchitecture": self.toggle_architecture,
            "drawKind": self.draw_kind,
            "insertLayerBefore": layers.insert_before,
            "insertLayerAfter": layers.insert_after,
            "widenLayer": layers.widen,
            "narrowLayer": layers.narrow,
            "addSkips": layers.add_skips,
            "layerActivation": layers.set_layer_activation,
            "hiddenActivation": layers.set_hidden_activation,
            "collapse": self.collapse,
            "readThrough": self._graph.features.through,
            "addSquares": self._graph.features.power,
            "addProduct": self._graph.features.product,
            "addFeature": self._graph.add_feature,
            "outputPerClass": self.output_per_class,
        }

    def refresh(self, book: ActionBook) -> None:
        """Enable the actions that depend on the drawing, on what of it is selected, and on which columns there are."""
        network = self._document.state.network
        layer = self._graph.layers.layer()
        edges = self._graph.commands.selected_edges()
        feeds = any(network.outgoing[node] for node in layer)
        book["insertLayerBefore"].setEnabled(bool(edges) or any(network.incoming[node] for node in layer))
        book["insertLayerAfter"].setEnabled(bool(edges) or feeds)
        book["widenLayer"].setEnabled(feeds)
        book["narrowLayer"].setEnabled(feeds and len(layer) > 1)
        hidden = hidden_neurons(network)
        book["addSkips"].setEnabled(bool(hidden))
        book["collapse"].setEnabled(bool(hidden))
        meant = self._graph.features.meant()
        for name in ("standardiseInputs", "minMaxInputs", "addSquares"):
            book[name].setEnabled(bool(meant))
        book["addProduct"].setEnabled(2 <= len(meant) <= TRANSFORMS["product"].sources[1])
        for handler, possible in (("layerActivation", bool(layer)), ("hiddenActivation", bool(hidden))):
            for action in book.handled_by(handler):
                action.setEnabled(possible)

    def refresh_classes(self, book: ActionBook) -> None:
        """Enable the action that depends on what the columns hold."""
        book["outputPerClass"].setEnabled(self._class_column() is not None)

    def toggle_architecture(self) -> None:
        """Open the sheet of architectures, or close it."""
        sheet = self._architecture_sheet()
        if sheet.isHidden():
            sheet.open_with()
        else:
            sheet.close_sheet()

    def draw_kind(self, name: str) -> None:
        """Open the sheet of architectures with one chosen."""
        self._architecture_sheet().open_with(name)

    def output_per_class(self) -> None:
        """Give each class of the target column an output."""
        column = self._class_column()
        if column is not None:
            self._graph.features.output_per_class(column)

    def _class_column(self) -> str | None:
        """The column of classes that is met, or else the last column of classes that nothing reads."""
        state, features = self._document.state, self._graph.features
        met = [output.column for output in state.network.outputs if output.column is not None]
        read = {node.column for node in state.network.inputs}
        rest = [name for name in reversed(state.dataset.names) if name not in read and name not in met]
        words = [name for name in rest if name in state.dataset.texts]
        return next((name for name in (*met, *words, *rest) if len(features.classes(name)) > 1), None)

    def collapse(self) -> None:
        """Show how two linear layers become one, and offer to do it."""
        try:
            self._graph.layers.collapse_planned()
        except EditError as error:
            self.refused.emit(str(error))
            return
        if self._collapse is None:
            from neurosim.main_window.architecture.collapse_sheet import CollapseSheet

            self._collapse = CollapseSheet(
                self._document, self._display, self._planned, self._graph.layers.collapse, self._anchor
            )
        self._collapse.open_sheet()

    def _planned(self) -> Collapse | None:
        try:
            return self._graph.layers.collapse_planned()
        except EditError:
            return None

    def _architecture_sheet(self) -> ArchitectureSheet:
        if self._architecture is None:
            from neurosim.main_window.architecture.sheet import ArchitectureSheet

            self._architecture = ArchitectureSheet(self._document, self._display, self._draw, self._anchor)
        return self._architecture

    def _draw(self, plan: edits.Plan, text: str) -> bool:
        """Draw an architecture; of two linear layers offer to show that they are one."""
        done = self._graph.draw_architecture(plan, text)
        if done and plan.architecture == "two_linear":
            said = self.tr("Without a bend between them these layers are one.")
            self.offered.emit(Notice(said, ((self.tr("Collapse…"), self.collapse),)))
        return done
