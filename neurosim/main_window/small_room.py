"""What the window does without where there is little room for its letters: a small window, or a large interface."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QWidget

from neurosim.main_window.step_bar import StepBar
from neurosim.main_window.workspace import Workspace
from neurosim.widgets.theme import theme, theme_notifier

NARROW, LOW = 900, 440
"""In windows narrower than the first and lower than the second, in pixels at 100 %, bars say less and the line at the
foot goes."""
TINY = 700
"""In windows narrower than this the large numbers are no larger than the others."""
TABS_BELOW, TABS_WITHIN = 500, 920
"""In windows lower than the first all panels share one place beside the graph; narrower than the second, where three
columns would cover each other, the lesson shares it, too."""


class SmallRoom(QObject):
    """Knows how much room there is in pixels at 100 %, and tells the parts of the window when that is another amount.

    Args:
        busy: whether something else decides now what is shown, such as presenting.
    """

    def __init__(self, workspace: Workspace, bar: StepBar, status: QWidget, busy: Callable[[], bool]) -> None:
        super().__init__(workspace)
        self._workspace, self._bar, self._status, self._busy = workspace, bar, status, busy
        self._size = QSize()
        self._now: tuple[bool, bool, bool, int] = (False, False, False, 0)
        theme_notifier().changed.connect(self.look)

    def set_size(self, size: QSize) -> None:
        """The window has another size."""
        self._size = size
        self.look()

    def look(self) -> None:
        """Tell everyone what there is room for, if that has changed."""
        if self._busy() or self._size.isEmpty() or not self._workspace.isVisible():
            return
        zoom = theme().zoom
        width, height = self._size.width() / zoom, self._size.height() / zoom
        level = 0 if height >= TABS_BELOW and width >= TABS_WITHIN else 1 if width >= TABS_WITHIN else 2
        found = (width < NARROW, width < TINY, height < LOW, level)
        if found != self._now:
            self._now = found
            narrow, tiny, low, _ = found
            self._bar.set_room(narrow=narrow, tiny=tiny, low=low)
            self._status.setVisible(not low)
            self._workspace.set_compact(level)
