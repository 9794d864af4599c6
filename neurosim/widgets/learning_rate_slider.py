"""A slider for the learning rate on a logarithmic scale, over the zones slow, fast, zigzag and explodes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QShowEvent,
    QStatusTipEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSlider, QApplication, QSizePolicy, QWidget

from neurosim.engine.rate_zones import RateZones, Zone
from neurosim.numbers.exact import Number
from neurosim.widgets.announce import announce
from neurosim.widgets.display import Display
from neurosim.widgets.rate_keys import is_rate_key, rate_by_key
from neurosim.widgets.rate_ladder import nearest_rung, rung_beyond
from neurosim.widgets.rate_picture import paint_slider, track_of
from neurosim.widgets.rate_scale import RateScale, scale_for
from neurosim.widgets.rate_words import hover_text, limits_text, spoken_text
from neurosim.widgets.seldom import Seldom
from neurosim.widgets.theme import theme, theme_notifier

WIDTH, HEIGHT = 176, 32
HANDLE = 24
"""The handle can be taken anywhere in so many pixels across."""

WHEEL_PAUSE = 400
"""Milliseconds without a turn of the wheel after which what it did is one gesture."""

TELL_PAUSE = 100
"""Milliseconds between two times that the words for status bar and assistive technology are written, while zones move
with a dragged point."""

NOTCH = 120
"""The angle of one click of a wheel, in Qt's eighths of a degree."""

PARTS = 1000
"""The positions that are told to assistive technology."""


class LearningRateSlider(QAbstractSlider):
    """Owns the gesture that changes the rate. Rates reached by it are round fractions: 1/30, 1/25, 1/20 ...

    Drag the handle or press anywhere (Shift: every 1/n of two digits), turn the wheel, or use the keys: arrows go to
    the next round rate, PageUp and PageDown to the next zone, Home and End to the ends of the scale. Esc during a
    gesture brings the rate from before it back.

    Signals:
        committed(object): the rate was set at once, by assistive technology.
        scrub_started(): a drag, a held key or the wheel begins to change the rate.
        scrubbed(object): the rate during that gesture.
        scrub_finished(): the gesture ended and its last rate stays.
        scrub_cancelled(): the gesture ended with Esc; the rate from before it is back.
    """

    committed = Signal(object)
    scrub_started = Signal()
    scrubbed = Signal(object)
    scrub_finished = Signal()
    scrub_cancelled = Signal()

    def __init__(self, display: Display, rate: Number, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("learningRateSlider")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setRange(0, PARTS)
        self._display = display
        self._rate: Number = rate
        self._zones: RateZones | None = None
        self._scale = scale_for(None, float(rate), None)
        self._before: Number | None = None
        """The rate before the gesture under way; ``None`` without one."""
        self._picture: tuple[object, ...] = ()
        """What the last picture showed."""
        self._grip: float | None = None
        """How far from the handle's middle the pointer holds it."""
        self._key: int | None = None
        self._turned = 0
        self._telling = False
        self._wheel_ends = QTimer(self)
        self._wheel_ends.setSingleShot(True)
        self._wheel_ends.setInterval(WHEEL_PAUSE)
        self._wheel_ends.timeout.connect(self._finish)
        self.valueChanged.connect(self._set_from_outside)
        self._tip_is_old = True
        self._words = Seldom(self._tell, TELL_PAUSE, self)
        display.changed.connect(self._words.now)
        theme_notifier().changed.connect(self._restyle)
        self._restyle()
        self._words.now()

    # -- what is shown ---------------------------------------------------------------------------------------------

    def rate(self) -> Number:
        """The rate on which the handle stands."""
        return self._rate

    def set_rate(self, rate: Number) -> None:
        """Move the handle; no signal is sent."""
        if rate != self._rate or type(rate) is not type(self._rate):
            self._rate = rate
            self._show()

    def zones(self) -> RateZones | None:
        """The zones on show."""
        return self._zones

    def set_zones(self, zones: RateZones | None) -> None:
        """Show other zones; the scale stays where it is while it can."""
        if zones != self._zones:
            if _are_known(zones) != _are_known(self._zones) and self._grip is None:
                self._scale = scale_for(zones, float(self._rate), None)
            self._zones = zones
            self._show(often=True)

    @property
    def zone(self) -> Zone | None:
        """The zone that the handle is in; ``None`` when there are none."""
        return self._zones.of(float(self._rate)) if self._zones is not None else None

    @property
    def scale(self) -> RateScale:
        """Which rate is where."""
        return self._scale

    def handle_rect(self) -> QRectF:
        """Where the handle can be taken, in pixels of the widget."""
        width = theme().px(HANDLE)
        middle = self._place_of(float(self._rate))
        return QRectF(middle - width / 2, 0.0, width, float(self.height()))

    def place_of(self, rate: Number) -> float:
        """The horizontal pixel of *rate*."""
        return self._place_of(float(rate))

    def _place_of(self, rate: float) -> float:
        track = track_of(self)
        return track.left() + self._scale.position(rate) * track.width()

    def _show(self, *, often: bool = False) -> None:
        """*often*: it may go on like this in every frame, and need not be told in each."""
        if self._grip is None:
            # under the hand the scale stays put
            self._scale = scale_for(self._zones, float(self._rate), self._scale)
        self._tip_is_old = True
        if often:
            self._words.soon()
        else:
            self._words.now()
        picture = self._seen_of()
        if picture != self._picture:
            self._picture = picture
            self.update()

    def _seen_of(self) -> tuple[object, ...]:
        """What can be told apart of the picture: while a point is dragged zones move by less than any eye sees."""
        zones = self._zones
        handle = round(4 * self._place_of(float(self._rate)))
        if zones is None:
            return (handle,)
        ends = tuple((zone.kind, round(4 * self._place_of(zone.low))) for zone in zones.zones)
        return handle, zones.estimate, ends, None if self.zone is None else self.zone.kind

    def _tell(self) -> None:
        """Have status bar and assistive technology say what is shown; the hover's text is written when it is wanted."""
        self._tip_is_old = True
        line = limits_text(self._zones, self._rate, self._display)
        if line != super().statusTip():
            self.setStatusTip(line)
            if self._before is not None or self.underMouse():
                QApplication.sendEvent(self, QStatusTipEvent(line))
        self.setAccessibleDescription(f"{spoken_text(self._zones, self._rate)}. {line}".strip())
        self._telling = True
        self.setValue(round(self._scale.position(float(self._rate)) * PARTS))
        self._telling = False

    def _set_from_outside(self, position: int) -> None:
        """Assistive technology has moved the slider: to the round rate nearest to there."""
        if self._telling:
            return
        rate = nearest_rung(self._scale.rate(position / PARTS))
        self.set_rate(rate)
        self.committed.emit(rate)

    def _restyle(self) -> None:
        self.setFixedSize(self.sizeHint())
        self._stand_alone()
        self.update()

    def _stand_alone(self) -> None:
        """It paints its own ground: nothing behind it need be painted first. (A style sheet takes the mark away.)"""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    # -- the gesture -----------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        if self._before is None:
            self._before = self._rate
            self.scrub_started.emit()

    def _go_to(self, rate: Number) -> None:
        if rate != self._rate:
            self.set_rate(rate)
            self.scrubbed.emit(rate)

    def _finish(self) -> None:
        if self._before is None:
            return
        moved = self._rate != self._before
        self._end()
        if moved:
            announce(self, f"{self.accessibleName()} {spoken_text(self._zones, self._rate)}".strip())
        self.scrub_finished.emit()

    def _cancel(self) -> None:
        if self._before is not None:
            before = self._before
            self._end()
            self.set_rate(before)
            self.scrub_cancelled.emit()

    def _end(self) -> None:
        self._before = self._grip = self._key = None
        self._turned = 0
        self._wheel_ends.stop()
        self._show()

    # -- mouse -----------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the handle, or bring it here."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._finish()
        x = event.position().x()
        on_handle = self.handle_rect().contains(event.position())
        self._grip = x - self._place_of(float(self._rate)) if on_handle else 0.0
        self._begin()
        if not on_handle:
            self._carry(event)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the handle; else show that it can be taken."""
        if self._grip is not None:
            self._carry(event)
        over = self.handle_rect().contains(event.position())
        self.setCursor(Qt.CursorShape.SizeHorCursor if over or self._grip is not None else Qt.CursorShape.ArrowCursor)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put it down."""
        if event.button() == Qt.MouseButton.LeftButton and self._grip is not None:
            self._finish()
        event.accept()

    def _carry(self, event: QMouseEvent) -> None:
        track = track_of(self)
        position = (event.position().x() - (self._grip or 0.0) - track.left()) / track.width()
        fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._go_to(nearest_rung(self._scale.rate(position), fine=fine))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A click of the wheel is a step; turns that follow one another are one gesture."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if self._grip is None and self._key is None and turned:
            self._turned += turned
            steps = int(self._turned / NOTCH)
            if steps:
                self._turned -= steps * NOTCH
                self._begin()
                fine = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._go_to(rung_beyond(self._rate, steps, fine=fine))
                self._wheel_ends.start()
        event.accept()

    # -- keys ------------------------------------------------------------------------------------------------------

    def toolTip(self) -> str:
        """What hovering says about the present zones and rate."""
        if self._tip_is_old:
            self._tip_is_old = False
            self.setToolTip(hover_text(self._zones, self._rate, self._display))
        return super().toolTip()

    def statusTip(self) -> str:
        """What the status bar says about the present zones and rate."""
        self._words.settle()
        return super().statusTip()

    def accessibleDescription(self) -> str:
        """The same in words, with the rate."""
        self._words.settle()
        return super().accessibleDescription()

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the slider, and Esc during a gesture, from shortcuts; write the tooltip when it is shown."""
        if event.type() == QEvent.Type.ToolTip:
            self.toolTip()
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if is_rate_key(event) or (key == Qt.Key.Key_Escape and self._before is not None):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Steps, zones and ends; a press with its repeats is one gesture."""
        if event.key() == Qt.Key.Key_Escape and self._before is not None:
            self._cancel()
        elif is_rate_key(event) and self._grip is None:
            self._begin()
            self._key = event.key()
            self._go_to(rate_by_key(event, self._rate, self._zones, self._scale))
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End the gesture of a held key."""
        if event.key() == self._key and not event.isAutoRepeat():
            self._finish()
        super().keyReleaseEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring, and in the status bar what the rate does."""
        super().focusInEvent(event)
        QApplication.sendEvent(self, QStatusTipEvent(self.statusTip()))
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """End the gesture of a held key."""
        if self._key is not None:
            self._finish()
        super().focusOutEvent(event)
        self.update()

    # -- looks -----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        """Room for the four names side by side."""
        return QSize(theme().px(WIDTH), theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """A slider that is cut off is no scale."""
        return self.sizeHint()

    def showEvent(self, event: QShowEvent) -> None:
        """It is dressed by now."""
        super().showEvent(event)
        self._stand_alone()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names, zones and handle, on the ground of the bar that it stands in."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme().surface)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_slider(painter, self, self._scale, self._zones, float(self._rate), focused=self.hasFocus())


def _are_known(zones: RateZones | None) -> bool:
    return zones is not None and bool(zones.zones)
