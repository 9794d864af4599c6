"""Each known error on the lecture's own example, its value worked out by hand, and nobody accused who is right.

The example: a = 1/3, b = -6, the points (2, 0) and (4, 4), rate 1/30. Residuals -16/3 and -26/3, loss 466/9,
gradient (-136/3, -14), a step to 83/45 and -83/15.
"""

from __future__ import annotations

import math
import random
from dataclasses import replace
from fractions import Fraction

import pytest

from derivative_slips import DERIVATIVES
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.lessons.answers import check
from neurosim.lessons.answers.case import Case
from neurosim.lessons.answers.known_errors import KNOWN_ERRORS, formula_slips_in, slips_in
from neurosim.lessons.answers.typed_number import read_number
from neurosim.lessons.question import Question
from neurosim.lessons.references import Live
from neurosim.numbers.exact import Number
from samples import lecture_state

F = Fraction


def _ask(state: DocumentState, about: str, expected: Number, **further: object) -> Question:
    snapshot = evaluate(state.network, state.dataset, state.training)
    return Question(about, "number", expected=expected, about=about, snapshot=snapshot, **further)  # type: ignore[arg-type]


def _with(reduction: str) -> DocumentState:
    state = lecture_state()
    return replace(state, training=replace(state.training, reduction=reduction))  # type: ignore[arg-type]


def _chain() -> DocumentState:
    """x = 2 through w = 1/2, b = 0 into a relu, then v = 3, c = 1: z = 1, h = 1, the output 4; the target is 2."""
    network = Network(
        (InputNode("x", "x"), Neuron("h", bias=F(0), activation="relu"), Neuron("n", bias=F(1))),
        (Edge("w", "x", "h", F(1, 2)), Edge("v", "h", "n", F(3))),
        (Output("n", "y"),),
    )
    return DocumentState(network, Dataset({"x": Column([F(2)]), "y": Column([F(2)])}), TrainingSettings())


def _two_inputs() -> DocumentState:
    """x1 = 3 by -2 and x2 = 2 by 1, with the bias 5."""
    network = Network(
        (InputNode("x1", "x1"), InputNode("x2", "x2"), Neuron("n", bias=F(5))),
        (Edge("w1", "x1", "n", F(-2)), Edge("w2", "x2", "n", F(1))),
        (Output("n", "y"),),
    )
    data = Dataset({"x1": Column([F(3)]), "x2": Column([F(2)]), "y": Column([F(0)])})
    return DocumentState(network, data, TrainingSettings())


def _logistic(loss: str = "cross_entropy") -> DocumentState:
    """z = 2x - 1 at x = 1 and x = 0, with the labels 1 and 0: z is 1 and -1."""
    network = Network(
        (InputNode("x", "x"), Neuron("n", bias=F(-1), activation="sigmoid")),
        (Edge("a", "x", "n", F(2)),),
        (Output("n", "y"),),
    )
    data = Dataset({"x": Column([F(1), F(0)]), "y": Column([F(1), F(0)])})
    return DocumentState(network, data, TrainingSettings(loss=loss))


def _bent(loss: str = "squared_error") -> DocumentState:
    """z = 2 - 2 = 0 at x = 1, so that sigma is 1/2 and its slope 1/4; the target is 1."""
    network = Network(
        (InputNode("x", "x"), Neuron("n", bias=F(-2), activation="sigmoid")),
        (Edge("a", "x", "n", F(2)),),
        (Output("n", "y"),),
    )
    return DocumentState(network, Dataset({"x": Column([F(1)]), "y": Column([F(1)])}), TrainingSettings(loss=loss))


S1 = 1 / (1 + math.exp(-1))  # 0.7310586 and 1 - S1 = 0.2689414

# The state, what is asked, what is right, what is typed, the errors that may be named for it.
CASES: list[tuple[DocumentState, str, Number, str, set[str]]] = [
    # the gradient of the lecture
    (lecture_state(), "gradient:a", F(-136, 3), "-14", {"forgot_input"}),
    (lecture_state(), "gradient:a", F(-136, 3), "-68/3", {"factor_two_missing"}),
    (lecture_state(), "gradient:n.bias", F(-14), "-7", {"factor_two_missing"}),
    (lecture_state(), "gradient:a", F(-136, 3), "-272/3", {"sum_for_mean"}),
    (lecture_state(), "gradient:n.bias", F(-14), "-28", {"sum_for_mean"}),
    (lecture_state(), "gradient:a", F(-136, 3), "136/3", {"opposite_sign"}),
    (lecture_state(), "gradient:n.bias", F(-14), "14", {"opposite_sign"}),
    (lecture_state(), "gradient:n.bias", F(-14), "-136/3", {"extra_input"}),
    (lecture_state(), "gradient:a", F(-136, 3), "-32/3", {"one_row_only"}),  # 1/2 · 2 · (-16/3) · 2
    (lecture_state(), "gradient:a", F(-136, 3), "-208/3", {"one_row_only"}),  # 2 · (-26/3) · 4, before the mean
    (_with("sum"), "gradient:a", F(-272, 3), "-136/3", {"mean_for_sum", "factor_two_missing"}),
    (_with("half_mean"), "gradient:a", F(-68, 3), "-136/3", {"factor_two_extra", "sum_for_mean"}),
    (lecture_state(), "part:a:2", F(-104, 3), "-52/3", {"factor_two_missing"}),
    (lecture_state(), "part:a:2", F(-104, 3), "-26/3", {"forgot_input"}),
    # the step
    (lecture_state(), "next:a", F(83, 45), "-53/45", {"uphill"}),
    (lecture_state(), "next:n.bias", F(-83, 15), "-97/15", {"uphill"}),
    (lecture_state(), "next:n.bias", F(-83, 15), "-1313/225", {"one_after_other"}),
    (lecture_state(), "next:n.bias", F(-83, 15), "8", {"forgot_rate"}),  # -6 + 14
    (lecture_state(), "next:a", F(83, 45), "137/3", {"forgot_rate"}),  # 1/3 + 136/3
    (lecture_state(), "next:a", F(83, 45), "-68/45", {"step_alone"}),  # -136/90
    (lecture_state(), "next:n.bias", F(-83, 15), "-6", {"step_alone"}),
    (lecture_state(), "next:a", F(83, 45), "4/5", {"forgot_input"}),  # 1/3 + 14/30
    (lecture_state(), "next:a", F(83, 45), "49/45", {"factor_two_missing"}),  # 1/3 + 68/90
    # the prediction
    (lecture_state(), "edge:a", F(1, 3), "-6", {"other_parameter"}),
    (lecture_state(), "bias:n", F(-6), "1/3", {"other_parameter"}),
    (lecture_state(), "share:a:1", F(-64, 3), "-32/3", {"forgot_input", "factor_two_missing"}),
    (lecture_state(), "product:a:2", F(4, 3), "13/3", {"sum_for_product"}),  # 1/3 + 4
    (_two_inputs(), "product:w1:1", F(-6), "-4", {"other_input"}),  # -2 · 2
    (_two_inputs(), "product:w1:1", F(-6), "2", {"other_input"}),  # 1 · 2
    (lecture_state(), "output:1", F(-16, 3), "2/3", {"forgot_bias"}),
    (lecture_state(), "output:1", F(-16, 3), "20/3", {"bias_sign"}),
    (lecture_state(), "output:1", F(-16, 3), "-35/3", {"swapped_parameters"}),  # -6 · 2 + 1/3
    (lecture_state(), "output:1", F(-16, 3), "-4", {"product_for_sum", "sum_for_product"}),  # 1/3 · 2 · -6, and 2 - 6
    (lecture_state(), "output:1", F(-16, 3), "-11/3", {"sum_for_product"}),  # 1/3 + 2 - 6
    (lecture_state(), "z:n:1", F(-16, 3), "-14/3", {"other_row"}),
    (lecture_state(), "output:2", F(-14, 3), "-16/3", {"other_row"}),
    # residuals, squares, loss
    (lecture_state(), "residual:2", F(-26, 3), "26/3", {"opposite_sign"}),
    (lecture_state(), "residual:2", F(-26, 3), "-16/3", {"other_row"}),
    (lecture_state(), "residual:2", F(-26, 3), "-14/3", {"forgot_target"}),
    (lecture_state(), "residual:2", F(-26, 3), "-2/3", {"forgot_target"}),  # -14/3 + 4
    (lecture_state(), "slope:2", F(-26, 3), "-13/3", {"factor_two_missing"}),
    (lecture_state(), "slope:2", F(-26, 3), "-52/3", {"sum_for_mean", "factor_two_extra"}),
    (lecture_state(), "loss", F(466, 9), "128/9", {"one_row_only"}),  # 256/9 / 2
    (lecture_state(), "loss", F(466, 9), "676/9", {"one_row_only"}),
    (lecture_state(), "square:1", F(256, 9), "-16/3", {"not_squared"}),
    (lecture_state(), "square:1", F(256, 9), "16/3", {"not_squared"}),
    (lecture_state(), "square:1", F(256, 9), "32/3", {"not_squared"}),
    (lecture_state(), "square:1", F(256, 9), "-256/9", {"not_squared", "opposite_sign"}),
    (lecture_state(), "loss", F(466, 9), "932/9", {"sum_for_mean"}),
    (lecture_state(), "loss", F(466, 9), "-7", {"not_squared"}),  # (-16/3 - 26/3) / 2
    (lecture_state(), "loss", F(466, 9), "7", {"not_squared", "absolute_values"}),
    (lecture_state(), "loss", F(466, 9), "98", {"square_of_sum"}),  # 14² / 2
    (lecture_state(), "loss", F(466, 9), "49", {"square_of_sum"}),  # 7²
    (lecture_state(), "loss", F(466, 9), "9/466", {"upside_down"}),
    (lecture_state(), "squares", F(932, 9), "466/9", {"mean_for_sum"}),
    # any number
    (lecture_state(), "gradient:a", F(-136, 3), "-54.33", {"digits_exchanged"}),
    (lecture_state(), "gradient:a", F(-136, 3), "-163/3", {"digits_exchanged"}),
    (lecture_state(), "gradient:a", F(-136, 3), "-4.533", {"decimal_place"}),
    (lecture_state(), "gradient:a", F(-136, 3), "-453.3", {"decimal_place"}),
    # two neurons: dL/da = 2 · 2 · 3 · 1 · 2 = 24
    (_chain(), "gradient:w", F(24), "8", {"forgot_weight_back"}),
    (_chain(), "gradient:w", F(24), "12", {"factor_two_missing", "forgot_input"}),
    (_chain(), "value:h:1", F(1), "5/2", {"sum_for_product"}),  # 1/2 + 2
    (_chain(), "value:h:1", F(1), "0", {"rectifier_turned"}),  # max(0, 1) is 1
    (lecture_state(), "product:a:1", F(2, 3), "4/3", {"other_row"}),  # 1/3 · 4
    # the sigmoid: z is 1 in row 1
    (_logistic(), "output:1", S1, "1", {"forgot_activation"}),
    (_logistic(), "output:1", S1, "0.2689", {"exponent_sign", "other_row"}),
    (_logistic(), "output:1", S1, "0.8808", {"forgot_bias"}),  # 1/(1 + e^-2) = 0.880797
    (_logistic(), "output:1", S1, "73.1", {"percent"}),
    (_logistic(), "rowloss:1", -math.log(S1), "0.1360", {"log_base_ten"}),  # 0.313262 / 2.302585
    (_logistic(), "rowloss:1", -math.log(S1), "1.313", {"wrong_label"}),  # -ln 0.2689414
    (_logistic(), "gradient:a", (S1 - 1) / 2, "0.1345", {"opposite_sign"}),
    # (σ - y) σ (1 - σ) / 2, where the factor has cancelled: -0.2689414 · 0.1966119 / 2
    (_logistic(), "gradient:a", (S1 - 1) / 2, "-0.02644", {"slope_twice"}),
    # -1/σ / 2 = -0.683940
    (_logistic(), "gradient:a", (S1 - 1) / 2, "-0.6839", {"outside_only"}),
    # squared error behind a sigmoid at z = 0: 2 (1/2 - 1) · 1/4 = -1/4
    (_bent(), "gradient:a", -0.25, "-1", {"outside_only"}),
    (_bent(), "gradient:a", -0.25, "-1/2", {"sigma_for_slope", "factor_two_extra"}),
    (_logistic(), "bend:n:1", S1 * (1 - S1), "0.7311", {"sigma_for_slope"}),
    (_logistic(), "bend:n:1", S1 * (1 - S1), "0.2689", {"sigma_for_slope"}),
]


# What a box's formula is, the values in it, what is right, what is typed, the error; nothing says what it is about.
FORMULAS: list[tuple[str, Number, str, str]] = [
    ("{edge:a}*{data:x:1} + {bias:n}", F(-16, 3), "2/3", "part_left_out"),
    ("{edge:a}*{data:x:1} + {bias:n}", F(-16, 3), "20/3", "sign_of_a_part"),
    ("{edge:a}*{data:x:1} + {bias:n}", F(-16, 3), "-11/3", "other_operation"),  # 1/3 + 2 - 6
    ("{edge:a}*{data:x:1} + {bias:n}", F(-16, 3), "-17/3", "part_left_out"),  # 1/3 - 6
    ("-ln(0.8)", -math.log(0.8), "0.0969", "log_base_ten"),  # -lg 0.8
    ("-ln(0.8)", -math.log(0.8), "1.609", "wrong_label"),  # -ln 0.2
    ("({residual:1}^2 + {residual:2}^2)/{n}", F(466, 9), "932/9", "other_operation"),
    ("({residual:1}^2 + {residual:2}^2)/{n}", F(466, 9), "128/9", "part_left_out"),
    ("({residual:1}^2 + {residual:2}^2)/{n}", F(466, 9), "290/9", "other_operation"),  # (2 · -16/3 + 676/9)/2
]


@pytest.mark.parametrize("case", CASES, ids=[f"{case[1]} {case[3]}" for case in CASES])
def test_each_known_error_is_named(case: tuple[DocumentState, str, Number, str, set[str]]) -> None:
    state, about, expected, typed, names = case
    question = _ask(state, about, expected)
    verdict = check(typed, question)
    assert verdict.state == "wrong"
    assert verdict.error in names
    found = {slip.error for slip in slips_in(Case(question, read_number(typed))) if _fits(typed, slip.value)}
    assert names <= found, "each of them gives this number"


@pytest.mark.parametrize("case", FORMULAS, ids=[f"{case[0]} {case[2]}" for case in FORMULAS])
def test_a_formula_of_one_s_own_tells_its_slips(case: tuple[str, Number, str, str]) -> None:
    formula, expected, typed, error = case
    context = Live(lecture_state()).context()
    verdict = check(typed, Question("q", "number", expected=expected, formula=formula, context=context))
    assert (verdict.state, verdict.error) == ("wrong", error)


def test_what_is_known_of_the_neuron_is_told_before_what_the_formula_tells() -> None:
    formula = "{edge:a}*{data:x:1} + {bias:n}"
    question = _ask(lecture_state(), "output:1", F(-16, 3), formula=formula, context=Live(lecture_state()).context())
    verdict = check("2/3", question)
    assert verdict.error == "forgot_bias"
    assert "also" not in verdict.message
    assert "same comes out" not in verdict.message


def _fits(typed: str, value: Number) -> bool:
    number = read_number(typed)
    if number.value == value:
        return True
    return number.is_decimal and abs(F(number.value) - F(value)) <= number.unit / 2


def test_what_gives_the_same_number_is_named_too() -> None:
    message = check("-272/3", _ask(lecture_state(), "gradient:a", F(-136, 3))).message
    assert message.startswith("That is the gradient of the sum. L here is the mean: divide by n.")
    assert "there is a factor 2 too many" in message


def test_going_uphill_is_told_with_the_loss_that_it_leads_to() -> None:
    # At a = -53/45, b = -97/15 the residuals are -79/9 and -688/45, so the loss is 154.1.
    message = check("-53/45", _ask(lecture_state(), "next:a", F(83, 45))).message
    residuals = (F(-53, 45) * 2 - F(97, 15), F(-53, 45) * 4 - F(97, 15) - 4)
    assert f"{float(sum(r * r for r in residuals) / 2):.1f}" == "154.1"
    assert message == "You went uphill (the loss would be 154.1). Subtract."


def test_the_usability_task() -> None:
    """Points (1, 2) and (3, 5), a = 1/2, b = -1: the gradient is (-16, -7)."""
    state = lecture_state()
    network = state.network.with_parameters({"a": F(1, 2), "n.bias": F(-1)})
    data = Dataset({"x": Column([F(1), F(3)]), "y": Column([F(2), F(5)])})
    question = _ask(replace(state, network=network, dataset=data), "gradient:a", F(-16))
    for text in ("-16", "-32/2", "-16,0"):
        assert check(text, question).state == "right"
    assert check("16", question).error == "opposite_sign"
    assert check("-8", question).error == "factor_two_missing"
    assert check("-32", question).error == "sum_for_mean"
    for text in ("", "1//2"):
        assert not check(text, question).is_attempt


ASKED = [
    *(f"gradient:{name}" for name in ("a", "n.bias")),
    *(f"next:{name}" for name in ("a", "n.bias")),
    *(f"{kind}:{row}" for kind in ("output", "residual", "square", "rowloss", "z:n", "part:a") for row in (1, 2)),
    "loss",
    "squares",
]


def test_whoever_is_right_is_never_accused() -> None:
    """On 200 random neurons with small numbers, where slips give the right number by chance again and again."""
    generator = random.Random(11)  # noqa: S311 - the same numbers in each run
    for _ in range(200):
        numbers = [F(generator.randint(-4, 4), generator.choice((1, 1, 2))) for _ in range(6)]
        state = lecture_state()
        network = state.network.with_parameters({"a": numbers[0], "n.bias": numbers[1]})
        data = Dataset({"x": Column(numbers[2:4]), "y": Column(numbers[4:6])})
        state = replace(state, network=network, dataset=data)
        about = generator.choice(ASKED)
        expected = _right(state, about)
        assert check(str(expected), _ask(state, about, expected)).state == "right"


def _right(state: DocumentState, about: str) -> F:
    """By the formulas of the lecture, written out once more."""
    a, b = (F(state.network.parameters[name]) for name in ("a", "n.bias"))
    xs, ys = ([F(state.dataset.columns[name][i]) for i in range(2)] for name in ("x", "y"))
    r = [a * x + b - y for x, y in zip(xs, ys, strict=True)]
    slopes = {"a": r[0] * xs[0] + r[1] * xs[1], "n.bias": r[0] + r[1]}
    kind, *rest = about.split(":")
    row = int(rest[-1]) - 1 if rest and rest[-1].isdigit() else 0
    match kind:
        case "gradient":
            return slopes[rest[0]]
        case "next":
            return (a if rest[0] == "a" else b) - slopes[rest[0]] / 30
        case "output" | "z":
            return a * xs[row] + b
        case "residual":
            return r[row]
        case "square" | "rowloss":
            return r[row] ** 2
        case "part":
            return r[row] * xs[row]
        case "loss":
            return (r[0] ** 2 + r[1] ** 2) / 2
        case _:
            return r[0] ** 2 + r[1] ** 2


def test_every_known_error_is_met_by_a_test() -> None:
    """Those of numbers here, those of formulas in the tests of formulas."""
    met = {name for case in CASES for name in case[4]} | {name for case in DERIVATIVES for name in case[3]}
    met |= {case[3] for case in FORMULAS}
    assert met == set(KNOWN_ERRORS)


def test_no_message_judges_the_learner() -> None:
    said = []
    for state, about, expected, typed, _ in CASES:
        said += [slip.message for slip in slips_in(Case(_ask(state, about, expected), read_number(typed)))]
    for formula in ("x^2/(1+x)", "ln(3x)*e^(-x)", "2^x", "sigma(2x)", "3x^2"):
        question = Question("q", "expression", expected="x", about="derivative:x", formula=formula)
        said += [slip.message for slip in formula_slips_in(Case(question))]
    assert len(said) > 300
    for message in said:
        assert message.endswith((".", "?"))
        assert not any(word in message.lower() for word in ("wrong", "false", "incorrect", "mistake", "error"))
        assert len(message) <= 160
