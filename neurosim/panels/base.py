"""What a panel is: a widget beside the canvas that reads snapshots, and costs nothing while nobody sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from typing import Literal

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from neurosim.document.document import Document
from neurosim.document.selection import Selection
from neurosim.engine.snapshot import Snapshot
from neurosim.records import dataclass
from neurosim.training.pace import Pace
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme_notifier
from neurosim.widgets.view_display import MODES, ViewDisplay

Area = Literal["left", "right", "bottom"]


@dataclass(frozen=True)
class PanelContext:
    """What a panel may know: the document, its training, what is selected, and how numbers are written."""

    document: Document
    session: TrainingSession
    selection: Selection
    display: Display


@dataclass(frozen=True)
class Late:
    """What builds the panel *name* of *module*, which is imported no sooner: most panels are not seen at the start.

    Attributes:
        before: modules that take long to load and are needed for it: each is loaded in a piece of work of its own.
    """

    module: str
    name: str
    before: tuple[str, ...] = ()

    def loads(self) -> list[Callable[[], object]]:
        """What has to be loaded, in pieces."""
        return [partial(import_module, module) for module in (*self.before, self.module)]

    def __call__(self, context: PanelContext, parent: QWidget | None = None) -> QWidget:
        """Build the panel inside *parent*."""
        panel: QWidget = getattr(import_module(self.module), self.name)(context, parent)
        return panel


@dataclass(frozen=True)
class PanelKind:
    """A kind of panel, as a plug-in.

    Attributes:
        name: unique and stable; the dock's object name is made from it.
        title: the dock's title in English; the window passes it to ``tr`` in the context ``PanelKind``.
        help: what it shows, in one line, passed to ``tr`` likewise.
        area: where its dock stands at first.
        order: from the top (or the left) of that area.
        visible: whether it is shown at first.
        create: builds the widget.
        tall: whether it needs most of the height of its area, which it is given when it is opened.
        strip: whether it is flat: it stands under the others of its area, never behind one of their tabs.
    """

    name: str
    title: str
    help: str
    area: Area
    order: int
    visible: bool
    create: Late
    tall: bool = False
    strip: bool = False


def is_seen(widget: QWidget) -> bool:
    """Whether anybody sees *widget*: it is neither hidden nor behind another one's tab.

    A main window puts what stands behind a tab outside of itself. (``visibleRegion`` would not do: it is empty as well
    where an opaque child covers the whole widget.)
    """
    if not widget.isVisible():
        return False
    window = widget.window()
    return window.rect().intersects(QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()))


class Panel(QWidget):
    """A widget that refreshes once per frame while it is visible, and once when it becomes visible.

    Owns nothing but its widgets. Subclasses build themselves, call ``watch`` last and implement ``refresh`` and
    ``restyle``. ``title_tools`` are controls that stand in the title of the panel's dock, if it has any.

    ``run_fps``: so many frames a second at most while a run goes at full speed; ``None``: all of them. When the run
    ends, the panel shows where. ``run_long``: whether a frame of it takes so long that it has turns with the others.
    """

    run_fps: float | None = None
    run_long = True

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.title_tools: QWidget | None = None
        self._stale = True
        self._pace = None if self.run_fps is None else Pace(context.session, self.run_fps, long=self.run_long)

    def watch(self) -> None:
        """Follow the session's frames, the way numbers are written, and the theme, from now on."""
        self.context.session.snapshot_changed.connect(self._frame)
        if self._pace is not None:
            self.context.session.running_changed.connect(lambda _running: self.catch_up())
        self.context.display.changed.connect(self._written_otherwise)
        theme_notifier().changed.connect(self._theme_changed)
        self.restyle()

    def refresh(self, snapshot: Snapshot) -> None:
        """Show *snapshot*."""
        raise NotImplementedError

    def restyle(self) -> None:
        """Take the colours of the current theme."""

    def finish(self) -> None:
        """Make what a panel makes when it is first wanted; called when there is time."""

    def set_for_class(self, on: bool) -> None:
        """A class looks on from now, or does so no more."""

    def kept(self) -> dict[str, str]:
        """What the program remembers of this panel between two starts, by name; only what differs from the first."""
        display = getattr(self, "display", None)
        own = display.own_mode if isinstance(display, ViewDisplay) else None
        return {} if own is None else {"numbers": own}

    def recall(self, kept: Mapping[str, str]) -> None:
        """Be as ``kept`` said once; what is not understood is passed over."""
        display = getattr(self, "display", None)
        if isinstance(display, ViewDisplay):
            display.own_mode = next((mode for mode in MODES if mode == kept.get("numbers")), None)

    def is_seen(self) -> bool:
        """Whether anybody sees the panel: it is neither hidden nor behind another one's tab."""
        return is_seen(self)

    def refresh_now(self) -> None:
        """Show the current snapshot now if anybody sees the panel, else when it is shown."""
        self._stale = not self.is_seen()
        if not self._stale:
            self.refresh(self.context.session.snapshot)

    def catch_up(self) -> None:
        """Show what happened while nobody saw the panel: it has been opened, or comes to the front of its tabs."""
        if self._stale and self.isVisible():
            self._stale = False
            self.refresh(self.context.session.snapshot)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while the panel was hidden."""
        super().showEvent(event)
        self.catch_up()

    def _frame(self, snapshot: Snapshot) -> None:
        if not self.isVisible():
            self._stale = True  # as most panels: a frame is no more to them than that
            return
        pace = self._pace
        self._stale = not self.is_seen() or (pace is not None and pace.rests)
        if not self._stale:
            self.refresh(snapshot)
            if pace is not None:
                pace.show()

    def _written_otherwise(self) -> None:
        self.refresh_now()

    def _theme_changed(self) -> None:
        self.restyle()
        self.refresh_now()
