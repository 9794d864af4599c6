"""The area ledger: the squares slide into one bar as long as their sum, and the bar is cut into the mean."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from neurosim.panels.base import Late, PanelKind

PLUGIN = PanelKind(
    name="area_ledger",
    title=str(QT_TRANSLATE_NOOP("PanelKind", "Area ledger")),
    help=str(
        QT_TRANSLATE_NOOP("PanelKind", "The residuals as squares, collected into their sum and cut into their mean")
    ),
    area="bottom",
    order=35,
    visible=False,
    create=Late("neurosim.panels.area_ledger.panel", "AreaLedgerPanel"),
)
