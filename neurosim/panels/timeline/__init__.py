"""The timeline: one scrubber over the edits and the training steps of the present branch, with the others under it."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from neurosim.panels.base import Late, PanelKind

PLUGIN = PanelKind(
    name="timeline",
    title=str(QT_TRANSLATE_NOOP("PanelKind", "Timeline")),
    help=str(QT_TRANSLATE_NOOP("PanelKind", "All steps and changes so far, to go back to")),
    area="bottom",
    order=70,
    visible=True,
    create=Late("neurosim.panels.timeline.panel", "TimelinePanel"),
    strip=True,
)
