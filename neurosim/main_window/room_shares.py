"""How much of the workspace each panel gets: at first, when one is opened or closed, and where the graph needs more."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QMainWindow

from neurosim.main_window.compact import LEFT, Compact
from neurosim.main_window.dock import PanelDock
from neurosim.main_window.layouts import LAYOUTS, Layout
from neurosim.main_window.stage import Stage
from neurosim.panels import PANELS
from neurosim.widgets.theme import theme

TALL, LOW = 0.66, 0.56
"""The part of the height that a tall panel is given when it is opened, at the right and under the graph."""

READING = 0.26
"""The part of the width that the page of a lesson is given."""
READING_LEAST = 340

STRIP_LEAST, STRIP_AMPLE = 400, 600
"""In a workspace lower than the first, in pixels at 100 %, strips open only when they are asked for; in one higher than
the second they are given half as much again as they need."""

ROOMY = 0.45
"""An arrangement that gives more than this part of the height to the panel under the graph means it so."""


class RoomShares(QObject):
    """Owns what was taken for the graph.

    ``layout`` is the present arrangement, ``reading`` whether the page of a lesson is open.
    """

    def __init__(self, workspace: QMainWindow, docks: Mapping[str, PanelDock], stage: Stage, compact: Compact) -> None:
        super().__init__(workspace)
        self._workspace, self._docks = workspace, docks
        self._stage, self._compact = stage, compact
        self.layout = LAYOUTS["lecture"]
        self.reading = False
        self._below: bool | None = None
        self._asked: object | None = None
        self._lowered: int | None = None
        for name, kind in PANELS.items():
            if kind.area == "bottom" and not kind.strip:
                docks[name].visibilityChanged.connect(self._below_changed)

    # -- who stands where ------------------------------------------------------------------------------------------

    def area(self, name: str) -> str:
        """Where a panel stands in the present layout."""
        return "bottom" if name in self.layout.below else PANELS[name].area

    def standing(self, area: str) -> list[str]:
        """The panels of an area in the present layout."""
        return [name for name in PANELS if self.area(name) == area]

    def begin(self, layout: Layout) -> None:
        """From now on *layout* is the arrangement; what was taken for the graph is not given back."""
        self.layout, self._lowered = layout, None

    def was_restored(self) -> None:
        """A layout with sizes of its own has been put back: nothing that was asked for before changes them."""
        self._below, self._asked = self._has_below(), None

    # -- all of it -------------------------------------------------------------------------------------------------

    def share_out(self) -> None:
        """Give the panels shown their first sizes: a narrow column left; right and below what the layout says."""
        workspace, compact = self._workspace, self._compact
        if compact.level:
            self.share_left()
            at_right = [name for name in self._docks if not (compact.level == 1 and name in LEFT)]
            front = [self._docks[name] for name in at_right if self._docks[name].in_front][:1]
            self._resize(front, [compact.width(workspace.width())][: len(front)], Qt.Orientation.Horizontal)
            return
        width, height = max(workspace.width(), 1), max(workspace.height(), 1)
        self.share_left()
        shown = [dock for name in self.standing("right") if not (dock := self._docks[name]).isHidden()]
        if shown:
            self._resize(shown, [round(width * self.layout.right)] * len(shown), Qt.Orientation.Horizontal)
            first = round(height * self.layout.upper)  # the others share one place under it
            self._resize(shown[:2], [first, height - first][: len(shown)], Qt.Orientation.Vertical)
        self._share_below()

    def share_left(self) -> None:
        """Give the column at the left the room of a lesson's page while one is open, else that of the inspector."""
        if self._stage.set:
            self._stage.share_out()
            return
        px, width = theme().px, max(self._workspace.width(), 1)
        if self._compact.level > 1:
            return
        wide = max(px(READING_LEAST), round(width * READING)) if self.reading else min(px(236), width // 4)
        left = [dock for name in ("lesson", "inspector") if not (dock := self._docks[name]).isHidden()]
        self._resize(left[:1], [wide][: len(left[:1])], Qt.Orientation.Horizontal)

    # -- under the graph -------------------------------------------------------------------------------------------

    def _share_below(self) -> None:
        """Give the panels under the graph their first height, and under them the strips what they need."""
        zoom, names, height = theme().zoom, self.standing("bottom"), self._workspace.height()
        strips = [self._docks[name] for name in names if PANELS[name].strip]
        if self._workspace.isVisible() and height < STRIP_LEAST * zoom:
            for dock in strips:
                dock.hide()
        body = [self._docks[name] for name in names if not (PANELS[name].strip or self._docks[name].isHidden())][:1]
        part = 1.5 if height > STRIP_AMPLE * zoom else 1.0
        flat = [dock for dock in strips if not dock.isHidden()]
        heights = [round(dock.minimumSizeHint().height() * part) for dock in flat]
        self._resize([*body, *flat], [*([self._first_below()] if body else []), *heights], Qt.Orientation.Vertical)

    def _first_below(self) -> int:
        """What the panels under the graph have at first, without strips."""
        layout, height = self.layout, max(self._workspace.height(), 1)
        low = layout.low is not None and height < STRIP_AMPLE * theme().zoom
        return round(height * (layout.low if low and layout.low is not None else layout.lower))

    def _below_changed(self) -> None:
        """Let the graph have the room of the last panel under it that is closed; strips stay as flat as they are."""
        below = self._has_below()
        if below != self._below and not (self._stage.set or self._compact.level):
            first, self._below = self._below is None, below
            if not first:
                self._asked = asked = object()
                QTimer.singleShot(0, self, lambda: self._share_below_for(asked))

    def _share_below_for(self, asked: object) -> None:
        """Give the panels below their first height, unless a layout of its own has been put back meanwhile."""
        if asked is self._asked:
            self._share_below()

    def _has_below(self) -> bool:
        docks = [self._docks[name] for name in self.standing("bottom") if not PANELS[name].strip]
        return any(not (dock.isHidden() or dock.isFloating()) for dock in docks)

    def favour_graph(self, favoured: bool) -> None:
        """Let the panel under the graph be as low as it goes where the graph would be too small, or as high as before.

        Where the user has given it another height since, that stays.
        """
        names = [name for name in self.standing("bottom") if not PANELS[name].strip]
        under = next((self._docks[name] for name in names if self._docks[name].in_front), None)
        if under is None or under.isFloating() or self._stage.set or self._compact.level or self.layout.lower > ROOMY:
            return
        least = under.minimumSizeHint().height()
        if favoured and self._lowered is None and under.height() > least:
            self._lowered = under.height()
            self._resize([under], [least], Qt.Orientation.Vertical)
        elif not favoured and self._lowered is not None:
            before, self._lowered = self._lowered, None
            if under.height() <= least + 2:
                self._resize([under], [before], Qt.Orientation.Vertical)

    # -- one that is tall ------------------------------------------------------------------------------------------

    def make_tall(self, name: str) -> None:
        """Give a panel that needs height most of what its area has; at the left half of it."""
        dock, height = self._docks[name], self._workspace.height()
        if PANELS[name].area == "left":
            over = [self._docks[other] for other in LEFT if self._docks[other].in_front][:1]
            if over and not (dock.isHidden() or dock.isFloating()):
                self._resize([*over, dock], [height // 2, height - height // 2], Qt.Orientation.Vertical)
            return
        if PANELS[name].area == "bottom":
            if dock.height() < round(height * LOW):
                self._resize([dock], [round(height * LOW)], Qt.Orientation.Vertical)
            return
        first = next(self._docks[other] for other, kind in PANELS.items() if kind.area == PANELS[name].area)
        if not dock.isHidden() and not dock.isFloating() and first is not dock:
            low = round(height * (1 - TALL))
            self._resize([first, dock], [low, height - low], Qt.Orientation.Vertical)

    def _resize(self, docks: list[PanelDock], sizes: list[int], along: Qt.Orientation) -> None:
        self._workspace.resizeDocks(docks, sizes, along)
