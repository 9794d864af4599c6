"""Runs one part of the benchmarks and hands its figures on as JSON: ``python -m benchmarks.part bench_drag D1 D2``."""

from __future__ import annotations

import importlib
import sys


def main(module: str, *wanted: str) -> None:
    """Print each figure of the module as soon as it is there."""
    for figure in importlib.import_module(f"benchmarks.{module}").figures(wanted):
        if figure.label in wanted:
            print(figure.to_json(), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
