"""Worked examples of others, followed number by number: Mazur's backpropagation step, the logistic neuron."""

import math
from fractions import Fraction

import pytest

from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.markup.tree import Mark, walk
from neurosim.markup.write_text import write_text
from neurosim.working.line import Equation
from neurosim.working.working import Working, step_lines
from pencil import check

# -- M. Mazur, "A step by step backpropagation example", 2015: two inputs, two hidden and two output neurons ---------


def mazur() -> Working:
    biases = {"h1": "0.35", "h2": "0.35", "o1": "0.60", "o2": "0.60"}
    weights = {
        "w1": ("i1", "h1", "0.15"),
        "w2": ("i2", "h1", "0.20"),
        "w3": ("i1", "h2", "0.25"),
        "w4": ("i2", "h2", "0.30"),
        "w5": ("h1", "o1", "0.40"),
        "w6": ("h2", "o1", "0.45"),
        "w7": ("h1", "o2", "0.50"),
        "w8": ("h2", "o2", "0.55"),
    }
    network = Network(
        (
            InputNode("i1", "i1"),
            InputNode("i2", "i2"),
            *(Neuron(n, bias=Fraction(b), activation="sigmoid", trainable=False) for n, b in biases.items()),
        ),
        tuple(Edge(name, source, target, Fraction(w)) for name, (source, target, w) in weights.items()),
        (Output("o1", "t1"), Output("o2", "t2")),
    )
    row = {"i1": "0.05", "i2": "0.10", "t1": "0.01", "t2": "0.99"}
    dataset = Dataset({name: Column((Fraction(value),)) for name, value in row.items()})
    return step_lines(network, dataset, TrainingSettings(reduction="half_sum", learning_rate=Fraction(1, 2)))


def by_left(working: Working) -> dict[str, Equation]:
    """Each equation by what it works out, such as ``z_h₁``; of several with one left side the first."""
    found: dict[str, Equation] = {}
    for line in working.lines:
        for equation in line.equations:
            found.setdefault(write_text(equation.chain[0]), equation)
    return found


PRINTED = {
    "z_h₁": 0.3775,
    "a_h₁": 0.593269992,
    "a_h₂": 0.596884378,
    "z_o₁": 1.105905967,
    "ŷ_o₁": 0.75136507,
    "ŷ_o₂": 0.772928465,
    "L": 0.298371109,
    "∂L/∂ŷ_o₁": 0.74136507,
    "σ′(z_o₁)": 0.186815602,
    "∂z_o₁/∂w₅": 0.593269992,
    "∂L/∂z_o₁": 0.138498562,
    "∂L/∂w₅": 0.082167041,
    "∂L/∂a_h₁": 0.036350306,
    "σ′(z_h₁)": 0.241300709,
    "∂z_h₁/∂w₁": 0.05,
    "∂L/∂w₁": 0.000438568,
    "w₅^new": 0.35891648,
    "w₆^new": 0.408666186,
    "w₇^new": 0.511301270,
    "w₈^new": 0.561370121,
    "w₁^new": 0.149780716,
    "w₂^new": 0.19956143,
    "w₃^new": 0.24975114,
    "w₄^new": 0.29950229,
}
"""As printed in the article."""


def test_mazur_can_be_followed_number_by_number() -> None:
    found = by_left(mazur())
    for left, printed in PRINTED.items():
        digits = len(repr(printed).partition(".")[2])
        value = found[left].value
        assert value is not None
        assert float(value) == pytest.approx(printed, abs=0.6 * 10.0**-digits), left


def test_mazurs_chain_is_three_factors() -> None:
    """His "putting it all together": 0.74136507 * 0.186815602 * 0.593269992 = 0.082167041."""
    found = by_left(mazur())
    assert write_text(found["∂L/∂z_o₁"].markup) == ("∂L/∂z_o₁ = ∂L/∂ŷ_o₁ · σ′(z_o₁) = ~0.741365 · ~0.186816 ~ 0.138499")
    assert write_text(found["∂L/∂w₅"].markup) == "∂L/∂w₅ = ∂L/∂z_o₁ · a_h₁ = ~0.138499 · ~0.59327 ~ 0.082167"
    assert write_text(found["z_h₁"].markup) == ("z_h₁ = w₁ · i₁ + w₂ · i₂ + b_h₁ = 3/400 + 1/50 + 7/20 = 151/400")
    assert write_text(found["w₅^new"].markup) == "w₅^new = w₅ − η · ∂L/∂w₅ = 2/5 − 1/2 · ~0.082167 ~ 0.358916"


def test_mazurs_lines_can_be_worked_out() -> None:
    working = mazur()
    tally = check(working.lines, write_text)
    assert tally.sharp == tally.checked > 40
    assert "frozen" in working.lines[-2].note.lower()
    assert working.rounded == "Sigmoid takes fractions to irrational numbers, so what follows h1 is rounded."


# -- slide 15: the logistic neuron, here with two inputs -------------------------------------------------------------


def logistic(target: Fraction = Fraction(1)) -> Working:
    network = Network(
        (InputNode("x1", "x1"), InputNode("x2", "x2"), Neuron("n", "p", Fraction(-1), activation="sigmoid")),
        (Edge("w1", "x1", "n", Fraction(1, 2)), Edge("w2", "x2", "n", Fraction(-1, 4))),
        (Output("n", "y"),),
    )
    columns = {"x1": (Fraction(3), Fraction(1)), "x2": (Fraction(2), Fraction(4)), "y": (target, Fraction(0))}
    dataset = Dataset({name: Column(values) for name, values in columns.items()})
    training = TrainingSettings(loss="cross_entropy", learning_rate=Fraction(1, 2))
    return step_lines(network, dataset, training)


P = 1 / (1 + math.exp(0))  # z = 3/2 - 1/2 - 1 = 0
Q = 1 / (1 + math.exp(1.5))  # z = 1/2 - 1 - 1 = -3/2


def test_sigma_minus_y_is_one_line_that_opens_into_three_factors() -> None:
    working = logistic()
    line = next(line for line in working.lines if line.phase == "backward")
    assert [write_text(equation.markup) for equation in line.equations] == [
        "∂L/∂z⁽¹⁾ = (σ(z⁽¹⁾) − y⁽¹⁾)/n = (~0.5 − 1)/2 ~ −0.25",
        "∂L/∂z⁽²⁾ = (σ(z⁽²⁾) − y⁽²⁾)/n = (~0.182426 − 0)/2 ~ 0.0912128",
    ]
    assert [equation.value for equation in line.equations] == pytest.approx([(P - 1) / 2, Q / 2])
    by_p, by_z, product, left = line.details
    assert write_text(by_p.equations[0].markup) == "∂ℓ/∂ŷ⁽¹⁾ = −1/ŷ⁽¹⁾ = −1/~0.5 ~ −2"
    assert write_text(by_z.equations[0].markup) == "∂ŷ⁽¹⁾/∂z⁽¹⁾ = ŷ⁽¹⁾ · (1 − ŷ⁽¹⁾) = ~0.5 · (1 − ~0.5) ~ 0.25"
    assert write_text(left.equations[1].markup) == "∂ℓ/∂z⁽²⁾ = ŷ⁽²⁾ = ŷ⁽²⁾ − y⁽²⁾ = ~0.182426 − 0 ~ 0.182426"
    struck = [
        write_text(part)
        for part in walk(product.equations[0].markup)
        if isinstance(part, Mark) and part.emphasis == "cancelled"
    ]
    assert struck == ["ŷ⁽¹⁾", "ŷ⁽¹⁾", "~0.5", "~0.5"]


def test_a_soft_target_keeps_both_fractions() -> None:
    working = logistic(Fraction(1, 4))
    line = next(line for line in working.lines if line.phase == "backward")
    assert write_text(line.details[0].equations[0].markup) == (
        "∂ℓ/∂ŷ⁽¹⁾ = −y⁽¹⁾/ŷ⁽¹⁾ + (1 − y⁽¹⁾)/(1 − ŷ⁽¹⁾) = −0.25/~0.5 + (1 − 0.25)/(1 − ~0.5) ~ 1"
    )
    check(working.lines, write_text)


def test_cross_entropy_comes_from_the_logit_and_opens_into_the_textbook_form() -> None:
    working = logistic()
    line = next(line for line in working.lines if line.phase == "loss")
    first = line.equations[0]
    assert write_text(first.markup) == "ℓ⁽¹⁾ = ln(1 + e^(−z⁽¹⁾)) = ln(1 + e⁻⁰) ~ 0.693147"
    assert first.value == pytest.approx(math.log(2))
    opened = line.details[0].equations[0]
    assert write_text(opened.markup).startswith("ℓ⁽¹⁾ = −y⁽¹⁾ · ln(ŷ⁽¹⁾) − (1 − y⁽¹⁾) · ln(1 − ŷ⁽¹⁾) = ")
    tally = check(working.lines, write_text)
    assert tally.checked == tally.sharp
    assert working.snapshot.loss == pytest.approx((-math.log(P) - math.log(1 - Q)) / 2)


def test_a_probability_that_rounds_to_1_still_has_its_loss() -> None:
    network = Network(
        (InputNode("x", "x"), Neuron("n", "p", Fraction(0), activation="sigmoid")),
        (Edge("w", "x", "n", Fraction(40)),),
        (Output("n", "y"),),
    )
    dataset = Dataset({"x": Column((Fraction(1),)), "y": Column((Fraction(1),))})
    working = step_lines(network, dataset, TrainingSettings(loss="cross_entropy"))
    assert working.snapshot.activations["n"][0] == 1.0
    loss = next(line for line in working.lines if line.phase == "loss")
    assert loss.value == pytest.approx(math.exp(-40))
    assert loss.details == ()
    backward = next(line for line in working.lines if line.phase == "backward")
    assert backward.details == ()
