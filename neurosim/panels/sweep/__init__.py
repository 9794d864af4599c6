"""A sweep over one setting: where the same training ends with each of several values."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from neurosim.panels.base import Late, PanelKind

PLUGIN = PanelKind(
    name="sweep",
    title=str(QT_TRANSLATE_NOOP("PanelKind", "Sweep")),
    help=str(QT_TRANSLATE_NOOP("PanelKind", "One training for each of several settings, and where each of them ends")),
    area="right",
    order=60,
    visible=False,
    create=Late("neurosim.panels.sweep.panel", "SweepPanel"),
    tall=True,
)
