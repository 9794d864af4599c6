"""The loss after each step: a curve that grows while training runs, on a linear or a logarithmic axis."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from neurosim.panels.base import Late, PanelKind

PLUGIN = PanelKind(
    name="loss_curve",
    title=str(QT_TRANSLATE_NOOP("PanelKind", "Loss per step")),
    help=str(QT_TRANSLATE_NOOP("PanelKind", "The loss after each step, or how one weight went")),
    area="right",
    order=20,
    visible=True,
    create=Late("neurosim.panels.loss_curve.panel", "LossCurvePanel"),
)
