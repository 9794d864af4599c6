"""Exact arithmetic in the program: what is shown never feeds back, and its end is said once, with the reason."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from neurosim.document import edits
from neurosim.document.changes import identical
from neurosim.engine.settings import OptimizerSettings
from neurosim.markup.write_text import write_text
from neurosim.numbers.format import Mode, format_number
from neurosim.training.session import TrainingSession
from samples import hidden_state, lecture_state

STEPS = 1000


def said(session: TrainingSession) -> list[str]:
    """What the session says from now on."""
    sentences: list[str] = []
    session.message.connect(lambda notice: sentences.append(notice.text))
    return sentences


def read_everything(session: TrainingSession, mode: Mode, decimal: str) -> str:
    """What views do with a snapshot: write its numbers and those of the working, in their own precision."""
    snapshot = session.snapshot
    numbers = [*snapshot.network.parameters.values(), *snapshot.gradient.values()]
    if snapshot.loss is not None:
        numbers.append(snapshot.loss)
    texts = [format_number(number, mode, decimal) for number in numbers]
    for line in session.walk.working(mode, decimal).lines:
        texts += [write_text(equation.markup) for equation in line.equations]
    return "\n".join(texts)


@pytest.mark.slow
@pytest.mark.parametrize("make", [lecture_state, hidden_state], ids=["lecture", "hidden layer"])
def test_a_thousand_steps_at_two_precisions_end_in_the_same_bits(open_session, make):
    ends = []
    texts = []
    for mode, decimal in (("exact", "."), ("decimal", ",")):
        session = open_session(make())
        for step in range(STEPS):
            session.full_step()
            if step < 10 or step % 50 == 0:
                session.advance()
                texts.append(read_everything(session, mode, decimal))
        assert session.document.state.training.step == STEPS
        ends.append(session.document.state)
    assert identical(ends[0], ends[1])
    for name, value in ends[0].network.parameters.items():
        other = ends[1].network.parameters[name]
        assert type(value) is type(other)
        if isinstance(value, float):
            assert value.hex() == other.hex()
    assert texts[0] != texts[len(texts) // 2]  # they really were written otherwise


def test_a_typed_third_stays_a_fraction_through_steps(open_session):
    session = open_session(lecture_state())
    session.document.edit("Set a", edits.set_parameters, {"a": Fraction(1, 3)})
    session.full_step()
    assert dict(session.snapshot.network.parameters) == {"a": Fraction(83, 45), "n.bias": Fraction(-83, 15)}
    session.full_step(2)
    assert session.snapshot.network.parameters["a"] == Fraction(4789, 2025)
    assert all(isinstance(value, Fraction) for value in session.snapshot.network.parameters.values())
    assert session.snapshot.exact
    session.full_step()
    assert session.snapshot.network.parameters["a"] == Fraction(363463, 151875)


def test_the_end_of_exactness_is_said_once_until_exactness_comes_back(open_session):
    session = open_session(lecture_state())
    sentences = said(session)
    exact_until = None
    for _ in range(40):
        before = session.snapshot.exact
        session.full_step()
        session.advance()
        if before and not session.snapshot.exact:
            exact_until = session.document.state.training.step - 1
            assert len(sentences) == 1
    assert exact_until is not None
    assert sentences == [
        f"Exact up to step {exact_until}; from step {exact_until + 1} on rounded. "
        "The fractions have grown beyond denominators of 10^18."
    ]
    session.rewind()
    assert session.snapshot.exact
    session.full_step(3)
    assert len(sentences) == 1
    session.full_step(37)
    assert len(sentences) == 2
    assert sentences[0] == sentences[1]


def test_it_is_said_when_the_step_is_taken_line_by_line(open_session):
    state = lecture_state()
    session = open_session(replace(state, training=replace(state.training, optimizer=OptimizerSettings("adam"))))
    sentences = said(session)
    session.walk.set_unit("phase")
    while session.document.state.training.step == 0:
        assert sentences == []
        session.step()
    assert sentences == [
        "Exact up to step 0; from step 1 on rounded. Adam takes square roots, which fractions do not have."
    ]


def test_a_run_says_it_the_first_time_only(open_session):
    session = open_session(lecture_state())
    sentences = said(session)
    session.advance()
    for _ in range(2):
        session.run()
        session.advance(500)
        session.advance(500)
        session.pause()
        session.rewind()
        session.advance()
    assert sentences == [
        "Exact up to step 0; from step 1 on rounded. "
        "A run calculates in float64, which is faster; single steps stay exact."
    ]


def test_nothing_is_said_where_nothing_was_exact(open_session):
    session = open_session(hidden_state())
    sentences = said(session)
    session.full_step(3)
    session.advance()
    assert sentences == []
