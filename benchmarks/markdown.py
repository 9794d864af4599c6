"""Figures as a table in Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from benchmarks.figures import Figure

HEAD = ("Figure", "What", "Result", "Ours", "Peer of this run", "Goal", "Met?")
DISTURBED = 0.05
"""From this share of the processors on, what others had is told in the row."""


def row(figure: Figure, disturbed: float | None = None) -> str:
    """One line of the table; *disturbed* is the share of the processors that others had meanwhile."""
    met = {True: "met", False: "**missed**", None: ""}[figure.met]
    notes = [figure.note] if figure.note else []
    if disturbed is not None and disturbed >= DISTURBED:
        notes.append(f"others had {disturbed:.0%} of the processors")
    said = f"{met} ({'; '.join(notes)})" if notes else met
    return _line((figure.label, figure.what, figure.shown, figure.ours, figure.peer, figure.goal, said.strip()))


def head() -> str:
    """The two lines above the rows."""
    return f"{_line(HEAD)}\n{_line(['---'] * len(HEAD))}"


def table(found: Iterable[tuple[Figure, float | None]]) -> str:
    """The whole table in the order of the figures' names; those of one name stay in the order they came in."""
    rows = sorted(found, key=lambda pair: pair[0].label)
    return "\n".join([head(), *(row(figure, disturbed) for figure, disturbed in rows)])


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
