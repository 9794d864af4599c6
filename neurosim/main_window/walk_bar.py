"""The row of the step bar that walks through a step: the four phases, the current line as text, unit and rows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from neurosim.document.selection import Selection
from neurosim.main_window.action_book import ActionBook
from neurosim.markup.write_text import write_text
from neurosim.training.pace import Paced
from neurosim.training.session import TrainingSession
from neurosim.training.walk import UNITS
from neurosim.widgets.announce import announce
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme, theme_notifier
from neurosim.working.copying import line_speech
from neurosim.working.line import PHASES, Line, Phase

ALL_ROWS, ONE_ROW = "all", "one"


class PhaseTab(QToolButton):
    """One phase of the coming step: fills from the left as its lines pass; a click goes to its first line."""

    def __init__(self, phase: Phase, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"phase-{phase}")
        self.setText(words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCheckable(True)
        self.phase = phase
        self._passed = 0.0

    def show_passed(self, passed: float, current: bool, tip: str) -> None:
        """Show how much of the phase has been shown (0 to 1), and whether the current line is in it."""
        self.setChecked(current)
        if passed != self._passed:
            self._passed = passed
            self.update()
        if tip != self.toolTip():
            self.setToolTip(tip)
            self.setAccessibleName(f"{self.text()}: {tip}")

    def nextCheckState(self) -> None:
        """A click walks; what is on is for the walk to say."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, and at its foot a track that fills."""
        super().paintEvent(event)
        of = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        high = of.px(3)
        track = QRectF(of.px(6), self.height() - high - 1, self.width() - 2 * of.px(6), high)
        painter.setBrush(of.hairline)
        painter.drawRoundedRect(track, high / 2, high / 2)
        if self._passed > 0:
            painter.setBrush(of.accent)
            painter.drawRoundedRect(
                QRectF(track.left(), track.top(), track.width() * self._passed, high), high / 2, high / 2
            )


class LineLabel(QLabel):
    """A label that keeps its whole text and paints as much of it as there is room for."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)

    def minimumSizeHint(self) -> QSize:
        """Room for a few characters."""
        return QSize(self.fontMetrics().averageCharWidth() * 12, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the text, ending in dots where room ends."""
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


class WalkBar(QWidget):
    """Owns ``stepLabel``, ``stepUnit``, ``stepRows`` and the tabs of the phases, and announces each line."""

    def __init__(
        self, book: ActionBook, session: TrainingSession, selection: Selection, display: Display, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("walkBar")
        self.setAccessibleName(self.tr("The coming step, line by line"))
        self._book, self._session, self._selection, self._display = book, session, selection, display
        words: dict[Phase, str] = {
            "forward": self.tr("Forward"),
            "loss": self.tr("Loss"),
            "backward": self.tr("Backward"),
            "update": self.tr("Update"),
        }
        self._tabs = {phase: PhaseTab(phase, words[phase], self) for phase in PHASES}
        for phase, tab in self._tabs.items():
            tab.clicked.connect(lambda _=False, phase=phase: self._go_to_phase(phase))
        self.line = LineLabel(self)
        self.line.setObjectName("stepLabel")
        self._told: tuple[int, int, bool] | None = None
        self._phases: tuple[int, tuple[Phase, ...], bool] | None = None
        self._narrow = False
        self._caption = QLabel(self.tr("Step b&y"), self)
        self._caption.setProperty("role", "muted")
        self._unit = self._unit_box()
        self._caption.setBuddy(self._unit)
        self._rows = self._rows_box()
        self._layout = QHBoxLayout(self)
        for tab in self._tabs.values():
            self._layout.addWidget(tab)
        self._layout.addSpacing(4)
        self._layout.addWidget(self.line, 1)
        for widget in (self._caption, self._unit, self._rows):
            self._layout.addWidget(widget)
        session.walk.changed.connect(self.refresh)
        Paced(session, 20.0, self.refresh, self)
        session.running_changed.connect(self.refresh)
        session.timeline.changed.connect(self.refresh)
        selection.rows_selected.connect(self._follow_row)
        display.changed.connect(self.refresh)
        theme_notifier().changed.connect(self._set_sizes)
        self._set_sizes()
        self.refresh()

    def refresh(self, *_: object) -> None:
        """Show where the walk stands, with the numbers of the newest state."""
        walk = self._session.walk
        step = self._session.document.state.training.step
        if self._session.running:
            self._show_text(self.tr("Running: step {step}").format(step=step))
            self._show_phases(0, ())
            return
        if self._session.timeline.held:
            # To work out the lines of a step that nobody is going to take would hold up the hand.
            self._show_text(self.tr("Looking at step {step}").format(step=step))
            self._show_phases(0, ())
            return
        working, position = walk.on_view(self._display.mode, self._display.decimal)
        line = working.line(position) if position else None
        if line is not None:
            self._show_text(
                self.tr("Step {step} · line {number} of {count} · {text}").format(
                    step=step, number=line.number, count=working.count, text=self._told_of(line)
                )
            )
        elif self._session.step_refusal is None:
            self._show_text(
                self.tr("Step {step} · Space shows line 1 of {count} of the next step").format(
                    step=step, count=working.count
                )
            )
        else:
            self._show_text(self.tr("Step {step}").format(step=step))
        self._show_phases(position, working.phases)
        self._show_choices()
        place = (step, position, walk.at_end)
        if line is not None and place != self._told:
            announce(self.line, line_speech(line) if self._display.tells_line(line.phase) else self._told_of(line))
        self._told = place

    def _told_of(self, line: Line) -> str:
        """The line with its numbers, or, where some are hidden, only what is done in it."""
        if self._display.tells_line(line.phase):
            return _text_of(line)
        return line.title if line.row is None else f"({line.row + 1}) {line.title}"

    # -- showing ---------------------------------------------------------------------------------------------------

    def _show_text(self, text: str) -> None:
        if text != self.line.text():
            self.line.setText(text)
            self.line.setAccessibleName(text)
            self.line.setToolTip(text)

    def _show_phases(self, position: int, phases: tuple[Phase, ...]) -> None:
        can_step = self._session.step_refusal is None
        if (position, phases, can_step) == self._phases:
            return  # as in every frame of a drag
        self._phases = (position, phases, can_step)
        current = phases[position - 1] if position else None
        first = 0
        for phase, tab in self._tabs.items():
            count = phases.count(phase)
            shown = min(max(position - first, 0), count)
            first += count
            tip = self.tr("{shown} of {count} lines shown").format(shown=shown, count=count)
            tab.show_passed(shown / count if count else 0.0, phase == current, tip)
            tab.setEnabled(count > 0 and can_step)

    def _show_choices(self) -> None:
        unit = self._unit.findData(self._session.walk.unit)
        if unit != self._unit.currentIndex():
            self._unit.setCurrentIndex(unit)
        row = self._session.walk.row
        shown = row if row is not None else min(self._selection.rows, default=0)
        words = self.tr("row {number}").format(number=shown + 1)
        if self._rows.itemText(1) != words:
            self._rows.setItemText(1, words)
        index = self._rows.findData(ALL_ROWS if row is None else ONE_ROW)
        if index != self._rows.currentIndex():
            self._rows.setCurrentIndex(index)

    # -- choosing --------------------------------------------------------------------------------------------------

    def _go_to_phase(self, phase: Phase) -> None:
        phases = self._session.walk.working().phases
        if phase in phases:
            self._session.walk.go_to(phases.index(phase) + 1)

    def _choose_rows(self, index: int) -> None:
        one = self._rows.itemData(index) == ONE_ROW
        self._session.walk.set_row(min(self._selection.rows, default=0) if one else None)

    def _follow_row(self) -> None:
        """When one row is worked out, it is the selected one."""
        if self._session.walk.row is not None and self._selection.rows:
            self._session.walk.set_row(min(self._selection.rows))
        self._show_choices()

    # -- making ----------------------------------------------------------------------------------------------------

    def _unit_box(self) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName("stepUnit")
        box.setAccessibleName(self.tr("How far one press of Step or Back goes"))
        words = {
            "line": self.tr("line"),
            "phase": self.tr("phase"),
            "step": self.tr("full step"),
            "ten": self.tr("ten steps"),
        }
        for unit in UNITS:
            box.addItem(words[unit], unit)
        box.activated.connect(lambda index: self._book[f"unit-{box.itemData(index)}"].trigger())
        box.setToolTip(box.accessibleName())
        box.setStatusTip(box.accessibleName())
        return box

    def _rows_box(self) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName("stepRows")
        box.setAccessibleName(self.tr("Which rows the lines are written for"))
        box.addItem(self.tr("all rows"), ALL_ROWS)
        box.addItem(self.tr("row {number}").format(number=1), ONE_ROW)
        box.setItemData(1, self.tr("The selected row alone; the others enter the sums"), Qt.ItemDataRole.ToolTipRole)
        box.activated.connect(self._choose_rows)
        box.setToolTip(box.accessibleName())
        box.setStatusTip(box.accessibleName())
        return box

    def set_room(self, *, narrow: bool, low: bool) -> None:
        """Do without a caption in a narrow window, and without the tabs of the phases in a low one."""
        self._narrow = narrow
        self._caption.setVisible(not narrow)
        for tab in self._tabs.values():
            tab.setVisible(not low)
        self._set_sizes()

    def changeEvent(self, event: QEvent) -> None:
        """Take the lengths of another zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._set_sizes()

    def _set_sizes(self) -> None:
        px = theme().px
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(px(4))
        for tab in self._tabs.values():
            tab.setMinimumHeight(px(28))
        self._unit.setMinimumWidth(px(88 if self._narrow else 104))
        self._rows.setMinimumWidth(px(92))


def _text_of(line: Line) -> str:
    """The line in one row of text: its equations, or its words when it has none."""
    row = "" if line.row is None else f"({line.row + 1}) "
    return row + ("; ".join(write_text(equation.markup) for equation in line.equations) or line.title)
