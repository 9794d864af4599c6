"""Ways to arrange the panels for a purpose: which are open, which stands in front, and how much room each has."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from neurosim.records import dataclass


@dataclass(frozen=True)
class Layout:
    """One way. Panels that are not named are closed; those that this program lacks are passed over.

    Attributes:
        opened: the panels that are open, the last of each area in front.
        upper: the part of the height that the first panel at the right has.
        lower: the part of the height that the panels under the graph have, besides flat strips.
        low: the same in a low window, where the graph needs more of it; ``None``: as in any other.
        right: the part of the width that the panels at the right have.
        below: panels that stand under the graph here, whatever their usual place.
        apart: panels that are not tabs here, but have a place of their own in their area.
        graph: whether the network is on view.
    """

    opened: tuple[str, ...]
    upper: float = 0.57
    lower: float = 0.44
    low: float | None = None
    right: float = 0.34
    below: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    graph: bool = True


LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        "lecture": Layout(
            ("inspector", "lesson", "data_plot", "loss_curve", "timeline", "working"), lower=0.37, low=0.34
        ),
        "landscape": Layout(
            ("area_ledger", "loss_curve", "data_plot", "loss_map"),
            upper=0.5,
            lower=0.46,
            right=0.46,
            below=("data_plot",),
        ),
        "numbers": Layout(("data_plot", "loss_curve", "working", "values"), lower=0.5, right=0.32),
        "network": Layout(("data_plot", "loss_curve", "timeline"), upper=0.5, lower=0.3, right=0.3),
        "data": Layout(("data_plot", "loss_curve", "metrics", "data_table"), upper=0.5, lower=0.58, right=0.36),
        "compare": Layout(("variants",), upper=1.0, lower=0.3, right=0.62),
        "projector": Layout(("data_plot", "timeline", "working"), upper=1.0, lower=0.38, right=0.4),
    }
)
"""By name: the first is how the window opens."""

LESSON_LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        "neuron": Layout(()),
        "lines": Layout(("working",), lower=0.46),
        "squares": Layout(("data_plot", "area_ledger"), upper=1.0, lower=0.44, right=0.38),
        "cell": Layout(("biology",), upper=1.0, right=0.4),
        "side_by_side": Layout(("variants",), upper=1.0, right=0.42),
        "plot": Layout(("data_plot",), upper=0.56, lower=0.4),
        "worked": Layout(("data_plot", "working"), lower=0.46),
        "table": Layout(("data_plot", "values"), lower=0.4),
        "values": Layout(("values",), lower=0.5),
        "activation": Layout(("activation",), upper=1.0, right=0.4),
        "before_after": Layout(("compare",), upper=1.0, right=0.38),
        "derivation": Layout(("calculus",), upper=1.0, right=0.42),
        "rules": Layout(("calculus",), upper=1.0, right=0.6, graph=False),
        "map": Layout(("data_plot", "loss_map"), lower=0.54, right=0.44, below=("data_plot",)),
        "rates": Layout(
            ("data_plot", "loss_curve", "loss_map"),
            upper=0.46,
            lower=0.54,
            right=0.42,
            below=("data_plot",),
            apart=("loss_map",),
        ),
    }
)
"""Ways for pages of lessons, with nothing on view but what the page speaks of."""
