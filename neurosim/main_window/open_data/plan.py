"""What will be built from the chosen columns, in a sentence, and how fast plain descent will get there."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from fractions import Fraction

import numpy as np
from PySide6.QtCore import QObject

from neurosim.document import edits
from neurosim.document.edits.fitting import CURVATURES
from neurosim.document.state import DocumentState
from neurosim.document.table import Table, TableError
from neurosim.engine.dataset import Dataset
from neurosim.engine.feature import Feature
from neurosim.engine.network import Neuron
from neurosim.engine.representation import represented
from neurosim.engine.settings import TrainingSettings
from neurosim.records import dataclass, replace
from neurosim.widgets.display import Display

SLOW = 5000
"""From so many steps on plain descent is said to crawl."""
QUICK = "adam"
QUICK_RATE = Fraction(1, 10)
"""What is offered instead: an optimizer that gives each weight a step of its own size."""


@dataclass(frozen=True)
class Plan:
    """What the button would do.

    Attributes:
        refusal: why nothing can be built from these columns, as a sentence; empty when something can.
        building: what will be built and why, as a sentence.
        left_out: which rows are kept out of training, and which columns as words, in sentences; else empty.
        warning: why training will be slow, as a sentence with numbers; empty when it will not.
        dataset: the rows and columns that will be used.
    """

    refusal: str = ""
    building: str = ""
    left_out: str = ""
    warning: str = ""
    dataset: Dataset | None = None


@dataclass(frozen=True)
class Descent:
    """How plain descent behaves on one neuron.

    Attributes:
        condition: the largest over the smallest curvature of the loss (infinite where a direction is flat).
        steps: how many steps bring the slowest direction ten times closer to its goal.
    """

    condition: float
    steps: float


class Planner(QObject):
    """Says what would be built. Without state and signals."""

    def __init__(self, display: Display, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._display = display

    def plan(self, table: Table, inputs: Sequence[str], target: str | None) -> Plan:
        """The plan for *inputs* and *target* of *table*."""
        if target is None:
            return Plan(refusal=self.tr("Choose the column to predict: the target."))
        if not inputs:
            return Plan(refusal=self.tr("Choose at least one column as an input."))
        columns = (*inputs, target)
        try:
            dataset = table.whole(columns)
        except TableError as error:
            return Plan(refusal=str(error))
        return replace(self.plan_for(dataset, inputs, target), left_out=self._left_out(table, columns))

    def plan_for(self, dataset: Dataset, inputs: Sequence[str], target: str, classes: bool = False) -> Plan:
        """The plan for *inputs* and *target* of a data set that is used as it is; *classes*: its numbers are names."""
        try:
            state = fit(DocumentState(), dataset, inputs, target, quick=False, classes=classes)
        except edits.EditError as error:
            return Plan(refusal=str(error))
        training = state.training
        return Plan(
            building=self._building(state, target),
            warning=self._warning(descent(state), training),
            dataset=dataset,
        )

    def _left_out(self, table: Table, columns: Sequence[str]) -> str:
        said = [table.left_out(columns) or ""]
        gaps = table.kept_as_words(columns)
        if gaps:
            names = ", ".join(f"“{name}”" for name in gaps)
            sentence = self.tr("Not chosen and with gaps, so kept as words and trained on by nothing: {columns}.")
            said.append(sentence.format(columns=names))
        return " ".join(filter(None, said))

    def _building(self, state: DocumentState, target: str) -> str:
        return " ".join([self._building_neurons(state, target), *self._reading_words(state)])

    def _reading_words(self, state: DocumentState) -> Iterator[str]:
        """For each input of words: what reads it."""
        for node in state.network.inputs:
            if node.column in state.dataset.texts:
                sentence = self.tr("“{column}” is read by {n} nodes: each is 1 where its word stands, else 0.")
                yield sentence.format(column=node.column, n=len(state.network.readers(node.id)))

    def _building_neurons(self, state: DocumentState, target: str) -> str:
        dataset, training = state.dataset, state.training
        rate = self._display.text(training.learning_rate)
        if any(output.transform is not None for output in state.network.outputs):
            return self._building_classes(state, target, rate)
        if training.loss == "cross_entropy":
            sentence = self.tr(
                "Builds one sigmoid neuron with cross-entropy, because “{target}” holds only 0 and 1. "
                "All weights start at 0; learning rate {rate}."
            )
            return sentence.format(target=target, rate=rate)
        values = np.unique(dataset.columns[target].floats)
        if len(values) == 1:
            sentence = self.tr(
                "Builds one linear neuron with squared error, although “{target}” has the same value in every row. "
                "All weights start at 0; learning rate {rate}."
            )
        else:
            sentence = self.tr(
                "Builds one linear neuron with squared error, because “{target}” is a number. "
                "All weights start at 0; learning rate {rate}."
            )
        return sentence.format(target=target, rate=rate)

    def _building_classes(self, state: DocumentState, target: str, rate: str) -> str:
        classes = edits.classes_in(state, target)
        if len(classes) == 2:
            sentence = self.tr(
                "Builds one sigmoid neuron with cross-entropy: the target is 1 for “{yes}” and 0 for “{no}”. "
                "All weights start at 0; learning rate {rate}."
            )
            return sentence.format(yes=classes[1], no=classes[0], rate=rate)
        sentence = self.tr(
            "Builds a linear neuron for each of the {n} classes of “{target}”, with the softmax cross-entropy over "
            "them. All weights start at 0; learning rate {rate}."
        )
        return sentence.format(n=len(classes), target=target, rate=rate)

    def _warning(self, behaviour: Descent, training: TrainingSettings) -> str:
        rate = self._display.text(training.learning_rate)
        if not math.isfinite(behaviour.condition):
            return self.tr(
                "These inputs repeat one another: one is a sum of multiples of the others (or constant), so that more "
                "than one set of weights fits best, and training finds one of them."
            )
        if behaviour.steps < SLOW:
            return ""
        sentence = self.tr(
            "Plain descent will crawl: these columns differ so much in size that the loss is {condition} times steeper "
            "in one direction than in another. With learning rate {rate} about {steps} steps bring the slowest "
            "direction ten times closer. Nothing is scaled unseen: standardise the inputs by nodes that show how, or "
            "take Adam, whose steps differ in size from weight to weight."
        )
        return sentence.format(condition=_rough(behaviour.condition), rate=rate, steps=_rough(behaviour.steps))


def fit(
    state: DocumentState,
    dataset: Dataset,
    inputs: Sequence[str],
    target: str,
    quick: bool,
    standardise: bool = False,
    classes: bool = False,
) -> DocumentState:
    """One neuron that fits *target* (or one for each class), and what is offered where plain descent crawls.

    *standardise*: a node that standardises it behind each input; *quick*: the other optimizer; *classes*: numbers of
    the target are names of classes, as words always are.
    """
    state = (edits.fit_classes_to if classes else edits.fit_neuron_to)(state, dataset, inputs, target)
    if standardise:
        state = edits.standardised(state)
    return edits.set_learning_rate(edits.set_optimizer(state, QUICK), QUICK_RATE) if quick else state


def descent(state: DocumentState) -> Descent:
    """How plain descent behaves on the neurons of *state*, which read the same inputs, at its start (all weights 0).

    The Hessian is c X^T X / n, where X has the inputs and a column of ones; c is 2 for the squared error, and
    s (1 - s) = 1/4 for the cross-entropy of a sigmoid at 0. Each step shrinks the error along an eigenvector with
    eigenvalue h by the factor 1 - rate * h. The features for the words of one column add up to 1, as the bias does, so
    that the loss is flat in one direction, and descent never goes there: one of them is left out of X.
    """
    data, training = represented(state.network, state.dataset), state.training
    rows = data.train_rows
    design = np.column_stack([data.columns[name].floats[rows] for name in _columns_read(state)])
    design = np.column_stack([design, np.ones(len(design))])
    curvature = CURVATURES.get(training.loss, 2.0)
    hessian = curvature * (design.T @ design) / len(design)
    eigenvalues = np.linalg.eigvalsh(hessian)
    largest, smallest = float(eigenvalues[-1]), float(eigenvalues[0])
    # Below the rounding error of the product a curvature cannot be told from 0.
    if smallest <= largest * np.finfo(np.float64).eps * len(eigenvalues):
        return Descent(math.inf, math.inf)
    return Descent(largest / smallest, math.log(10) / (float(training.learning_rate) * smallest))


def _columns_read(state: DocumentState) -> list[str]:
    """The columns that the neurons read, but for the first of the features of each column of words."""
    network = state.network
    known = set[str]()
    found = []
    for name in dict.fromkeys(edge.source for edge in network.edges):
        node = network.node_by_id[name]
        if isinstance(node, Feature) and node.transform == "indicator":
            source = node.sources[0]
            if source not in known:
                known.add(source)
                continue
        if not isinstance(node, Neuron):
            found.append(network.column_of(name))
    return found


def columns_of(state: DocumentState) -> frozenset[str]:
    """The columns that the drawn network reads."""
    read = {node.column for node in state.network.inputs}
    return frozenset(read | {output.column for output in state.network.outputs if output.column is not None})


def _rough(value: float) -> str:
    """*value* to two significant digits, with thin spaces between thousands: it is an estimate."""
    digits = max(0, math.floor(math.log10(value)) - 1)
    return f"{round(value, -digits):,.0f}".replace(",", "\u202f")
