"""Methods, schedules and stop conditions in the file: written only when chosen, read back as they were, or refused."""

import json
from dataclasses import replace
from fractions import Fraction

import pytest

from neurosim.document import edits
from neurosim.document.json_format import DocumentFormatError, dumps, loads
from samples import lecture_state

TRAINING = {
    "method": "finite_difference",
    "method_settings": {"nudge": "1/1000"},
    "schedule": {"name": "step_decay", "every": "50", "factor": "1/2"},
    "stop": {"loss_below": "1/100", "gradient_below": "1/1000", "no_progress": 40, "at_step": 900},
}


def written(**training) -> str:
    document = json.loads(dumps(lecture_state()))
    document["training"].update(training)
    return json.dumps(document)


def test_nothing_is_written_that_was_not_chosen():
    training = json.loads(dumps(lecture_state()))["training"]
    assert not {"method_settings", "method_state", "schedule", "stop"} & training.keys()
    assert training["method"] == "gradient_descent"


def test_what_is_chosen_goes_round():
    state = loads(written(**TRAINING))
    assert state.training.method == "finite_difference"
    assert state.training.method_settings == {"nudge": Fraction(1, 1000)}
    assert state.training.schedule.settings == {"every": Fraction(50), "factor": Fraction(1, 2)}
    assert state.training.stop.loss_below == Fraction(1, 100)
    assert state.training.stop.no_progress == 40
    assert loads(dumps(state)) == state
    found = json.loads(dumps(state))["training"]
    assert {key: found[key] for key in TRAINING} == TRAINING


def test_the_count_of_mistakes_goes_round():
    state = loads(written(method="perceptron_rule", method_state={"mistakes": 7, "epoch_mistakes": 2}, step=3))
    assert state.training.method_state == {"mistakes": Fraction(7), "epoch_mistakes": Fraction(2)}
    assert loads(dumps(state)) == state


@pytest.mark.parametrize(
    ("training", "said"),
    [
        ({"method": "magic"}, "training.method"),
        ({"method_settings": {"nudge": "1"}}, "gradient_descent has no such setting"),
        ({"method": "finite_difference", "method_settings": {"nudge": "0"}}, "Nudge h must be above 0"),
        ({"schedule": {"every": "5"}}, 'the key "name" is missing'),
        ({"schedule": {"name": "steps"}}, "training.schedule.name"),
        ({"schedule": {"name": "step_decay", "each": "5"}}, "step_decay has no such setting"),
        ({"schedule": {"name": "step_decay", "every": "5/2"}}, "whole number"),
        ({"stop": {"loss_under": "1"}}, "training.stop.loss_under"),
        ({"stop": {"at_step": 0}}, "training.stop.at_step"),
        ({"stop": {"gradient_below": "0"}}, "no slope is ever below"),
        ({"method_state": {"mistakes": -1}}, "training.method_state.mistakes"),
    ],
)
def test_what_does_not_fit_is_refused_with_its_place(training, said):
    with pytest.raises(DocumentFormatError) as caught:
        loads(written(**training))
    assert said in str(caught.value)
    assert str(caught.value).endswith(".")


# -- edits ---------------------------------------------------------------------------------------------------------


def test_another_method_counts_anew_and_keeps_the_rest():
    state = edits.set_optimizer(edits.set_batch(lecture_state(), 1), "adam")
    state = replace(state, training=replace(state.training, method_state={"mistakes": Fraction(3)}))
    found = edits.set_method(state, "perceptron_rule").training
    assert found.method_state is None
    assert (found.batch_size, found.optimizer.name) == (1, "adam")
    assert edits.set_method(edits.set_method(state, "closed_form"), "gradient_descent").training.method_settings == {}


def test_rewind_forgets_the_count():
    state = edits.set_method(lecture_state(), "perceptron_rule")
    counted = replace(state, training=replace(state.training, step=4, method_state={"mistakes": Fraction(3)}))
    assert edits.rewind(counted).training.method_state is None
    assert edits.new_random_start(counted).training.method_state is None


@pytest.mark.parametrize(
    ("edit", "arguments", "said"),
    [
        (edits.set_method, ("magic",), "gradient_descent"),
        (edits.set_method, ("finite_difference", {"nudge": Fraction(-1)}), "above 0"),
        (edits.set_method, ("closed_form", {"nudge": Fraction(1)}), "no setting “nudge”"),
        (edits.set_schedule, ("steps",), "step_decay"),
        (edits.set_schedule, ("warm_up", {"steps": Fraction(0)}), "at least 1"),
        (edits.set_stop, ("loss", Fraction(1)), "loss_below"),
        (edits.set_stop, ("at_step", Fraction(1, 2)), "whole"),
        (edits.set_stop, ("no_progress", Fraction(0)), "from 1 on"),
        (edits.set_stop, ("gradient_below", Fraction(0)), "above 0"),
    ],
)
def test_edits_refuse_with_a_sentence(edit, arguments, said):
    with pytest.raises(edits.EditError, match=said):
        edit(lecture_state(), *arguments)


def test_a_condition_is_taken_away_again():
    state = edits.set_stop(lecture_state(), "loss_below", Fraction(1, 100))
    assert edits.set_stop(state, "loss_below", None).training == lecture_state().training
