"""``neurosim data`` and ``neurosim export``: tables made and written without a window."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from neurosim.cli import main
from neurosim.document.csv_table import read_table
from neurosim.document.json_format import save
from neurosim.document.state import DocumentState
from neurosim.engine.generators import GENERATORS
from neurosim.paths import example, resources

F = Fraction


def run(capfdbinary: pytest.CaptureFixture[bytes], *words: object) -> bytes:
    code = main([str(word) for word in words])
    captured = capfdbinary.readouterr()
    assert (code, captured.err) == (0, b"")
    return captured.out


def complaint(capfdbinary: pytest.CaptureFixture[bytes], *words: object) -> str:
    code = main([str(word) for word in words])
    captured = capfdbinary.readouterr()
    assert (code, captured.out) == (2, b"")
    text = captured.err.decode()
    assert text.startswith("neurosim: ")
    assert text.count("\n") == 1
    return text


def test_a_gate_is_its_truth_table(capfdbinary) -> None:
    assert run(capfdbinary, "data", "gate", "--set", "gate=NAND") == b"x1,x2,y\n0,0,1\n0,1,1\n1,0,1\n1,1,0\n"
    signs = run(capfdbinary, "data", "gate", "--set", "gate=xor", "--set", "values=signs")
    assert signs == b"x1,x2,y\n-1,-1,-1\n-1,1,1\n1,-1,1\n1,1,-1\n"


@pytest.mark.parametrize("kind", GENERATORS)
def test_each_kind_is_written_and_read_back(capfdbinary, tmp_path: Path, kind: str) -> None:
    out = tmp_path / f"{kind}.csv"
    assert run(capfdbinary, "data", kind, "--rows", 12, "--noise", 0, "--seed", 5, "--out", out) == b""
    table = read_table(out)
    assert table.n_problems == 0
    assert table.dataset().columns == dict(GENERATORS[kind].dataset(12, 0, 5).columns)
    assert run(capfdbinary, "data", kind, "--rows", 12, "--noise", 0, "--seed", 5) == out.read_bytes()


def test_tabs_by_the_name_of_the_file(capfdbinary, tmp_path: Path) -> None:
    run(capfdbinary, "data", "line", "--rows", 2, "--noise", "0", "--out", tmp_path / "line.tsv")
    assert (tmp_path / "line.tsv").read_bytes() == b"x\ty\n-2\t-3\n2\t5\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["ring"], "there is no kind of data “ring”; there are: line, parabola"),
        (["moons", "--noise", "abc"], "moons: "),
        (["moons", "--noise", "-1"], "moons: Noise must be from 0 to 2."),
        (["moons", "--rows", "0"], "moons: The number of rows must be from 1 to 1000000, not 0."),
        (["clusters", "--set", "classes=2.5"], "clusters: Classes must be a whole number."),
        (["clusters", "--set", "colour=2"], "clusters: Clusters has no setting “colour”: it has classes, distance."),
        (["gate", "--set", "gate=maybe"], "gate: Gate must be one of: and, or, nand, xor; “maybe” is none of them."),
        (["moons", "--set", "x"], "--set x: a setting is written NAME=VALUE"),
        (["moons", "--out", "/no/such/folder/x.csv"], "cannot be written"),
    ],
)
def test_what_cannot_be_made_is_said(capfdbinary, words: list[str], sentence: str) -> None:
    assert sentence in complaint(capfdbinary, "data", *words)


def test_a_document_is_exported(capfdbinary, tmp_path: Path) -> None:
    assert run(capfdbinary, "export", example("lecture"), "--to", "csv") == b"x,y\n2,0\n4,4\n"
    out = tmp_path / "lecture.tsv"
    run(capfdbinary, "export", example("lecture"), "--to", "tsv", "--out", out)
    assert out.read_bytes() == b"x\ty\n2\t0\n4\t4\n"


def test_what_came_from_a_file_is_exported_as_it_was(capfdbinary, tmp_path: Path) -> None:
    text = 'x;"kind of"\r\n1,50;a\r\n;"b;c"\r\n'
    (tmp_path / "in.csv").write_bytes(text.encode("cp1252"))
    save(DocumentState(dataset=read_table(tmp_path / "in.csv").whole()), tmp_path / "in.neurosim")
    for source in ("in.neurosim", "in.csv"):
        assert run(capfdbinary, "export", tmp_path / source) == text.encode("cp1252")
    tabs = run(capfdbinary, "export", tmp_path / "in.neurosim", "--to", "tsv", "--decimal", ".")
    assert tabs == b"x\tkind of\r\n1.5\ta\r\n\tb;c\r\n"
    bars = run(capfdbinary, "export", tmp_path / "in.neurosim", "--separator", "bar")
    assert bars == b"x|kind of\r\n1,5|a\r\n|b;c\r\n"


def test_a_decimal_comma_takes_semicolons(capfdbinary) -> None:
    trucks = resources() / "datasets" / "food_trucks.csv"
    lines = run(capfdbinary, "export", trucks, "--decimal", ",").splitlines()
    assert lines[:2] == [b"population_10k;profit_10k", b"6,1101;17,592"]
    assert read_table("\n".join(line.decode() for line in lines)).dataset().columns == (
        read_table(trucks).dataset().columns
    )


def test_what_cannot_be_exported_is_said(capfdbinary, tmp_path: Path) -> None:
    save(DocumentState(), tmp_path / "empty.neurosim")
    assert "has no data to export" in complaint(capfdbinary, "export", tmp_path / "empty.neurosim")
    assert "there is no such file" in complaint(capfdbinary, "export", tmp_path / "none.neurosim")
    assert "cannot be written" in complaint(
        capfdbinary, "export", example("lecture"), "--out", tmp_path / "a" / "b.csv"
    )
    assert "invalid choice" in complaint(capfdbinary, "export", example("lecture"), "--to", "xlsx")
