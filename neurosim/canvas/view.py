"""The node-graph editor: shows the network alive and turns mouse and keyboard into edits of the document."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMenu, QToolTip, QWidget

from neurosim.canvas import accessible, labels, style
from neurosim.canvas.add_menu import AddMenu
from neurosim.canvas.camera import Camera
from neurosim.canvas.commands import GraphCommands
from neurosim.canvas.context_menus import ContextMenus
from neurosim.canvas.corner_bar import CornerBar
from neurosim.canvas.drawing.hits import Hit
from neurosim.canvas.held import HeldPicture
from neurosim.canvas.in_place import InPlaceEditor
from neurosim.canvas.interactions import walking
from neurosim.canvas.interactions.connect import Connect, Side
from neurosim.canvas.interactions.pan import Pan
from neurosim.canvas.interactions.scrub_number import ScrubNumber
from neurosim.canvas.interactions.tool import Tool
from neurosim.canvas.items.chip_layer import HEIGHT
from neurosim.canvas.keys import GraphKeys
from neurosim.canvas.pointer import Pointer
from neurosim.canvas.scene import GraphScene
from neurosim.document.document import Document
from neurosim.document.edits import EditError
from neurosim.document.selection import OUTPUT, Selection
from neurosim.document.state import DocumentState
from neurosim.engine.network import Neuron
from neurosim.engine.snapshot import Snapshot
from neurosim.training.session import TrainingSession
from neurosim.widgets.announce import announce
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme, theme_notifier

BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class GraphView(Camera):
    """Owns what the keyboard is on, the field that is open over a chip, and how all parts of the editor work together.

    Signals:
        refused(sentence): something could not be done, and why.
        hovered(text): what is under the pointer or the keyboard and how to use it; empty when nothing is.
        shown_changed(): numbers or gradients were switched on or off.
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
        self._held: HeldPicture | None = None  # Qt paints and resizes before the constructor is through
        self._drawing = GraphScene(display)
        super().__init__(self._drawing, parent)
        self._drawing.setParent(self)
        self._document, self._session, self._selection, self._display = document, session, selection, display
        self.setObjectName("graphView")
        self.setAccessibleName(self.tr("Node graph"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.setMinimumSize(240, 180)
        self._focus: Hit | None = None
        self._by_keyboard = False
        self._tip: tuple[QPoint, Hit] | None = None
        self._menu: QMenu | None = None
        self.commands = GraphCommands(self, self)
        self._menus = ContextMenus(self, self.commands, self)
        self._pointer = Pointer(self, self.commands, self.viewport())
        self._keys = GraphKeys(self, self.commands)
        self._editor = InPlaceEditor(self, self.viewport(), self._place_of)
        self._bar = CornerBar(self)
        self._connect()
        self._dress()
        self._drawing.set_state(document.state)
        self._row_changed()

    def _connect(self) -> None:
        self._document.state_changed.connect(self._state_changed)
        self._document.was_reset.connect(self._was_reset)
        self._session.snapshot_changed.connect(self._snapshot_changed)
        self._session.running_changed.connect(self._run_changed)
        self._selection.selection_changed.connect(self._selection_changed)
        self._selection.rows_selected.connect(self._row_changed)
        self._selection.lit_changed.connect(self._show_looks)
        self._display.changed.connect(self._display_changed)
        theme_notifier().changed.connect(self._theme_changed)
        self._pointer.hover_changed.connect(self._hover_changed)
        self._editor.closed.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        self.picture_moved.connect(self._picture_moved)
        self.zoom_changed.connect(self._bar.set_zoom)
        self._bar.zoom_in_requested.connect(self.zoom_in)
        self._bar.zoom_out_requested.connect(self.zoom_out)
        self._bar.zoom_reset_requested.connect(self.zoom_reset)
        self._bar.row_requested.connect(self.show_row)

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

    def edit(
        self, text: str, function: Callable[..., DocumentState], *args: object, gesture: object | None = None
    ) -> bool:
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
        place = self.mapFromScene(at) if at is not None else self._pointer.screen.toPoint()
        if self.isVisible():
            QToolTip.showText(self.viewport().mapToGlobal(place), sentence, self.viewport())

    def hold(self, keys: Iterable[str]) -> None:
        """Only these nodes and their edges move now: everything else is painted from a picture."""
        self._held = HeldPicture(self, self._drawing, keys)

    def let_go(self) -> None:
        """Nothing is held any more."""
        self._held = None
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

    # -- what others may ask for -----------------------------------------------------------------------------------

    @property
    def show_numbers(self) -> bool:
        """Whether weights, biases and values are written on the graph."""
        return self._drawing.show_numbers

    def set_show_numbers(self, on: bool) -> None:
        """Write weights, biases and values on the graph, or not."""
        if on != self._drawing.show_numbers:
            self._drawing.set_shown(numbers=on, gradients=self._drawing.show_gradients)
            self.shown_changed.emit()

    @property
    def show_gradients(self) -> bool:
        """Whether each parameter's gradient stands beside it."""
        return self._drawing.show_gradients

    def set_show_gradients(self, on: bool) -> None:
        """Write each parameter's gradient beside it, or not."""
        if on != self._drawing.show_gradients:
            self._drawing.set_shown(numbers=self._drawing.show_numbers, gradients=on)
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
        screen = self._pointer.screen.toPoint()
        inside = self.viewport().underMouse() and self.viewport().rect().contains(screen)
        place = self.mapToScene(screen) if inside else self._new_place()
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
        self._pointer.take(tool)
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

    def whole(self) -> QRectF:
        """The rectangle that Fit shows."""
        return self._drawing.graph_rect()

    def fit_selection(self) -> None:
        """Show what is selected, or everything."""
        keys: set[str] = set()
        for key in self._selection.ids:
            edge = self._drawing.network.edge_by_id.get(key)
            keys |= {key} if edge is None else {edge.source, edge.target}
        keys &= self._drawing.nodes.keys()
        if keys:
            self.fit_rect(self._drawing.graph_rect(keys))
        else:
            self.fit_all()

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
            self.show_rect(self._rect_of(at))
            announce(self, accessible.describe_hit(self._drawing, at))
            self.hovered.emit(accessible.describe_hit(self._drawing, at))
        self._show_looks()

    @property
    def tool(self) -> Tool | None:
        """The gesture under way."""
        return self._pointer.tool

    def cancel(self) -> bool:
        """Esc: cancel the gesture, close the field or the close-up; returns whether there was one."""
        if self._pointer.cancel():
            self._drawing.update()
            return True
        if self._editor.key:
            self._editor.close(take=False)
            return True
        return self.close_close_up()

    def conclude(self) -> None:
        """End a connection that is in hand where it points to."""
        if isinstance(self._pointer.tool, Connect):
            tool = self._pointer.tool
            self._pointer.drop()
            tool.conclude()

    # -- following the document ------------------------------------------------------------------------------------

    def _state_changed(self, old: DocumentState, new: DocumentState) -> None:
        if new.network is old.network and new.view is old.view and new.dataset.n_rows == old.dataset.n_rows:
            # A row moved: what that changes on the graph comes with the frame, not with each move of the mouse.
            self._drawing.set_state(new)
            return
        tool = self._pointer.tool
        nodes_differ = old.network.node_by_id.keys() != new.network.node_by_id.keys()
        if nodes_differ and tool is not None and not isinstance(tool, (ScrubNumber, Pan)):
            self._pointer.cancel()
        structure = _structure(old) != _structure(new)
        was_page = self._drawing.page
        self._drawing.set_state(new)
        self._forget_held()
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
        self._forget_held()
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
        self._forget_held()
        self._drawing.set_looks(self._selection.ids, self._selection.lit, self._pointer.hit, focus)

    def _display_changed(self) -> None:
        self._drawing.write_anew()
        self._forget_held()

    def _run_changed(self, running: bool) -> None:
        """A run leaves long decimals where fractions were: when it ends, a picture that showed all does so again."""
        if running or not self.fitted:
            return
        self._drawing.set_snapshot(self._session.snapshot, self._row_within(self._document.state))
        if not self.mapToScene(self.viewport().rect()).boundingRect().contains(self.whole()):
            self.fit_all()

    def _theme_changed(self) -> None:
        self._dress()
        self._forget_held()
        if self.fitted:
            self.fit_all()
        self.viewport().update()

    def _dress(self) -> None:
        self.setBackgroundBrush(theme().canvas)
        self._place_bar()

    # -- mouse -----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        self._by_keyboard = False
        if self._pointer.tool is None:
            self._editor.close(take=True)
            self._focus = None
        self._pointer.press(event, self.mapToScene(event.position().toPoint()))
        self.viewport().update()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the gesture, or light up what is under the pointer."""
        self._pointer.move(event, self.mapToScene(event.position().toPoint()))
        if self._pointer.tool is not None:
            self.viewport().update()
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the gesture."""
        self._pointer.release(event, self.mapToScene(event.position().toPoint()))
        self._show_looks()
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open, rename, edit or add; but a gesture of two clicks takes it for its second one."""
        if event.button() != Qt.MouseButton.LeftButton or self._pointer.tool is not None:
            self.mousePressEvent(event)
            return
        self._pointer.double_click(self.mapToScene(event.position().toPoint()))
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips with formulas."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(event)
            return True
        if event.type() == QEvent.Type.Leave and self._pointer.tool is None:
            self._pointer.hover(None)
        return super().viewportEvent(event)

    def _hover_changed(self, text: str) -> None:
        self._show_looks()
        self.hovered.emit(text)

    # -- tooltips --------------------------------------------------------------------------------------------------

    def tip_text(self, hit: Hit) -> str:
        """The formula of what is there, with the numbers plugged in."""
        snapshot = self._session.snapshot
        row = self._row_within(self._document.state)
        if hit.part in {"edge", "chip"}:
            return "\n".join(labels.parameter_formula(snapshot, hit.key, row, self._display))
        lines = labels.node_formula(snapshot, hit.key.removeprefix(OUTPUT), row, self._display)
        problem = self._drawing.nodes[hit.key].look.problem if hit.key in self._drawing.nodes else ""
        return "\n".join([*lines, problem] if problem else lines)

    def _show_tip(self, event: QHelpEvent) -> None:
        hit = self._drawing.hit(self.mapToScene(event.pos()), self.detail())
        if hit.part == "empty":
            QToolTip.hideText()
            self._tip = None
            return
        self._tip = (event.globalPos(), hit)
        QToolTip.showText(event.globalPos(), self.tip_text(hit), self.viewport())

    def _refresh_tip(self) -> None:
        """The tooltip's numbers go with a run."""
        if self._tip is None or not QToolTip.isVisible():
            return
        place, hit = self._tip
        text = self.tip_text(hit)
        if text and text != QToolTip.text():
            QToolTip.showText(place, text, self.viewport())

    # -- keyboard --------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys of the canvas; they act only while the canvas itself has the focus."""
        self._by_keyboard = True
        if not self._keys.press(event):
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """The end of a held arrow key ends its gesture."""
        if not self._keys.release(event):
            super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show what the keyboard is on."""
        super().focusInEvent(event)
        if event.reason() in BY_KEYBOARD:
            self._by_keyboard = True
            self._focus = self._focus or walking.start(self._drawing, self._selection.ids)
        self._show_looks()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide it again; a gesture in hand that has lost the keyboard stays only with a popup."""
        super().focusOutEvent(event)
        self._keys.finish()
        self._show_looks()
        self.viewport().update()

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint; while nodes are dragged, everything else comes from one picture."""
        if self._held is None:
            super().paintEvent(event)
            return
        painter = QPainter(self.viewport())
        self._held.paint(painter)
        self.drawForeground(painter, QRectF())
        painter.end()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """The gesture, the words for an empty canvas or a close-up, and the ring of the keyboard."""
        del rect
        if self._pointer.tool is not None:
            self._pointer.tool.paint(painter)
        of = theme()
        painter.save()
        painter.resetTransform()
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
        if self._by_keyboard and self.hasFocus():
            painter.setPen(style.pen(of.accent, 2.0, of))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(room.adjusted(1, 1, -1, -1), 4, 4)
        painter.restore()

    # -- zoom and place --------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar stays at the foot."""
        super().resizeEvent(event)
        self._place_bar()

    def _picture_moved(self) -> None:
        self._forget_held()
        self._editor.follow()
        self.viewport().update()

    def _forget_held(self) -> None:
        if self._held is not None:
            self._held.forget()

    def _rect_of(self, at: Hit) -> QRectF:
        if at.part in {"edge", "chip"}:
            chip = self._drawing.chips.chips.get((at.key, "weight"))
            return chip.rect() if chip is not None else QRectF()
        return self._drawing.graph_rect({at.key})

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
            if self.fitted:
                self.fit_all()
            else:
                self.show_rect(self._rect_of(Hit("node", key)))
        return key

    def _set_page(self, node: str | None) -> None:
        self._drawing.page = node
        self._drawing.set_state(self._document.state, force=True)
        self._drawing.set_snapshot(self._session.snapshot, self._row_within(self._document.state))
        self._pointer.hit = None
        self._focus = None if node is None else Hit("node", node)
        self._show_looks()

    def _popup(self, menu: QMenu, at: QPointF) -> None:
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.aboutToHide.connect(self._forget_menu)
        self._menu = menu
        menu.popup(self.viewport().mapToGlobal(self.mapFromScene(at)))

    def _forget_menu(self) -> None:
        self._menu = None
        self.setFocus(Qt.FocusReason.PopupFocusReason)  # the search field of a closed menu must not keep the keyboard


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
