"""The arithmetic of the coming step, line by line, as it would stand on paper."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from neurosim.panels.base import Late, PanelKind

PLUGIN = PanelKind(
    name="working",
    title=str(QT_TRANSLATE_NOOP("PanelKind", "Working")),
    help=str(QT_TRANSLATE_NOOP("PanelKind", "The arithmetic of the coming step, line by line")),
    area="bottom",
    order=10,
    visible=True,
    create=Late("neurosim.panels.working.panel", "WorkingPanel"),
)
