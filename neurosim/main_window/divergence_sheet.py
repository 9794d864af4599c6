"""Why training diverged: sentences, the factor as a formula, the steps as a table, and the way out."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from neurosim.document.document import Document
from neurosim.main_window.divergence_words import (
    factor_formula,
    what_follows,
    what_happened,
    what_is_kept,
    which_term,
    why,
)
from neurosim.main_window.growth_table import GrowthTable
from neurosim.training.growth import Divergence, Growth, growth_of
from neurosim.training.notice import Action
from neurosim.widgets.display import Display
from neurosim.widgets.formula import FormulaView
from neurosim.widgets.sheet import Sheet
from neurosim.widgets.theme import theme, theme_notifier

WIDTH = 616
"""The least width of the text in pixels at 100 %."""


class DivergenceSheet(Sheet):
    """Owns what is said about one divergence. It stays as it is, whatever is done meanwhile, until it is closed."""

    def __init__(self, document: Document, display: Display, anchor: QWidget) -> None:
        super().__init__("divergenceSheet", anchor)
        self.set_title(self.tr("Why it diverged"))
        self._document = document
        self._display = display
        self._divergence: Divergence | None = None
        self._growth: Growth | None = None
        self._what = self._sentence("divergenceWhat")
        self._which = self._sentence("divergenceTerm")
        self._why = self._sentence("divergenceWhy")
        self._formula = FormulaView(self.body)
        self._formula.setObjectName("divergenceFactor")
        self._follows = self._sentence("divergenceFollows")
        self.table = GrowthTable(display, self.body)
        self._kept = self._sentence("divergenceKept")
        self._kept.setProperty("role", "muted")
        self._buttons: list[QPushButton] = []
        self._lines = QVBoxLayout(self.body)
        for widget in (self._what, self._which, self._why, self._formula, self._follows, self.table):
            self._lines.addWidget(widget)
        self._row = QHBoxLayout()
        self._row.addWidget(self._kept, 1)
        self._lines.addLayout(self._row)
        document.history_changed.connect(self._enable)
        document.was_reset.connect(self.close_sheet)
        display.changed.connect(self._anew)
        theme_notifier().changed.connect(self._anew)

    @property
    def growth(self) -> Growth | None:
        """What is explained; ``None`` before the first."""
        return self._growth

    def explain(self, divergence: Divergence) -> None:
        """Open with the story of *divergence*."""
        self._divergence = divergence
        self._growth = growth_of(divergence.head, divergence.stop)
        self._set_actions(divergence.actions)
        self.table.steps.show_growth(self._growth)
        self.table.scrollToTop()
        self._enable()
        self.open_sheet()

    def first_control(self) -> QWidget:
        """The last button, which is the way on."""
        return next((button for button in reversed(self._buttons) if button.isEnabled()), super().first_control())

    def refresh(self) -> None:
        """Write everything."""
        growth, display = self._growth, self._display
        if growth is None:
            return
        for label, text in (
            (self._what, what_happened(growth, display)),
            (self._which, which_term(growth, display)),
            (self._why, why(growth, display)),
            (self._follows, what_follows(growth, display)),
            (self._kept, what_is_kept(growth)),
        ):
            label.setText(text)
            label.setVisible(bool(text))
        self._formula.set_markup(factor_formula(growth, display))
        self._formula.setVisible(self._formula.markup() is not None)
        self.table.steps.refresh()
        self._lay_out()

    def _anew(self) -> None:
        if not self.isHidden():
            self.refresh()
            self.place()

    def _lay_out(self) -> None:
        px = theme().px
        self._lines.setContentsMargins(0, px(4), px(4), 0)
        self._lines.setSpacing(px(6))
        self._row.setSpacing(px(8))
        width = self.table.fit(px(WIDTH), min(px(WIDTH) * 4 // 3, self.room - px(4)))
        for label in (self._what, self._which, self._why, self._follows):
            label.setFixedWidth(width)
            label.setMinimumHeight(0)  # or the height asked for below would never be less
            label.setFixedHeight(max(label.heightForWidth(width), 0))

    def _set_actions(self, actions: tuple[Action, ...]) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.setParent(None)
            button.deleteLater()
        self._buttons = []
        for words, call in actions:
            button = QPushButton(words, self.body)
            button.setObjectName(f"divergenceAction{len(self._buttons)}")
            button.clicked.connect(lambda _=False, call=call: self._do(call))
            self._row.addWidget(button)
            self._buttons.append(button)
        if self._buttons:
            self._buttons[-1].setProperty("primary", True)

    def _do(self, call: object) -> None:
        self.close_sheet()
        if callable(call):
            call()

    def _enable(self) -> None:
        """What was offered fits as long as nothing else has been done since."""
        current = self._divergence is not None and self._document.history.head is self._divergence.head
        for button in self._buttons:
            button.setEnabled(current)

    def _sentence(self, name: str) -> QLabel:
        label = QLabel(self.body)
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label
