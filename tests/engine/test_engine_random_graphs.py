"""Any graph that can be drawn: values, loss and gradient against the textbook formulas in plain complex arithmetic.

The reference knows no backward pass: the derivative by a parameter w is Im L(w + ih) / h with h = 1e-100, which has no
cancellation and is right to the last digits (Squire and Trapp, SIAM Review 40 (1998), 110-112).
"""

import cmath
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import Evaluator, evaluate
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output, bias_id
from neurosim.engine.settings import REDUCTIONS, TrainingSettings
from neurosim.engine.trainer import Trainer

STEP = 1e-100

FUNCTIONS = {
    "identity": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + cmath.exp(-z)),
    "tanh": cmath.tanh,
    "sine": cmath.sin,
    "gaussian": lambda z: cmath.exp(-z * z),
    "softplus": lambda z: cmath.log(1 + cmath.exp(z)),
    "silu": lambda z: z / (1 + cmath.exp(-z)),
    "relu": lambda z: z if z.real > 0 else 0j,
    "step": lambda z: complex(z.real >= 0),
}


@dataclass(frozen=True)
class Case:
    network: Network
    dataset: Dataset
    settings: TrainingSettings


def activations(case: Case, parameters: dict[str, complex], row: int) -> dict[str, complex]:
    network, found = case.network, {}
    for name in network.order:
        node = network.node_by_id[name]
        if isinstance(node, InputNode):
            found[name] = complex(case.dataset.columns[node.column].floats[row])
            continue
        z = sum((parameters[edge.id] * found[edge.source] for edge in network.incoming[name] if not edge.muted), 0j)
        if node.bias is not None and not node.muted:
            z += parameters[bias_id(name)]
        found[name] = FUNCTIONS[node.activation](z)
    return found


def row_loss(case: Case, parameters: dict[str, complex], row: int) -> complex:
    found = activations(case, parameters, row)
    a = [found[output.node] for output in case.network.outputs]
    y = [float(case.dataset.columns[output.column or ""].floats[row]) for output in case.network.outputs]
    if case.settings.loss == "squared_error":
        return sum(((p - t) ** 2 for p, t in zip(a, y, strict=True)), 0j)
    if case.settings.loss == "cross_entropy":
        return sum((-t * cmath.log(p) - (1 - t) * cmath.log(1 - p) for p, t in zip(a, y, strict=True)), 0j)
    normaliser = cmath.log(sum(cmath.exp(p) for p in a))
    return sum((t * (normaliser - p) for p, t in zip(a, y, strict=True)), 0j)


def loss(case: Case, parameters: dict[str, complex]) -> complex:
    rows = [row for row in range(case.dataset.n_rows) if row not in case.dataset.test_rows]
    factor = {"sum": 1.0, "mean": 1 / len(rows), "half_sum": 0.5, "half_mean": 0.5 / len(rows)}
    total = factor[case.settings.reduction] * sum((row_loss(case, parameters, row) for row in rows), 0j)
    weights = [parameters[edge.id] for edge in case.network.edges if not edge.muted]
    total += float(case.settings.l2) / 2 * sum((w * w for w in weights), 0j)
    return total + float(case.settings.l1) * sum((w * np.sign(w.real) for w in weights), 0j)


def gradient(case: Case) -> dict[str, float]:
    found = {}
    for name in case.network.parameters:
        if name not in case.network.muted:
            moved = {other: complex(value) for other, value in case.network.parameters.items()}
            moved[name] += STEP * 1j
            found[name] = loss(case, moved).imag / STEP
    return found


@st.composite
def cases(draw: st.DrawFn) -> Case:
    # halves of odd whole numbers: no pre-activation is 0, where ReLU and step have their kinks, by accident alone
    number = st.integers(-6, 6).map(lambda k: k / 4 + 0.03)
    kind = draw(st.sampled_from(["squared_error", "squared_error", "cross_entropy", "softmax_cross_entropy"]))
    inputs = [InputNode(f"i{k}", f"x{k}") for k in range(draw(st.integers(0 if kind == "squared_error" else 1, 3)))]
    count = draw(st.integers(1 if kind != "softmax_cross_entropy" else 2, 7))
    names = [f"n{k}" for k in range(count)]
    last = names[-draw(st.integers(2 if kind == "softmax_cross_entropy" else 1, min(3, count))) :]
    if kind == "squared_error":
        everything = [node.id for node in inputs] + names
        outputs = draw(st.lists(st.sampled_from(everything), min_size=1, max_size=3, unique=True))
    else:
        outputs = draw(st.permutations(last))
    fixed = {"cross_entropy": "sigmoid", "softmax_cross_entropy": "identity"}.get(kind)
    neurons, edges, before = [], [], [node.id for node in inputs]
    for name in names:
        free = draw(st.sampled_from(list(FUNCTIONS)))
        bias = draw(st.none() | number)
        neurons.append(
            Neuron(
                name,
                bias=bias,
                activation=fixed if fixed is not None and name in outputs else free,
                trainable=draw(st.booleans()),
                muted=draw(st.integers(0, 9)) == 0,
            )
        )
        sources = draw(st.lists(st.sampled_from(before), max_size=4, unique=True)) if before else []
        edges += [
            Edge(
                f"{source}-{name}",
                source,
                name,
                draw(number),
                trainable=draw(st.integers(0, 4)) > 0,
                muted=draw(st.integers(0, 7)) == 0,
            )
            for source in sources
        ]
        before.append(name)
    network = Network(
        tuple(draw(st.permutations([*inputs, *neurons]))),
        tuple(draw(st.permutations(edges))),
        tuple(Output(name, f"y{k}") for k, name in enumerate(outputs)),
    )
    n = draw(st.integers(1, 5))
    columns = {node.column: draw(st.lists(number, min_size=n, max_size=n)) for node in inputs}
    chosen = draw(st.lists(st.integers(0, len(outputs) - 1), min_size=n, max_size=n))
    for k in range(len(outputs)):
        if kind == "softmax_cross_entropy":
            columns[f"y{k}"] = [float(pick == k) for pick in chosen]
        elif kind == "cross_entropy":
            columns[f"y{k}"] = draw(st.lists(st.sampled_from([0.0, 1.0, 0.25]), min_size=n, max_size=n))
        else:
            columns[f"y{k}"] = draw(st.lists(number, min_size=n, max_size=n))
    test_rows = tuple(sorted(draw(st.sets(st.integers(0, n - 1), max_size=n - 1))))
    dataset = Dataset({name: Column(values) for name, values in columns.items()}, test_rows)
    training = TrainingSettings(
        loss=kind,
        reduction=draw(st.sampled_from(REDUCTIONS)),
        learning_rate=0.125,
        l2=draw(st.sampled_from([0.0, 0.5])),
        l1=draw(st.sampled_from([0.0, 0.25])),
    )
    return Case(network, dataset, training)


def close(value: Any) -> Any:
    return pytest.approx(value, rel=1e-11, abs=1e-11)


@settings(max_examples=300, deadline=None)
@given(case=cases())
def test_values_loss_and_gradient(case: Case):
    snapshot = evaluate(case.network, case.dataset, case.settings)
    assert snapshot.problem is None
    parameters = {name: complex(value) for name, value in case.network.parameters.items()}
    for row in range(case.dataset.n_rows):
        for name, value in activations(case, parameters, row).items():
            assert snapshot.activation(name, row) == close(value.real)
        assert snapshot.row_losses[row] == close(row_loss(case, parameters, row).real)
    assert snapshot.loss == close(loss(case, parameters).real)
    assert dict(snapshot.gradient) == close(gradient(case))


@settings(max_examples=120, deadline=None)
@given(case=cases(), steps=st.integers(1, 3))
def test_steps_of_the_trainer_follow_the_gradient(case: Case, steps: int):
    case = replace(case, settings=replace(case.settings, learning_rate=2.0**-6))
    trainer = Trainer(case.network, case.dataset, case.settings)
    for _ in range(steps):
        slope, before = gradient(case), case.network.parameters
        assert trainer.loss == close(loss(case, {name: complex(value) for name, value in before.items()}).real)
        trainer.advance(1)
        found = trainer.network()
        for name, free in found.trainable.items():
            expected = float(before[name]) - 2.0**-6 * slope[name] if free else before[name]
            assert found.parameters[name] == close(expected)
        case = replace(case, network=found)


@settings(max_examples=40, deadline=None)
@given(several=st.lists(cases(), min_size=2, max_size=5))
def test_an_evaluator_that_is_used_again_remembers_nothing(several: list[Case]):
    """One evaluator for different graphs in turn, and for other parameters of the same graph."""
    evaluator = Evaluator()
    for case, other in pairwise([*several, *several]):
        halved = case.network.with_parameters({name: value / 2 for name, value in case.network.parameters.items()})
        for network in (case.network, halved, case.network):
            found = evaluator.evaluate(network, case.dataset, case.settings)
            fresh = evaluate(network, case.dataset, case.settings)
            assert found.loss == fresh.loss
            assert dict(found.gradient) == dict(fresh.gradient)
            assert all(np.array_equal(found.activations[name], fresh.activations[name]) for name in fresh.activations)
        evaluator.evaluate(other.network, other.dataset, other.settings)
