"""Variants of the document side by side: other rates, optimizers, activations or architectures, trained together."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from neurosim.panels.base import Late, PanelKind

PLUGIN = PanelKind(
    name="variants",
    title=str(QT_TRANSLATE_NOOP("PanelKind", "Variants side by side")),
    help=str(QT_TRANSLATE_NOOP("PanelKind", "Two to four variants of the network, trained side by side")),
    area="right",
    order=85,
    visible=False,
    create=Late("neurosim.panels.variants.panel", "VariantsPanel"),
    tall=True,
)
