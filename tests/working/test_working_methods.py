"""The working of each training method: golden lines, and every line worked out again from the digits shown."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from neurosim.document.json_format import load
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.exact_step import exact_step
from neurosim.engine.methods import METHODS
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.schedules import SCHEDULES
from neurosim.engine.settings import REDUCTIONS, ScheduleSettings, TrainingSettings
from neurosim.engine.trainer import Trainer
from neurosim.markup.write_latex import write_latex
from neurosim.markup.write_speech import write_speech
from neurosim.markup.write_text import write_text
from neurosim.working.conventions import same_step
from neurosim.working.working import Working, step_lines
from pencil import check, every_equation
from samples import hidden_state, lecture_state

EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"


def by(state, name, **settings):
    return replace(state, training=replace(state.training, method=name, **settings))


def working_of(state, **options) -> Working:
    return step_lines(state.network, state.dataset, state.training, **options)


def texts(working: Working, phase) -> list[str]:
    return [write_text(equation.markup) for line in working.phase(phase) for equation in line.equations]


def gate_state(weights, bias, *, low=0, step=0, state=None, rate=Fraction(1)):
    """AND, with a neuron that fires from 0 on."""
    rows = ((0, 0, low), (0, 1, low), (1, 0, low), (1, 1, 1))
    columns = [Column(tuple(Fraction(value) for value in column)) for column in zip(*rows, strict=True)]
    activation = "step" if low == 0 else "step_both"
    network = Network(
        (InputNode("x1", "x1"), InputNode("x2", "x2"), Neuron("n", bias=Fraction(bias), activation=activation)),
        (Edge("w1", "x1", "n", Fraction(weights[0])), Edge("w2", "x2", "n", Fraction(weights[1]))),
        (Output("n", "y"),),
    )
    settings = TrainingSettings(method="perceptron_rule", learning_rate=rate, step=step, method_state=state)
    document = lecture_state()
    return replace(
        document,
        network=network,
        dataset=Dataset(dict(zip(("x1", "x2", "y"), columns, strict=True))),
        training=settings,
    )


# -- the perceptron rule -------------------------------------------------------------------------------------------


def test_a_mistake_of_the_perceptron_line_by_line():
    """Row 3 of epoch 3 of the textbook's AND: w = (2, 0), b = -2, the sum is 0, it fires, and should not."""
    counted = {"mistakes": Fraction(6), "epoch_mistakes": Fraction(1)}
    working = working_of(gate_state((2, 0), -2, step=10, state=counted))
    assert [line.title for line in working.lines] == [
        "Multiply each input by its weight",
        "Add up the products and the bias",
        "Does it fire? From 0 on it does",
        "The error: target minus answer",
        "Correct the weights by the row",
        "Apply all together",
    ]
    assert {line.row for line in working.lines[:4]} == {2}
    assert texts(working, "forward")[2:] == [
        "z⁽³⁾ = w₁ · x₁⁽³⁾ + w₂ · x₂⁽³⁾ + b = 2 + 0 + (−2) = 0",
        "o⁽³⁾ = step(z⁽³⁾) = step(0) = 1",
    ]
    assert texts(working, "loss") == ["e⁽³⁾ = y⁽³⁾ − o⁽³⁾ = 0 − 1 = −1"]
    assert texts(working, "update")[:3] == [
        "w₁^new = w₁ + η · e⁽³⁾ · x₁⁽³⁾ = 2 + 1 · (−1) · 1 = 1",
        "w₂^new = w₂ + η · e⁽³⁾ · x₂⁽³⁾ = 0 + 1 · (−1) · 0 = 0",
        "b^new = b + η · e⁽³⁾ = −2 + 1 · (−1) = −3",
    ]
    assert working.phase("backward") == ()
    assert working.pending == {"w1": 1, "w2": 0, "n.bias": -3}
    assert working.lines[-1].note == "Epoch 3, row 3 of 4. Mistakes: 2 in this epoch, 7 in all."


def test_a_right_answer_changes_nothing():
    working = working_of(gate_state((2, 1), -3, step=1))
    assert working.lines[-2].title == "The answer is right: nothing changes"
    assert working.pending == {"w1": 2, "w2": 1, "n.bias": -3}


def test_answers_of_minus_one():
    working = working_of(gate_state((0, 0), -1, low=-1))
    assert "o⁽¹⁾ = 2 · step(z⁽¹⁾) − 1 = 2 · step(−1) − 1 = −1" in texts(working, "forward")
    assert texts(working, "loss") == ["e⁽¹⁾ = y⁽¹⁾ − o⁽¹⁾ = −1 − (−1) = 0"]


def test_another_row_is_looked_at_beside_the_one_in_turn():
    working = working_of(gate_state((2, 0), -2, step=10), rows=[0])
    assert working.rows == (0, 2)
    assert "no part in the step" in working.lines[0].note
    assert working.pending == {"w1": 1, "w2": 0, "n.bias": -3}


# -- the closed form -----------------------------------------------------------------------------------------------


def test_the_normal_equations_of_the_lecture():
    working = working_of(by(lecture_state(), "closed_form"))
    assert texts(working, "backward") == ["20 · a + 6 · b = 16", "6 · a + 2 · b = 4"]
    assert texts(working, "loss")[0] == "g₁₁ = x₁ · x₁ + x₂ · x₂ = 2 · 2 + 4 · 4 = 20"
    assert working.pending == {"a": Fraction(2), "n.bias": Fraction(-4)}
    assert "falls from 466/9 to 0" in working.lines[-1].note


def test_frozen_parameters_and_ridge_are_in_the_normal_equations():
    state = by(lecture_state(), "closed_form", l2=Fraction(2))
    frozen = replace(state.network.neurons[0], trainable=False)
    state = replace(state, network=state.network.with_node(frozen))
    working = working_of(state)
    # y' = y + 6 is left for a x: (4 + 16 + 2) a = 2·6 + 4·10
    assert texts(working, "backward") == ["22 · a = 52"]
    assert working.pending == {"a": Fraction(26, 11)}
    assert check(working.lines, write_text).checked >= 5


def test_an_optimum_that_is_not_unique_ends_the_working_with_a_sentence():
    state = by(lecture_state(), "closed_form")
    columns = {"x": Column((Fraction(2), Fraction(2))), "y": Column((Fraction(0), Fraction(4)))}
    working = working_of(replace(state, dataset=Dataset(columns)))
    assert "All values of x are equal" in working.problem
    assert working.pending == {}


# -- without calculus ----------------------------------------------------------------------------------------------


def test_random_search_says_what_it_draws_and_what_it_keeps():
    working = working_of(by(lecture_state(), "random_search"))
    assert texts(working, "update")[:4] == [
        "d_a = 13/100",
        "d_b = −13/100",
        "a^try = a + η · d_a = 1/3 + 1/30 · 13/100 = 1013/3000",
        "b^try = b + η · d_b = −6 + 1/30 · (−13/100) = −18013/3000",
    ]
    assert working.phase("backward") == ()
    there = next(line for line in working.lines if line.title == "The loss there")
    assert len(there.details) > 6


def test_finite_differences_say_the_losses_to_both_sides():
    working = working_of(by(lecture_state(), "finite_difference", method_settings={"nudge": Fraction(1)}))
    # L(a ± 1): residuals -16/3 ± 2 and -26/3 ± 4, by hand.
    assert texts(working, "backward")[:3] == [
        "L(a + h) = 148/9 ~ 16.44",
        "L(a − h) = 964/9 ~ 107.1",
        "∂L/∂a = (L(a + h) − L(a − h))/(2 · h) = (148/9 − 964/9)/(2 · 1) = −136/3",
    ]
    assert working.pending == {"a": Fraction(83, 45), "n.bias": Fraction(-83, 15)}


# -- every method --------------------------------------------------------------------------------------------------


def states():
    yield gate_state((2, 0), -2, step=10)
    yield gate_state((Fraction(1, 3), 0.25), -2, low=-1, step=3, rate=0.1)
    for name in ("closed_form", "random_search", "finite_difference"):
        yield by(lecture_state(), name)
        yield by(lecture_state(), name, l2=Fraction(1, 3), reduction="half_sum")
        yield by(load(EXAMPLES / "food_trucks.neurosim"), name)
    for name in ("random_search", "finite_difference"):
        yield by(hidden_state(), name, learning_rate=0.05)
        yield by(load(EXAMPLES / "xor.neurosim"), name)
    yield by(load(EXAMPLES / "houses.neurosim"), "closed_form", l2=Fraction(1, 10))
    for name in ("perceptron_rule", "random_search", "finite_difference"):
        yield by(load(EXAMPLES / "admissions_standardised.neurosim"), name, step=3)
    yield by(load(EXAMPLES / "iris.neurosim"), "perceptron_rule", step=70)
    for batch in (1, 7):
        yield by(load(EXAMPLES / "admissions_standardised.neurosim"), "gradient_descent", batch_size=batch, step=2)
    three = Dataset(
        {
            "p": Column(tuple(Fraction(v) for v in (1, 2, 4, 7, 3))),
            "q": Column(tuple(Fraction(v) for v in (3, 1, 0, 2, 5))),
            "r": Column((0.5, 1.5, -2.0, 0.25, 3.0)),
            "y": Column(tuple(Fraction(v) for v in (2, 0, 1, 5, -1))),
        }
    )
    network = Network(
        (InputNode("p", "p"), InputNode("q", "q"), InputNode("r", "r"), Neuron("n", bias=Fraction(1))),
        tuple(Edge(f"w{i}", name, "n", Fraction(1, i)) for i, name in enumerate("pqr", start=1)),
        (Output("n", "y"),),
    )
    yield replace(by(lecture_state(), "closed_form"), network=network, dataset=three)


@pytest.mark.parametrize(
    "state", list(states()), ids=lambda state: f"{state.training.method}-{len(state.network.nodes)}"
)
def test_every_line_can_be_worked_out_and_the_pending_values_are_those_of_the_engine(state):
    working = working_of(state)
    assert working.problem is None
    assert check(working.lines, write_text).checked > 0
    for line, equation in every_equation(working.lines):
        assert write_latex(equation.markup)
        assert write_speech(equation.markup)
        assert not line.title.endswith(".")
    found = exact_step(state.network, state.dataset, state.training)
    trainer = Trainer(state.network, state.dataset, state.training)
    trainer.advance(1)
    for name, value in working.pending.items():
        if found is not None:
            assert value == found[0].parameters[name]
        assert float(value) == pytest.approx(float(trainer.network().parameters[name]), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("method", list(METHODS))
def test_what_cannot_be_trained_is_said_after_what_can_be_shown(method: str):
    state = by(hidden_state(), method)
    working = working_of(state)
    if working.problem is not None:
        assert working.phase("loss")
        assert not working.phase("update")
    empty = replace(state, dataset=Dataset({}))
    assert working_of(empty).problem is not None


# -- schedules -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in SCHEDULES if name != "constant"])
@pytest.mark.parametrize("step", [0, 3, 700, 1500])
@pytest.mark.parametrize("optimizer", ["sgd", "adagrad"])
def test_the_rate_of_the_step_is_worked_out(name: str, step: int, optimizer: str):
    state = lecture_state()
    schedule = ScheduleSettings(name, {})
    training = replace(
        state.training, schedule=schedule, step=step, optimizer=replace(state.training.optimizer, name=optimizer)
    )
    working = step_lines(state.network, state.dataset, training)
    line = next(line for line in working.lines if line.title == "The learning rate of this step")
    assert f"t = {step}" in line.note
    assert check([line], write_text).checked == 1
    assert check(working.phase("update"), write_text).checked >= 3
    trainer = Trainer(state.network, state.dataset, training)
    trainer.advance(1)
    for parameter, value in working.pending.items():
        assert float(value) == pytest.approx(trainer.parameters()[parameter], rel=1e-12)


def test_the_schedule_of_the_second_half():
    state = lecture_state()
    schedule = ScheduleSettings("step_decay", {"every": Fraction(2), "factor": Fraction(1, 2)})
    working = step_lines(state.network, state.dataset, replace(state.training, schedule=schedule, step=5))
    assert texts(working, "update")[:3] == [
        "k = 2",
        "η_t = η · γ^k = 1/30 · (1/2)² = 1/120",
        "a^new = a − η_t · ∂L/∂a = 1/3 − 1/120 · (−136/3) = 32/45",
    ]


# -- conventions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["perceptron_rule", "closed_form", "random_search"])
def test_a_method_without_a_gradient_steps_alike_under_every_convention(method: str):
    """Said, and true: the step leads to the same place whatever the rows' losses are multiplied by."""
    state = gate_state((2, 0), -2, step=10) if method == "perceptron_rule" else by(lecture_state(), method)
    ends = []
    for reduction in REDUCTIONS:
        one = by(state, method, reduction=reduction)
        snapshot = evaluate(one.network, one.dataset, one.training)
        assert "same steps under every convention" in same_step(snapshot)
        ends.append(exact_step(one.network, one.dataset, one.training)[0].parameters)
    assert all(end == ends[0] for end in ends)
