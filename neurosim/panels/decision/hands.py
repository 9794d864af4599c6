"""What hands and keys do on the decision map: take the threshold, point at rows and places, select, walk."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QPointF, Qt, Signal

from neurosim.panels._marks import HIT_RADIUS
from neurosim.panels._plot_frame import PlotFrame
from neurosim.panels._plot_hands import PlotHands
from neurosim.panels._plot_keys import PlotKeys
from neurosim.panels._row_links import RowLinks
from neurosim.panels.base import PanelContext
from neurosim.panels.decision.moves import ThresholdMoves
from neurosim.panels.decision.picture import MapPicture
from neurosim.widgets.announce import announce
from neurosim.widgets.theme import theme

THRESHOLD = "threshold"
"""What hands take hold of here, besides rows (their numbers)."""
REACH = 8.0
"""A press this near to the boundary takes the threshold, in pixels at 100 %."""


class MapHands(QObject):
    """Owns what pointer and keyboard are on.

    Signals:
        changed(): something is pointed at, taken or let go; paint it.
        typing_wanted(): the threshold shall be typed.
        fit_wanted(): all shall be shown.
    """

    changed = Signal()
    typing_wanted = Signal()
    fit_wanted = Signal()

    def __init__(
        self,
        context: PanelContext,
        plot: Any,  # noqa: ANN401  # pyqtgraph carries no types
        view: PlotFrame,
        picture: MapPicture,
        moves: ThresholdMoves,
        links: RowLinks,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context, self._plot = context, plot
        self._picture, self._moves, self._links = picture, moves, links
        self._mouse = mouse = PlotHands(plot, view, self._grab, self._cursor, self)
        self._keys = keys = PlotKeys(plot, context.session.clock, self._busy, self.give_up, self)
        mouse.taken.connect(self._take)
        mouse.moved.connect(self._carry)
        mouse.put_down.connect(self._put_down)
        mouse.given_up.connect(self._cancel)
        mouse.clicked.connect(self._click)
        mouse.ground_clicked.connect(lambda _place: links.choose_none())
        mouse.double_clicked.connect(lambda _place: self.typing_wanted.emit())
        mouse.pointed.connect(self._point)
        keys.nudged.connect(self._nudge)
        keys.nudge_ended.connect(self._put_down)
        keys.next_wanted.connect(lambda step: links.walk(step, context.document.state.dataset.n_rows))
        keys.typing_wanted.connect(self.typing_wanted)
        keys.fit_wanted.connect(self.fit_wanted)
        keys.lead(view)
        keys.focus_changed.connect(self._focus_changed)

    def give_up(self) -> bool:
        """End the gesture under way as if it had never been; whether there was one."""
        return self._mouse.give_up() or self._moves.gesture.cancel()

    def _busy(self) -> bool:
        return self._mouse.busy or self._moves.gesture.under_way

    # -- the mouse -------------------------------------------------------------------------------------------------

    def _grab(self, place: QPointF) -> int | str | None:
        """A row, the threshold, or nothing."""
        row = self._picture.nearest(place, HIT_RADIUS * theme().zoom)
        if row is not None:
            return row
        return THRESHOLD if self._is_on_threshold(place) else None

    def _is_on_threshold(self, place: QPointF) -> bool:
        picture, subject, reach = self._picture, self._picture.subject, REACH * theme().zoom
        if subject is None or subject.is_regions or not self._is_inside(place):
            return False
        if subject.up is None:
            return abs(place.y() - picture.frame.down(float(picture.threshold))) <= reach
        return picture.plane.is_on_boundary(place.x(), place.y(), reach)

    def _is_inside(self, place: QPointF) -> bool:
        frame = self._picture.frame
        return -4 <= place.x() <= frame.width + 4 and -4 <= place.y() <= frame.height + 4

    def _cursor(self) -> Qt.CursorShape:
        if self._picture.hand.hovered is not None:
            return Qt.CursorShape.PointingHandCursor
        upright = self._picture.subject is not None and self._picture.subject.up is None
        return Qt.CursorShape.SizeVerCursor if upright else Qt.CursorShape.OpenHandCursor

    def _take(self, grip: object, place: QPointF) -> None:
        if grip == THRESHOLD:
            self._moves.take(place)
            self._picture.hand.held = True
            self.changed.emit()

    def _carry(self, place: QPointF, fine: bool) -> None:
        if self._picture.hand.held:
            self._moves.carry(place, fine)

    def _put_down(self) -> None:
        self._moves.gesture.finish()
        self._picture.hand.held = False
        self.changed.emit()

    def _cancel(self) -> None:
        self._moves.gesture.cancel()
        self._picture.hand.held = False
        self.changed.emit()

    def _click(self, grip: object, add: bool) -> None:
        if isinstance(grip, int):
            self._links.choose(grip, add)
            # A row is not carried here: the map shows decisions, the data plot moves points.
            self._mouse.give_up()

    def _point(self, place: QPointF | None) -> None:
        hand = self._picture.hand
        inside = place is not None and self._is_inside(place)
        grip = self._grab(place) if place is not None and inside else None
        hovered = grip if isinstance(grip, int) else None
        before = (hand.hovered, hand.on_threshold, hand.pointer)
        hand.hovered, hand.on_threshold = hovered, grip == THRESHOLD
        hand.pointer = place if inside and hovered is None else None
        if (hand.hovered, hand.on_threshold, hand.pointer) != before:
            if hand.hovered != before[0]:
                self._links.point_at(hovered)
            self.changed.emit()

    # -- the keyboard ----------------------------------------------------------------------------------------------

    def _nudge(self, across: int, up: int, fine: bool) -> None:
        found = self._moves.nudge(across + up, fine)
        if found is not None:
            announce(self._plot, self.tr("Threshold {value}").format(value=self._context.display.text(found)))

    def _focus_changed(self, focused: bool) -> None:
        self._picture.hand.focused = focused
        if not focused:
            self._mouse.give_up()
            self._moves.gesture.finish()
        self.changed.emit()
