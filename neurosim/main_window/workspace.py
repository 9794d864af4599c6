"""Where the graph and the panels stand: the graph in the middle, panels as docks around it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QChildEvent, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QTabBar, QTabWidget, QVBoxLayout, QWidget

from neurosim.main_window.behind_stage import BehindStage
from neurosim.main_window.compact import LEFT, Compact
from neurosim.main_window.dock import PanelDock, StripDock
from neurosim.main_window.dock_places import DockPlaces
from neurosim.main_window.inspector.inspector import Inspector
from neurosim.main_window.kept_shares import KeptShares
from neurosim.main_window.layouts import LAYOUTS, Layout
from neurosim.main_window.panel_titles import panel_title
from neurosim.main_window.room_shares import RoomShares
from neurosim.main_window.stage import Stage, in_sight
from neurosim.panels import PANELS, PanelContext
from neurosim.panels.base import Panel

LAYOUT_VERSION = 7
"""Goes up when the panels' first places change, so that an old layout is not laid over a new one."""


class Workspace(QMainWindow):
    """Owns the docks. A window within the window: the step bar below it can neither be covered nor moved.

    Panels that are not shown at first are made when they are opened or asked for, at the latest by whoever has time.

    Signals:
        panel_made(panel): a panel has been put into its dock.
    """

    panel_made = Signal(object)

    def __init__(
        self, graph_page: GraphPage, inspector: Inspector, lesson: QWidget, context: PanelContext, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Widget)  # Qt makes every main window one of its own
        self.setObjectName("workspace")
        self.setDockOptions(QMainWindow.DockOption.AllowTabbedDocks | QMainWindow.DockOption.AllowNestedDocks)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.setCentralWidget(graph_page)
        self.graph_page = graph_page
        self._context = context
        self._panels: dict[str, QWidget] = {}
        self._newest: list[str] = []
        docks: dict[str, PanelDock] = {}
        docks["lesson"] = PanelDock("lesson", panel_title("lesson"), self)
        docks["lesson"].set_panel(lesson)
        docks["inspector"] = dock = PanelDock("inspector", panel_title("inspector"), self)
        dock.set_panel(inspector)
        inspector.title_changed.connect(dock.bar.set_title)
        for name, kind in PANELS.items():
            docks[name] = (StripDock if kind.strip else PanelDock)(name, panel_title(name), self)
            docks[name].wanted.connect(lambda name=name: self._make(name))
            docks[name].visibilityChanged.connect(lambda _seen: self._title_later())
        self.docks: Mapping[str, PanelDock] = docks
        self.stage = Stage(self, docks, graph_page)
        self._compact = Compact(self, docks, frozenset(name for name, kind in PANELS.items() if kind.strip))
        self._behind: BehindStage | None = None
        self._shares = RoomShares(self, docks, self.stage, self._compact)
        self._places = DockPlaces(self, docks, self._shares)
        self.parts = KeptShares(self, docks)
        for name, kind in PANELS.items():
            if kind.visible:
                self._make(name)
        for corner, area in (
            (Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea),
            (Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea),
        ):
            self.setCorner(corner, area)
        self.arrange()
        self._first = self.saveState(LAYOUT_VERSION)

    @property
    def panels(self) -> Mapping[str, QWidget]:
        """Every panel by name; those that do not exist yet are made."""
        for name in PANELS:
            self._make(name)
        return self._panels

    @property
    def made(self) -> Mapping[str, QWidget]:
        """The panels that exist already, by name."""
        return self._panels

    @property
    def missing(self) -> tuple[str, ...]:
        """The panels that do not exist yet."""
        return tuple(name for name in PANELS if name not in self._panels)

    def make(self, name: str) -> None:
        """Make the panel *name* unless it exists."""
        self._make(name)

    def finish(self, name: str) -> None:
        """Make what the panel *name*, which exists, makes when it is first wanted."""
        panel = self._panels[name]
        if isinstance(panel, Panel):
            panel.finish()

    def _make(self, name: str) -> None:
        if name in self._panels:
            return
        # Inside its dock from the first: moving a finished panel there would have each of its widgets dressed anew.
        panel = self._panels[name] = PANELS[name].create(self._context, self.docks[name])
        self.docks[name].set_panel(panel)
        self.panel_made.emit(panel)

    def arrange(self, layout: Layout = LAYOUTS["lecture"], keep: tuple[str, ...] = ()) -> None:
        """Put everything where it stands at first, and open what *layout* names; those in *keep* stay open."""
        self._shares.begin(layout)
        if self.stage.set and self._behind is not None:
            self._behind.arrange(layout, keep)
            self.stage.arrange(layout.opened, graph=layout.graph)
            return
        self._newest = list(layout.opened)
        self.graph_page.setVisible(layout.graph)
        kept = [name for name in keep if self.docks[name].in_front]
        window = self.window()
        held = window.focusWidget()
        if self._compact.level:
            self._compact.ample = None
            for dock in self.docks.values():
                dock.setFloating(False)
            self._gather_small(frozenset((*layout.opened, *kept)), [*self._first_of_all(), *kept])
            return
        self._places.take()
        for name, dock in self.docks.items():
            dock.setVisible(name in layout.opened or name in kept)
        self.share_out()
        for name in (*layout.opened, *kept):
            if name in self.docks and not self.docks[name].isHidden():
                self.docks[name].bring_to_front()
        if held is not None and held.isVisible() and held is not window.focusWidget():
            held.setFocus(Qt.FocusReason.OtherFocusReason)  # its panel was taken out for a moment

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let each panel keep its part of the room."""
        super().resizeEvent(event)
        self.parts.follow()

    def keep_parts(self) -> None:
        """From now on the panels have sizes that somebody wants, unless a class looks on or there is little room."""
        self.parts.rest(self.stage.set or bool(self._compact.level))
        self.parts.follow()

    def childEvent(self, event: QChildEvent) -> None:
        """Qt makes the bars of tabs; those who do not see them are told what the tabs are."""
        super().childEvent(event)
        if not event.polished():
            return  # asked what any other child is, the bindings would make all of Qt's types to tell
        child = event.child()
        if isinstance(child, QTabBar):
            child.setAccessibleName(self.tr("Panels in this place"))

    def is_arranged(self, layout: Layout, keep: tuple[str, ...] = ()) -> bool:
        """Whether everything stands as *layout* says, and nothing else is open but what is in *keep*."""
        if self.stage.set:
            return False  # what is on the stage says nothing of what stands behind it
        opened = {name for name, dock in self.docks.items() if not dock.isHidden()}
        alone = not any(dock.isFloating() for dock in self.docks.values())
        return self._shares.layout is layout and opened - set(keep) == set(layout.opened) - set(keep) and alone

    def set_compact(self, level: int) -> None:
        """Arrange everything for little room, as ``Compact`` says, or at 0 as it stood before."""
        compact = self._compact
        if level == compact.level or self.stage.set:
            return
        opened, front = compact.opened(), [name for name, dock in self.docks.items() if dock.in_front]
        self.parts.rest(True)
        if level:
            strips = {name for name in opened if isinstance(self.docks[name], StripDock)}
            compact.enter(level, self.saveState(LAYOUT_VERSION))
            self._gather_small(opened - strips, [*front, *self._first_of_all()])
            return
        changed, arranged = compact.changed(), compact.leave()
        for dock in self.docks.values():
            dock.set_small(False)
            dock.bar.show_title(True)
        if arranged is None or not self.restore_layout(arranged):
            self.arrange(self._shares.layout, keep=tuple(front))
        for name, open_now in changed.items():
            self.docks[name].setVisible(open_now)
        self.keep_parts()
        if not compact.kept_sizes:
            QTimer.singleShot(0, self, self.share_out)

    def _first_of_all(self) -> list[str]:
        """Who comes to the front where all share one place, the foremost last: the lesson that is read, else what the
        arrangement is about, at first the data.
        """
        layout = self._shares.layout
        whole = [name for name in layout.opened if name in PANELS and not PANELS[name].strip]
        last = "data_plot" if layout is LAYOUTS["lecture"] or not whole else whole[-1]
        return [last, "lesson"] if self._shares.reading else ["lesson", last]

    def _gather_small(self, opened: frozenset[str], front: list[str]) -> None:
        with self._places.moving():
            for name, dock in self.docks.items():
                dock.set_small(name not in LEFT)  # these scroll by themselves
            self._compact.gather(opened, front)
        self._places.forget()
        self._compact.note_opened()
        self.share_out()
        self._title_later()

    def _title_later(self) -> None:
        if self._compact.level and not self.stage.set:
            QTimer.singleShot(0, self, self._show_titles)

    def _show_titles(self) -> None:
        """In little room a title that stands on the tab over it is left out."""
        if self._compact.level and not self.stage.set:
            for dock in self.docks.values():
                beside = self.tabifiedDockWidgets(dock)
                dock.bar.show_title(not any(not other.isHidden() for other in beside))

    def keep_reading(self) -> None:
        """Where all share one place, bring the page of the lesson back to the front."""
        if self._compact.level > 1 and self._shares.reading:
            self.docks["lesson"].bring_to_front()

    def share_out(self) -> None:
        """Give the panels shown their first sizes: a narrow column left; right and below what the layout says."""
        self._shares.share_out()

    def favour_graph(self, favoured: bool) -> None:
        """Let the panel under the graph be as low as it goes where the graph would be too small, or as high as before.

        Where the user has given it another height since, that stays.
        """
        self._shares.favour_graph(favoured)

    def share_out_left(self, *, reading: bool) -> None:
        """Give the column at the left the room of a lesson's page while one is open, else that of the inspector.

        On the stage the page comes in place of data and line on show, or goes.
        """
        self.stage.set_reading(reading)
        if reading != self._shares.reading:
            self._shares.reading = reading
            # A dock that has just been opened has no size yet that could be changed.
            QTimer.singleShot(0, self, self._shares.share_left)

    def set_stage(self, on: bool, *, reading: bool = False) -> None:
        """Clear the workspace for a class, without titles; or put everything back (``put_back``).

        While a lesson is open (*reading*) its page stands beside the graph in place of the line on show.
        """
        self.parts.rest(True)
        self.graph_page.bar.setVisible(not on)
        for panel in self._panels.values():
            if isinstance(panel, Panel):
                panel.set_for_class(on)
        if on:
            layout = self._shares.layout
            self._behind = BehindStage(self.save_layout(), layout)
            self.stage.begin(in_sight(self.docks, self._newest), reading=reading, graph=layout.graph)
        else:
            self.stage.end()
            self.put_back()

    def put_back(self) -> None:
        """Let the panels stand as they did before the stage was set, with what a lesson has done to them since."""
        behind = self._behind
        if behind is None or self.stage.set:
            return
        self._places.forget()
        if behind.layout is not None:
            self.arrange(behind.layout, behind.keep)
        else:
            ample = self._compact.ample
            self.arrange(behind.first)
            self.restore_layout(behind.kept)
            self._compact.ample = ample
        for name, is_open in behind.opened.items():
            self.open_panel(name) if is_open else self.close_panel(name)
        for name in self.stage.held:
            self.docks[name].hide()
        self.keep_parts()

    def layout_behind(self) -> QByteArray:
        """Where everything stands at the desk, as bytes, also while a class looks on."""
        return self._behind.kept if self.stage.set and self._behind is not None else self.save_layout()

    def bring_back(self, layout: QByteArray) -> None:
        """Put everything where *layout* says: now, or when the class has gone."""
        if self.stage.set and self._behind is not None:
            self._behind.bring_back(layout, LAYOUTS["lecture"])
        else:
            self._shares.begin(LAYOUTS["lecture"])
            self.graph_page.show()
            self.restore_layout(layout)

    def close_panel(self, name: str) -> None:
        """Close a panel."""
        if self.stage.set and self._behind is not None:
            self._behind.set_open(name, False)
            self.stage.close(name)
        else:
            self.docks[name].hide()

    def open_panel(self, name: str) -> None:
        """Show a panel in front of those that share its place, with the height that it needs."""
        if self.stage.set and self._behind is not None:
            self._behind.set_open(name, True)
            self.stage.open(name)
            return
        self._newest = [*(other for other in self._newest if other != name), name]
        self.docks[name].bring_to_front()
        if name in PANELS and PANELS[name].tall and not self._compact.level:
            # A dock that has just been opened has no size yet that could be changed.
            QTimer.singleShot(0, self, lambda: self._shares.make_tall(name))

    def float_panel(self) -> None:
        """Take the panel that has the keyboard out of the window, or put it back."""
        focus = self.window().focusWidget() or QApplication.focusWidget()
        for dock in self.docks.values():
            if focus is not None and dock.isAncestorOf(focus):
                dock.setFloating(not dock.isFloating())
                return

    def layout_to_keep(self) -> QByteArray:
        """Where everything stands with room enough, as bytes, for the next start."""
        return self._compact.ample if self._compact.level and self._compact.ample is not None else self.save_layout()

    def save_layout(self) -> QByteArray:
        """Where everything stands, as bytes."""
        return self.saveState(LAYOUT_VERSION)

    def restore_layout(self, layout: QByteArray) -> bool:
        """Put everything where *layout* says; whether it could be read."""
        before = self._places.bars()
        self._places.forget()
        restored = not layout.isEmpty() and self.restoreState(layout, LAYOUT_VERSION)
        for name in self.stage.held:
            self.docks[name].hide()  # hidden since that layout was kept
        self._shares.was_restored()
        if restored:
            for bar in before:
                bar.hide()
        return restored


class GraphPage(QWidget):
    """The graph under its title."""

    def __init__(self, bar: QWidget, graph: QWidget) -> None:
        super().__init__()
        self.setObjectName("graphPage")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.bar = bar
        layout.addWidget(bar)
        layout.addWidget(graph, 1)
