"""Regular lines are read at once, and nobody can tell it from the result."""

from __future__ import annotations

import math
import random
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurosim.document import csv_regular
from neurosim.document.csv_block import RawBlock
from neurosim.document.csv_plain import PlainCells, plain_cells
from neurosim.document.csv_regular import RegularBlock, regular_block
from neurosim.document.csv_scan import scan
from neurosim.document.csv_table import Table, read_table
from neurosim.document.csv_writing import table_bytes
from neurosim.numbers.cells import cell_text, float_text

ROWS = 2100
"""More than are kept exactly."""

ODD_CELLS = (
    "", "NA", "-", "+", ".", "1e5", "-2.50E-3", "inf", "nan", "1_000", "1.2.3", ".5", "5.", "-.5", "+7", "007", "-0",
    "-0.0", "-0.000", "0.00001", "0.0001", "123456789012345", "1234567890123456", "0.1234567890123456", "3/4", "--1",
    "1-", ".-5", "word", "größe", " 1.5", "2 ", "1e400", "1e-400", "0.30000000000000004", "99999999999999999999",
    "\u22121", "Ω", '5"',
)  # fmt: skip


KINDS = ("whole", "fixed", "fixed", "plus", "short", "full", "power", "word", "odd")


def cells_of(kind: str, source: random.Random) -> str:
    """One cell of a column of a *kind*."""
    number = source.gauss(0, 10 ** source.randint(-3, 4))
    match kind:
        case "word":
            return source.choice(("red", "green", "blue"))
        case "odd":
            return source.choice(ODD_CELLS)
        case "short":
            return float_text(round(number, source.randint(0, 5)))
        case "full":
            return float_text(number)
    return format(number, {"whole": ".0f", "fixed": ".3f", "plus": "+.2f", "power": ".4e"}[kind])


def random_table(seed: int) -> tuple[str, bytes]:
    """A large table, described and in bytes; most of its lines are regular."""
    source = random.Random(seed)  # noqa: S311 - rows of a test are no secret
    kinds = source.choices(KINDS, k=source.randint(1, 4))
    delimiter = source.choice(",;\t|")
    decimal = "," if delimiter != "," and source.random() < 0.4 else "."
    newline = source.choice(("\n", "\n", "\r\n", "\r"))
    oddness = source.choice((0, 0, 0.002, 0.1))
    lines = [delimiter.join(f"c{index}" for index in range(len(kinds)))] if source.random() < 0.8 else []
    if lines and source.random() < 0.3:
        lines[0] = delimiter.join(f'"{name}"' for name in lines[0].split(delimiter))
    for _ in range(ROWS):
        row = [cells_of("odd" if source.random() < oddness else kind, source) for kind in kinds]
        cells = [cell.replace(".", decimal) for cell in row]
        lines.append(delimiter.join(cell.replace(delimiter, "/") for cell in cells))
    if source.random() < 0.3:
        at = source.randint(1, ROWS)
        lines[at] = source.choice(("", "  ", lines[at] + delimiter, lines[at] + f"{delimiter}7"))
    end = source.choice((newline, "", newline * 2, newline + " "))
    text = newline.join(lines) + end
    said = f"{kinds} {delimiter!r} {decimal} {newline!r} {oddness} {end!r}"
    return said, text.encode(source.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16")))


def described(table: Table) -> dict[str, object]:
    """All that a table says of its file, to be compared."""
    columns = [(c.name, c.kind, c.floats.tobytes(), c.numbers, c.texts, dict(c.odd)) for c in table.columns]
    spelling = table.spelling
    return {
        "columns": columns,
        "lines": table.lines.tolist(),
        "problems": table.problems,
        "n_problems": table.n_problems,
        "form": table.form,
        "spelled": {name: dict(rows) for name, rows in spelling.cells.items()},
        "margins": dict(spelling.lines),
        "styles": dict(spelling.styles),
        "notes": table.notes,
        "short": dict(table.short),
        "beyond": dict(table.beyond),
    }


@pytest.mark.parametrize("seed", range(16))
def test_both_ways_read_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    said, data = random_table(seed)
    path = tmp_path / "table.csv"
    path.write_bytes(data)
    quickly = read_table(path)
    monkeypatch.setattr(csv_regular, "DELIMITERS", frozenset())
    carefully = read_table(path)
    assert described(quickly) == described(carefully), said
    if quickly.numeric and len(quickly.usable_rows(quickly.numeric)):
        assert table_bytes(quickly.whole()) == data, said


def plainly(cells: list[str]) -> PlainCells:
    """*cells* read as a line of a file."""
    signs = np.frombuffer((",".join(cells) + ",").encode(), dtype=np.uint8)
    ends = np.flatnonzero(signs == ord(","))
    return plain_cells(signs, np.concatenate(([0], ends[:-1] + 1)), ends, ord("."))


def check(cells: list[str]) -> int:
    """Hold what is said of plain cells against Python, which reads and writes one by one; how many were plain."""
    found = plainly(cells)
    for index, cell in enumerate(cells):
        value = float(found.values[index])
        if np.isnan(value):
            assert not found.tidy[index]
            assert not found.brief[index]
            assert "e" in cell or not cell.strip("+-.") or sum(map(str.isdigit, cell)) > 15
            continue
        assert repr(value) == repr(float(cell))
        if found.brief[index]:
            assert cell == float_text(value)
        for style in ("", ".0f", ".2f", ".5f", ".15f", ".16f"):
            sure = found.written_in(style)
            assert sure is not None
            if sure[index]:
                assert cell == cell_text(value, ".", style)
    return int(np.isfinite(found.values).sum())


@given(st.lists(st.from_regex(r"[-+]?[0-9]{0,18}\.?[0-9]{0,17}(e5)?", fullmatch=True), min_size=1, max_size=12))
def test_plain_decimals_are_the_numbers_that_python_reads(cells: list[str]) -> None:
    check(cells)


@given(
    st.lists(
        st.one_of(
            st.floats(1e-4, 1e15).map(repr),
            st.floats(1e-4, 1e15).map("{:.16g}".format),
            st.floats(1e-4, 1e6).map("{:.17g}".format),
            st.floats(1e-3, 10).map("{:.16f}".format),
            # As close to the middle between two of them as 17 digits come, and the same one step beside.
            st.floats(1e-3, 1e8).map(lambda x: f"{(Decimal(x) + Decimal(math.nextafter(x, math.inf))) / 2:.17g}"),
            st.floats(1e-3, 1e8).map(lambda x: repr(x)[:-1] + str((int(repr(x)[-1]) + 1) % 10)),
            st.integers(2**53, 10**17).map(str),
            st.integers(-40, 40).map(lambda n: f"{2.0**n:.17g}"),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_long_decimals_are_the_numbers_that_python_reads(cells: list[str]) -> None:
    check(cells)


def test_most_long_decimals_are_read_at_once() -> None:
    numbers = np.random.default_rng(5).normal(size=3000)
    cells = [repr(number) for number in numbers.tolist()]
    assert check(cells) > 2990
    written = plainly(cells).written_in("")
    assert written is not None
    assert np.count_nonzero(written) > 2985  # those below 0.0001 are written as powers of ten
    # One digit more or less in the last place is another text for the same number, or another number.
    assert check([cell[:-1] + str((int(cell[-1]) + 1) % 10) for cell in cells if "e" not in cell]) > 2900


def test_columns_of_plain_decimals_are_surely_written_as_they_stand() -> None:
    block = regular_block("1.50,3\n-0.25,-12\n10.00,0\n", ",", "\n", 2, 5)
    assert block is not None
    assert block.lines == range(5, 8)
    first, second = (block.cells(index, ".").plain for index in range(2))
    assert first.values.tolist() == [1.5, -0.25, 10.0]
    assert first.written_in(".2f") is not None
    assert np.all(first.written_in(".2f"))
    assert second.values.tolist() == [3.0, -12.0, 0.0]
    assert np.all(second.written_in(""))
    assert first.written_in(".3e") is None


@pytest.mark.parametrize(
    "text", ["1,2\n3\n", "1,2\n\n3,4\n", "1,2,3\n4\n", "1,Ω\n"], ids=("short", "blank", "shifted", "beyond Latin-1")
)
def test_other_lines_are_not_regular(text: str) -> None:
    assert regular_block(text, ",", "\n", 2, 1) is None


def test_problems_are_the_first_ones_in_the_file() -> None:
    """With a thousand in the first column, those of the second are not forgotten."""
    table = read_table("x,y\n" + "".join("bad,bad\n" if row % 3 == 0 else "1,2\n" for row in range(6000)))
    assert table.n_problems == 4000
    assert [(p.line, p.column) for p in table.problems[:4]] == [(2, "x"), (2, "y"), (5, "x"), (5, "y")]
    assert len(table.problems) == 1000
    assert table.problems[-1].line == 2 + 3 * 499


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_only_the_lines_around_a_flaw_are_read_one_by_one(newline: str) -> None:
    lines = ["x,y", *(f"{row}.25,{row % 7}" for row in range(80_000))]
    lines[50_000] += ",7"
    text = newline.join(lines)
    blocks = list(scan(text, ",", False, newline, 2))
    regular = [block for block in blocks if isinstance(block, RegularBlock)]
    assert sum(map(len, blocks)) == len(lines)
    assert sum(map(len, regular)) > 50_000
    assert [line for block in blocks for line in block.lines] == list(range(1, len(lines) + 1))
    assert [row for block in blocks for row in block.head(len(block))] == [line.split(",") for line in lines]
    assert blocks[-1].unended


def test_quoted_names_do_not_keep_the_rows_from_being_read_at_once() -> None:
    text = '"the first, ""x""","y\nin two lines"\n' + "".join(f"{row},{row}\n" for row in range(3000))
    blocks = list(scan(text, ",", True, "\n", 2))
    assert [type(block) for block in blocks] == [RawBlock, RegularBlock]
    assert blocks[1].lines == range(3, 3003)
    table = read_table(text)
    assert [column.name for column in table.columns] == ['the first, "x"', "y in two lines"]
    assert table.n_rows == 3000
    assert table_bytes(table.whole()) == text.encode()
