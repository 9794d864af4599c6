"""Error carried forward: a later box is judged from the learner's own earlier value, and says so."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import pytest

from neurosim.engine.evaluate import evaluate
from neurosim.lessons.answers import check, check_fields
from neurosim.lessons.question import Question
from neurosim.lessons.references import Live
from neurosim.lessons.variants import make_variant
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
    assert found[3].message == "Consistent with your line 2: this line is right as it goes on from there."


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


def _step() -> Question:
    """Boxes of the lecture's step that name what they are about, and no formula."""
    state = lecture_state()
    snapshot = evaluate(state.network, state.dataset, state.training)
    right = {
        "residual:1": F(-16, 3),
        "residual:2": F(-26, 3),
        "square:1": F(256, 9),
        "loss": F(466, 9),
        "gradient:a": F(-136, 3),
        "gradient:n.bias": F(-14),
        "next:a": F(83, 45),
        "next:n.bias": F(-83, 15),
    }
    labels = {"residual:1": "$r_1$", "gradient:a": "$∂L/∂a$ ="}
    fields = tuple(
        Question(name, "number", expected=value, about=name, snapshot=snapshot, label=labels.get(name, ""))
        for name, value in right.items()
    )
    return Question("step", "fields", fields=fields)


def test_the_lines_of_a_step_follow_from_one_another_without_a_formula() -> None:
    # r1 = +16/3 by a slip. Then L stays, dL/da = 16/3 · 2 - 26/3 · 4 = -24, dL/db = 16/3 - 26/3 = -10/3,
    # a = 1/3 + 24/30 = 17/15, b = -6 + 10/90 = -53/9.
    found = check_fields(["16/3", "-26/3", "256/9", "466/9", "-24", "-10/3", "17/15", "-53/9"], _step())
    assert found[0].error == "opposite_sign"
    assert [verdict.state for verdict in found[1:4]] == ["right"] * 3
    assert [verdict.state for verdict in found[4:]] == ["right_with_note"] * 4
    assert found[4].message.startswith("Consistent with your r₁:")
    assert found[6].message.startswith("Consistent with your ∂L/∂a:")


def test_a_slip_on_one_s_own_values_is_named_as_such() -> None:
    # From r1 = 16/3 on: without the factor x, dL/da comes to 16/3 - 26/3 = -10/3; uphill a is 1/3 - 24/30 = -7/15.
    found = check_fields(["16/3", "-26/3", "", "", "-10/3", "-10/3", "", ""], _step())
    assert found[4].error == "forgot_input"
    assert found[4].message.startswith("Going on from your r₁: Each residual is multiplied")
    uphill = check_fields(["", "", "", "", "-24", "", "-7/15", ""], _step())
    assert uphill[6].error == "uphill"


def test_a_logistic_chain_goes_on_from_a_rounded_and_from_a_wrong_prediction() -> None:
    draft = make_variant("logistic_gradient", 0).draft  # a = 1/2, b = 1, (1, 0) and (2, 0): z = 3/2 and 2
    bare = replace(draft.question, fields=tuple(replace(box, formula="") for box in draft.question.fields))
    # 0.1824 is sigma(-3/2), the minus in the exponent lost: dL/da = (0.1824 + 2 · 0.8808)/2 = 0.9720.
    typed = ["3/2", "2", "0.1824", "0.8808", "0.1824", "0.8808", "0.9720", "0.5316"]
    found = check_fields(typed, bare)
    assert found[2].error == "exponent_sign"
    assert [verdict.is_right for verdict in found] == [True, True, False, True, True, True, True, True]
    assert "Consistent with your ŷ₁ − y₁" in found[6].message


def test_a_sum_goes_on_from_one_s_own_products() -> None:
    """As the lesson writes them: the products by their formulas, the sum and the output by their names."""
    draft = make_variant("worked_neuron", 7).draft  # x = (4, -3), products 10 and -3/2, b = -1/2
    state = draft.state
    assert state is not None
    live = Live(state)
    row = {"context": live.context(), "snapshot": live.snapshot}
    first, second, bias = (F(live.value(name)) for name in ("z:n:1", "edge:w2", "bias:n"))
    products = [F(live.value(f"edge:w{i}")) * F(live.value(f"data:x{i}:1")) for i in (1, 2)]
    assert first == sum(products) + bias
    fields = (
        *(
            Question(f"p{i}", "number", expected=products[i - 1], formula=f"{{edge:w{i}}} * {{data:x{i}:1}}", **row)
            for i in (1, 2)
        ),
        Question("z", "number", expected=first, about="z:n:1", formula="{z:n:1}", **row),
    )
    own = second + F(live.value("data:x2:1"))  # the second weight added instead of multiplied
    found = check_fields(
        [str(products[0]), str(own), str(products[0] + own + bias)], Question("n", "fields", fields=fields)
    )
    assert found[1].error == "sum_for_product"
    assert found[2].message.startswith("Consistent with your line 2")


def test_a_slip_in_a_formula_over_earlier_boxes_is_told() -> None:
    fields = (
        Question("z", "number", expected=F(-1, 4)),
        Question("w", "number", expected=F(-3, 4), formula="{z} * 3"),
    )
    found = check_fields(["-1/4", "-1/4"], Question("q", "fields", fields=fields))
    assert found[1].error == "part_left_out"
    assert found[1].message == "Something is left out: is 3 a factor in it?"


def test_boxes_are_no_answer_in_one_piece() -> None:
    with pytest.raises(ValueError, match="check_fields"):
        check("1", _chain())
