"""A formula in a narrow place: broken before a plus, a minus or words into as many lines as its width asks for."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from neurosim.markup.build import row
from neurosim.markup.tree import Markup, Row, Symbol
from neurosim.widgets.formula import FormulaView, set_formula
from neurosim.widgets.theme import theme, theme_notifier

INDENT = 16
"""Pixels at 100 % by which all lines but the first are moved in."""


class FormulaLines(QWidget):
    """Owns a formula view for each line; the height follows from the width."""

    def __init__(self, name: str, size: float, parent: QWidget | None = None) -> None:
        """Begin empty; *size* is pixels per em at 100 %."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._size = size
        self._markup: Markup | None = None
        self._views: list[FormulaView] = []
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        theme_notifier().changed.connect(self._break)

    def markup(self) -> Markup | None:
        """The whole formula."""
        return self._markup

    def set_markup(self, markup: Markup | None) -> None:
        """Show another formula, or none."""
        if markup != self._markup:
            self._markup = markup
            self._break()

    def lines(self) -> tuple[Markup, ...]:
        """The parts that stand under one another now."""
        return tuple(found for view in self._views if not view.isHidden() and (found := view.markup()) is not None)

    def sizeHint(self) -> QSize:
        """All lines, whatever their width."""
        height = sum(view.sizeHint().height() for view in self._views if not view.isHidden())
        return QSize(theme().px(160), height)

    def minimumSizeHint(self) -> QSize:
        """As high as it is."""
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break for the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._break()

    def _break(self) -> None:
        px = theme().px
        room = self.width() - 2 * px(8)
        parts = () if self._markup is None else broken(self._markup, room, self._size * theme().zoom, px(INDENT))
        while len(self._views) < len(parts):
            view = FormulaView(self)
            view.setObjectName(f"{self.objectName()}{len(self._views) + 1}")
            view.set_size(self._size)
            self._views.append(view)
            self._lines.addWidget(view)
        for place, view in enumerate(self._views):
            view.set_markup(parts[place] if place < len(parts) else None)
            view.setContentsMargins(0, 0, 0, 0)
            view.setVisible(place < len(parts))
        self.updateGeometry()


def broken(markup: Markup, width: float, size: float, indent: float = 0.0) -> tuple[Markup, ...]:
    """*markup* as lines of at most *width* pixels, where it has places to break; *size* is pixels per em."""
    if not isinstance(markup, Row) or set_formula(markup, size).width <= width:
        return (markup,)
    pieces: list[list[Markup]] = [[]]
    for place, part in enumerate(markup.parts):
        if place and _may_break_before(part):
            pieces.append([])
        pieces[-1].append(part)
    lines: list[list[Markup]] = []
    for piece in pieces:
        room = width - (indent if len(lines) > 1 else 0)
        if lines and set_formula(row(*lines[-1], *piece), size).width <= room:
            lines[-1] += piece
        else:
            lines.append(piece)
    return tuple(row(*line) for line in lines)


def _may_break_before(part: Markup) -> bool:
    if not isinstance(part, Symbol):
        return False
    return part.style == "words" or (part.style == "operator" and part.text in ("+", "−"))
