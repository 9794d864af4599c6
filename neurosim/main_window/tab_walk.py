"""The Tab key goes where one sees it: past what stands behind another one's tab, and into view where it is scrolled.

A main window keeps docks behind tabs, and tab bars that it does not need, shown, but outside of itself: without this
the keyboard would go where nobody sees it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QDockWidget, QScrollArea, QTabBar, QWidget

from neurosim.panels.base import is_seen

MOST = 1000
"""So many widgets are passed over at most; then the keyboard stays where it is."""


def walk_in_sight(walk: Callable[[], bool]) -> bool:
    """Call *walk*, which takes the keyboard to the next widget, until that is where somebody sees it.

    Returns what the last call said: whether there was a next widget.
    """
    for _ in range(MOST):
        if not walk():
            return False
        reached = QApplication.focusWidget()
        if reached is None:
            return True
        if not is_put_aside(reached):
            _scroll_to(reached)
            return True
    return True


def is_put_aside(widget: QWidget) -> bool:
    """Whether *widget* belongs to a dock of which only the tab is seen, or to a title that is folded away, or is a tab
    bar that is not in use.
    """
    above: QWidget | None = widget
    while above is not None and not isinstance(above, QDockWidget | QTabBar):
        if above.size().isEmpty():
            return True
        above = above.parentWidget()
    return above is not None and above.isVisible() and not is_seen(above)


def _scroll_to(widget: QWidget) -> None:
    """Bring *widget* into view: an area does so itself only where the keyboard was inside of it before."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(widget)
        above = above.parentWidget()
