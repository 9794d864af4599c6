"""The right-click menus: the same commands as the keys, for what is under the pointer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QPointF
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from neurosim.canvas.commands import GraphCommands
from neurosim.canvas.drawing.hits import Hit
from neurosim.canvas.feature_commands import FeatureCommands
from neurosim.canvas.interactions.host import Host
from neurosim.canvas.layer_commands import LayerCommands
from neurosim.canvas.representation_menus import RepresentationMenus
from neurosim.document import edits
from neurosim.document.selection import OUTPUT
from neurosim.document.wires import wire_ends
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.collapse import is_linear
from neurosim.engine.layers import layer_of
from neurosim.engine.network import InputNode, Neuron


class MenuHost(Host, Protocol):
    """A host with the commands that concern the view rather than the document."""

    def open_name(self, key: str) -> None:
        """Open the name field over a node."""

    def toggle_close_up(self, node: str) -> None:
        """Open a neuron into its close-up, or close it."""

    def fit_selection(self) -> None:
        """Show what is selected."""

    def start_connecting(self, node: str) -> None:
        """Take a new edge at a node's out port in hand."""


class ContextMenus(QObject):
    """Builds a menu for a hit. Holds no state; has no signals."""

    def __init__(
        self,
        host: MenuHost,
        commands: GraphCommands,
        layers: LayerCommands,
        features: FeatureCommands,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._host, self._commands, self._layers, self._parent = host, commands, layers, parent
        self._representation = RepresentationMenus(host, features, self)

    def build(self, hit: Hit, at: QPointF) -> QMenu:
        """The menu for what is at *at*; what it belongs to becomes selected unless it is among the selection."""
        menu = QMenu(self._parent)
        menu.setObjectName("graphMenu")
        network = self._host.document.state.network
        owner = hit.owner
        if hit.part == "empty" or not owner:
            self._empty(menu, at)
            return menu
        if owner not in self._host.selection.ids:
            self._host.selection.select({owner})
        if hit.part == "chip":
            self._entry(menu, "edit-number", self.tr("Edit number"), lambda: self._host.open_number(hit.key), "Return")
        if owner in network.edge_by_id:
            self._edge(menu, owner, hit)
        elif owner.startswith(OUTPUT):
            self._output(menu, owner.removeprefix(OUTPUT))
        elif owner in network.node_by_id:
            self._node(menu, owner)
        elif wire_ends(owner) is not None:
            self._entry(menu, "delete", self.tr("Delete"), self._commands.delete, "Del")
        return menu

    def _empty(self, menu: QMenu, at: QPointF) -> None:
        self._entry(menu, "add", self.tr("Add…"), lambda: self._host.offer_nodes(at), "Shift+A")
        menu.addSeparator()
        self._entry(menu, "select-all", self.tr("Select all"), self._commands.select_all, "Ctrl+A")
        self._entry(menu, "tidy", self.tr("Tidy"), self._commands.tidy, "Ctrl+Shift+L")
        self._entry(menu, "fit", self.tr("Fit"), self._host.camera.fit_all, "Home")

    def _node(self, menu: QMenu, node: str) -> None:
        found = self._host.document.state.network.node_by_id[node]
        commands = self._commands
        if isinstance(found, Neuron):
            self._entry(menu, "close-up", self._close_up_text(node), lambda: self._host.toggle_close_up(node), "Return")
            if len(self._host.document.state.network.neurons) > 1 and self._host.drawing.page is None:
                there = self._host.drawing.is_opened(node)
                text = self.tr("Close in its place") if there else self.tr("Open in its place")
                self._entry(menu, "expand", text, lambda: commands.toggle_expanded(node))
            self._activations(menu, found)
            self._layer(menu, node)
            text = self.tr("Add bias") if found.bias is None else self.tr("Remove bias")
            self._entry(menu, "bias", text, lambda: commands.toggle_bias(node))
        else:
            if isinstance(found, InputNode):
                self._columns(menu, found)
            else:
                self._representation.of_feature(menu, found)
            self._representation.of_source(menu, node)
        menu.addSeparator()
        self._entry(menu, "connect", self.tr("Connect to…"), lambda: self._host.start_connecting(node))
        if self._host.document.state.network.output_of(node) is None and isinstance(found, Neuron):
            self._entry(menu, "output", self.tr("Make it an output"), lambda: commands.add_output(node))
        self._entry(menu, "rename", self.tr("Rename…"), lambda: self._host.open_name(node), "F2")
        menu.addSeparator()
        if isinstance(found, Neuron):
            self._switches(menu)
        self._entry(menu, "duplicate", self.tr("Duplicate"), commands.duplicate, "Ctrl+D")
        self._entry(menu, "delete", self.tr("Delete"), commands.delete, "Del")
        if isinstance(found, Neuron):
            self._entry(menu, "bridge", self.tr("Delete and reconnect"), commands.delete_and_reconnect, "Ctrl+Del")
        self._entry(menu, "fit-selection", self.tr("Fit selection"), self._host.fit_selection, "F")

    def _edge(self, menu: QMenu, edge: str, hit: Hit) -> None:
        if hit.part != "chip":
            self._entry(menu, "edit-number", self.tr("Edit weight"), lambda: self._host.open_number(edge), "Return")
        self._entry(menu, "insert", self.tr("Insert a neuron"), self._commands.insert_on_edge, "I")
        self._entry(menu, "insert-layer", self.tr("Insert a layer into selected edges"), self._layers.insert_before)
        self._switches(menu)
        menu.addSeparator()
        self._entry(menu, "delete", self.tr("Delete"), self._commands.delete, "Del")

    def _output(self, menu: QMenu, node: str) -> None:
        state = self._host.document.state
        output = state.network.output_of(node)
        targets = menu.addMenu(self.tr("Target column"))
        targets.setObjectName("targetMenu")
        group = QActionGroup(targets)
        choices: list[tuple[str | None, str]] = [(None, self.tr("none yet"))]
        choices += [(column, column) for column in state.dataset.names]
        for column, text in choices:
            self._option(
                targets,
                group,
                text,
                output is not None and output.column == column,
                partial(self._host.edit, self.tr("Choose target"), edits.set_output_column, node, column),
            )
        self._representation.of_output(menu, node)
        self._entry(menu, "delete", self.tr("Delete"), self._commands.delete, "Del")

    def _activations(self, menu: QMenu, neuron: Neuron) -> None:
        choices = menu.addMenu(self.tr("Activation"))
        choices.setObjectName("activationMenu")
        group = QActionGroup(choices)
        for name, activation in ACTIVATIONS.items():
            action = self._option(
                choices,
                group,
                activation.title,
                name == neuron.activation,
                partial(self._commands.set_activation, name),
            )
            action.setToolTip(activation.help)
        choices.setToolTipsVisible(True)

    def _layer(self, menu: QMenu, node: str) -> None:
        """What can be done to the whole layer of a neuron; where it is an output, what still can be."""
        network, layers = self._host.document.state.network, self._layers
        inner = menu.addMenu(self.tr("Layer"))
        inner.setObjectName("layerMenu")
        kinds = inner.addMenu(self.tr("Activation"))
        kinds.setObjectName("layerActivationMenu")
        for name, activation in ACTIVATIONS.items():
            self._entry(kinds, name, activation.title, partial(layers.set_layer_activation, name)).setToolTip(
                activation.help
            )
        kinds.setToolTipsVisible(True)
        self._entry(inner, "insert-before", self.tr("Insert a layer before"), layers.insert_before)
        feeds = bool(network.outgoing[node])
        if feeds:
            self._entry(inner, "insert-after", self.tr("Insert a layer behind"), layers.insert_after)
            inner.addSeparator()
            self._entry(inner, "widen", self.tr("Widen by a neuron"), layers.widen)
            self._entry(inner, "narrow", self.tr("Narrow by a neuron"), layers.narrow)
            hidden = network.output_of(node) is None
            if hidden and all(is_linear(network, other) for other in layer_of(network, [node])):
                self._entry(inner, "collapse", self.tr("Collapse…"), layers.collapse_wanted.emit)
        self._entry(inner, "skips", self.tr("Add skip connections"), layers.add_skips)

    def _columns(self, menu: QMenu, node: InputNode) -> None:
        choices = menu.addMenu(self.tr("Column"))
        choices.setObjectName("columnMenu")
        group = QActionGroup(choices)
        for column in self._host.document.state.dataset.names:
            self._option(
                choices,
                group,
                column,
                column == node.column,
                partial(self._host.edit, self.tr("Choose column"), edits.set_input_column, node.id, column),
            )

    def _switches(self, menu: QMenu) -> None:
        self._entry(menu, "mute", self.tr("Mute / unmute"), self._commands.toggle_muted, "M")
        self._entry(menu, "freeze", self.tr("Freeze / unfreeze"), self._commands.toggle_frozen, "Ctrl+L")

    def _close_up_text(self, node: str) -> str:
        shown = self._host.drawing.is_opened(node)
        return self.tr("Close the close-up") if shown else self.tr("Open close-up")

    @staticmethod
    def _entry(menu: QMenu, name: str, text: str, run: Callable[[], object], keys: str = "") -> QAction:
        # The keys are only shown: they are handled where they work without the menu, too.
        shown = f"{text}\t{QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)}" if keys else text
        action = menu.addAction(shown)
        action.setObjectName(name)
        action.triggered.connect(lambda _=False: run())
        return action

    @staticmethod
    def _option(menu: QMenu, group: QActionGroup, text: str, on: bool, run: Callable[[], object]) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(on)
        group.addAction(action)
        action.triggered.connect(lambda _=False: run())
        return action
