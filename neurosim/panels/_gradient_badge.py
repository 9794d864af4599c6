"""The badge beside the gradient: whether each derivative shown is the central difference of the loss shown."""

from __future__ import annotations

import time
from collections import deque
from functools import cached_property
from typing import Literal

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QToolButton, QWidget

from neurosim.engine.gradient_check import GradientChecker
from neurosim.engine.methods import METHODS
from neurosim.engine.snapshot import Snapshot
from neurosim.panels._words import parameter_name
from neurosim.records import dataclass
from neurosim.training.pace import Paced
from neurosim.training.session import TrainingSession
from neurosim.training.worker import Worker
from neurosim.widgets.announce import announce
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme, theme_notifier
from neurosim.working.gradient_summary import GradientSummary, is_quick, summarise_gradient, work_of

AT_ONCE = 0.002
"""Seconds that the check may take of each frame; a slower one waits until nothing moves."""

IN_A_FRAME = 0.012
"""A check that takes more seconds is made in a thread."""
STILL = 120
"""Milliseconds without another snapshot after which a slower check is made."""

PER_PRODUCT = 1e-9
"""Seconds for a product, until the check has been measured."""

TIMES = 6
"""So many checks of the same size are measured before their time counts."""

POLL = 30
"""Milliseconds between two looks at a check in the thread."""

State = Literal["checked", "wrong", "open", "waiting", "unchecked"]


@dataclass(frozen=True)
class Look:
    """How a state looks: an icon, its colour, and the token of the words; shapes differ, not only colours."""

    picture: str
    token: str
    words: str


LOOKS: dict[State, Look] = {
    "checked": Look("circle-check", "right", "right"),
    "wrong": Look("circle-x", "negative", "negative_text"),
    "open": Look("circle-question-mark", "text_muted", "text_muted"),
    "waiting": Look("clock", "text_muted", "text_muted"),
    "unchecked": Look("circle-minus", "text_muted", "text_muted"),
}


class GradientBadge(QToolButton):
    """Owns the verdict on the newest snapshot. It never shows that of an older one: while it waits it says so.

    Signals:
        judged(): another verdict, or none any more; ``summary`` and ``state`` are new.
        numbers_wanted(): it was pressed.
    """

    judged = Signal()
    numbers_wanted = Signal()

    def __init__(self, session: TrainingSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("gradientCheckBadge")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._session = session
        self._checker = GradientChecker()
        self._worker: Worker[GradientSummary] = Worker("neurosim-gradient-check")
        self._job: tuple[Snapshot, GradientChecker] | None = None
        self._next: Snapshot | None = None
        self._seen: Snapshot | None = None
        self._state: State = "unchecked"
        self._summary: GradientSummary | None = None
        self._words = ""
        self._work = 0
        self._took: deque[float] = deque(maxlen=TIMES)
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(STILL)
        self._still.timeout.connect(self._when_still)
        self._poll = QTimer(self)
        self._poll.setInterval(POLL)
        self._poll.timeout.connect(self._look)
        self.clicked.connect(self._pressed)
        Paced(session, 20.0, self._frame, self)
        theme_notifier().changed.connect(self._restyle)
        self._restyle()
        self._show("unchecked", self.tr("Nothing has been checked yet."))

    def set_brief(self, brief: bool) -> None:
        """Show the sign of the verdict alone, where there is little room; tooltip and accessible name say the words."""
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(style.ToolButtonIconOnly if brief else style.ToolButtonTextBesideIcon)
        self._restyle()

    @property
    def state(self) -> State:
        """``checked``, ``wrong``, ``open`` (nothing to say), ``waiting``, or ``unchecked``."""
        return self._state

    @property
    def summary(self) -> GradientSummary | None:
        """The verdict on the newest snapshot with its numbers; ``None`` while there is none."""
        return self._summary

    @property
    def snapshot(self) -> Snapshot | None:
        """What the verdict is about, or is awaited for."""
        return self._seen

    @property
    def sentence(self) -> str:
        """The verdict, or why there is none."""
        return self._words

    def check_now(self) -> None:
        """Check the newest snapshot although it is large: in a thread, where that would hold up a frame."""
        snapshot = self._session.snapshot
        self._seen = snapshot
        if snapshot.problem is not None or is_quick(snapshot):
            self._check()
        else:
            self._summary = None
            self._show("waiting", self.tr("The derivatives are being checked."))
            if self._job is None:
                self._begin(snapshot)
            else:
                self._next = snapshot  # as soon as the thread has let go of an older one

    def _begin(self, snapshot: Snapshot) -> None:
        checker = GradientChecker()
        self._job, self._next = (snapshot, checker), None
        self._worker.submit(lambda: _summarise(snapshot, checker))
        self._poll.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    # -- following -------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while nobody looked."""
        super().showEvent(event)
        self._frame(self._session.snapshot)

    def _frame(self, snapshot: Snapshot) -> None:
        if not self.isVisible() or self._is_seen(snapshot):
            return
        self._seen = snapshot
        self._still.stop()
        self._next = None
        if self._job is not None:
            self._job[1].stop()
        method = METHODS[snapshot.settings.method]
        if snapshot.problem is not None:
            self._check()
        elif "optimizer" in method.idle:
            self._summary = None
            words = self.tr("{method} follows no gradient, so that there is nothing to check.")
            self._show("open", words.format(method=method.title))
        elif not is_quick(snapshot):
            self._summary = None
            count = len(snapshot.gradient)
            words = self.tr("{n} derivatives on {rows} rows are more than is checked by itself: press to check them.")
            self._show("unchecked", words.format(n=count, rows=snapshot.dataset.n_rows))
        elif self._seconds(snapshot) <= AT_ONCE:
            self._check()
        else:
            self._summary = None
            self._show("waiting", self.tr("The derivatives are checked as soon as nothing moves."))
            self._still.start()

    def _when_still(self) -> None:
        """Nothing has moved for a while; between two long steps of a run nothing moves either."""
        snapshot = self._seen
        if self._session.running:
            self._still.start()
        elif snapshot is not None and self._seconds(snapshot) > IN_A_FRAME and self._job is None:
            self._begin(snapshot)
        else:
            self._check()

    def _is_seen(self, snapshot: Snapshot) -> bool:
        """Whether the verdict is about this snapshot: one in which only a name or a place differs has the gradient."""
        seen = self._seen
        return seen is not None and seen.gradient is snapshot.gradient and seen.problem == snapshot.problem

    def _seconds(self, snapshot: Snapshot) -> float:
        """How long the check of *snapshot* is expected to take: the best of the last times counts.

        Now and then something else has the processor, and the first time everything is made anew.
        """
        work = work_of(snapshot)
        known = work == self._work and len(self._took) == TIMES
        return min(self._took) if known else PER_PRODUCT * work

    def _check(self) -> None:
        self._still.stop()
        snapshot = self._seen
        if snapshot is None:
            return
        began = time.perf_counter()
        found = _summarise(snapshot, self._checker)
        if work_of(snapshot) != self._work:
            self._work = work_of(snapshot)
            self._took.clear()
        self._took.append(time.perf_counter() - began)
        self._judge(snapshot, found)

    def _judge(self, snapshot: Snapshot, found: GradientSummary) -> None:
        self._summary = found
        if found.agrees is None:
            self._show("open", found.verdict)
        elif found.agrees:
            self._show("checked", found.verdict)
        else:
            self._show("wrong", found.verdict, [parameter_name(snapshot.network, one) for one in found.wrong])

    def _look(self) -> None:
        """Take over what the thread has found, if it is still about what is shown."""
        if self._job is None or not self._worker.ready:
            return
        self._poll.stop()
        snapshot, self._job = self._job[0], None
        found = self._worker.take()
        self._worker.close()
        if self._next is not None:
            self._begin(self._next)
        elif self._is_seen(snapshot):
            self._judge(snapshot, found)

    def _pressed(self) -> None:
        if self._state == "unchecked":
            self.check_now()
        self.numbers_wanted.emit()

    # -- looks -----------------------------------------------------------------------------------------------------

    def _show(self, state: State, sentence: str, wrong: list[str] | None = None) -> None:
        words = self._wrong_words(wrong or []) if state == "wrong" else self._plain_words[state]
        changed = state != self._state
        self._state = state
        if self._words != sentence:
            self._words = sentence
            self.setToolTip(f"{sentence}\n{self.tr('Press to see the numbers.')}")
            self.setAccessibleDescription(sentence)
        if self.text() != f" {words}":
            self.setText(f" {words}")  # some room beside the icon
            self.setAccessibleName(self.tr("Gradient check: {state}").format(state=words))
        if changed:
            self._wear()
            if state == "wrong":
                announce(self, sentence)
        self.judged.emit()

    @cached_property
    def _plain_words(self) -> dict[State, str]:
        return {
            "checked": self.tr("checked"),
            "open": self.tr("not checked"),
            "waiting": self.tr("checking…"),
            "unchecked": self.tr("not checked"),
        }

    def _wrong_words(self, names: list[str]) -> str:
        if len(names) == 1 and len(names[0]) <= 6:
            return self.tr("{name} differs").format(name=names[0])
        return self.tr("{n} differ").format(n=len(names)) if len(names) != 1 else self.tr("1 differs")

    def _wear(self) -> None:
        """Look as the state does. (Another style sheet for each state would take 3 ms.)"""
        look = LOOKS[self._state]
        self.setIcon(icon(look.picture, look.token))
        self.setProperty("words", look.words)
        self.style().unpolish(self)
        self.style().polish(self)

    def _restyle(self) -> None:
        colours = theme()
        px = colours.px
        self.setIconSize(QSize(px(15), px(15)))
        rules = [f"QToolButton {{ font-size: {px(12)}px; padding: 0 {px(2)}px {px(6)}px {px(2)}px; }}"]
        tokens = {look.words: colours.colours[look.words].name() for look in LOOKS.values()}
        rules += [f'QToolButton[words="{token}"] {{ color: {colour}; }}' for token, colour in tokens.items()]
        self.setStyleSheet("".join(rules))
        self._wear()
        metrics = QFontMetrics(ui_font(12))
        widest = (self.tr("not checked"), self.tr("checking…"), self.tr("{name} differs").format(name="b(h2)"))
        brief = self.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
        self.setFixedSize(px(24) if brief else max(map(metrics.horizontalAdvance, widest)) + px(30), px(24))


def _summarise(snapshot: Snapshot, checker: GradientChecker) -> GradientSummary:
    return summarise_gradient(
        snapshot.network,
        snapshot.dataset,
        snapshot.settings,
        snapshot,
        checker=checker,
        called=lambda parameter: parameter_name(snapshot.network, parameter),
    )
