"""The timeline as a panel: where one is in words, buttons for single steps, and the track."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from neurosim.engine.snapshot import Snapshot
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.timeline import words
from neurosim.panels.timeline.view import TrackView
from neurosim.training.lanes import Lane
from neurosim.training.track import Place
from neurosim.widgets.elided_label import ElidedLabel
from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme


class TimelinePanel(Panel):
    """Owns ``timelineTrack``, the label ``timelinePlace`` and four buttons.

    Moving the handle only looks around (see ``neurosim.training.timeline``): the history changes when something is
    done from the place that is shown.
    """

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("timelinePanel")
        self.setAccessibleName(self.tr("Timeline"))
        self.timeline = context.session.timeline
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
        button = QToolButton(self)
        button.setObjectName(name)
        button.setIcon(icon(picture))
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if name in ("timelineBack", "timelineForward"):
            button.setAutoRepeat(True)
        button.clicked.connect(lambda _=False: self._press(name))
        return button

    def _lay_out(self) -> None:
        page = QFrame(self)
        page.setProperty("role", "canvas")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(page)
        self._column = QVBoxLayout(page)
        self._column.setSpacing(0)
        self._row = QHBoxLayout()
        for button in self._buttons.values():
            self._row.addWidget(button)
        # The place is said in full before anything is said about it.
        self._place.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row.addWidget(self._place)
        self._row.addSpacing(theme().px(12))
        self._row.addWidget(self._note, 1)
        self._column.addLayout(self._row)
        self._column.addWidget(self.track, 1)

    # -- following -------------------------------------------------------------------------------------------------

    def refresh(self, snapshot: Snapshot) -> None:
        """Show where the document stands."""
        del snapshot  # the place is what counts
        self._follow()

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        px = theme().px
        self._column.setContentsMargins(0, px(4), 0, px(4))
        self._row.setContentsMargins(px(12), 0, px(12), 0)
        self._row.setSpacing(px(4))
        for button in self._buttons.values():
            button.setIconSize(QSize(px(16), px(16)))
            button.setFixedSize(px(28), px(28))
        self.track.restyle()

    def _follow(self) -> None:
        if not self.is_seen():
            self._stale = True
            return
        timeline = self.timeline
        index, track = timeline.pending_index, timeline.track
        self.track.follow()
        self._place.set_text(words.present(timeline))
        self._note.set_text(words.consequence(track, track.place_at(index)))
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
