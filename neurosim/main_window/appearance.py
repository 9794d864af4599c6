"""How the program looks and writes numbers, kept between two starts and applied at once."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QObject, Signal
from PySide6.QtWidgets import QApplication

from neurosim.main_window.actions import ZOOM_STEPS
from neurosim.main_window.store import read_flag, read_number, read_text, write
from neurosim.widgets.display import Display
from neurosim.widgets.letters import letters
from neurosim.widgets.motion import MOTION_CHOICES, MotionChoice, motion
from neurosim.widgets.theme import THEMES, ThemeName, apply_theme, theme

_THEME, _ZOOM, _MODE, _DECIMAL = "view/theme", "view/zoom", "view/numbers", "view/decimal"
_MOTION = "view/motion"
_LETTERS = "view/letters"


class Appearance(QObject):
    """Owns theme, zoom, the way numbers are written, and whether things may move.

    Signals:
        changed(): one of them is another one.
    """

    changed = Signal()

    def __init__(self, display: Display, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._display = display
        self._theme: ThemeName = _theme_named(read_text(_THEME, "light"))
        self._own: tuple[ThemeName, float] | None = None
        mode = read_text(_MODE, display.mode)
        self._display.mode = "decimal" if mode == "decimal" else "both" if mode == "both" else "exact"
        own = "," if QLocale().decimalPoint() == "," else "."
        self._display.decimal = "," if read_text(_DECIMAL, own) == "," else "."
        self._display.zoom = read_number(_ZOOM, 100) / 100
        motion().set_choice(_motion_named(read_text(_MOTION, "desktop")))
        letters().set_work(read_flag(_LETTERS, True))
        self._dress()

    @property
    def theme(self) -> ThemeName:
        """``light``, ``dark`` or ``projector``."""
        return self._theme

    @property
    def percent(self) -> int:
        """The size of the interface in percent."""
        return round(self._display.zoom * 100)

    @property
    def mode(self) -> str:
        """``exact``, ``decimal`` or ``both``."""
        return self._display.mode

    @property
    def decimal(self) -> str:
        """The decimal sign."""
        return self._display.decimal

    def set_theme(self, name: str) -> None:
        """Wear another theme."""
        chosen = _theme_named(name)
        if chosen != self._theme:
            self._theme = chosen
            if self._own is None:
                write(_THEME, chosen)
            self._dress()
            self.changed.emit()

    def set_percent(self, percent: int) -> None:
        """Make the whole interface larger or smaller, from 50 to 300 percent."""
        percent = min(max(percent, ZOOM_STEPS[0]), ZOOM_STEPS[-1])
        if percent != self.percent:
            if self._own is None:
                write(_ZOOM, percent)
            self._display.zoom = percent / 100
            self._dress()
            self.changed.emit()

    def lend(self, name: ThemeName, zoom: float) -> None:
        """Wear *name* at *zoom* until ``give_back``; what is chosen meanwhile is not kept."""
        if self._own is None:
            self._own = (self._theme, self._display.zoom)
        if (self._theme, self._display.zoom) != (name, zoom):
            self._theme, self._display.zoom = name, zoom
            self._dress()
            self.changed.emit()

    def give_back(self) -> None:
        """Wear one's own theme and size again."""
        if self._own is not None:
            self._theme, self._display.zoom = self._own
            self._own = None
            self._dress()
            self.changed.emit()

    def zoom_in(self) -> None:
        """The next larger size."""
        self.set_percent(next((step for step in ZOOM_STEPS if step > self.percent), ZOOM_STEPS[-1]))

    def zoom_out(self) -> None:
        """The next smaller size."""
        self.set_percent(next((step for step in reversed(ZOOM_STEPS) if step < self.percent), ZOOM_STEPS[0]))

    def set_mode(self, mode: str) -> None:
        """Write numbers ``exact``, ``decimal`` or as ``both``."""
        self._display.mode = "decimal" if mode == "decimal" else "both" if mode == "both" else "exact"
        write(_MODE, self._display.mode)
        self.changed.emit()

    def set_decimal(self, sign: str) -> None:
        """Write decimals with a point or a comma; both are understood when typed."""
        self._display.decimal = "," if sign == "," else "."
        write(_DECIMAL, self._display.decimal)
        self.changed.emit()

    @property
    def motion(self) -> MotionChoice:
        """Whether things may move: ``full``, ``reduced``, or as the ``desktop`` wishes."""
        return motion().choice

    def set_motion(self, name: str) -> None:
        """Let things move, or not, or follow the desktop."""
        chosen = _motion_named(name)
        write(_MOTION, chosen)
        motion().set_choice(chosen)
        self.changed.emit()

    @property
    def letters(self) -> bool:
        """Whether single letters do something in the graph and the plots."""
        return letters().work

    def set_letters(self, work: bool) -> None:
        """Let single letters do something, or nothing."""
        write(_LETTERS, work)
        letters().set_work(work)
        self.changed.emit()

    def _dress(self) -> None:
        application = QApplication.instance()
        if isinstance(application, QApplication) and not self._is_dressed(application):
            apply_theme(application, self._theme, self._display.zoom)

    def _is_dressed(self, application: QApplication) -> bool:
        now = theme()
        return bool(application.styleSheet()) and (now.name, now.zoom) == (self._theme, self._display.zoom)


def _theme_named(name: str) -> ThemeName:
    return next((known for known in THEMES if known == name), "light")


def _motion_named(name: str) -> MotionChoice:
    return next((known for known in MOTION_CHOICES if known == name), "desktop")
