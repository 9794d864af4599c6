"""Where a message stands: over the foot of the graph, or where it covers least while a class looks on."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from neurosim.canvas.view import GraphView
from neurosim.main_window.workspace import Workspace
from neurosim.widgets.message_bar import MessageBar
from neurosim.widgets.sheet import Sheet
from neurosim.widgets.theme import theme, theme_notifier

WIDEST, HIGHEST = 640, 0.4
"""In pixels at 100 %, and as a part of the graph's height."""


class MessagePlace(QObject):
    """Keeps the bar in its place: no number lies under it that can be seen elsewhere."""

    def __init__(
        self,
        bar: MessageBar,
        workspace: Workspace,
        graph: GraphView,
        sheets: Callable[[], Iterable[Sheet]],
        presenting: Callable[[], bool],
    ) -> None:
        """*sheets*: those of the window itself."""
        super().__init__(bar)
        self._bar, self._workspace, self._graph = bar, workspace, graph
        self._sheets, self._presenting = sheets, presenting
        theme_notifier().changed.connect(self.find)
        bar.message_shown.connect(lambda _text: self.find())
        graph.picture_moved.connect(self._find_later)
        self._waits = False

    def find(self, opened: Sheet | None = None) -> None:
        """Put the bar over the foot of the graph, where its bar is and no number; above or below a sheet there.

        A message for which a sheet that has just been *opened* leaves no room goes.
        Before a class the graph goes down to its foot: there the bar stands over its head if that covers less.
        """
        px = theme().px
        page, bar = self._workspace.graph_page, self._bar
        seen = [dock for dock in self._workspace.docks.values() if dock.in_front and not dock.isFloating()]
        # Where the graph is not shown, one of the panels has most of the room.
        largest = max(seen, key=lambda dock: dock.width() * dock.height()) if page.isHidden() and seen else page
        space = self._in_workspace(largest)
        width = min(px(WIDEST), space.width() - px(24))
        height = self._height(width)
        if height > HIGHEST * space.height():
            # Over a narrow graph it reaches beyond it: many short lines would cover all of the graph.
            width = min(px(WIDEST), self._workspace.width() - px(24))
            height = self._height(width)
        left = space.left() + (space.width() - width) // 2
        left = max(px(12), min(left, self._workspace.width() - px(12) - width))
        place = QRect(left, space.bottom() - height, width, height)
        if self._presenting() and not page.isHidden():
            head = QRect(left, space.top(), width, height)
            place = min((place, head), key=self._covered)
        for sheet in self._sheets():
            if not (sheet.isVisible() and sheet.geometry().intersects(place)):
                continue
            above, below = sheet.y() - px(8) - height, sheet.geometry().bottom() + px(8)
            if above >= 0:
                place.moveTop(above)
            elif below + height <= self._workspace.height():
                place.moveTop(below)
            elif sheet is opened:
                bar.dismiss()  # whoever opens a sheet has gone on; the log has what was said
        bar.setGeometry(place)
        bar.raise_()

    def _height(self, width: int) -> int:
        self._bar.setFixedWidth(width)
        return max(self._bar.heightForWidth(width), self._bar.sizeHint().height())

    def _find_later(self) -> None:
        """The graph stands otherwise, such as beside the page of a lesson."""
        if not (self._waits or self._bar.isHidden()):
            self._waits = True
            QTimer.singleShot(0, self, self._find_now)

    def _find_now(self) -> None:
        self._waits = False
        self.find()

    def _in_workspace(self, part: QWidget) -> QRect:
        return QRect(part.mapTo(self._workspace, QPoint(0, 0)), part.size())

    def _covered(self, place: QRect) -> int:
        """How many pixels of the graph under *place* show something."""
        away = self._in_workspace(self._graph.viewport()).topLeft()
        seen = (
            self._graph.viewport().grab(place.translated(-away)).toImage().convertToFormat(QImage.Format.Format_RGB32)
        )
        pixels = np.frombuffer(seen.constBits(), np.uint32)
        return int(np.count_nonzero(pixels != theme().canvas.rgb()))
