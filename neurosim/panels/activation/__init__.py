"""One neuron's activation under the microscope: every row's place on the curve, its slope there, and saturation."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from neurosim.panels.base import Late, PanelKind

PLUGIN = PanelKind(
    name="activation",
    title=str(QT_TRANSLATE_NOOP("PanelKind", "Activation")),
    help=str(
        QT_TRANSLATE_NOOP(
            "PanelKind", "The curve of an activation: where each row stands on it, and how steep it is there"
        )
    ),
    area="right",
    order=45,
    visible=False,
    create=Late("neurosim.panels.activation.panel", "ActivationPanel"),
)
