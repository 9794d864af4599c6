"""The values of one row in and under the nodes of a figure, and beside each output its target."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication

from neurosim.canvas import labels, style
from neurosim.canvas.drawing.figure import Figure
from neurosim.canvas.drawing.placement import Placement
from neurosim.canvas.feature_words import feature_sum, raw_words
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


class NodeValues:
    """Writes on the nodes what they say in one row of a snapshot, and gives those that grow with it their room."""

    def __init__(self, figure: Figure, placement: Placement, display: Display) -> None:
        self._figure, self._placement, self._display = figure, placement, display

    def write(self, snapshot: Snapshot, row: int) -> None:
        """Write the values of *row*; none where there is no such row."""
        figure = self._figure
        there = row < snapshot.dataset.n_rows
        moved: set[str] = set()
        grown = False
        said_by: dict[str, str] = {}
        for key, item in figure.nodes.items():
            if type(item) is NeuronItem:
                grown = self._write_neuron(item, snapshot, row, there) or grown
                said_by[key] = item.a_text
            elif type(item) is InputItem:
                a = snapshot.activation(key, row) if there else None
                text = self._display.datum(a) if figure.show_numbers else ""
                if text != item.value and item.set_words(item.name, text):
                    moved.add(key)
            elif type(item) is OutputItem:
                activation = said_by.get(key.removeprefix(OUTPUT), "")
                if self._write_output(item, snapshot, row, there, activation):
                    moved.add(key)
            elif type(item) is FeatureItem and self._write_feature(item, snapshot, row, there):
                moved.add(key)
        if grown or (moved and style.lettering() > 1.0):
            self._placement.place_all()
        elif moved:
            self._placement.place_edges(figure.rows_of(moved))

    # -- each kind -------------------------------------------------------------------------------------------------

    def _write_neuron(self, item: NeuronItem, snapshot: Snapshot, row: int, there: bool) -> bool:
        """Write z and a; returns whether the close-up had to grow."""
        z = snapshot.pre_activation(item.key, row) if there else None
        a = snapshot.activation(item.key, row) if there else None
        known = a is not None and self._figure.tells_results
        z_text = labels.value(z, self._display) if known and item.expanded else ""
        a_text = labels.value(a, self._display) if known else ""
        return item.set_values(_float(z), _float(a), z_text, a_text)

    def _write_feature(self, item: FeatureItem, snapshot: Snapshot, row: int, there: bool) -> bool:
        """Write the value and where it comes from; returns whether it takes another room."""
        a = snapshot.activation(item.key, row) if there else None
        told = self._figure.tells_results
        text = self._display.datum(a) if told else ""
        text = text if len(text) <= LONG else self._display.text(a)
        numbers = feature_sum(snapshot, item.key, row, self._display) if there and told else ""
        return (text, numbers) != (item.value, item.sum) and item.set_words(item.name, text, numbers)

    def _write_output(self, item: OutputItem, snapshot: Snapshot, row: int, there: bool, activation: str) -> bool:
        """Write what is said and the target; returns whether it takes another room.

        *activation* is that of the neuron as it is written there, if it is.
        """
        node = item.key.removeprefix(OUTPUT)
        p = probability(snapshot, node, row) if there else None
        told = self._figure.tells_results
        said = "ŷ" if p is None else "p"
        if told:
            if p is not None or not activation:
                a = snapshot.activation(node, row) if there else None
                activation = labels.value(a if p is None else p, self._display)
            said = f"{said} {equals(activation)}"
        target = self._target(snapshot, node, row, there)
        raw = raw_words(snapshot, node, self._display) if told and snapshot.network.recipe else ""
        item.tell_brief = partial(self._brief_words, snapshot, node, row)
        return (said, target, raw) != (item.said, item.target, item.raw) and item.set_words(said, target, raw)

    def _target(self, snapshot: Snapshot, node: str, row: int, there: bool) -> str:
        network, columns = self._figure.network, snapshot.dataset.columns
        output = network.output_of(node)
        column = None if output is None else output.target
        if output is None or column is None:
            return _tr("no target yet")
        title = network.target_title(node)
        if not (self._figure.show_numbers and there and column in columns):
            return _tr("target {column}").format(column=title)
        value = self._display.datum(columns[column][row])
        if output.transform is not None:
            return f"{title} = {value}"
        return _tr("target {column} = {value}").format(column=title, value=value)

    def _brief_words(self, snapshot: Snapshot, node: str, row: int) -> str:
        """What an output says, in as few signs as there is room for when it is seen from far away."""
        there = row < snapshot.dataset.n_rows
        a = snapshot.activation(node, row) if there else None
        p = probability(snapshot, node, row) if there else None
        letter, value = ("ŷ", a) if p is None else ("p", p)
        if len(self._figure.network.outputs) > 1:
            letter = self._figure.network.class_title(node)
        if value is None or not self._figure.tells_results:
            return letter
        text = format_number(value, "decimal", self._display.decimal)
        return f"{letter} {text}" if text.startswith("~") else f"{letter} = {text}"  # as short as can be


def _float(number: Number | None) -> float | None:
    return None if number is None else float(number)
