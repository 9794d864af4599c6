"""The selection: sets of ids and rows, told once per change, without what no longer exists."""

from __future__ import annotations

from fractions import Fraction

from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.document.selection import Selection, output_id
from samples import lecture_state


def listen(selection: Selection) -> list[str]:
    told: list[str] = []
    for name in ("selection_changed", "rows_selected", "lit_changed"):
        getattr(selection, name).connect(lambda name=name: told.append(name))
    return told


def test_choosing_tells_once_and_only_what_changed() -> None:
    selection = Selection()
    told = listen(selection)
    selection.select(["n", "a"])
    selection.select({"a", "n"})
    selection.toggle("a")
    selection.toggle("x")
    assert selection.ids == {"n", "x"}
    assert told == ["selection_changed"] * 3
    told.clear()
    selection.select_rows([1, 1, 0])
    selection.set_lit(["row:1", "a"])
    selection.set_lit(["a", "row:1"])
    assert (selection.rows, selection.lit) == ({0, 1}, {"row:1", "a"})
    assert told == ["rows_selected", "lit_changed"]
    told.clear()
    selection.clear()
    assert (selection.ids, selection.rows, selection.lit) == (set(), set(), {"row:1", "a"})
    assert told == ["selection_changed", "rows_selected"]


def test_one_id_is_one_id_and_not_its_letters() -> None:
    selection = Selection()
    selection.select("neuron")
    assert selection.ids == {"neuron"}


def test_what_is_deleted_leaves_the_selection() -> None:
    document = Document(lecture_state())
    selection = Selection(document)
    selection.select(["n", "a", "x", output_id("n")])
    selection.set_lit(["n.bias", "row:0"])
    selection.select_rows([0, 1])
    document.edit("Delete", edits.delete, "n")
    assert selection.ids == {"x"}
    assert selection.lit == {"row:0"}
    document.edit("Delete row", edits.delete_rows, [1])
    assert selection.rows == {0}


def test_parts_of_what_exists_stay_lit_when_the_network_changes() -> None:
    document = Document(lecture_state())
    selection = Selection(document)
    lit = {"a.product", "a.gradient", "n.bias.gradient", "n.sum", "n.activation", "loss", "row:1", "gone.sum"}
    selection.set_lit(lit)
    document.edit("Set a", edits.set_weight, "a", Fraction(1))
    assert selection.lit == lit - {"gone.sum"}
