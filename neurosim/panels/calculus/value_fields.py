"""A field for the value of each symbol; those that stand for something on the canvas follow it until changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QWidget

from neurosim.algebra.render_markup import symbol_markup
from neurosim.markup.build import EQUALS, row
from neurosim.markup.tree import Mark
from neurosim.numbers.exact import Number
from neurosim.panels.calculus.links import NO_REFS, plain_name
from neurosim.records import dataclass
from neurosim.widgets.display import Display
from neurosim.widgets.formula import FormulaView
from neurosim.widgets.icons import icon
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.theme import theme

POINT_NAME = "calculusPoint"
CELL, NARROW = 132, 112
"""Pixels that a field with its label should have at 100 %, and can do with so that three stand side by side."""
MOST_COLUMNS = 5


@dataclass(frozen=True)
class Shown:
    """What a field shows.

    Attributes:
        value: the number.
        follows: whether it is the network's.
        words: what the symbol stands for there; empty for nothing.
        refs: what lights up with it.
    """

    value: Number
    follows: bool = False
    words: str = ""
    refs: frozenset[str] = NO_REFS


class ValueFields(QWidget):
    """Owns a cell for each symbol that has been asked for; what the point is worth stands beside the first.

    Signals:
        changed(str, object): the user gave a symbol this value.
        follow_wanted(str): a symbol shall follow the network again.
        pointed(refs): what the symbol under the pointer stands for.
    """

    changed = Signal(str, object)
    follow_wanted = Signal(str)
    pointed = Signal(object)

    def __init__(self, display: Display, beside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._display = display
        self._beside = beside
        self._cells: dict[str, _Cell] = {}
        self._names: tuple[str, ...] = ()
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)

    def show_values(self, names: Sequence[str], shown: Mapping[str, Shown]) -> None:
        """A field for each of *names*, in their order; the first is that of the point."""
        if tuple(names) != self._names:
            self._names = tuple(names)
            self._build()
        for number, name in enumerate(names):
            self._cells[name].show_value(shown[name], is_point=number == 0)

    def field(self, name: str) -> NumberField:
        """The field of a symbol that is shown."""
        return self._cells[name].field

    def set_lit(self, lit: frozenset[str]) -> None:
        """Light up the symbols that stand for one of *lit*."""
        for cell in self._cells.values():
            cell.label.set_lit(lit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many side by side as there is room for."""
        super().resizeEvent(event)
        self._place()

    def minimumSizeHint(self) -> QSize:
        """Room for two side by side: with less width there are more lines."""
        return QSize(theme().px(2 * CELL), self._grid.totalMinimumSize().height())

    def restyle(self) -> None:
        """Take the lengths of the current zoom."""
        px = theme().px
        self._grid.setHorizontalSpacing(px(8))
        self._grid.setVerticalSpacing(px(4))
        for cell in self._cells.values():
            cell.restyle()
        self._place(again=True)

    def _build(self) -> None:
        for name, cell in self._cells.items():
            cell.setVisible(name in self._names)
        for name in self._names:
            if name not in self._cells:
                self._cells[name] = self._new_cell(name)
        self._place(again=True)

    def _new_cell(self, name: str) -> _Cell:
        cell = _Cell(name, self._display, self)
        cell.field.committed.connect(lambda value: self.changed.emit(name, value))
        cell.field.scrubbed.connect(lambda value: self.changed.emit(name, value))
        cell.field.scrub_started.connect(cell.remember)
        cell.field.scrub_cancelled.connect(lambda: self._taken_back(name))
        cell.follow.clicked.connect(lambda on: self._follow_clicked(name, on))
        cell.label.pointed.connect(self.pointed)
        return cell

    def _follow_clicked(self, name: str, on: bool) -> None:
        if on:
            self.follow_wanted.emit(name)
        else:
            self.changed.emit(name, self._cells[name].field.value())

    def _taken_back(self, name: str) -> None:
        cell = self._cells[name]
        if cell.followed:
            self.follow_wanted.emit(name)
        else:
            self.changed.emit(name, cell.field.value())

    def _place(self, again: bool = False) -> None:
        px, width = theme().px, self.contentsRect().width()
        columns = max(2, min(width // px(NARROW), 3), min(width // px(CELL), MOST_COLUMNS))
        if columns == self._columns and not again:
            return
        self._columns = columns
        for widget in (*self._cells.values(), self._beside):
            self._grid.removeWidget(widget)
        for number, name in enumerate(self._names):
            # What the point is worth takes the rest of the first line.
            place = number if number == 0 else number + columns - 1
            self._grid.addWidget(self._cells[name], place // columns, place % columns)
        self._grid.addWidget(self._beside, 0, 1, 1, columns - 1)
        for column in range(MOST_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)


class _Cell(QWidget):
    """``a =``, the number, and a button that says whether it follows the network."""

    def __init__(self, name: str, display: Display, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self._refs: frozenset[str] | None = None
        self.followed = False
        self.label = FormulaView(self)
        self.label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.label.set_size(16)
        self.field = NumberField(display, self)
        self.follow = QToolButton(self)
        self.follow.setObjectName(f"calculusFollow-{name}")
        self.follow.setCheckable(True)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget, stretch in ((self.label, 0), (self.field, 1), (self.follow, 0)):
            self._row.addWidget(widget, stretch)
        self.restyle()

    def restyle(self) -> None:
        """Take the lengths of the current zoom."""
        px = theme().px
        self._row.setSpacing(px(2))
        self.follow.setIconSize(QSize(px(14), px(14)))
        self.follow.setFixedSize(px(26), px(26))

    def remember(self) -> None:
        """A gesture begins: keep whether the number was the network's, for when it is taken back."""
        self.followed = self.follow.isChecked()

    def show_value(self, shown: Shown, is_point: bool) -> None:
        """Show a value and where it comes from."""
        name = plain_name(self._name)
        self.field.setObjectName(POINT_NAME if is_point else f"calculusValue-{self._name}")
        what = self.tr("Point of the tangent, {name}") if is_point else self.tr("Value of {name}")
        self.field.setAccessibleName(what.format(name=name))
        point = self.tr("Where the tangent touches; the numbers on both sides of a line are worked out there")
        self.field.setToolTip(shown.words or (point if is_point else what.format(name=name)))
        self.field.set_value(shown.value)
        if shown.refs != self._refs:
            self._refs = shown.refs
            self.label.set_markup(row(Mark(symbol_markup(self._name), shown.refs), EQUALS))
        self.label.setToolTip(shown.words)
        self.follow.setVisible(bool(shown.words))
        self.follow.setChecked(shown.follows)
        self.follow.setIcon(icon("link-2" if shown.follows else "unlink", "accent" if shown.follows else "text_muted"))
        tip = self.tr("Follows the network: {words}") if shown.follows else self.tr("Follow the network: {words}")
        self.follow.setToolTip(tip.format(words=shown.words))
        self.follow.setAccessibleName(self.tr("{name} follows the network").format(name=name))
