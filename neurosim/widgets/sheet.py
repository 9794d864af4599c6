"""A sheet inside the window, above the bar that its button stands in: it blocks nothing and stays until closed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMainWindow, QScrollArea, QVBoxLayout, QWidget

from neurosim.widgets.picture_button import picture_button
from neurosim.widgets.theme import theme, theme_notifier

MARGIN = 8
"""Pixels at 100 % that stay free between a sheet and the edges of its window."""

LOW = 560
"""A window with less room than that above the bar, in pixels at 100 %, is low."""


class Sheet(QFrame):
    """Owns a title, a close button and the ``body``, which subclasses fill.

    A popup would take the mouse from everything else; here a point can be dragged while the numbers are watched. Esc
    and the close button close it and give the focus back to where it came from; its title moves it.

    Signals:
        shown_changed(bool): it was opened or closed.
    """

    shown_changed = Signal(bool)
    keeps_right = False

    def __init__(self, name: str, anchor: QWidget) -> None:
        """Make a closed sheet that opens beside *anchor*, in the window that this stands in by then."""
        super().__init__(anchor)
        self.setObjectName(name)
        self.hide()
        self._anchor = anchor
        self._held: QPoint | None = None
        self._moved = False
        self._title = QLabel(self)
        self._title.setProperty("role", "title")
        self._close = picture_button(
            f"{name}Close", "x", self.tr("Close"), self, tip=self.tr("Close (Esc)"), focus=Qt.FocusPolicy.StrongFocus
        )
        self._close.clicked.connect(self.close_sheet)
        self._top = QHBoxLayout()
        self._top.addWidget(self._title, 1)
        self._top.addWidget(self._close)
        self.body = QWidget()
        self._area = QScrollArea(self)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.body)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._top)
        self._column.addWidget(self._area)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(0)
        self._settle.timeout.connect(self.place)
        self.body.installEventFilter(self)
        theme_notifier().changed.connect(self._set_lengths)
        self._set_lengths()

    def set_title(self, title: str) -> None:
        """Show *title* over the body."""
        self._title.setText(title)
        self.setAccessibleName(title)

    # -- opening and closing ---------------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Open, or close."""
        if self.isHidden():
            self.open_sheet()
        else:
            self.close_sheet()

    def open_sheet(self) -> None:
        """Show above the anchor's bar and take the focus."""
        space = self._space()
        if self._anchor.window() is not space.window():
            self._anchor.window().close()  # the popover with the anchor would take every click meant for the sheet
        if self.parentWidget() is not space:
            self.setParent(space)
            space.installEventFilter(self)
        self._moved = False
        self.refresh()
        self.place()
        self.show()
        self.raise_()
        self.first_control().setFocus(Qt.FocusReason.PopupFocusReason)
        self.shown_changed.emit(True)

    def close_sheet(self) -> None:
        """Go away; a focus inside goes back to the anchor."""
        if self.isHidden():
            return
        inside = self.isAncestorOf(self.window().focusWidget() or self.window())
        self.hide()
        if inside:
            self._standing().setFocus(Qt.FocusReason.PopupFocusReason)
        self.shown_changed.emit(False)

    def refresh(self) -> None:
        """Show what is so now; called before the sheet opens."""

    def first_control(self) -> QWidget:
        """What has the focus first."""
        return self._close

    # -- place -----------------------------------------------------------------------------------------------------

    def take_form(self, low: bool) -> None:
        """Take the form for a window that is *low*, or for one with room enough; called before each placing."""

    def place(self) -> None:
        """Take the size of the body, as far as the window has room, above the anchor's bar or where it was moved.

        In a low window one with ``keeps_right`` stands at the right, so that the beginning of the graph is in sight.
        """
        space = self._space()
        if self.parentWidget() is not space:
            return
        anchor = self._standing()
        bar = _bar_of(anchor)
        top = bar.mapTo(space, QPoint(0, 0)).y()
        low = top < theme().px(LOW)
        self.take_form(low)
        gap = theme().px(MARGIN)
        free = space.rect().adjusted(gap, gap, -gap, -gap)
        wanted = self._wanted()
        if wanted.height() > free.height():  # what is scrolled needs room for the bar
            wanted.setWidth(wanted.width() + self._area.verticalScrollBar().sizeHint().width())
        size = wanted.boundedTo(free.size())
        if self._moved:
            corner = self.pos()
        else:
            aside = low and self.keeps_right
            right = space.width() if aside else anchor.mapTo(space, QPoint(anchor.width(), 0)).x()
            corner = QPoint(right - size.width(), top - gap - size.height())
        self.setGeometry(QRect(_inside(corner, size, free), size))

    @property
    def room(self) -> int:
        """The width that the body can have without a bar that scrolls it sideways."""
        margins, around = self._column.contentsMargins(), 2 * theme().px(MARGIN)
        bar = self._area.verticalScrollBar().sizeHint().width()
        return self._space().width() - around - margins.left() - margins.right() - bar

    def _space(self) -> QWidget:
        """Where sheets lie: what the window has between its bars, so that a message can lie over them."""
        window = self._standing().window()
        page = window.centralWidget() if isinstance(window, QMainWindow) else None
        return page if page is not None and page.isAncestorOf(self._standing()) else window

    def _standing(self) -> QWidget:
        """The anchor, or where a popover was opened that it has been put into: a sheet lies in no popover."""
        anchor = self._anchor
        while anchor.window().windowType() == Qt.WindowType.Popup:
            opened_at = anchor.window().parentWidget()
            if opened_at is None:
                break
            anchor = opened_at
        return anchor

    def _wanted(self) -> QSize:
        """The sheet around the whole body."""
        body = self.body.sizeHint()
        margins = self._column.contentsMargins()
        width = max(body.width(), self._top.sizeHint().width()) + margins.left() + margins.right()
        height = body.height() + self._top.sizeHint().height() + self._column.spacing()
        return QSize(width, height + margins.top() + margins.bottom())

    def _set_lengths(self) -> None:
        px = theme().px
        self._column.setContentsMargins(px(16), px(8), px(12), px(12))
        self._column.setSpacing(px(4))
        self._close.setIconSize(QSize(px(16), px(16)))
        self._settle.start()

    # -- events ----------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in place in a window of another size, and fit a body of another size."""
        if self.isVisible() and (
            (watched is self.parentWidget() and event.type() == QEvent.Type.Resize)
            or (watched is self.body and event.type() == QEvent.Type.LayoutRequest)
        ):
            self._settle.start()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_sheet()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the sheet; what is under it gets no clicks through it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.position().toPoint()
            self.raise_()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move with the hand, inside the window."""
        if self._held is not None:
            self._moved = True
            corner = self.pos() + event.position().toPoint() - self._held
            self.move(_inside(corner, self.size(), self._space().rect()))
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = None
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A raised sheet with one thin line around."""
        super().paintEvent(event)
        colours = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.border, 1))
        painter.setBrush(colours.raised)
        corner = colours.px(6)
        painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), corner, corner)


def _bar_of(anchor: QWidget) -> QWidget:
    """The bar that *anchor* stands in, or itself."""
    above: QWidget | None = anchor
    while above is not None and not above.isWindow():
        if above.property("role") == "bar":
            return above
        above = above.parentWidget()
    return anchor


def _inside(corner: QPoint, size: QSize, space: QRect) -> QPoint:
    """The place nearest to *corner* where *size* lies in *space*."""
    x = max(space.left(), min(corner.x(), space.right() - size.width()))
    return QPoint(x, max(space.top(), min(corner.y(), space.bottom() - size.height())))
