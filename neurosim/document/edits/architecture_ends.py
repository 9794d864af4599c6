"""An architecture between the ends of the present network: its inputs, representation and targets stay as they are."""

from __future__ import annotations

from dataclasses import replace

from neurosim.engine.architectures import Task
from neurosim.engine.network import InputNode, Network, Node, Output, Source


def is_represented(network: Network) -> bool:
    """Whether anything stands between columns and network that another drawing over the columns would lose."""
    return bool(network.recipe)


def feeding_sources(network: Network) -> tuple[Source, ...]:
    """The inputs and features that weights lead out of; all of them where none does."""
    found = tuple(node for node in network.sources if network.outgoing[node.id])
    return found or network.sources


def task_of_ends(network: Network, output_activation: str) -> Task:
    """The task of which inputs stand for the sources and targets for the outputs of *network*, by their ids."""
    inputs = tuple(node.id for node in feeding_sources(network))
    return Task(inputs, tuple(output.node for output in network.outputs), output_activation)


def with_ends(drawn: Network, present: Network) -> Network:
    """*drawn* (for ``task_of_ends``) with the sources and targets of *present* in place of its inputs and columns."""
    stands_for = {node.id: node.column for node in drawn.inputs}
    taken = {node.id for node in present.sources}
    names = dict(stands_for)
    for neuron in drawn.neurons:
        name = neuron.id
        while name in taken:
            name = f"{name}_"
        taken.add(name)
        names[neuron.id] = name
    shift = _shift(drawn, present)
    nodes: list[Node] = list(present.sources)
    for neuron in drawn.neurons:
        place = (neuron.position[0] + shift[0], neuron.position[1] + shift[1])
        nodes.append(replace(neuron, id=names[neuron.id], position=place))
    ids = {node.id for node in nodes}
    edges = []
    for edge in drawn.edges:
        name = edge.id
        while name in ids:
            name = f"{name}_"
        ids.add(name)
        edges.append(replace(edge, id=name, source=names[edge.source], target=names[edge.target]))
    by_node = {output.node: output for output in present.outputs}
    outputs = []
    for output in drawn.outputs:
        old = by_node[output.column] if output.column is not None else Output(output.node, None)
        outputs.append(replace(old, node=names[output.node], position=None))
    return Network(tuple(nodes), tuple(edges), tuple(outputs))


def _shift(drawn: Network, present: Network) -> tuple[float, float]:
    """What moves the neurons of *drawn* behind the sources of *present*, around their middle."""
    feeding = feeding_sources(present)
    if not feeding or not drawn.neurons:
        return 0.0, 0.0
    right = max(node.position[0] for node in feeding)
    middle = sum(node.position[1] for node in feeding) / len(feeding)
    inputs = [node for node in drawn.nodes if isinstance(node, InputNode)]
    before = max((node.position[0] for node in inputs), default=0.0)
    return right - before, middle
