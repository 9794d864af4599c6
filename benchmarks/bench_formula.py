"""What a formula costs: of a new form, with new numbers, known already, painted alone; the goal is 3 ms for a new form.

``python -m benchmarks.bench_formula``. Times are medians in milliseconds. Offscreen unless QT_QPA_PLATFORM says
otherwise.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from fractions import Fraction
from statistics import median

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from neurosim.markup.build import EQUALS, PLUS, TIMES, bracketed, derivative, index, italic, number, row
from neurosim.markup.tree import Hat, Mark, Markup
from neurosim.widgets.formula import Formula, Ink, set_formula
from neurosim.widgets.formula.form import form_of
from neurosim.widgets.formula.formula import Pattern
from neurosim.widgets.theme import apply_theme, theme

GOAL = 3.0
SIZES = (18.0, 28.0)
FORMULAS = 10
"""Formulas that change in each frame of a drag."""


def gradient(first: Fraction, second: Fraction) -> Markup:
    """The lecture's gradient of the weight, with its numbers: a new tree of the same form each time, as in a drag."""
    loss, weight = italic("L"), italic("a")

    def factor(i: str) -> Markup:
        return Mark(derivative(loss, index(Hat(italic("y")), i)), frozenset({f"row:{i}"}), "gradient")

    def value(of: Fraction, i: str) -> Markup:
        return bracketed(Mark(number(of), frozenset({f"row:{i}"}), "gradient"))

    return row(
        Mark(derivative(loss, weight), frozenset({"a"}), "gradient"),
        EQUALS,
        row(factor("1"), TIMES, index(italic("x"), "1"), PLUS, factor("2"), TIMES, index(italic("x"), "2")),
        EQUALS,
        row(value(first, "1"), TIMES, number(Fraction(2)), PLUS, value(second, "2"), TIMES, number(Fraction(4))),
        EQUALS,
        Mark(number(2 * first + 4 * second), frozenset({"a"}), "gradient"),
    )


def timed(function: Callable[[int], object], repeat: int = 301) -> float:
    """The median time of a call in milliseconds, after some to warm up; the call is told which one it is."""
    for i in range(10):
        function(-1 - i)
    times = []
    for i in range(repeat):
        begin = time.perf_counter()
        function(i)
        times.append(time.perf_counter() - begin)
    return 1e3 * median(times)


def measure(size: float, ratio: float) -> None:
    """Print one row."""
    image = QImage(int(1200 * ratio), int(200 * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    painter = QPainter(image)
    ink, lit = Ink(theme().text), Ink(theme().text, frozenset({"row:1"}))
    trees = [gradient(Fraction(-1000 - 3 * i, 3), Fraction(-2000 - 3 * i, 3)) for i in range(400)]
    known = set_formula(trees[0], size)

    def laid_out(i: int) -> Formula:
        return Formula(Pattern.of(trees[i], size), form_of(trees[i])[1])

    def fresh(i: int) -> None:
        laid_out(i).paint(painter, 10.0, 90.0, ink)

    def frame(i: int) -> None:
        for k in range(FORMULAS):
            numbered = known.with_numbers(form_of(trees[(i * FORMULAS + k) % len(trees)])[1])
            numbered.paint(painter, 10.0, 90.0, ink)

    cells = (
        timed(fresh),
        timed(laid_out),
        timed(lambda _: set_formula(trees[0], size)),
        timed(lambda _: known.paint(painter, 10.0, 90.0, ink)),
        timed(lambda _: known.paint(painter, 10.0, 90.0, lit)),
        timed(frame, 61),
    )
    painter.end()
    met = "yes" if cells[0] < GOAL else "NO"
    print(f"{size:4.0f} px at {ratio:g}x " + "".join(f"{cell:9.3f}" for cell in cells) + f"   < {GOAL:g}  {met}")


def main() -> None:
    """Measure and print."""
    application = QApplication([])
    apply_theme(application, "light")
    print(f"{'':13}   fresh   layout   cached    paint      lit   ten new   goal of a fresh one")
    for size in SIZES:
        for ratio in (1.0, 2.0):
            measure(size, ratio)


if __name__ == "__main__":
    main()
