"""Whatever a table file looks like: it opens with exactly these cells and is saved back unchanged, or is refused."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurosim.document.csv_table import TableError, read_table
from neurosim.document.csv_writing import table_bytes, write_table
from neurosim.document.json_format import dumps, loads
from neurosim.document.state import DocumentState
from neurosim.engine import table_columns, table_edits
from neurosim.engine.dataset import Column, Dataset, TableForm
from neurosim.paths import resources
from tests.document.table_files import TableFile, table_files

F = Fraction
FILES = table_files()
GOOD = [file for file in FILES if not file.refused]


def opened(tmp_path: Path, file: TableFile) -> Dataset:
    path = tmp_path / f"{file.name}.csv"
    path.write_bytes(file.data)
    return read_table(path).whole()


def test_there_are_enough_and_they_differ() -> None:
    assert len(FILES) >= 80
    assert len({file.name for file in FILES}) == len({file.data for file in FILES}) == len(FILES)


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.name)
def test_it_opens_with_these_cells(tmp_path: Path, file: TableFile) -> None:
    dataset = opened(tmp_path, file)
    assert dataset.names == tuple(file.names)
    assert tuple(dataset.texts) == tuple(file.words)
    assert [row for row in range(dataset.n_table_rows) if dataset.complete_row(row) is None] == list(file.aside)
    for row, cells in enumerate(file.rows):
        for name, cell in zip(file.names, cells, strict=True):
            if row in file.aside:
                assert table_edits.as_text(dataset, row, name) == cell
            else:
                found = dataset.cell(row, name)
                assert found == cell if name in file.words else float(found) == float(F(cell))
    assert dataset.n_table_rows == len(file.rows)


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.name)
def test_it_is_saved_back_byte_for_byte(tmp_path: Path, file: TableFile) -> None:
    dataset = opened(tmp_path, file)
    assert table_bytes(dataset) == file.data
    kept = loads(dumps(DocumentState(dataset=dataset))).dataset
    assert kept == dataset
    write_table(kept, tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == file.data


@pytest.mark.parametrize("file", [file for file in FILES if file.refused], ids=lambda file: file.name)
def test_it_is_refused_with_a_sentence(tmp_path: Path, file: TableFile) -> None:
    with pytest.raises(TableError, match=file.refused) as caught:
        opened(tmp_path, file)
    assert f"{file.name}.csv" in str(caught.value)


@pytest.mark.parametrize("path", sorted((resources() / "datasets").glob("*.csv")), ids=lambda path: path.stem)
def test_bundled_data_are_saved_back_byte_for_byte(path: Path) -> None:
    assert table_bytes(read_table(path).whole()) == path.read_bytes()


def test_one_edited_cell_changes_one_cell_of_the_file() -> None:
    text = "x , y\r\n 1.50,+2\r\n-3.0,NA\r\n 7, 8,\r\n"
    dataset = read_table(text).whole()
    assert table_bytes(dataset) == text.encode()
    changed = table_edits.with_cells(dataset, 0, {"y": F(9, 4)})
    assert table_bytes(changed) == text.replace("+2", "2.25").encode()
    completed = table_edits.with_cells(dataset, 1, {"y": 4})
    assert table_bytes(completed) == text.replace("NA", "4").encode()
    emptied = table_edits.with_cells(dataset, 2, {"x": ""})
    assert table_bytes(emptied) == text.replace(" 7,", ",").encode()
    assert table_bytes(table_edits.without_table_rows(dataset, [1])) == text.replace("-3.0,NA\r\n", "").encode()
    assert table_bytes(table_columns.renamed(dataset, "x", "z")) == text.replace("x ,", "z,").encode()


def test_rows_added_behind_an_unended_line_begin_a_new_one() -> None:
    for text in ("x,y\n1,2", "x,y\n1,2,", "x,y\n1,2\n  "):
        dataset = read_table(text).whole()
        grown = table_edits.with_table_row(dataset, 1, {"x": 3, "y": 4})
        assert table_bytes(grown).decode().splitlines()[-1] == "3,4"
        assert read_table(table_bytes(grown).decode()).whole().columns["y"].numbers == (2, 4)


def test_a_column_keeps_its_decimals_when_numbers_in_it_change() -> None:
    dataset = read_table("x,y\n1.50,2\n2.00,3\n2.25,4\n").whole()
    changed = dataset.with_values(0, {"x": F(7)}).with_values(1, {"x": F(1, 8)})
    assert table_bytes(changed) == b"x,y\n7.00,2\n0.125,3\n2.25,4\n"


def test_columns_that_are_not_asked_for_lose_no_rows() -> None:
    text = "x,gap,y\n1,NA,2\n3,1.50,4\n?,5,6\n"
    table = read_table(text)
    assert table.whole().n_rows == 1
    dataset = table.whole(["x", "y"])
    assert table.kept_as_words(["x", "y"]) == ("gap",)
    assert dataset.n_rows == 2
    assert dataset.texts == {"gap": ("NA", "1.50")}
    assert dataset.names == ("x", "gap", "y")
    assert table_bytes(dataset) == text.encode()


def test_another_form_writes_the_same_numbers() -> None:
    dataset = read_table('x,"kind, of",y\n1.50,a,2\n1/3,"b;c",?\n').whole(["x"])
    form = TableForm(delimiter=";", decimal=",", newline="\r\n", bom=True)
    data = table_bytes(dataset, form)
    assert data.decode("utf-8-sig") == 'x;kind, of;y\r\n1,5;a;2\r\n1/3;"b;c";?\r\n'
    again = read_table_bytes(data)
    assert again.columns["x"] == dataset.columns["x"]
    aside = read_table("x,y\n1.5,\n2,3\n").whole()
    assert table_bytes(aside, TableForm(delimiter=";", decimal=",")) == b"x;y\n1,5;\n2;3\n"


def read_table_bytes(data: bytes) -> Dataset:
    return read_table(data.decode("utf-8-sig")).whole(["x"])


def test_what_an_encoding_lacks_is_refused() -> None:
    dataset = replace(read_table("x,kind\n1,a\n2,λ\n").whole(), form=TableForm(encoding="cp1252"))
    with pytest.raises(TableError, match=r"“λ” cannot be written as Windows-1252 .*: export the data as UTF-8"):
        table_bytes(dataset)
    with pytest.raises(TableError, match="no columns"):
        table_bytes(Dataset({}))


def test_where_nothing_can_be_written_the_old_file_stays(tmp_path: Path) -> None:
    dataset = read_table("x,y\n1,2\n").whole()
    with pytest.raises(TableError, match=r"cannot be written .*choose another folder or name"):
        write_table(dataset, tmp_path / "no" / "such.csv")
    (tmp_path / "old.csv").write_text("old")
    with pytest.raises(TableError, match="λ"):
        write_table(replace(read_table("x,λ\n1,2\n").whole(), form=TableForm(encoding="latin-1")), tmp_path / "old.csv")
    assert (tmp_path / "old.csv").read_text() == "old"


numbers = st.one_of(
    st.fractions(-(10**12), 10**12, max_denominator=10**6), st.floats(allow_nan=False, allow_infinity=False)
)
words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6).map(str.strip)


@given(
    st.lists(st.tuples(numbers, words), min_size=1, max_size=5),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(".,"),
    st.sampled_from(["minimal", "words", "all"]),
    st.booleans(),
)
def test_whatever_is_written_reads_back(rows, delimiter, decimal, quoting, padded) -> None:  # type: ignore[no-untyped-def]
    dataset = Dataset({"x": Column([x for x, _ in rows])}, texts={"kind": tuple(f"k{w}".strip() for _, w in rows)})
    form = TableForm(delimiter, decimal, quoting=quoting, padded=padded)
    text = table_bytes(dataset, form).decode()
    again = read_table(text, delimiter=delimiter, decimal=decimal, header=True).whole(["x"])
    for found, (number, _) in zip(again.columns["x"].numbers or (), rows, strict=True):
        assert float(found) == float(number)
        assert isinstance(found, F) or isinstance(number, float)
    assert again.texts == dataset.texts
    assert table_bytes(again).decode() == text


@given(st.binary(max_size=120))
def test_any_bytes_that_open_are_saved_back(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "bytes.csv"
    path.write_bytes(data)
    _saved_back(path, data)


@given(st.text('0123456789.,;\t"\n\r abc-NA', max_size=80))
def test_any_text_that_opens_is_saved_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "text.csv"
    path.write_bytes(text.encode())
    _saved_back(path, text.encode())


def _saved_back(path: Path, data: bytes) -> None:
    try:
        dataset = read_table(path).whole()
    except TableError:
        return
    assert table_bytes(dataset) == data


# -- many rows ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    ("fmt", "header"), [("%.17g", "a,b,c"), ("%.3f", "a,b,c"), ("%.18e", ""), ("%d", "a,b,c")], ids=str
)
def test_thirty_thousand_rows_are_saved_back(fmt: str, header: str) -> None:
    values = np.random.default_rng(5).normal(size=(30_000, 3)) * 100
    lines = [",".join(fmt % value for value in row) for row in values]
    lines[12_345] = "1,,3"
    lines[20_000] = "1,2,3,4"
    text = "\n".join([header, *lines] if header else lines) + "\n"
    table = read_table(text)
    assert table.n_rows == 30_000
    dataset = table.whole()
    assert (dataset.n_rows, len(dataset.aside)) == (29_998, 2)
    assert table_bytes(dataset) == text.encode()
    sizes = [len(rows) for rows in dataset.spelling.cells.values()]
    assert sum(sizes) <= 100


@pytest.mark.slow
def test_memory_grows_with_the_file_and_not_more(tmp_path: Path) -> None:
    values = np.random.default_rng(6).normal(size=(100_000, 3))
    path = tmp_path / "many.csv"
    path.write_text("a,b,c\n" + "".join(f"{a!r},{b!r},{c!r}\n" for a, b, c in values.tolist()))
    tracemalloc.start()
    table = read_table(path)
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert table.n_rows == 100_000
    assert kept < 2 * path.stat().st_size
    assert peak < 8 * path.stat().st_size


def test_many_rows_with_words_and_quotes_are_saved_back() -> None:
    rows = [f'{i},"word, {i % 7}",{i / 8}' for i in range(25_000)]
    text = "\r\n".join(["n,kind,v", *rows])
    dataset = read_table(text).whole()
    assert dataset.texts["kind"][24_999] == f"word, {24_999 % 7}"
    assert table_bytes(dataset) == text.encode()


def test_a_column_that_turns_out_to_hold_words_is_one_of_words() -> None:
    rows = [f"{i},{i}" for i in range(12_000)] + [f"{i},w{i}" for i in range(15_000)]
    text = "\n".join(["n,v", *rows, ""])
    table = read_table(text)
    assert [column.kind for column in table.columns] == ["number", "text"]
    assert table_bytes(table.whole()) == text.encode()
