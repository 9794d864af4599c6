"""The timeline as a panel: the track, where one is in words, and in its title buttons for single steps."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from neurosim.engine.snapshot import Snapshot
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.timeline import words
from neurosim.panels.timeline.view import TrackView
from neurosim.training.lanes import Lane
from neurosim.training.track import Place
from neurosim.widgets.elided_label import ElidedLabel
from neurosim.widgets.picture_button import picture_button
from neurosim.widgets.theme import theme

NARROW = 240
"""A panel so wide at 100 % has room for the place in words."""
FEW = 12
"""Up to so many places need little of the width: the words have more of it."""


class TimelinePanel(Panel):
    """Owns ``timelineTrack``, the label ``timelinePlace`` and four buttons.

    Moving the handle only looks around (see ``neurosim.training.timeline``): the history changes when something is
    done from the place that is shown.
    """

    run_fps = 20.0
    run_long = False

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("timelinePanel")
        self.setAccessibleName(self.tr("Timeline"))
        self.timeline = context.session.timeline
        self._followed: tuple[object, ...] = ()
        self.track = TrackView(self.timeline, self)
        self._place = ElidedLabel(parent=self)
        self._place.setObjectName("timelinePlace")
        self._note = ElidedLabel(parent=self)
        self._note.setObjectName("timelineNote")
        self._note.setProperty("role", "caption")
        self._buttons = {
            name: self._button(name, picture, tip)
            for name, picture, tip in (
                ("timelineStart", "skip-back", self.tr("To the beginning (Home)")),
                ("timelineBack", "step-back", self.tr("One step back (Left)")),
                ("timelineForward", "step-forward", self.tr("One step forward (Right)")),
                ("timelineEnd", "skip-forward", self.tr("To the end of this branch (End)")),
            )
        }
        self._lay_out()
        self.track.wanted.connect(self.timeline.want)
        self.track.branch_wanted.connect(self._go_to_branch)
        self.timeline.changed.connect(self._follow)
        context.document.history_changed.connect(self._follow)
        self.watch()

    def _button(self, name: str, picture: str, tip: str) -> QToolButton:
        button = picture_button(name, picture, tip, self, focus=Qt.FocusPolicy.StrongFocus)
        if name in ("timelineBack", "timelineForward"):
            button.setAutoRepeat(True)
        button.clicked.connect(lambda _=False: self._press(name))
        return button

    def _lay_out(self) -> None:
        self._words = QWidget(self)
        column = QVBoxLayout(self._words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._place)
        column.addWidget(self._note)
        column.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.track)
        self._row.addWidget(self._words)
        self.title_tools = tools = QWidget(self)
        self._tools = QHBoxLayout(tools)
        self._tools.setContentsMargins(0, 0, 0, 0)
        for button in self._buttons.values():
            self._tools.addWidget(button)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is room, say in words where one is."""
        super().resizeEvent(event)
        self._set_widths()
        self._follow()

    def _set_widths(self) -> None:
        px = theme().px
        self._words.setMaximumWidth(px(300))
        self._words.setVisible(self.width() >= px(NARROW))
        shares = (1, 1) if self.timeline.track.last <= FEW else (3, 2)
        if shares != (self._row.stretch(0), self._row.stretch(1)):
            self._row.setStretch(0, shares[0])
            self._row.setStretch(1, shares[1])
            self._row.activate()  # at once: a hand may press on what is painted next

    # -- following -------------------------------------------------------------------------------------------------

    def refresh(self, snapshot: Snapshot) -> None:
        """Show where the document stands."""
        del snapshot  # the place is what counts
        self._follow()

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        px = theme().px
        self._row.setContentsMargins(0, px(2), px(8), px(2))
        self._row.setSpacing(px(4))
        self._tools.setSpacing(px(2))
        for button in self._buttons.values():
            button.setIconSize(QSize(px(16), px(16)))
            button.setFixedSize(px(28), px(28))
        self.track.restyle()
        self._set_widths()

    def _follow(self) -> None:
        if not self.is_seen():
            self._stale = True
            return
        timeline = self.timeline
        shown, track = timeline.index, timeline.track
        index = shown if timeline.pending is None else timeline.pending_index
        last = self.context.document.history.head.text
        lanes = timeline.lanes
        followed = (track, lanes, index, shown, timeline.on_the_way, last, self.size())
        if followed == self._followed:
            return  # a hand moves an entry on: its place in time stays
        self._followed = followed
        self._set_widths()
        self.track.follow(track, lanes, index)
        self._place.set_text(words.present(timeline, track, shown))
        layout, note = self.track.layout_now, words.consequence(track, track.place_at(index))
        if not note and layout.hidden and not layout.counted:
            note = words.branches_below(layout.hidden)
        self._note.set_text(note)
        self._note.setVisible(bool(note))
        for name, possible in (
            ("timelineStart", index > 0),
            ("timelineBack", index > 0),
            ("timelineForward", index < track.last),
            ("timelineEnd", index < track.last),
        ):
            self._buttons[name].setEnabled(possible)

    # -- going -----------------------------------------------------------------------------------------------------

    def _press(self, name: str) -> None:
        here, last = self.timeline.pending_index, self.timeline.track.last
        target = {"timelineStart": 0, "timelineBack": here - 1, "timelineForward": here + 1, "timelineEnd": last}[name]
        self.timeline.want(target)

    def _go_to_branch(self, lane: Lane, place: Place | None) -> None:
        self.timeline.go_to_branch(lane, place)
