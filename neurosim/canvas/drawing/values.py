"""The numbers on a figure: weights, gradients and products on chips, the values of one row in and under the nodes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from operator import is_

import numpy as np
from PySide6.QtCore import QCoreApplication

from neurosim.canvas import labels, style
from neurosim.canvas.drawing.figure import Figure
from neurosim.canvas.drawing.placement import Placement
from neurosim.canvas.feature_words import feature_sum, raw_words
from neurosim.canvas.items.chip import Chip
from neurosim.canvas.items.feature_item import FeatureItem
from neurosim.canvas.items.input_item import InputItem
from neurosim.canvas.items.neuron_item import NeuronItem
from neurosim.canvas.items.output_item import OutputItem
from neurosim.document.selection import OUTPUT
from neurosim.engine.probabilities import probability
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.numbers.format import equals, format_number
from neurosim.widgets.display import Display


def _tr(text: str) -> str:
    return QCoreApplication.translate("values", text)


LONG = 10
"""A calculated value with more signs than this is written as results are."""


class Values:
    """Owns the snapshot on show and the row of it whose values stand at the nodes."""

    def __init__(self, figure: Figure, placement: Placement, display: Display) -> None:
        self._figure, self._placement, self._display = figure, placement, display
        self.snapshot: Snapshot | None = None
        self.row = 0
        self.hidden: frozenset[str] = frozenset()
        """Parameters whose numbers are kept from the reader: a question mark stands in their place."""
        self._weighed: tuple[object, ...] = ()
        self._form: tuple[object, ...] = ()

    def write(self) -> None:
        """Write all numbers anew: after a snapshot, another row, another number format."""
        snapshot = self.snapshot
        if snapshot is None:
            return
        self._weigh_edges(snapshot)
        self._write_nodes(snapshot)
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

    def _write_nodes(self, snapshot: Snapshot) -> None:
        figure, row, display = self._figure, self.row, self._display
        there = row < snapshot.dataset.n_rows
        moved: set[str] = set()
        grown = False
        said_by: dict[str, str] = {}
        for key, item in figure.nodes.items():
            if isinstance(item, InputItem):
                a = snapshot.activation(key, row) if there else None
                text = display.datum(a) if figure.show_numbers else ""
                if text != item.value and item.set_words(item.name, text):
                    moved.add(key)
            elif isinstance(item, FeatureItem):
                a = snapshot.activation(key, row) if there else None
                text = display.datum(a) if figure.tells_results else ""
                text = text if len(text) <= LONG else display.text(a)
                numbers = feature_sum(snapshot, key, row, display) if there and figure.tells_results else ""
                if (text, numbers) != (item.value, item.sum) and item.set_words(item.name, text, numbers):
                    moved.add(key)
            elif isinstance(item, NeuronItem):
                z = snapshot.pre_activation(key, row) if there else None
                a = snapshot.activation(key, row) if there else None
                known = figure.tells_results and a is not None
                z_text = labels.value(z, display) if known and item.expanded else ""
                a_text = said_by[key] = labels.value(a, display) if known else ""
                grown = item.set_values(_float(z), _float(a), z_text, a_text) or grown
            elif isinstance(item, OutputItem):
                node = key.removeprefix(OUTPUT)
                said, target = self._output_words(snapshot, node, there, said_by.get(node, ""))
                raw = raw_words(snapshot, node, display) if figure.tells_results else ""
                if (said, target, raw) != (item.said, item.target, item.raw) and item.set_words(said, target, raw):
                    moved.add(key)
                item.tell_brief = partial(self._brief_words, snapshot, node, there)
        if grown or (moved and style.lettering() > 1.0):
            self._placement.place_all()
        elif moved:
            self._placement.place_edges(figure.rows_of(moved))

    def _output_words(self, snapshot: Snapshot, node: str, there: bool, activation: str) -> tuple[str, str]:
        """What an output says and its target; *activation* is that of its neuron as it is written there, if it is."""
        shown = self._figure.show_numbers
        output = self._figure.network.output_of(node)
        column = None if output is None else output.target
        p = probability(snapshot, node, self.row) if there else None
        said = "ŷ" if p is None else "p"
        if self._figure.tells_results:
            if p is not None or not activation:
                a = snapshot.activation(node, self.row) if there else None
                activation = labels.value(a if p is None else p, self._display)
            said = f"{said} {equals(activation)}"
        if column is None:
            return said, _tr("no target yet")
        title = self._figure.network.target_title(node)
        if (
            output is not None
            and output.transform is not None
            and shown
            and there
            and column in snapshot.dataset.columns
        ):
            return said, f"{title} = {self._display.datum(snapshot.dataset.columns[column][self.row])}"
        if not shown or column not in snapshot.dataset.columns or not there:
            return said, _tr("target {column}").format(column=title)
        value = self._display.datum(snapshot.dataset.columns[column][self.row])
        return said, _tr("target {column} = {value}").format(column=title, value=value)

    def _brief_words(self, snapshot: Snapshot, node: str, there: bool) -> str:
        """What an output says, in as few signs as there is room for when it is seen from far away."""
        a = snapshot.activation(node, self.row) if there else None
        p = probability(snapshot, node, self.row) if there else None
        letter, value = ("ŷ", a) if p is None else ("p", p)
        if len(self._figure.network.outputs) > 1:
            letter = self._figure.network.class_title(node)
        if value is None or not self._figure.tells_results:
            return letter
        text = format_number(value, "decimal", self._display.decimal)
        return f"{letter} {text}" if text.startswith("~") else f"{letter} = {text}"  # as short as can be

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


def _float(number: Number | None) -> float | None:
    return None if number is None else float(number)
