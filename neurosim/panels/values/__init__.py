"""Every row with its numbers: inputs, z and a, prediction, residual, loss, share of the gradient, and totals."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from neurosim.panels.base import Late, PanelKind

PLUGIN = PanelKind(
    name="values",
    title=str(QT_TRANSLATE_NOOP("PanelKind", "Values")),
    help=str(
        QT_TRANSLATE_NOOP(
            "PanelKind", "The prediction of each row, its residual, its loss and its share of the gradient"
        )
    ),
    area="bottom",
    order=30,
    visible=False,
    create=Late("neurosim.panels.values.panel", "ValuesPanel"),
)
