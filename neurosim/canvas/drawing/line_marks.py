"""What the walk through a step puts on a figure: the light of its line, factors, pending values, what has changed."""

from __future__ import annotations

from collections.abc import Mapping

from neurosim.canvas import labels
from neurosim.canvas.drawing.figure import CROWDED, Figure
from neurosim.canvas.drawing.lights import NO_LIGHTS, Lights, lights
from neurosim.canvas.drawing.placement import Placement
from neurosim.canvas.items.chip import BESIDE, Chip, ChipKey
from neurosim.engine.network import bias_id
from neurosim.markup.tree import Markup
from neurosim.markup.write_text import write_text
from neurosim.numbers.exact import Number
from neurosim.records import dataclass, field
from neurosim.widgets.display import Display

FEW = 16
"""In a crowd, a line that concerns more parameters than this does not bring up their chips."""


@dataclass(frozen=True)
class LineMark:
    """What a line of the walk concerns.

    Attributes:
        refs: what lights up, as in ``working.line.Line.refs``.
        backward: whether it is a line of the backward phase: arrows say that it goes from right to left.
        pending: the new value of each parameter while it is worked out but not applied.
        changed: the parameters that the step just taken has changed.
        taken: whether the step has been taken, so that all of the graph counts again.
        factors: what the sum changes by with a parameter, as formulas.
        numbers_only: whether the line is about the numbers on the edges, not about what flows through them.
    """

    refs: frozenset[str]
    backward: bool = False
    pending: Mapping[str, Number] = field(default_factory=dict)
    changed: frozenset[str] = frozenset()
    taken: bool = False
    factors: Mapping[str, Markup] = field(default_factory=dict)
    numbers_only: bool = False

    @property
    def light(self) -> tuple[object, ...]:
        """All but the numbers, which change in every frame of a drag."""
        return self.refs, self.backward, self.changed, self.taken, self.numbers_only


class LineMarks:
    """Owns the mark on show. Nothing is done while there is none."""

    def __init__(self, figure: Figure, placement: Placement, display: Display) -> None:
        self._figure, self._placement, self._display = figure, placement, display
        self._mark: LineMark | None = None

    def show(self, mark: LineMark | None) -> bool:
        """Show *mark*, or nothing; chips that are new or have outgrown their places get new ones.

        Returns whether something else lights up than before.
        """
        old, self._mark = self._mark, mark
        if mark is None and old is None:
            return False
        other = old is None or mark is None or old.light != mark.light
        if other:
            self._shine()
        if self._write():
            self._placement.place_beside()
        return other

    def shine_again(self) -> None:
        """Items have come or gone: light up those that the line concerns."""
        if self._mark is not None:
            self._shine()

    def write_again(self) -> None:
        """Numbers look different now, or are to be seen again: their places are found with those of all chips."""
        if self._mark is not None:
            self._write()

    def _shine(self) -> None:
        mark, figure = self._mark, self._figure
        found = NO_LIGHTS if mark is None else lights(figure, mark.refs)
        if mark is not None and mark.numbers_only:
            found = found.without_flow
        many = figure.chips.crowded and len(found.edges) > CROWDED
        figure.edges.current = frozenset() if many else found.edges
        backward = mark is not None and mark.backward
        figure.edges.flows = figure.chips.without_product = figure.edges.current if backward else frozenset()
        for key, item in figure.nodes.items():
            parts = found.of_node(key)
            item.look.current = parts
            item.look.flows = backward and len(parts) > 1
        self._shine_on_chips(found)

    def _shine_on_chips(self, found: Lights) -> None:
        mark, chips = self._mark, self._figure.chips
        chips.current = found.chips
        chips.others_dimmed = mark is not None and not mark.taken
        chips.changed = frozenset() if mark is None else mark.changed
        names = found.parameters
        chips.concerned = names if len(names) <= FEW else frozenset()

    def _write(self) -> bool:
        """Write pending values and factors; returns whether any of them wants a place."""
        chips = self._figure.chips.chips
        wanted = self._wanted()
        gone = [key for key, chip in chips.items() if chip.kind in BESIDE and key not in wanted]
        for key in gone:
            del chips[key]
        wants_place = bool(gone)
        tied = {name for name, _ in wanted}
        for node, item in self._figure.nodes.items():
            item.look.backed = bias_id(node) in tied
        for key, (text, sign, formula) in wanted.items():
            chip = chips.get(key)
            if chip is None:
                chip = chips[key] = Chip(*key)
                wants_place = True
            chip.text, chip.sign, chip.formula = text, sign, formula
            wants_place = wants_place or not self._placement.has_room(key)
        return wants_place

    def _wanted(self) -> dict[ChipKey, tuple[str, int, Markup | None]]:
        mark, figure = self._mark, self._figure
        if mark is None or not figure.tells_results or not self._display.tells_line("update"):
            return {}
        seen = figure.chips.all_singled_out if figure.chips.crowded else figure.network.parameters.keys()
        found: dict[ChipKey, tuple[str, int, Markup | None]] = {}
        for name, value in mark.pending.items():
            if name in seen and (name, "weight") in figure.chips.chips:
                found[name, "pending"] = (self._display.text(value), labels.sign(value), None)
        for name, formula in mark.factors.items():
            if name in seen and (name, "weight") in figure.chips.chips:
                found[name, "factor"] = (write_text(formula), 0, formula)
        return found
