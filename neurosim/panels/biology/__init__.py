"""The biological neuron beside the artificial one: membrane voltage, threshold, spikes, firing rate, term by term."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from neurosim.panels.base import Late, PanelKind

PLUGIN = PanelKind(
    name="biology",
    title=str(QT_TRANSLATE_NOOP("PanelKind", "Biological neuron")),
    help=str(QT_TRANSLATE_NOOP("PanelKind", "A nerve cell beside the artificial neuron, with the same input")),
    area="right",
    order=60,
    visible=False,
    create=Late("neurosim.panels.biology.panel", "BiologyPanel"),
)
