"""Which columns are read and which are met: a row of switches for each."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from neurosim.main_window.wrap_layout import WrapLayout
from neurosim.widgets.theme import theme

MOST = 24
"""So many columns can be chosen from; a table with more has a window of its own under File › Open data."""


class ColumnSwitches(QWidget):
    """Owns a switch for each column of the data.

    Signals:
        changed(tuple): the user chose others; their names in the order of the data.
    """

    changed = Signal(tuple)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._all: tuple[str, ...] = ()
        self._switches: dict[str, QPushButton] = {}
        self._row = QWidget(self)
        self._wrap = WrapLayout(self._row)
        self._wrap.set_gaps(theme().px(6), theme().px(6))
        self._wrap.setContentsMargins(0, 0, 0, 0)
        self._more = QLabel(self)
        self._more.setProperty("role", "muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().px(2))
        column.addWidget(self._row)
        column.addWidget(self._more)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The columns that are switched on."""
        return tuple(name for name, switch in self._switches.items() if switch.isChecked())

    def fit(self, width: int) -> None:
        """Take as many rows as the switches need in *width* pixels."""
        self._row.setFixedHeight(self._wrap.heightForWidth(width))

    def switch(self, column: str) -> QPushButton:
        """The switch of a column."""
        return self._switches[column]

    def set_columns(self, columns: Iterable[str], chosen: Iterable[str]) -> None:
        """Show *columns*, those in *chosen* switched on."""
        names, on = tuple(columns), set(chosen)
        if names != self._all:
            self._all = names
            self._build(names[:MOST])
        for name, switch in self._switches.items():
            switch.setChecked(name in on)

    def _build(self, names: tuple[str, ...]) -> None:
        while self._wrap.count():
            item = self._wrap.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._switches = {}
        for name in names:
            switch = QPushButton(name.replace("&", "&&"), self._row)
            switch.setObjectName(f"{self.objectName()}-{name}")
            switch.setAccessibleName(f"{self.accessibleName()}: {name}")
            switch.setCheckable(True)
            switch.setAutoDefault(False)
            switch.clicked.connect(lambda _=False: self.changed.emit(self.chosen))
            self._switches[name] = switch
            self._wrap.addWidget(switch)
        more = len(self._all) - len(names)
        self._more.setText(self.tr("and {n} more: File › Open data chooses among all").format(n=more))
        self._more.setVisible(more > 0)
