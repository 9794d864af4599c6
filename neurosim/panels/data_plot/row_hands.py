"""What mouse and keys do to rows: point, select, take, walk, nudge, add, delete, and ask for the menu or the card."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QCursor

from neurosim.panels._marks import HIT_RADIUS
from neurosim.panels._plot_hands import PlotHands
from neurosim.panels._plot_keys import Key, PlotKeys
from neurosim.panels._rows_lit import row_ref
from neurosim.panels.base import PanelContext
from neurosim.panels.data_plot.brush_hand import BrushHand
from neurosim.panels.data_plot.moves import RowMoves
from neurosim.panels.data_plot.plot import PlotView

RESIDUAL_RADIUS = 5.0
HOVER_ROWS = 200_000
"""Above so many rows the pointer lights up nothing while it only passes by."""
TAB_STOPS = 50
"""Up to so many points Tab walks from point to point before it leaves the plot."""


class RowHands(QObject):
    """Owns what reads the plot's events, and leads what they ask for to the rows and the selection.

    Signals:
        taken(row): a point is in hand from now on.
        pointed(): another row is under the pointer, or none.
        edit_wanted(row): a point's values shall be typed.
        fit_wanted(): show all points.
        menu_wanted(place, row): the context menu is wanted at a pixel; *row* is -1 on the empty plot.
        point_carried(at): a point is in hand, and there on the screen; let_go(): it is not any more.
        brush_wanted(): take the brush, or put it away.
    """

    taken = Signal(int)
    pointed = Signal()
    edit_wanted = Signal(int)
    fit_wanted = Signal()
    menu_wanted = Signal(QPointF, int)
    point_carried = Signal(QPoint)
    let_go = Signal()
    brush_wanted = Signal()

    def __init__(self, context: PanelContext, view: PlotView, moves: RowMoves, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._view, self._moves = context, view, moves
        self._mouse = PlotHands(view.widget, view, self._row_at, self._cursor, self)
        self.brush = BrushHand(view, self)
        self.over_tray: Callable[[QPoint], bool] = lambda _at: False
        """Whether a place on the screen is where points are deleted."""
        self.add_key_pressed: Callable[[QPointF], bool] = lambda _place: False
        """What the key for adding does first, at a pixel; whether that was all."""
        self._carried_to = QPoint(-1, -1)
        self._offset = QPointF()
        clock = context.session.clock
        self._keys = PlotKeys(view.widget, clock, lambda: self.busy, self.give_up, self, self._keys_of_rows())
        self._connect()

    @property
    def busy(self) -> bool:
        """Whether a point is in hand, or the brush is down."""
        return self._mouse.busy or self.brush.down

    def give_up(self) -> bool:
        """End the gesture under way as if it had never been; whether there was one."""
        return self.brush.give_up() or self._mouse.give_up()

    def take_brush(self, cursor: QCursor | None) -> None:
        """Take the brush in hand; *cursor* shows how far it reaches. ``None`` puts it away."""
        self.brush.on = cursor is not None
        self._mouse.show_tool(cursor)

    def set_stops(self) -> None:
        """Say where Tab goes from the present selection: to a further point, or out of the plot."""
        rows, count = self._context.selection.rows, self._context.document.state.dataset.n_rows
        current = min(rows) if len(rows) == 1 else None
        self._keys.stops_at = set()
        if count <= TAB_STOPS:
            self._keys.stops_at = {step for step in (-1, 1) if current is None or 0 <= current + step < count}

    def _connect(self) -> None:
        mouse, keys, moves, selection = self._mouse, self._keys, self._moves, self._context.selection
        mouse.taken.connect(self._take)
        mouse.moved.connect(self._carry)
        mouse.put_down.connect(self._put_down)
        mouse.given_up.connect(moves.cancel)
        mouse.given_up.connect(self.let_go)
        mouse.clicked.connect(self._click_row)
        mouse.ground_clicked.connect(lambda _place: selection.select_rows(()))
        mouse.double_clicked.connect(self._double_click)
        mouse.menu_wanted.connect(self._menu_by_mouse)
        mouse.pointed.connect(self._point)
        keys.nudged.connect(self._nudge)
        keys.nudge_ended.connect(moves.finish)
        keys.next_wanted.connect(self._walk)
        keys.typing_wanted.connect(self._edit_by_key)
        keys.fit_wanted.connect(self.fit_wanted)
        keys.menu_wanted.connect(self._menu_by_key)
        keys.lead(self._view)
        keys.focus_changed.connect(self._focus_changed)

    def _keys_of_rows(self) -> dict[Key, Callable[[], object]]:
        moves, selection = self._moves, self._context.selection
        return {
            Key.Key_Delete: lambda: moves.delete(selection.rows),
            Key.Key_Backspace: lambda: moves.delete(selection.rows),
            Key.Key_Insert: self._add_by_key,
            Key.Key_B: self.brush_wanted.emit,
            Key.Key_T: lambda: moves.keep_for_testing(selection.rows),
        }

    # -- mouse -----------------------------------------------------------------------------------------------------

    def _row_at(self, place: QPointF) -> int | None:
        return self._view.picture.nearest(place, HIT_RADIUS)

    def _cursor(self) -> Qt.CursorShape:
        hand = self._view.picture.hand
        on_point = hand.held is not None or (hand.hovered is not None and not hand.segment)
        return Qt.CursorShape.OpenHandCursor if on_point else Qt.CursorShape.ArrowCursor

    def _take(self, row: int, place: QPointF) -> None:
        self._offset = place - self._view.picture.place_of(row)
        self._keys.end_taps()
        self.taken.emit(row)
        self._moves.take(row)
        if row not in self._context.selection.rows:
            self._context.selection.select_rows({row})

    def _carry(self, pointer: QPointF, fine: bool) -> None:
        place = pointer - self._offset
        self._moves.move_to(place, fine)
        at = self._view.widget.viewport().mapToGlobal(self._view.place_in_viewport(place))
        self._carried_to = at
        self.point_carried.emit(at)

    def _put_down(self) -> None:
        """Leave the point where it is, or delete it where points are deleted."""
        row, carried_to = self._moves.row, self._carried_to
        self._carried_to = QPoint(-1, -1)
        self.let_go.emit()
        if row is not None and self.over_tray(carried_to):
            self._moves.cancel()
            self._moves.delete(frozenset({row}))
        else:
            self._moves.finish()

    def _click_row(self, row: int, add: bool) -> None:
        rows = self._context.selection.rows
        self._context.selection.select_rows(rows ^ {row} if add else {row})

    def _double_click(self, place: QPointF) -> None:
        row = self._row_at(place)
        if row is None:
            self._moves.add(place)
        else:
            self.edit_wanted.emit(row)

    def _menu_by_mouse(self, place: QPointF) -> None:
        row = self._row_at(place)
        self.menu_wanted.emit(place, -1 if row is None else row)

    def _point(self, place: QPointF | None) -> None:
        """A point is pointed at, or its residual, or what else is drawn of it."""
        picture = self._view.picture
        hovered, segment = None, False
        if place is not None and picture.px.size <= HOVER_ROWS and self._is_inside(place):
            hovered = self._row_at(place)
            if hovered is None:
                hovered = picture.on_residual(place, RESIDUAL_RADIUS)
                if hovered is None:
                    hovered = self._view.also_at(place)
                segment = hovered is not None
        hand = picture.hand
        if (hovered, segment) != (hand.hovered, hand.segment):
            hand.hovered, hand.segment = hovered, segment
            self._context.selection.set_lit(() if hovered is None else {row_ref(hovered)})
            self.pointed.emit()

    def _is_inside(self, place: QPointF) -> bool:
        frame = self._view.picture.frame
        return (
            -HIT_RADIUS <= place.x() <= frame.width + HIT_RADIUS
            and -HIT_RADIUS <= place.y() <= frame.height + HIT_RADIUS
        )

    # -- keys ------------------------------------------------------------------------------------------------------

    @property
    def _current(self) -> int | None:
        return min(self._context.selection.rows, default=None)

    def _focus_changed(self, focused: bool) -> None:
        self._view.picture.hand.focused = focused
        if not focused:
            self.give_up()
            self._moves.finish()
        self._view.hand_changed()

    def _nudge(self, across: int, up: int, fine: bool) -> None:
        row = self._current
        if row is None:
            self._walk(1)
            return
        if self._moves.row != row:
            self._moves.take(row)
        self._moves.nudge(across, up, fine)

    def _walk(self, step: int) -> None:
        n = self._context.document.state.dataset.n_rows
        row = self._current
        if n:
            start = 0 if step > 0 else n - 1
            self._context.selection.select_rows({start if row is None else min(max(row + step, 0), n - 1)})

    def _add_by_key(self) -> None:
        if not self.add_key_pressed(self._middle()):
            self._moves.add(self._middle())

    def _edit_by_key(self) -> None:
        if self._current is not None:
            self.edit_wanted.emit(self._current)

    def _menu_by_key(self) -> None:
        row = self._current
        place = self._middle() if row is None else self._view.picture.place_of(row)
        self.menu_wanted.emit(place, -1 if row is None else row)

    def _middle(self) -> QPointF:
        frame = self._view.picture.frame
        return QPointF(frame.width / 2, frame.height / 2)
