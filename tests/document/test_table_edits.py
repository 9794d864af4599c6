"""Edits of the table: exact values, rows set aside and back, blocks from spreadsheets, sorting, test rows."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import partial

import numpy as np
import pytest

from neurosim.document import edits
from neurosim.document.clipboard import Block, read_block, write_block
from neurosim.document.edits import EditError, Split
from neurosim.document.edits.sorting import sorted_order
from neurosim.document.edits.testing import split_of
from neurosim.document.json_format import dumps, loads
from neurosim.document.state import DocumentState
from neurosim.engine import table_block, table_edits
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.errors import DatasetError
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output

F = Fraction
THIRD = F(1, 3)


def numbers(**named) -> Dataset:
    return Dataset({name: Column(tuple(F(value) for value in values)) for name, values in named.items()})


def mixed() -> Dataset:
    """x and y and a word; the second of four table rows lacks y and is set aside."""
    data = Dataset({"x": Column((F(1), F(3), F(4))), "y": Column((F(2), F(6), F(8)))}, texts={"who": ("a", "c", "d")})
    return table_edits.with_table_row(data, 1, {"x": F(2), "who": "b"})


def state_of(data: Dataset) -> DocumentState:
    return DocumentState(dataset=data)


def table(state: DocumentState) -> list[list[object]]:
    data = state.dataset
    return [[data.cell(row, name) for name in data.names] for row in range(data.n_table_rows)]


def column(state: DocumentState, name: str) -> list[object]:
    return list(state.dataset.columns[name].numbers)


# -- cells ---------------------------------------------------------------------------------------------------------


def test_a_third_stays_a_third():
    state = edits.set_cells(state_of(numbers(x=(1, 2))), {1: {"x": THIRD}})
    assert column(state, "x") == [1, THIRD]


def test_an_emptied_cell_sets_its_row_aside_and_a_number_brings_it_back():
    start = state_of(numbers(x=(1, 2, 3), y=(4, 5, 6)))
    emptied = edits.clear_cells(start, [1], ["y"])
    assert column(emptied, "x") == [1, 3]
    assert emptied.dataset.aside_row(1).cells == {"x": "2", "y": ""}
    back = edits.set_cells(emptied, {1: {"y": F(5)}})
    assert back.dataset == start.dataset


def test_many_cells_at_once_are_as_one_after_another():
    rng = np.random.default_rng(3)
    data = mixed()
    for _ in range(30):
        data = table_edits.with_table_row(data, data.n_table_rows, {"x": F(1), "y": F(1), "who": "e"})
    choices = [F(7), "", "NA", "2.5", THIRD]
    for _ in range(12):
        rows = rng.permutation(data.n_table_rows)[: rng.integers(25, 33)].tolist()
        changes = {
            row: {name: choices[rng.integers(5)] for name in ("x", "y") if rng.random() < 0.6} | {"who": "w"}
            for row in rows
        }
        one_by_one = data
        for row, values in changes.items():
            one_by_one = table_edits.with_cells(one_by_one, row, values)
        data = table_block.with_block(data, changes)
        assert data == one_by_one


def test_numbers_alone_go_into_whole_columns():
    data = Dataset({"x": Column(np.arange(5000.0)), "y": Column(np.zeros(5000))}, test_rows=(3,))
    changed = table_block.with_block(data, {row: {"y": F(row, 2)} for row in range(100, 200)})
    assert changed.columns["y"].floats[[99, 100, 199, 200]].tolist() == [0.0, 50.0, 99.5, 0.0]
    assert changed.columns["x"] is data.columns["x"]
    assert changed.test_rows == (3,)


# -- blocks --------------------------------------------------------------------------------------------------------


def test_a_block_is_written_where_it_is_pasted():
    state = edits.paste_block(state_of(numbers(x=(1, 2, 3), y=(4, 5, 6))), 1, 0, read_block("7\t8\n1/3\t-0.5\n"))
    assert table(state) == [[1, 4], [7, 8], [THIRD, F(-1, 2)]]


def test_a_block_that_is_too_large_makes_the_table_grow():
    state = edits.paste_block(state_of(numbers(x=(1, 2), y=(3, 4))), 1, 1, read_block("5\t6\tred\n7\t8\tblue"))
    assert state.dataset.names == ("x", "y", "c3", "c4")
    # row 1 has nothing in the new column of numbers, and the new row nothing in x: both are set aside
    assert [row for row in range(3) if state.dataset.aside_row(row)] == [0, 2]
    assert table(state) == [["1", "3", "", ""], [2, 5, 6, "red"], ["", "7", "8", "blue"]]


@pytest.mark.parametrize("text", ["1,5\t2\n-3,25\t4", "1.5\t2\n-3.25\t4", '"1,5"\t"2"\r\n"−3,25"\t4\r\n'])
def test_either_decimal_sign(text):
    state = edits.paste_block(state_of(numbers(x=(0, 0), y=(0, 0))), 0, 0, read_block(text))
    assert table(state) == [[F(3, 2), 2], [F(-13, 4), 4]]


def test_a_bad_cell_is_named_and_nothing_is_pasted():
    start = state_of(numbers(x=(1, 2), y=(3, 4)))
    with pytest.raises(
        EditError, match=r'"abc" is not a number \(line 2 of the clipboard, column y\)\. Nothing is pasted\.'
    ):
        edits.paste_block(start, 0, 0, Block((("5", "6"), ("7", "abc"))))


def test_names_over_a_block():
    start = state_of(numbers(x=(1, 2), y=(3, 4)))
    block = read_block("x\ty\tz\n5\t6\t7\n8\t9\t10")
    assert block.names == ("x", "y", "z")
    state = edits.paste_block(start, 0, 0, block)
    assert (state.dataset.names, table(state)) == (("x", "y", "z"), [[5, 6, 7], [8, 9, 10]])
    with pytest.raises(EditError, match='"height" stands over the column x'):
        edits.paste_block(start, 0, 0, read_block("height\n5\n6"))


def test_a_block_makes_the_first_table():
    state = edits.paste_block(DocumentState(), 0, 0, read_block("mass\tname\n1,5\tpear\n2\tplum"))
    assert state.dataset.columns["mass"].numbers == (F(3, 2), 2)
    assert state.dataset.texts["name"] == ("pear", "plum")


def test_blocks_go_to_spreadsheets_and_back():
    rows = [["1", 'a "b"', "two\nlines"], ["-1/3", "tab\there", ""]]
    assert [list(row) for row in read_block(write_block(rows)).rows] == rows
    assert read_block("") is None
    assert read_block(" \n") is None
    assert read_block("7").rows == (("7",),)


def test_fill_down_and_series():
    state = state_of(numbers(x=(1, 3, 0, 0), y=(9, 0, 0, 0)))
    assert column(edits.fill_down(state, [0, 2, 3], ["y"]), "y") == [9, 0, 9, 9]
    assert column(edits.fill_series(state, range(4), ["x"]), "x") == [1, 3, 5, 7]
    thirds = edits.set_cells(state, {0: {"x": F(0)}, 1: {"x": THIRD}})
    assert column(edits.fill_series(thirds, range(4), ["x"]), "x") == [0, THIRD, F(2, 3), 1]
    with pytest.raises(EditError, match="two numbers"):
        edits.fill_series(state, [0, 1], ["x"])


# -- rows ----------------------------------------------------------------------------------------------------------


def test_sorting_is_stable_and_puts_what_is_missing_last():
    data = numbers(x=(3, 1, 3, 2), y=(1, 2, 3, 4))
    assert sorted_order(data, "x") == [1, 3, 0, 2]
    assert sorted_order(data, "x", descending=True) == [0, 2, 3, 1]
    assert sorted_order(data, "y") is None
    state = edits.sort_rows(state_of(mixed()), "y", descending=True)
    assert [row[2] for row in table(state)] == ["d", "c", "a", "b"]
    assert state.dataset.aside_row(3) is not None
    by_word = edits.sort_rows(state_of(mixed()), "who", descending=True)
    assert [row[0] for row in table(by_word)] == [4, 3, "2", 1]


def test_test_rows_go_along_when_rows_are_sorted():
    state = edits.mark_rows(state_of(numbers(x=(3, 1, 2))), [0], True)
    assert edits.sort_rows(state, "x").dataset.test_rows == (2,)


def test_copies_stand_behind_the_last_of_them():
    state = edits.duplicate_rows(state_of(mixed()), [0, 1])
    assert [row[2] for row in table(state)] == ["a", "b", "a", "b", "c", "d"]
    assert [row for row in range(6) if state.dataset.aside_row(row)] == [1, 3]


def test_rows_come_and_go():
    start = state_of(numbers(x=(1, 2), y=(3, 4)))
    grown = edits.insert_rows(start, 1, [{"x": F(5), "y": F(6)}, {"x": F(7)}])
    assert table(grown) == [[1, 3], [5, 6], ["7", ""], [2, 4]]
    assert table(edits.delete_table_rows(grown, [1, 2])) == table(start)
    with pytest.raises(EditError, match="no row 5"):
        edits.delete_table_rows(grown, [4])


# -- columns -------------------------------------------------------------------------------------------------------


def test_columns_come_move_and_change_their_kind():
    state = edits.insert_column(state_of(mixed()), " z ", index=1)
    assert state.dataset.names == ("x", "z", "y", "who")
    assert table(state)[1] == ["2", "0", "", "b"]
    assert edits.move_column(state, "z", 9).dataset.names == ("x", "y", "who", "z")
    words = edits.set_column_kind(state_of(mixed()), "y", words=True)
    assert not words.dataset.aside
    assert words.dataset.texts["y"] == ("2", "", "6", "8")
    assert edits.set_column_kind(words, "y", words=False).dataset == mixed()
    with pytest.raises(EditError, match="already a column 'y'"):
        edits.insert_column(state, "y")


def test_roles_of_columns():
    network = Network(
        (InputNode("x", "x", position=(0.0, 0.0)), Neuron("n", bias=F(0))),
        (Edge("w", "x", "n", F(1)),),
        (Output("n", "y"),),
    )
    state = DocumentState(network=network, dataset=numbers(x=(1,), y=(2,), z=(3,)))
    more = edits.use_as_input(state, "z")
    assert [(node.column, node.position) for node in more.network.inputs] == [("x", (0, 0)), ("z", (0, 110))]
    with pytest.raises(EditError, match="already"):
        edits.use_as_input(state, "x")
    assert edits.use_as_target(state, "z").network.outputs == (Output("n", "z"),)
    unused = edits.stop_using(edits.stop_using(state, "x"), "y")
    assert (unused.network.inputs, unused.network.edges, unused.network.outputs) == ((), (), (Output("n", None),))
    words = replace(state, dataset=replace(state.dataset, texts={"who": ("ann",)}))
    with pytest.raises(EditError, match="an output of its own"):
        edits.use_as_target(words, "who")
    read = edits.use_as_input(words, "who")
    assert read.network.inputs[-1].column == "who"
    assert [dict(feature.settings)["class"] for feature in read.network.features] == ["ann"]
    bare = DocumentState(network=Network((Neuron("n"),)), dataset=numbers(y=(1,)))
    assert edits.use_as_target(bare, "y").network.outputs[0].column == "y"


def test_whatever_is_done_the_table_stays_whole():
    rng = np.random.default_rng(5)
    state = edits.paste_block(DocumentState(), 0, 0, read_block("x\ty\tw\n1\t2\ta\n3\t\tb\n5\t6\t"))
    contents = (F(7), "", "NA", "2.5", "word", THIRD)
    block = Block((("1", "2"), ("", "4")))
    for _ in range(300):
        data = state.dataset
        n, name, flag = data.n_table_rows, data.names[rng.integers(len(data.names))], bool(rng.integers(2))
        rows = rng.integers(n, size=rng.integers(1, 30)).tolist() if n else []
        content = contents[rng.integers(len(contents))]
        deeds = (
            partial(edits.set_cells, state, {row: {name: content} for row in rows}),
            partial(edits.paste_block, state, int(rng.integers(n + 1)), 0, block),
            partial(edits.duplicate_rows, state, rows[:3]),
            partial(edits.delete_table_rows, state, rows[:4]),
            partial(edits.sort_rows, state, name, flag),
            partial(edits.mark_rows, state, rows, flag),
            partial(edits.set_column_kind, state, name, flag),
            partial(edits.fill_down, state, rows, [name]),
        )
        try:
            state = deeds[rng.integers(len(deeds))]()
        except (EditError, DatasetError):
            continue  # refused with a sentence, as when words are pasted over numbers
        data = state.dataset
        complete = [data.complete_row(row) for row in range(data.n_table_rows)]
        assert [row for row in complete if row is not None] == list(range(data.n_rows))
        assert all(len(column) == data.n_rows for column in (*data.columns.values(), *data.texts.values()))
        assert all(row < data.n_rows for row in data.test_rows)


# -- rows kept for testing -----------------------------------------------------------------------------------------


def test_a_share_is_drawn_and_drawn_the_same_again():
    state = edits.split_rows(state_of(numbers(x=range(10))), Split(F(3, 10), seed=1))
    assert len(state.dataset.test_rows) == 3
    assert edits.split_rows(state, Split(F(3, 10), seed=1)) is state
    assert split_of(state) == Split(F(3, 10), seed=1)
    assert split_of(loads(dumps(state))) == Split(F(3, 10), seed=1)
    assert edits.split_rows(state, Split(F(0))).dataset.test_rows == ()
    with pytest.raises(EditError, match="no classes"):
        edits.split_rows(state, Split(F(1, 2), by_class=True))


def test_rows_are_marked_by_their_place_in_the_table():
    state = edits.mark_rows(state_of(mixed()), [1, 2], True)
    # table row 2 is the second complete row; table row 1 is set aside and remembers
    assert state.dataset.test_rows == (1,)
    assert state.dataset.aside_row(1).test
    complete = edits.set_cells(state, {1: {"y": F(4)}})
    assert complete.dataset.test_rows == (1, 2)
    assert edits.mark_rows(complete, range(4), False).dataset.test_rows == ()


def test_many_rows_are_told_apart_as_one_by_one() -> None:
    """With several rows set aside, at both ends and side by side."""
    data = numbers(x=range(12), y=range(12))
    data = edits.clear_cells(state_of(data), [0, 3, 4, 11], ["y"]).dataset
    order = [*range(12), 4, 4, 11, 0, 7]
    found, complete = data.told_apart(order)
    assert complete.tolist() == [data.complete_row(row) is not None for row in order]
    assert data.complete_rows(order).tolist() == [row for at in order if (row := data.complete_row(at)) is not None]
    for at, index in zip(order, found.tolist(), strict=True):
        if data.complete_row(at) is None:
            assert data.aside[index] is data.aside_row(at)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("column", ["x", "who"])
def test_many_rows_are_sorted_with_those_set_aside_among_them(column: str, descending: bool) -> None:
    rng = np.random.default_rng(3)
    n = 3000
    x, words = rng.integers(0, 50, n) / 4, tuple(rng.choice(["b", "A", "a", "", "B"], n).tolist())
    data = Dataset({"x": Column(x), "y": Column(x)}, texts={"who": words})
    # A row without y has its place by x; one without x, or without a word, goes to the end.
    data = edits.clear_cells(state_of(data), range(0, n, 7), ["y"]).dataset
    data = edits.clear_cells(state_of(data), range(0, n, 70), ["x"]).dataset
    order = sorted_order(data, column, descending)
    assert order is not None
    by_hand = [
        (row, None if row % 70 == 0 else float(x[row])) if column == "x" else (row, (words[row].casefold(), words[row]))
        for row in range(n)
    ]
    there = [pair for pair in by_hand if pair[1] is not None and pair[1] != ("", "")]
    left = [row for row, key in by_hand if key is None or key == ("", "")]
    assert order == [*(row for row, _ in sorted(there, key=lambda pair: pair[1], reverse=descending)), *left]
    done = edits.sort_rows(state_of(data), column, descending).dataset
    assert [done.cell(row, "who") for row in range(n)] == [words[row] for row in order]
    assert done.aside == tuple(row for at in range(n) if (row := done.aside_row(at)) is not None)
