"""A graphics view that zooms around the pointer, pans, and can be fitted to what it shows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QNativeGestureEvent, QPainter, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from neurosim.canvas.items.far import FAR, is_far
from neurosim.widgets.theme import theme

SMALLEST, LARGEST = 0.08, 4.0
ZOOM_STEP = 1.2
FIT_LARGEST = 1.5
"""Fit does not enlarge a small graph beyond this."""
MARGIN = 24
FOOT = 36
"""Pixels at the lower edge that Fit keeps free for a bar."""
WORLD = QRectF(-50_000, -50_000, 100_000, 100_000)


class Camera(QGraphicsView):
    """Owns zoom and place of the picture. ``fitted``: it follows the window's size until the user moves it.

    Signals:
        zoom_changed(factor): 1.0 is 100 % of the interface's own zoom.
        picture_moved(): another part of the scene is seen.
    """

    zoom_changed = Signal(float)
    picture_moved = Signal()

    def __init__(self, scene: QGraphicsScene, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # signals go from left to right in every language
        self.fitted = True
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        # Its ground covers all of it: what lies behind need not be painted first.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setSceneRect(WORLD)

    def whole(self) -> QRectF:
        """The rectangle that Fit shows."""
        return self.scene().itemsBoundingRect()

    def detail(self) -> float:
        """How many screen pixels one scene pixel takes."""
        return float(self.transform().m11())

    @property
    def is_far(self) -> bool:
        """Whether the picture is so small that some of it is left out."""
        return is_far(self.detail(), self.far_below)

    @property
    def far_below(self) -> float:
        """The zoom below which the picture is seen from far away."""
        return FAR

    def scroll_by(self, dx: float, dy: float) -> None:
        """Move the picture by screen pixels."""
        self.fitted = False
        horizontal, vertical = self.horizontalScrollBar(), self.verticalScrollBar()
        horizontal.setValue(horizontal.value() - round(dx))
        vertical.setValue(vertical.value() - round(dy))

    def whole_from_far(self) -> QRectF:
        """The same for a picture that is so small that some of it is left out."""
        return self.whole()

    def fit_all(self) -> None:
        """Show everything; a small graph is not enlarged beyond reason."""
        self.fit_rect(self.whole())
        if self.is_far:
            self.fit_rect(self.whole_from_far(), largest=self.far_below * 0.998)
        self.fitted = True

    def has_foot(self) -> bool:
        """Whether a bar stands in the lower corners, for which room is kept."""
        return True

    def margin(self) -> float:
        """Pixels that Fit leaves free around the picture."""
        return MARGIN * theme().zoom

    def fit_rect(self, rect: QRectF, largest: float | None = None) -> None:
        """Show *rect* with a margin, above the bar, at a zoom of *largest* at most."""
        self.fitted = False
        if rect.isEmpty():
            rect = QRectF(-150, -100, 300, 200)
        zoom = theme().zoom
        margin = self.margin()
        view = QRectF(self.viewport().rect())
        # A low view has no room to give away above and below.
        edge = min(margin, max(view.height() * 0.03, 4.0))
        foot = FOOT * zoom if self.has_foot() else 0.0
        room = view.adjusted(margin, edge, -margin, -edge - foot)
        if room.width() < 20 or room.height() < 20:
            return
        largest = FIT_LARGEST * zoom if largest is None else largest
        scale = min(room.width() / rect.width(), room.height() / rect.height(), largest)
        self._set_scale(max(scale, SMALLEST))
        self.centerOn(rect.center() + (view.center() - room.center()) / self.detail())
        self.picture_moved.emit()

    def zoom_in(self) -> None:
        """One step larger, around the middle."""
        self.zoom_by(ZOOM_STEP, self._middle())

    def zoom_out(self) -> None:
        """One step smaller."""
        self.zoom_by(1 / ZOOM_STEP, self._middle())

    def zoom_reset(self) -> None:
        """100 %."""
        self.zoom_by(theme().zoom / self.detail(), self._middle())

    def zoom_by(self, factor: float, around: QPointF) -> None:
        """Enlarge by *factor* so that what is at the screen point *around* stays there."""
        before = self.mapToScene(around.toPoint())
        scale = min(max(self.detail() * factor, SMALLEST), LARGEST * theme().zoom)
        if scale == self.detail():
            return
        self.fitted = False
        self._set_scale(scale)
        after = QPointF(self.mapFromScene(before)) - around
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + round(after.x()))
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + round(after.y()))
        self.picture_moved.emit()

    def show_rect(self, rect: QRectF) -> None:
        """Move the picture as little as is needed for *rect* to be seen."""
        inside = self.mapToScene(self.viewport().rect().adjusted(0, 0, 0, -FOOT)).boundingRect()
        if not rect.isEmpty() and not inside.contains(rect):
            self.ensureVisible(rect, 40, 40 + FOOT)

    def middle(self) -> QPointF:
        """The scene's place in the middle of the view."""
        return self.mapToScene(self.viewport().rect().center())

    def room(self) -> QRectF:
        """What is seen of the scene, above the bar."""
        foot = round(FOOT * theme().zoom) if self.has_foot() else 4
        return self.mapToScene(self.viewport().rect().adjusted(4, 4, -4, -foot)).boundingRect()

    def shows_all(self) -> bool:
        """Whether everything is in sight."""
        whole = self.whole_from_far() if self.is_far else self.whole()
        return self.mapToScene(self.viewport().rect()).boundingRect().contains(whole)

    def _middle(self) -> QPointF:
        return QPointF(self.viewport().rect().center())

    def _set_scale(self, scale: float) -> None:
        transform = self.transform()
        transform.reset()
        transform.scale(scale, scale)
        self.setTransform(transform)
        self.zoom_changed.emit(scale / theme().zoom)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel zooms around the pointer; a trackpad scrolls, with Ctrl it zooms."""
        smooth = not event.pixelDelta().isNull() or event.phase() != Qt.ScrollPhase.NoScrollPhase
        if smooth and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            away = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta() / 8
            self.scroll_by(away.x(), away.y())
        else:
            turns = event.angleDelta().y() / 120 if event.angleDelta().y() else event.pixelDelta().y() / 60
            self.zoom_by(ZOOM_STEP**turns, event.position())
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Pinching zooms."""
        if event.type() == QEvent.Type.NativeGesture and isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.zoom_by(1.0 + event.value(), event.position())
            return True
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The picture stays fitted."""
        super().resizeEvent(event)
        if self.fitted:
            self.fit_all()
        self.picture_moved.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Fit when first seen, and again when the layout has settled."""
        super().showEvent(event)
        if self.fitted:
            self.fit_all()
            QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        if self.fitted:
            self.fit_all()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Tell that the picture moved."""
        super().scrollContentsBy(dx, dy)
        self.picture_moved.emit()
