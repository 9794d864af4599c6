"""The head of the panel: what is typed, by what it is differentiated, and how it was read or where reading stopped."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from neurosim.algebra.errors import ParseError
from neurosim.markup.tree import Markup
from neurosim.panels.calculus.fitted_formula import FittedFormula
from neurosim.panels.calculus.formula_edit import FormulaEdit
from neurosim.panels.calculus.links import plain_name
from neurosim.widgets.announce import announce
from neurosim.widgets.theme import theme
from neurosim.widgets.word_label import word_label


class FunctionInput(QWidget):
    """Owns the input line, the choice of the symbol and the menu of presets; reading is somebody else's.

    Signals:
        typed(str): the text is another one.
        symbol_chosen(str): another symbol to differentiate by.
        pointed(refs): what the part under the pointer stands for.
    """

    typed = Signal(str)
    symbol_chosen = Signal(str)
    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = QLabel("f =", self)
        self.edit = FormulaEdit(self)
        self.edit.setObjectName("calculusInput")
        self.edit.setAccessibleName(self.tr("Function to differentiate"))
        self.edit.setToolTip(self.tr("The function to differentiate, as you would write it: x², 3x + 1, 1/(1+e^-x)"))
        self.edit.setPlaceholderText(self.tr("such as 1/(1+e^-x)"))
        self.name.setBuddy(self.edit)
        self._by = QLabel(self.tr("by"), self)
        self._by.setProperty("role", "muted")
        self.symbols = QComboBox(self)
        self.symbols.setObjectName("calculusSymbol")
        self.symbols.setAccessibleName(self.tr("Differentiate by"))
        self.symbols.setToolTip(self.tr("The symbol to differentiate by"))
        self.symbols.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._by.setBuddy(self.symbols)
        self.presets = QToolButton(self)
        self.presets.setObjectName("calculusPresets")
        self.presets.setText(self.tr("Examples"))
        self.presets.setToolTip(self.tr("The lecture's functions, and those of the network on the canvas"))
        self.presets.setAccessibleName(self.tr("Examples"))
        self.presets.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.presets.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.menu = QMenu(self.presets)
        self.menu.setObjectName("calculusPresetsMenu")
        self.presets.setMenu(self.menu)
        self.reading = FittedFormula(16, self)
        self.reading.setObjectName("calculusReading")
        self.sentence = word_label("calculusProblem", "problem", self)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.hide()
        self._lay_out()
        self.edit.textEdited.connect(self.typed)
        self.edit.returnPressed.connect(self._say_problem)
        self.symbols.activated.connect(lambda index: self.symbol_chosen.emit(str(self.symbols.itemData(index))))
        self.reading.pointed.connect(self._reading_pointed)
        self.restyle()

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._line = QHBoxLayout()
        self._line.addWidget(self.name)
        self._line.addWidget(self.edit, 1)
        for widget in (self._by, self.symbols, self.presets):
            self._line.addWidget(widget)
        self._column.addLayout(self._line)
        self._under = QWidget(self)
        under = QVBoxLayout(self._under)
        under.setContentsMargins(0, 0, 0, 0)
        under.addWidget(self.reading, 0, Qt.AlignmentFlag.AlignVCenter)
        under.addWidget(self.sentence, 0, Qt.AlignmentFlag.AlignVCenter)
        self._under.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._column.addWidget(self._under)

    def restyle(self) -> None:
        """Take the lengths of the current zoom."""
        px = theme().px
        self._column.setContentsMargins(px(12), px(8), px(12), px(2))
        self._column.setSpacing(px(2))
        self._line.setSpacing(px(6))
        self.symbols.setMinimumWidth(px(52))
        # A fraction and a sentence of three lines need about the same: what is below does not jump while one types.
        self._under.setMinimumHeight(px(50))

    def show_function(self, text: str) -> None:
        """Put a function into the input line."""
        if text != self.edit.text():
            self.edit.setText(text)

    def show_symbols(self, names: Sequence[str], chosen: str) -> None:
        """The symbols to choose from."""
        blocker = QSignalBlocker(self.symbols)
        present = [str(self.symbols.itemData(index)) for index in range(self.symbols.count())]
        if present != list(names):
            self.symbols.clear()
            for name in names:
                self.symbols.addItem(plain_name(name), name)
        self.symbols.setCurrentIndex(self.symbols.findData(chosen))
        self.symbols.setEnabled(len(names) > 1)
        blocker.unblock()
        self.name.setText(f"f({plain_name(chosen)}) =" if chosen else "f =")

    def show_reading(self, markup: Markup) -> None:
        """How the function was read."""
        self.edit.mark(None)
        self.sentence.hide()
        self.reading.show()
        self.reading.set_markup(markup)

    def show_problem(self, error: ParseError) -> None:
        """Why it cannot be read, and where reading stopped."""
        self.edit.mark(error.position, str(error))
        self.sentence.setText(str(error))
        self.reading.hide()
        self.sentence.show()

    def problem(self) -> str:
        """The sentence that is shown; empty when all was read."""
        return self.sentence.text() if self.sentence.isVisibleTo(self) else ""

    def _say_problem(self) -> None:
        if self.problem():
            announce(self.edit, self.problem())

    def _reading_pointed(self, refs: frozenset[str]) -> None:
        self.pointed.emit(frozenset(ref for ref in refs if not ref.startswith("part:")))
