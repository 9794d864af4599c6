"""Tables as people have them: every layout, every damage; good rows are kept and bad cells named."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurosim.document.csv_table import Table, TableError, read_table
from neurosim.paths import resources

F = Fraction
DATASETS = resources() / "datasets"


def numbers(table: Table, *names: str) -> list[tuple[object, ...]]:
    """The columns *names* (all by default) of the data set."""
    dataset = table.dataset(names or None)
    return [tuple(column.numbers or column.floats.tolist()) for column in dataset.columns.values()]


@pytest.mark.parametrize(
    "text",
    [
        "x,y\n1.5,2\n-3,4.25\n",
        "x;y\n1,5;2\n-3;4,25\n",
        "x\ty\n1.5\t2\n-3\t4.25\n",
        "x\ty\n1,5\t2\n-3\t4,25\n",
        "x|y\n1.5|2\n-3|4.25\n",
        "x y\n1.5 2\n-3 4.25\n",
        "x    y\n 1.5  2\n -3   4.25\n",
        '"x","y"\n"1.5","2"\n"-3","4.25"\n',
        '"x","y"\n"1,5","2,0"\n"-3","4,25"\n',
        "x, y\n1.5, 2\n-3, 4.25\n",
        "x,y\r\n1.5,2\r\n-3,4.25\r\n",
        "x,y\r1.5,2\r-3,4.25\r",
        "\ufeffx,y\n1.5,2\n-3,4.25\n",
        "x,y\n1.5,2\n-3,4.25",
        "\n\nx,y\n\n1.5,2\n\n-3,4.25\n\n",
        "x,y,\n1.5,2,\n-3,4.25,\n".replace("x,y,", "x,y"),
        "x,y\n3/2,2\n\u22123,17/4\n",
        "x,y\n\u06f1.\u06f5,\u06f2\n-3,4.25\n",
        "1.5,2\n-3,4.25\n",
        "x;y\n1.5;2\n-3;4.25\n",
        "x,y\n15e-1,2\n-3,425E-2\n",
    ],
)
def test_one_table_in_many_layouts(text: str) -> None:
    table = read_table(text)
    assert [column.name for column in table.columns] == ["x", "y"]
    assert numbers(table) == [(F(3, 2), F(-3)), (F(2), F(17, 4))]
    assert table.n_problems == 0
    assert table.left_out(["x", "y"]) is None


@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-8", ""), ("utf-8-sig", ""), ("latin-1", "Latin-1"), ("utf-16", "UTF-16")]
)
def test_encodings(tmp_path: Path, encoding: str, said: str) -> None:
    path = tmp_path / "maße.csv"
    path.write_bytes("größe;maß\n1,5;2\n".encode(encoding))
    table = read_table(path)
    assert [column.name for column in table.columns] == ["größe", "maß"]
    assert numbers(table) == [(F(3, 2),), (F(2),)]
    assert said in " ".join(table.notes)
    assert table.name == "maße.csv"


def test_bad_rows_are_named_and_the_good_ones_kept() -> None:
    table = read_table("x,y\n1,2\n3\nfoo,5\n6,7,8\n9,NaN\n1e400,3\n,4\ninf,1\n10,11\n")
    assert [str(problem) for problem in table.problems] == [
        "line 3: 1 cell instead of 2; the row is set aside.",
        'line 4, x: "foo" is not a number.',
        "line 5: 3 cells instead of 2; the row is set aside.",
        'line 6, y: "NaN" says that there is no value; nothing is guessed.',
        'line 7, x: "1e400" is beyond what a number can hold.',
        "line 8, x: the cell is empty; nothing is guessed.",
        'line 9, x: "inf" is not a finite number.',
    ]
    assert table.n_problems == 7
    assert numbers(table) == [(F(1), F(10)), (F(2), F(11))]
    assert numbers(table, "y") == [(F(2), F(5), F(3), F(4), F(1), F(11))]
    assert table.left_out(["y"]) == (
        "3 of 9 rows are kept out of training: 1 has no value in a chosen column (line 6) and "
        "2 have too few or too many cells. Nothing is guessed."
    )


def test_a_quotation_mark_that_never_closes_costs_one_cell() -> None:
    table = read_table('x,y\n1,2\n"3,4\n5,6\n')
    assert numbers(table) == [(F(1), F(5)), (F(2), F(6))]
    assert [(problem.line, problem.column) for problem in table.problems] == [(3, "x")]
    assert any("never closed" in note for note in table.notes)


def test_quoted_cells_may_hold_separators_and_line_ends() -> None:
    table = read_table('"name, full","x\ny",v\n"a, ""b""",1,2\n"c\nd",3,bad\n"e",4,5\n')
    assert [column.name for column in table.columns] == ["name, full", "x y", "v"]
    assert table.columns[0].texts == ('a, "b"', "c\nd", "e")
    assert numbers(table, "x y") == [(F(1), F(3), F(4))]
    assert [(problem.line, problem.column) for problem in table.problems] == [(4, "v")]


@pytest.mark.parametrize("text", ["", " \n ", "\n\n\n"])
def test_an_empty_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "empty.csv"
    path.write_text(text)
    with pytest.raises(TableError, match=r"^empty\.csv is empty"):
        read_table(path)


def test_what_is_no_table(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="line of names but no rows"):
        read_table("x,y\n\n", name="names.csv")
    with pytest.raises(TableError, match="there is no such file"):
        read_table(tmp_path / "missing.csv")
    with pytest.raises(TableError, match="is a folder"):
        read_table(tmp_path)
    (tmp_path / "book.xlsx").write_bytes(b"PK\x03\x04rest")
    with pytest.raises(TableError, match="is a workbook"):
        read_table(tmp_path / "book.xlsx")
    (tmp_path / "bytes.csv").write_bytes(b"x,y\n\0\0,1\n")
    with pytest.raises(TableError, match="no text file"):
        read_table(tmp_path / "bytes.csv")
    with pytest.raises(TableError, match="no column of numbers"):
        read_table("a,b\nfoo,bar\n").dataset()
    with pytest.raises(TableError, match=r"No row of .* has a number in each"):
        read_table("a,b\n1,\n,2\n3,\n,4\n").dataset()
    with pytest.raises(TableError, match="has no column z"):
        read_table("a,b\n1,2\n").dataset(["z"])
    with pytest.raises(TableError, match="holds words"):
        read_table("a,b\n1,foo\n").dataset(["b"])


def test_headers() -> None:
    table = read_table("x,x,\n1,2,3\n4,5,6\n")
    assert [column.name for column in table.columns] == ["x", "x 2", "column 3"]
    assert len(table.notes) == 2
    assert [column.name for column in read_table("1,2,3\n4,5,6\n").columns] == ["x1", "x2", "y"]
    assert [column.name for column in read_table("2010,2011\n1,2\n", header=True).columns] == ["2010", "2011"]
    assert read_table("a,b\n1,2\n", header=False).n_rows == 2
    assert [column.name for column in read_table("mpg,cyl\nMazda,21,6\nFiat,32,4\n").columns] == ["rows", "mpg", "cyl"]
    assert read_table("1,two,3\n4,5,6\n7,8,9\n", header=False).problems[0].line == 1


def test_layout_can_be_said_instead_of_found() -> None:
    assert numbers(read_table("a b;c\n1.234;5\n", decimal=","))[-1] == (F(5),)
    assert numbers(read_table("a,b\n1,5\n", delimiter=";", decimal=",")) == [(F(3, 2),)]


def test_kinds_of_columns() -> None:
    table = read_table("a,b,c,d\n0,1,0,x\n1,1,2,y\n0,1,1,z\n")
    assert [column.kind for column in table.columns] == ["binary", "number", "number", "text"]
    assert table.numeric == ("a", "b", "c")
    assert table.columns[3].texts == ("x", "y", "z")


@pytest.mark.parametrize(
    ("name", "inputs", "target"),
    [
        ("food_trucks", ("population_10k",), "profit_10k"),
        ("admissions", ("exam1", "exam2"), "admitted"),
        ("hours_pass", ("hours",), "pass"),
        ("height_mass", ("height_m",), "mass_kg"),
        ("norris", ("x",), "y"),
        ("anscombe", ("x1",), "y1"),
        ("spector", ("gpa", "tuce", "psi"), "grade"),
        ("houses", ("size_sqft", "bedrooms"), "price"),
        ("iris", ("Sepal.Length", "Sepal.Width", "Petal.Length"), "Petal.Width"),
    ],
)
def test_suggestions_for_real_data(name: str, inputs: tuple[str, ...], target: str) -> None:
    table = read_table(DATASETS / f"{name}.csv")
    assert (table.suggestion.inputs, table.suggestion.target) == (inputs, target)
    assert table.n_problems == 0


def test_a_column_that_counts_the_rows_is_no_input() -> None:
    table = read_table("id,a,b\n1,5,2\n2,6,9\n3,8,1\n")
    assert table.suggestion.inputs == ("a",)
    assert table.suggestion.target == "b"


@pytest.mark.parametrize("path", sorted(DATASETS.glob("*.csv")), ids=lambda path: path.stem)
def test_bundled_data_agree_with_another_reader(path: Path) -> None:
    with path.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    table = read_table(path)
    assert table.n_rows == len(rows)
    for column in table.columns:
        if column.is_numeric:
            wanted = [float("nan") if row[column.name] == "NA" else float(row[column.name]) for row in rows]
            assert np.array_equal(column.floats, wanted, equal_nan=True)
            assert column.numbers is not None
            for number, row in zip(column.numbers, rows, strict=True):
                assert not isinstance(number, Fraction) or number == F(row[column.name])
        else:
            assert list(column.texts) == [row[column.name] for row in rows]
    assert path.name in (DATASETS / "SOURCES.md").read_text()


def test_hand_sized_tables_are_exact_and_long_decimals_are_not() -> None:
    table = read_table("x,y\n0.1,34.62365962451697\n1e-3,2\n")
    assert table.columns[0].numbers == (F(1, 10), F(1, 1000))
    assert table.columns[1].numbers == (34.62365962451697, F(2))
    many = "x\n" + "0.1\n" * 2001
    assert read_table(many).columns[0].numbers is None
    assert read_table(many).dataset().columns["x"].numbers is None


# -- many rows -----------------------------------------------------------------------------------------------------


def as_csv(values: np.ndarray[tuple[int, int], np.dtype[np.float64]], delimiter: str, decimal: str) -> str:
    text = io.StringIO()
    np.savetxt(text, values, delimiter=delimiter, fmt="%.17g", header=delimiter.join("abc"), comments="")
    return text.getvalue().replace(".", decimal)


@pytest.mark.parametrize(("delimiter", "decimal"), [(",", "."), (";", ","), ("\t", ".")])
def test_many_rows_are_read_to_the_last_digit(delimiter: str, decimal: str) -> None:
    values = np.random.default_rng(3).normal(size=(20_000, 3))
    table = read_table(as_csv(values, delimiter, decimal))
    assert np.array_equal(np.column_stack([column.floats for column in table.columns]), values)
    assert (table.lines[0], table.lines[-1]) == (2, 20_001)


@pytest.mark.parametrize(
    ("line", "text", "problem"),
    [
        (9_000, "foo,1,2", 'line 9000, a: "foo" is not a number.'),
        (9_000, "1,2", "line 9000: 2 cells instead of 3; the row is set aside."),
        (9_000, "1,,2", "line 9000, b: the cell is empty; nothing is guessed."),
        (9_000, "1,2,nan", 'line 9000, c: "nan" says that there is no value; nothing is guessed.'),
        (9_000, "1,2,1e999", 'line 9000, c: "1e999" is beyond what a number can hold.'),
        (9_000, "1,1_000,2", 'line 9000, b: "1_000" is not a number.'),
        (20_001, "1,2,3,4", "line 20001: 4 cells instead of 3; the row is set aside."),
    ],
)
def test_one_bad_row_among_many(line: int, text: str, problem: str) -> None:
    values = np.random.default_rng(4).normal(size=(20_000, 3))
    lines = as_csv(values, ",", ".").splitlines()
    lines[line - 1] = text
    table = read_table("\n".join(lines))
    assert [str(found) for found in table.problems] == [problem]
    kept = np.delete(values, line - 2, axis=0)
    dataset = table.dataset()
    assert np.array_equal(np.column_stack([column.floats for column in dataset.columns.values()]), kept)


def test_thousands_of_problems_are_counted_and_some_told() -> None:
    table = read_table("x,y\n" + "1,2\n1,\n1,foo\n3,4\n" * 1500)
    assert table.n_problems == 3000
    assert len(table.problems) == 1000
    assert table.dataset().n_rows == 3000


@given(st.text('0123456789.,;\t"\n abc-', max_size=60))
def test_any_text_is_a_table_or_a_sentence(text: str) -> None:
    try:
        table = read_table(f"{text}\n")
        for column in table.columns:
            assert len(column.floats) == table.n_rows
        table.dataset()
    except TableError as error:
        sentence = str(error)
    else:
        return
    assert sentence


@given(st.binary(max_size=80))
def test_any_bytes_are_a_table_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "fuzz.csv"
    path.write_bytes(data)
    try:
        table = read_table(path)
    except TableError as error:
        sentence = str(error)
    else:
        assert table.n_rows >= 1
        return
    assert "fuzz.csv" in sentence
