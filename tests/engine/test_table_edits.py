"""Tables as people edit them: rows are set aside and come back, and everything beside the numbers keeps its place."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurosim.engine import table_columns, table_edits
from neurosim.engine.dataset import Aside, Column, Dataset, Spelling, TableForm
from neurosim.engine.errors import DatasetError
from neurosim.engine.table_form import HEADER

F = Fraction


def iris() -> Dataset:
    """Table rows: 0 complete, 1 aside (x missing), 2 complete, 3 and 4 aside, 5 complete, 6 aside at the end."""
    return Dataset(
        {"x": Column([F(1), F(2), F(3)]), "y": Column([F(10), F(20), F(30)])},
        test_rows=(1,),
        source="iris",
        texts={"kind": ("a", "b", "c")},
        aside=(
            Aside(1, {"x": "", "kind": "p", "y": "5"}),
            Aside(2, {"x": "7", "kind": "q", "y": "NA"}),
            Aside(2, {"x": "8", "kind": "r", "y": "?"}),
            Aside(3, {"x": "-", "kind": "s", "y": "9"}),
        ),
        order=("x", "kind", "y"),
        spelling=Spelling({"x": {HEADER: '"x"', 0: "1.0", 2: "+2", 5: "3.0"}, "y": {5: "3e1"}}, {5: ("\n", "\n")}),
    )


def shown(data: Dataset) -> list[list[str]]:
    """The table as texts, row by row."""
    return [[table_edits.as_text(data, row, name) for name in data.names] for row in range(data.n_table_rows)]


TABLE = [
    ["1", "a", "10"],
    ["", "p", "5"],
    ["2", "b", "20"],
    ["7", "q", "NA"],
    ["8", "r", "?"],
    ["3", "c", "30"],
    ["-", "s", "9"],
]


def test_complete_rows_and_those_aside_stand_in_one_order() -> None:
    data = iris()
    assert shown(data) == TABLE
    assert [data.complete_row(row) for row in range(7)] == [0, None, 1, None, None, 2, None]
    assert [data.table_row(row) for row in range(3)] == [0, 2, 5]
    assert data.n_rows == 3
    assert table_edits.missing_columns(data, 3) == ("y",)
    assert table_edits.missing_columns(data, 2) == ()


def test_a_completed_row_comes_back_where_it_stands() -> None:
    data = table_edits.with_cells(iris(), 4, {"y": F(1, 3)})
    assert data.n_rows == 4
    assert data.row(2) == {"x": 8, "y": F(1, 3)}
    assert data.texts["kind"] == ("a", "b", "r", "c")
    assert shown(data) == [*TABLE[:4], ["8", "r", "1/3"], *TABLE[5:]]
    assert data.test_rows == (1,)
    assert data.spelling == iris().spelling
    assert [row.place for row in data.aside] == [1, 2, 4]


def test_an_emptied_cell_sets_its_row_aside_and_typing_it_again_brings_all_back() -> None:
    data = iris()
    emptied = table_edits.with_cells(data, 2, {"y": ""})
    assert emptied.n_rows == 2
    assert emptied.test_rows == ()
    assert shown(emptied) == [*TABLE[:2], ["2", "b", ""], *TABLE[3:]]
    assert emptied.spelling == data.spelling
    again = table_edits.with_cells(emptied, 2, {"y": 20})
    assert again == data


def test_what_is_typed_loses_its_spelling_and_nothing_else_does() -> None:
    data = table_edits.with_cells(iris(), 5, {"x": F(3, 2)})
    assert data.spelling == Spelling({"x": {HEADER: '"x"', 0: "1.0", 2: "+2"}, "y": {5: "3e1"}}, {5: ("\n", "\n")})
    assert iris().with_values(2, {"x": F(3, 2)}) == data
    assert table_edits.with_cells(iris(), 0, {"kind": "new"}).texts["kind"] == ("new", "b", "c")


def test_rows_go_and_the_rest_moves_up() -> None:
    data = table_edits.without_table_rows(iris(), [1, 2])
    assert shown(data) == [TABLE[0], *TABLE[3:]]
    assert data.test_rows == ()
    assert data.spelling == Spelling({"x": {HEADER: '"x"', 0: "1.0", 3: "3.0"}, "y": {3: "3e1"}}, {3: ("\n", "\n")})
    assert shown(iris().without_rows([0, 1])) == [TABLE[1], *TABLE[3:]]


def test_rows_come_between_and_at_the_end() -> None:
    grown = table_edits.with_table_row(iris(), 4, {"x": 5, "y": 6, "kind": "n"})
    assert shown(grown) == [*TABLE[:4], ["5", "n", "6"], *TABLE[4:]]
    assert grown.spelling.cell(6, "y") == "3e1"
    assert shown(table_edits.with_table_row(iris(), 7, {"x": 5})) == [*TABLE, ["5", "", ""]]
    assert shown(iris().with_row(3, {"x": F(4)})) == [*TABLE, ["4", "", "0"]]
    with pytest.raises(DatasetError, match="no place 9 among 7 rows"):
        table_edits.with_table_row(iris(), 8, {})


def test_rows_take_another_order() -> None:
    order = [6, 5, 4, 3, 2, 1, 0]
    data = table_edits.reordered(iris(), order)
    assert shown(data) == TABLE[::-1]
    assert data.test_rows == (1,)
    assert data.spelling.cell(1, "y") == "3e1"
    assert data.spelling.cell(HEADER, "x") == '"x"'
    assert table_edits.reordered(data, order) == iris()
    with pytest.raises(DatasetError, match="each of the 7 rows once"):
        table_edits.reordered(iris(), [0, 1])


def test_columns_come_go_and_get_names() -> None:
    data = table_columns.with_column(iris(), "z", [F(0)] * 3, aside="0")
    assert data.names == ("x", "kind", "y", "z")
    assert shown(data)[1] == ["", "p", "5", "0"]
    assert table_columns.without_column(data, "z") == iris()
    named = table_columns.renamed(iris(), "x", "length")
    assert named.names == ("length", "kind", "y")
    assert shown(named) == TABLE
    assert named.spelling.cells["length"] == {0: "1.0", 2: "+2", 5: "3.0"}
    assert list(table_columns.with_texts(iris(), "note", "uvw").texts) == ["kind", "note"]
    for function, name in ((table_columns.without_column, "q"), (table_columns.as_words, "q")):
        with pytest.raises(DatasetError, match="no column 'q'"):
            function(iris(), name)
    with pytest.raises(DatasetError, match="already a column 'kind'"):
        table_columns.renamed(iris(), "x", "kind")


def test_rows_that_lack_nothing_without_a_column_are_complete() -> None:
    data = table_columns.without_column(iris(), "y")
    assert data.columns["x"].numbers == (1, 2, 7, 8, 3)
    assert data.texts["kind"] == ("a", "b", "q", "r", "c")
    assert data.test_rows == (1,)
    assert shown(data) == [row[:2] for row in TABLE]
    nothing = table_columns.without_column(table_columns.without_column(data, "x"), "kind")
    assert (nothing.n_rows, nothing.aside, nothing.names) == (0, (), ())


def test_numbers_become_words_and_words_numbers() -> None:
    words = table_columns.as_words(iris(), "y")
    assert words.texts["y"] == ("10", "20", "NA", "?", "30")
    assert words.names == ("x", "kind", "y")
    numbers = table_columns.as_numbers(words, "y")
    assert shown(numbers) == TABLE
    assert numbers.columns["y"].numbers == (10, 20, 30)


def test_many_rows_go_aside_and_come_back_at_once() -> None:
    data = table_edits.set_all_aside(iris(), range(7))
    assert (data.n_rows, len(data.aside)) == (0, 7)
    assert shown(data) == TABLE
    assert table_edits.with_asides_completed(data) == iris()
    n = 30_000
    long = Dataset({"x": Column([float(i) for i in range(n)])}, tuple(range(0, n, 3)), texts={"k": ("w",) * n})
    half = table_edits.set_all_aside(long, range(0, n, 2))
    assert half.n_rows == n // 2
    assert table_edits.with_asides_completed(half) == long


def test_a_row_that_is_too_long_stays_aside() -> None:
    data = Dataset({"x": Column([F(1)]), "y": Column([F(2)])}, aside=(Aside(0, {"x": "3", "y": "4"}, ("5",)),))
    assert table_edits.with_cells(data, 0, {"x": 7}).n_rows == 1


def test_a_row_that_is_too_short_gets_the_cells_up_to_the_typed_one() -> None:
    data = Dataset({name: Column([F(1)]) for name in "xyz"}, aside=(Aside(1, {"x": "3"}),))
    typed = table_edits.with_cells(data, 1, {"y": 4})
    assert typed.aside == (Aside(1, {"x": "3", "y": "4"}),)
    assert table_edits.with_cells(typed, 1, {"z": "5"}).row(1) == {"x": 3, "y": 4, "z": 5}


def test_the_decimal_sign_of_the_file_reads_and_writes_texts() -> None:
    data = Dataset({"x": Column([F(1, 2)])}, form=TableForm(decimal=","))
    assert table_edits.as_text(data, 0, "x") == "0,5"
    assert table_edits.with_cells(data, 0, {"x": "1,25"}).row(0) == {"x": F(5, 4)}
    assert table_edits.with_cells(data, 0, {"x": "1.25"}).n_rows == 0


@pytest.mark.parametrize("bad", [float("nan"), float("inf")])
def test_numbers_that_are_none_are_refused(bad: float) -> None:
    with pytest.raises(DatasetError, match=r"x: .* is not a finite number"):
        table_edits.with_cells(iris(), 0, {"x": bad})


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"texts": {"x": ("a", "b", "c")}}, "either numbers or words"),
        ({"texts": {"k": ("a",)}}, "same number of rows"),
        ({"order": ("x", "k")}, "each column once"),
        ({"aside": (Aside(4, {}),)}, "from 0 to 3"),
        ({"aside": (Aside(2, {}), Aside(1, {}))}, "in order"),
    ],
)
def test_what_does_not_fit_together_is_refused(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(DatasetError, match=sentence):
        Dataset({"x": Column([F(1), F(2), F(3)])}, **change)


# -- any edits, beside a plain list of rows ----------------------------------------------------------------------------

CELLS = st.sampled_from(["1", "2.5", "-3", "", "NA", "word"])
STEP = st.tuples(
    st.sampled_from(["cell", "insert", "delete", "swap"]), st.integers(0, 9), st.sampled_from("xyk"), CELLS
)


@given(st.lists(STEP, max_size=12))
def test_any_edits_do_what_they_do_to_a_list_of_rows(steps: list[tuple[str, int, str, str]]) -> None:
    data, model = iris(), [list(row) for row in TABLE]
    data = table_columns.renamed(data, "kind", "k")
    for what, at, column, text in steps:
        index = "xky".index(column)
        if what == "insert":
            place = at % (len(model) + 1)
            data = table_edits.with_table_row(data, place, {column: text})
            model.insert(place, [text if i == index else "" for i in range(3)])
        elif model:
            row = at % len(model)
            if what == "cell":
                data = table_edits.with_cells(data, row, {column: text})
                model[row][index] = text
            elif what == "delete":
                data = table_edits.without_table_rows(data, [row])
                del model[row]
            else:
                order = [row, *(i for i in range(len(model)) if i != row)]
                data = table_edits.reordered(data, order)
                model = [model[i] for i in order]
    assert shown(data) == model
    good = [row for row in model if row[0] in NUMBERS and row[2] in NUMBERS]
    assert [[str(float(data.columns[n][i])) for n in "xy"] for i in range(data.n_rows)] == [
        [str(float(row[0])), str(float(row[2]))] for row in good
    ]
    assert list(data.texts["k"]) == [row[1] for row in good]


NUMBERS = {"1", "2", "3", "7", "8", "5", "9", "10", "20", "30", "2.5", "-3"}
