"""What the keys do while the canvas has the keyboard: walk, connect, edit, move, and the single-letter commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from neurosim.canvas.commands import GraphCommands
from neurosim.canvas.drawing.hits import Hit
from neurosim.canvas.interactions import walking
from neurosim.canvas.interactions.connect import Connect
from neurosim.canvas.interactions.host import Host
from neurosim.canvas.interactions.tool import Tool
from neurosim.document.selection import OUTPUT
from neurosim.document.wires import wire_ends
from neurosim.engine.network import Neuron
from neurosim.widgets.letters import letters

ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
PAN = 48.0


class KeyHost(Host, Protocol):
    """A host with what the keys need."""

    @property
    def focus_hit(self) -> Hit | None:
        """What the keyboard is on."""

    def set_focus_hit(self, at: Hit | None) -> None:
        """Put the keyboard on something."""

    @property
    def tool(self) -> Tool | None:
        """The gesture under way."""

    def cancel(self) -> bool:
        """Cancel the gesture."""

    def conclude(self) -> None:
        """End a connection that is in hand."""

    def start_connecting_at(self, hit: Hit) -> None:
        """Take an edge at a port in hand."""

    def toggle_close_up(self, node: str) -> None:
        """Open or close a neuron."""

    def open_name(self, key: str) -> None:
        """Open the name field."""

    def open_add_menu(self) -> None:
        """Open the add menu."""

    def rename_selection(self) -> None:
        """Open the name field over the selected node."""

    def fit_selection(self) -> None:
        """Show what is selected."""

    def tidy(self) -> None:
        """Lay the graph out."""

    def open_menu_at_focus(self) -> None:
        """Open the context menu of what the keyboard is on."""


class GraphKeys:
    """Turns key events into commands. Holds the gesture of held Shift+arrow keys.

    ``given_up`` says of a key whether the user has taken its command away from it; then it does nothing here, either.
    """

    def __init__(self, host: KeyHost, commands: GraphCommands) -> None:
        self.given_up: Callable[[QKeySequence], bool] = lambda _key: False
        self._host = host
        self._commands = commands
        self._moving: object | None = None

    def press(self, event: QKeyEvent) -> bool:
        """Act on a key; returns whether it meant something."""
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Escape:
            return self._host.cancel()
        if key in ARROWS:
            return self._arrow(ARROWS[Qt.Key(key)], modifiers)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers:
            return self._enter()
        if key == Qt.Key.Key_Menu or (key == Qt.Key.Key_F10 and modifiers == Qt.KeyboardModifier.ShiftModifier):
            self._host.open_menu_at_focus()
            return True
        return self._command(Qt.Key(key), modifiers)

    def release(self, event: QKeyEvent) -> bool:
        """The end of a held arrow key ends the move."""
        if event.key() in ARROWS and not event.isAutoRepeat() and self._moving is not None:
            self.finish()
            return True
        return False

    def finish(self) -> None:
        """The move by keys is over."""
        if self._moving is not None:
            self._host.document.finish(self._moving)
            self._moving = None

    def _arrow(self, step: tuple[int, int], modifiers: Qt.KeyboardModifier) -> bool:
        host = self._host
        if isinstance(host.tool, Connect):
            self._choose_target(host.tool, step[0] + step[1])
            return True
        if modifiers == Qt.KeyboardModifier.AltModifier:
            host.camera.scroll_by(-PAN * step[0], -PAN * step[1])
            return True
        if modifiers == Qt.KeyboardModifier.ShiftModifier:
            if self._moving is None:
                self._moving = object()
            self._commands.nudge(step[0], step[1], self._moving)
            return True
        if modifiers:
            return False
        self._walk(step)
        return True

    def _walk(self, step: tuple[int, int]) -> None:
        host, drawing = self._host, self._host.drawing
        here = host.focus_hit
        if here is None or not walking.valid(drawing, here):
            host.set_focus_hit(walking.start(drawing, host.selection.ids))
        elif step[1]:
            host.set_focus_hit(walking.vertical(drawing, here, step[1]))
        else:
            host.set_focus_hit(walking.right(drawing, here) if step[0] > 0 else walking.left(drawing, here))

    def _choose_target(self, tool: Connect, step: int) -> None:
        fitting = tool.fitting()
        if not fitting:
            self._host.refuse(tool.host.drawing.tr("Nothing here can be connected to that port."))
            return
        if tool.target in fitting:
            tool.aim(fitting[(fitting.index(tool.target) + step) % len(fitting)])
        else:
            tool.aim(fitting[0 if step > 0 else -1])

    def _enter(self) -> bool:
        host, here = self._host, self._host.focus_hit
        if isinstance(host.tool, Connect):
            host.conclude()
            return True
        if here is None:
            here = walking.start(host.drawing, host.selection.ids)
            if here is None:
                return False
            host.set_focus_hit(here)
        if here.part in {"out", "in"}:
            host.start_connecting_at(here)
        elif here.part in {"edge", "chip"}:
            if wire_ends(here.key) is None:
                host.open_number(here.key)
        elif here.key.startswith(OUTPUT) or not isinstance(host.drawing.network.node_by_id[here.key], Neuron):
            host.open_name(here.key)
        else:
            host.toggle_close_up(here.key)
        return True

    def _command(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> bool:
        host, commands = self._host, self._commands
        none, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
        control = Qt.KeyboardModifier.ControlModifier
        table = {
            (Qt.Key.Key_Delete, none): commands.delete,
            (Qt.Key.Key_Backspace, none): commands.delete,
            (Qt.Key.Key_Delete, control): commands.delete_and_reconnect,
            (Qt.Key.Key_D, control): commands.duplicate,
            (Qt.Key.Key_A, control): commands.select_all,
            (Qt.Key.Key_A, shift): host.open_add_menu,
            (Qt.Key.Key_M, none): commands.toggle_muted,
            (Qt.Key.Key_L, control): commands.toggle_frozen,
            (Qt.Key.Key_L, control | shift): host.tidy,
            (Qt.Key.Key_I, none): commands.insert_on_edge,
            (Qt.Key.Key_F2, none): host.rename_selection,
            (Qt.Key.Key_Home, none): host.camera.fit_all,
            (Qt.Key.Key_F, none): host.fit_selection,
            (Qt.Key.Key_Plus, none): host.camera.zoom_in,
            (Qt.Key.Key_Plus, shift): host.camera.zoom_in,
            (Qt.Key.Key_Equal, none): host.camera.zoom_in,
            (Qt.Key.Key_Minus, none): host.camera.zoom_out,
            (Qt.Key.Key_0, none): host.camera.zoom_reset,
        }
        run = table.get((key, modifiers))
        if (
            run is None
            or letters().rest(key, modifiers)
            or self.given_up(QKeySequence(QKeyCombination(modifiers, key)))
        ):
            return False
        run()
        return True
