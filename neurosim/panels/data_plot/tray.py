"""A small tray of points at the edge of the plot: one is dragged out to add it, and dragged back to delete it."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from neurosim.panels._marks import POINT, draw_mark
from neurosim.widgets.colour_maps import class_colour
from neurosim.widgets.for_hands import mark_for_hands
from neurosim.widgets.theme import theme

FAR = 4.0
"""A press that moves less than this many pixels is a click."""
BUCKET, HEIGHT = 38.0, 24.0
LARGEST = 1.35
"""The factor up to which the tray grows with the zoom: under the axis there is no room for more."""


def tray_scale() -> float:
    """How much larger than at 100 % the tray is."""
    return min(theme().zoom, LARGEST)


class Tray(QWidget):
    """Owns nothing but its picture: one heap of points, or one for each of two classes.

    Signals:
        clicked(place): a heap was clicked, or chosen by key: add a point in the middle.
        pulled(place, at): a point leaves the heap; *at* is where on the screen.
        carried(at, fine): the pulled point is there now.
        dropped(at): it was let go of.
        given_up(): it shall not be added after all.
        delete_wanted(): Del was pressed on the tray.
    """

    clicked = Signal(int)
    pulled = Signal(int, QPoint)
    carried = Signal(QPoint, bool)
    dropped = Signal(QPoint)
    given_up = Signal()
    delete_wanted = Signal()

    def __init__(self, plot: QWidget) -> None:
        super().__init__(plot)
        self.setObjectName("dataPlotTray")
        mark_for_hands(self)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._plot = plot
        self._names: tuple[str, ...] = ("",)
        self._chosen = 0
        self._pressed: QPoint | None = None
        self._pulling = False
        self._inviting = False
        self.setAccessibleName(self.tr("Tray of points"))
        self._describe()
        plot.installEventFilter(self)
        self.place_anew()

    # -- what is in it ---------------------------------------------------------------------------------------------

    @property
    def heaps(self) -> int:
        """How many heaps there are."""
        return len(self._names)

    def show_heaps(self, names: tuple[str, ...]) -> None:
        """One heap for each of *names*: the classes, or one without a name."""
        names = names or ("",)
        if names != self._names:
            self._names = names
            self._chosen = min(self._chosen, len(names) - 1)
            self._describe()
            self.place_anew()

    def invite(self, inviting: bool) -> None:
        """Show whether what is in hand would be deleted here."""
        if inviting != self._inviting:
            self._inviting = inviting
            self.update()

    def holds(self, at: QPoint) -> bool:
        """Whether a place on the screen is on the tray."""
        return self.rect().contains(self.mapFromGlobal(at))

    def place_anew(self) -> None:
        """Stay in the corner at the lower right, under the axis."""
        px, scale = theme().px, tray_scale()
        self.setFixedSize(round(BUCKET * scale) * self.heaps, round(HEIGHT * scale))
        self.move(self._plot.width() - self.width() - px(4), self._plot.height() - self.height())
        self.update()

    def _describe(self) -> None:
        words = self.tr("Drag a point out to add it; drag a point here to delete it. Enter adds one in the middle.")
        name = self._names[self._chosen]
        self.setToolTip(words)
        self.setAccessibleDescription(f"{name}. {words}" if name else words)

    def sizeHint(self) -> QSize:
        """As large as its heaps."""
        return self.size()

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A dish with a few points in it; with a bin's warning colour while a point in hand is over it."""
        colours = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        focused = self.hasFocus()
        edge = colours.negative if self._inviting else colours.accent if focused else colours.border
        width = 2.0 if self._inviting or focused else 1.0
        painter.setPen(QPen(edge, width))
        painter.setBrush(colours.hover if self._inviting else colours.raised)
        inset = width / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 6, 6)
        for heap in range(self.heaps):
            self._draw_heap(painter, heap, strong=self.heaps == 1 or not focused or heap == self._chosen)

    def _draw_heap(self, painter: QPainter, heap: int, *, strong: bool) -> None:
        colours, scale = theme(), tray_scale()
        middle = QPointF(self.width() / self.heaps * (heap + 0.5), self.height() / 2)
        classes = self.heaps > 1
        colour = QColor(class_colour(colours, heap) if classes else colours.text)
        if not strong:
            colour.setAlphaF(0.45)
        size = POINT * scale * 0.82
        for dx, dy in ((-9, 2.5), (9, 2.5), (0, -1.5)):
            place = middle + QPointF(dx, dy) * scale
            draw_mark(painter, place, size, colour, rim=colours.raised, shape=0 if classes and heap == 0 else 1)

    # -- hands -----------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the plot."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self.place_anew()
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the heap; another button while a point is out means: no, not like that."""
        if event.button() != Qt.MouseButton.LeftButton:
            self._give_up()
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._pressed = event.position().toPoint()
        self._choose(self._heap_at(self._pressed))
        QToolTip.hideText()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull a point out, and carry it."""
        if self._pressed is None:
            return
        at = event.globalPosition().toPoint()
        away = event.position().toPoint() - self._pressed
        if not self._pulling and math.hypot(away.x(), away.y()) >= FAR and not self.holds(at):
            self._pulling = True
            self.pulled.emit(self._chosen, at)
        elif self._pulling:
            self.carried.emit(at, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go: of the point, or of the heap after a click."""
        if self._pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        was_pulling, self._pulling, self._pressed = self._pulling, False, None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        if was_pulling:
            self.dropped.emit(event.globalPosition().toPoint())
        elif self.rect().contains(event.position().toPoint()):
            self.clicked.emit(self._chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows choose the heap, Enter and Space add a point, Del deletes the selected ones, Esc lets go."""
        key = event.key()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self.heaps > 1:
            step = 1 if key == Qt.Key.Key_Right else -1
            self._choose(min(max(self._chosen + step, 0), self.heaps - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit(self._chosen)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.delete_wanted.emit()
        elif key == Qt.Key.Key_Escape and self._pressed is not None:
            self._give_up()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Space, Enter, Del and, while a point is out, Esc are the tray's, not the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            own = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace}
            arrows = {Qt.Key.Key_Left, Qt.Key.Key_Right} if self.heaps > 1 else set()
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and (event.key() in own | arrows or (event.key() == Qt.Key.Key_Escape and self._pulling)):
                event.accept()
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A point that is out goes back."""
        super().focusOutEvent(event)
        self._give_up()

    def _give_up(self) -> None:
        pulling, self._pulling, self._pressed = self._pulling, False, None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        if pulling:
            self.given_up.emit()

    def _choose(self, heap: int) -> None:
        if heap != self._chosen:
            self._chosen = heap
            self._describe()
        self.update()

    def _heap_at(self, place: QPoint) -> int:
        return min(max(int(place.x() / (self.width() / self.heaps)), 0), self.heaps - 1)
