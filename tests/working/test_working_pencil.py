"""Every shown line of any network, worked out again from the digits that are shown."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from neurosim import paths
from neurosim.document.json_format import load
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.exact_step import exact_step
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import Edge, Network, Neuron, Node, Output
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.settings import REDUCTIONS, OptimizerSettings, TrainingSettings
from neurosim.engine.trainer import Trainer
from neurosim.markup.write_latex import write_latex
from neurosim.markup.write_speech import write_speech
from neurosim.markup.write_text import write_text
from neurosim.numbers.exact import Number
from neurosim.working.exactness import is_rounding
from neurosim.working.script import _PLANS
from neurosim.working.working import step_lines
from pencil import check, every_equation
from samples import hidden_state, lecture_state
from strategies import fractions, networks

ALL = tuple(ACTIVATIONS)
OPTIONS = {
    "sgd": (
        {},
        {"momentum": Fraction(1, 2)},
        {"momentum": Fraction(9, 10), "nesterov": True},
        {"momentum": Fraction(1, 2), "dampening": Fraction(1, 4)},
    ),
    "rmsprop": ({}, {"momentum": Fraction(1, 2), "centered": True}),
    "adagrad": ({}, {"lr_decay": Fraction(1, 10)}),
    "adam": ({},),
    "adamw": ({}, {"weight_decay": Fraction(1, 10)}),
}


def test_every_optimizer_and_loss_of_the_program_is_tried() -> None:
    assert set(OPTIONS) == set(OPTIMIZERS)
    assert set(TARGETS) == set(LOSSES)


TARGETS = {
    "squared_error": fractions(),
    "absolute_error": fractions(),
    "huber": fractions(3),
    "hinge": st.sampled_from([Fraction(-1), Fraction(1)]),
    "cross_entropy": st.sampled_from([Fraction(0), Fraction(1), Fraction(1, 4)]),
    "softmax_cross_entropy": st.integers(0, 1),
}

Case = tuple[Network, Dataset, TrainingSettings]


def ending(network: Network, loss: str, outputs: int, data: st.DataObject) -> Network:
    """*network* with as many outputs as wanted, of the kind that the loss needs."""
    pairs = LOSSES[loss].pairs_with
    nodes: tuple[Node, ...] = network.nodes
    edges = network.edges
    ends = []
    for i in range(outputs):
        activation = pairs if pairs is not None else data.draw(st.sampled_from(ALL))
        name = f"o{i + 1}"
        sources = data.draw(st.lists(st.sampled_from([n.id for n in nodes]), min_size=1, max_size=3, unique=True))
        nodes = (*nodes, Neuron(name, bias=data.draw(st.one_of(st.none(), fractions(2))), activation=activation))
        edges += tuple(Edge(f"v{i}{j}", source, name, data.draw(fractions(2))) for j, source in enumerate(sources))
        ends.append(Output(name, f"t{i + 1}"))
    return Network(nodes, edges, tuple(ends))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    data = draw(st.data())
    loss = draw(st.sampled_from(sorted(TARGETS)))
    outputs = 2 if loss == "softmax_cross_entropy" else draw(st.integers(1, 2))
    network = ending(draw(networks(max_neurons=2, activations=ALL)), loss, outputs, data)
    rows = draw(st.integers(1, 7))
    columns: dict[str, list[Number]] = {
        name: [draw(st.one_of(fractions(3), st.floats(-2, 2).map(float))) for _ in range(rows)] for name in ("x1", "x2")
    }
    targets = [[draw(TARGETS[loss]) for _ in range(outputs)] for _ in range(rows)]
    for i in range(outputs):
        columns[f"t{i + 1}"] = [row[i] for row in targets]
    if loss == "softmax_cross_entropy":
        columns["t1"] = [Fraction(row[0]) for row in targets]
        columns["t2"] = [Fraction(1 - row[0]) for row in targets]
    test = tuple(sorted(draw(st.sets(st.integers(0, rows - 1), max_size=rows - 1))))
    optimizer = draw(st.sampled_from(sorted(OPTIONS)))
    training = TrainingSettings(
        loss=loss,
        reduction=draw(st.sampled_from(REDUCTIONS)),
        optimizer=OptimizerSettings(optimizer, draw(st.sampled_from(OPTIONS[optimizer]))),
        learning_rate=draw(st.sampled_from([Fraction(1, 30), Fraction(1, 2), 0.01])),
        batch_size=draw(st.sampled_from([None, 2])),
        shuffle=draw(st.booleans()),
        l1=draw(st.sampled_from([Fraction(0), Fraction(1, 10)])),
        l2=draw(st.sampled_from([Fraction(0), Fraction(1, 3)])),
    )
    return network, Dataset({name: Column(tuple(values)) for name, values in columns.items()}, test), training


@settings(max_examples=150)
@given(case=cases(), chosen=st.sampled_from([None, (0,), (0, 2)]), mode=st.sampled_from(["exact", "both"]))
def test_every_line_can_be_worked_out(case: Case, chosen: tuple[int, ...] | None, mode: str) -> None:
    working = step_lines(*case, rows=chosen, mode=mode)  # type: ignore[arg-type]
    snapshot = working.snapshot
    assert working.problem is None or "too large" in working.problem, working.problem
    if snapshot.problem is None:
        assert check(working.lines, write_text).checked > 0
    known = {*case[0].node_by_id, *case[0].edge_by_id, *(f"{name}.bias" for name in case[0].node_by_id), "loss"}
    known |= {f"row:{i}" for i in range(case[1].n_rows)} | {f"output:{name}" for name in case[0].node_by_id}
    known |= {f"{name}.{part}" for name in case[0].node_by_id for part in ("sum", "activation")}
    known |= {f"{name}.product" for name in case[0].edge_by_id}
    known |= {f"{name}.{part}" for name in case[0].parameters for part in ("gradient", "factor")}
    for line, equation in every_equation(working.lines):
        assert line.refs <= known
        assert equation.refs <= known
        assert write_latex(equation.markup)
        assert write_speech(equation.markup)


@settings(max_examples=60)
@given(case=cases(), factor=st.sampled_from([Fraction(-1), Fraction(1, 3), 0.7]))
def test_lines_written_one_by_one_are_those_written_at_once(case: Case, factor: Number) -> None:
    network, dataset, training = case
    step_lines(network, dataset, training)  # from now on it is known how many lines there are
    moved = network.with_parameters({name: value * factor for name, value in network.parameters.items()})
    columns = dict(dataset.columns)
    columns["x1"] = columns["x1"].with_value(0, columns["x1"][0] + Fraction(1, 7))
    later = step_lines(moved, Dataset(columns, dataset.test_rows), training)
    backwards = [later.line(number) for number in range(later.count, 0, -1)]
    _PLANS.clear()
    once = step_lines(moved, Dataset(columns, dataset.test_rows), training)
    for line, other in zip(reversed(backwards), once.lines, strict=True):
        assert (line.number, line.phase, line.title, line.note) == (other.number, other.phase, other.title, other.note)
        assert (line.equations, line.refs) == (other.equations, other.refs)


@settings(max_examples=80)
@given(case=cases())
def test_the_pending_values_are_those_of_the_engine(case: Case) -> None:
    network, dataset, training = case
    working = step_lines(*case)
    if working.problem is not None:
        return
    exact = exact_step(network, dataset, training)
    if exact is not None:
        for name, value in working.pending.items():
            assert (type(value), value) == (Fraction, exact[0].parameters[name])
        return
    trainer = Trainer(network, dataset, training)
    trainer.advance(1)
    if trainer.step == training.step + 1:
        found = trainer.parameters()
        for name, value in working.pending.items():
            assert float(value) == pytest.approx(found[name], rel=1e-9, abs=1e-9)


@pytest.mark.parametrize("name", sorted(OPTIONS))
@pytest.mark.parametrize("option", [0, -1])
def test_each_optimizer_can_be_followed_over_several_steps(name: str, option: int) -> None:
    state = lecture_state()
    network, training = state.network, state.training
    for step in range(4):
        training = TrainingSettings(
            learning_rate=Fraction(1, 30),
            optimizer=OptimizerSettings(name, OPTIONS[name][option]),
            step=step,
            optimizer_state=training.optimizer_state,
        )
        working = step_lines(network, state.dataset, training)
        tally = check(working.phase("update"), write_text)
        assert tally.sharp == tally.checked >= 2
        trainer = Trainer(network, state.dataset, training)
        assert trainer.advance(1) == 1
        for parameter, value in working.pending.items():
            assert float(value) == pytest.approx(trainer.parameters()[parameter], rel=1e-12)
        network, training = trainer.network(), trainer.settings()


def test_shown_numbers_are_narrow_enough_to_mean_something() -> None:
    state = hidden_state()
    tally = check(step_lines(state.network, state.dataset, state.training).lines, write_text)
    assert tally.checked > 60
    assert tally.sharp == tally.checked


def test_the_loss_after_the_step_is_that_of_the_pending_values() -> None:
    state = hidden_state()
    working = step_lines(state.network, state.dataset, state.training)
    moved = state.network.with_parameters(working.pending)
    assert working.after is not None
    assert working.after.loss == evaluate(moved, working.snapshot.dataset, state.training).loss
    assert working.snapshot.dataset.n_rows == 5


def test_a_wrong_digit_is_found() -> None:
    """The check itself: a working with one number changed does not pass."""
    state = lecture_state()
    working = step_lines(state.network, state.dataset, state.training)
    other = step_lines(state.network.with_parameters({"a": Fraction(1, 2)}), state.dataset, state.training)

    line, changed = working.lines[1], other.lines[1]
    equation = replace(line.equations[0], numbers=changed.equations[0].numbers)
    with pytest.raises(AssertionError, match="Add the bias"):
        check([replace(line, writer=lambda: [equation])], write_text)


def test_a_sum_of_which_only_rounding_is_left_says_so() -> None:
    state = load(Path(paths.example("iris")))
    # With all weights 0 each class has 1/3: a bias's gradient is 1/3 - 50/150 = 0 by pencil.
    kinds = state.dataset.texts["species"]
    exact = {kind: Fraction(1, 3) - Fraction(kinds.count(kind), len(kinds)) for kind in set(kinds)}
    assert set(exact.values()) == {Fraction(0)}
    lines = {line.title: line for line in step_lines(state.network, state.dataset, state.training).lines}
    biases = [line for title, line in lines.items() if "gradient of the bias" in title]
    assert len(biases) == 3
    for line in biases:
        assert "their rounding" in line.note
    weights = [line for title, line in lines.items() if "gradient of the weight" in title]
    assert not any(line.note for line in weights)
    assert is_rounding(3e-17, 4e-3, 150)
    assert not is_rounding(3e-17, 4e-17, 150), "small terms have a small sum: nothing is lost"
    assert not is_rounding(Fraction(0), Fraction(1), 150)
