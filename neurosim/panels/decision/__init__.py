"""A neuron's output over one or two inputs: value as colour, boundary, threshold, and which points it gets wrong."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from neurosim.panels.base import Late, PanelKind

PLUGIN = PanelKind(
    name="decision",
    title=str(QT_TRANSLATE_NOOP("PanelKind", "Decision map")),
    help=str(
        QT_TRANSLATE_NOOP("PanelKind", "What the network decides at each place, and the threshold that it decides by")
    ),
    area="right",
    order=50,
    visible=False,
    create=Late("neurosim.panels.decision.panel", "DecisionPanel"),
)
