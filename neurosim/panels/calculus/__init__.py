"""Calculus on the user's own functions: rules, derivations line by line, and the tangent, tied to the network."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from neurosim.panels.base import Late, PanelKind

PLUGIN = PanelKind(
    name="calculus",
    title=str(QT_TRANSLATE_NOOP("PanelKind", "Calculus")),
    help=str(QT_TRANSLATE_NOOP("PanelKind", "The derivative of any formula that you type, rule by rule")),
    area="right",
    order=60,
    visible=False,
    tall=True,
    create=Late(
        "neurosim.panels.calculus.panel",
        "CalculusPanel",
        before=("neurosim.algebra.rules", "neurosim.panels.calculus.inquiry", "neurosim.panels.calculus.rules_table"),
    ),
)
