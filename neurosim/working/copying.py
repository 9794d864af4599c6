"""Lines and whole steps as text, LaTeX and speech, for the clipboard, the command line and screen readers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from neurosim.markup.write_text import write_text
from neurosim.working.line import PHASES, Equation, Line, starts_with_about
from neurosim.working.working import Working

PHASE_TITLES = {"forward": "Forward", "loss": "Loss", "backward": "Backward", "update": "Update"}


def heading(line: Line) -> str:
    """The line's number, row and title: ``5  Row 2: Add the bias``."""
    row = "" if line.row is None else f"Row {line.row + 1}: "
    number = f"{line.number}  " if line.number else ""
    return f"{number}{row}{line.title}"


def equations_text(equations: Sequence[Equation]) -> list[str]:
    """The equations as lines of text, their equals signs under one another."""
    table = [_cells(equation) for equation in equations]
    widths = [
        max((len(row[i]) for row in table if i < len(row)), default=0) for i in range(max(map(len, table), default=0))
    ]
    return [" ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip() for row in table]


def line_text(line: Line) -> str:
    """One line as text: its heading, its equations, its note."""
    parts = [heading(line), *(f"    {text}" for text in equations_text(line.equations))]
    if line.note:
        parts.append(f"    ({line.note})")
    return "\n".join(parts)


def line_latex(line: Line) -> str:
    """The equations of one line as LaTeX: plain for one, ``aligned`` for several; its title when it has none."""
    from neurosim.markup.write_latex import write_latex

    if not line.equations:
        return rf"\text{{{line.title}}}"
    if len(line.equations) == 1:
        return write_latex(line.equations[0].markup)
    rows = [_aligned(equation) for equation in line.equations]
    return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"


def line_speech(line: Line) -> str:
    """One line as it is read aloud."""
    from neurosim.markup.write_speech import say_primes, write_speech

    row = "" if line.row is None else f"Row {line.row + 1}. "
    parts = [f"{row}{say_primes(line.title)}.", *(f"{write_speech(equation.markup)}." for equation in line.equations)]
    return " ".join([*parts, line.note]).strip()


def step_text(working: Working) -> str:
    """A whole step as text, phase after phase."""
    parts = []
    for phase in PHASES:
        lines = working.phase(phase)
        if lines:
            parts.append("\n".join([PHASE_TITLES[phase], *(line_text(line) for line in lines)]))
    return "\n\n".join([*parts, *_ends(working)])


def step_latex(working: Working) -> str:
    r"""A whole step as LaTeX: an ``align*`` for each phase, with the titles as ``\intertext`` (amsmath)."""
    parts = []
    for phase in PHASES:
        lines = working.phase(phase)
        if lines:
            parts.append(f"\\paragraph{{{PHASE_TITLES[phase]}}}\n\\begin{{align*}}\n{_align(lines)}\n\\end{{align*}}")
    return "\n".join([*parts, *(f"% {sentence}" for sentence in _ends(working))])


def _ends(working: Working) -> list[str]:
    return [sentence for sentence in (working.problem, working.rounded) if sentence]


def _align(lines: Iterable[Line]) -> str:
    parts: list[str] = []
    for line in lines:
        title = heading(line).replace("  ", "~", 1).replace("_", r"\_").replace("…", r"\dots")
        rows = " \\\\\n".join(_aligned(equation) for equation in line.equations)
        parts.append(rf"\intertext{{{title}}}" + (f"\n{rows}" if rows else ""))
    return "\n".join(parts)


def _aligned(equation: Equation) -> str:
    from neurosim.markup.write_latex import write_latex

    chain = [write_latex(part) for part in equation.chain]
    rest = [
        text if starts_with_about(part) else f"= {text}"
        for text, part in zip(chain[1:], equation.chain[1:], strict=True)
    ]
    return f"{chain[0]} &{' '.join(rest)}" if rest else f"{chain[0]} &"


def _cells(equation: Equation) -> list[str]:
    chain = equation.chain
    found = [write_text(chain[0])] if chain else []
    for part in chain[1:]:
        text = write_text(part)
        found.append(text if starts_with_about(part) else f"= {text}")
    return found
