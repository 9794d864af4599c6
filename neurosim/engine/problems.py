"""What is missing or does not fit, as sentences for the user, each with the node or edge it belongs to."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from operator import is_
from typing import Literal, NamedTuple

import numpy as np

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import Column, Dataset, FloatArray
from neurosim.engine.feature import Feature
from neurosim.engine.losses import LOSSES, Loss
from neurosim.engine.network import InputNode, Network, Neuron, Output
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.representation import Represented, represented, words_of
from neurosim.engine.settings import REDUCTIONS, TrainingSettings
from neurosim.engine.transforms import TRANSFORMS
from neurosim.engine.transforms.base import Chosen
from neurosim.records import dataclass

Blocks = Literal["loss", "training", "nothing"]


@dataclass(frozen=True)
class Problem:
    """One thing that the user may want to mend.

    Attributes:
        node, edge: the id of what it belongs to; both ``None`` for the data or the settings.
        sentence: what is wrong and what mends it, ready to be read.
        blocks: ``"loss"``: no loss can be computed; ``"training"``: there is a loss, but no step can be taken;
            ``"nothing"``: a remark, such as a neuron that leads nowhere yet.
    """

    node: str | None
    edge: str | None
    sentence: str
    blocks: Blocks = "loss"


def find_problems(network: Network, dataset: Dataset, settings: TrainingSettings) -> tuple[Problem, ...]:
    """Everything that is missing or does not fit; first what blocks the loss, then training, then remarks.

    A frame asks a dozen times about data and a network that differ at most in their numbers. The last answers are
    kept, each under all that it depends on: parameters are not among it, and of the data only how they are made up and
    the targets, which a loss may refuse.
    """
    for given, answer in _LATEST.copy():
        if given[0] is network.shape and given[1] is dataset and given[2] is settings:
            return answer
    answer = _answer(network, represented(network, dataset), settings)
    _LATEST.appendleft(((network.shape, dataset, settings), answer))
    return answer


def _answer(network: Network, dataset: Dataset, settings: TrainingSettings) -> tuple[Problem, ...]:
    """The same from what was told of other numbers, as far as it does not depend on them."""
    asked = _Asked(network.shape, _chosen(settings), dataset.makeup)
    targets = [dataset.columns.get(output.target or "") for output in network.outputs]
    for known, columns, answer in _ANSWERS.copy():
        if known == asked and all(map(is_, columns, targets)):
            return answer
    answer = _ranked(_without_numbers(network, dataset, settings, asked), _loss_problems(network, dataset, settings))
    _ANSWERS.appendleft((asked, targets, answer))
    return answer


class _Asked(NamedTuple):
    """What problems depend on besides the targets; the shape itself, so that none can be another at its address."""

    shape: object
    chosen: tuple[object, ...]
    makeup: tuple[object, ...]


_LATEST: deque[tuple[tuple[object, Dataset, TrainingSettings], tuple[Problem, ...]]] = deque(maxlen=4)
"""The answers about the very same data and settings; held by the values themselves."""
_ANSWERS: deque[tuple[_Asked, list[Column | None], tuple[Problem, ...]]] = deque(maxlen=8)
"""Each with the very columns of its targets."""
_KNOWN: deque[tuple[_Asked, tuple[Problem, ...]]] = deque(maxlen=8)
"""The problems besides those that the loss has with the targets."""


def _chosen(settings: TrainingSettings) -> tuple[object, ...]:
    """The settings that are looked at here; where the training stands is not among them."""
    optimizer = settings.optimizer
    return (settings.loss, settings.reduction, optimizer, settings.batch_size, settings.l1, settings.l2)


def _without_numbers(
    network: Network, dataset: Dataset, settings: TrainingSettings, asked: _Asked
) -> tuple[Problem, ...]:
    for known, answer in _KNOWN.copy():
        if known == asked:
            return answer
    answer = (
        *_data_problems(dataset),
        *_output_problems(network, dataset),
        *_node_problems(network, dataset),
        *_settings_problems(settings),
        *_remarks(network),
    )
    _KNOWN.appendleft((asked, answer))
    return answer


def _ranked(found: tuple[Problem, ...], of_loss: Iterable[Problem]) -> tuple[Problem, ...]:
    """In the order of how much they block."""
    blocking = [problem for problem in found if problem.blocks == "loss"]
    training = [problem for problem in found if problem.blocks == "training"]
    remarks = [problem for problem in found if problem.blocks == "nothing"]
    return (*blocking, *of_loss, *training, *remarks)


def first_problem(problems: tuple[Problem, ...], blocks: Blocks) -> str | None:
    """The sentence of the first problem that blocks *blocks* (what blocks the loss blocks training as well)."""
    serious = ("loss",) if blocks == "loss" else ("loss", "training")
    return next((problem.sentence for problem in problems if problem.blocks in serious), None)


def output_targets(network: Network, dataset: Dataset) -> FloatArray:
    """The targets of all outputs, (n_outputs, n_rows); every output has a column in the represented data."""
    columns = [dataset.columns[output.target] for output in network.outputs if output.target is not None]
    return stacked(columns).reshape(len(columns), dataset.n_rows)


def stacked(columns: Sequence[Column]) -> FloatArray:
    """Columns of one length, at least one, below each other: (n_columns, n_rows)."""
    return np.array([column.floats for column in columns])


def output_activations(network: Network) -> tuple[str, ...]:
    """The activation of each output; an input that is an output passes its value on: identity."""
    nodes = (network.node_by_id[output.node] for output in network.outputs)
    return tuple(node.activation if isinstance(node, Neuron) else "identity" for node in nodes)


def _data_problems(dataset: Dataset) -> Iterator[Problem]:
    if dataset.n_rows == 0:
        yield Problem(None, None, "There are no data yet: add a row, or open a table.")
    elif len(set(dataset.test_rows)) == dataset.n_rows:
        yield Problem(None, None, "All rows are test rows: training needs at least one other row.")


def _output_problems(network: Network, dataset: Dataset) -> Iterator[Problem]:
    if not network.outputs:
        yield Problem(None, None, "There is no output yet: choose the neuron whose value is to be compared.")
    for output in network.outputs:
        title = network.title(output.node)
        if output.column is None:
            yield Problem(
                output.node, None, f"The output {title} has no target: choose the column that it should meet."
            )
        elif dataset.n_rows and output.target not in dataset.columns:
            yield Problem(output.node, None, _target_sentence(network, output, dataset))


def _node_problems(network: Network, dataset: Dataset) -> Iterator[Problem]:
    needed = _needed(network)
    for node in network.nodes:
        blocks: Blocks = "loss" if node.id in needed else "nothing"
        title = network.title(node.id)
        if isinstance(node, InputNode):
            sentence = _input_sentence(network, node, dataset)
            if sentence is not None:
                yield Problem(node.id, None, sentence, blocks)
        elif isinstance(node, Feature):
            sentence = _feature_sentence(network, node, dataset)
            if sentence is not None:
                yield Problem(node.id, None, sentence, blocks)
        elif node.activation not in ACTIVATIONS:
            yield Problem(node.id, None, f"{title} has the activation {node.activation!r}, which is not known.", blocks)


def _input_sentence(network: Network, node: InputNode, dataset: Dataset) -> str | None:
    if not dataset.n_rows or node.column in dataset.columns:
        return None
    title = network.title(node.id)
    if words_of(dataset, node.column) is None:
        return f"The input {title} reads the column {node.column}, which the data lack."
    if network.outgoing[node.id] or network.output_of(node.id) is not None:
        return (
            f"The input {title} holds words, and a neuron needs numbers: "
            "put a node for each class (one-hot) between them."
        )
    return None


def _feature_sentence(network: Network, feature: Feature, dataset: Dataset) -> str | None:
    title = network.title(feature.id)
    sentence = _transform_sentence(title, feature.transform, feature.settings)
    if sentence is not None:
        return sentence
    least = TRANSFORMS[feature.transform].sources[0]
    if len(feature.sources) < least:
        if least == 1:
            return f"{title} has nothing to be calculated from: draw a wire from an input into it."
        return (
            f"{title} needs {least} inputs to be calculated from, and has {len(feature.sources)}: draw wires into it."
        )
    if not dataset.n_rows or feature.column in dataset.columns:
        return None
    return _refused(dataset, feature.column, ", ".join(network.title(source) for source in feature.sources), title)


def _target_sentence(network: Network, output: Output, dataset: Dataset) -> str:
    title, column = network.title(output.node), output.column or ""
    words = words_of(dataset, column)
    if words is None and column not in dataset.columns:
        return f"The output {title} should meet the column {column}, which the data lack."
    if output.transform is None:
        return (
            f"The output {title} should meet the column {column}, which holds words: "
            "choose the class that counts as 1, or add an output for each class."
        )
    sentence = _transform_sentence(f"The target of {title}", output.transform, output.settings)
    return sentence or _refused(dataset, output.target or "", column, f"The target of {title}")


def _transform_sentence(title: str, transform: str, settings: Chosen) -> str | None:
    found = TRANSFORMS.get(transform)
    if found is None:
        return f"{title} has the transform {transform!r}, which is not known; there are: {', '.join(TRANSFORMS)}."
    return found.settings_refusal(settings)


def _refused(dataset: Dataset, column: str, source: str, title: str) -> str:
    reason = dataset.refusals.get(column, "") if isinstance(dataset, Represented) else ""
    if not reason:
        return f"{title} cannot be calculated: {source} {'has' if ',' not in source else 'have'} no numbers."
    return f"{title} cannot be calculated: {source} {reason}."


def _loss_problems(network: Network, dataset: Dataset, settings: TrainingSettings) -> Iterator[Problem]:
    """What blocks the loss by itself; all are of this rank."""
    if settings.reduction not in REDUCTIONS:
        yield Problem(
            None, None, f"The reduction {settings.reduction!r} is not known; there are: {', '.join(REDUCTIONS)}."
        )
    loss = LOSSES.get(settings.loss)
    if loss is None:
        yield Problem(None, None, f"The loss {settings.loss!r} is not known; there are: {', '.join(LOSSES)}.")
    elif network.outputs and all(output.target in dataset.columns for output in network.outputs):
        sentence = loss.refusal(
            output_activations(network),
            output_targets(network, dataset),
            tuple(network.title(output.node) for output in network.outputs),
        )
        if sentence is not None:
            yield Problem(_blamed(network, loss), None, sentence)


def _blamed(network: Network, loss: Loss) -> str | None:
    for output, activation in zip(network.outputs, output_activations(network), strict=True):
        if loss.pairs_with is not None and activation != loss.pairs_with:
            return output.node
    return network.outputs[0].node if len(network.outputs) == 1 else None


def _settings_problems(settings: TrainingSettings) -> Iterator[Problem]:
    optimizer = OPTIMIZERS.get(settings.optimizer.name)
    if optimizer is None:
        names = ", ".join(OPTIMIZERS)
        yield Problem(
            None, None, f"The optimizer {settings.optimizer.name!r} is not known; there are: {names}.", "training"
        )
    else:
        sentence = optimizer.refusal(settings.optimizer.settings)
        if sentence is not None:
            yield Problem(None, None, sentence, "training")
    if settings.batch_size is not None and settings.batch_size < 1:
        yield Problem(None, None, "A batch needs at least one row.", "training")
    if settings.l1 < 0 or settings.l2 < 0:
        yield Problem(None, None, "Regularisation cannot be negative: it would reward large weights.", "training")


def _remarks(network: Network) -> Iterator[Problem]:
    needed = _needed(network)
    for node in network.nodes:
        title = network.title(node.id)
        if isinstance(node, Neuron) and not network.incoming[node.id]:
            yield Problem(node.id, None, f"{title} has no input yet: draw an edge into it.", "nothing")
        if network.outputs and node.id not in needed:
            yield Problem(node.id, None, f"{title} leads to no output yet: draw an edge out of it.", "nothing")


def _needed(network: Network) -> frozenset[str]:
    """The nodes that an output depends on, outputs included."""
    found = {output.node for output in network.outputs}
    for name in reversed(network.order):
        if any(edge.target in found and not edge.muted for edge in network.outgoing[name]):
            found.add(name)
        if any(feature.id in found for feature in network.readers(name)):
            found.add(name)
    return frozenset(found)
