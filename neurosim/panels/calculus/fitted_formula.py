"""A formula that becomes smaller where there is not room for all of it."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from neurosim.markup.tree import Markup
from neurosim.markup.write_text import write_text
from neurosim.widgets.formula import FormulaView, set_formula
from neurosim.widgets.theme import theme

SMALLEST = 0.55


class FittedFormula(FormulaView):
    """Owns the size that is wanted; the size that is shown may be smaller. What is cut off even so is in its tip."""

    def __init__(self, size: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wanted = size
        self.set_size(size)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_markup(self, markup: Markup | None) -> None:
        """Show another formula, as large as there is room for."""
        super().set_markup(markup)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """It can be narrow."""
        return QSize(theme().px(40), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit into the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        markup = self.markup()
        if markup is None:
            return
        room = self.width() - 2 * theme().px(4)
        width = set_formula(markup, self._wanted * theme().zoom).width
        part = min(1.0, max(SMALLEST, room / width)) if width > 0 else 1.0
        # Whole pixels: a formula that grows smoothly trembles.
        self.set_size(self._wanted if part == 1.0 else float(int(self._wanted * part)))
        self.setToolTip("" if part > SMALLEST else write_text(markup))
