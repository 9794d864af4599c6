"""A run that diverged is explained by factors only where each step is the learning rate times the gradient."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.training.growth import growth_of
from neurosim.training.session import TrainingSession
from samples import lecture_state


@pytest.mark.parametrize(
    ("edit", "arguments", "plain"),
    [
        (edits.set_method, ("gradient_descent",), True),
        (edits.set_method, ("finite_difference",), True),
        (edits.set_schedule, ("step_decay", {"every": Fraction(50)}), False),
    ],
)
def test_the_factor_is_said_where_it_holds(qapp, edit, arguments, plain):
    state = edit(edits.set_learning_rate(lecture_state(), Fraction(1, 5)), *arguments)
    document = Document(replace(state))
    session = TrainingSession(document)
    wanted = []
    session.explanation_wanted.connect(wanted.append)
    notices = []
    session.message.connect(notices.append)
    session.set_speed("max")
    session.run()
    while session.running:
        session.advance()
    next(action for text, action in notices[-1].actions if text == "Why?")()
    found = growth_of(wanted[0].head, wanted[0].stop)
    assert (found.factor is not None) == plain
    session.close()
