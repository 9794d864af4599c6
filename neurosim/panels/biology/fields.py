"""The fields of the cell's numbers with their units, and the rate worked out with them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from neurosim.markup.tree import Markup
from neurosim.numbers.exact import Number
from neurosim.panels._gesture import FieldEdits
from neurosim.panels.biology.kept import SETTINGS, TYPICAL
from neurosim.panels.biology.moves import Moves
from neurosim.widgets.display import Display
from neurosim.widgets.formula_lines import FormulaLines
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.theme import theme, theme_notifier

FORMULA_SIZE = 16


class Fields(QWidget):
    """Owns a field for each number; what no cell can have is refused in the field itself."""

    def __init__(
        self,
        display: Display,
        moves: Moves,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("biologyFields")
        self.fields: dict[str, NumberField] = {}
        self._grid = QGridLayout()
        for place, setting in enumerate(SETTINGS):
            field = NumberField(display, self)
            field.setObjectName(f"biology-{setting.name}")
            field.setAccessibleName(f"{setting.title} ({setting.unit})")
            field.setToolTip(setting.help)
            field.set_step(setting.step)
            field.set_check(partial(moves.refusal, setting.name))
            FieldEdits(field, moves.gesture, partial(moves.set_number, setting.name))
            caption = QLabel(f"{setting.title}", self)
            caption.setToolTip(setting.help)
            caption.setBuddy(field)
            caption.setWordWrap(True)
            unit = QLabel(setting.unit, self)
            unit.setProperty("role", "caption")
            row, column = divmod(place, 2)
            self._grid.addWidget(caption, row, 4 * column)
            self._grid.addWidget(field, row, 4 * column + 1)
            self._grid.addWidget(unit, row, 4 * column + 2)
            self.fields[setting.name] = field
        for column in (0, 4):
            self._grid.setColumnStretch(column, 1)
        self.reset = QPushButton(self.tr("Typical cell"), self)
        self.reset.setObjectName("biologyTypical")
        self.reset.setToolTip(self.tr("Give every number its typical value again"))
        self.reset.clicked.connect(lambda _=False: moves.make_typical())
        self.reset.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._words = self.tr("The rate, worked out")
        self._caption = QLabel(self._words, self)
        self._caption.setProperty("role", "caption")
        self.interval = FormulaLines("biologyInterval", FORMULA_SIZE, self)
        self.rate = FormulaLines("biologyRate", FORMULA_SIZE, self)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._grid)
        self._between = QHBoxLayout()
        self._between.addWidget(self._caption, 1, Qt.AlignmentFlag.AlignBottom)
        self._between.addWidget(self.reset)
        self._column.addLayout(self._between)
        for widget in (self.interval, self.rate):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        theme_notifier().changed.connect(self._restyle)
        self._restyle()

    def show_numbers(self, numbers: Mapping[str, Number]) -> None:
        """Show the numbers of the document."""
        for name, field in self.fields.items():
            field.set_value(numbers[name])
        self.reset.setEnabled(any(numbers[name] != TYPICAL[name] for name in numbers))

    def show_formulas(self, interval: Markup | None, rate: Markup | None) -> None:
        """Show how the rate is worked out."""
        for lines, markup in ((self.interval, interval), (self.rate, rate)):
            if markup != lines.markup():
                lines.set_markup(markup)
            lines.setVisible(markup is not None)
        self._caption.setText(self._words if interval is not None else "")

    def minimumSizeHint(self) -> QSize:
        """Narrow captions wrap."""
        return QSize(theme().px(240), super().minimumSizeHint().height())

    def _restyle(self) -> None:
        px = theme().px
        self._column.setContentsMargins(px(12), px(8), px(12), px(8))
        self._column.setSpacing(px(8))
        self._grid.setHorizontalSpacing(px(6))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnMinimumWidth(3, px(8))
        for field in self.fields.values():
            field.setFixedWidth(px(64))
