"""Networks, data and plug-ins of every shape: unfinished, dead, muted, frozen, batched, large, unknown."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.exact_step import step_rows
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.settings import OptimizerSettings, TrainingSettings
from neurosim.markup.write_text import write_text
from neurosim.working import activation_forms, loss_forms, optimizer_forms
from neurosim.working.line import Line
from neurosim.working.working import Working, step_lines
from pencil import check
from samples import hidden_state, lecture_state


def lines_of(network: Network, dataset: Dataset, training: TrainingSettings, **options: object) -> Working:
    return step_lines(network, dataset, training, **options)  # type: ignore[arg-type]


def texts(line: Line) -> list[str]:
    return [write_text(equation.markup) for equation in line.equations]


def titled(working: Working, words: str) -> Line:
    return next(line for line in working.lines if words in line.title)


def table(**columns: tuple[object, ...]) -> Dataset:
    return Dataset({name: Column(tuple(Fraction(str(v)) for v in values)) for name, values in columns.items()})


def lecture() -> tuple[Network, Dataset, TrainingSettings]:
    state = lecture_state()
    return state.network, state.dataset, state.training


# -- unfinished ----------------------------------------------------------------------------------------------------


def test_an_unfinished_network_is_worked_out_as_far_as_it_goes() -> None:
    state = lecture_state()
    network = Network(state.network.nodes, state.network.edges, (Output("n", None),))
    working = lines_of(network, state.dataset, state.training)
    assert working.problem is not None
    assert "target" in working.problem
    assert [line.title for line in working.lines] == [line.title for line in lines_of(*lecture()).lines[:6]]
    chosen = lines_of(network, state.dataset, state.training, rows=[1])
    assert texts(chosen.lines[2]) == ["ŷ₂ = f(z₂) = z₂ = −14/3"]
    assert chosen.lines[3].title == "… 1 other row, worked out alike …"
    assert chosen.after is None


def test_nothing_at_all_gives_no_lines_and_a_sentence() -> None:
    working = lines_of(Network(), Dataset({}), TrainingSettings())
    assert working.lines == ()
    assert working.problem


def test_a_step_that_cannot_be_taken_ends_after_the_gradient() -> None:
    state = lecture_state()
    training = replace(state.training, optimizer=OptimizerSettings("unheard_of"))
    working = lines_of(state.network, state.dataset, training)
    assert {line.phase for line in working.lines} == {"forward", "loss", "backward"}
    assert "unheard_of" in (working.problem or "")
    assert not working.pending


# -- parameters ----------------------------------------------------------------------------------------------------


def test_muted_and_frozen_parameters_are_said_so() -> None:
    network = Network(
        (InputNode("x", "x"), InputNode("u", "u"), Neuron("n", "f", Fraction(2), muted=True)),
        (Edge("a", "x", "n", Fraction(3), trainable=False), Edge("c", "u", "n", Fraction(5), muted=True)),
        (Output("n", "y"),),
    )
    working = lines_of(network, table(x=(1,), u=(7,), y=(1,)), TrainingSettings())
    assert texts(working.lines[0]) == ["z = a · x = 3 · 1 = 3"]
    assert working.lines[0].note == "Muted, so counted as 0: c, the bias."
    assert "Frozen" in titled(working, "weight a").note
    assert working.lines[-1].title == "Nothing moves: no parameter may be trained"
    assert not working.pending


def test_a_neuron_that_leads_nowhere_has_a_gradient_of_0() -> None:
    state = lecture_state()
    network = state.network.with_node(Neuron("d", "spare", Fraction(1)))
    network = network.with_edge(Edge("w", "x", "d", Fraction(2)))
    working = lines_of(network, state.dataset, state.training)
    assert texts(titled(working, "spare leads to no output")) == ["∂L/∂w = 0", "∂L/∂b_spare = 0"]
    assert working.pending["w"] == 2


def test_an_input_can_be_an_output() -> None:
    state = lecture_state()
    network = Network(state.network.nodes, state.network.edges, (Output("n", "y"), Output("x", "y")))
    working = lines_of(network, state.dataset, state.training)
    assert working.problem is None
    check(working.lines, write_text)


def test_an_output_that_feeds_another_neuron_collects_both_parts() -> None:
    network = Network(
        (InputNode("x", "x"), Neuron("p", bias=None), Neuron("q", bias=None)),
        (Edge("a", "x", "p", Fraction(2)), Edge("c", "p", "q", Fraction(3))),
        (Output("p", "s"), Output("q", "t")),
    )
    working = lines_of(network, table(x=(1,), s=(1,), t=(4,)), TrainingSettings(reduction="sum"))
    # p = 2 and q = 6: dL/dq = 2 (6 - 4) = 4, and dL/dp = 2 (2 - 1) + 3 * 4 = 14
    assert texts(titled(working, "Carry it back through the edge (p)")) == [
        "∂L/∂ŷ_p = (∂L/∂ŷ_p)_direct + c · ∂L/∂ŷ_q = 2 + 3 · 4 = 14"
    ]
    assert titled(working, "weight a").value == 14
    check(working.lines, write_text)


def test_the_penalty_has_lines_of_its_own() -> None:
    state = lecture_state()
    training = replace(state.training, l2=Fraction(1, 2), l1=Fraction(1, 10))
    working = lines_of(state.network, state.dataset, training)
    # R = 1/4 * 1/9 + 1/10 * 1/3 = 11/180; dL/da = -136/3 + 1/2 * 1/3 + 1/10 = -1352/30
    assert texts(titled(working, "size of the weights")) == [
        "R = λ₂/2 · a² + λ₁ · |a| = (1/2)/2 · (1/3)² + 1/10 · |1/3| = 11/180"
    ]
    assert titled(working, "Add the penalty to the loss").value == Fraction(466, 9) + Fraction(11, 180)
    assert titled(working, "pull of the penalty").value == Fraction(-136, 3) + Fraction(1, 6) + Fraction(1, 10)
    check(working.lines, write_text)


# -- rows ----------------------------------------------------------------------------------------------------------


def test_many_rows_show_the_first_few_and_count_the_rest() -> None:
    x = tuple(range(1, 98))
    data = table(x=x, y=x)
    state = lecture_state()
    working = lines_of(state.network, data, state.training)
    assert working.rows == (0, 1, 2)
    assert working.hidden_rows == 94
    assert any(line.title == "… 94 more rows, worked out alike …" for line in working.lines)
    loss = texts(titled(working, "mean of the squares"))[0]
    assert loss.startswith("L = (r₁² + r₂² + r₃² + Σ_(94 more rows) rᵢ²)/n = ")
    check(working.lines, write_text)


def test_a_hundred_thousand_rows_cost_the_lines_nothing() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=100_000)
    state = lecture_state()
    working = lines_of(state.network, Dataset({"x": Column(x), "y": Column(2 * x)}), state.training)
    assert working.rows == (0, 1, 2)
    assert working.hidden_rows == 99_997
    assert check(working.lines, write_text).checked > 15
    assert "more than a pencil can do" in (working.rounded or "")


def test_a_test_row_is_worked_out_but_left_out_of_the_sums() -> None:
    state = lecture_state()
    data = replace(state.dataset, test_rows=(1,))
    working = lines_of(state.network, data, state.training, rows=[1])
    assert "Row 2 is a test row" in working.lines[0].note
    assert texts(titled(working, "Compare"))[0].startswith("r₂ = ")
    # row 1 alone is trained on: dL/da = 2 * (-16/3) * 2
    assert titled(working, "weight a").value == Fraction(-64, 3)
    check(working.lines, write_text)


def test_a_mini_batch_is_worked_out_alone() -> None:
    state = hidden_state()
    working = lines_of(state.network, state.dataset, state.training, most_rows=5)
    assert sorted(step_rows(state.dataset, state.training)) == list(working.rows)
    assert working.hidden_rows == 0
    assert "mini-batch of 5 rows" in titled(working, "Take the mean").note
    assert working.snapshot.dataset.n_rows == 5
    outside = next(row for row in range(state.dataset.n_rows) if row not in working.rows)
    other = lines_of(state.network, state.dataset, state.training, rows=[outside])
    assert "mini-batch" in other.lines[0].note
    assert other.pending == working.pending
    check(other.lines, write_text)


# -- plug-ins ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_each_activation_has_a_form_and_can_do_without(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    network = Network(
        (InputNode("x", "x"), Neuron("h", bias=Fraction(1, 3), activation=name), Neuron("n")),
        (Edge("w", "x", "h", Fraction(2)), Edge("v", "h", "n", Fraction(-1))),
        (Output("n", "y"),),
    )
    data = table(x=(1, -2, "1/4"), y=(0, 1, 2))
    whole = check(lines_of(network, data, TrainingSettings()).lines, write_text)
    assert whole.sharp == whole.checked
    monkeypatch.delitem(activation_forms.FORMS, name)  # type: ignore[arg-type]
    plain = check(lines_of(network, data, TrainingSettings()).lines, write_text)
    assert plain.checked <= whole.checked


@pytest.mark.parametrize("name", list(LOSSES))
def test_each_loss_has_a_form_and_can_do_without(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    activation = LOSSES[name].pairs_with or "identity"
    network = Network(
        (InputNode("x", "x"), Neuron("p", activation=activation), Neuron("q", activation=activation)),
        (Edge("w", "x", "p", Fraction(2)), Edge("v", "x", "q", Fraction(-1))),
        (Output("p", "s"), Output("q", "t")),
    )
    low = -1 if name == "hinge" else 0
    data = table(x=(1, -2, "1/4"), s=(1, low, 1), t=(low, 1, low))
    training = TrainingSettings(loss=name)
    whole = check(lines_of(network, data, training).lines, write_text)
    assert whole.sharp == whole.checked
    monkeypatch.delitem(loss_forms.LOSS_FORMS, name)  # type: ignore[arg-type]
    plain = lines_of(network, data, training)
    assert 0 < check(plain.lines, write_text).checked < whole.checked


@pytest.mark.parametrize("name", list(OPTIMIZERS))
def test_an_optimizer_without_a_form_shows_its_result(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    state = lecture_state()
    training = replace(state.training, optimizer=OptimizerSettings(name))
    before = lines_of(state.network, state.dataset, training)
    monkeypatch.delitem(optimizer_forms.FORMS, name)  # type: ignore[arg-type]
    working = lines_of(state.network, state.dataset, training)
    update = titled(working, "Step against the gradient")
    assert [equation.value for equation in update.equations] == list(before.pending.values())
    assert all(equation.symbols is None for equation in update.equations)


def test_large_logits_are_shifted_before_the_exponential() -> None:
    network = Network(
        (InputNode("x", "x"), Neuron("p"), Neuron("q")),
        (Edge("w", "x", "p", Fraction(800)), Edge("v", "x", "q", Fraction(799))),
        (Output("p", "s"), Output("q", "t")),
    )
    working = lines_of(network, table(x=(1,), s=(0,), t=(1,)), TrainingSettings(loss="softmax_cross_entropy"))
    assert texts(titled(working, "less the greatest")) == [
        "e^(z_p − 800) = e^(800 − 800) ~ 1",
        "e^(z_q − 800) = e^(799 − 800) ~ 0.367879",
    ]
    assert titled(working, "The cross-entropy").value == pytest.approx(1 + np.log1p(np.exp(-1)))
    check(working.lines, write_text)
