"""The node-graph editor: shows the network alive and turns mouse and keyboard into edits of the document."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from neurosim.canvas import stage_lettering, style
from neurosim.canvas.camera import MARGIN, Camera
from neurosim.canvas.commands import GraphCommands
from neurosim.canvas.corner_bar import CornerBar
from neurosim.canvas.drawing.hits import Hit
from neurosim.canvas.feature_commands import FeatureCommands
from neurosim.canvas.following import Following
from neurosim.canvas.foreground import paint_foreground
from neurosim.canvas.interactions import walking
from neurosim.canvas.interactions.tool import Tool
from neurosim.canvas.layer_commands import LayerCommands
from neurosim.canvas.scene import GraphScene
from neurosim.canvas.workbench import Workbench
from neurosim.document.document import Document
from neurosim.document.edits import Plan
from neurosim.document.selection import Selection
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display
from neurosim.widgets.guarded import guarded
from neurosim.widgets.theme import theme, theme_notifier

BY_KEYBOARD = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason)


class GraphView(Camera):
    """Owns the drawing and the workbench; takes the events, paints, and answers what other parts may ask for.

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
        self.setObjectName("graphView")
        self.setAccessibleName(self.tr("Node graph"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setMinimumSize(240, 180)
        self._by_keyboard = False
        self._stage_height: float | None = None
        self._bench = Workbench(self, self._drawing, document, session, selection, display)
        self.keys = self._bench.keys
        self._bar = CornerBar(self)
        Following(self._bench, self._bar)
        self._bench.refused.connect(self.refused)
        self._bench.hovered.connect(self.hovered)
        self.picture_moved.connect(self._picture_moved)
        self.zoom_changed.connect(self._bar.set_zoom)
        self._bar.zoom_in_requested.connect(self.zoom_in)
        self._bar.zoom_out_requested.connect(self.zoom_out)
        self._bar.zoom_reset_requested.connect(self.zoom_reset)
        self._bar.row_requested.connect(self._bench.show_row)
        theme_notifier().changed.connect(self._theme_changed)
        self._dress()

    # -- what others may ask for -----------------------------------------------------------------------------------

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

    def draw_architecture(self, plan: Plan, text: str) -> bool:
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

    # -- mouse -----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        self._by_keyboard = False
        if self.tool is None:
            self._bench.editor.close(take=True)
            self._bench.put_focus(None)
        self._bench.pointer.press(event, self._at(event))
        self.viewport().update()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or light up what is under the pointer."""
        self._bench.pointer.move(event, self._at(event))
        if self.tool is not None:
            self.viewport().update()
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the gesture."""
        self._bench.pointer.release(event, self._at(event))
        self._bench.show_looks()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open, rename, edit or add; but a gesture of two clicks takes it for its second one."""
        if event.button() != Qt.MouseButton.LeftButton or self.tool is not None:
            self.mousePressEvent(event)
            return
        self._bench.pointer.double_click(self._at(event))
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips with formulas."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._bench.tips.show(event, self._drawing.hit(self.mapToScene(event.pos()), self.detail()))
            return True
        if event.type() == QEvent.Type.Leave and self.tool is None:
            self._bench.pointer.hover(None)
        return super().viewportEvent(event)

    def _at(self, event: QMouseEvent) -> QPointF:
        return self.mapToScene(event.position().toPoint())

    # -- keyboard --------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the canvas; they act only while the canvas itself has the focus."""
        self._by_keyboard = True
        if not self._bench.keys.press(event):
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """The end of a held arrow key ends its gesture."""
        if not self._bench.keys.release(event):
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show what the keyboard is on."""
        super().focusInEvent(event)
        if event.reason() in BY_KEYBOARD:
            self._by_keyboard = True
            if self.focus_hit is None:
                self._bench.put_focus(walking.start(self._drawing, self._bench.selection.ids))
        self._bench.show_looks()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it again; a gesture in hand that has lost the keyboard stays only with a popup."""
        super().focusOutEvent(event)
        self._bench.keys.finish()
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self._bench.say_focus_anew()
        self._bench.show_looks()
        self.viewport().update()

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; while nodes are dragged, everything else comes from one picture."""
        if self._bench.held is None:
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        self._bench.held.paint(painter)
        self.drawForeground(painter, QRectF())
        painter.end()

    @guarded
    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The gesture, the words for an empty canvas or a close-up, and the ring of the keyboard."""
        del rect
        if self.tool is not None:
            self.tool.paint(painter)
        room = QRectF(self.viewport().rect())
        paint_foreground(painter, self._drawing, room, ring=self._by_keyboard and self.hasFocus())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar stays at the foot."""
        super().resizeEvent(event)
        self._bar.stand_at_foot(self.size())

    def _picture_moved(self) -> None:
        self._bench.forget_held()
        self._bench.editor.follow()
        self.viewport().update()

    def _theme_changed(self) -> None:
        self._dress()
        self._bench.forget_held()
        if self.fitted:
            self.fit_all()
        self.viewport().update()

    def _dress(self) -> None:
        self.setBackgroundBrush(theme().canvas)
        self._bar.stand_at_foot(self.size())
