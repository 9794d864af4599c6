"""Error carried forward: a later box is judged from the learner's own earlier value, and says so."""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType

import pytest

from neurosim.engine.evaluate import evaluate
from neurosim.lessons.answers import check, check_fields
from neurosim.lessons.question import Question
from samples import lecture_state

F = Fraction


def _chain() -> Question:
    """The squares of the lecture's residuals and the loss made of them."""
    context = MappingProxyType({"residual:1": F(-16, 3), "n": F(2)})
    state = lecture_state()
    snapshot = evaluate(state.network, state.dataset, state.training)
    box = {"kind": "number", "context": context, "snapshot": snapshot}
    fields = (
        Question("r1", expected=F(-16, 3), about="residual:1", **box),  # type: ignore[arg-type]
        Question("s1", expected=F(256, 9), about="square:1", formula="{r1}^2", **box),  # type: ignore[arg-type]
        Question("s2", expected=F(676, 9), about="square:2", formula="{residual:2}^2", **box),  # type: ignore[arg-type]
        Question("loss", expected=F(466, 9), about="loss", formula="({s1} + {s2})/{n}", **box),  # type: ignore[arg-type]
    )
    return Question("chain", "fields", fields=fields)


def test_right_from_one_s_own_wrong_value_is_right_and_named() -> None:
    # r1 = 16/3 - 6 as a slip: -14/3, whose square is 196/9; with 676/9 the mean is 436/9.
    found = check_fields(["-14/3", "196/9", "676/9", "436/9"], _chain())
    assert [verdict.state for verdict in found] == ["wrong", "right_with_note", "right", "right_with_note"]
    assert "your line 1" in found[1].message
    assert "your lines 2 and 3" in found[3].message


def test_the_true_value_is_right_after_a_wrong_one_too() -> None:
    found = check_fields(["-14/3", "256/9", "676/9", "466/9"], _chain())
    assert [verdict.is_right for verdict in found] == [False, True, True, True]


def test_a_second_slip_is_still_seen() -> None:
    found = check_fields(["-14/3", "-14/3", "676/9", "1"], _chain())
    assert found[1].state == "wrong"
    assert found[3].state == "wrong"


def test_rounded_values_carry_on() -> None:
    # -5.34 is rounded wrongly; its square is 28.5156.
    found = check_fields(["-5.34", "28.5156", "75.1", "466/9"], _chain())
    assert [verdict.state for verdict in found] == ["wrong", "right_with_note", "right_with_note", "right"]
    assert found[1].message.startswith("Consistent with your line 1")
    assert found[2].message == "Exactly: 676/9."


def test_an_empty_box_leaves_the_lesson_s_value() -> None:
    found = check_fields(["", "256/9", "", "466/9"], _chain())
    assert [verdict.state for verdict in found] == ["unreadable", "right", "unreadable", "right"]


def test_one_box_alone_is_told_the_value_that_it_follows_from() -> None:
    box = _chain().fields[1]
    verdict = check("196/9", box, {"r1": F(-14, 3)})
    assert verdict.state == "right_with_note"
    assert "your own −14/3 above" in verdict.message
    assert check("-16/3", box, {"r1": F(-14, 3)}).error == "not_squared"


def test_boxes_are_no_answer_in_one_piece() -> None:
    with pytest.raises(ValueError, match="check_fields"):
        check("1", _chain())
