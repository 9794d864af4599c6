"""Exercises with ever new numbers: exact all along, solvable, the same for a seed, and never twice on a sheet."""

from __future__ import annotations

import math
from fractions import Fraction
from functools import cache
from itertools import islice

import pytest

from neurosim.algebra.parse import parse
from neurosim.engine.coming_step import coming_step
from neurosim.engine.network import Network, Neuron
from neurosim.lessons.answers import check, check_fields
from neurosim.lessons.question import Question
from neurosim.lessons.variants import KINDS, Variant, VariantError, make_variant, variants
from neurosim.markup.write_latex import write_latex
from neurosim.markup.write_text import write_text
from neurosim.numbers.exact import Number

pytestmark = pytest.mark.slow  # each claim is tried with many seeds

SEEDS = range(200)
F = Fraction


@cache
def _variant(kind: str, seed: int) -> Variant:
    return make_variant(kind, seed)


def _typed(expected: Number | str | tuple[str, ...] | None) -> str:
    """The right answer as a learner types it."""
    if isinstance(expected, F | str):
        return str(expected)
    assert isinstance(expected, float)
    return f"{expected:#.4g}"


def _values(variant: Variant) -> dict[str, Number]:
    return {box.id: box.expected for box in variant.draft.question.fields if isinstance(box.expected, Fraction | float)}


def _parameters(variant: Variant) -> tuple[F, F, list[F], list[F]]:
    state = variant.draft.state
    assert state is not None
    a, b = (F(value) for value in state.network.parameters.values())
    xs, ys = ([F(value) for value in state.dataset.columns[name].numbers or ()] for name in ("x", "y"))
    return a, b, xs, ys


@pytest.mark.parametrize("kind", KINDS)
def test_every_seed_gives_an_exercise_whose_own_answers_are_right(kind: str) -> None:
    for seed in SEEDS[::4]:
        draft = _variant(kind, seed).draft
        question = draft.question
        assert len(question.fields) == len(draft.labels) == len(draft.answers) >= 2
        verdicts = check_fields([_typed(box.expected) for box in question.fields], question)
        assert all(verdict.is_right for verdict in verdicts), (seed, verdicts)
        assert draft.lines
        assert all(line.title and line.formulas for line in draft.lines)
        assert draft.givens


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_seed_gives_the_same_exercise_and_others_differ(kind: str) -> None:
    first = [_variant(kind, seed).draft.answers for seed in range(30)]
    again = [make_variant(kind, seed).draft.answers for seed in range(30)]
    assert first == again
    found = list(islice(variants(kind, 7), 40))
    assert len({(one.draft.givens, one.draft.tables) for one in found}) == 40
    assert [one.seed for one in found] == sorted(one.seed for one in found)


FOR_EVER = {
    "worked_neuron": [["10", "−3/2 = −1.5", "8", "8"], ["3/2 = 1.5", "2", "−4", "−5/2 = −2.5", "0"]],
    "residuals": [
        ["1/2 = 0.5", "−3/2 = −1.5", "−5/2 = −2.5", "2", "51/4 = 12.75", "51/16 ~ 3.188"],
        ["−3", "−5/2 = −2.5", "3/2 = 1.5", "1", "37/2 = 18.5", "37/8 = 4.625"],
    ],
    "chain_rule": [["−x", "−1", "−e^(−x)"], ["1 + e^(3x)", "3e^(3x)", "−3e^(3x)/(1 + e^(3x))²"]],
    "gradient_step": [
        ["3", "7", "−2", "8", "34", "40", "6", "2/3 ~ 0.6667", "−26/5 = −5.2"],
        ["−7", "−3", "−9", "−7", "65", "−24", "−16", "17/10 = 1.7", "−26/5 = −5.2"],
    ],
    "sigmoid_neuron": [["1", "~0.7311"], ["−3", "~0.04743"]],
    "logistic_gradient": [
        ["5/2 = 2.5", "3/2 = 1.5", "~0.9241", "~0.8176", "~0.9241", "~−0.1824", "~−0.5533", "~0.3709"],
        ["−3/2 = −1.5", "−2", "~0.1824", "~0.1192", "~−0.8176", "~0.1192", "~−0.2896", "~−0.3492"],
    ],
    "two_neurons": [
        ["7/2 = 3.5", "15/2 = 7.5", "11", "77/2 = 38.5", "11", "165", "33"],
        ["7", "−13", "−28", "−196", "−28", "−112", "56"],
    ],
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_exercise_is_the_same_for_ever(kind: str) -> None:
    """Sheets that were handed out keep their key: these numbers must not change with the program."""
    found = [[write_text(answer) for answer in _variant(kind, seed).draft.answers] for seed in (7, 100)]
    assert found == FOR_EVER[kind]


def test_an_unknown_kind_is_refused_in_a_sentence() -> None:
    with pytest.raises(VariantError, match="There is no kind of exercise nothing: there are worked_neuron"):
        make_variant("nothing", 1)


def test_the_step_is_the_lecture_s_arithmetic() -> None:
    for seed in SEEDS:
        variant = _variant("gradient_step", seed)
        a, b, xs, ys = _parameters(variant)
        values, state = _values(variant), variant.draft.state
        assert state is not None
        rate = F(state.training.learning_rate)
        r = [a * x + b - y for x, y in zip(xs, ys, strict=True)]
        by_a, by_b = r[0] * xs[0] + r[1] * xs[1], r[0] + r[1]
        new = (a - rate * by_a, b - rate * by_b)
        assert values == {
            "p1": a * xs[0] + b,
            "p2": a * xs[1] + b,
            "r1": r[0],
            "r2": r[1],
            "loss": (r[0] ** 2 + r[1] ** 2) / 2,
            "da": by_a,
            "db": by_b,
            "new_a": new[0],
            "new_b": new[1],
        }
        assert all(isinstance(value, F) and value.denominator <= 45 for value in values.values())
        # The loss falls, and stays a fraction that the screen shows as one.
        after = sum((new[0] * x + new[1] - y) ** 2 for x, y in zip(xs, ys, strict=True)) / 2
        assert after < F(values["loss"])
        assert after.denominator <= 9999
        snapshot = variant.draft.question.fields[0].snapshot
        assert snapshot is not None
        assert snapshot.exact
        assert coming_step(snapshot).values == {"a": new[0], "n.bias": new[1]}
        assert len(variant.draft.lines) == 15


def test_the_squares_are_those_of_the_residuals() -> None:
    for seed in SEEDS:
        variant = _variant("residuals", seed)
        a, b, xs, ys = _parameters(variant)
        values = _values(variant)
        r = [a * x + b - y for x, y in zip(xs, ys, strict=True)]
        assert [values[f"r{i}"] for i in range(1, 5)] == r
        assert values["squares"] == sum(one * one for one in r)
        assert values["mse"] == values["squares"] / 4
        assert all(one.denominator <= 2 for one in r)


def test_the_neuron_multiplies_adds_and_activates() -> None:
    for seed in SEEDS:
        variant = _variant("worked_neuron", seed)
        state, values = variant.draft.state, _values(variant)
        assert state is not None
        neuron = state.network.neurons[0]
        inputs = [F(column[0]) for column in state.dataset.columns.values()]
        products = [F(edge.weight) * x for edge, x in zip(state.network.edges, inputs, strict=True)]
        z = sum(products, F(neuron.bias or 0))
        activated = {"relu": max(z, F(0)), "identity": z, "step": F(int(z >= 0))}[neuron.activation]
        assert list(values.values()) == [*products, z, activated]


def test_the_way_back_through_two_neurons_is_a_difference_quotient() -> None:
    for seed in SEEDS:
        variant = _variant("two_neurons", seed)
        state, values = variant.draft.state, _values(variant)
        assert state is not None
        x, y = (F(column[0]) for column in state.dataset.columns.values())

        def loss(network: Network, x: F = x, y: F = y) -> F:
            w, v, b, c = (F(value) for value in network.parameters.values())
            return (v * max(F(0), w * x + b) + c - y) ** 2

        names = {"dw": "w", "dv": "v", "db": "h.bias", "dc": "n.bias"}
        for box, parameter in names.items():
            step = F(1, 1000)
            at = F(state.network.parameters[parameter])
            up, down = (loss(state.network.with_parameters({parameter: at + sign * step})) for sign in (1, -1))
            # The loss is a parabola in each parameter while the ReLU stays on: the central difference is exact.
            assert values[box] == (up - down) / (2 * step)


def test_the_sigmoid_s_sum_is_friendly_and_the_table_is_enough() -> None:
    for seed in SEEDS:
        for kind in ("sigmoid_neuron", "logistic_gradient"):
            draft = _variant(kind, seed).draft
            given = {write_text(row[0]): write_text(row[1]) for row in draft.tables[-1].rows}
            for box in draft.question.fields:
                if box.id.startswith("z"):
                    z = box.expected
                    assert isinstance(z, F)
                    assert z.denominator <= 2
                    text = str(z) if z.denominator == 1 else str(float(z))
                    power = float(given[text.replace("-", "−")])
                    assert power == pytest.approx(math.exp(-float(z)), rel=1e-3)
                    output = next(one for one in draft.question.fields if one.id in {"out", box.id.replace("z", "p")})
                    assert check(f"{1 / (1 + power):.4g}", output).is_right


def test_the_chain_rule_s_answers_are_derivatives() -> None:
    for seed in SEEDS:
        draft = _variant("chain_rule", seed).draft
        boxes = {box.id: box for box in draft.question.fields}
        inside, outer = boxes["du"].about.split(":", 2)[2], boxes["df"].about.split(":", 2)[2]
        assert boxes["u"].expected == inside
        for text, box in ((inside, boxes["du"]), (outer, boxes["df"])):
            assert _is_derivative(text, box)
        assert write_text(draft.givens[0]).startswith("f(x) = ")


def _is_derivative(function: str, box: Question) -> bool:
    """By central differences at five places, where both have a value."""
    from neurosim.algebra.errors import EvaluationError
    from neurosim.algebra.evaluate import evaluate
    from neurosim.algebra.numeric import central_difference

    expression, answer = parse(function), parse(str(box.expected))
    checked = 0
    for x in (0.37, -0.41, 0.83, 1.19, -1.07, 2.3):
        try:
            value = float(evaluate(answer, {"x": x}))
            difference = central_difference(expression, "x", {"x": x})
        except EvaluationError:
            continue
        checked += 1
        if not math.isclose(value, difference, rel_tol=1e-5, abs_tol=1e-7):
            return False
    return checked >= 3


def test_slips_are_named_on_other_numbers_too() -> None:
    for seed in range(40):
        boxes = {box.id: box for box in _variant("gradient_step", seed).draft.question.fields}
        half = check(str(F(boxes["da"].expected) / 2), boxes["da"])  # type: ignore[arg-type]
        assert half.error == "factor_two_missing"
        assert check(str(-F(boxes["db"].expected)), boxes["db"]).error == "opposite_sign"  # type: ignore[arg-type]
        assert check(str(boxes["db"].expected), boxes["da"]).error == "forgot_input"


@pytest.mark.parametrize("kind", KINDS)
def test_everything_on_a_sheet_can_be_set(kind: str) -> None:
    for seed in SEEDS[:20]:
        draft = _variant(kind, seed).draft
        formulas = [*draft.givens, *draft.labels, *draft.answers]
        formulas += [formula for line in draft.lines for formula in line.formulas]
        formulas += [cell for table in draft.tables for row in (table.headings, *table.rows) for cell in row]
        for formula in formulas:
            assert write_text(formula)
            assert write_latex(formula).count("{") == write_latex(formula).count("}")
        state = draft.state
        assert state is None or all(isinstance(node, Neuron) for node in state.network.neurons)
