"""How the parts of the editor work together: what tools, keys and menus find when they turn to their host."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtWidgets import QToolTip

from neurosim.canvas import accessible, spots
from neurosim.canvas.add_menu import AddMenu
from neurosim.canvas.adding import Adding
from neurosim.canvas.camera import Camera
from neurosim.canvas.close_ups import CloseUps
from neurosim.canvas.commands import GraphCommands
from neurosim.canvas.context_menus import ContextMenus
from neurosim.canvas.drawing.hits import Hit
from neurosim.canvas.feature_commands import FeatureCommands
from neurosim.canvas.held import HeldPicture
from neurosim.canvas.in_place import InPlaceEditor
from neurosim.canvas.interactions import walking
from neurosim.canvas.interactions.connect import Connect, Side
from neurosim.canvas.interactions.tool import Tool
from neurosim.canvas.keys import GraphKeys
from neurosim.canvas.layer_commands import LayerCommands
from neurosim.canvas.line_on_show import line_mark, row_on_show
from neurosim.canvas.pointer import Pointer
from neurosim.canvas.popups import Popups
from neurosim.canvas.scene import GraphScene
from neurosim.canvas.tips import FormulaTips
from neurosim.document.document import Document
from neurosim.document.edits import EditError
from neurosim.document.selection import OUTPUT, Selection
from neurosim.document.state import DocumentState
from neurosim.document.wires import wire_ends
from neurosim.training.notice import Notice
from neurosim.training.session import TrainingSession
from neurosim.widgets.announce import announce
from neurosim.widgets.display import Display


class Workbench(QObject):
    """Owns what the keyboard is on, what is held, and the parts of the editor.

    Attributes:
        document: what gestures change.
        session: what is computed from it.
        selection: what is chosen.
        display: how numbers are written.
        drawing: the items.
        camera: the view that shows them.
        commands, layers, features, pointer, keys, editor, popups, tips, close_ups, adding: the parts.
        held: the picture of what stands still while something is dragged, or ``None``.

    Signals:
        refused(sentence): something could not be done, and why.
        hovered(text): what is under the pointer or the keyboard and how to use it; empty when nothing is.
    """

    refused = Signal(str)
    hovered = Signal(str)

    def __init__(
        self,
        camera: Camera,
        drawing: GraphScene,
        document: Document,
        session: TrainingSession,
        selection: Selection,
        display: Display,
    ) -> None:
        super().__init__(camera)
        self.camera, self.drawing = camera, drawing
        self.document, self.session, self.selection, self.display = document, session, selection, display
        self.held: HeldPicture | None = None
        self._focus: Hit | None = None
        self._said = ""  # of the place of the keyboard, as long as nothing else was hovered
        viewport = camera.viewport()
        self.commands = GraphCommands(self, self)
        self.layers = LayerCommands(self, self.commands, lambda said: session.message.emit(Notice(said)), self)
        self.features = FeatureCommands(self, self.commands, lambda said: session.message.emit(Notice(said)), self)
        menus = ContextMenus(self, self.commands, self.layers, self.features, camera)
        self.popups = Popups(camera, drawing, menus)
        self.pointer = Pointer(self, self.commands, viewport)
        self.keys = GraphKeys(self, self.commands)
        self.tips = FormulaTips(drawing, session, display, viewport)
        self.editor = InPlaceEditor(self, viewport, self._field_rect)
        self.close_ups = CloseUps(self, self.commands)
        self.adding = Adding(self, self.commands, self.features, self.close_ups, self)
        self.pointer.hover_changed.connect(self._hover_changed)
        self.popups.closed.connect(lambda: camera.setFocus(Qt.FocusReason.PopupFocusReason))
        self.editor.closed.connect(lambda: camera.setFocus(Qt.FocusReason.OtherFocusReason))

    # -- changing the document -------------------------------------------------------------------------------------

    def edit(
        self, text: str, function: Callable[..., DocumentState], *args: object, gesture: object | None = None
    ) -> bool:
        """Change the document; a refusal is told to the user. Returns whether it was done."""
        try:
            self.document.edit(text, function, *args, gesture=gesture)
        except EditError as error:
            self.refuse(str(error))
            return False
        return True

    def refuse(self, sentence: str, at: QPointF | None = None) -> None:
        """Tell the user why something cannot be done: beside the place, and to whoever listens."""
        self.refused.emit(sentence)
        announce(self.camera, sentence)
        place = self.camera.mapFromScene(at) if at is not None else self.pointer.screen.toPoint()
        if self.camera.isVisible():
            viewport = self.camera.viewport()
            QToolTip.showText(viewport.mapToGlobal(place), sentence, viewport)

    def tidy(self) -> None:
        """Lay the graph out from left to right."""
        self.close_ups.close()
        self.commands.tidy()
        self.camera.fit_all()

    # -- fields and menus ------------------------------------------------------------------------------------------

    def open_number(self, parameter: str) -> None:
        """Open the number field over a weight or bias."""
        self.editor.open_number(parameter)

    def open_name(self, key: str) -> None:
        """Open the name field over a node; an output gets its menu of target columns."""
        if key.startswith(OUTPUT):
            self.popups.open_for(Hit("node", key))
        else:
            self.editor.open_name(key)

    def rename_selection(self) -> None:
        """Open the name field over the selected node."""
        chosen = [key for key in self.selection.ids if key in self.drawing.nodes]
        if len(chosen) == 1:
            self.open_name(chosen[0])
        else:
            self.refuse(self.tr("Choose one node to rename."))

    def open_menu(self, at: QPointF) -> None:
        """Open the context menu of what is at a place."""
        self.popups.open_at(at)

    def open_menu_at_focus(self) -> None:
        """Open the context menu of what the keyboard is on."""
        self.popups.open_for(self._focus or Hit("empty"))

    def offer_nodes(self, at: QPointF, source: str | None = None, target: str | None = None) -> None:
        """Open the add menu at a place; what is chosen is connected from *source* or to *target*."""
        self.close_ups.close()
        self.popups.show(AddMenu(self, self.commands, self.features, at, self.camera, source=source, target=target), at)

    def open_add_menu(self) -> None:
        """Open the add menu at the pointer, or in the middle when the pointer is elsewhere."""
        viewport, screen = self.camera.viewport(), self.pointer.screen.toPoint()
        inside = viewport.underMouse() and viewport.rect().contains(screen)
        self.offer_nodes(self.camera.mapToScene(screen) if inside else self.adding.place())

    # -- gestures --------------------------------------------------------------------------------------------------

    @property
    def tool(self) -> Tool | None:
        """The gesture under way."""
        return self.pointer.tool

    def cancel(self) -> bool:
        """Esc: cancel the gesture, close the field or the close-up; returns whether there was one."""
        if self.pointer.cancel():
            self.drawing.update()
            return True
        if self.editor.key:
            self.editor.close(take=False)
            return True
        return self.close_ups.close()

    def start_connecting(self, node: str) -> None:
        """Take a new edge at a node's out port in hand: arrows and Enter, or a click, end it."""
        self.start_connecting_at(Hit("out", node))

    def start_connecting_at(self, hit: Hit) -> None:
        """Take a new edge at a port in hand."""
        item = self.drawing.nodes[hit.key]
        side: Side = "in" if hit.part == "in" else "out"
        port = item.pos() + (item.in_port() if side == "in" else item.out_port())
        tool = Connect(self, port, QPointF(self.camera.mapFromScene(port)), hit.key, side)
        self.pointer.take(tool)
        tool.released(port, tool.start_screen, Qt.KeyboardModifier.NoModifier)
        self.camera.setFocus(Qt.FocusReason.OtherFocusReason)

    def conclude(self) -> None:
        """End a connection that is in hand where it points to."""
        tool = self.pointer.tool
        if isinstance(tool, Connect):
            self.pointer.drop()
            tool.conclude()

    def hold(self, keys: Iterable[str]) -> None:
        """Only these nodes and their edges move now: everything else is painted from a picture."""
        self.held = HeldPicture(self.camera, self.drawing, keys)

    def let_go(self) -> None:
        """Nothing is held any more."""
        self.held = None
        self.camera.viewport().update()

    def forget_held(self) -> None:
        """What stands still has changed: its picture is painted anew."""
        if self.held is not None:
            self.held.forget()

    # -- what is shown ---------------------------------------------------------------------------------------------

    @property
    def focus_hit(self) -> Hit | None:
        """What the keyboard is on."""
        return self._focus

    def set_focus_hit(self, at: Hit | None) -> None:
        """Put the keyboard on something: it is shown, said, and selected when it can be."""
        self._focus = at
        if at is not None:
            self.selection.select({at.owner})
            self.camera.show_rect(spots.rect_of(self.drawing, at))
            words = accessible.describe_hit(self.drawing, at)
            announce(self.camera, words)
            self._say(words)
        self.show_looks()

    def say_focus_anew(self) -> None:
        """What was said of the place of the keyboard stays true: its numbers are today's, or nothing is said."""
        if self._said:
            here = self._focus if self.camera.hasFocus() else None
            known = here is not None and walking.valid(self.drawing, here)
            words = accessible.describe_hit(self.drawing, here) if here is not None and known else ""
            if words != self._said:
                self._say(words)

    def put_focus(self, at: Hit | None) -> None:
        """Put the keyboard on something without a word."""
        self._focus = at

    @property
    def row(self) -> int:
        """The row whose values are on show (from 0): that of the current line, else the first one that is selected.

        Without either it is the row in turn, where each step reads one row.
        """
        row = row_on_show(self.session.walk)
        if row is None:
            row = min(self.selection.rows, default=self.session.walk.turn or 0)
        return min(row, max(self.document.state.dataset.n_rows - 1, 0))

    def show_row(self, step: int) -> None:
        """Select the row *step* further, so that its values are on show everywhere."""
        count = self.document.state.dataset.n_rows
        if count:
            self.selection.select_rows({min(max(self.row + step, 0), count - 1)})

    def write_values(self) -> None:
        """Write the newest numbers of the row on show."""
        self.drawing.set_snapshot(self.session.snapshot, self.row)

    def show_line(self) -> None:
        """Show what the current line of the walk concerns."""
        mark = line_mark(self.session.walk, self.display)
        self.drawing.set_line(mark, self.camera.room() if mark is not None else QRectF())

    def show_page(self, node: str | None) -> None:
        """Draw the close-up of *node*, or the whole network."""
        self.drawing.page = node
        self.drawing.set_state(self.document.state, force=True)
        self.write_values()
        self.pointer.hit = None
        self._focus = None if node is None else Hit("node", node)
        self.show_looks()

    def show_looks(self) -> None:
        """Show what is selected, lit up, under the pointer and under the keyboard."""
        focus = self._focus if self.camera.hasFocus() else None
        self.forget_held()
        self.drawing.set_looks(self.selection.ids, self.selection.lit, self.pointer.hit, focus)

    def fit_selection(self) -> None:
        """Show what is selected, or everything."""
        keys: set[str] = set()
        for key in self.selection.ids:
            edge, wire = self.drawing.network.edge_by_id.get(key), wire_ends(key)
            keys |= set(wire) if wire is not None else {key} if edge is None else {edge.source, edge.target}
        keys &= self.drawing.nodes.keys()
        if keys:
            self.camera.fit_rect(self.drawing.graph_rect(keys))
        else:
            self.camera.fit_all()

    def toggle_close_up(self, node: str) -> None:
        """Open a neuron into its close-up, or close it."""
        self.close_ups.toggle(node)

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _hover_changed(self, text: str) -> None:
        self.show_looks()
        self._said = ""
        self.hovered.emit(text)

    def _say(self, words: str) -> None:
        self._said = words
        self.hovered.emit(words)

    def _field_rect(self, key: str) -> QRect:
        return self.camera.mapFromScene(spots.field_rect(self.drawing, key)).boundingRect()
