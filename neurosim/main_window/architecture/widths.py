"""The widths of hidden layers: a field for each layer, and buttons that add one or take the last away."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from neurosim.engine.architectures import MOST_LAYERS, MOST_WIDTH
from neurosim.numbers.exact import Number
from neurosim.widgets.display import Display
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.picture_button import picture_button
from neurosim.widgets.theme import theme

FIELD = 52
"""Width of a field in pixels at 100 %."""


class LayerWidths(QWidget):
    """Owns the fields.

    Signals:
        changed(tuple): the user chose other widths.
    """

    changed = Signal(tuple)

    def __init__(self, display: Display, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("layerWidths")
        self._least = 0
        self._widths: tuple[int, ...] = ()
        self._fields: list[NumberField] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme().px(6))
        for place in range(MOST_LAYERS):
            field = NumberField(display, self)
            field.setObjectName(f"layerWidth{place + 1}")
            field.setAccessibleName(self.tr("Neurons in hidden layer {n}").format(n=place + 1))
            field.setToolTip(
                self.tr("Neurons in hidden layer {n}: type, drag sideways, or press an arrow key").format(n=place + 1)
            )
            field.set_step(Fraction(1))
            field.set_range(Fraction(1), Fraction(MOST_WIDTH))
            field.set_check(self._check)
            field.setFixedWidth(theme().px(FIELD))
            field.committed.connect(lambda value, place=place: self._set(place, value))
            field.scrubbed.connect(lambda value, place=place: self._set(place, value))
            field.hide()
            self._fields.append(field)
            row.addWidget(field)
        self._none = QLabel(self.tr("none"), self)
        self._none.setProperty("role", "muted")
        row.addWidget(self._none)
        self._add = self._button("layerAdd", "plus", self.tr("Add a hidden layer"), self._add_layer)
        self._take = self._button("layerTake", "minus", self.tr("Take the last hidden layer away"), self._take_layer)
        row.addWidget(self._add)
        row.addWidget(self._take)
        self._show()

    @property
    def buttons(self) -> tuple[QToolButton, QToolButton]:
        """What adds a layer and what takes one away."""
        return self._add, self._take

    @property
    def widths(self) -> tuple[int, ...]:
        """How many neurons each hidden layer has."""
        return self._widths

    def set_widths(self, widths: Sequence[int], least: int = 0) -> None:
        """Show *widths*; at least *least* layers must stay."""
        self._widths, self._least = tuple(widths)[:MOST_LAYERS], least
        self._show()

    def _show(self) -> None:
        for place, field in enumerate(self._fields):
            there = place < len(self._widths)
            field.setVisible(there)
            if there:
                field.set_value(Fraction(self._widths[place]))
        self._none.setVisible(not self._widths)
        self._add.setEnabled(len(self._widths) < MOST_LAYERS)
        self._take.setEnabled(len(self._widths) > self._least)

    def _set(self, place: int, value: Number) -> None:
        widths = list(self._widths)
        widths[place] = int(value)
        self._choose(tuple(widths))

    def _add_layer(self) -> None:
        self._choose((*self._widths, self._widths[-1] if self._widths else 3))

    def _take_layer(self) -> None:
        self._choose(self._widths[:-1])

    def _choose(self, widths: tuple[int, ...]) -> None:
        if widths != self._widths:
            self._widths = widths
            self._show()
            self.changed.emit(widths)

    def _check(self, value: Number) -> str | None:
        return None if value == int(value) else self.tr("A layer has a whole number of neurons.")

    def _button(self, name: str, picture: str, words: str, run: object) -> QToolButton:
        button = picture_button(name, picture, words, self)
        button.setMinimumSize(theme().px(28), theme().px(28))
        button.clicked.connect(lambda _=False: run() if callable(run) else None)
        return button
