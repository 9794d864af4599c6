"""What hands and keys do on the loss map: carry the dot, set it down elsewhere, point at things, walk along the way."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, QPointF, Signal

from neurosim.panels._marks import HIT_RADIUS
from neurosim.panels._plot_frame import PlotFrame
from neurosim.panels._plot_hands import PlotHands
from neurosim.panels._plot_keys import PlotKeys
from neurosim.panels.base import PanelContext
from neurosim.panels.loss_map.moves import DotMoves
from neurosim.panels.loss_map.picture import DOT, LEAST, MINIMUM, Hand, MapPicture, OnWay
from neurosim.widgets.theme import theme

WAY_REACH = 8.0
"""The pointer is on a point of the way up to so many pixels from it, at 100 %."""


class MapHands(QObject):
    """Owns what pointer and keyboard are on.

    Signals:
        changed(): something is pointed at, taken or let go; paint it.
        moved_by_key(): keys that moved the dot have been let go of.
        way_clicked(point): a point of a way was clicked, an ``OnWay``.
        typing_wanted(): the values shall be typed.
        fit_wanted(): what matters shall be shown.
    """

    changed = Signal()
    moved_by_key = Signal()
    way_clicked = Signal(object)
    typing_wanted = Signal()
    fit_wanted = Signal()

    def __init__(
        self,
        context: PanelContext,
        plot: Any,  # noqa: ANN401  # pyqtgraph carries no types
        view: PlotFrame,
        picture: MapPicture,
        moves: DotMoves,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._selection = context.selection
        self._picture, self._moves = picture, moves
        self._mouse = mouse = PlotHands(plot, view, self._grab, parent=self)
        self._keys = keys = PlotKeys(plot, context.session.clock, self._busy, self.give_up, self)
        mouse.taken.connect(self._take)
        mouse.moved.connect(moves.carry)
        mouse.put_down.connect(self._put_down)
        mouse.given_up.connect(self._cancel)
        mouse.ground_clicked.connect(self._click)
        mouse.double_clicked.connect(self._double_click)
        mouse.pointed.connect(self._point)
        keys.nudged.connect(moves.nudge)
        keys.nudge_ended.connect(self._nudge_ended)
        keys.next_wanted.connect(self._walk)
        keys.typing_wanted.connect(self.typing_wanted)
        keys.fit_wanted.connect(self.fit_wanted)
        keys.lead(view)
        keys.focus_changed.connect(self._focus_changed)

    @property
    def hand(self) -> Hand:
        """What pointer and keyboard are on."""
        return self._picture.hand

    def give_up(self) -> bool:
        """End the gesture under way as if it had never been; whether there was one."""
        walked, self.hand.walked = self.hand.walked is not None, None
        if walked:
            self.changed.emit()
        return self._mouse.give_up() or self._moves.gesture.cancel() or walked

    def _busy(self) -> bool:
        return self._mouse.busy or self._moves.gesture.under_way or self.hand.walked is not None

    # -- the mouse -------------------------------------------------------------------------------------------------

    def _grab(self, place: QPointF) -> str | None:
        return DOT if self._is_on(place, self._picture.dot_place) else None

    def _is_on(self, place: QPointF, middle: QPointF) -> bool:
        reach, apart = HIT_RADIUS * theme().zoom, place - middle
        within = QPointF.dotProduct(apart, apart) <= reach * reach
        return self._picture.subject is not None and within and self._picture.is_inside(place, reach)

    def _take(self, _grip: object, place: QPointF) -> None:
        self._moves.take(place)
        self.hand.held, self.hand.pointer, self.hand.walked = True, None, None
        self._light()
        self.changed.emit()

    def _put_down(self) -> None:
        self._moves.gesture.finish()
        self.hand.held = False
        self.changed.emit()

    def _cancel(self) -> None:
        self._moves.gesture.cancel()
        self.hand.held = False
        self.changed.emit()

    def _click(self, place: QPointF) -> None:
        found = self._picture.nearest_on_way(place, WAY_REACH * theme().zoom)
        if found is not None and self._picture.is_inside(place):
            self.way_clicked.emit(found)

    def _double_click(self, place: QPointF) -> None:
        if self._grab(place) is not None:
            self.typing_wanted.emit()
        elif self._picture.is_inside(place) and self._hovered_at(place) is None:
            self._moves.put(place)

    def _hovered_at(self, place: QPointF) -> str | OnWay | None:
        picture = self._picture
        if self._grab(place) is not None:
            return DOT
        for name, found in ((MINIMUM, picture.minimum), (LEAST, picture.least)):
            if found is not None and self._is_on(place, picture.place_of(found.place)):
                return name
        return picture.nearest_on_way(place, WAY_REACH * theme().zoom)

    def _point(self, place: QPointF | None) -> None:
        hand, picture = self.hand, self._picture
        before = (hand.hovered, hand.axis, hand.pointer)
        hand.hovered, hand.axis, hand.pointer = None, None, None
        if place is not None and picture.subject is not None:
            frame = picture.frame
            if picture.is_inside(place):
                hand.hovered = self._hovered_at(place)
                hand.pointer = place if hand.hovered is None else None
            elif place.y() > frame.height and 0 <= place.x() <= frame.width:
                hand.axis = picture.subject.across
            elif place.x() < 0 and 0 <= place.y() <= frame.height:
                hand.axis = picture.subject.up
        if (hand.hovered, hand.axis, hand.pointer) != before:
            if (hand.hovered, hand.axis) != before[:2]:
                self._light()
            self.changed.emit()

    def _light(self) -> None:
        """What the pointer is on lights up in all views: a parameter by its axis, both by the dot."""
        subject, hand = self._picture.subject, self.hand
        if subject is not None and (hand.held or hand.hovered == DOT):
            self._selection.set_lit({subject.across, subject.up})
        else:
            self._selection.set_lit({hand.axis} if hand.axis is not None else ())

    # -- the keyboard ----------------------------------------------------------------------------------------------

    def _nudge_ended(self) -> None:
        if self._moves.gesture.under_way and not self._mouse.busy:
            self._moves.gesture.finish()
            self.moved_by_key.emit()

    def _walk(self, step: int) -> None:
        """Go to the next or previous point of the present way."""
        ways = self._picture.ways
        way = next((way for way in ways if not way.name), None)
        if way is None:
            return
        last = way.x.size - 1
        walked = self.hand.walked
        # The dot stands at the end of what was passed.
        walked = (min(way.here, last + 1) - 1 if walked is None else walked) + step
        self.hand.walked = min(max(walked, 0), last)
        self.changed.emit()

    def _focus_changed(self, focused: bool) -> None:
        self.hand.focused = focused
        if not focused:
            self.hand.walked = None
            self._mouse.give_up()
            self._moves.gesture.finish()
        self.changed.emit()
