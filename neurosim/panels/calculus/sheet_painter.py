"""One entry of the derivation's list: where its parts lie, and how they are painted."""

from __future__ import annotations

from collections import OrderedDict

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from neurosim.markup.tree import Markup
from neurosim.panels._lines_view import paint_current, paint_focus
from neurosim.panels.calculus.links import NO_REFS
from neurosim.panels.calculus.setting import Setting
from neurosim.panels.calculus.sheet_model import SheetModel
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.formula import Ink
from neurosim.widgets.theme import theme

EM = 18.0
"""Size of the formulas in pixels at 100 %."""
TALLEST_BOX = 0.36
"""Em kept above and below for boxes, so that nothing moves when a line gets one."""
KEPT = 400
"""Settings that are remembered."""


class SheetPainter:
    """Owns the settings of the formulas for one width, and what is lit up in them.

    Attributes:
        width: of the list's viewport, in pixels.
        lit: what is lit up.
    """

    def __init__(self, sheet: SheetModel) -> None:
        self.sheet = sheet
        self.width = 0
        self.lit: frozenset[str] = NO_REFS
        self._settings: OrderedDict[tuple[int, float, float], Setting] = OrderedDict()

    @property
    def margin(self) -> float:
        """Pixels at the left of a line."""
        return float(theme().px(14))

    def setting(self, plain: Markup, shown: Markup) -> Setting:
        """How an entry is set: broken where it does not fit, and where *plain*, it without boxes, is broken."""
        em, room = EM * theme().zoom, self.width - 2 * self.margin
        key = (id(shown), em, room)
        found = self._settings.get(key)
        if found is None:
            found = self._settings[key] = Setting(plain, shown, em, room)
            while len(self._settings) > KEPT:
                self._settings.popitem(last=False)
        return found

    def paint(self, painter: QPainter, box: QRectF, number: int, focused: bool) -> None:
        """The current line on a tinted strip with a bar at its left, the others quieter."""
        sheet, colours = self.sheet, theme()
        parts = Parts(self, number)
        current = number == sheet.current and not sheet.stale
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, box, number, current, focused)
        left, top = box.left() + self.margin, box.top()
        muted = sheet.stale or number < sheet.current - 1 or number > sheet.current
        painter.setFont(parts.strong if current else parts.caption)
        painter.setPen(colours.text if current else colours.text_muted)
        painter.drawText(QPointF(box.left() + parts.label_left, top + parts.label_baseline), parts.label)
        parts.setting.paint(painter, QPointF(left, top + parts.baseline), Ink(colours.text, self.lit, muted=muted))
        tone = colours.right if parts.right else colours.negative_text
        painter.setFont(parts.strong)
        painter.setPen(colours.text_muted if sheet.stale else tone)
        painter.drawText(QPointF(left, top + parts.check_baseline), parts.verdict)
        painter.setFont(parts.caption)
        painter.setPen(colours.text_muted)
        painter.drawText(QPointF(box.left() + parts.rest_left, top + parts.check_baseline), parts.rest)
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRectF, number: int, current: bool, focused: bool) -> None:
        sheet, colours = self.sheet, theme()
        entry = sheet.entries[number]
        if sheet.lit_rules & entry.rules:
            painter.fillRect(box, colours.hover)
            painter.fillRect(QRectF(box.left(), box.top(), colours.px(4), box.height()), colours.text_muted)
        if current:
            paint_current(painter, box)
        if entry.kind != "line" and number:
            painter.setPen(QPen(colours.hairline, 1.0))
            painter.drawLine(box.topLeft(), box.topRight())
        if current and focused:
            paint_focus(painter, box)


class Parts:
    """Where the parts of an entry lie, in pixels from its top left corner.

    What was done stands at the right of the line, as on a slide, or above it where there is no room.
    """

    def __init__(self, of: SheetPainter, number: int) -> None:
        px, sheet = theme().px, of.sheet
        entry = sheet.entries[number]
        self.caption = ui_font(12)
        self.strong = ui_font(12, 500)
        metrics = QFontMetricsF(self.strong)
        self.setting = of.setting(entry.markup, sheet.markup(number))
        pad = TALLEST_BOX * EM * theme().zoom / 2
        room = of.width - 2 * of.margin
        wide = metrics.horizontalAdvance(entry.label)
        self.label = entry.label
        self.beside = self.setting.width + px(16) + wide <= room
        top = float(px(4))
        self.label_baseline = top + metrics.ascent()
        if self.label and not self.beside:
            top += metrics.height()
        self.baseline = top + pad + self.setting.ascent
        self.label_left = of.margin
        if self.beside:
            self.label_baseline, self.label_left = self.baseline, of.margin + room - wide
        bottom = self.baseline + self.setting.descent + pad
        verdict, rest, self.right = sheet.check_text(number)
        self.verdict = verdict
        self.rest_left = of.margin + (metrics.horizontalAdvance(f"{verdict} ") if verdict else 0)
        self.rest = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room + of.margin - self.rest_left)
        self.check_baseline = bottom + metrics.ascent()
        checked = verdict or rest or entry.kind == "line"
        self.height = bottom + (metrics.height() if checked else 0) + px(5)
        self.width = of.margin * 2 + self.setting.width
