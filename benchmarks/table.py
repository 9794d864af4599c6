"""All figures of one run as a table in Markdown: ``python -m benchmarks.table [--only D5,S1] [--offscreen]``.

The parts run one after another, each in a process of its own with empty folders of settings, in a real window: on a
virtual screen where there is no display and Xvfb is installed. docs/speed.md says what each figure is.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import platform
import subprocess
import sys
import time

from benchmarks import machine, peers, virtual_screen
from benchmarks.markdown import table
from benchmarks.parts import LABELS, Outcome, chosen, run, wanted

REST = 2.0
"""Seconds between two parts, in which what the last one left to do comes to its end."""


def main(argv: list[str] | None = None) -> int:
    """Measure what is asked for and print it; 2 where that cannot be."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.table", description="Figures with peers and goals.")
    parser.add_argument("--only", default="", metavar="D5,S1", help=f"figures to measure: {', '.join(LABELS)}")
    parser.add_argument("--offscreen", action="store_true", help="paint into memory instead of a window on a screen")
    options = parser.parse_args(argv)
    try:
        labels = wanted(options.only)
    except ValueError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    if not options.offscreen and virtual_screen.needed() and not virtual_screen.available():
        print("There is no display for a window: install Xvfb, or give --offscreen.", file=sys.stderr)
        return 2
    machine.adopt_orphans()
    outcomes: list[Outcome] = []
    for part in chosen(labels):
        print(f"{' '.join(part.labels)} ...", file=sys.stderr, flush=True)
        time.sleep(REST)
        outcomes.append(run(part, offscreen=options.offscreen))
    print("\n".join([*head(offscreen=options.offscreen), "", body(outcomes)]))
    return 0 if all(outcome.figures for outcome in outcomes) else 1


def head(*, offscreen: bool) -> list[str]:
    """On what was measured, as points of a list."""
    where = "real windows on a virtual screen (Xvfb)" if virtual_screen.needed() else "real windows"
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in ("PySide6_Essentials", "numpy"))
    return [
        f"- {time.strftime('%Y-%m-%d %H:%M')}, {commit()}, {'offscreen' if offscreen else where}",
        f"- {machine.interpreter()}, {versions}",
        f"- {machine.processor()}, {platform.system()} {platform.machine()}",
    ]


def commit() -> str:
    """Which state of the checkout is measured."""
    try:
        order = ["git", "-C", str(peers.CHECKOUT), "describe", "--always", "--dirty"]
        return "commit " + subprocess.run(order, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "no checkout of git"


def body(outcomes: list[Outcome]) -> str:
    """The table, what the parts had to say, and how quiet it was."""
    rows = [(figure, outcome.disturbed) for outcome in outcomes for figure in outcome.figures]
    remarks = [f"- {remark}" for outcome in outcomes for remark in outcome.remarks]
    shares = [outcome.disturbed for outcome in outcomes if outcome.disturbed is not None]
    if shares:
        remarks.append(
            f"- Other programs had {sum(shares) / len(shares):.0%} of the processors while this was measured "
            f"(at most {max(shares):.0%} during a part)."
        )
    return "\n".join([table(rows), "", *remarks])


if __name__ == "__main__":
    sys.exit(main())
