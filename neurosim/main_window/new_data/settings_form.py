"""The settings of one kind of generated data as fields: size, noise, seed with its die, and its own."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QWidget

from neurosim.engine.dataset import Dataset
from neurosim.engine.generators import Generator
from neurosim.engine.generators.base import MOST_ROWS
from neurosim.engine.plugin_setting import Setting
from neurosim.numbers.exact import Number
from neurosim.widgets.display import Display
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.picture_button import picture_button
from neurosim.widgets.theme import theme

LARGEST_SEED = 10**9


class SettingsForm(QWidget):
    """Owns the values of one generator's settings.

    Signals:
        changed(): a value is another one.
    """

    changed = Signal()

    def __init__(self, generator: Generator, display: Display, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"settings-{generator.name}")
        self.generator = generator
        self._display = display
        self._rows = Fraction(generator.rows)
        self._noise: Number = generator.noise
        self._seed = 0
        self._values: dict[str, Number | str] = {setting.name: setting.default for setting in generator.settings}
        self._seed_field: NumberField | None = None
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(theme().px(12))
        self._form.setVerticalSpacing(theme().px(6))
        for setting in generator.settings:
            self._add(setting)
        if not generator.table:
            self._add_common(generator)

    @property
    def seed(self) -> int:
        """What the draws begin from."""
        return self._seed

    def dataset(self) -> Dataset:
        """What the values make.

        Raises:
            DatasetError: they do not go together.
        """
        return self.generator.dataset(int(self._rows), self._noise, self._seed, self._values)

    def roll(self) -> None:
        """Take the next seed."""
        self._set_seed(Fraction((self._seed + 1) % LARGEST_SEED))

    # -- fields ----------------------------------------------------------------------------------------------------

    def _add(self, setting: Setting[Number | str]) -> None:
        if setting.choices:
            self._put(setting.title, self._choice(setting), setting.help)
            return
        step = Fraction(1) if setting.whole else Fraction(1, 10)
        field = self._field(f"setting-{setting.name}", setting.default, step, setting.within.low, setting.within.high)
        if setting.whole:
            field.set_check(self._whole)
        self._listen(field, lambda value: self._set(setting.name, value))
        self._put(setting.title, field, setting.help)

    def _add_common(self, generator: Generator) -> None:
        rows = self._field("setting-rows", self._rows, Fraction(1), Fraction(1), Fraction(MOST_ROWS))
        rows.set_check(self._whole)
        self._listen(rows, self._set_rows)
        self._put(self.tr("Rows"), rows, self.tr("How many rows there are."))
        noise = self._field("setting-noise", self._noise, Fraction(1, 20), Fraction(0), generator.most_noise)
        self._listen(noise, self._set_noise)
        self._put(self.tr("Noise"), noise, self.tr("How far the rows are from the rule: the standard deviation."))
        seed = self._field("setting-seed", Fraction(0), Fraction(1), Fraction(0), Fraction(LARGEST_SEED))
        seed.set_check(self._whole)
        self._listen(seed, self._set_seed)
        self._seed_field = seed
        self._put(self.tr("Seed"), seed, self.tr("The same seed gives the same rows."), self._with_die(seed))

    def _with_die(self, field: NumberField) -> QWidget:
        die = picture_button(
            "dataDice", "dices", self.tr("Draw other rows"), self, tip=self.tr("Draw other rows: the next seed")
        )
        side = theme().px(28)
        die.setMinimumSize(side, side)
        die.setIconSize(QSize(theme().px(18), theme().px(18)))
        die.clicked.connect(lambda _=False: self.roll())
        both = QWidget(self)
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(6))
        row.addWidget(field, 1)
        row.addWidget(die)
        return both

    def _choice(self, setting: Setting[Number | str]) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(f"setting-{setting.name}")
        for name, title in setting.choices.items():
            box.addItem(title, name)
        box.setCurrentIndex(list(setting.choices).index(str(setting.default)))
        box.activated.connect(lambda index: self._set(setting.name, str(box.itemData(index))))
        return box

    def _field(
        self, name: str, value: Number | str, step: Fraction, low: Fraction | None, high: Fraction | None
    ) -> NumberField:
        field = NumberField(self._display, self)
        field.setObjectName(name)
        field.set_range(low, high)
        field.set_step(step)
        field.set_value(Fraction(value) if not isinstance(value, str) else Fraction(0))
        field.setMinimumWidth(theme().px(88))
        return field

    def _put(self, title: str, control: QWidget, help_text: str, row: QWidget | None = None) -> None:
        """Add *control*, or the *row* in which it stands, under *title*."""
        label = QLabel(title, self)
        label.setBuddy(control)
        for widget in (label, control):
            widget.setToolTip(help_text)
        control.setAccessibleName(title)
        self._form.addRow(label, row or control)

    @staticmethod
    def _listen(field: NumberField, take: Callable[[Number], None]) -> None:
        for signal in (field.committed, field.scrubbed):
            signal.connect(take)

    def _whole(self, value: Number) -> str | None:
        return None if value == int(value) else self.tr("A whole number is needed here.")

    # -- values ----------------------------------------------------------------------------------------------------

    def _set(self, name: str, value: Number | str) -> None:
        self._values[name] = value
        self.changed.emit()

    def _set_rows(self, value: Number) -> None:
        self._rows = Fraction(value)
        self.changed.emit()

    def _set_noise(self, value: Number) -> None:
        self._noise = value
        self.changed.emit()

    def _set_seed(self, value: Number) -> None:
        self._seed = int(value)
        if self._seed_field is not None:
            self._seed_field.set_value(Fraction(self._seed))
        self.changed.emit()
