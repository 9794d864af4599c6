"""What stands right above a box is known: a slip on the way to it is none that was made in the box."""

from __future__ import annotations

from fractions import Fraction

from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.lessons.answers import check, check_fields
from neurosim.lessons.answers.slips import Slip, named
from neurosim.lessons.asking import question_of
from neurosim.lessons.lesson_file import load_lesson
from neurosim.lessons.library import folder_named
from neurosim.lessons.playing import state_at
from neurosim.lessons.question import Question
from neurosim.lessons.references import Live

F = Fraction


def _rectifier() -> DocumentState:
    """x = 3 by 2 with the bias 1 through a rectifier: z = 7, and without the bias 6."""
    network = Network(
        (InputNode("x", "x"), Neuron("n", bias=F(1), activation="relu")),
        (Edge("w", "x", "n", F(2)),),
        (Output("n", "y"),),
    )
    return DocumentState(network, Dataset({"x": Column([F(3)]), "y": Column([F(0)])}), TrainingSettings())


def _question(about: str, expected: Fraction, told: frozenset[str] = frozenset()) -> Question:
    state = _rectifier()
    snapshot = evaluate(state.network, state.dataset, state.training)
    return Question(about, "number", expected=expected, about=about, snapshot=snapshot, told=told)


def test_a_slip_in_the_sum_is_told_only_where_the_sum_is_not() -> None:
    assert check("6", _question("value:n:1", F(7))).error == "forgot_bias"
    assert check("6", _question("value:n:1", F(7), frozenset({"z:n:1"}))).error is None
    assert check("6", _question("z:n:1", F(7))).error == "forgot_bias"


def test_a_box_that_was_answered_rightly_is_known_below_it() -> None:
    z, value = _question("z:n:1", F(7)), _question("value:n:1", F(7))
    both = Question("both", "fields", fields=(z, value))
    assert [verdict.error for verdict in check_fields(["7", "6"], both)] == [None, None]
    wrong_sum = [verdict.error for verdict in check_fields(["5", "6"], both)]
    assert wrong_sum[1] == "forgot_bias", "the sum is not known while it is wrong"


def test_given_lines_of_a_worked_calculation_are_known() -> None:
    lesson = load_lesson(folder_named("3"))
    index, ask = next((i, ask) for i, ask in lesson.asks() if ask.id == "last_line")
    question = question_of(ask, Live(state_at(lesson, index, 0).state))
    (box,) = question.fields
    assert "z:n:1" in box.told
    assert check("4", box).error == "rectifier_turned", "the size of −4"


def test_many_slips_with_the_same_number_are_not_listed() -> None:
    slips = [Slip(F(0), f"Look at {name}.", f"{name} is lost") for name in "abcd"]
    assert named(slips[:1]) == "Look at a."
    assert named(slips[:3]) == "Look at a. (The same comes out when b is lost, or when c is lost: which was it?)"
    assert named(slips) == "Look at a. (Other slips give the same number, too: go through it line by line.)"


def test_a_word_is_no_attempt_and_says_how_a_number_is_typed() -> None:
    verdict = check("two", _question("z:n:1", F(7)))
    assert not verdict.is_attempt
    assert verdict.message == '"two" is a word: type the number in digits, such as 3, −1/2 or 0.75.'


def test_edges_and_inputs_are_named_as_on_the_graph() -> None:
    state = _rectifier()
    edges = (Edge("w1", "x", "n", F(2)), Edge("w2", "x2", "n", F(-1)))
    nodes = (InputNode("x", "x"), InputNode("x2", "x2"), Neuron("n", bias=F(1), activation="relu"))
    data = Dataset({"x": Column([F(3)]), "x2": Column([F(5)]), "y": Column([F(0)])})
    state = DocumentState(Network(nodes, edges, (Output("n", "y"),)), data, TrainingSettings())
    snapshot = evaluate(state.network, state.dataset, state.training)
    question = Question("p", "number", expected=F(-5), about="product:w2:1", snapshot=snapshot)
    assert check("-3", question).message == "w₂ stands on the edge from x₂: take what comes in there."
    assert check("6", question).message == "That is the product on the edge w₁."
