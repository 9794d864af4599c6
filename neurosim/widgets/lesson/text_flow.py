"""A paragraph with formulas in it: set, painted in the theme's colours, pointed at and lit up."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from neurosim.markup.write_speech import write_speech
from neurosim.widgets.formula import Ink
from neurosim.widgets.lesson.flow import BODY, Flow, Style, broken
from neurosim.widgets.lesson.runs import Inline, Runs
from neurosim.widgets.theme import theme, theme_notifier

_NONE: frozenset[str] = frozenset()


class TextFlow(QWidget):
    """Owns one paragraph. Its height follows from its width.

    Signals:
        pointed(frozenset): the ids that what is under the pointer stands for; empty when it has left.
    """

    pointed = Signal(frozenset)

    def __init__(self, style: Style = BODY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lessonText")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        self._style = style
        self._runs: Runs = ()
        self._flow: Flow | None = None
        self._lit = _NONE
        self._muted = False
        self._pointed = _NONE
        self._colour = "text"
        theme_notifier().changed.connect(self._dress)

    @property
    def runs(self) -> Runs:
        """What is shown."""
        return self._runs

    def set_runs(self, runs: Runs) -> None:
        """Show another text."""
        if runs == self._runs:
            return
        self._runs = runs
        self.setAccessibleName(spoken(runs))
        before = None if self._flow is None else self._flow.height
        self._flow = None
        if before is None or self._of(self.width()).height != before:
            self.updateGeometry()
        self.update()

    def set_lit(self, refs: frozenset[str]) -> None:
        """Put a soft background behind what stands for any of *refs*."""
        if refs != self._lit:
            self._lit = refs
            self.update()

    def set_muted(self, muted: bool) -> None:
        """Paint it in the muted colour."""
        if muted != self._muted:
            self._muted = muted
            self.update()

    def set_token(self, token: str) -> None:
        """Paint its words in the colour of another token of the theme."""
        if token != self._colour:
            self._colour = token
            self.update()

    # -- size ------------------------------------------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        """It has."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as that width asks for."""
        return self._ceil(broken(self._runs, width, self._style).height)

    def sizeHint(self) -> QSize:
        """A column of comfortable width."""
        width = self.width() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else theme().px(300)
        flow = broken(self._runs, max(width, 1), self._style)
        return QSize(self._ceil(flow.width), self._ceil(flow.height))

    def minimumSizeHint(self) -> QSize:
        """As narrow as it may be; the height of its present width."""
        return QSize(theme().px(80), self._ceil(self._of(max(self.width(), 1)).height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._flow = None
            self.updateGeometry()

    # -- painting and pointing -------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words and formulas."""
        super().paintEvent(event)
        colours = theme()
        words = colours.text_muted if self._muted else colours.colours.get(self._colour, colours.text)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = Ink(words, self._lit, self._muted)
        for line in self._of(self.width()).lines:
            for piece in line.pieces:
                if piece.formula is not None:
                    piece.formula.paint(painter, piece.x, line.baseline, ink)
                elif piece.font is not None:
                    painter.setFont(piece.font)
                    painter.setPen(QColor(words))
                    painter.drawText(QPointF(piece.x, line.baseline), piece.text)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is pointed at."""
        self._point(self.refs_at(event.position()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        self._point(_NONE)
        super().leaveEvent(event)

    def refs_at(self, place: QPointF) -> frozenset[str]:
        """What stands at a place of the widget."""
        for line in self._of(self.width()).lines:
            if not line.top <= place.y() < line.top + line.height:
                continue
            for piece in line.pieces:
                if piece.formula is not None and piece.x <= place.x() <= piece.x + piece.width:
                    return piece.formula.refs_at(place.x() - piece.x, place.y() - line.baseline)
        return _NONE

    def formula_rects(self) -> list[QRectF]:
        """Where the formulas stand, for those who look for them."""
        return [
            QRectF(piece.x, line.top, piece.width, line.height)
            for line in self._of(self.width()).lines
            for piece in line.pieces
            if piece.formula is not None
        ]

    def _point(self, refs: frozenset[str]) -> None:
        if refs != self._pointed:
            self._pointed = refs
            self.pointed.emit(refs)

    def _of(self, width: int) -> Flow:
        if self._flow is None:
            self._flow = broken(self._runs, max(width, 1), self._style)
        return self._flow

    def _ceil(self, height: float) -> int:
        return int(height) + (0 if height == int(height) else 1)

    def _dress(self) -> None:
        self._flow = None
        self.updateGeometry()
        self.update()


def spoken(runs: Runs) -> str:
    """The runs as they are read aloud."""
    return "".join(write_speech(run.markup) if isinstance(run, Inline) else run.text for run in runs)
