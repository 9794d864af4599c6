"""Whether things may move to explain where they went, and the one kind of animation that the program has."""

from __future__ import annotations

from typing import Literal, get_args

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyle

DURATION = 160
"""Milliseconds that a movement takes."""
MotionChoice = Literal["desktop", "full", "reduced"]
"""As the desktop wishes, always, or never."""
MOTION_CHOICES: tuple[MotionChoice, ...] = get_args(MotionChoice)


class Motion(QObject):
    """Owns what the user wishes; there is one, ``motion()``.

    Signals:
        changed(): another wish is in force.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choice: MotionChoice = "desktop"

    @property
    def choice(self) -> MotionChoice:
        """The wish."""
        return self._choice

    def set_choice(self, choice: MotionChoice) -> None:
        """Wish for something else; what is on its way then arrives at once where nothing shall move."""
        if choice != self._choice:
            self._choice = choice
            self.changed.emit()

    @property
    def allowed(self) -> bool:
        """Whether anything may move."""
        return not desktop_reduces() if self._choice == "desktop" else self._choice == "full"


class _Only:
    motion: Motion | None = None


def motion() -> Motion:
    """The wish in force."""
    if _Only.motion is None:
        _Only.motion = Motion()
    return _Only.motion


def desktop_reduces() -> bool:
    """Whether the desktop asks for reduced motion, as far as Qt can tell; where it cannot, nothing is reduced."""
    if not QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration):
        return True
    # From Qt 6.12 on the desktop's own preference can be asked for.
    hints = QGuiApplication.styleHints()
    for owner in (hints, hints.accessibility()):
        preference = getattr(owner, "motionPreference", None)
        if preference is not None and "Reduce" in str(preference()):
            return True
    return False


class Glide(QVariantAnimation):
    """A number on its way from one value to another; it is there at once where nothing may move.

    ``valueChanged`` tells each value on the way, and always the last one.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setDuration(DURATION)
        self.setEasingCurve(QEasingCurve.Type.OutCubic)
        motion().changed.connect(self._look)

    @property
    def moving(self) -> bool:
        """Whether the number is on its way."""
        return self.state() == QVariantAnimation.State.Running

    def go(self, start: float, end: float, *, at_once: bool = False) -> None:
        """Go from *start* to *end*; *at_once*: there is nothing to explain, or nobody looks."""
        self.stop()
        if at_once or not motion().allowed:
            self.valueChanged.emit(end)
            return
        self.setStartValue(start)
        self.setEndValue(end)
        self.start()

    def arrive(self) -> None:
        """Be at the end now."""
        if self.moving:
            self.stop()
            self.valueChanged.emit(self.endValue())

    def _look(self) -> None:
        if not motion().allowed:
            self.arrive()
