"""What a fit is judged by besides the loss: accuracy, the confusion matrix, R squared, RMSE; named as not being it."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from neurosim.panels.base import Late, PanelKind

PLUGIN = PanelKind(
    name="metrics",
    title=str(QT_TRANSLATE_NOOP("PanelKind", "Metrics")),
    help=str(QT_TRANSLATE_NOOP("PanelKind", "How good the fit is: accuracy, confusion matrix, R² and RMSE")),
    area="right",
    order=45,
    visible=False,
    create=Late("neurosim.panels.metrics.panel", "MetricsPanel"),
)
