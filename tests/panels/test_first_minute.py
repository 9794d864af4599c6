"""What the first picture offers: a point that asks to be dragged, and the coming step on the loss curve."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from PySide6.QtTest import QTest

from neurosim.document.edits import set_learning_rate
from neurosim.engine.evaluate import evaluate
from neurosim.engine.remembering import RememberingEvaluator
from neurosim.panels.loss_curve.present import coming_place
from neurosim.training.ahead import Foresight
from samples import lecture_state

F = Fraction


def test_the_coming_step_stands_on_the_curve_where_the_lecture_arrives(bench) -> None:
    made = bench("loss_curve", lecture_state())
    # Slide 12: the loss is 466/9 now and 8149/2025 after one step.
    assert made.panel.picture.now == pytest.approx((0.0, 466 / 9))
    assert made.panel.picture.coming == pytest.approx((1.0, 8149 / 2025))
    made.panel.set_scale("log")
    assert made.panel.picture.coming == pytest.approx((1.0, math.log10(8149 / 2025)))
    made.panel.set_scale("linear")
    made.panel.set_quantity("a")
    assert made.panel.picture.coming == pytest.approx((1.0, 83 / 45))


def test_it_follows_the_learning_rate_and_is_not_told_where_it_would_tell_a_secret(bench) -> None:
    made = bench("loss_curve", lecture_state())
    made.document.edit("Learning rate 1/10", set_learning_rate, F(1, 10))
    made.frame()
    # At 1/10 the step goes too far: a = 1/3 + 136/30, b = -6 + 14/10, the residuals 77/15 and 163/15.
    assert made.panel.picture.coming == pytest.approx((1.0, ((77 / 15) ** 2 + (163 / 15) ** 2) / 2))
    for secret in ("gradients", "loss"):
        made.display.secrets = frozenset({secret})
        made.panel.refresh_now()
        assert made.panel.picture.coming is None


def test_where_no_step_can_be_taken_nothing_is_to_come() -> None:
    state = lecture_state()
    snapshot = evaluate(state.network, state.dataset, state.training)
    assert coming_place(snapshot, None, "loss", False, ()) is None
    ahead = Foresight(RememberingEvaluator()).of(snapshot)
    assert coming_place(snapshot, ahead, "nobody", False, ()) is None


def test_a_point_asks_to_be_dragged_until_something_was_done(bench) -> None:
    made = bench("data_plot", lecture_state())
    made.frame()
    box, point = made.panel._invitation.box(), made.panel.view.picture.place_of(1)
    assert box.right() < point.x() < box.right() + 30
    assert box.top() < point.y() < box.bottom()
    QTest.mouseMove(made.plot.viewport(), made.at(4, 4))
    made.press(made.at(4, 4))
    made.move(made.at(4, 3))
    made.frame()
    assert made.panel._invitation.box().isEmpty()
    made.release(made.at(4, 3))
    made.document.undo()
    made.frame()
    assert made.panel._invitation.box().isEmpty()


def test_whoever_walks_through_the_lines_is_not_asked_any_more(bench) -> None:
    made = bench("data_plot", lecture_state())
    made.frame()
    assert not made.panel._invitation.box().isEmpty()
    made.session.step()  # the line with a times x: nothing of it stands in the history
    made.session.back()
    made.frame()
    assert made.document.history.head.parent is None
    assert made.panel._invitation.box().isEmpty()
