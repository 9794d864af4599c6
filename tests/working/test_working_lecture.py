"""The worked example of the lecture: fifteen lines, written down by hand from its slides."""

from dataclasses import replace
from fractions import Fraction

import pytest

from neurosim.engine.evaluate import evaluate
from neurosim.engine.exact_step import exact_step
from neurosim.engine.settings import OptimizerSettings, Reduction, TrainingSettings
from neurosim.markup.tree import Mark, walk
from neurosim.markup.write_text import write_text
from neurosim.working.copying import line_latex, line_speech, step_text
from neurosim.working.lecture_form import lecture_form
from neurosim.working.line import Line
from neurosim.working.working import Working, step_lines
from pencil import work_out
from samples import lecture_state

LINES = [
    ("forward", 0, "Multiply the input by its weight", ["a · x₁ = 1/3 · 2 = 2/3"]),
    ("forward", 0, "Add the bias", ["z₁ = a · x₁ + b = 2/3 + (−6) = −16/3"]),
    ("forward", 0, "Apply the activation", ["ŷ₁ = f(z₁) = z₁ = −16/3"]),
    ("forward", 1, "Multiply the input by its weight", ["a · x₂ = 1/3 · 4 = 4/3"]),
    ("forward", 1, "Add the bias", ["z₂ = a · x₂ + b = 4/3 + (−6) = −14/3"]),
    ("forward", 1, "Apply the activation", ["ŷ₂ = f(z₂) = z₂ = −14/3"]),
    (
        "loss",
        None,
        "Compare each prediction with its target",
        ["r₁ = ŷ₁ − y₁ = −16/3 − 0 = −16/3", "r₂ = ŷ₂ − y₂ = −14/3 − 4 = −26/3"],
    ),
    ("loss", None, "Square each residual", ["r₁² = (−16/3)² = 256/9", "r₂² = (−26/3)² = 676/9"]),
    (
        "loss",
        None,
        "Take the mean of the squares",
        ["L = (r₁² + r₂²)/n = (256/9 + 676/9)/2 = 466/9 ~ 51.78"],
    ),
    (
        "backward",
        None,
        "Differentiate the loss by each prediction",
        ["∂L/∂ŷ₁ = 2 · r₁/n = 2 · (−16/3)/2 = −16/3", "∂L/∂ŷ₂ = 2 · r₂/n = 2 · (−26/3)/2 = −26/3"],
    ),
    (
        "backward",
        None,
        "What the prediction changes by with each parameter",
        ["∂ŷ/∂a = x", "∂ŷ/∂b = 1"],
    ),
    (
        "backward",
        None,
        "The gradient of the weight a, added up over the rows",
        ["∂L/∂a = ∂L/∂ŷ₁ · x₁ + ∂L/∂ŷ₂ · x₂ = (−16/3) · 2 + (−26/3) · 4 = −136/3"],
    ),
    (
        "backward",
        None,
        "The gradient of the bias, added up over the rows",
        ["∂L/∂b = ∂L/∂ŷ₁ + ∂L/∂ŷ₂ = −16/3 + (−26/3) = −42/3 = −14"],
    ),
    (
        "update",
        None,
        "Step against the gradient",
        [
            "a^new = a − η · ∂L/∂a = 1/3 − 1/30 · (−136/3) = 83/45",
            "b^new = b − η · ∂L/∂b = −6 − 1/30 · (−42/3) = −83/15",
        ],
    ),
    ("update", None, "Apply both together", ["a = 83/45", "b = −83/15", "L = 8149/2025 ~ 4.024"]),
]


@pytest.fixture
def working() -> Working:
    state = lecture_state()
    return step_lines(state.network, state.dataset, state.training)


def texts(line: Line) -> list[str]:
    return [write_text(equation.markup) for equation in line.equations]


def test_the_fifteen_lines(working: Working) -> None:
    found = [(line.phase, line.row, line.title, texts(line)) for line in working.lines]
    assert found == LINES
    assert [line.number for line in working.lines] == list(range(1, 16))
    assert working.problem is None
    assert working.rounded is None
    assert working.hidden_rows == 0


def test_what_each_line_lights_up(working: Working) -> None:
    both = {"row:0", "row:1"}
    assert [set(line.refs) for line in working.lines] == [
        {"x", "a", "a.product", "row:0"},
        {"n.bias", "n", "n.sum", "row:0"},
        {"n", "n.activation", "output:n", "row:0"},
        {"x", "a", "a.product", "row:1"},
        {"n.bias", "n", "n.sum", "row:1"},
        {"n", "n.activation", "output:n", "row:1"},
        {"output:n", *both},
        {"output:n", *both},
        {"output:n", "loss", *both},
        {"output:n", *both},
        {"x", "a", "a.factor", "n.bias", "n.bias.factor"},
        {"a", "a.gradient", *both},
        {"n.bias", "n.bias.gradient", *both},
        {"a", "n.bias"},
        {"a", "n.bias", "loss"},
    ]


def test_what_the_terms_of_a_line_light_up(working: Working) -> None:
    def refs(line: int) -> list[set[str]]:
        markup = working.lines[line - 1].markup
        assert markup is not None
        return [set(part.refs) for part in walk(markup) if isinstance(part, Mark)]

    assert {"n", "n.sum", "row:0"} in refs(2)  # z
    assert {"a", "a.product", "x", "row:0"} in refs(2)  # a x as one quantity
    assert {"n", "n.activation", "output:n", "row:0"} in refs(3)  # ŷ
    assert {"output:n", "row:1"} in refs(7)  # r
    assert {"a", "a.gradient"} in refs(12)


def test_notes_say_once_what_must_be_said(working: Working) -> None:
    notes = [line.note for line in working.lines]
    assert notes[2] == "Identity: f(z) = z, nothing happens."
    assert notes[5] == ""
    assert notes[13] == "Both from the OLD a and b; nothing has moved yet."
    assert notes[14] == "The loss falls from 466/9 to 8149/2025."


def test_terms_carry_their_colours(working: Working) -> None:
    markup = working.lines[1].markup
    assert markup is not None
    marks = [part for part in walk(markup) if isinstance(part, Mark)]
    assert {part.role for part in marks if part.refs == {"n.bias"}} == {"negative"}
    assert {part.role for part in marks if part.refs == {"a"}} == {"positive"}
    pending = working.lines[13].equations[0].result
    assert isinstance(pending, Mark)
    assert (pending.role, pending.emphasis, pending.refs) == ("next", "pending", {"a"})


def test_a_line_opens_into_its_rows(working: Working) -> None:
    assert [texts(line) for line in working.lines[10].details] == [
        ["∂ŷ₁/∂a = x₁ = 2", "∂ŷ₁/∂b = 1"],
        ["∂ŷ₂/∂a = x₂ = 4", "∂ŷ₂/∂b = 1"],
    ]


def test_the_numbers_behind_the_lines(working: Working) -> None:
    assert working.lines[8].value == Fraction(466, 9)
    assert working.lines[11].value == Fraction(-136, 3)
    assert working.pending == {"a": Fraction(83, 45), "n.bias": Fraction(-83, 15)}
    assert working.after is not None
    assert working.after.loss == Fraction(8149, 2025)


def test_the_second_and_third_step() -> None:
    state = lecture_state()
    network, training = state.network, state.training
    expected = [
        (Fraction(83, 45), Fraction(-83, 15)),
        (Fraction(1522, 675), Fraction(-27, 5)),
        (Fraction(4789, 2025), Fraction(-18082, 3375)),
    ]
    for a, b in expected:
        found = step_lines(network, state.dataset, training)
        assert found.pending == {"a": a, "n.bias": b}
        step = exact_step(network, state.dataset, training)
        assert step is not None
        network, training = step


def test_one_row_alone_still_adds_up_to_the_whole() -> None:
    state = lecture_state()
    found = step_lines(state.network, state.dataset, state.training, rows=[1])
    assert [line.row for line in found.lines[:3]] == [1, 1, 1]
    assert found.lines[3].title == "… 1 other row, worked out alike …"
    gradient = next(line for line in found.lines if "weight a" in line.title)
    assert texts(gradient) == ["∂L/∂a = ∂L/∂ŷ₂ · x₂ + Σ_(1 more row) ∂L/∂ŷᵢ · xᵢ = (−26/3) · 4 + (−32/3) = −136/3"]


def test_decimal_mode_and_decimal_comma() -> None:
    state = lecture_state()
    found = step_lines(state.network, state.dataset, state.training, mode="decimal", decimal=",")
    assert texts(found.lines[0]) == ["a · x₁ = ~0,3333 · 2 ~ 0,6667"]
    assert texts(found.lines[12])[0].endswith("~−5,333 + (~−8,667) = −14")
    both = step_lines(state.network, state.dataset, state.training, mode="both")
    assert texts(both.lines[0]) == ["a · x₁ = 1/3 · 2 = 2/3 ~ 0.6667"]


# -- the lecture's own form ----------------------------------------------------------------------------------------


def form(reduction: Reduction = "mean") -> list[str]:
    state = lecture_state()
    training = replace(state.training, reduction=reduction)
    lines = lecture_form(evaluate(state.network, state.dataset, training))
    assert lines is not None
    return [text for line in lines for text in texts(line)]


def test_the_lectures_own_form() -> None:
    assert form() == [
        "∂MSE/∂a = 1/n Σᵢ −2xᵢ(yᵢ − ŷᵢ) = 1/2[−4(0 + 16/3) − 8(4 + 14/3)] = −32/3 − 104/3 = −136/3",
        "∂MSE/∂b = 1/n Σᵢ −2(yᵢ − ŷᵢ) = 1/2[−2(0 + 16/3) − 2(4 + 14/3)] = −16/3 − 26/3 = −42/3 = −14",
        "a^new = a − η · ∂L/∂a = 1/3 + 136/90 = 83/45",
        "b^new = b − η · ∂L/∂b = −6 + 42/90 = −83/15",
    ]


@pytest.mark.parametrize("reduction", ["sum", "mean", "half_sum", "half_mean"])
def test_the_form_of_every_convention_adds_up(reduction: Reduction) -> None:
    state = lecture_state()
    training = replace(state.training, reduction=reduction)
    lines = lecture_form(evaluate(state.network, state.dataset, training))
    assert lines is not None
    for equation in (equation for line in lines for equation in line.equations):
        assert equation.numbers is not None
        for part in (equation.numbers, *equation.steps):
            assert work_out(part).low == equation.value


def test_the_form_is_refused_where_it_does_not_fit() -> None:
    state = lecture_state()
    network = state.network
    sigmoid = network.with_node(replace(network.neurons[0], activation="sigmoid"))
    assert lecture_form(evaluate(sigmoid, state.dataset, state.training)) is None
    for training in (
        TrainingSettings(loss="absolute_error"),
        TrainingSettings(l2=Fraction(1)),
        TrainingSettings(batch_size=1),
    ):
        assert lecture_form(evaluate(network, state.dataset, training)) is None
    rounded = network.with_parameters({"a": 0.3})
    assert lecture_form(evaluate(rounded, state.dataset, state.training)) is None


# -- copies --------------------------------------------------------------------------------------------------------


def test_a_line_as_latex_and_as_speech(working: Working) -> None:
    assert line_latex(working.lines[0]) == r"a \cdot x_{1} = \frac{1}{3} \cdot 2 = \frac{2}{3}"
    assert line_latex(working.lines[7]) == (
        "\\begin{aligned}\n"
        r"r_{1}^{2} &= \left( -\frac{16}{3} \right)^{2} = \frac{256}{9} \\"
        "\n"
        r"r_{2}^{2} &= \left( -\frac{26}{3} \right)^{2} = \frac{676}{9}"
        "\n\\end{aligned}"
    )
    assert line_speech(working.lines[1]) == (
        "Row 1. Add the bias. z sub 1 equals a times x sub 1 plus b "
        "equals 2 over 3 plus minus 6 equals minus 16 over 3."
    )


def test_a_step_as_text_keeps_equals_signs_under_one_another(working: Working) -> None:
    text = step_text(working)
    assert "    a^new = a − η · ∂L/∂a = 1/3 − 1/30 · (−136/3) = 83/45\n" in text
    assert "    b^new = b − η · ∂L/∂b = −6 − 1/30 · (−42/3)   = −83/15\n" in text
    assert [part.splitlines()[0] for part in text.split("\n\n")] == ["Forward", "Loss", "Backward", "Update"]


@pytest.mark.parametrize("optimizer", ["sgd", "adamw"])
def test_an_update_beyond_float64_is_not_written_down(optimizer: str) -> None:
    state = lecture_state()
    rate = replace(state.training, learning_rate=Fraction(10) ** 308, optimizer=OptimizerSettings(optimizer))
    found = step_lines(state.network, state.dataset, rate)
    assert found.problem is not None
    assert "choose a smaller learning rate" in found.problem
    assert {line.phase for line in found.lines} == {"forward", "loss", "backward"}
    assert not found.pending
    assert "Infinity" not in step_text(found)
