"""The network as a tree of names and values: the canvas for keyboards and screen readers."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from neurosim.panels.base import Late, PanelKind

PLUGIN = PanelKind(
    name="outline",
    title=str(QT_TRANSLATE_NOOP("PanelKind", "Outline")),
    help=str(QT_TRANSLATE_NOOP("PanelKind", "The network as a list, for keyboard and screen readers")),
    area="left",
    order=40,
    visible=False,
    create=Late("neurosim.panels.outline.panel", "OutlinePanel"),
    tall=True,
)
