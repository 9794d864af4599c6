"""The rows of a snapshot as pairs of truth and prediction: classes told apart, or quantities met."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.dataset import FloatArray
from neurosim.engine.metrics.classes import Classes, classes_of
from neurosim.engine.metrics.confusion import Counts, Members, confusion_matrix
from neurosim.engine.metrics.fit import Fit, fit_of
from neurosim.engine.network import Output
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

PENCIL_ROWS = 200
"""Over more rows than this sums are float64: fractions would take longer than a frame, and nobody adds them up."""

Threshold = Callable[[str, Classes], Number]
"""At which value of an output's node its class changes from the first to the second."""


@dataclass(frozen=True, eq=False)
class Classified:
    """Rows told apart into classes.

    Attributes:
        nodes: the outputs that decide: one with a threshold, or one for each class.
        names: what the classes are called, in their order.
        actual, predicted: the class of each row of the data, (n_rows,).
        threshold: from this value on the one output says the second class; ``None``: the largest output wins.
        values: of the one output, the target's value for each class; empty where the largest wins.
        column: what the target of the one output is called, else empty.
    """

    nodes: tuple[str, ...]
    names: tuple[str, ...]
    actual: Members
    predicted: Members
    threshold: Number | None
    values: tuple[Number, ...] = ()
    column: str = ""

    @cached_property
    def right(self) -> NDArray[np.bool_]:
        """(n_rows,): whether the prediction is the truth."""
        return np.asarray(self.actual == self.predicted)

    def counts(self, rows: NDArray[np.intp] | slice) -> Counts:
        """The confusion matrix of *rows*."""
        return confusion_matrix(self.actual[rows], self.predicted[rows], len(self.names))

    def rows_in(self, actual: int, predicted: int, rows: NDArray[np.intp]) -> frozenset[int]:
        """Those of *rows* that are of class *actual* and were taken for *predicted*."""
        cell = (self.actual[rows] == actual) & (self.predicted[rows] == predicted)
        return frozenset(rows[cell].tolist())


@dataclass(frozen=True, eq=False)
class Measured:
    """A quantity that one output is to meet.

    Attributes:
        snapshot: where the numbers come from.
        node, column: what is compared with what.
        name: what the target is called.
    """

    snapshot: Snapshot
    node: str
    column: str
    name: str

    def fit(self, rows: Sequence[int] | NDArray[np.intp]) -> Fit | None:
        """The sums over *rows*, exact where targets and predictions are and there are few; ``None`` without rows."""
        targets = self.snapshot.dataset.columns[self.column]
        exact = self.snapshot.exact_activations
        if self.node in exact and targets.numbers is not None and len(rows) <= PENCIL_ROWS:
            predictions = exact[self.node]
            return fit_of([targets[int(row)] for row in rows], [predictions[int(row)] for row in rows])
        chosen = np.asarray(rows, dtype=np.intp)
        return fit_of(targets.floats[chosen], self.snapshot.activations[self.node][chosen])


def rows_trained(snapshot: Snapshot) -> NDArray[np.intp]:
    """The rows that are trained on, rising."""
    return np.arange(snapshot.dataset.n_rows)[snapshot.dataset.train_rows]


def rows_tested(snapshot: Snapshot) -> NDArray[np.intp]:
    """The rows that are kept out of training, rising."""
    return np.array(snapshot.dataset.test_rows, dtype=np.intp)


def judgements(snapshot: Snapshot, threshold: Threshold) -> tuple[Classified | Measured, ...]:
    """How each output can be judged, in the order of the outputs; outputs that share one probability together.

    An output is left out when it has no target among the columns, or no value that is finite in every row.
    """
    outputs = [output for output in snapshot.network.outputs if _judgeable(snapshot, output)]
    if snapshot.settings.loss == "softmax_cross_entropy" and len(outputs) >= 2:
        return (_by_largest(snapshot, outputs),)
    return tuple(_alone(snapshot, output, threshold) for output in outputs)


def _judgeable(snapshot: Snapshot, output: Output) -> bool:
    values = snapshot.activations.get(output.node)
    return (
        output.target is not None
        and output.target in snapshot.dataset.columns
        and values is not None
        and values.size > 0
        and bool(np.isfinite(values).all())
    )


def _by_largest(snapshot: Snapshot, outputs: Sequence[Output]) -> Classified:
    # Of equal ones the first: as argmax does, and as anybody reads a list.
    targets = np.stack([_targets(snapshot, output) for output in outputs])
    values = np.stack([snapshot.activations[output.node] for output in outputs])
    return Classified(
        tuple(output.node for output in outputs),
        tuple(_class_name(snapshot, output) for output in outputs),
        np.asarray(targets.argmax(axis=0), dtype=np.intp),
        np.asarray(values.argmax(axis=0), dtype=np.intp),
        None,
    )


def _class_name(snapshot: Snapshot, output: Output) -> str:
    """The class that an output stands for: the one that its target singles out, or what its target is called."""
    single = dict(output.settings).get("class") if output.transform == "indicator" else None
    return str(single) if single is not None else snapshot.network.target_title(output.node) or output.node


def _alone(snapshot: Snapshot, output: Output, threshold: Threshold) -> Classified | Measured:
    column = output.target or ""
    name = snapshot.network.target_title(output.node) or column
    classes = classes_of(snapshot.dataset, column, snapshot.settings.loss)
    if classes is None:
        return Measured(snapshot, output.node, column, name)
    level = threshold(output.node, classes)
    # On the threshold itself a row counts as the second class, as a perceptron fires at z >= 0.
    return Classified(
        (output.node,),
        tuple(f"{name} = {value}" for value in classes),
        np.asarray(_targets(snapshot, output) == float(classes[1]), dtype=np.intp),
        np.asarray(snapshot.activations[output.node] >= float(level), dtype=np.intp),
        level,
        classes,
        name,
    )


def _targets(snapshot: Snapshot, output: Output) -> FloatArray:
    return snapshot.dataset.columns[output.target or ""].floats
