"""The loss over two parameters: colours and numbered lines, the dot, its coming step, the way so far, the minimum."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from neurosim.panels.base import Late, PanelKind

PLUGIN = PanelKind(
    name="loss_map",
    title=str(QT_TRANSLATE_NOOP("PanelKind", "Loss map")),
    help=str(QT_TRANSLATE_NOOP("PanelKind", "The loss over two parameters as a map, with the way downhill")),
    area="right",
    order=15,
    visible=False,
    create=Late("neurosim.panels.loss_map.panel", "LossMapPanel"),
)
