"""The card in a corner of the data plot on which the shares are laid head to tail and end at the gradient."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QComboBox, QWidget

from neurosim.markup.tree import Markup
from neurosim.panels._frame import Frame
from neurosim.panels.data_plot.chain import Chain, framed
from neurosim.panels.data_plot.chain_painting import SYMBOL, draw_axes, draw_chain, draw_scale, pixels
from neurosim.records import dataclass
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.formula import Ink, set_formula
from neurosim.widgets.theme import theme

MARGIN = 16.0
"""Around the chain, in pixels at 100 %."""
REACH = 9.0
"""So near to a share's arrow the pointer is on it."""
LINE = 20.0
"""Height of a line of numbers at the foot."""


@dataclass(frozen=True)
class Foot:
    """The numbers at the foot: whose they are, and one line for each parameter."""

    label: str = ""
    names: tuple[Markup, ...] = ()
    numbers: tuple[str, ...] = ()


class ChainCard(QWidget):
    """Owns the picture of one chain and the two boxes that choose its parameters where there are more than two.

    Signals:
        pointed(row): the pointer is on the share of another row; -1: on none.
        chosen(across, up): the user chose other parameters.
        dragged(corner): the card is wanted with its top left corner there, in the parent.
    """

    pointed = Signal(int)
    chosen = Signal(str, str)
    dragged = Signal(QPoint)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pullsCard")
        self.setAccessibleName(self.tr("Shares of the gradient, head to tail"))
        self.setMouseTracking(True)
        # Opaque, so that the plot beneath need not be painted whenever the card is.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.decimal = "."
        self.chain: Chain | None = None
        self.frame: Frame | None = None
        self._foot = Foot()
        self._lit: frozenset[int] = frozenset()
        self._pointed = -1
        self._grip: QPoint | None = None
        self._painted: tuple[object, QPixmap] | None = None
        self.boxes = (
            self._box("pullsAcross", self.tr("Which parameter's share runs across")),
            self._box("pullsUp", self.tr("Which parameter's share runs upwards")),
        )
        self.setToolTip(
            self.tr(
                "The shares of all points, head to tail, add up to the gradient: the broad arrow. "
                "Both directions have one scale."
            )
        )
        self.hide()

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_chain(self, chain: Chain, foot: Foot) -> None:
        """Show *chain* with these numbers."""
        self.chain = chain
        self._foot = foot
        area = self.chain_area()
        self.frame = framed(chain, area.width(), area.height(), theme().px(MARGIN), self.frame)
        said = ", ".join(f"{number}" for number in foot.numbers)
        self.setAccessibleDescription(f"{foot.label} {said}")
        self.update()

    def set_lit(self, rows: frozenset[int]) -> None:
        """Light up the shares of these rows."""
        if rows != self._lit:
            self._lit = rows
            self.update()

    def offer(self, choices: list[tuple[str, str]], across: str, up: str | None) -> None:
        """Let choose among *choices*, pairs of text and parameter; two leave nothing to choose."""
        for box, current in zip(self.boxes, (across, up), strict=True):
            known = [(box.itemText(i), box.itemData(i)) for i in range(box.count())]
            if known != choices:
                box.clear()
                for text, parameter in choices:
                    box.addItem(text, parameter)
            box.setCurrentIndex(box.findData(current))
            box.setVisible(len(choices) > 2)
        self._place_boxes()

    def wanted_size(self, width: float, height: float) -> QSize:
        """The size of the card on a plot of this size."""
        px = theme().px
        foot = self.foot_height()
        least = px(240) if self.boxed else px(148)
        wide = min(max(width * 0.4, least), max(px(260), least))
        high = min(max(height * 0.46, px(64) + foot), px(150) + foot)
        return QSize(round(min(wide, width)), round(min(high, height)))

    def chain_area(self) -> QRectF:
        """Where the chain is drawn, in pixels of the card."""
        return QRectF(0, 0, self.width(), max(self.height() - self.foot_height(), 1))

    def place_of(self, corner: int) -> QPointF:
        """Where a corner of the chain is, in pixels of the card."""
        if self.chain is None or self.frame is None:
            return QPointF()
        return self.frame.place(*self.chain.corners[corner].tolist())

    def resizeEvent(self, _event: object) -> None:
        """Fit the chain into the new size."""
        self.frame = None
        self._place_boxes()
        if self.chain is not None:
            self.show_chain(self.chain, self._foot)

    def sizeHint(self) -> QSize:
        """What suits an ordinary plot."""
        return self.wanted_size(400, 260)

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sheet, on which nothing moves; on it the chain and its numbers."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._sheet())
        if self.chain is None or self.frame is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_chain(painter, self.chain, self.frame, self._lit)
        self._draw_numbers(painter)

    def _sheet(self) -> QPixmap:
        """Card, axes and names: painted anew only when they are others, not in each frame of a drag."""
        ratio = self.devicePixelRatioF()
        key = (self.frame, self._foot.names, self._foot.label, self.size(), ratio, theme(), self.decimal, self.boxed)
        if self._painted is not None and self._painted[0] == key:
            return self._painted[1]
        pixmap = QPixmap(self.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        colours = theme()
        pixmap.fill(colours.canvas)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.border, 1.0))
        painter.setBrush(colours.raised)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if self.frame is not None:
            painter.save()
            painter.setClipRect(self.chain_area().adjusted(1, 1, -1, 0))
            draw_axes(painter, self.frame, self._foot.names)
            draw_scale(painter, self.frame, self.decimal)
            painter.restore()
            self._draw_names(painter)
        painter.end()
        self._painted = (key, pixmap)
        return pixmap

    def _draw_names(self, painter: QPainter) -> None:
        colours, foot = theme(), self._foot
        top = self.chain_area().bottom()
        painter.setPen(QPen(colours.hairline, 1.0))
        painter.drawLine(QPointF(6, top), QPointF(self.width() - 6, top))
        painter.setFont(ui_font(12, 500))
        painter.setPen(colours.text_muted)
        room = QRectF(colours.px(8), top + 2, self._left(), self._line_height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), foot.label)
        for number, name in enumerate(foot.names if not self.boxed else ()):
            formula = set_formula(name, colours.px(SYMBOL))
            formula.paint(painter, self._left(), self._middle(number) + colours.px(4), Ink(colours.text_muted))

    def _draw_numbers(self, painter: QPainter) -> None:
        colours, font, gap = theme(), ui_font(12, 500), theme().px(8)
        metrics, height = QFontMetricsF(font), self._line_height()
        painter.setFont(font)
        painter.setPen(colours.gradient)
        for number, (name, text) in enumerate(zip(self._foot.names, self._foot.numbers, strict=True)):
            start = self._left() + set_formula(name, colours.px(SYMBOL)).width
            if self.boxed:
                start = self.boxes[number].geometry().right()
            room = QRectF(start + gap, self._middle(number) - height / 2, self.width() - start - 2 * gap, height)
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), shown)

    def _left(self) -> float:
        """Where the names begin: after the label."""
        gap = theme().px(8)
        return 2 * gap + QFontMetricsF(ui_font(12, 500)).horizontalAdvance(self._foot.label)

    def _middle(self, line: int) -> float:
        """The middle of a line of the foot."""
        return self.chain_area().bottom() + 2 + (line + 0.5) * self._line_height()

    @property
    def boxed(self) -> bool:
        """Whether boxes stand in place of the names."""
        return not self.boxes[0].isHidden()

    def _line_height(self) -> float:
        return theme().px(30) if self.boxed else theme().px(LINE)

    def foot_height(self) -> float:
        """The room for the numbers, in pixels."""
        return max(len(self._foot.names), 1) * self._line_height() + 4

    # -- hands -----------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say whose share the pointer is on; with the button down the card comes along."""
        if self._grip is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(self.mapToParent(event.position().toPoint()) - self._grip)
        else:
            self._point(self.row_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the card: a press here is none on the plot beneath."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = event.position().toPoint()
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grip = None
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is on no share any more."""
        super().leaveEvent(event)
        self._point(-1)

    def row_at(self, place: QPointF) -> int:
        """The row whose share passes *place*, a pixel of the card, nearby; -1 for none."""
        chain, frame = self.chain, self.frame
        if chain is None or frame is None or not chain.rows.size or not self.chain_area().contains(place):
            return -1
        places = pixels(chain.corners, frame)
        start, along = places[:, :-1], np.diff(places, axis=1)
        square = (along**2).sum(axis=0)
        to = np.array([[place.x()], [place.y()]]) - start
        part = np.clip((to * along).sum(axis=0) / np.where(square > 0, square, 1.0), 0.0, 1.0)
        away = np.hypot(*(to - along * part))
        away[chain.rows < 0] = np.inf
        nearest = int(np.argmin(away))
        return int(chain.rows[nearest]) if away[nearest] <= theme().px(REACH) else -1

    def _point(self, row: int) -> None:
        if row != self._pointed:
            self._pointed = row
            self.pointed.emit(row)

    # -- the boxes -------------------------------------------------------------------------------------------------

    def _box(self, name: str, words: str) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(name)
        box.setAccessibleName(words)
        box.setToolTip(words)
        box.hide()
        box.activated.connect(self._activated)
        return box

    def _activated(self, _index: int) -> None:
        across, up = (str(box.currentData()) for box in self.boxes)
        if across != up:
            self.chosen.emit(across, up)
        elif self.chain is not None:
            # Both directions want the same parameter: the other one gets what this one had.
            other = self.chain.across if across != self.chain.across else self.chain.up or ""
            changed_first = across != self.chain.across
            self.chosen.emit(*((across, self.chain.across) if changed_first else (other, up)))

    def _place_boxes(self) -> None:
        px = theme().px
        top = self.chain_area().bottom() + 2
        for number, box in enumerate(self.boxes):
            width = min(px(102), self.width() // 2)
            box.setGeometry(px(22), round(top + number * self._line_height()) + 1, width, px(28))
