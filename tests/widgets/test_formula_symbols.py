"""No box instead of a sign: whatever the working or the algebra writes, the faces of mathematics have it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from fractions import Fraction

import pytest

from neurosim.algebra.derivation import derive
from neurosim.algebra.functions import FUNCTIONS
from neurosim.algebra.parse import parse
from neurosim.algebra.render_markup import render_markup
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.settings import REDUCTIONS, OptimizerSettings, TrainingSettings
from neurosim.markup.tree import Bracket, Markup, Symbol, walk
from neurosim.widgets.formula import set_formula
from neurosim.widgets.formula.boxes import Box, GlyphBox, Group, ShapedBox
from neurosim.widgets.formula.faces import FAMILIES, glyph_of, raw_font
from neurosim.widgets.formula.setting import Setter
from neurosim.working.conventions import formula_of
from neurosim.working.line import Line
from neurosim.working.working import step_lines


def boxes(box: Box) -> Iterator[Box]:
    yield box
    if isinstance(box, Group):
        for part, _, _, _ in box.parts:
            yield from boxes(part)


def missing(markup: Markup) -> set[str]:
    """The signs of a formula that no face of mathematics has."""
    found = set()
    for part in walk(markup):
        if isinstance(part, Symbol):
            signs = unicodedata.normalize("NFD", part.text)
            for sign in signs:
                glyph = glyph_of(sign, part.style)
                known = glyph is not None and glyph.index != 0 and glyph.face != "fallback"
                if not known and sign != "\u200a" and not unicodedata.combining(sign) and part.text != "≠":
                    found.add(sign)
    return found


def check(markup: Markup) -> None:
    assert missing(markup) == set(), markup
    for box in boxes(Setter(18.0).box(markup)):
        assert not isinstance(box, ShapedBox), markup
        if isinstance(box, GlyphBox):
            assert all(index for _, index, _, _ in box.glyphs)


def all_lines(lines: tuple[Line, ...]) -> Iterator[Line]:
    for line in lines:
        yield line
        yield from all_lines(line.details)


def check_lines(activation: str, loss: str, training: TrainingSettings) -> None:
    targets = (
        {"y": ("0", "1", "1")} if loss != "softmax_cross_entropy" else {"y": ("0", "1", "1"), "v": ("1", "0", "0")}
    )
    outputs = [Neuron("o", bias=Fraction(1, 3))]
    if loss == "cross_entropy":
        outputs = [Neuron("o", bias=Fraction(1, 3), activation="sigmoid")]
    if loss == "softmax_cross_entropy":
        outputs.append(Neuron("p"))
    network = Network(
        (
            InputNode("x1", "x1"),
            InputNode("x2", "x2"),
            Neuron("h", bias=Fraction(1, 2), activation=activation),
            *outputs,
        ),
        (
            Edge("w1", "x1", "h", Fraction(1, 3)),
            Edge("w2", "x2", "h", Fraction(-2)),
            *(Edge(f"v{node.id}", "h", node.id, Fraction(2)) for node in outputs),
        ),
        tuple(Output(node.id, column) for node, column in zip(outputs, targets, strict=True)),
    )
    columns = {"x1": ("1", "2", "3"), "x2": ("0.5", "-1", "1e-9")} | targets
    data = Dataset({name: Column(tuple(Fraction(v) for v in values)) for name, values in columns.items()})
    working = step_lines(network, data, training)
    assert working.lines
    for line in all_lines(working.lines):
        for equation in line.equations:
            check(equation.markup)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_the_working_with_each_activation(qapp, name):
    check_lines(name, "squared_error", TrainingSettings())


@pytest.mark.parametrize("loss", LOSSES)
def test_the_working_with_each_loss(qapp, loss):
    check_lines("tanh", loss, TrainingSettings(loss=loss, l2=Fraction(1, 100)))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_working_with_each_optimizer(qapp, optimizer):
    check_lines("relu", "squared_error", TrainingSettings(optimizer=OptimizerSettings(optimizer)))


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_the_conventions(qapp, loss, reduction):
    check(formula_of(loss, reduction, l1=True, l2=True))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_derivative_of_each_function(qapp, name):
    derivation = derive(parse(f"{name}(x^2 + 1) * e^(-x) / (3 pi + x)"), "x")
    for line in derivation.lines:
        check(render_markup(line))


def test_names_that_a_reader_may_give(qapp):
    for name in "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩℓ∂∇":
        check(Symbol(name, "italic"))
    for name in ("größe", "naïve", "café", "Straße", "señal", "ĉ"):
        check(Symbol(name, "words"))
    for sign in "+−·×±=~≈≠≤≥<>←→∈":
        check(Symbol(sign, "operator"))
        check(Symbol(sign, "relation"))
    for pair in ("()", "[]", "{}", "||", "⟨⟩", "⌊⌋", "⌈⌉"):
        check(Bracket(Symbol("x"), pair[0], pair[1]))


def test_a_missing_sign_would_be_noticed(qapp):
    assert missing(Symbol("年", "words")) == {"年"}
    with pytest.raises(AssertionError):
        check(Symbol("年", "words"))


def test_every_face_is_the_one_that_comes_with_the_program(qapp):
    for face, family in FAMILIES.items():
        font = raw_font(face, 18.5)
        assert font.isValid()
        assert font.familyName() == family
        assert font.pixelSize() == 18.5


def test_a_size_between_whole_pixels_is_kept(qapp):
    small, large = set_formula(Symbol("1"), 18.0), set_formula(Symbol("1"), 18.5)
    assert large.width / small.width == pytest.approx(18.5 / 18)
