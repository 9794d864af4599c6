"""The box in which the convention of the loss is chosen, and the button that opens all four side by side."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from neurosim.document import edits
from neurosim.engine.settings import REDUCTIONS, Reduction
from neurosim.main_window.editing import Editor
from neurosim.markup.write_text import write_text
from neurosim.numbers.exact import Number
from neurosim.training.notice import Notice
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display
from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme, theme_notifier
from neurosim.working.conventions import equal_rate, formula_of, title_of

if TYPE_CHECKING:
    from neurosim.main_window.convention_sheet import ConventionSheet


class ConventionChoice(QWidget):
    """Owns ``conventionBox`` and ``conventionSheetButton``. Another convention is one edit with a name of its own.

    Signals:
        said(notice): after another convention was chosen: the learning rate that makes the same steps as before.
    """

    said = Signal(object)

    def __init__(self, editor: Editor, session: TrainingSession, display: Display, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._session, self._display = session, display
        self._named: object = None
        self._box = QComboBox(self)
        self._box.setObjectName("conventionBox")
        what = self.tr("Convention: how the rows' losses become one number")
        self._box.setAccessibleName(what)
        self._box.setStatusTip(what)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._short: dict[Reduction, str] = {
            "sum": self.tr("sum"),
            "mean": self.tr("mean"),
            "half_sum": self.tr("half sum"),
            "half_mean": self.tr("half mean"),
        }
        for reduction in REDUCTIONS:
            self._box.addItem(self._short[reduction], reduction)
        self._box.activated.connect(lambda index: self.use(REDUCTIONS[index]))
        self._button = QToolButton(self)
        self._button.setObjectName("conventionSheetButton")
        self._button.setIcon(icon("sigma"))
        self._button.setCheckable(True)
        self._button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        side_by_side = self.tr("The four conventions side by side")
        self._button.setAccessibleName(side_by_side)
        self._button.setToolTip(side_by_side)
        self._button.setStatusTip(side_by_side)
        self._button.clicked.connect(lambda _=False: self.sheet.toggle())
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._box)
        self._row.addWidget(self._button)
        self.setFocusProxy(self._box)
        theme_notifier().changed.connect(self._resize)
        self._resize()
        self.refresh()

    @cached_property
    def sheet(self) -> ConventionSheet:
        """The four side by side, made when it is first wanted."""
        from neurosim.main_window.convention_sheet import ConventionSheet

        made = ConventionSheet(self._session, self._display, self.use, self._short, self._button)
        made.shown_changed.connect(self._button.setChecked)
        return made

    def refresh(self) -> None:
        """Show the document's convention, and the full names behind the short ones: they depend on the loss."""
        training = self._editor.document.state.training
        self._box.setCurrentIndex(REDUCTIONS.index(training.reduction))
        penalties = {"l1": bool(training.l1), "l2": bool(training.l2)}
        key = (training.loss, training.reduction, *penalties.values())
        if key == self._named:
            return
        self._named = key
        for index, reduction in enumerate(REDUCTIONS):
            title = title_of(training.loss, reduction)
            tip = f"{title}\n{write_text(formula_of(training.loss, reduction, **penalties))}"
            self._box.setItemData(index, tip, Qt.ItemDataRole.ToolTipRole)
            self._box.setItemData(index, title, Qt.ItemDataRole.AccessibleTextRole)
            if reduction == training.reduction:
                self._box.setToolTip(tip)
                self._box.setAccessibleDescription(title)

    def use(self, reduction: Reduction) -> None:
        """Take another convention, and offer the learning rate that makes the same steps as before."""
        state = self._editor.document.state
        before = state.training
        if reduction == before.reduction:
            return
        title = title_of(before.loss, reduction)
        words = self.tr("Use {convention}").format(convention=f"{title[:1].lower()}{title[1:]}")
        if self._editor.edit(words, edits.set_reduction, reduction):
            rows = state.dataset.n_rows - len(set(state.dataset.test_rows))
            self._offer_rate(title, equal_rate(before, rows, reduction))
        self.refresh()

    def _offer_rate(self, title: str, rate: Number | None) -> None:
        chosen = self._editor.document.state.training
        if rate is None or rate == chosen.learning_rate:
            return
        text = self._display.text(rate)

        def use() -> None:
            now = self._editor.document.state.training
            # Long after the question another convention or rate may be in force: then it is no answer any more.
            if (now.reduction, now.learning_rate) == (chosen.reduction, chosen.learning_rate):
                self._editor.edit(self.tr("Learning rate {rate}").format(rate=text), edits.set_learning_rate, rate)

        sentence = self.tr("{convention}. Same step as before: learning rate {rate}.")
        button = self.tr("Use {rate}").format(rate=text)
        self.said.emit(Notice(sentence.format(convention=title, rate=text), ((button, use),)))

    def _resize(self) -> None:
        px = theme().px
        self._row.setSpacing(px(6))
        self._button.setIconSize(QSize(px(16), px(16)))
