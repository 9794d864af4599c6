"""The numbers on a figure: weights, gradients and products on chips, and by ``NodeValues`` those at the nodes."""

from __future__ import annotations

from collections.abc import Iterable
from operator import is_

import numpy as np

from neurosim.canvas import labels, style
from neurosim.canvas.drawing.figure import Figure
from neurosim.canvas.drawing.node_values import NodeValues
from neurosim.canvas.drawing.placement import Placement
from neurosim.canvas.items.chip import Chip
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.format import equals
from neurosim.widgets.display import Display


class Values:
    """Owns the snapshot on show and the row of it whose values stand at the nodes."""

    def __init__(self, figure: Figure, placement: Placement, display: Display) -> None:
        self._figure, self._placement, self._display = figure, placement, display
        self.snapshot: Snapshot | None = None
        self.row = 0
        self.hidden: frozenset[str] = frozenset()
        """Parameters whose numbers are kept from the reader: a question mark stands in their place."""
        self._nodes = NodeValues(figure, placement, display)
        self._weighed: tuple[object, ...] = ()
        self._form: tuple[object, ...] = ()

    def write(self) -> None:
        """Write all numbers anew: after a snapshot, another row, another number format."""
        snapshot = self.snapshot
        if snapshot is None:
            return
        self._weigh_edges(snapshot)
        self._nodes.write(snapshot, self.row)
        if self.write_chips():
            self._placement.place_chips()

    def write_chips(self) -> bool:
        """Write the chips that can be seen; returns whether one that had no number has one now and wants a place."""
        snapshot, display = self.snapshot, self._display
        if snapshot is None:
            return False
        layer, parameters = self._figure.chips, snapshot.network.parameters
        chips, hidden = layer.chips, self.hidden
        numbers, gradients = self._figure.show_numbers, self._figure.show_gradients
        self._note_form()
        names: Iterable[str] = layer.all_singled_out if layer.crowded else {name for name, _ in chips}
        grown = False
        for name in names:
            chip = chips.get((name, "weight"))
            value = parameters.get(name)
            if chip is None or value is None:
                continue
            grown = grown or not chip.text
            if chip.value is not value:
                chip.sign, chip.text, chip.value = labels.sign(value), labels.signed(value, display), value
            chip.wanted = numbers
            slope = snapshot.gradient.get(name)
            beside = chips[name, "gradient"]
            beside.wanted = gradients and slope is not None
            beside.text = "" if slope is None else f"∂ {labels.gradient(slope, display)}"
            part = chips.get((name, "product"))
            if part is not None:
                self._write_product(snapshot, name, part)
            if name in hidden:
                chip.text, chip.sign, chip.value, beside.text = "?", 0, None, ""
                beside.wanted = False
                if part is not None:
                    part.wanted = False
        return grown

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _weigh_edges(self, snapshot: Snapshot) -> None:
        """Tell the edges their weights, unless it is the same network with the same edges on show as the last time."""
        figure, network = self._figure, snapshot.network
        told = network, self.hidden, figure.entries
        if len(self._weighed) == len(told) and all(map(is_, told, self._weighed)):
            return
        self._weighed = told
        weights = np.full(len(figure.entries), np.nan)
        for row, key in figure.parameter_rows:
            value = network.parameters.get(key)
            # A hidden number has neither colour nor width, nor is its edge dashed.
            weights[row] = 0.0 if value is None else np.nan if key in self.hidden else float(value)
        figure.edges.set_weights(weights)

    def _note_form(self) -> None:
        """Where numbers are written in another form than the last time, no chip's text is that of its value."""
        form = self._display.mode, self._display.decimal, style.lettering()
        if form != self._form:
            self._form = form
            for chip in self._figure.chips.chips.values():
                chip.value = None

    def _write_product(self, snapshot: Snapshot, name: str, chip: Chip) -> None:
        network = self._figure.network
        edge = network.edge_by_id.get(name)
        there = self.row < snapshot.dataset.n_rows
        chip.wanted = self._figure.tells_results and edge is not None and not edge.muted and there
        if edge is None:
            return
        value = labels.product(snapshot, name, edge.source, self.row)
        result = equals(self._display.text(value))
        text = f"{edge.id}·{network.title(edge.source)} {result}"
        chip.text = text if len(text) <= 18 else result
        self._placement.place_product(name)
