"""S2: reading a table of 100,000 rows, against ``numpy.loadtxt`` on the same file, in turn in one process.

``python -m benchmarks.bench_open [ROWS]``. Ours finds the layout out by itself, names bad cells, keeps how each number
was written, and gives named columns; ``loadtxt`` is told the layout.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Collection, Iterator
from pathlib import Path

import numpy as np

from benchmarks.figures import TIMES, Figure, amount, show
from benchmarks.timing import compare, timed
from neurosim.document.csv_table import read_table

GOAL = 2.0


def write(path: Path, rows: int, style: str = ".4f") -> None:
    """Three columns of numbers under a header: in a format, or with all digits of a float64 where there is none."""
    numbers = np.random.default_rng(1).normal(size=(rows, 3))
    lines = ["x1,x2,y", *(",".join(format(number, style) for number in row) for row in numbers.tolist())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def measured(path: Path, rows: int, said: str) -> Figure:
    """The ratio for one file with its goal."""

    def ours(times: int) -> None:
        for _ in range(times):
            assert read_table(path).n_rows == rows  # noqa: S101 - or the figure would not be what it says

    def theirs(times: int) -> None:
        for _ in range(times):
            assert np.loadtxt(path, delimiter=",", skiprows=1).shape == (rows, 3)  # noqa: S101

    found = compare({"neurosim": timed(ours), "loadtxt": timed(theirs)})
    mine, other = found["neurosim"] / 1000, found["loadtxt"] / 1000
    return Figure(
        "S2",
        f"a table of {rows:,} rows, {said}",
        mine / other,
        TIMES,
        ours=amount(mine, "ms"),
        peer=f"numpy.loadtxt {amount(other, 'ms')}",
        most=GOAL,
    )


def figures(_wanted: Collection[str] = (), rows: int = 100_000) -> Iterator[Figure]:
    """S2 for numbers of few digits and of many."""
    with tempfile.TemporaryDirectory(prefix="neurosim-bench-") as folder:
        path = Path(folder) / "table.csv"
        for style, said in ((".4f", "four decimals"), ("", "all digits")):
            write(path, rows, style)
            yield measured(path, rows, said)


def main(rows: int = 100_000) -> int:
    """Print the figures with their goals."""
    return show(figures(rows=rows))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))
