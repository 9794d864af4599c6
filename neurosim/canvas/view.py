"""The node-graph editor: shows the network alive and turns mouse and keyboard into edits of the document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QGraphicsView, QMenu, QToolTip, QWidget

from neurosim.canvas import accessible, labels, style
from neurosim.canvas.add_menu import AddMenu
from neurosim.canvas.commands import GraphCommands
from neurosim.canvas.context_menus import ContextMenus
from neurosim.canvas.corner_bar import CornerBar
from neurosim.canvas.in_place import InPlaceEditor
from neurosim.canvas.interactions import walking
from neurosim.canvas.interactions.box_select import BoxSelect
from neurosim.canvas.interactions.connect import Connect, Side
from neurosim.canvas.interactions.keys import GraphKeys
from neurosim.canvas.interactions.move_nodes import MoveNodes
from neurosim.canvas.interactions.pan import Pan
from neurosim.canvas.interactions.scrub_number import ScrubNumber
from neurosim.canvas.interactions.tool import Tool
from neurosim.canvas.items.chip_layer import HEIGHT
from neurosim.canvas.scene import GraphScene, Hit
from neurosim.document.document import Document
from neurosim.document.edits import EditError
from neurosim.document.selection import OUTPUT, Selection
from neurosim.document.state import DocumentState
from neurosim.engine.network import Neuron, bias_id
from neurosim.engine.snapshot import Snapshot
from neurosim.training.session import TrainingSession
from neurosim.widgets.announce import announce
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme, theme_notifier

SMALLEST, LARGEST = 0.08, 4.0
ZOOM_STEP = 1.2
FIT_LARGEST = 1.5
"""Fit does not enlarge a small graph beyond this."""
BAR = 36


class GraphView(QGraphicsView):
    """Owns the picture: zoom, what the pointer and the keyboard are on, and the gesture under way.

    Signals:
        refused(sentence): something could not be done, and why.
        hovered(text): what is under the pointer and how to use it; empty when nothing is.
        shown_changed(): numbers or gradients were switched on or off.
        zoom_changed(factor)
    """

    refused = Signal(str)
    hovered = Signal(str)
    shown_changed = Signal()
    zoom_changed = Signal(float)

    def __init__(
        self,
        document: Document,
        session: TrainingSession,
        selection: Selection,
        display: Display,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document, self._session, self._selection, self._display = document, session, selection, display
        self._drawing = GraphScene(display, self)
        self.setScene(self._drawing)
        self.setObjectName("graphView")
        self.setAccessibleName(self.tr("Node graph"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState, True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setMinimumSize(240, 180)

        self.commands = GraphCommands(self, self)
        self._menus = ContextMenus(self, self.commands, self)
        self._editor = InPlaceEditor(self, self.viewport(), self._place_of)
        self._editor.closed.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        self._keys = GraphKeys(self, self.commands)
        self._tool: Tool | None = None
        self._hover: Hit | None = None
        self._focus: Hit | None = None
        self._last_screen = QPointF(self.viewport().rect().center())
        self._held: list[str] | None = None
        self._held_picture: QPixmap | None = None
        self._tip: tuple[QPoint, Hit] | None = None
        self._menu: QMenu | None = None
        self._fitted = True
        self._bar = CornerBar(self)
        self._bar.zoom_in_requested.connect(self.zoom_in)
        self._bar.zoom_out_requested.connect(self.zoom_out)
        self._bar.zoom_reset_requested.connect(self.zoom_reset)
        self._bar.row_requested.connect(self.show_row)

        document.state_changed.connect(self._state_changed)
        document.was_reset.connect(self._was_reset)
        session.snapshot_changed.connect(self._snapshot_changed)
        selection.selection_changed.connect(self._selection_changed)
        selection.rows_selected.connect(self._row_changed)
        selection.lit_changed.connect(self._show_looks)
        display.changed.connect(self._display_changed)
        theme_notifier().changed.connect(self._theme_changed)
        self.setSceneRect(QRectF(-50_000, -50_000, 100_000, 100_000))
        self._dress()
        self._drawing.set_state(document.state)
        self._row_changed()

    # -- for tools (interactions.host.Host) ------------------------------------------------------------------------

    @property
    def document(self) -> Document:
        """The document that gestures change."""
        return self._document

    @property
    def selection(self) -> Selection:
        """What is chosen."""
        return self._selection

    @property
    def display(self) -> Display:
        """How numbers are written."""
        return self._display

    @property
    def drawing(self) -> GraphScene:
        """The items."""
        return self._drawing

    def detail(self) -> float:
        """How many screen pixels one scene pixel takes."""
        return float(self.transform().m11())

    def edit(self, text: str, function: Callable[..., Any], *args: Any, gesture: object | None = None) -> bool:
        """Change the document; a refusal is told to the user. Returns whether it was done."""
        try:
            self._document.edit(text, function, *args, gesture=gesture)
        except EditError as error:
            self.refuse(str(error))
            return False
        return True

    def refuse(self, sentence: str, at: QPointF | None = None) -> None:
        """Tell the user why something cannot be done: beside the place, and to whoever listens."""
        self.refused.emit(sentence)
        announce(self, sentence)
        place = self.mapFromScene(at) if at is not None else self._last_screen.toPoint()
        if self.isVisible():
            QToolTip.showText(self.viewport().mapToGlobal(place), sentence, self.viewport())

    def hold(self, keys: Iterable[str]) -> None:
        """Only these nodes and their edges move now: everything else is painted from a picture."""
        self._held = sorted(self._drawing.companions(keys))
        self._held_picture = None

    def let_go(self) -> None:
        """Nothing is held any more."""
        self._held = None
        self._held_picture = None
        self.viewport().update()

    def offer_nodes(self, at: QPointF, source: str | None = None, target: str | None = None) -> None:
        """Open the add menu at a place; what is chosen is connected from *source* or to *target*."""
        self.close_close_up()
        menu = AddMenu(self, self.commands, at, self, source=source, target=target)
        self._popup(menu, at)

    def open_number(self, parameter: str) -> None:
        """Open the number field over a weight or bias."""
        self._editor.open_number(parameter)

    def open_name(self, key: str) -> None:
        """Open the name field over a node; an output gets its menu of target columns."""
        if key.startswith(OUTPUT):
            place = self._drawing.nodes[key].pos()
            self._popup(self._menus.build(Hit("node", key), place), place)
        else:
            self._editor.open_name(key)

    def open_menu(self, at: QPointF) -> None:
        """Open the context menu of what is at a place."""
        self._popup(self._menus.build(self._drawing.hit(at, self.detail()), at), at)

    def scroll_by(self, dx: float, dy: float) -> None:
        """Move the picture by screen pixels."""
        self._fitted = False
        horizontal, vertical = self.horizontalScrollBar(), self.verticalScrollBar()
        horizontal.setValue(horizontal.value() - round(dx))
        vertical.setValue(vertical.value() - round(dy))

    # -- what others may ask for -----------------------------------------------------------------------------------

    @property
    def show_numbers(self) -> bool:
        """Whether weights, biases and values are written on the graph."""
        return self._drawing.show_numbers

    def set_show_numbers(self, on: bool) -> None:
        """Write weights, biases and values on the graph, or not."""
        if on != self._drawing.show_numbers:
            self._drawing.show_numbers = on
            self._drawing.refresh_values()
            self._drawing.place_chips()
            self.shown_changed.emit()

    @property
    def show_gradients(self) -> bool:
        """Whether each parameter's gradient stands beside it."""
        return self._drawing.show_gradients

    def set_show_gradients(self, on: bool) -> None:
        """Write each parameter's gradient beside it, or not."""
        if on != self._drawing.show_gradients:
            self._drawing.show_gradients = on
            self._drawing.refresh_values()
            self._drawing.place_chips()
            self.shown_changed.emit()

    @property
    def row(self) -> int:
        """The row whose values are on show (from 0): the first selected one, else the first."""
        return min(self._selection.rows, default=0)

    def show_row(self, step: int) -> None:
        """Select the row *step* further, so that its values are on show everywhere."""
        count = self._document.state.dataset.n_rows
        if count:
            self._selection.select_rows({min(max(self.row + step, 0), count - 1)})

    def add_menu(self, at: QPointF | None = None, parent: QWidget | None = None) -> QMenu:
        """The menu of everything that can be added, for a button; new nodes stand at *at* or in free space."""
        place = at if at is not None else self._new_place()
        return AddMenu(self, self.commands, place, parent if parent is not None else self)

    def open_add_menu(self) -> None:
        """Open the add menu at the pointer, or in the middle when the pointer is elsewhere."""
        inside = self.viewport().rect().contains(self._last_screen.toPoint()) and self.viewport().underMouse()
        place = self.mapToScene(self._last_screen.toPoint()) if inside else self._new_place()
        self.offer_nodes(place)

    def add_input(self, column: str | None = None) -> str | None:
        """Add an input in free space; returns its id."""
        self.close_close_up()
        place = self._new_place("input")
        return self._shown(self.commands.add_input(place, column if isinstance(column, str) else None))

    def add_neuron(self, activation: str = "identity") -> str | None:
        """Add a neuron in free space; returns its id."""
        self.close_close_up()
        name = activation if isinstance(activation, str) else "identity"
        return self._shown(self.commands.add_neuron(self._new_place(), name))

    def add_output(self, node: str | None = None) -> str | None:
        """Make *node*, or the selected one, an output; returns the output's id."""
        candidates = [node] if node is not None else self.commands.output_candidates()
        if not candidates:
            self.refuse(self.tr("Choose the node that the output shall read."))
            return None
        return self._shown(self.commands.add_output(candidates[0]))

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
        chosen = [key for key in self._selection.ids if key in self._drawing.nodes]
        if len(chosen) == 1:
            self.open_name(chosen[0])
        else:
            self.refuse(self.tr("Choose one node to rename."))

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
        self.close_close_up()
        self.commands.tidy()
        self.fit_all()

    def open_close_up(self, node: str) -> None:
        """Open a neuron: in its place when it is the only one, else alone with what feeds it, filling the view."""
        network = self._document.state.network
        if not isinstance(network.node_by_id.get(node), Neuron):
            return
        if len(network.neurons) == 1:
            if not self._drawing.is_opened(node):
                self.commands.toggle_expanded(node)
        elif self._drawing.page != node:
            self._set_page(node)
        self.fit_all()

    def close_close_up(self) -> bool:
        """Show the whole network again; returns whether a close-up filled the view."""
        if self._drawing.page is None:
            return False
        self._set_page(None)
        self.fit_all()
        return True

    def toggle_close_up(self, node: str) -> None:
        """Open a neuron into its close-up, or close it."""
        if self._drawing.page == node:
            self.close_close_up()
        elif self._drawing.page is None and self._drawing.is_opened(node):
            self.commands.toggle_expanded(node)
            self.fit_all()
        else:
            self.open_close_up(node)

    def start_connecting(self, node: str) -> None:
        """Take a new edge at a node's out port in hand: arrows and Enter, or a click, end it."""
        self.start_connecting_at(Hit("out", node))

    def start_connecting_at(self, hit: Hit) -> None:
        """Take a new edge at a port in hand."""
        item = self._drawing.nodes[hit.key]
        side: Side = "in" if hit.part == "in" else "out"
        port = item.pos() + (item.in_port() if side == "in" else item.out_port())
        tool = Connect(self, port, QPointF(self.mapFromScene(port)), hit.key, side)
        self._tool = tool
        tool.released(port, tool.start_screen, Qt.KeyboardModifier.NoModifier)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_menu_at_focus(self) -> None:
        """Open the context menu of what the keyboard is on."""
        hit = self._focus or Hit("empty")
        if hit.part in {"edge", "chip"}:
            at = self._drawing.chips.chips[hit.key, "weight"].centre
        elif hit.key in self._drawing.nodes:
            at = self._drawing.nodes[hit.key].pos()
        else:
            at = self.mapToScene(self.viewport().rect().center())
        self._popup(self._menus.build(hit, at), at)

    def fit_all(self) -> None:
        """Show the whole graph; a small one is not enlarged beyond reason."""
        self._fit(self._drawing.graph_rect())
        self._fitted = True

    def fit_selection(self) -> None:
        """Show what is selected, or everything."""
        keys: set[str] = set()
        for key in self._selection.ids:
            edge = self._drawing.network.edge_by_id.get(key)
            keys |= {key} if edge is None else {edge.source, edge.target}
        keys &= self._drawing.nodes.keys()
        if keys:
            self._fit(self._drawing.graph_rect(keys))
            self._fitted = False
        else:
            self.fit_all()

    def zoom_in(self) -> None:
        """One step larger, around the middle."""
        self._zoom_by(ZOOM_STEP, QPointF(self.viewport().rect().center()))

    def zoom_out(self) -> None:
        """One step smaller."""
        self._zoom_by(1 / ZOOM_STEP, QPointF(self.viewport().rect().center()))

    def zoom_reset(self) -> None:
        """100 %."""
        self._zoom_by(theme().zoom / self.detail(), QPointF(self.viewport().rect().center()))

    # -- the keyboard's place --------------------------------------------------------------------------------------

    @property
    def focus_hit(self) -> Hit | None:
        """What the keyboard is on."""
        return self._focus

    def set_focus_hit(self, at: Hit | None) -> None:
        """Put the keyboard on something: it is shown, said, and selected when it can be."""
        self._focus = at
        if at is not None:
            owner = at.key.removesuffix(".bias") if at.part == "chip" else at.key
            self._selection.select({owner})
            self._bring_into_view(at)
            announce(self, accessible.describe_hit(self._drawing, at))
            self.hovered.emit(accessible.describe_hit(self._drawing, at))
        self._show_looks()

    @property
    def tool(self) -> Tool | None:
        """The gesture under way."""
        return self._tool

    def cancel(self) -> bool:
        """Esc: cancel the gesture, close the field or the close-up; returns whether there was one."""
        if self._tool is not None:
            tool, self._tool = self._tool, None
            tool.cancel()
            self._show_cursor()
            self._drawing.update()
            return True
        if self._editor.key:
            self._editor.close(take=False)
            return True
        return self.close_close_up()

    def conclude(self) -> None:
        """End a connection that is in hand where it points to."""
        if isinstance(self._tool, Connect):
            tool, self._tool = self._tool, None
            tool.conclude()
            self._show_cursor()

    # -- following the document ------------------------------------------------------------------------------------

    def _state_changed(self, old: DocumentState, new: DocumentState) -> None:
        if (
            self._tool is not None
            and not isinstance(self._tool, (ScrubNumber, Pan))
            and (old.network.node_by_id.keys() != new.network.node_by_id.keys())
        ):
            self.cancel()
        structure = _structure(old) != _structure(new)
        was_page = self._drawing.page
        self._drawing.set_state(new)
        self._held_picture = None
        if not walking.valid(self._drawing, self._focus):
            self._focus = None
        self._editor.refresh()
        if structure:
            self._drawing.set_snapshot(self._session.snapshot, self._row_within(new))
            self.setAccessibleDescription(accessible.describe_graph(self._drawing))
        if was_page != self._drawing.page:
            self.fit_all()
        self._show_row()
        self._show_looks()

    def _was_reset(self) -> None:
        self.cancel()
        self._focus = None
        self._drawing.page = None
        self._drawing.set_state(self._document.state, force=True)
        self._row_changed()
        self.fit_all()

    def _snapshot_changed(self, snapshot: Snapshot) -> None:
        self._held_picture = None
        self._drawing.set_snapshot(snapshot, self._row_within(self._document.state))
        self._editor.refresh()
        self._refresh_tip()
        self.viewport().update()

    def _row_within(self, state: DocumentState) -> int:
        return min(self.row, max(state.dataset.n_rows - 1, 0))

    def _row_changed(self) -> None:
        self._drawing.set_snapshot(self._session.snapshot, self._row_within(self._document.state))
        self.setAccessibleDescription(accessible.describe_graph(self._drawing))
        self._show_row()
        self.viewport().update()

    def _show_row(self) -> None:
        state = self._document.state
        self._bar.set_row(self._row_within(state), state.dataset.n_rows)

    def _selection_changed(self) -> None:
        if self._focus is not None:
            owner = self._focus.key.removesuffix(".bias") if self._focus.part == "chip" else self._focus.key
            if owner not in self._selection.ids:
                self._focus = None
        self._show_looks()

    def _show_looks(self) -> None:
        focus = self._focus if self.hasFocus() else None
        self._held_picture = None
        self._drawing.set_looks(self._selection.ids, self._selection.lit, self._hover, focus)

    def _display_changed(self) -> None:
        self._drawing.refresh_values()
        self._drawing.place_chips()
        self._zoom_by(1.0, QPointF(self.viewport().rect().center()))

    def _theme_changed(self) -> None:
        self._dress()
        self._held_picture = None
        if self._fitted:
            self.fit_all()
        self.viewport().update()

    def _dress(self) -> None:
        self.setBackgroundBrush(theme().canvas)
        self._place_bar()

    # -- mouse -----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture; nothing is done before the button goes up."""
        self._last_screen = event.position()
        at = self.mapToScene(event.position().toPoint())
        if self._tool is not None:
            if event.button() == Qt.MouseButton.LeftButton:
                self._tool.pressed(at, event.position(), event.modifiers())
            else:
                self.cancel()
            event.accept()
            return
        self._editor.close(take=True)
        self._tool = self._tool_for(event, at)
        self._show_cursor()
        event.accept()

    def _tool_for(self, event: QMouseEvent, at: QPointF) -> Tool | None:
        screen, button = event.position(), event.button()
        if button in (Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton):
            return Pan(self, at, screen, menu=button == Qt.MouseButton.RightButton)
        if button != Qt.MouseButton.LeftButton:
            return None
        hit = self._drawing.hit(at, self.detail())
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        self._focus = None
        if hit.part in {"out", "in"}:
            moving = self._edge_into(hit.key) if alt and hit.part == "in" else None
            if moving is not None:
                source = self._drawing.network.edge_by_id[moving].source
                return Connect(self, at, screen, source, "out", moving=moving)
            return Connect(self, at, screen, hit.key, "out" if hit.part == "out" else "in")
        if hit.part == "chip":
            return ScrubNumber(self, at, screen, hit.key)
        if hit.part in {"node", "grip", "name"}:
            return MoveNodes(self, at, screen, hit.key, grip=hit.part == "grip", detach=alt)
        if hit.part == "edge" and hit.key in self._drawing.network.edge_by_id:
            return self._edge_tool(hit.key, at, screen, alt)
        return BoxSelect(self, at, screen)

    def _edge_tool(self, edge: str, at: QPointF, screen: QPointF, alt: bool) -> Tool:
        if alt:
            found = self._drawing.network.edge_by_id[edge]
            away_source = self._drawing.nodes[found.source].pos() - at
            away_target = self._drawing.nodes[found.target].pos() - at
            near_target = away_target.manhattanLength() <= away_source.manhattanLength()
            kept, side = (found.source, "out") if near_target else (found.target, "in")
            return Connect(self, at, screen, kept, "out" if side == "out" else "in", moving=edge)
        return SelectEdge(self, at, screen, edge)

    def _edge_into(self, node: str) -> str | None:
        incoming = self._drawing.network.incoming.get(node, ())
        return incoming[-1].id if incoming else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or light up what is under the pointer."""
        self._last_screen = event.position()
        at = self.mapToScene(event.position().toPoint())
        if self._tool is not None:
            self._tool.moved(at, event.position(), event.modifiers())
            self._show_cursor()
            self.viewport().update()
        else:
            self._set_hover(self._drawing.hit(at, self.detail()))
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the gesture."""
        self._last_screen = event.position()
        tool = self._tool
        if tool is not None:
            at = self.mapToScene(event.position().toPoint())
            if tool.released(at, event.position(), event.modifiers()) and self._tool is tool:
                self._tool = None
            self._show_cursor()
            self._set_hover(self._drawing.hit(at, self.detail()))
            self.viewport().update()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On a neuron: its close-up; on a name: rename; on a number: edit; on nothing: add."""
        if event.button() != Qt.MouseButton.LeftButton:
            self.mousePressEvent(event)
            return
        if self._tool is not None:  # the second press of click, click
            self.mousePressEvent(event)
            return
        at = self.mapToScene(event.position().toPoint())
        hit = self._drawing.hit(at, self.detail())
        event.accept()
        if hit.part in {"node", "name"}:
            node = self._drawing.network.node_by_id.get(hit.key)
            if hit.part == "name" or not isinstance(node, Neuron):
                self.open_name(hit.key)
            else:
                self.toggle_close_up(hit.key)
        elif hit.part in {"edge", "chip"}:
            self.open_number(hit.key)
        elif hit.part == "empty":
            self.offer_nodes(at)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel zooms around the pointer; a trackpad scrolls, with Ctrl it zooms."""
        smooth = not event.pixelDelta().isNull() or event.phase() != Qt.ScrollPhase.NoScrollPhase
        if smooth and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            away = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta() / 8
            self.scroll_by(away.x(), away.y())
        else:
            turns = event.angleDelta().y() / 120 if event.angleDelta().y() else event.pixelDelta().y() / 60
            self._zoom_by(ZOOM_STEP**turns, event.position())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips with formulas, and pinching."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        if event.type() == QEvent.Type.NativeGesture and isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self._zoom_by(1.0 + event.value(), event.position())
            return True
        if event.type() == QEvent.Type.Leave and self._tool is None:
            self._set_hover(None)
        return super().viewportEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer is here: remember where, for what the keys add."""
        self._last_screen = event.position()
        super().enterEvent(event)

    def _set_hover(self, hit: Hit | None) -> None:
        if hit == self._hover:
            return
        self._hover = hit
        lit: set[str] = set()
        if hit is not None and hit.part != "empty":
            lit.add(hit.key)
            if hit.part == "chip" and hit.key.endswith(".bias") and not self._drawing.edges.row.get(hit.key):
                lit.add(hit.key.removesuffix(".bias"))
        self._selection.set_lit(lit)
        self._show_looks()
        self._show_cursor()
        self.hovered.emit(self._how_to(hit))

    def _how_to(self, hit: Hit | None) -> str:
        if hit is None or hit.part == "empty":
            return ""
        if hit.part == "chip":
            name = labels.describe_parameter(self._drawing.network, hit.key)
            return self.tr("{name}: click to type, drag sideways to change (Ctrl coarse, Shift fine)").format(name=name)
        if hit.part == "edge":
            return self.tr("weight {name}: click selects, Enter edits, Alt+drag takes an end elsewhere").format(
                name=hit.key
            )
        if hit.part in {"out", "in"}:
            return self.tr("Port: drag to another node, or click here and there, to connect")
        if hit.part == "grip":
            return self.tr("Grip: click to pick up, click again to put down; or drag")
        title = self.commands.title(hit.key)
        return self.tr("{name}: drag to move, double-click to open, right-click for more").format(name=title)

    def _show_cursor(self) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if self._tool is not None and self._tool.cursor is not None:
            shape = self._tool.cursor
        elif self._hover is not None:
            shape = {
                "chip": Qt.CursorShape.SizeHorCursor,
                "out": Qt.CursorShape.CrossCursor,
                "in": Qt.CursorShape.CrossCursor,
                "node": Qt.CursorShape.OpenHandCursor,
                "grip": Qt.CursorShape.OpenHandCursor,
                "edge": Qt.CursorShape.PointingHandCursor,
                "name": Qt.CursorShape.OpenHandCursor,
            }.get(self._hover.part, Qt.CursorShape.ArrowCursor)
        if self.viewport().cursor().shape() != shape:
            self.viewport().setCursor(shape)

    # -- tooltips --------------------------------------------------------------------------------------------------

    def tip_text(self, hit: Hit) -> str:
        """The formula of what is there, with the numbers plugged in."""
        snapshot = self._session.snapshot
        row = self._row_within(self._document.state)
        if hit.part in {"edge", "chip"}:
            lines = labels.parameter_formula(snapshot, hit.key, row, self._display)
        elif hit.key.startswith(OUTPUT):
            lines = labels.node_formula(snapshot, hit.key.removeprefix(OUTPUT), row, self._display)
        else:
            lines = labels.node_formula(snapshot, hit.key, row, self._display)
            problem = self._drawing.nodes[hit.key].look.problem if hit.key in self._drawing.nodes else ""
            lines += [problem] if problem else []
        return "\n".join(lines)

    def _show_tip(self, event: QHelpEvent) -> None:
        hit = self._drawing.hit(self.mapToScene(event.pos()), self.detail())
        if hit.part == "empty":
            QToolTip.hideText()
            self._tip = None
            return
        self._tip = (event.globalPos(), hit)
        QToolTip.showText(event.globalPos(), self.tip_text(hit), self.viewport())

    def _refresh_tip(self) -> None:
        if self._tip is None or not QToolTip.isVisible():
            return
        place, hit = self._tip
        text = self.tip_text(hit)
        if text and text != QToolTip.text():
            QToolTip.showText(place, text, self.viewport())

    # -- keyboard --------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the canvas; they act only while the canvas itself has the focus."""
        if not self._keys.press(event):
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """The end of a held arrow key ends its gesture."""
        if not self._keys.release(event):
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show what the keyboard is on."""
        super().focusInEvent(event)
        if self._focus is None and event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        ):
            self._focus = walking.start(self._drawing, self._selection.ids)
        self._show_looks()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it again; a gesture in hand that has lost the keyboard stays only with a popup."""
        super().focusOutEvent(event)
        self._keys.finish()
        self._show_looks()
        self.viewport().update()

    def focusNextPrevChild(self, following: bool) -> bool:
        """Tab leaves the canvas: it is never a trap."""
        parent = self.parentWidget()
        return QWidget.focusNextPrevChild(self, following) if parent is not None else False

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; while nodes are dragged, everything else comes from one picture."""
        if self._held is None:
            super().paintEvent(event)
            return
        if self._held_picture is None:
            self._held_picture = self._picture_without(self._held)
        painter = QPainter(self.viewport())
        painter.drawPixmap(0, 0, self._held_picture)
        painter.setRenderHints(self.renderHints())
        painter.setWorldTransform(self.viewportTransform())
        self._paint_held(painter, self._held)
        self.drawForeground(painter, QRectF())
        painter.end()

    def _paint_held(self, painter: QPainter, keys: list[str]) -> None:
        drawing, detail = self._drawing, self.detail()
        rows = drawing.rows_of(keys)
        drawing.edges.draw(painter, detail, rows)
        for key in keys:
            item = drawing.nodes.get(key)
            if item is not None:
                painter.save()
                painter.translate(item.pos())
                item.draw(painter, detail)
                painter.restore()
        parameters = {drawing.edges.entries[row].key for row in rows} | {bias_id(key) for key in keys}
        drawing.chips.draw(painter, detail, frozenset(parameters))

    def _picture_without(self, keys: list[str]) -> QPixmap:
        drawing, detail = self._drawing, self.detail()
        ratio = self.viewport().devicePixelRatioF()
        picture = QPixmap(self.viewport().size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(theme().canvas)
        moving = set(drawing.rows_of(keys))
        painter = QPainter(picture)
        painter.setRenderHints(self.renderHints())
        painter.setWorldTransform(self.viewportTransform())
        drawing.edges.draw(painter, detail, [i for i in range(len(drawing.edges.entries)) if i not in moving])
        for key, item in drawing.nodes.items():
            if key not in keys:
                painter.save()
                painter.translate(item.pos())
                item.draw(painter, detail)
                painter.restore()
        gone = {drawing.edges.entries[row].key for row in moving} | {bias_id(key) for key in keys}
        drawing.chips.draw(painter, detail, frozenset(name for name, _ in drawing.chips.chips if name not in gone))
        painter.end()
        return picture

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The gesture, the words for an empty canvas or a close-up, and the ring of the keyboard."""
        del rect
        if self._tool is not None:
            self._tool.paint(painter)
        of = theme()
        painter.save()
        painter.resetTransform()
        ratio = self.viewport().devicePixelRatioF()
        del ratio
        room = QRectF(self.viewport().rect())
        if not self._drawing.network.nodes:
            text = self.tr("Nothing is drawn yet: double-click, or press Shift+A, to add an input.")
            style.write(painter, text, style.VALUE, of.text_muted, room.center())
        elif self._drawing.page is not None:
            title = self._drawing.network.title(self._drawing.page)
            text = self.tr("Close-up of {node} · Esc shows the whole network").format(node=title)
            style.write(painter, text, style.CAPTION, of.text_muted, QPointF(room.center().x(), 18))
        elif self._drawing.banner:
            style.write(painter, self._drawing.banner, style.CAPTION, of.negative_text, QPointF(room.center().x(), 18))
        if self.hasFocus():
            painter.setPen(style.pen(of.accent, 2.0, of))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 4, 4)
        painter.restore()

    # -- zoom and place --------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture keeps its middle, or stays fitted."""
        super().resizeEvent(event)
        self._held_picture = None
        self._place_bar()
        if self._fitted:
            self.fit_all()
        self._editor.follow()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit the graph when it is first seen."""
        super().showEvent(event)
        if self._fitted:
            self.fit_all()
            QTimer.singleShot(0, self._fit_if_untouched)

    def _fit_if_untouched(self) -> None:
        if self._fitted:
            self.fit_all()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The field over a chip goes with the picture."""
        super().scrollContentsBy(dx, dy)
        self._held_picture = None
        self._editor.follow()

    def _fit(self, rect: QRectF) -> None:
        if rect.isEmpty():
            rect = QRectF(-150, -100, 300, 200)
        margin = 24 * theme().zoom
        room = QRectF(self.viewport().rect()).adjusted(margin, margin, -margin, -margin - BAR * theme().zoom)
        if room.width() < 20 or room.height() < 20:
            return
        scale = min(room.width() / rect.width(), room.height() / rect.height(), FIT_LARGEST * theme().zoom)
        self._set_scale(max(scale, SMALLEST))
        # The middle of the graph goes to the middle of the room, which is a little higher than that of the view.
        shift = (QRectF(self.viewport().rect()).center() - room.center()) / self.detail()
        self.centerOn(rect.center() + shift)
        self._held_picture = None
        self._editor.follow()
        self.viewport().update()

    def _set_scale(self, scale: float) -> None:
        transform = self.transform()
        transform.reset()
        transform.scale(scale, scale)
        self.setTransform(transform)
        self._bar.set_zoom(scale / theme().zoom)
        self.zoom_changed.emit(scale / theme().zoom)

    def _zoom_by(self, factor: float, around: QPointF) -> None:
        before = self.mapToScene(around.toPoint())
        scale = min(max(self.detail() * factor, SMALLEST), LARGEST * theme().zoom)
        if scale == self.detail():
            return
        self._fitted = False
        self._set_scale(scale)
        after = QPointF(self.mapFromScene(before)) - around
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + round(after.x()))
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + round(after.y()))
        self._held_picture = None
        self._editor.follow()
        self.viewport().update()

    def _place_bar(self) -> None:
        high = max(self._bar.sizeHint().height(), theme().px(28))
        self._bar.setGeometry(8, self.height() - high - 6, max(self.width() - 16, 40), high)

    def _place_of(self, key: str) -> QRect:
        """Where a chip or a name is on the viewport."""
        chip = self._drawing.chips.chips.get((key, "weight"))
        if chip is not None:
            rect = chip.rect() if chip.text else QRectF(chip.centre.x() - 40, chip.centre.y() - HEIGHT / 2, 80, HEIGHT)
        else:
            item = self._drawing.nodes[key]
            rect = item.name_rect().translated(item.pos())
        return self.mapFromScene(rect).boundingRect()

    def _bring_into_view(self, at: Hit) -> None:
        if at.part in {"edge", "chip"}:
            chip = self._drawing.chips.chips.get((at.key, "weight"))
            rect = chip.rect() if chip is not None else QRectF()
        else:
            rect = self._drawing.graph_rect({at.key})
        inside = self.mapToScene(self.viewport().rect().adjusted(0, 0, 0, -BAR)).boundingRect()
        if not rect.isEmpty() and not inside.contains(rect):
            self.ensureVisible(rect, 40, 40 + BAR)

    def _new_place(self, kind: str = "neuron") -> QPointF:
        """Where a node stands that nobody pointed a place for: beside the others, or in the middle of the view."""
        network = self._document.state.network
        if not network.nodes:
            return self.mapToScene(self.viewport().rect().center())
        inputs = [node.position for node in network.inputs]
        if kind == "input" and inputs:
            return QPointF(inputs[-1][0], max(y for _, y in inputs) + 96.0)
        neurons = [node.position for node in network.neurons]
        if neurons:
            return QPointF(neurons[-1][0], max(y for _, y in neurons) + 136.0)
        return QPointF(inputs[-1][0] + (240.0 if kind == "neuron" else -240.0), inputs[-1][1])

    def _shown(self, key: str | None) -> str | None:
        """Make sure that a new thing can be seen."""
        if key is not None:
            if self._fitted:
                self.fit_all()
            else:
                self._bring_into_view(Hit("node", key))
        return key

    def _set_page(self, node: str | None) -> None:
        self._drawing.page = node
        self._drawing.set_state(self._document.state, force=True)
        self._drawing.set_snapshot(self._session.snapshot, self._row_within(self._document.state))
        self._hover = None
        self._focus = None if node is None else Hit("node", node)
        self._show_looks()

    def _popup(self, menu: QMenu, at: QPointF) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.aboutToHide.connect(self._forget_menu)
        self._menu = menu
        menu.popup(self.viewport().mapToGlobal(self.mapFromScene(at)))

    def _forget_menu(self) -> None:
        self._menu = None


class SelectEdge(Tool):
    """A click selects an edge, Ctrl-click adds it; a drag that begins on an edge does nothing."""

    def __init__(self, host: GraphView, at: QPointF, screen: QPointF, edge: str) -> None:
        super().__init__(host, at, screen)
        self._edge = edge

    def released(self, at: QPointF, screen: QPointF, modifiers: Qt.KeyboardModifier) -> bool:
        """Select."""
        del at, screen
        if not self.dragged:
            if modifiers & Qt.KeyboardModifier.ControlModifier:
                self.host.selection.toggle(self._edge)
            else:
                self.host.selection.select({self._edge})
        return True


def _structure(state: DocumentState) -> tuple[object, ...]:
    network = state.network
    return (
        tuple(network.node_by_id),
        tuple(network.edge_by_id),
        network.outputs,
        tuple(node.activation for node in network.neurons),
        tuple(node.bias is None for node in network.neurons),
        network.muted,
        state.view,
    )
