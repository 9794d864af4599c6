"""The line under the table: how many rows there are, which are set aside and why, the sum of the selected cells."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from neurosim.engine.dataset import Dataset
from neurosim.engine.table_edits import missing_columns
from neurosim.panels.data_table.cells import Chosen, sum_of
from neurosim.widgets.display import Display
from neurosim.widgets.elided_label import ElidedLabel
from neurosim.widgets.theme import theme

NAMED = 3
"""Up to so many rows that are set aside are named one by one."""


class Foot(QWidget):
    """Owns ``dataTableNote`` and ``dataTableSums``."""

    def __init__(self, display: Display, parent: QWidget) -> None:
        super().__init__(parent)
        self._display = display
        self.note = self._label("dataTableNote")
        self.sums = self._label("dataTableSums")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.note, 1)
        self._row.addWidget(self.sums)

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        px = theme().px
        self._row.setContentsMargins(px(8), px(4), px(8), px(4))
        self._row.setSpacing(px(12))

    def show_rows(self, data: Dataset) -> None:
        """Say how many rows there are, and which are set aside and why."""
        rows = self.tr("1 row") if data.n_rows == 1 else self.tr("{count} rows").format(count=data.n_rows)
        if data.test_rows:
            kept = self.tr("{rows}, {count} of them kept for testing")
            rows = kept.format(rows=rows, count=len(data.test_rows))
        self.note.set_text(" · ".join([rows, self._aside(data)] if data.aside else [rows]))

    def _aside(self, data: Dataset) -> str:
        count = len(data.aside)
        words = self.tr("1 row is set aside") if count == 1 else self.tr("{count} rows are set aside")
        reasons = []
        for index, aside in enumerate(data.aside[:NAMED]):
            missing = ", ".join(missing_columns(data, aside.place + index))
            names = self.tr("{columns} missing").format(columns=missing) if missing else self.tr("cells too many")
            where = self.tr("after row {row}").format(row=aside.place) if aside.place else self.tr("at the top")
            reasons.append(self.tr("{columns} {where}").format(columns=names, where=where))
        said = "; ".join(reasons) + (", …" if count > NAMED else "")
        return self.tr("{words}, not trained on: {reasons}").format(words=words.format(count=count), reasons=said)

    def show_sum(self, data: Dataset, chosen: Chosen) -> None:
        """Count, sum and mean of the chosen numbers: as a pencil adds them."""
        found = sum_of(data, chosen)
        text = ""
        if found is not None and found[0] > 1:
            count, total = found
            write = self._display.text
            text = self.tr("{count} numbers · Σ {total} · mean {mean}").format(
                count=count, total=write(total), mean=write(total / count)
            )
        self.sums.set_text(text)
        self.sums.setVisible(bool(text))

    def _label(self, name: str) -> ElidedLabel:
        label = ElidedLabel(parent=self)
        label.setObjectName(name)
        label.setProperty("role", "caption")
        return label
