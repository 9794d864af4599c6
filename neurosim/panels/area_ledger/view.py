"""The ledger as a widget: it follows the numbers, plays the way from stage to stage, and is pointed at and clicked."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from neurosim.engine.dataset import FloatArray
from neurosim.panels._paint import draw_chip
from neurosim.panels._plots import MINUS
from neurosim.panels._row_links import RowLinks
from neurosim.panels.area_ledger import formulas
from neurosim.panels.area_ledger.head import paint_head
from neurosim.panels.area_ledger.painting import Painter, Rows
from neurosim.panels.area_ledger.pieces import Ledger
from neurosim.panels.area_ledger.places import Places, places_of
from neurosim.panels.area_ledger.room import LABELLED, LOWEST, Division, divide, room_in
from neurosim.panels.area_ledger.scales import Scales, fitted, kept, shrunk, unit_of
from neurosim.panels.area_ledger.stages import STAGES, Stage
from neurosim.widgets.display import Display
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.motion import Glide
from neurosim.widgets.theme import theme

REACH = 12.0
"""Narrow pieces can be pointed at as if they were so many pixels wide, at 100 %."""


class LedgerView(QWidget):
    """Owns the picture. Scales stay while a point is in hand; a bar that outgrows its scale is broken off.

    Signals:
        stage_wanted(by): the keyboard asks for the next (1) or the previous (-1) stage.
    """

    stage_wanted = Signal(int)

    def __init__(self, links: RowLinks, display: Display, held: Callable[[], bool], parent: QWidget) -> None:
        """Light and select rows as *links* says; ``held()``: a hand is at work somewhere."""
        super().__init__(parent)
        self.setObjectName("areaLedgerView")
        self.setAccessibleName(self.tr("Area ledger"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._links, self._display, self._held = links, display, held
        self._ledger: Ledger | None = None
        self._scales: Scales | None = None
        self._subject: object = None
        self._texts: dict[int, str] = {}
        self._labels: FloatArray = np.zeros(0)
        self._pointed: int | None = None
        self.stage: Stage = "squares"
        self.progress = 0.0
        self._motion = Glide(self)
        self._motion.valueChanged.connect(self._move)
        links.changed.connect(self.update)
        links.selected.connect(self.update)

    # -- following -------------------------------------------------------------------------------------------------

    def show_ledger(self, ledger: Ledger) -> None:
        """Follow *ledger*."""
        self._ledger = ledger
        if self._pointed is not None and self._pointed >= ledger.rows.size:
            self._pointed = None
        snapshot = ledger.snapshot
        subject = (snapshot.dataset.source, snapshot.settings.loss, ledger.reduction if not ledger.squares else "")
        if subject != self._subject:
            self._subject, self._scales = subject, None
        if self._held():
            self._motion.arrive()
        self._write()
        self._fit()
        self.setAccessibleDescription(formulas.spoken(ledger, self._display))
        self.update()

    def show_stage(self, stage: Stage) -> None:
        """Go to *stage*: everything moves to its place, unless a hand is at work or nothing shall move."""
        goal = float(STAGES.index(stage))
        if stage == self.stage and self.progress == goal:
            return
        self.stage = stage
        self._fit()
        self._motion.go(self.progress, goal, at_once=self._held() or not self.isVisible())

    def let_go(self) -> None:
        """No hand is at work any more: what had to stay meanwhile may change."""
        self._fit()
        self.update()

    def fit(self) -> None:
        """Draw everything as large as there is room."""
        self._scales = None
        self._fit()
        self.update()

    @property
    def moving(self) -> bool:
        """Whether the pieces are on their way."""
        return self._motion.moving

    @property
    def places(self) -> Places | None:
        """Where everything is; ``None`` without a loss."""
        ledger, scales = self._ledger, self._scales
        if ledger is None or scales is None:
            return None
        parts = self._parts
        return places_of(ledger, scales, self._labels, room_in(parts, ledger), (parts.left, parts.right), parts.floor)

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        self._scales = None
        if self._ledger is not None:
            self._write()
            self._fit()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for squares that can be compared."""
        return QSize(theme().px(480), theme().px(220))

    def minimumSizeHint(self) -> QSize:
        """Room for a flat bar."""
        return QSize(theme().px(220), theme().px(LOWEST))

    def _move(self, progress: float) -> None:
        self.progress = float(progress)
        self.update()

    def _write(self) -> None:
        ledger = self._ledger
        if ledger is None:
            return
        self._texts.clear()
        count = ledger.rows.size
        self._labels = np.zeros(count)
        if count <= LABELLED:
            metrics = QFontMetricsF(ui_font(12, 600))
            self._labels += [metrics.horizontalAdvance(self._text(place)) + 4 for place in range(count)]

    def _text(self, place: int) -> str:
        """The number of a piece as it is written."""
        if place not in self._texts and self._ledger is not None:
            self._texts[place] = self._display.text(self._ledger.values[place])
        return self._texts[place]

    @property
    def _parts(self) -> Division:
        return divide(self.width(), self.height())

    def _fit(self) -> None:
        ledger = self._ledger
        if ledger is None or self.width() < 2:
            return
        room, sides, total = room_in(self._parts, ledger), ledger.sides, float(ledger.total)
        found, held = self._scales, self._held()
        if found is not None and found.breaks[-1] >= max(sides.size, 1):
            found = None  # there are fewer pieces than before
        # In the bar it does not matter how large the squares would be.
        if found is not None and not (held and self.stage != "squares"):
            found = kept(found, sides, self._labels, total, room, squares=ledger.squares, held=held)
            if found is None and held and self._scales is not None:
                found = shrunk(self._scales, sides, self._labels, room, squares=ledger.squares)
        self._scales = found or fitted(sides, self._labels, total, room, squares=ledger.squares)

    # -- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The arithmetic on top, the pieces under it."""
        colours, painter = theme(), QPainter(self)
        painter.fillRect(self.rect(), colours.canvas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ledger, places = self._ledger, self.places
        if ledger is None or places is None:
            return
        rows = self._links.rows
        lit = rows.lit if self._pointed is None else rows.lit | {int(ledger.rows[self._pointed])}
        parts = self._parts
        ink = Painter(painter, colours, places, self.progress, row_numbers=not parts.low or self.progress < 1)
        ink.paint_pieces(Rows(lit, rows.in_line, rows.selected))
        ink.paint_numbers(self._text, lit | rows.selected, parts.ceiling)
        ink.paint_scale(self._plain)
        ink.paint_total(self._display.text(ledger.total))
        ink.paint_cuts(self._display.text(ledger.snapshot.data_loss))
        ink.paint_break()
        unit = unit_of(places.scales.side, colours.zoom, squares=ledger.squares)
        ink.paint_unit(unit, f"= {self._plain(unit)}")
        if not parts.low:
            paint_head(painter, ledger, self.stage, self._display, self.width(), lit)
        if self.hasFocus():
            painter.setPen(QPen(colours.accent, colours.stroke(2.0)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), colours.px(6), colours.px(6))
        if self._pointed is not None and not self.moving:
            lines = formulas.piece_lines(ledger, self._pointed, self._display)
            near = places.rect(self._pointed, min(self.progress, 1.0)).center()
            tints = [colours.text, *[colours.loss] * (len(lines) - 1)]
            draw_chip(painter, colours, QRectF(self.rect()), near, list(zip(lines, tints, strict=True)))

    def _plain(self, value: float) -> str:
        return f"{value:.6g}".replace("-", MINUS).replace(".", self._display.decimal)

    # -- hands -----------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up what is under the pointer."""
        self._point(self._place_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at."""
        super().leaveEvent(event)
        self._point(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the piece's row; with Ctrl besides those that are chosen."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        place, ledger = self._place_at(event.position()), self._ledger
        if place is None or ledger is None:
            self._links.choose_none()
            return
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self._links.choose(int(ledger.rows[place]), control)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """On the empty ground: as large as there is room."""
        if self._place_at(event.position()) is None:
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go from row to row, PgUp and PgDn from stage to stage; Home fits the scales."""
        key = event.key()
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._walk(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.stage_wanted.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_Home:
            self.fit()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size has other scales."""
        super().resizeEvent(event)
        self._scales = None
        self._fit()

    def _place_at(self, pixel: QPointF) -> int | None:
        places = self.places
        return None if places is None else places.at(pixel, min(self.progress, 1.0), REACH * theme().zoom)

    def _point(self, place: int | None) -> None:
        if place == self._pointed:
            return
        self._pointed = place
        ledger = self._ledger
        self._links.point_at(None if place is None or ledger is None else int(ledger.rows[place]))
        self.update()

    def _walk(self, step: int) -> None:
        ledger = self._ledger
        if ledger is None or not ledger.rows.size:
            return
        rows = list(dict.fromkeys(ledger.rows.tolist()))
        current = self._links.current
        if current not in rows:
            self._links.choose(rows[0 if step > 0 else -1])
        else:
            self._links.choose(rows[min(max(rows.index(current) + step, 0), len(rows) - 1)])
