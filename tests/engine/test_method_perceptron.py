"""The perceptron rule: textbook traces row by row, its counts and its end, in fractions and in float64."""

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import pytest

from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.exact_step import exact_step, step_rows
from neurosim.engine.methods import METHODS
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.readiness import training_problem
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.trainer import Trainer
from neurosim.numbers.exact import Number

AND = ((0, 0, 0), (0, 1, 0), (1, 0, 0), (1, 1, 1))
OR = ((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 1))
NAND = ((0, 0, 1), (0, 1, 1), (1, 0, 1), (1, 1, 0))
XOR = ((0, 0, 0), (0, 1, 1), (1, 0, 1), (1, 1, 0))

HAND_AND = (
    # w1, w2, b after each row; worked out by hand from zeros with learning rate 1
    ((0, 0, -1), (0, 0, -1), (0, 0, -1), (1, 1, 0)),
    ((1, 1, -1), (1, 0, -2), (1, 0, -2), (2, 1, -1)),
    ((2, 1, -1), (2, 0, -2), (1, 0, -3), (2, 1, -2)),
    ((2, 1, -2), (2, 1, -2), (1, 1, -3), (2, 2, -2)),
    ((2, 2, -2), (2, 1, -3), (2, 1, -3), (2, 1, -3)),
    ((2, 1, -3), (2, 1, -3), (2, 1, -3), (2, 1, -3)),
)
HAND_OR = (
    ((0, 0, -1), (0, 1, 0), (0, 1, 0), (0, 1, 0)),
    ((0, 1, -1), (0, 1, -1), (1, 1, 0), (1, 1, 0)),
    ((1, 1, -1), (1, 1, -1), (1, 1, -1), (1, 1, -1)),
    ((1, 1, -1), (1, 1, -1), (1, 1, -1), (1, 1, -1)),
)
HAND_NAND = (
    ((0, 0, 0), (0, 0, 0), (0, 0, 0), (-1, -1, -1)),
    ((-1, -1, 0), (-1, 0, 1), (-1, 0, 1), (-2, -1, 0)),
    ((-2, -1, 0), (-2, 0, 1), (-1, 0, 2), (-2, -1, 1)),
    ((-2, -1, 1), (-2, -1, 1), (-1, -1, 2), (-2, -2, 1)),
    ((-2, -2, 1), (-2, -1, 2), (-2, -1, 2), (-2, -1, 2)),
    ((-2, -1, 2), (-2, -1, 2), (-2, -1, 2), (-2, -1, 2)),
)


@dataclass
class Textbook:
    """The rule once more, as short as it can be: nothing of neurosim."""

    w1: Fraction = Fraction(0)
    w2: Fraction = Fraction(0)
    b: Fraction = Fraction(0)
    rate: Fraction = Fraction(1)
    low: int = 0
    mistakes: int = 0

    def learn(self, x1: int, x2: int, target: int) -> tuple[Fraction, Fraction, Fraction]:
        fires = self.w1 * x1 + self.w2 * x2 + self.b >= 0
        error = target - (1 if fires else self.low)
        self.mistakes += error != 0
        self.w1 += self.rate * error * x1
        self.w2 += self.rate * error * x2
        self.b += self.rate * error
        return self.w1, self.w2, self.b


def gate(rows: tuple[tuple[int, int, int], ...], *, low: int = 0, rate: Fraction = Fraction(1)):
    columns = {
        "x1": Column(tuple(Fraction(row[0]) for row in rows)),
        "x2": Column(tuple(Fraction(row[1]) for row in rows)),
        "y": Column(tuple(Fraction(1 if row[2] else low) for row in rows)),
    }
    activation = "step" if low == 0 else "step_both"
    network = Network(
        (InputNode("x1", "x1"), InputNode("x2", "x2"), Neuron("n", bias=Fraction(0), activation=activation)),
        (Edge("w1", "x1", "n", Fraction(0)), Edge("w2", "x2", "n", Fraction(0))),
        (Output("n", "y"),),
    )
    return network, Dataset(columns), TrainingSettings(method="perceptron_rule", learning_rate=rate)


def values(network: Network) -> tuple[object, ...]:
    return tuple(network.parameters[name] for name in ("w1", "w2", "n.bias"))


@pytest.mark.parametrize(
    ("rows", "hand", "mistakes"),
    [(AND, HAND_AND, (2, 3, 3, 2, 1, 0)), (OR, HAND_OR, (2, 2, 1, 0)), (NAND, HAND_NAND, (1, 3, 3, 2, 1, 0))],
    ids=["and", "or", "nand"],
)
def test_textbook_traces_row_by_row(rows, hand, mistakes):
    network, data, settings = gate(rows)
    own = Textbook()
    total = 0
    for epoch, expected in enumerate(hand):
        for i, after in enumerate(expected):
            assert step_rows(data, settings) == [i]
            assert METHODS["perceptron_rule"].finished(network, data, settings) is None
            found = exact_step(network, data, settings)
            assert found is not None
            network, settings = found
            assert values(network) == after == own.learn(*rows[i])
            assert all(isinstance(value, Fraction) for value in values(network))
        total += mistakes[epoch]
        assert settings.method_state == {"mistakes": total, "epoch_mistakes": mistakes[epoch]}
    assert own.mistakes == total
    stop = METHODS["perceptron_rule"].finished(network, data, settings)
    assert stop is not None
    assert stop.kind == "converged"
    assert f"in epoch {len(hand)} all 4 rows were answered right" in stop.sentence
    assert f"{4 * len(hand)} steps and {total} mistakes" in stop.sentence


@pytest.mark.parametrize("low", [0, -1])
@pytest.mark.parametrize("rows", [AND, OR, NAND], ids=["and", "or", "nand"])
@pytest.mark.parametrize("rate", [Fraction(1), Fraction(1, 10), Fraction(2, 3)])
def test_a_run_gives_the_same_as_single_steps(rows, low, rate):
    """In fractions too: with learning rate 1/10 a float sum of 0 would fire or not by chance."""
    network, data, settings = gate(rows, low=low, rate=rate)
    own = Textbook(rate=rate, low=low)
    trainer = Trainer(network, data, settings)
    trainer.advance(400)
    steps = trainer.step
    assert steps % 4 == 0
    for i in range(steps):
        x1, x2, y = rows[i % 4]
        own.learn(x1, x2, 1 if y else low)
    assert values(trainer.network()) == (own.w1, own.w2, own.b)
    assert trainer.settings().method_state == {"mistakes": own.mistakes, "epoch_mistakes": 0}
    assert trainer.stopped is not None
    assert trainer.stopped.kind == "converged"
    for _ in range(steps):
        found = exact_step(network, data, settings)
        assert found is not None
        network, settings = found
    assert (network, settings) == (trainer.network(), trainer.settings())


def test_the_order_is_drawn_anew_for_each_epoch_when_shuffled():
    network, data, settings = gate(AND)
    settings = replace(settings, shuffle=True, seed=5)
    orders = []
    own = Textbook()
    for _ in range(10):
        order = []
        for _ in range(4):
            (row,) = step_rows(data, settings)
            order.append(row)
            network, settings = exact_step(network, data, settings)
            assert values(network) == own.learn(*AND[row])
        orders.append(order)
        assert sorted(order) == [0, 1, 2, 3]
    assert len({tuple(order) for order in orders}) > 3


def test_xor_is_never_learnt():
    network, data, settings = gate(XOR)
    trainer = Trainer(network, data, settings)
    assert trainer.advance(4000) == 4000
    assert trainer.stopped is None
    assert int(trainer.settings().method_state["epoch_mistakes"]) > 0
    # The weights of a perceptron on XOR stay bounded and come back (the cycling theorem, Block and Levin 1970).
    assert all(abs(value) <= 2 for value in values(trainer.network()))


def test_rounded_numbers_are_learnt_in_float64():
    network, data, settings = gate(AND, rate=0.3)
    assert exact_step(network, data, settings) is None
    trainer = Trainer(network, data, settings)
    trainer.advance(1000)
    assert trainer.stopped is not None
    assert all(isinstance(value, float) for value in values(trainer.network()))
    parts, whole = Trainer(network, data, settings), Trainer(network, data, settings)
    whole.advance(17)
    while parts.step < 17:
        parts.advance(1)
        parts = Trainer(parts.network(), data, parts.settings())
    assert parts.network() == whole.network()
    assert parts.settings() == whole.settings()


def test_frozen_and_muted_parameters_stay():
    network, data, settings = gate(AND)
    edges = (replace(network.edges[0], trainable=False, weight=Fraction(1)), replace(network.edges[1], muted=True))
    network = Network(network.nodes, edges, network.outputs)
    for _ in range(12):
        network, settings = exact_step(network, data, settings)
    assert network.parameters["w1"] == 1
    assert network.parameters["w2"] == 0
    # b alone: 0 >= 0 fires on row 1, so -1; then 1 + b decides: worked out by hand for three epochs.
    assert network.parameters["n.bias"] == -1


def test_two_neurons_side_by_side_learn_two_gates():
    network, data, settings = gate(AND)
    network = Network(
        (*network.nodes, Neuron("m", bias=Fraction(0), activation="step")),
        (*network.edges, Edge("v1", "x1", "m", Fraction(0)), Edge("v2", "x2", "m", Fraction(0))),
        (*network.outputs, Output("m", "z")),
    )
    data = Dataset({**data.columns, "z": Column(tuple(Fraction(row[2]) for row in OR))})
    trainer = Trainer(network, data, settings)
    trainer.advance(1000)
    found = trainer.network().parameters
    assert [found[name] for name in ("w1", "w2", "n.bias")] == [2, 1, -3]
    assert [found[name] for name in ("v1", "v2", "m.bias")] == [1, 1, -1]
    assert trainer.step == 24


def test_what_does_not_fit_is_said():
    network, data, settings = gate(AND)
    assert training_problem(network, data, settings) is None
    thirds = Dataset({**data.columns, "y": Column((Fraction(0), Fraction(1), Fraction(2), Fraction(1)))})
    assert "y holds 2" in training_problem(network, thirds, settings)
    mixed = Dataset({**data.columns, "y": Column((Fraction(-1), Fraction(1), Fraction(0), Fraction(1)))})
    assert "y holds 0" in training_problem(network, mixed, settings)
    hidden = Network(
        (*network.nodes, Neuron("o", bias=Fraction(0))),
        (*network.edges, Edge("v", "n", "o", Fraction(1))),
        (Output("o", "y"),),
    )
    assert "cannot say what n should have answered" in training_problem(hidden, data, settings)
    passed_on = Network(network.nodes, network.edges, (Output("x1", "y"),))
    assert "is an input" in training_problem(passed_on, data, settings)
    assert "is not known" in training_problem(network, data, replace(settings, method="magic"))


def test_a_test_row_is_not_learnt_from():
    network, data, settings = gate(AND)
    data = Dataset(data.columns, (3,))
    seen = []
    for _ in range(6):
        seen += step_rows(data, settings)
        network, settings = exact_step(network, data, settings)
    assert seen == [0, 1, 2, 0, 1, 2]
    assert METHODS["perceptron_rule"].finished(network, data, settings) is not None


def test_a_row_answered_wrong_after_an_edit_goes_on():
    network, data, settings = gate(OR)
    trainer = Trainer(network, data, settings)
    trainer.advance(100)
    network, settings = trainer.network(), trainer.settings()
    assert METHODS["perceptron_rule"].finished(network, data, settings) is not None
    flipped = Dataset({**data.columns, "y": Column(tuple(Fraction(row[2]) for row in NAND))})
    assert METHODS["perceptron_rule"].finished(network, flipped, settings) is None


def test_mistakes_never_fall_in_the_count():
    network, data, settings = gate(NAND)
    counts = [0]
    for _ in range(24):
        network, settings = exact_step(network, data, settings)
        counts.append(int(settings.method_state["mistakes"]))
    assert all(after - before in (0, 1) for before, after in pairwise(counts))
    assert counts[-1] == 10


@pytest.mark.parametrize("low", [0, -1])
@pytest.mark.parametrize("weights", [(0, 0, 0), (1, -1, 0), (1, 1, -2), (-1, 2, -1), (0, 1, -1)])
def test_a_row_has_a_loss_exactly_where_its_step_changes_the_weights(low: int, weights: tuple[Number, ...]):
    """Also where z is 0, where it fires: the loss shown is that of the answers that are corrected."""
    network, data, settings = gate(AND, low=low)
    network = network.with_parameters(dict(zip(("w1", "w2", "n.bias"), map(Fraction, weights), strict=True)))
    losses = evaluate(network, data, settings).row_losses
    at_zero = 0
    for row, (x1, x2, target) in enumerate(AND):
        z = weights[0] * x1 + weights[1] * x2 + weights[2]
        at_zero += z == 0
        wrong = (z >= 0) != bool(target)
        after, _ = exact_step(network, data, replace(settings, step=row))
        assert (after.parameters != network.parameters) == wrong
        assert losses[row] == (0 if not wrong else 1 if low == 0 else 4)
    assert at_zero > 0


@pytest.mark.parametrize(
    ("low", "activation", "wanted"), [(-1, "sign", "Step to ±1"), (-1, "step", "Step to ±1"), (0, "sign", "Step")]
)
def test_an_activation_that_jumps_to_other_values_is_refused(low: int, activation: str, wanted: str):
    network, data, settings = gate(AND, low=low)
    network = network.with_node(replace(network.node_by_id["n"], activation=activation))
    said = training_problem(network, data, settings)
    assert said is not None
    assert said.endswith(f"the activation {wanted}.")
    network = network.with_node(replace(network.node_by_id["n"], activation="step" if low == 0 else "step_both"))
    assert training_problem(network, data, settings) is None
