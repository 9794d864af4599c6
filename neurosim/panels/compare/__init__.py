"""Before and after: two moments of the history side by side, with every number and both curves."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from neurosim.panels.base import Late, PanelKind

PLUGIN = PanelKind(
    name="compare",
    title=str(QT_TRANSLATE_NOOP("PanelKind", "Before and after")),
    help=str(QT_TRANSLATE_NOOP("PanelKind", "Two moments side by side, with the difference of every number")),
    area="right",
    order=80,
    visible=False,
    create=Late("neurosim.panels.compare.panel", "ComparePanel"),
)
