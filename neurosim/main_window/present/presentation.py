"""The window as the class sees it: graph, data and one line of the working, large, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from shiboken6 import isValid

from neurosim.main_window.appearance import Appearance
from neurosim.main_window.present.key_display import KeyDisplay
from neurosim.main_window.present.keys import PresentKeys
from neurosim.main_window.present_settings import PresentSettings
from neurosim.main_window.workspace import Workspace
from neurosim.records import dataclass
from neurosim.widgets.announce import announce
from neurosim.widgets.curtain import Curtain
from neurosim.widgets.every_event import EveryEvent

SMALLEST = 11.0
"""Pixels at 100 % of the smallest font that a class has to read: that of the numbers on axes."""
WORDS = 0.02
"""Height of all digits over that of the window, at least. Those of formulas in a lesson are 3 % then."""
DIGIT = 0.727
"""Height of a digit over the size of the interface's font."""
LEAST, MOST = 1.0, 3.0
RETURNING = 600
"""Milliseconds in which a window manager has given a window its former size back."""


@dataclass(frozen=True)
class _Before:
    """How the window was before the presentation."""

    state: Qt.WindowState
    hidden: tuple[QWidget, ...]
    focus: QWidget | None


class Presentation(QObject):
    """Owns whether the window is presented, and how it was before.

    Where the walk stands is the session's: whoever leaves and comes back goes on at the same line.

    Signals:
        toggled(on): the presentation has begun or ended.
    """

    toggled = Signal(bool)

    def __init__(
        self,
        window: QMainWindow,
        workspace: Workspace,
        appearance: Appearance,
        chrome: Callable[[], tuple[QWidget, ...]],
        forward: Callable[[], object],
        backward: Callable[[], object],
        letter: Callable[[float | None, bool], object],
        reading: Callable[[], bool],
        settings: PresentSettings,
        history: tuple[Callable[[], object], Callable[[], str]],
    ) -> None:
        """Present nothing yet.

        Args:
            chrome: what the class need not see.
            forward, backward: one press of the clicker.
            letter: writes the words of the graph for a window so many pixels high that a class looks at, or, with
                ``None``, for a desk, and shows the whole graph; the second says whether it is to leave out what
                nobody speaks of.
            reading: whether a lesson is open.
            settings: how it is to be shown.
            history: what gives the newest entry of the history, and its words.
        """
        super().__init__(window)
        self._window, self._workspace, self._appearance = window, workspace, appearance
        self._chrome, self._letter, self._reading, self._settings = chrome, letter, reading, settings
        self._before: _Before | None = None
        self._returning: _Before | None = None
        self._every_event = EveryEvent(self)
        self.curtain = Curtain(window)
        self.shown_keys = KeyDisplay(window, *history, lambda: self.curtain.kind in {"black", "white"})
        self._keys = PresentKeys(
            window,
            {
                "forward": self._telling(self.tr("Next"), lambda: self._go(forward)),
                "backward": self._telling(self.tr("Back"), lambda: self._go(backward)),
                "black": lambda: self.curtain.toggle("black"),
                "white": lambda: self.curtain.toggle("white"),
                "spotlight": self._telling(self.tr("Spotlight"), lambda: self.curtain.toggle("spotlight")),
                "leave": self.leave,
            },
        )
        settings.changed.connect(self._follow_settings)
        appearance.changed.connect(self._share_out)  # a zoom of one's own, too

    @property
    def active(self) -> bool:
        """Whether the window is presented now."""
        return self._before is not None

    def toggle(self) -> None:
        """Begin, or end."""
        if self.active:
            self.leave()
        else:
            self.enter()

    def enter(self) -> None:
        """Fill the screen; the layout of before is kept."""
        if self.active:
            return
        window = self._window
        chrome = tuple(widget for widget in self._chrome() if not widget.isHidden())
        self._returning = None
        self._before = _Before(window.windowState(), chrome, window.focusWidget())
        for widget in chrome:
            widget.hide()
        self._workspace.set_stage(True, reading=self._reading())
        window.showFullScreen()
        self._dress()
        window.installEventFilter(self)
        self._every_event.switch(True)
        self._keys.watch(True)
        self.shown_keys.watch(self._settings.keys)  # after the presenter's keys: it hears them first
        self._workspace.graph_page.setFocus()
        self.toggled.emit(True)
        announce(
            window,
            self.tr("Presenting. Page Down shows the next line, Page Up the one before, B makes black, Esc ends."),
        )

    def leave(self) -> None:
        """Put everything back as it was."""
        before, self._before = self._before, None
        if before is None:
            return
        self.shown_keys.watch(False)
        self._keys.watch(False)
        self.curtain.draw(None)
        self._every_event.switch(False)
        self._appearance.give_back()
        self._workspace.set_stage(False)
        for widget in before.hidden:
            widget.show()
        self._window.setWindowState(before.state)
        self._put_back(before)
        if before.focus is not None and isValid(before.focus):  # the page that it stood on may have been turned
            before.focus.setFocus()
        self._letter(None, False)
        self.toggled.emit(False)

    def follow_lesson(self) -> None:
        """A lesson has been opened or left: the graph is lettered for what it stands beside now."""
        if self.active:
            self._dress()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Another size of the window wants other fonts; the spotlight follows the pointer."""
        kind = event.type()
        if kind == QEvent.Type.Resize and watched is self._window:
            if self.active:
                self._dress()
                QTimer.singleShot(0, self, self._share_out)  # the workspace learns of its size after the window
            else:
                QTimer.singleShot(0, self, self._settle)
        elif kind == QEvent.Type.MouseMove and isinstance(event, QMouseEvent) and self.curtain.kind == "spotlight":
            self.curtain.point_at(QPointF(self._window.mapFromGlobal(event.globalPosition().toPoint())))
        return False

    def _telling(self, words: str, does: Callable[[], object]) -> Callable[[], None]:
        """*does*, with the words for those who show their keys."""

        def both() -> None:
            self.shown_keys.did(words)
            does()

        return both

    def _follow_settings(self) -> None:
        """Show keys, or none, and in the theme that is chosen: at once."""
        if self.active:
            self.shown_keys.watch(self._settings.keys)
            self._dress()

    def _go(self, step: Callable[[], object]) -> None:
        """One press; where the screen is black it only comes back, as with any projector."""
        if self.curtain.kind in {"black", "white"}:
            self.curtain.draw(None)
        else:
            step()

    def _put_back(self, before: _Before) -> None:
        """Put the panels back: at once, and when the window, which has its tools again, has its former size."""
        self._workspace.put_back()
        self._returning = before
        QTimer.singleShot(0, self, self._settle)
        QTimer.singleShot(RETURNING, self, self._have_settled)

    def _have_settled(self) -> None:
        """Whatever size the window has by now is its user's."""
        if not self.active:
            self._returning = None
            self._window.removeEventFilter(self)

    def _settle(self) -> None:
        """The window has another size than a moment ago: what was put back before is put back into that one."""
        before = self._returning
        if before is not None and not self.active:
            for widget in before.hidden:
                # A status bar that was hidden while sizes changed keeps the height of before until it is asked.
                QApplication.sendEvent(widget, QEvent(QEvent.Type.LayoutRequest))
            self._workspace.put_back()

    def _share_out(self) -> None:
        if self.active:
            self._workspace.stage.share_out()

    def _dress(self) -> None:
        size = self._window.height() * WORDS / DIGIT / SMALLEST
        self._appearance.lend(self._settings.theme, min(max(size, LEAST), MOST))
        self._workspace.stage.share_out()
        self._letter(float(self._window.height()), self._reading())
