"""The data plot: points to take hold of, the model, its residuals, and how the next step would move it."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from neurosim.panels.base import Late, PanelKind

PLUGIN = PanelKind(
    name="data_plot",
    title=str(QT_TRANSLATE_NOOP("PanelKind", "Data and fit")),
    help=str(
        QT_TRANSLATE_NOOP(
            "PanelKind", "The points, what the model says of them, and how far it is off; points can be dragged"
        )
    ),
    area="right",
    order=10,
    visible=True,
    create=Late("neurosim.panels.data_plot.panel", "DataPlotPanel"),
)
