"""The data as a table to write in: numbers as typed, words, rows set aside, roles of columns, rows kept for testing."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from neurosim.panels.base import Late, PanelKind

PLUGIN = PanelKind(
    name="data_table",
    title=str(QT_TRANSLATE_NOOP("PanelKind", "Data table")),
    help=str(QT_TRANSLATE_NOOP("PanelKind", "The data as a table: type, paste, sort")),
    area="bottom",
    order=25,
    visible=False,
    create=Late("neurosim.panels.data_table.panel", "DataTablePanel"),
    tall=True,
)
