"""Formulas as a teacher says them: those of the lecture's slides, of the step and of Calculus."""

from __future__ import annotations

import re

import pytest

from neurosim import paths
from neurosim.document.document import Document
from neurosim.document.json_format import load
from neurosim.lessons.library import lesson_heads
from neurosim.lessons.mathtext import MathError, read_math
from neurosim.markup.write_speech import write_speech
from neurosim.panels.calculus.rule_forms import FORMS
from neurosim.training.session import TrainingSession
from neurosim.working.copying import line_speech

SAID = [
    ("sigma'(z) x", "sigma prime of z times x"),
    ("phi'(x)", "phi prime of x"),
    ("sigma'(x) = sigma(x)(1 - sigma(x))", "sigma prime of x equals sigma of x times open bracket 1 minus sigma of x "),
    ("f'(g(x)) g'(x)", "f prime of g of x times g prime of x"),
    ("f' g + f g'", "f prime times g plus f times g prime"),
    ("max(0, z)", "the greater of 0 and z"),
    ("d/dx e^x", "the derivative by x of e to the power of x"),
    ("d/dx (-x)", "the derivative by x of open bracket minus x close bracket"),
    ("-∇L", "minus the gradient of L"),
    (
        "1/n sum_(i=1)^n (y_i - f(x_i))^2",
        "1 over n times the sum for i equals 1 to n of open bracket y sub i minus f",
    ),
    (
        "e^-x/(1 + e^-x)",
        "the fraction e to the power of minus x over 1 plus e to the power of minus x, end",
    ),
    ("a^new = a - η ∂L/∂a", "the new a equals a minus eta times the derivative of L by a"),
    ("(-2)^2", "open bracket minus 2 close bracket squared"),
    ("ln(yhat)", "the natural logarithm of y hat"),
    ("ln(1 - yhat)", "the natural logarithm of open bracket 1 minus y hat close bracket"),
    ("|r|", "the absolute value of r"),
    ("a: 1 -> 2", "a: 1 goes to 2"),
]


@pytest.mark.parametrize(("written", "said"), SAID, ids=[case[0] for case in SAID])
def test_as_a_teacher_says_it(written, said):
    assert write_speech(read_math(written)).startswith(said.rstrip())


SIGNS = re.compile(r"[σΣ∑∂∇η′^²³⁽⁾₀-₉·×√]|\bof times\b|\bprime times open\b|\bpower of new\b|of for")


def test_rules_say_f_of_x_without_brackets():
    spoken = {name: [write_speech(markup) for markup in forms] for name, forms in FORMS.items()}
    assert spoken["product"] == ["f of x times g of x", "f prime of x times g of x plus f of x times g prime of x"]
    assert spoken["chain"] == ["f of g of x", "f prime of g of x times g prime of x"]
    assert spoken["quotient"][1].endswith("over open bracket g of x close bracket squared, end of fraction,")
    assert not [text for pair in spoken.values() for text in pair if SIGNS.search(text)]


@pytest.mark.parametrize("name", ["lecture", "admissions", "backpropagation_by_hand", "iris"])
def test_no_line_of_a_step_is_left_in_signs(qapp, name):
    session = TrainingSession(Document(load(paths.example(name))))
    working, _ = session.walk.on_view("exact", ".")
    for line in working.lines:
        note = f" {line.note}" if line.note else ""
        said = line_speech(line).removesuffix(note)
        assert not SIGNS.search(said), said
    session.close()


def test_the_step_of_the_lecture():
    document = Document(load(paths.example("lecture")))
    session = TrainingSession(document)
    lines = session.walk.on_view("exact", ".")[0].lines
    assert len(lines) == 15
    said = [line_speech(line) for line in lines]
    assert "y hat sub 1 equals f of z sub 1 equals z sub 1" in said[2]
    assert "r sub 1 squared equals open bracket minus 16 over 3 close bracket squared equals 256 over 9" in said[7]
    assert "the new a equals a minus eta times the derivative of L by a equals" in said[13]
    session.close()


def test_no_formula_of_a_lesson_is_left_in_signs():
    count = 0
    for head in lesson_heads():
        text = (paths.resources() / "lessons" / head.name / "lesson.md").read_text(encoding="utf-8")
        for written in re.findall(r"\$([^$\n]+)\$", text):
            try:
                said = write_speech(read_math(re.sub(r"\{[^}]*\}", "5", written)))
            except MathError:
                continue
            count += 1
            assert not SIGNS.search(said), (head.name, written, said)
    assert count > 200
