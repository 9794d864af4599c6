"""Variants in the document: added, changed by ordinary edits, adopted, saved with the file, and their differences."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import pytest

from neurosim import paths
from neurosim.document import edits
from neurosim.document.changes import identical
from neurosim.document.document import Document
from neurosim.document.edits import EditError, Plan
from neurosim.document.json_format import dumps, load, loads
from neurosim.document.state import DocumentState
from neurosim.document.variant_differences import Difference, differences, hidden_activations, shape_of
from neurosim.document.variants import (
    KEY,
    add_pair,
    add_variant,
    adopt_variant,
    change_variant,
    remove_variant,
    variants,
)
from neurosim.engine.trainer import Trainer
from samples import lecture_state

F = Fraction


def xor() -> DocumentState:
    return load(Path(paths.example("xor")))


def trained(state: DocumentState, steps: int) -> DocumentState:
    trainer = Trainer(state.network, state.dataset, state.training)
    trainer.advance(steps)
    return edits.apply_step(state, trainer.network(), trainer.settings())


def test_the_present_document_is_added_as_it_stood_at_step_0() -> None:
    state = trained(lecture_state(), 7)
    state = add_variant(state)
    (variant,) = variants(state)
    assert variant.name == "A"
    assert variant.network == lecture_state().network
    assert identical(variant.training, lecture_state().training)
    assert (state.training.step, state.network) == (7, trained(lecture_state(), 7).network)


def test_a_variant_is_changed_by_the_edits_of_the_document_and_no_other_is() -> None:
    state = add_pair(lecture_state(), edits.set_learning_rate, F(1, 11))
    state = change_variant(state, "A", edits.set_optimizer, "adam")
    first, second = variants(state)
    assert (first.training.learning_rate, second.training.learning_rate) == (F(1, 30), F(1, 11))
    assert (first.training.optimizer.name, second.training.optimizer.name) == ("adam", "sgd")
    assert state.training == lecture_state().training
    with pytest.raises(EditError, match="above 0"):
        change_variant(state, "B", edits.set_learning_rate, 0)
    with pytest.raises(EditError, match="no variant C"):
        change_variant(state, "C", edits.set_learning_rate, 1)
    drawn = change_variant(
        xor_pair(), "B", edits.draw_architecture, Plan("layered", ("x1", "x2"), ("y",), (4,), "relu")
    )
    assert [shape_of(variant.network) for variant in variants(drawn)] == ["2-2-1", "2-4-1"]


def xor_pair() -> DocumentState:
    return add_variant(add_variant(xor()))


def test_four_at_most_and_letters_stay() -> None:
    state = lecture_state()
    for _ in range(4):
        state = add_variant(state)
    assert [variant.name for variant in variants(state)] == ["A", "B", "C", "D"]
    with pytest.raises(EditError, match="4 variants"):
        add_variant(state)
    state = add_variant(remove_variant(state, "B"), edits.set_learning_rate, 1)
    assert [variant.name for variant in variants(state)] == ["A", "C", "D", "B"]
    for name in "ACDB":
        state = remove_variant(state, name)
    assert KEY not in state.view


def test_saved_and_opened_again_it_is_the_same() -> None:
    state = add_pair(xor(), edits.set_optimizer, "adam", {"beta1": F(4, 5)})
    state = change_variant(state, "B", edits.set_learning_rate, 0.015)
    again = loads(dumps(state))
    assert identical(again.view, state.view)
    assert identical(variants(again), variants(state))


@pytest.mark.parametrize(
    "raw",
    [
        "nothing",
        [1],
        [{"name": "Z"}],
        [{"name": "A", "network": {}, "training": {}}],
        [{"name": "A", "network": {"nodes": [], "edges": [], "outputs": []}, "training": {"loss": "nothing"}}],
    ],
)
def test_what_is_no_variant_is_passed_over(raw: object) -> None:
    assert variants(replace(lecture_state(), view=MappingProxyType({KEY: raw}))) == ()


def test_adopting_is_one_undoable_edit_that_goes_on_from_where_the_variant_is() -> None:
    document = Document(add_pair(lecture_state(), edits.set_learning_rate, F(1, 11)))
    before = document.state
    variant = variants(before)[1]
    reached = trained(variant.on(before), 5)
    document.edit("Adopt B", adopt_variant, "B", reached.network, reached.training)
    assert (document.state.training.step, document.state.training.learning_rate) == (5, F(1, 11))
    assert document.state.network == reached.network
    assert edits.rewind(document.state).network == lecture_state().network
    assert variants(document.state) == variants(before)
    document.undo()
    assert document.state is before
    document.edit("Adopt B", adopt_variant, "B")
    assert (document.state.training.step, document.state.training.learning_rate) == (0, F(1, 11))


# -- differences -------------------------------------------------------------------------------------------------------


def test_only_the_learning_rate_differs() -> None:
    state = add_pair(lecture_state(), edits.set_learning_rate, F(1, 11))
    assert differences(variants(state)) == (Difference("learning_rate", (F(1, 30), F(1, 11))),)
    assert differences(variants(add_variant(add_variant(lecture_state())))) == ()


def test_each_aspect_is_told_from_the_others() -> None:
    base = xor_pair()

    def found(name: str, function: object, *args: object) -> dict[str, tuple[object, ...]]:
        return {d.aspect: d.values for d in differences(variants(change_variant(base, name, function, *args)))}

    assert found("B", edits.set_hidden_activation, "relu") == {"activation": ("tanh", "relu")}
    assert found("B", edits.set_optimizer, "adam") == {"optimizer": ("sgd", "adam")}
    assert found("B", edits.set_optimizer, "sgd", {"momentum": F(9, 10)}) == {
        "optimizer": ("sgd", "sgd (momentum 9/10)")
    }
    assert found("B", edits.set_method, "random_search")["method"] == ("gradient_descent", "random_search")
    assert found("B", edits.set_batch, 2) == {"batch": ("all", "2")}
    assert found("B", edits.add_skips) == {"connections": ("6", "8")}
    assert found("B", edits.set_weight, "w11", F(2)) == {"start": ("1", "2")}
    assert found("B", edits.widen_layer, ["h1"])["architecture"] == ("2-2-1", "2-3-1")
    assert "start" not in found("B", edits.widen_layer, ["h1"])
    assert found("B", edits.set_reduction, "sum") == {"reduction": ("mean", "sum")}


def test_shape_and_activations_of_a_network() -> None:
    assert shape_of(xor().network) == "2-2-1"
    assert shape_of(lecture_state().network) == "1-1"
    assert hidden_activations(xor().network) == "tanh"
    assert hidden_activations(lecture_state().network) == ""
