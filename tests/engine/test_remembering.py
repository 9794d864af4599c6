"""An evaluator that knows its last answer gives no other one than an evaluator that knows nothing."""

from __future__ import annotations

from fractions import Fraction

from neurosim.document import edits
from neurosim.engine.evaluate import evaluate
from neurosim.engine.remembering import RememberingEvaluator
from samples import lecture_state


def test_the_same_question_has_the_same_answer_whoever_builds_the_network() -> None:
    state, known = lecture_state(), RememberingEvaluator()
    moved = [state.network.with_parameters({"a": Fraction(3, 2)}) for _ in range(2)]
    first, second = (known.evaluate(one, state.dataset, state.training) for one in moved)
    assert second.gradient is first.gradient
    assert second.network is moved[1]


def test_another_question_is_answered_anew() -> None:
    state, known = lecture_state(), RememberingEvaluator()
    network, data, training = state.network, state.dataset, state.training
    exact, rounded = network.with_parameters({"a": Fraction(1)}), network.with_parameters({"a": 1.0})
    other_data = edits.move_row(state, 0, {"x": Fraction(5)}).dataset
    other_loss = edits.set_reduction(state, "sum").training
    for case in ((exact, data, training), (rounded, data, training), (exact, data, other_loss)):
        found, fresh = known.evaluate(*case), evaluate(*case)
        assert (found.loss, found.gradient, found.exact) == (fresh.loss, fresh.gradient, fresh.exact)
        assert type(found.loss) is type(fresh.loss)
    known.evaluate(exact, data, training)
    # a = 1, b = -6 at (5, 0) and (4, 4): residuals -1 and -6: (1 + 36) / 2
    assert known.evaluate(exact, other_data, training).loss == Fraction(37, 2)
