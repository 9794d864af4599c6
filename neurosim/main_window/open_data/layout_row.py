"""How a table was read, as three choices that can be corrected: separator, decimal sign, what the first line holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from neurosim.engine.table_form import TableForm
from neurosim.main_window.wrap_layout import WrapLayout
from neurosim.records import dataclass, replace
from neurosim.widgets.theme import theme

SPACES = ""
"""What ``read_table`` calls runs of spaces."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the user has settled about the layout of a table; ``None`` for what is found out from its text."""

    delimiter: str | None = None
    decimal: str | None = None
    header: bool | None = None


class LayoutRow(QWidget):
    """Shows how one table was read.

    Signals:
        chosen(object): the ``Choices`` with which it shall be read again.
    """

    chosen = Signal(object)

    def __init__(self, form: TableForm, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("layoutRow")
        self._choices = choices
        self._current: dict[QComboBox, str] = {}
        row = WrapLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.set_gaps(theme().px(16), theme().px(4))
        delimiters = [
            (self.tr("comma  ,"), ","),
            (self.tr("semicolon  ;"), ";"),
            (self.tr("tab"), "\t"),
            (self.tr("bar  |"), "|"),
            (self.tr("spaces"), SPACES),
        ]
        delimiter = SPACES if form.delimiter == " " else form.delimiter
        self._add(row, "layoutSeparator", self.tr("Se&parator"), delimiters, delimiter, self._with_delimiter)
        signs = [(self.tr("point  0.5"), "."), (self.tr("comma  0,5"), ",")]
        self._add(row, "layoutDecimal", self.tr("Deci&mal sign"), signs, form.decimal, self._with_decimal)
        firsts = [(self.tr("names"), "names"), (self.tr("a row of data"), "row")]
        first = "names" if form.header else "row"
        self._add(row, "layoutHeader", self.tr("&First line holds"), firsts, first, self._with_header)

    def refresh(self) -> None:
        """Show what the table was read with."""
        for box, current in self._current.items():
            box.setCurrentIndex(max(0, box.findData(current)))

    def _add(
        self,
        row: WrapLayout,
        name: str,
        words: str,
        items: Iterable[tuple[str, str]],
        current: str,
        made: Callable[[str], Choices],
    ) -> None:
        box = QComboBox(self)
        box.setObjectName(name)
        box.setAccessibleName(words.replace("&", ""))
        box.setToolTip(self.tr("How the file was read; choose another to read it again"))
        for title, value in items:
            box.addItem(title, value)
        self._current[box] = current
        box.setCurrentIndex(max(0, box.findData(current)))
        box.activated.connect(lambda index: self._take(made(str(box.itemData(index)))))
        both = QWidget(self)
        pair = QHBoxLayout(both)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(theme().px(8))
        label = QLabel(words, both)
        label.setProperty("role", "caption")
        label.setBuddy(box)
        pair.addWidget(label)
        pair.addWidget(box)
        row.addWidget(both)

    def _take(self, choices: Choices) -> None:
        if choices != self._choices:
            self.chosen.emit(choices)

    def _with_delimiter(self, value: str) -> Choices:
        return replace(self._choices, delimiter=value)

    def _with_decimal(self, value: str) -> Choices:
        return replace(self._choices, decimal=value)

    def _with_header(self, value: str) -> Choices:
        return replace(self._choices, header=value == "names")
