"""What hands and keys do on the cell's plots: take the threshold or the input, and point at them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Signal

from neurosim.panels.base import PanelContext
from neurosim.panels.biology.kept import numbers_of
from neurosim.panels.biology.moves import Moves
from neurosim.panels.biology.picture import CellPicture
from neurosim.panels.biology.plots import CellPlot
from neurosim.panels.biology.subject import find_subject
from neurosim.widgets.announce import announce


class CellHands(QObject):
    """Owns what pointer and keyboard are on.

    Signals:
        changed(): something is pointed at, taken or focused; paint it.
        ended(): nothing is in hand any more.
        typing_wanted(plot): the number that *plot* is about shall be typed.
    """

    changed = Signal()
    ended = Signal()
    typing_wanted = Signal(object)

    def __init__(self, context: PanelContext, picture: CellPicture, moves: Moves, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._picture, self._moves = context, picture, moves
        self._plots: tuple[CellPlot, ...] = ()

    def read(self, *plots: CellPlot) -> None:
        """Follow what is done on *plots*."""
        self._plots = plots
        for one in plots:
            one.hands.taken.connect(lambda grip, place, one=one: self._take(one, grip, place))
            one.hands.moved.connect(lambda place, fine, one=one: self._carry(one, place, fine))
            one.hands.put_down.connect(self._put_down)
            one.hands.given_up.connect(self._cancel)
            one.hands.pointed.connect(lambda place, one=one: self._hover(one, place))
            one.hands.double_clicked.connect(lambda _place, one=one: self.typing_wanted.emit(one))
            one.keys.nudged.connect(lambda across, up, fine, one=one: self._nudge(one, across, up, fine))
            one.keys.nudge_ended.connect(self._put_down)
            one.keys.typing_wanted.connect(lambda one=one: self.typing_wanted.emit(one))
            one.keys.focus_changed.connect(lambda on, one=one: self._focused(one, on))

    def busy(self) -> bool:
        """Whether something is in hand."""
        return any(one.hands.busy for one in self._plots) or self._moves.gesture.under_way

    def give_up(self) -> bool:
        """End the gesture under way as if it had never been; whether there was one."""
        given_up = False
        for one in self._plots:
            given_up = one.hands.give_up() or given_up
        if self._moves.gesture.cancel():
            self._picture.hand.held = None
            self.ended.emit()
            return True
        return given_up

    def _z_at(self, one: CellPlot, place: QPointF) -> float:
        across, _ = one.value(place)
        return across / self._picture.scale if one.kind == "rate" else across

    def _take(self, one: CellPlot, grip: object, place: QPointF) -> None:
        subject = self._picture.subject
        if grip == "threshold":
            self._moves.take_threshold(one.value(place)[1])
        elif subject is None or not self._moves.take_current(subject, self._z_at(one, place)):
            one.hands.give_up()
            return
        self._picture.hand.held = str(grip)
        self.changed.emit()

    def _carry(self, one: CellPlot, place: QPointF, fine: bool) -> None:
        held, subject = self._picture.hand.held, self._picture.subject
        if held == "threshold":
            self._moves.carry_threshold(one.value(place)[1], fine)
        elif held == "current" and subject is not None:
            self._moves.carry_current(subject, self._z_at(one, place), fine)

    def _put_down(self) -> None:
        self._moves.gesture.finish()
        self._picture.hand.held = None
        self.ended.emit()

    def _cancel(self) -> None:
        self._moves.gesture.cancel()
        self._picture.hand.held = None
        self.ended.emit()

    def _nudge(self, one: CellPlot, across: int, up: int, fine: bool) -> None:
        subject, display = self._picture.subject, self._context.display
        if subject is None:
            return
        if one.kind == "voltage":
            value = self._moves.nudge_threshold(across + up, fine)
            announce(one.plot, self.tr("Threshold {value} mV").format(value=display.text(value)))
        elif self._moves.nudge_current(subject, across + up, fine):
            found = find_subject(
                self._context.session.snapshot,
                self._context.selection,
                numbers_of(self._context.document.state),
                subject.node,
            )
            current = found.current if found is not None else None
            announce(one.plot, self.tr("Input {value} nA").format(value=display.text(current)))

    def _hover(self, one: CellPlot, place: QPointF | None) -> None:
        hovered = one.grab(place) if place is not None else None
        hand, subject = self._picture.hand, self._picture.subject
        if hovered == hand.hovered or subject is None:
            return
        hand.hovered = hovered
        lit = {"threshold": f"{subject.node}.bias", "current": f"{subject.node}.sum"}.get(hovered or "")
        self._context.selection.set_lit({lit} if lit is not None else ())
        self.changed.emit()

    def _focused(self, one: CellPlot, on: bool) -> None:
        hand = self._picture.hand
        hand.focused = one.kind if on else (None if hand.focused == one.kind else hand.focused)
        if not on:
            one.hands.give_up()
            self._moves.gesture.finish()
        one.repaint()
