"""The four conventions side by side: name, formula, value, gradient and the learning rate for the same step."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from neurosim.engine.settings import REDUCTIONS, Reduction
from neurosim.engine.snapshot import Snapshot
from neurosim.main_window.convention_row import FORMULA_SIZE, Cells, Columns, ConventionHead, ConventionRow
from neurosim.markup.write_speech import write_speech
from neurosim.numbers.format import spoken
from neurosim.panels._words import parameter_name
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import NOTHING, Display
from neurosim.widgets.formula import FormulaView
from neurosim.widgets.sheet import Sheet
from neurosim.widgets.theme import theme, theme_notifier
from neurosim.widgets.word_label import word_label
from neurosim.working.conventions import Convention, conventions, formula_of, same_step, title_of, why_textbooks_differ
from neurosim.working.loss_formulas import row_formula

LISTED = 3
"""So many parameters of a gradient are written out."""


class ConventionSheet(Sheet):
    """Owns a row for each convention and the sentences under them; its numbers follow every frame while it is open."""

    keeps_right = True

    def __init__(
        self,
        session: TrainingSession,
        display: Display,
        choose: Callable[[Reduction], None],
        short: Mapping[Reduction, str],
        anchor: QWidget,
    ) -> None:
        """Make a closed sheet; ``choose(reduction)`` is called when the user picks another convention.

        *short*: names for a window in which the long ones have no room.
        """
        super().__init__("conventionSheet", anchor)
        self.set_title(self.tr("Conventions of the loss"))
        self._session = session
        self._display = display
        self._choose = choose
        self._columns = Columns()
        self._laid_out: object = None
        self._low = self._narrow = False
        self._short_names = short
        self._head = ConventionHead(self._columns, self.body)
        self._rows = tuple(ConventionRow(reduction, self._columns, self.body) for reduction in REDUCTIONS)
        for row in self._rows:
            row.setText(title_of(session.document.state.training.loss, row.reduction))
            row.clicked.connect(lambda _=False, row=row: self._chosen(row))
        self._where = QLabel(self.tr("where"), self.body)
        self._where.setProperty("role", "muted")
        self._row_loss = FormulaView(self.body)
        self._row_loss.setObjectName("conventionRowLoss")
        self._row_loss.set_size(FORMULA_SIZE)
        self._same = self._sentence("conventionSameStep")
        self._why = self._sentence("conventionWhy")
        self._short = QHBoxLayout()
        self._short.addWidget(self._where)
        self._short.addWidget(self._row_loss)
        self._short.addStretch(1)
        self._lines = QVBoxLayout(self.body)
        self._lines.addWidget(self._head)
        for row in self._rows:
            self._lines.addWidget(row)
        self._lines.addLayout(self._short)
        self._lines.addWidget(self._same)
        self._lines.addWidget(self._why)
        session.snapshot_changed.connect(self._frame)
        display.changed.connect(self._anew)
        theme_notifier().changed.connect(self._anew)

    @property
    def rows(self) -> tuple[ConventionRow, ...]:
        """The rows from top to bottom."""
        return self._rows

    def take_form(self, low: bool) -> None:
        """In a low window rows are flat, and the sentence about textbooks is left to the tooltip of the other one."""
        if low == self._low:
            return
        self._low, self._narrow = low, False
        for row in self._rows:
            row.set_compact(low)
        self._columns.width.clear()
        self._laid_out = None
        self._show(self._session.snapshot)
        self.body.adjustSize()

    def first_control(self) -> QWidget:
        """The present convention."""
        return next((row for row in self._rows if row.isChecked()), self._rows[0])

    def refresh(self) -> None:
        """Show the present numbers, in columns as narrow as they can be."""
        self._columns.width.clear()
        self._narrow = False
        self._show(self._session.snapshot)

    # -- showing ---------------------------------------------------------------------------------------------------

    def _frame(self, snapshot: Snapshot) -> None:
        if not self.isHidden():
            self._show(snapshot)

    def _anew(self) -> None:
        if not self.isHidden():
            self.refresh()
            self.place()

    def _show(self, snapshot: Snapshot) -> None:
        settings = snapshot.settings
        found = {one.reduction: one for one in conventions(snapshot)}
        learnt = [name for name, on in snapshot.network.trainable.items() if on and name in snapshot.gradient]
        names = {name: parameter_name(snapshot.network, name) for name in learnt[:LISTED]}
        for row in self._rows:
            formula = formula_of(settings.loss, row.reduction, l1=bool(settings.l1), l2=bool(settings.l2))
            if formula != row.formula.markup():
                row.formula.set_markup(formula)
            title, one = title_of(settings.loss, row.reduction), found.get(row.reduction)
            row.setAccessibleName(title)
            if one is None:
                row.show_cells(Cells(self._named(row.reduction, title), NOTHING, NOTHING, "", NOTHING))
                row.setAccessibleDescription(write_speech(formula))
                row.setToolTip(snapshot.problem or "")
            else:
                self._show_numbers(row, title, one, names, len(learnt) - len(names))
            if row.reduction == settings.reduction and not row.isChecked():
                row.setChecked(True)
        self._show_sentences(snapshot)
        self._lay_out()

    def _show_numbers(self, row: ConventionRow, title: str, one: Convention, names: dict[str, str], more: int) -> None:
        text, full = self._display.text, self._display.full
        lines, slopes = list(names.values()), [text(one.gradient[name]) for name in names]
        if more > 0:
            lines.append(self.tr("and {n} more").format(n=more))
            slopes.append("")
        title, value = self._named(row.reduction, title), self._display.both(one.value)
        row.show_cells(Cells(title, value, "\n".join(lines), "\n".join(slopes), text(one.rate)))
        said = ", ".join(f"{called} {spoken(one.gradient[name])}" for name, called in names.items())
        words = self.tr("loss {loss}, gradient {gradient}").format(loss=spoken(one.value), gradient=said)
        row.setAccessibleDescription(words)
        whole = [f"∂L/∂{called} = {full(one.gradient[name])}" for name, called in names.items()]
        if one.rate is not None:
            whole.append(f"η = {full(one.rate)}")
        row.setToolTip("\n".join([f"L = {full(one.value)}", *whole]))

    def _named(self, reduction: Reduction, title: str) -> str:
        return self._short_names[reduction] if self._narrow else title

    def _show_sentences(self, snapshot: Snapshot) -> None:
        settings, loss = snapshot.settings, snapshot.settings.loss
        formula = row_formula(loss)
        if formula != self._row_loss.markup():
            self._row_loss.set_markup(formula)
        for widget in (self._where, self._row_loss):
            widget.setVisible(formula is not None)
        mode = "exact" if self._display.mode == "both" else self._display.mode
        for label, text in (
            (self._same, snapshot.problem or same_step(snapshot, self._display.decimal, mode)),
            (self._why, why_textbooks_differ(loss, penalty=bool(settings.l1 or settings.l2))),
        ):
            if label.text() != text:
                label.setText(text)
            label.setVisible(bool(text) and not (self._low and label is self._why))
        self._same.setToolTip(self._why.text() if self._low else "")

    def _lay_out(self) -> None:
        """Make room where a number has become longer."""
        grown = False
        parts: tuple[ConventionRow | ConventionHead, ...] = (*self._rows, self._head)
        for part in parts:
            for column, width in part.widths().items():
                grown = self._columns.make_room(column, width) or grown
        if self._columns.total > self.room and not self._narrow:
            self._narrow = True
            self._columns.width.clear()
            self._show(self._session.snapshot)
            return
        wide = min(self._columns.total, self.room)
        heights = [row.formula.sizeHint().height() for row in self._rows]
        key = (
            self._columns.total,
            heights,
            self._rows[0].cells.names.count("\n"),
            self._same.text(),
            theme(),
            self._low,
            self._narrow,
            wide,
        )
        if not grown and key == self._laid_out:
            return
        self._laid_out = key
        px = theme().px
        self._lines.setContentsMargins(0, px(4), 0, 0)
        self._lines.setSpacing(px(4))
        self._short.setContentsMargins(px(12), 0, 0, 0)
        self._short.setSpacing(px(8))
        for part in parts:
            part.lay_out()
        for label in (self._same, self._why):
            label.setContentsMargins(px(12), px(4), px(12), 0)
            label.setFixedWidth(wide)
            label.setMinimumHeight(0)  # or the height asked for below would never be less
            label.setFixedHeight(label.heightForWidth(wide))

    def _sentence(self, name: str) -> QLabel:
        label = word_label(name, "muted", self.body)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _chosen(self, row: ConventionRow) -> None:
        if row.reduction != self._session.document.state.training.reduction:
            self._choose(row.reduction)
