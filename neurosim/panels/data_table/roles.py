"""What the network does with each column: reads it as an input, compares an output with it, or nothing."""

from __future__ import annotations

from collections.abc import Callable

from neurosim.document.selection import output_id
from neurosim.engine.dataset import Dataset
from neurosim.engine.network import Network
from neurosim.records import dataclass

NAMED = 3
"""Of more outputs than this the first ones are named."""


@dataclass(frozen=True)
class Role:
    """The part of one column.

    Attributes:
        words: as the header says it; empty is never shown.
        ids: the inputs and outputs that use it; they light up with it.
        inputs, outputs: the nodes that read it, and those that are compared with it.
        is_words: whether it holds words.
    """

    words: str
    ids: frozenset[str] = frozenset()
    inputs: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()
    is_words: bool = False

    @property
    def used(self) -> bool:
        """Whether the network uses it."""
        return bool(self.inputs or self.outputs)


def roles_of(network: Network, dataset: Dataset, tr: Callable[[str], str]) -> dict[str, Role]:
    """The role of each column, by name, in the order of the table."""
    return {name: _role(network, dataset, name, tr) for name in dataset.names}


def _role(network: Network, dataset: Dataset, name: str, tr: Callable[[str], str]) -> Role:
    is_words = name in dataset.texts
    inputs = tuple(node.id for node in network.inputs if node.column == name)
    outputs = tuple(output.node for output in network.outputs if output.column == name)
    parts = []
    if inputs:
        parts.append(tr("input {nodes}").format(nodes=", ".join(network.title(node) for node in inputs)))
    if outputs:
        named = ", ".join(network.title(node) for node in outputs[:NAMED]) + (", …" if len(outputs) > NAMED else "")
        parts.append(tr("target of {nodes}").format(nodes=named))
    ids = frozenset((*inputs, *outputs, *(output_id(node) for node in outputs)))
    words = " · ".join(parts) or (tr("words") if is_words else tr("not used"))
    return Role(words, ids, inputs, outputs, is_words)
