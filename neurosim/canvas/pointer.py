"""The pointer: chooses the tool for a press, hands it the moves, and lights up what is hovered."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from neurosim.canvas import labels
from neurosim.canvas.commands import GraphCommands
from neurosim.canvas.context_menus import MenuHost
from neurosim.canvas.drawing.hits import Hit
from neurosim.canvas.interactions.box_select import BoxSelect
from neurosim.canvas.interactions.connect import Connect, Side
from neurosim.canvas.interactions.move_nodes import MoveNodes
from neurosim.canvas.interactions.pan import Pan
from neurosim.canvas.interactions.scrub_number import ScrubNumber
from neurosim.canvas.interactions.select_edge import SelectEdge
from neurosim.canvas.interactions.tool import Tool
from neurosim.document.wires import wire_ends
from neurosim.engine.network import Neuron

CURSORS = {
    "chip": Qt.CursorShape.SizeHorCursor,
    "out": Qt.CursorShape.CrossCursor,
    "in": Qt.CursorShape.CrossCursor,
    "node": Qt.CursorShape.OpenHandCursor,
    "grip": Qt.CursorShape.OpenHandCursor,
    "name": Qt.CursorShape.OpenHandCursor,
    "edge": Qt.CursorShape.PointingHandCursor,
    "badge": Qt.CursorShape.PointingHandCursor,
}


class Pointer(QObject):
    """Owns the gesture under way (``tool``), what is hovered (``hit``) and where the pointer was last (``screen``).

    Signals:
        hover_changed(text): something else is under the pointer, and how to use it.
    """

    hover_changed = Signal(str)

    def __init__(self, host: MenuHost, commands: GraphCommands, viewport: QWidget) -> None:
        super().__init__(viewport)
        self._host, self._commands, self._viewport = host, commands, viewport
        self.tool: Tool | None = None
        self.hit: Hit | None = None
        self.screen = QPointF(viewport.rect().center())

    def press(self, event: QMouseEvent, at: QPointF) -> None:
        """Begin a gesture; nothing is done before the button goes up. Another button cancels."""
        self.screen = event.position()
        if self.tool is None:
            self.tool = self._tool_for(event, at)
            self.show_cursor()
        elif event.button() == Qt.MouseButton.LeftButton:
            self.tool.pressed(at, event.position(), event.modifiers())
        else:
            self.cancel()

    def move(self, event: QMouseEvent, at: QPointF) -> None:
        """Go on with the gesture, or light up what is under the pointer."""
        self.screen = event.position()
        if self.tool is None:
            self.hover(at)
        else:
            self.tool.moved(at, event.position(), event.modifiers())
            self.show_cursor()

    def release(self, event: QMouseEvent, at: QPointF) -> None:
        """End the gesture, unless it waits for a second click."""
        self.screen = event.position()
        tool = self.tool
        if tool is None:
            return
        if tool.released(at, event.position(), event.modifiers()) and self.tool is tool:
            self.tool = None
        self.hover(at)
        self.show_cursor()

    def double_click(self, at: QPointF) -> None:
        """On a neuron: its close-up; on a name: rename; on a number: edit; on nothing: add."""
        hit = self._host.drawing.hit(at, self._host.camera.detail())
        if hit.part in {"node", "name"}:
            node = self._host.drawing.network.node_by_id.get(hit.key)
            if hit.part == "name" or not isinstance(node, Neuron):
                self._host.open_name(hit.key)
            else:
                self._host.toggle_close_up(hit.key)
        elif hit.part in {"edge", "chip"}:
            if wire_ends(hit.key) is None:
                self._host.open_number(hit.key)
        elif hit.part == "empty":
            self._host.offer_nodes(at)

    def take(self, tool: Tool) -> None:
        """Put a tool in hand without a press."""
        self.tool = tool
        self.show_cursor()

    def drop(self) -> Tool | None:
        """Take the tool out of the hand, without cancelling it."""
        tool, self.tool = self.tool, None
        self.show_cursor()
        return tool

    def cancel(self) -> bool:
        """Cancel the gesture; returns whether there was one."""
        tool = self.drop()
        if tool is None:
            return False
        tool.cancel()
        return True

    def hover(self, at: QPointF | None) -> None:
        """Light up what is at *at*; ``None``: the pointer is elsewhere."""
        hit = None if at is None else self._host.drawing.hit(at, self._host.camera.detail())
        if hit == self.hit:
            return
        self.hit = hit
        self._host.selection.set_lit(frozenset() if hit is None else hit.refs)
        self.show_cursor()
        self.hover_changed.emit(self._how_to(hit))

    def show_cursor(self) -> None:
        """The cursor says what a press would do."""
        shape = Qt.CursorShape.ArrowCursor
        if self.tool is not None and self.tool.cursor is not None:
            shape = self.tool.cursor
        elif self.hit is not None:
            shape = CURSORS.get(self.hit.part, shape)
        if self._viewport.cursor().shape() != shape:
            self._viewport.setCursor(shape)

    def _tool_for(self, event: QMouseEvent, at: QPointF) -> Tool | None:
        host, screen, button = self._host, event.position(), event.button()
        if button in (Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton):
            return Pan(host, at, screen, menu=button == Qt.MouseButton.RightButton)
        if button != Qt.MouseButton.LeftButton:
            return None
        hit = host.drawing.hit(at, host.camera.detail())
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if hit.part in {"out", "in"}:
            return self._port_tool(hit, at, screen, alt)
        if hit.part == "chip":
            return ScrubNumber(host, at, screen, hit.key)
        if hit.part in {"node", "grip", "name"}:
            return MoveNodes(host, at, screen, hit.key, grip=hit.part == "grip", detach=alt)
        if hit.part in {"edge", "badge"} and hit.key in host.drawing.network.edge_by_id:
            return self._edge_end(hit.key, at, screen) if alt else SelectEdge(host, at, screen, hit.key)
        if hit.part == "edge":
            return SelectEdge(host, at, screen, hit.key)
        return BoxSelect(host, at, screen)

    def _port_tool(self, hit: Hit, at: QPointF, screen: QPointF, alt: bool) -> Tool:
        side: Side = "in" if hit.part == "in" else "out"
        incoming = self._host.drawing.network.incoming.get(hit.key, ())
        if alt and side == "in" and incoming:
            return Connect(self._host, at, screen, incoming[-1].source, "out", moving=incoming[-1].id)
        return Connect(self._host, at, screen, hit.key, side)

    def _edge_end(self, edge: str, at: QPointF, screen: QPointF) -> Tool:
        """Alt on an edge takes its nearer end in hand."""
        drawing = self._host.drawing
        found = drawing.network.edge_by_id[edge]
        to_source = (drawing.nodes[found.source].pos() - at).manhattanLength()
        to_target = (drawing.nodes[found.target].pos() - at).manhattanLength()
        if to_target <= to_source:
            return Connect(self._host, at, screen, found.source, "out", moving=edge)
        return Connect(self._host, at, screen, found.target, "in", moving=edge)

    def _how_to(self, hit: Hit | None) -> str:
        if hit is None or hit.part == "empty":
            return ""
        if hit.part == "chip":
            name = labels.describe_parameter(self._host.drawing.network, hit.key)
            text = self.tr("{name}: click to type, drag sideways to change (Ctrl coarse, Shift fine)")
            return text.format(name=name)
        if hit.part == "badge":
            return self._about(hit)
        if hit.part == "edge" and wire_ends(hit.key) is not None:
            text = self.tr("{name}, without a weight: click selects, Del deletes")
            return text.format(name=self._commands.title(hit.key))
        if hit.part == "edge":
            text = self.tr("weight {name}: click selects, Enter edits, Alt+drag takes an end elsewhere")
            return text.format(name=hit.key)
        if hit.part in {"out", "in"}:
            return self.tr("Port: drag to another node, or click here and there, to connect")
        if hit.part == "grip":
            return self.tr("Grip: click to pick up, click again to put down; or drag")
        text = self.tr("{name}: drag to move, double-click to open, right-click for more")
        return text.format(name=self._commands.title(hit.key))

    def _about(self, hit: Hit) -> str:
        """What a chip beside a value says: it cannot be changed itself."""
        texts = {
            "gradient": self.tr("gradient of {name}: the arrow says where descent moves it"),
            "product": self.tr("{name} times what comes in: what arrives at the sum"),
            "factor": self.tr("what the sum changes by with {name}"),
            "pending": self.tr("what {name} is about to become: worked out, but not applied yet"),
        }
        return texts[hit.piece].format(name=labels.describe_parameter(self._host.drawing.network, hit.key))
