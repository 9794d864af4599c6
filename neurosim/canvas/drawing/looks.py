"""How the items of a figure look just now: selected, lit up, under the pointer, under the keyboard."""

from __future__ import annotations

from neurosim.canvas.drawing.figure import Figure
from neurosim.canvas.drawing.hits import Hit

MANY = 16
"""A node with more edges than this does not show their numbers when it is selected."""


def set_looks(
    figure: Figure, selected: frozenset[str], lit: frozenset[str], hover: Hit | None, focus: Hit | None
) -> None:
    """Show what is selected, lit up, under the pointer and under the keyboard."""
    hovered = hover.key if hover is not None and hover.part != "empty" else ""
    focused = focus.key if focus is not None else ""
    for key, item in figure.nodes.items():
        look = item.look
        look.selected = key in selected
        look.lit = key in lit
        look.hovered = key == hovered and hover is not None and hover.part not in {"chip", "edge"}
        look.focus = focus.part if focus is not None and key == focused and focus.part in {"node", "in", "out"} else ""
    edges, chips = figure.edges, figure.chips
    on_edge = focused if focus is not None and focus.part in {"edge", "chip"} else None
    edges.selected, edges.lit, edges.focused = selected, lit, on_edge
    chips.hovered = hovered if hover is not None and hover.part in {"chip", "edge"} else None
    chips.focused = on_edge
    chips.emphasised = frozenset((selected | lit) & {name for name, _ in chips.chips})
    around: set[str] = set()
    if chips.crowded:
        for node in (selected | {hovered}) & figure.nodes.keys():
            incoming = figure.network.incoming.get(node, ())
            around |= {edge.id for edge in incoming} if len(incoming) <= MANY else set()
    chips.around = frozenset(around)
