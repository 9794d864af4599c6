"""What a column to be met asks of a network: one output for numbers, one for each class of words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from neurosim.document.edits.common import EditError
from neurosim.document.edits.transforms import classes_in
from neurosim.document.state import DocumentState
from neurosim.engine.network import Network, Neuron, Output

Wanted = Mapping[str, Output]
"""For each output that is wanted a name of its own, and what it is compared with; its node is not known yet."""


def wanted_outputs(state: DocumentState, targets: Iterable[str]) -> Wanted:
    """The outputs for the columns *targets*: of two words the second counts as 1, of more each has an output.

    Raises:
        EditError: a column of words has one value only, or too many.
    """
    found: dict[str, Output] = {}
    for column in targets:
        if column not in state.dataset.texts:
            found[column] = Output("", column)
            continue
        classes = classes_in(state, column)
        if len(classes) < 2:
            raise EditError(f"{column} has one value in all rows: there is nothing to tell apart.")
        for value in classes if len(classes) > 2 else classes[1:]:
            settings = (("class", value),)
            found[f"{column} = {value}"] = Output("", column, transform="indicator", settings=settings)
    return found


def loss_for_words(wanted: Wanted) -> tuple[str, str] | None:
    """The activation of the outputs and the loss where words are to be told apart; ``None`` where there are none."""
    words = [output for output in wanted.values() if output.transform is not None]
    if not words:
        return None
    alone = len({output.column for output in wanted.values()}) == 1
    return ("identity", "softmax_cross_entropy") if alone and len(words) > 1 else ("sigmoid", "cross_entropy")


def meeting(drawn: Network, wanted: Wanted) -> Network:
    """*drawn*, whose outputs have the names of *wanted* as columns, with what is meant in their place.

    An output for a class is called after it.
    """
    if all(output.transform is None for output in wanted.values()):
        return drawn
    outputs, network = [], drawn
    for output in drawn.outputs:
        meant = replace(wanted[output.column or ""], node=output.node)
        outputs.append(meant)
        node = network.node_by_id[output.node]
        if isinstance(node, Neuron) and meant.transform is not None:
            network = network.with_node(replace(node, label=str(dict(meant.settings)["class"])))
    return replace(network, outputs=tuple(outputs))
