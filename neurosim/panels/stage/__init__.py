"""The line on show: the current line of the step set for the back row, with step, loss and gradient."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from neurosim.panels.base import Late, PanelKind

PLUGIN = PanelKind(
    name="stage",
    title=str(QT_TRANSLATE_NOOP("PanelKind", "Line on show")),
    help=str(QT_TRANSLATE_NOOP("PanelKind", "One line of the working, as large as a class sees it")),
    area="bottom",
    order=90,
    visible=False,
    tall=True,
    create=Late("neurosim.panels.stage.panel", "StagePanel"),
)
