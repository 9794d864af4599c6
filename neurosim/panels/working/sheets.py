"""What can be copied from the sheet: one line, the step, or the run, each as text, LaTeX or picture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage, QPainter

from neurosim.panels.working.item import Item
from neurosim.panels.working.item_layout import ItemLayout, lay_out_item
from neurosim.panels.working.measures import Measures
from neurosim.records import dataclass
from neurosim.training.session import TrainingSession
from neurosim.training.taken import steps_taken
from neurosim.widgets.display import Display
from neurosim.widgets.formula import Ink
from neurosim.widgets.theme import theme
from neurosim.working.copying import line_latex, line_text, step_latex, step_text
from neurosim.working.line import Line
from neurosim.working.working import Working, step_lines

TextForm = Literal["text", "latex"]

MOST_STEPS = 20
"""So many steps of a run are copied in full; of more it is said how many there are."""

PICTURE_WIDTH = 1000
SHARP = 2.0
TALLEST = 30_000
"""Pictures are at most so many pixels high: image formats and clipboards end not far above."""


@dataclass(frozen=True)
class Run:
    """The steps of a run, with the workings of the first of them."""

    workings: tuple[Working, ...]
    more: int

    @property
    def rest(self) -> str:
        """The sentence about the steps that are left out; empty when there are none."""
        if not self.more:
            return ""
        words = QCoreApplication.translate("WorkingSheet", "… {count} more steps, worked out alike …")
        return words.format(count=self.more)


def run_of(session: TrainingSession, display: Display, most: int = MOST_STEPS) -> Run:
    """The workings of the steps taken so far; before the first step that of the coming one."""
    states, more = steps_taken(session.document, most)
    if not states:
        return Run((session.walk.working(display.mode, display.decimal),), 0)
    return Run(
        tuple(
            step_lines(state.network, state.dataset, state.training, mode=display.mode, decimal=display.decimal)
            for state in states
        ),
        more,
    )


def line_as(line: Line, form: TextForm) -> str:
    """One line."""
    return line_text(line) if form == "text" else line_latex(line)


def run_as(run: Run, form: TextForm) -> str:
    """The steps one after another, each under its number."""
    parts: list[str] = []
    for working in run.workings:
        heading = step_heading(working)
        if form == "text":
            parts.append(f"{heading}\n{'=' * len(heading)}\n\n{step_text(working)}")
        else:
            parts.append(f"\\section*{{{heading}}}\n{step_latex(working)}")
    if run.rest:
        parts.append(run.rest if form == "text" else f"% {run.rest}")
    return "\n\n".join(parts)


def step_heading(working: Working) -> str:
    """``Step 1``: the number that the step has when it is taken."""
    words = QCoreApplication.translate("WorkingSheet", "Step {number}")
    return words.format(number=working.snapshot.settings.step + 1)


def picture_of(items: Sequence[Item], row_words: str) -> QImage:
    """The items as they stand on the sheet, on the canvas colour of the theme; cut below at the tallest picture."""
    of, colours = Measures.now(), theme()
    layouts: list[ItemLayout] = []
    height = 0.0
    for item in items:
        layout = lay_out_item(item, PICTURE_WIDTH * colours.zoom, of, row_words)
        if (height + layout.height) * SHARP > TALLEST:
            break
        layouts.append(layout)
        height += layout.height
    image = QImage(
        round(PICTURE_WIDTH * colours.zoom * SHARP),
        max(1, round((height + 2 * of.pad) * SHARP)),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.setDevicePixelRatio(SHARP)
    image.fill(colours.canvas)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(0, of.pad)
    for layout in layouts:
        layout.paint(painter, Ink(colours.text))
        painter.translate(0, layout.height)
    painter.end()
    return image
