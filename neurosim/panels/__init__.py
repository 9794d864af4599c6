"""Plots and tables beside the canvas, one plug-in per module."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from neurosim.panels.base import PanelContext, PanelKind
from neurosim.registry import discover

__all__ = ["PANELS", "PanelContext", "PanelKind"]

PANELS: Mapping[str, PanelKind] = MappingProxyType(
    dict(
        sorted(
            # The headline numbers stand in the step bar, not in a dock of their own.
            discover(__name__, PanelKind, __name__, besides=("headline",)).items(),
            key=lambda item: item[1].order,
        )
    )
)
"""All kinds of panels by name, in their order."""
