"""The derivation with its buttons: one step on, one back, all of it; how it is written; why the line is as it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QMenu, QPushButton, QToolButton, QVBoxLayout, QWidget

from neurosim.algebra.render_latex import render_latex
from neurosim.algebra.rules import STYLES
from neurosim.markup.write_latex import write_latex
from neurosim.panels.calculus import copying
from neurosim.panels.calculus.lines import ShownLine
from neurosim.panels.calculus.rows import Entry, Refs
from neurosim.panels.calculus.sheet_model import SheetModel
from neurosim.panels.calculus.sheet_view import SheetView
from neurosim.widgets.announce import announce
from neurosim.widgets.display import Display
from neurosim.widgets.formula import copy_picture, copy_text
from neurosim.widgets.formula.copying import picture_to_copy
from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme
from neurosim.widgets.word_label import word_label


class Stepper(QWidget):
    """Owns the list of the derivation's lines and how far it is shown.

    Next shows the next line; Back hides it again. Whoever goes back into the lines that are shown moves among them.
    All shows everything, and so does every derivation after it, until Back is used.

    Signals:
        style_chosen(str): the name of another way of writing.
        spread_chosen(bool): simplifications shall be lines of their own, or not.
        beside_wanted(): the derivation beside this one shall be shown.
    """

    style_chosen = Signal(str)
    spread_chosen = Signal(bool)
    beside_wanted = Signal()

    def __init__(self, display: Display, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._display = display
        self._everything = False
        self._problem = ""
        self.model = SheetModel(display, self)
        self.view = SheetView(self.model, self)
        self._why = word_label("derivationWhy", "", self)
        self._why.setTextFormat(Qt.TextFormat.PlainText)
        self._why.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.back = self._button("derivationBackButton", self.tr("Back"), self.tr("One line back (Left)"))
        self.next = self._button("derivationNextButton", self.tr("Next"), self.tr("The next rule (Right)"))
        self.everything = self._button("derivationAllButton", self.tr("All"), self.tr("The whole derivation (End)"))
        self.next.setProperty("primary", "true")
        self.spread = QToolButton(self)
        self.spread.setObjectName("derivationSpreadButton")
        self.spread.setCheckable(True)
        words = self.tr("Each simplification on a line of its own")
        self.spread.setToolTip(words)
        self.spread.setAccessibleName(words)
        self.styles = QComboBox(self)
        self.styles.setObjectName("derivationStyleBox")
        self.styles.setAccessibleName(self.tr("How the derivation is written"))
        self.styles.setToolTip(self.tr("How the derivation is written: as in the lecture, or in another notation"))
        self.styles.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.styles.setMinimumContentsLength(4)
        for style in STYLES.values():
            self.styles.addItem(self._style_title(style.name) or style.title, style.name)
        self._lay_out()
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.everything.clicked.connect(self.show_all)
        self.spread.clicked.connect(self.spread_chosen)
        self.styles.activated.connect(lambda index: self.style_chosen.emit(str(self.styles.itemData(index))))
        self.view.step_wanted.connect(self._step)
        self.view.chosen.connect(self._go_to)
        self.view.opened.connect(self._open)
        self.view.copy_wanted.connect(lambda: self.copy("line", "text"))
        self.view.menu_wanted.connect(self._show_menu)
        self.restyle()

    def _button(self, name: str, text: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setToolTip(tip)
        button.setAccessibleName(text)
        button.setAccessibleDescription(tip)
        return button

    def _style_title(self, name: str) -> str:
        return {
            "lecture": self.tr("As in the lecture"),
            "quotient": self.tr("With the quotient rule"),
            "full": self.tr("Every rule on a line of its own"),
        }.get(name, "")

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.view, 1)
        self._column.addWidget(self._why)
        self._buttons = QHBoxLayout()
        for widget in (self.back, self.next, self.everything):
            self._buttons.addWidget(widget)
        self._buttons.addStretch(1)
        self._buttons.addWidget(self.spread)
        self._buttons.addWidget(self.styles, 100)
        self._column.addLayout(self._buttons)

    def restyle(self) -> None:
        """Take the colours and lengths of the current theme."""
        px = theme().px
        self._column.setSpacing(px(4))
        self._buttons.setContentsMargins(px(8), 0, px(8), px(4))
        self._buttons.setSpacing(px(6))
        self._why.setContentsMargins(px(14), 0, px(12), 0)
        self._why.setMinimumHeight(2 * self._why.fontMetrics().height() + px(2))
        self.styles.setMaximumWidth(px(240))
        self.view.setMinimumHeight(px(176))
        self.spread.setIcon(icon("rows-3"))
        self.spread.setIconSize(QSize(px(18), px(18)))
        self.spread.setFixedSize(px(30), px(30))
        self.view.sizes_changed()

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_entries(self, entries: Sequence[Entry], refs: Refs, keep: bool = False) -> None:
        """Another derivation, from its first line on; *keep*: as far as the one before, written in another way."""
        shown = len(entries) if self._everything or (keep and self._is_all()) else 1
        if keep and shown == 1:
            shown = min(self.model.shown, len(entries))
        self._problem = ""
        self.model.show(entries, shown, refs)
        if entries:
            self.view.go_to(max(self.model.shown - 1, 0))
        self._changed()

    def replace_entries(self, entries: Sequence[Entry], refs: Refs | None = None) -> None:
        """The same entries with other numbers; with *refs* their symbols stand for something else."""
        self.model.replace_entries(entries, refs)
        self._changed()

    def show_problem(self, sentence: str) -> None:
        """There is no derivation, and why."""
        self.model.show((), 0, {})
        self._problem = sentence
        self._changed()

    def set_stale(self, stale: bool) -> None:
        """Whether what is shown belongs to a function that is being changed."""
        if stale != self.model.stale:
            self.model.stale = stale
            self.view.viewport().update()

    def set_choices(self, style: str, spread: bool) -> None:
        """Show what is chosen, without a signal."""
        self.styles.setCurrentIndex(self.styles.findData(style))
        self.spread.setChecked(spread)

    def _is_all(self) -> bool:
        return bool(self.model.entries) and self.model.shown == len(self.model.entries)

    def _changed(self) -> None:
        entries, current = self.model.entries, self.model.current
        self.back.setEnabled(bool(entries) and current > 0)
        self.next.setEnabled(bool(entries) and current < len(entries) - 1)
        self.everything.setEnabled(bool(entries) and not self._is_all())
        role = "problem" if self._problem else "muted"
        if self._why.property("role") != role:
            self._why.setProperty("role", role)
            self._why.style().unpolish(self._why)
            self._why.style().polish(self._why)
        self._why.setText(self._problem or (entries[current].why if entries else ""))

    # -- steps -----------------------------------------------------------------------------------------------------

    def go_on(self) -> None:
        """The next line."""
        if self.model.current < len(self.model.entries) - 1:
            self.model.reveal(max(self.model.shown, self.model.current + 2))
            self._go_to(self.model.current + 1, say=True)

    def go_back(self) -> None:
        """The line before; the last line that is shown is hidden again."""
        current = self.model.current
        if current > 0:
            self._everything = False
            if current == self.model.shown - 1:
                self.model.reveal(current)
            self._go_to(current - 1, say=True)

    def show_all(self) -> None:
        """Every line."""
        self._everything = True
        self.model.reveal(len(self.model.entries))
        self._go_to(len(self.model.entries) - 1, say=True)

    def show_more(self, lines: int) -> None:
        """So many lines more than are shown, whichever line is current."""
        self.model.reveal(self.model.shown + lines)
        self._go_to(self.model.shown - 1, say=True)

    def start_over(self) -> None:
        """The first line alone."""
        self._everything = False
        self.model.reveal(1)
        self._go_to(0, say=True)

    def _step(self, what: str) -> None:
        {"back": self.go_back, "next": self.go_on, "first": self.start_over, "all": self.show_all}[what]()

    def _go_to(self, number: int, say: bool = False) -> None:
        if 0 <= number < self.model.shown:
            self.view.go_to(number)
            self._changed()
            if say and not self.view.hasFocus():
                announce(self.view, self.model.speech(number))

    def _open(self, number: int) -> None:
        self._go_to(number)
        if number < self.model.shown and self.model.entries[number].kind == "beside":
            self.beside_wanted.emit()

    # -- copying ---------------------------------------------------------------------------------------------------

    def menu(self) -> QMenu:
        """What can be copied."""
        menu = QMenu(self)
        menu.setObjectName("derivationMenu")
        words = {
            ("line", "text"): self.tr("Copy line as &text"),
            ("line", "latex"): self.tr("Copy line as &LaTeX"),
            ("line", "picture"): self.tr("Copy line as &picture"),
            ("all", "text"): self.tr("Copy &derivation as text"),
            ("all", "latex"): self.tr("Copy derivation as L&aTeX"),
            ("all", "picture"): self.tr("Copy derivation as p&icture"),
        }
        for (scope, form), text in words.items():
            if scope == "all" and form == "text":
                menu.addSeparator()
            action = menu.addAction(text)
            action.setObjectName(f"copy-{scope}-{form}")
            action.setEnabled(bool(self.model.shown))
            action.triggered.connect(lambda _=False, scope=scope, form=form: self.copy(scope, form))
        return menu

    def copy(self, scope: str, form: str) -> None:
        """Put the current line, or all lines of the derivation, on the clipboard as text, LaTeX or picture."""
        if not self.model.entries:
            return
        if scope == "all":
            self._copy_all(form)
            return
        entry, number, decimal = self.model.entries[self.model.current], self.model.current, self._display.decimal
        if form == "picture":
            copy_picture(picture_to_copy(entry.markup))
        elif form == "text":
            copy_text(self.model.text(number))
        elif entry.line is None:
            copy_text(write_latex(entry.markup))
        else:
            copy_text(render_latex(entry.line.expression, decimal).text)

    def _copy_all(self, form: str) -> None:
        lines: list[ShownLine] = [entry.line for entry in self.model.entries if entry.line is not None]
        decimal = self._display.decimal
        if form == "picture":
            copy_picture(copying.derivation_picture(lines, decimal))
        elif form == "latex":
            copy_text(copying.derivation_latex(lines, decimal))
        else:
            copy_text(copying.derivation_text(lines, decimal))

    def _show_menu(self, place: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)
