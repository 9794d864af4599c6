"""The panel that the back row reads: one line of the step, and the numbers that it changes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from neurosim.engine.snapshot import Snapshot
from neurosim.panels._words import gradients, moves
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.stage.line_view import LineView
from neurosim.panels.stage.numbers_view import BigNumber, NumbersView
from neurosim.panels.stage.sizes import LOWEST, PART, sizes_for
from neurosim.widgets.display import NOTHING
from neurosim.working.conventions import TITLES
from neurosim.working.copying import line_speech
from neurosim.working.line import Line, Phase

LEAST_WIDTH = 240
"""In pixels whatever the zoom, which the letters do not follow: a plot beside it may need all the rest."""
LISTED = 3
"""The derivatives of up to so many parameters are shown."""


class StagePanel(Panel):
    """Owns the line on show and the numbers under it."""

    run_fps = 20.0

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("stagePanel")
        self.setAccessibleName(self.tr("The line on show, large"))
        words: dict[Phase, str] = {
            "forward": self.tr("Forward"),
            "loss": self.tr("Loss"),
            "backward": self.tr("Backward"),
            "update": self.tr("Update"),
        }
        self.line = LineView(words, self.tr("row {number}"), self)
        self.numbers = NumbersView(self)
        column = QVBoxLayout(self)
        self._column = column
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        column.setSpacing(0)
        column.addWidget(self.line, 1)
        column.addWidget(self.numbers)
        self._before: tuple[int, dict[str, str]] | None = None
        self._changed: frozenset[str] = frozenset()
        session, selection = context.session, context.selection
        session.walk.changed.connect(self.refresh_now)
        session.running_changed.connect(lambda _running: self.refresh_now())
        self.line.pointed.connect(selection.set_lit)
        selection.lit_changed.connect(lambda: self.line.set_lit(selection.lit))
        self.watch()

    def refresh(self, snapshot: Snapshot) -> None:
        """Show the line on which the walk stands, and the numbers of *snapshot*."""
        session, display = self.context.session, self.context.display
        walk = session.walk
        if session.running:
            self._show(None, "", self.tr("Running: step {step}").format(step=snapshot.settings.step))
        else:
            working, position = walk.on_view(display.mode, display.decimal)
            line = working.line(position) if position else None
            count = working.count
            place = self.tr("line {number} of {count}").format(number=position, count=count) if line else ""
            if line is not None and not display.tells_line(line.phase):
                line = replace(
                    line,
                    writer=tuple,
                    note="",
                    title=self.tr("{title}: its numbers are hidden").format(title=line.title),
                )
            self._show(line, place, self._resting(count))
        numbers = self._numbers(snapshot)
        texts = {number.caption: number.text for number in numbers}
        step = snapshot.settings.step
        if self._before is None or self._before[0] != step:
            old = {} if self._before is None else self._before[1]
            # A look at an earlier step or another document is no change that the class has to find.
            self._changed = frozenset(caption for caption, text in texts.items() if old.get(caption, text) != text)
        self._before = (step, texts)
        self.numbers.show_numbers(numbers, self._changed)

    def restyle(self) -> None:
        """Take the colours and lengths of the current theme."""
        self._leave_margins()
        self.line.update()
        self.numbers.updateGeometry()
        self.numbers.update()

    def _leave_margins(self) -> None:
        """Around letters that do not follow the zoom the margins do not either."""
        gap = sizes_for(self.line).gap
        self._column.setContentsMargins(round(1.4 * gap), round(0.4 * gap), round(1.4 * gap), round(0.9 * gap))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The letters follow the height of window and panel, and so does the room for the numbers."""
        super().resizeEvent(event)
        self._leave_margins()
        self.numbers.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Room for a line and the numbers in the smallest letters."""
        return QSize(LEAST_WIDTH, round(LOWEST * PART))

    def _show(self, line: Line | None, place: str, resting: str) -> None:
        self.line.show_line(line, place, resting)
        said = resting if line is None else f"{place}. {line_speech(line)}"
        if said != self.line.accessibleName():
            self.line.setAccessibleName(said)

    def _resting(self, count: int) -> str:
        refusal = self.context.session.step_refusal
        if refusal is not None:
            return refusal
        step = self.context.document.state.training.step
        return self.tr("Step {step} is done. The next has {count} lines: Page Down shows one after another.").format(
            step=step, count=count
        )

    def _numbers(self, snapshot: Snapshot) -> tuple[BigNumber, ...]:
        display = self.context.display
        step = f"{snapshot.settings.step:,}".replace(",", "\u202f")
        loss = NOTHING if snapshot.loss is None else display.both(snapshot.loss)
        caption = self.tr("loss · {convention}").format(convention=TITLES[snapshot.settings.reduction].lower())
        numbers = [BigNumber(self.tr("step"), step, "text")]
        if not display.secrets & {"loss", "numbers", "results"}:
            numbers.append(BigNumber(caption, loss, "loss"))
        found = gradients(snapshot)
        if len(found) <= LISTED and not display.secrets & {"gradients", "numbers", "results"}:
            numbers += [
                BigNumber(f"∂L/∂{name}", f"{display.text(value)} {moves(value)}", "gradient") for name, value in found
            ]
        return tuple(numbers)
