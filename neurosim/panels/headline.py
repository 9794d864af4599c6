"""The numbers that the eye finds first: step, loss and gradient, large, for the step bar."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from neurosim.engine.metrics.held_out import loss_of_test_rows
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.format import spoken
from neurosim.panels._gradient_badge import GradientBadge
from neurosim.panels._plots import MINUS
from neurosim.panels._spoken import what_happened
from neurosim.panels._words import gradients, moves
from neurosim.training.pace import Paced
from neurosim.training.session import TrainingSession
from neurosim.widgets.announce import announce
from neurosim.widgets.display import NOTHING, Display
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.text_width import Weight, text_width
from neurosim.widgets.theme import theme, theme_notifier
from neurosim.working.conventions import TITLES, title_of
from neurosim.working.exactness import is_rounding, why_rounded

if TYPE_CHECKING:
    from neurosim.panels._gradient_sheet import GradientSheet

LISTED = 3
"""Up to so many parameters each have a line; of more the length of the gradient and its largest part are shown."""
TOOLTIP_LINES = 40
_PLACE = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class NumberLabel(QLabel):
    """A label of a fixed size that only grows: no number jumps sideways when another one gets a digit more.

    A fixed size also spares the step bar a new layout in every frame. Its text can be selected while the pointer is on
    it: a label whose text can be selected is painted twice for each new text.
    """

    _tip: Callable[[], str] | None = None
    _selectable = False

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        # It paints the ground of its bar itself: nothing behind it is painted again for each new number.
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The number on the ground of the bar."""
        painter = QPainter(self)  # it has the label's font and colour
        painter.fillRect(event.rect(), theme().surface)
        if not self._selectable:  # as Qt does it, past the style sheet, which has nothing to add
            painter.drawText(self.contentsRect(), _PLACE, self.text())
        painter.end()
        if self._selectable:
            super().paintEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Let the number be selected and copied."""
        super().enterEvent(event)
        self._selectable = True
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def leaveEvent(self, event: QEvent) -> None:
        """Be a plain label again, unless something is selected."""
        super().leaveEvent(event)
        if not self.hasSelectedText():
            self._selectable = False
            self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)

    def set_tip(self, write: Callable[[], str]) -> None:
        """What hovering says; written when somebody hovers, for a frame changes it and few look."""
        self._tip = write

    def toolTip(self) -> str:
        """What hovering says."""
        if self._tip is not None:
            self.setToolTip(self._tip())
            self._tip = None
        return super().toolTip()

    def event(self, event: QEvent) -> bool:
        """Write the tooltip when it is shown."""
        if event.type() == QEvent.Type.ToolTip:
            self.toolTip()
        return super().event(event)

    def measure(self, px: int, weight: Weight, widest: str) -> None:
        """Take another font, and room for *widest*."""
        self._font = (px, weight)
        self._line_spacing = QFontMetrics(ui_font(px, weight)).lineSpacing()
        self.setFixedWidth(round(text_width(widest, px, weight)))
        self._make_room(self.text())

    def show_text(self, text: str) -> None:
        """Show *text* in one or more lines."""
        self._make_room(text)
        self.setText(text)

    def give_up(self, excess: int) -> int:
        """Become up to *excess* pixels narrower, as far as the text allows; by how much."""
        spare = min(excess, self.width() - self._needed(self.text()))
        if spare <= 0:
            return 0
        self.setFixedWidth(self.width() - spare)
        return spare

    def _needed(self, text: str) -> int:
        return round(max([text_width(line, *self._font) for line in text.split("\n")])) + 2

    def _make_room(self, text: str) -> None:
        width = self._needed(text)
        height = self._line_spacing * (text.count("\n") + 1) + 2
        if width > self.width() or height != self.height():
            self.setFixedSize(max(width, self.width()), height)


class HeadlineNumbers(QWidget):
    """Owns the labels ``stepCountLabel``, ``lossLabel`` and ``gradientLabel`` and tells screen readers what they say.

    Beside the gradient stands the badge of its check.

    On the screen numbers carry the true minus sign; the accessible description of each label has the same text with
    the minus sign of a keyboard, for machines that look for it.
    """

    def __init__(self, session: TrainingSession, display: Display, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("headlineNumbers")
        self.setAccessibleName(self.tr("Step, loss and gradient"))
        self._session = session
        self._display = display
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._captions: dict[str, QLabel] = {}
        self._step = self._block("stepCountLabel", self.tr("step"))
        self._loss = self._block("lossLabel", self.tr("loss"))
        self.badge = GradientBadge(session, self)
        self.badge.numbers_wanted.connect(self._toggle_sheet)
        self._test_loss = self._line_under("testLossLabel", self.tr("loss of the test rows"))
        self._gradient = self._block("gradientLabel", self.tr("gradient"), self.badge)
        self._told: Snapshot | None = None
        self._brief = self._small = False
        self._width: int | None = None
        self._restyle()
        Paced(session, 20.0, self.refresh, self)
        display.changed.connect(self._restyle)
        theme_notifier().changed.connect(self._restyle)

    @cached_property
    def sheet(self) -> GradientSheet:
        """The numbers behind the badge, made when they are first wanted."""
        from neurosim.panels._gradient_sheet import GradientSheet

        return GradientSheet(self.badge, self._display)

    def _toggle_sheet(self) -> None:
        self.sheet.toggle()

    def set_brief(self, brief: bool, *, small: bool = False) -> None:
        """Show the loss in one form and the verdict on the gradient as its sign alone: for a narrow window.

        *small*: in small figures, too.
        """
        if (brief, small) != (self._brief, self._small):
            self._brief, self._small = brief, small
            self.badge.set_brief(brief)
            for label in (self._step, self._loss, self._gradient):
                label.setText("")  # what it said before is no reason to be wide
            self._restyle()

    def refresh(self, snapshot: Snapshot) -> None:
        """Show *snapshot*'s numbers."""
        step = f"{snapshot.settings.step:,}".replace(",", "\u202f")
        _show(self._step, step, lambda: self.tr("{count} training steps taken").format(count=snapshot.settings.step))
        caption = self.tr("loss · {convention}").format(convention=TITLES[snapshot.settings.reduction].lower())
        caption = self.tr("loss") if self._brief else caption
        if self._captions["lossLabel"].text() != caption:
            self._captions["lossLabel"].setText(caption)
        self._show_loss(snapshot)
        self._show_test_loss(snapshot)
        self._show_gradient(snapshot)
        self._keep_width()
        told, self._told = self._told, snapshot
        if told is not None and _differ(told, snapshot) and not (self._session.running or self._display.secrets):
            announce(self, lambda: what_happened(told, snapshot))

    def _keep_width(self) -> None:
        """While a run goes on the numbers take no more room together than at its start, or the button that ends it
        would move away under the pointer: what one of them grows by, another one gives up.
        """
        labels = (self._loss, self._gradient, self._step)
        if not self._session.running:
            self._width = None
            return
        wide = (
            max(label.width() for label in (self._loss, self._test_loss)) + self._gradient.width() + self._step.width()
        )
        if self._width is None:
            self._width = wide
        for label in labels:
            wide -= label.give_up(wide - self._width)

    def _show_loss(self, snapshot: Snapshot) -> None:
        if snapshot.loss is None:
            _show(self._loss, NOTHING, lambda: snapshot.problem or "")
            return
        text = self._display.text(snapshot.loss) if self._brief else self._display.both(snapshot.loss)
        _show(self._loss, text, lambda: self._loss_tip(snapshot), spoken(snapshot.loss))

    def _loss_tip(self, snapshot: Snapshot) -> str:
        name = title_of(snapshot.settings.loss, snapshot.settings.reduction)
        tip = [f"{name}: {self._display.full(snapshot.loss)}", why_rounded(snapshot) or ""]
        return "\n".join(tip).rstrip()

    def _show_test_loss(self, snapshot: Snapshot) -> None:
        """The loss of the rows that are not trained on, under the one that is trained on."""
        found = loss_of_test_rows(snapshot)
        self._test_loss.setVisible(found is not None)
        if found is None:
            return
        count = len(snapshot.dataset.test_rows)
        tip = self.tr("The same loss over the {count} rows that are kept for testing: {value}").format(
            count=count, value=self._display.full(found)
        )
        if snapshot.penalty:
            tip = f"{tip}\n{self.tr('It has no penalty: that belongs to no row.')}"
        text = self.tr("test {value}").format(value=self._display.both(found))
        _show(self._test_loss, text, lambda: tip, spoken(found))

    def _show_gradient(self, snapshot: Snapshot) -> None:
        found = gradients(snapshot)
        if not found:
            _show(self._gradient, NOTHING, lambda: snapshot.problem or self.tr("Nothing is trainable."))
            return
        text = self._display.text
        if len(found) <= LISTED:
            lines = [f"{name}  {text(value)} {moves(value)}" for name, value in found]
        else:
            exactly_zero = all(value == 0 and isinstance(value, Fraction) for _, value in found)
            length = Fraction(0) if exactly_zero else math.hypot(*(float(value) for _, value in found))
            name, largest = max(found, key=lambda item: abs(float(item[1])))
            lines = [
                f"‖∇L‖  {text(length) if math.isfinite(length) else NOTHING}",
                self.tr("max {name}  {value}").format(name=name, value=f"{text(largest)} {moves(largest)}"),
            ]
        said = ", ".join(f"{name} {spoken(value)}" for name, value in found[:TOOLTIP_LINES])
        _show(self._gradient, "\n".join(lines), lambda: self._gradient_tip(snapshot), said)

    def _gradient_tip(self, snapshot: Snapshot) -> str:
        found = gradients(snapshot)
        full = [f"∂L/∂{name} = {self._display.full(value)}" for name, value in found[:TOOLTIP_LINES]]
        if len(found) > TOOLTIP_LINES:
            full.append(self.tr("and {count} more").format(count=len(found) - TOOLTIP_LINES))
        tip = "\n".join([*full, self.tr("The arrow says which way a step moves the parameter.")])
        largest = max((abs(float(value)) for _, value in found), default=0.0)
        faint = [f"∂L/∂{name}" for name, value in found if is_rounding(value, largest, snapshot.dataset.n_rows)]
        rest = self.tr("Nothing but what rounding leaves of terms that cancel out: {names}.")
        said = [tip, rest.format(names=", ".join(faint[:TOOLTIP_LINES]))] if faint else [tip]
        return "\n".join([*said, why_rounded(snapshot) or ""]).rstrip()

    def _block(self, name: str, caption: str, beside: QWidget | None = None) -> NumberLabel:
        column = QVBoxLayout()
        column.setSpacing(0)
        above = self._captions[name] = QLabel(caption, self)
        above.setObjectName(f"{name}Caption")
        above.setProperty("role", "caption")
        value = NumberLabel(NOTHING, self)
        value.setObjectName(name)
        value.setAccessibleName(caption)
        column.addStretch(1)
        if beside is None:
            column.addWidget(above)
            column.addWidget(value)
        else:
            # What stands beside is higher than a caption: it reaches into the room over the figures.
            both = QGridLayout()
            both.setSpacing(0)
            both.addWidget(above, 0, 0)
            both.addWidget(value, 1, 0, 1, 2)
            both.addWidget(beside, 0, 1, 2, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            column.addLayout(both)
            beside.raise_()
        column.addStretch(1)
        self._row.addLayout(column)
        return value

    def _line_under(self, name: str, accessible_name: str) -> NumberLabel:
        """A smaller number under the block made last, hidden while there is none."""
        label = NumberLabel(NOTHING, self)
        label.setObjectName(name)
        label.setAccessibleName(accessible_name)
        label.hide()
        last = self._row.itemAt(self._row.count() - 1)
        column = last.layout() if last is not None else None
        if isinstance(column, QVBoxLayout):
            column.insertWidget(column.count() - 1, label)
        return label

    def _restyle(self) -> None:
        colours = theme()
        self._row.setSpacing(colours.px(8 if self._small else 12 if self._brief else 16))
        large, usual = (15, 13) if self._small else (22, 15)
        digits = "0000" if self._small else "00.000" if self._brief else "0" * 9
        looks: tuple[tuple[NumberLabel, QColor, int, Weight, str], ...] = (
            (self._step, colours.text, large, 600, "00" if self._small else "000" if self._brief else "0000"),
            (self._loss, colours.loss, large, 600, "~00.000" if self._brief else "0000/000 ~ 000.00"),
            (self._test_loss, colours.loss, 13, 500, "test ~00.00"),
            (self._gradient, colours.gradient, usual, 500, f"w1  ~{MINUS}{digits} ↑"),
        )
        for label, colour, px, weight, widest in looks:
            # A style sheet of its own wins over the application's.
            label.setFont(ui_font(px, weight))
            dress = f"color: {colour.name()}; background: {colours.surface.name()}; font-size: {colours.px(px)}px;"
            label.setStyleSheet(f"NumberLabel {{ {dress} font-weight: {weight}; }}")
            label.measure(px, weight, widest)
        self.refresh(self._session.snapshot)


def _differ(old: Snapshot, new: Snapshot) -> bool:
    """Whether there may be something to tell."""
    return not (new.dataset is old.dataset and new.network is old.network and new.settings is old.settings)


def _show(label: NumberLabel, text: str, tip: Callable[[], str], said: str | None = None) -> None:
    if label.text() != text:
        label.show_text(text)
        plain = text.replace(MINUS, "-")
        label.setAccessibleDescription(plain if said is None else f"{plain}; {said}")
    label.set_tip(tip)
