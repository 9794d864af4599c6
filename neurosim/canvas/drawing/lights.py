"""From ids to parts of a figure: what lights up for what a line concerns, or for what the pointer is on anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from neurosim.canvas.drawing.figure import Figure
from neurosim.canvas.items.chip import ChipKey, Kind
from neurosim.document.selection import OUTPUT
from neurosim.records import dataclass, field, replace

NODE_PARTS = ("sum", "activation")
BADGES: Mapping[str, Kind] = {"product": "product", "gradient": "gradient", "factor": "factor"}


@dataclass(frozen=True)
class Lights:
    """What lights up on a figure.

    Attributes:
        nodes: the parts by node: ``"node"`` for all of it, ``"sum"`` and ``"activation"`` of an opened neuron.
        edges: the keys of curves.
        chips: the chips themselves; that a badge is among them does not mean that it is on show.
    """

    nodes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    edges: frozenset[str] = frozenset()
    chips: frozenset[ChipKey] = frozenset()

    def of_node(self, key: str) -> frozenset[str]:
        """The parts of a node."""
        return self.nodes.get(key, frozenset())

    @property
    def without_flow(self) -> Lights:
        """The same without the edges of the chips and the constants before them: only their numbers."""
        nodes = {key: parts for key, parts in self.nodes.items() if not key.endswith(".one")}
        return replace(self, nodes=nodes, edges=self.edges - self.parameters)

    @property
    def parameters(self) -> frozenset[str]:
        """The parameters of all chips."""
        return frozenset(parameter for parameter, _ in self.chips)


NO_LIGHTS = Lights()


def lights(figure: Figure, refs: Iterable[str]) -> Lights:
    """What lights up for *refs*, ids as in ``working.line.Line.refs``; what is not drawn is left out."""
    named = frozenset(refs)
    if not named:
        return NO_LIGHTS
    nodes: dict[str, set[str]] = {}
    edges: set[str] = set()
    chips: set[ChipKey] = set()
    for ref in named:
        whole, _, part = ref.rpartition(".")
        if ref == "loss":
            for key in figure.nodes:
                if key.startswith(OUTPUT):
                    nodes.setdefault(key, set()).add("node")
                    edges.add(key)
        elif ref in figure.nodes:
            parts = {name for name in NODE_PARTS if f"{ref}.{name}" in named} if ref in figure.opened else set()
            nodes.setdefault(ref, set()).update(parts or {"node"})
            if ref.startswith(OUTPUT):
                edges.add(ref)
        elif ref in figure.edges.row and (ref, "weight") not in figure.chips.chips:
            edges.add(ref)  # a wire, which carries no number
        elif part in NODE_PARTS and whole in figure.nodes:
            nodes.setdefault(whole, set()).add(part if whole in figure.opened else "node")
        elif (ref, "weight") in figure.chips.chips:
            chips.add((ref, "weight"))
            edges |= {ref} & figure.edges.row.keys()
            if part == "bias" and f"{whole}.one" in figure.nodes:
                nodes.setdefault(f"{whole}.one", set()).add("node")
        elif part in BADGES and (whole, "weight") in figure.chips.chips:
            chips.add((whole, BADGES[part]))
    return Lights({key: frozenset(parts) for key, parts in nodes.items()}, frozenset(edges), frozenset(chips))
