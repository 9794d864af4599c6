"""How the weights of a drawn architecture begin: by which rule, from which seed."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from neurosim.engine.initializers import INITIALIZERS
from neurosim.numbers.exact import Number
from neurosim.widgets.display import Display
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.picture_button import picture_button
from neurosim.widgets.theme import theme


class StartRow(QWidget):
    """Owns the controls.

    Signals:
        rule_chosen(name): the user chose another initializer.
        seed_chosen(seed): the user typed, dragged or rolled another seed.
    """

    rule_chosen = Signal(str)
    seed_chosen = Signal(int)

    def __init__(self, display: Display, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = 0
        self._rule = QComboBox(self)
        self._rule.setObjectName("architectureStart")
        self._rule.setAccessibleName(self.tr("Start"))
        for name, initializer in INITIALIZERS.items():
            self._rule.addItem(initializer.title, name)
            self._rule.setItemData(self._rule.count() - 1, initializer.help, Qt.ItemDataRole.ToolTipRole)
        self._rule.activated.connect(lambda _: self.rule_chosen.emit(str(self._rule.currentData())))
        self._seed = NumberField(display, self)
        self._seed.setObjectName("architectureSeed")
        self._seed.setAccessibleName(self.tr("Seed"))
        self._seed.set_step(Fraction(1))
        self._seed.set_range(Fraction(0), Fraction(10**9))
        self._seed.set_check(
            lambda value: None if value == int(value) else self.tr("A seed is a whole number from 0 on.")
        )
        for signal in (self._seed.committed, self._seed.scrubbed):
            signal.connect(self._seed_typed)
        self._dice = picture_button(
            "architectureDice",
            "dices",
            self.tr("Draw other weights"),
            self,
            tip=self.tr("Draw other weights: the next seed"),
        )
        self._dice.clicked.connect(lambda _=False: self.seed_chosen.emit(self._shown + 1))
        caption = QLabel(self.tr("See&d"), self)
        caption.setBuddy(self._seed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._rule, caption, self._seed, self._dice):
            row.addWidget(widget)
        row.addStretch(1)
        self.setFocusProxy(self._rule)

    def show_start(self, rule: str, seed: int) -> None:
        """Show an initializer and a seed."""
        self._rule.setCurrentIndex(max(0, self._rule.findData(rule)))
        self._shown = seed
        self._seed.set_value(Fraction(seed))

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        px = theme().px
        self._seed.setFixedWidth(px(64))
        self._dice.setIconSize(QSize(px(16), px(16)))
        self._dice.setMinimumSize(px(28), px(28))

    def _seed_typed(self, value: Number) -> None:
        self.seed_chosen.emit(int(value))
