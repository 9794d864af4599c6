"""The track as a widget: dragged, clicked, or moved with keys; it tells where to go and shows where one is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QSizePolicy, QToolTip, QWidget

from neurosim.panels.timeline.layout import TrackLayout, least_height, wanted_height
from neurosim.panels.timeline.painting import (
    paint_bubble,
    paint_handle,
    paint_line,
    paint_more,
    paint_rest,
    placed_numbers,
)
from neurosim.panels.timeline.words import hidden_branches, where
from neurosim.training.lanes import Lane, grouped
from neurosim.training.timeline import Timeline
from neurosim.training.track import Track
from neurosim.widgets.theme import theme

GRIP = 14
"""The handle can be taken hold of within so many pixels around its middle."""


class TrackView(QAbstractSlider):
    """Owns the picture of the timeline. Its value is the index of the place that is wanted (for screen readers too).

    Signals:
        wanted(index): go to this place of the present branch.
        branch_wanted(lane, place): go to this place of another branch; ``None`` for its end.
    """

    wanted = Signal(int)
    branch_wanted = Signal(object, object)

    def __init__(self, timeline: Timeline, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("timelineTrack")
        self.setAccessibleName(self.tr("Timeline: training steps and edits"))
        self.setOrientation(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._timeline = timeline
        self._lanes: tuple[Lane, ...] = ()
        self._layout: TrackLayout | None = None
        self._key: tuple[object, ...] = ()
        self._picture: tuple[tuple[object, ...], QPixmap] | None = None
        self._numbers: list[QRectF] = []
        self._held: float | None = None
        self._fine: tuple[float, int] | None = None
        self._lit: int | None = None
        self._chosen: int | None = None
        self._setting = False
        self.valueChanged.connect(self._value_changed)

    # -- showing ---------------------------------------------------------------------------------------------------

    def follow(self, track: Track, lanes: tuple[Lane, ...], index: int) -> None:
        """Show where the timeline stands, the place *index* of *track*, and the other branches."""
        if self._lanes is not lanes:
            self._lanes = lanes
            self._lit = self._chosen = None
        self._setting = True
        self.setRange(0, track.last)
        self.setPageStep(max(1, track.last // 10))
        self.setValue(index)
        self._setting = False
        self.setAccessibleDescription(where(track, index))
        self.update()

    @property
    def layout_now(self) -> TrackLayout:
        """Where everything is now."""
        track = self._timeline.track
        key = (track, self._lanes, self.size(), theme())
        if self._layout is None or key != self._key:
            self._layout = TrackLayout(track, self._lanes, self.size())
            self._key = key
        return self._layout

    def sizeHint(self) -> QSize:
        """Room for the track and two branches."""
        return QSize(theme().px(480), wanted_height(2))

    def minimumSizeHint(self) -> QSize:
        """Room for the track alone."""
        return QSize(theme().px(120), least_height())

    def restyle(self) -> None:
        """Take the colours and lengths of the current theme."""
        self._picture = None
        self._stand_alone()
        self.updateGeometry()
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        """It is dressed by now."""
        super().showEvent(event)
        self._stand_alone()

    def _stand_alone(self) -> None:
        """It paints its own ground: nothing behind it need be painted first. (A style sheet takes the mark away.)"""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A picture of what stands still, and the handle over it."""
        colours, timeline, layout = theme(), self._timeline, self.layout_now
        spans, rows = layout.geometry.main, layout.rows
        key = (layout, colours, self._lit, self._chosen if self.hasFocus() else None, self.devicePixelRatioF())
        if self._picture is None or self._picture[0] != key:
            numbers = placed_numbers(layout.geometry, layout.rows, colours)
            self._picture = (key, self._paint_rest(layout, numbers))
            self._numbers = [box for box, _ in numbers]
        index = timeline.pending_index
        x = spans.across(index)
        painter = QPainter(self)
        painter.fillRect(self.rect(), colours.surface)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_line(painter, spans, x, rows.track, colours)
        painter.drawPixmap(QPointF(0, 0), self._picture[1])
        paint_handle(painter, x, rows, colours, self.hasFocus() and self._chosen is None, self._held is not None)
        track = spans.track
        step = grouped(track.place_at(index).step + max(0, index - track.last))
        limits = (2.0, self.width() - 2.0)
        paint_bubble(painter, x, step, rows, colours, limits, timeline.on_the_way, self._numbers)

    def _paint_rest(self, layout: TrackLayout, numbers: Sequence[tuple[QRectF, str]]) -> QPixmap:
        colours, ratio = theme(), self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        lit = self._chosen if self.hasFocus() and self._chosen is not None else self._lit
        paint_rest(painter, layout.geometry, numbers, layout.rows, colours, layout.names_end, lit)
        if layout.hidden and layout.counted:
            paint_more(painter, layout.geometry.main.left, layout.rows, hidden_branches(layout.hidden), colours)
        painter.end()
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Everything is somewhere else."""
        super().resizeEvent(event)
        self._picture = None

    # -- hands -----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the handle, or let it jump under the pointer; or choose another branch."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        place = event.position()
        lane = self.layout_now.lane_at(place)
        self._chosen = None
        if lane is not None:
            place_there = self.layout_now.place_on_lane(lane, place.x())
            self.branch_wanted.emit(self._lanes[lane], place_there)
        elif place.y() < self.layout_now.below:
            middle = self._handle_x()
            self._held = place.x() - middle if abs(place.x() - middle) <= theme().px(GRIP) else 0.0
            self._timeline.set_held(True)
            self._drag(event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag; or light up what could be clicked."""
        if self._held is not None:
            self._drag(event)
            return
        lane = self.layout_now.lane_at(event.position())
        if lane != self._lit:
            self._lit = lane
            self.update()
        over = lane is not None or event.position().y() < self.layout_now.below
        near = lane is None and abs(event.position().x() - self._handle_x()) <= theme().px(GRIP)
        shape = Qt.CursorShape.SizeHorCursor if near else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: one stands where the handle is."""
        if event.button() == Qt.MouseButton.LeftButton and self._held is not None:
            self._held = self._fine = None
            self._timeline.set_held(False)
            self.update()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is hidden is in nobody's hand."""
        super().hideEvent(event)
        self._held = self._fine = None
        self._timeline.set_held(False)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at."""
        super().leaveEvent(event)
        if self._lit is not None:
            self._lit = None
            self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A notch is a step."""
        notches = round((event.angleDelta().y() or event.angleDelta().x()) / 120)
        if notches:
            self._go(self._timeline.pending_index - notches)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go by a step, with Shift by an entry; PgUp and PgDn by a tenth; up and down to other branches."""
        key, shift = event.key(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        here, track = self._timeline.pending_index, self._timeline.track
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            event.ignore()
            return
        page = max(1, track.last // 10)
        targets = {
            Qt.Key.Key_Left: track.entry_before(here) if shift else here - 1,
            Qt.Key.Key_Right: track.entry_after(here) if shift else here + 1,
            Qt.Key.Key_PageUp: here - page,
            Qt.Key.Key_PageDown: here + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: track.last,
        }
        if key in targets:
            self._chosen = None
            self._go(targets[Qt.Key(key)])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._walk_lanes(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen is not None:
            self.branch_wanted.emit(self._lanes[self._chosen], None)
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        """Say what is under the pointer."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self.tip_at(QPointF(event.pos())), self)
            return True
        return super().event(event)

    def tip_at(self, place: QPointF) -> str:
        """What can be said about a pixel."""
        lane = self.layout_now.lane_at(place)
        if lane is not None:
            found = self.layout_now.geometry.lanes[lane]
            words = where(found.spans.track, found.spans.index_at(place.x()))
            return self.tr("{branch}\n{place}\nClick to go there").format(branch=found.lane.name, place=words)
        if place.y() < self.layout_now.below:
            return where(self._timeline.track, self.layout_now.geometry.main.index_at(place.x()))
        return ""

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _go(self, index: int) -> None:
        self.wanted.emit(min(max(index, 0), self._timeline.track.last + self._timeline.track.tail))

    def _value_changed(self, value: int) -> None:
        """An assistive technology has set the value."""
        if not self._setting:
            self._go(value)

    def _drag(self, event: QMouseEvent) -> None:
        x = event.position().x() - (self._held or 0.0)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            # As fine as there is: a pixel is a step, from where Shift was pressed.
            if self._fine is None:
                self._fine = (x, self._timeline.pending_index)
            self._go(self._fine[1] + round(x - self._fine[0]))
        else:
            self._fine = None
            self._go(self.layout_now.geometry.main.index_at(x))

    def _handle_x(self) -> float:
        return self.layout_now.geometry.main.across(self._timeline.pending_index)

    def _walk_lanes(self, by: int) -> None:
        count = len(self.layout_now.geometry.lanes)
        now = -1 if self._chosen is None else self._chosen
        chosen = min(max(now + by, -1), count - 1)
        self._chosen = None if chosen < 0 else chosen
        self.update()
