"""The data as a table: each row's values, prediction, residual and loss, with cells to type in."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from neurosim.panels.base import PanelKind
from neurosim.panels.rows.panel import RowsPanel

PLUGIN = PanelKind(
    name="rows",
    title=str(QT_TRANSLATE_NOOP("PanelKind", "Rows")),
    area="bottom",
    order=30,
    visible=False,
    create=RowsPanel,
)
