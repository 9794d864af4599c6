"""How the items of a figure look just now: selected, lit up, under the pointer, under the keyboard."""

from __future__ import annotations

from neurosim.canvas.drawing.figure import Figure
from neurosim.canvas.drawing.hits import PARAMETERS, Hit
from neurosim.canvas.drawing.lights import lights

MANY = 16
"""A node with more edges than this does not show their numbers when it is selected."""


def set_looks(
    figure: Figure, selected: frozenset[str], lit: frozenset[str], hover: Hit | None, focus: Hit | None
) -> None:
    """Show what is selected, lit up, under the pointer and under the keyboard."""
    shining = lights(figure, lit)
    hovered = hover.key if hover is not None and hover.part != "empty" else ""
    focused = focus.key if focus is not None else ""
    for key, item in figure.nodes.items():
        look = item.look
        look.selected = key in selected
        look.lit = shining.of_node(key)
        look.hovered = key == hovered and hover is not None and hover.part not in PARAMETERS
        look.focus = focus.part if focus is not None and key == focused and focus.part in {"node", "in", "out"} else ""
    edges, chips = figure.edges, figure.chips
    on_edge = focused if focus is not None and focus.part in {"edge", "chip"} else None
    edges.selected, edges.lit, edges.focused = selected, shining.edges, on_edge
    chips.hovered = hovered if hover is not None and hover.part in PARAMETERS else None
    chips.focused = on_edge
    chips.lit = shining.chips
    chips.emphasised = frozenset(shining.parameters | {name for name, _ in chips.chips if name in selected})
    around: set[str] = set()
    if chips.crowded:
        for node in (selected | {hovered}) & figure.nodes.keys():
            incoming = figure.network.incoming.get(node, ())
            around |= {edge.id for edge in incoming} if len(incoming) <= MANY else set()
    chips.around = frozenset(around)
