"""The node graph as other parts of the program know it: what they may ask of it and have it show or do."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtWidgets import QMenu, QWidget

from neurosim.canvas import stage_lettering, style
from neurosim.canvas.camera import MARGIN, Camera
from neurosim.canvas.commands import GraphCommands
from neurosim.canvas.corner_bar import CornerBar
from neurosim.canvas.drawing.hits import Hit
from neurosim.canvas.feature_commands import FeatureCommands
from neurosim.canvas.following import Following
from neurosim.canvas.interactions.tool import Tool
from neurosim.canvas.layer_commands import LayerCommands
from neurosim.canvas.scene import GraphScene
from neurosim.canvas.workbench import Workbench
from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.document.selection import Selection
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display


class GraphFace(Camera):
    """Owns the drawing, the workbench and the bar at the foot; ``GraphView`` gives it hands and eyes.

    Signals:
        refused(sentence): something could not be done, and why.
        hovered(text): what is under the pointer or the keyboard and how to use it; empty when nothing is.
        shown_changed(): numbers, gradients or pictures of outputs were switched on or off.
    """

    refused = Signal(str)
    hovered = Signal(str)
    shown_changed = Signal()

    def __init__(
        self,
        document: Document,
        session: TrainingSession,
        selection: Selection,
        display: Display,
        parent: QWidget | None = None,
    ) -> None:
        self._drawing = GraphScene(display)
        super().__init__(self._drawing, parent)
        self._drawing.setParent(self)
        self._stage_height: float | None = None
        self._bench = Workbench(self, self._drawing, document, session, selection, display)
        self.keys = self._bench.keys
        self._bar = CornerBar(self)
        Following(self._bench, self._bar)
        self._bench.refused.connect(self.refused)
        self._bench.hovered.connect(self.hovered)
        self.zoom_changed.connect(self._bar.set_zoom)
        self._bar.zoom_in_requested.connect(self.zoom_in)
        self._bar.zoom_out_requested.connect(self.zoom_out)
        self._bar.zoom_reset_requested.connect(self.zoom_reset)
        self._bar.row_requested.connect(self._bench.show_row)

    @property
    def drawing(self) -> GraphScene:
        """The items."""
        return self._drawing

    def has_foot(self) -> bool:
        """Whether the bar in the lower corners is shown."""
        return not self._bar.isHidden()

    @property
    def corner_bar(self) -> CornerBar:
        """The row on show and the zoom, in the lower corners."""
        return self._bar

    @property
    def commands(self) -> GraphCommands:
        """What can be done to what is selected."""
        return self._bench.commands

    @property
    def layers(self) -> LayerCommands:
        """What can be done to whole layers."""
        return self._bench.layers

    @property
    def features(self) -> FeatureCommands:
        """What can be done to the representation of the data."""
        return self._bench.features

    def add_feature(self, transform: str) -> str | None:
        """Add a feature of what is selected in free space; returns its id."""
        return self._bench.adding.add_feature(transform)

    def draw_architecture(self, plan: edits.Plan, text: str) -> bool:
        """Draw an architecture in place of the network, laid out, as one edit named *text*."""
        self._bench.close_ups.close()
        return self._bench.layers.draw(plan, text)

    @property
    def tool(self) -> Tool | None:
        """The gesture under way."""
        return self._bench.tool

    @property
    def focus_hit(self) -> Hit | None:
        """What the keyboard is on."""
        return self._bench.focus_hit

    def set_focus_hit(self, at: Hit | None) -> None:
        """Put the keyboard on something: it is shown, said, and selected when it can be."""
        self._bench.set_focus_hit(at)

    @property
    def show_numbers(self) -> bool:
        """Whether weights, biases and values are written on the graph."""
        return self._drawing.show_numbers

    def set_show_numbers(self, on: bool) -> None:
        """Write weights, biases and values on the graph, or not."""
        if on != self.show_numbers:
            self._drawing.set_shown(numbers=on, gradients=self.show_gradients)
            self.shown_changed.emit()

    def set_hidden(self, parameters: frozenset[str]) -> None:
        """Keep the numbers of these weights and biases from the reader."""
        self._drawing.set_hidden(parameters)

    def set_show_results(self, on: bool) -> None:
        """Write what is worked out from data and weights, or leave it to the reader."""
        self._drawing.set_show_results(on)

    @property
    def show_gradients(self) -> bool:
        """Whether each parameter's gradient stands beside it."""
        return self._drawing.show_gradients

    def set_show_gradients(self, on: bool) -> None:
        """Write each parameter's gradient beside it, or not."""
        if on != self.show_gradients:
            self._drawing.set_shown(numbers=self.show_numbers, gradients=on)
            self.shown_changed.emit()

    @property
    def show_outputs(self) -> bool:
        """Whether each neuron has a picture of its output over the inputs; at first where there is a hidden layer."""
        return self._drawing.pictures.on

    @property
    def can_show_outputs(self) -> bool:
        """Whether there can be pictures of outputs: with one or two inputs, at neurons that are not opened."""
        return self._drawing.pictures.possible

    def set_show_outputs(self, on: bool) -> None:
        """Draw the picture of its output at each neuron, or not."""
        if on != self.show_outputs:
            self._drawing.set_show_outputs(on)
            self._bench.forget_held()
            if self.fitted:
                self.fit_all()
            self.shown_changed.emit()

    def add_menu(self, at: QPointF | None = None, parent: QWidget | None = None) -> QMenu:
        """The menu of everything that can be added, for a button; new nodes stand at *at* or in free space."""
        return self._bench.adding.menu(at, parent if parent is not None else self)

    def open_add_menu(self) -> None:
        """Open the add menu at the pointer, or in the middle when the pointer is elsewhere."""
        self._bench.open_add_menu()

    def add_input(self, column: str | None = None) -> str | None:
        """Add an input in free space; returns its id."""
        return self._bench.adding.add_input(column if isinstance(column, str) else None)

    def add_neuron(self, activation: str = "identity") -> str | None:
        """Add a neuron in free space; returns its id."""
        return self._bench.adding.add_neuron(activation if isinstance(activation, str) else "identity")

    def add_output(self, node: str | None = None) -> str | None:
        """Make *node*, or the selected one, an output; returns the output's id."""
        return self._bench.adding.add_output(node if isinstance(node, str) else None)

    def delete_selection(self) -> None:
        """Delete what is selected, and nothing else."""
        self.commands.delete()

    def duplicate_selection(self) -> None:
        """Copy the selected nodes."""
        self.commands.duplicate()

    def select_all(self) -> None:
        """Select the whole graph."""
        self.commands.select_all()

    def rename_selection(self) -> None:
        """Open the name field over the selected node."""
        self._bench.rename_selection()

    def toggle_mute(self) -> None:
        """Mute the selected weights and biases, or let them count again."""
        self.commands.toggle_muted()

    def toggle_freeze(self) -> None:
        """Freeze the selected weights and biases, or let them learn again."""
        self.commands.toggle_frozen()

    def insert_on_edge(self) -> None:
        """Put a neuron into each selected edge."""
        self.commands.insert_on_edge()

    def tidy(self) -> None:
        """Lay the graph out from left to right."""
        self._bench.tidy()

    def open_close_up(self, node: str) -> None:
        """Open a neuron: in its place when it is the only one, else alone with what feeds it, filling the view."""
        self._bench.close_ups.open(node)

    def whole(self) -> QRectF:
        """The rectangle that Fit shows."""
        return self._drawing.graph_rect()

    def set_stage(self, height: float | None, *, quiet: bool = False) -> None:
        """Be read from the last row of a room in which the window is *height* pixels high; ``None``: at a desk again.

        All numbers are then as high as ``stage_lettering`` wants, however small the graph has to be; *quiet* leaves
        out gradients and products that nobody speaks of, as it is in any network of several neurons.
        """
        self._stage_height = height
        self._drawing.set_quiet(quiet)
        self.fit_all()

    def fit_all(self) -> None:
        """Show everything; for a class with words so large that they can be read, whatever that takes of the room."""
        height = self._stage_height
        if height is None and style.lettering() == 1.0:
            super().fit_all()
            return
        if height is None:
            self._letter(1.0)
            super().fit_all()
            return
        super().fit_all()
        for factor in stage_lettering.factors(height, self.detail, style.lettering):
            self._letter(factor)
            super().fit_all()
        self._drawing.place_beside(self.room())

    def margin(self) -> float:
        """For a class, little: each number counts."""
        return MARGIN / 2 if self._stage_height is not None else super().margin()

    def _letter(self, factor: float) -> None:
        self._drawing.set_lettering(factor)
        self._bench.forget_held()
        self._bench.show_line()
        self._bench.show_looks()

    @property
    def far_below(self) -> float:
        """The zoom below which the network is seen from far away."""
        return self._drawing.far_below

    def whole_from_far(self) -> QRectF:
        """The bodies of all nodes, without the words around them."""
        return self._drawing.bodies_rect()

    def fit_selection(self) -> None:
        """Show what is selected, or everything."""
        self._bench.fit_selection()
