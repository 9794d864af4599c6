"""Before and after as a panel: which moment is before, both curves, and every number with its difference."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QWidget,
)

from neurosim.document.state import DocumentState
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.snapshot import Snapshot
from neurosim.panels._pages import fill_with_page
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.compare.comparison import Comparison
from neurosim.panels.compare.model import CompareModel
from neurosim.panels.compare.moments import Moments, branch_end
from neurosim.panels.compare.picture import ComparePicture, can_be_drawn
from neurosim.panels.compare.table import CompareTable
from neurosim.training.lanes import grouped
from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme
from neurosim.widgets.view_display import NumberModeBox, ViewDisplay
from neurosim.widgets.word_label import word_label

WIDE = 600
"""From so many pixels of width on, at 100 %, the picture stands beside the table."""

HIGH = 360
"""In a narrower panel it stands over the table from so many pixels of height on; the numbers come first."""


class ComparePanel(Panel):
    """Owns ``compareTable``, ``comparePicture`` and what chooses the moment before.

    These are ``compareMomentBox``, ``markBeforeButton`` and ``compareBranchButton``. The moment after is what the
    document shows, also while an earlier place is looked at.
    """

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        self.display = ViewDisplay(context.display)
        super().__init__(replace(context, display=self.display), parent)
        self.setObjectName("comparePanel")
        self.setAccessibleName(self.tr("Before and after"))
        self.moments = Moments(context.document, context.session.timeline)
        self.model = CompareModel(self.display, self)
        self.table = CompareTable(self.model, self)
        self.picture = ComparePicture(self)
        self.title_tools = NumberModeBox(self.display, "compare", self)
        self._evaluator = Evaluator()
        self._before: tuple[DocumentState, Snapshot] | None = None
        self._offered: list[tuple[str, str]] = []
        self._drawn = False
        self._build_head()
        self._lay_out()
        context.document.was_reset.connect(self.moments.forget)
        context.document.history_changed.connect(self._history_changed)
        self.watch()

    def _build_head(self) -> None:
        self.moment_box = QComboBox(self)
        self.moment_box.setObjectName("compareMomentBox")
        self.moment_box.setAccessibleName(self.tr("The moment before"))
        self.moment_box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.moment_box.setMinimumContentsLength(10)
        self.moment_box.activated.connect(lambda index: self._choose(self.moment_box.itemData(index)))
        self.mark_button = QPushButton(icon("flag"), self.tr("Mark as before"), self)
        self.mark_button.setObjectName("markBeforeButton")
        self.mark_button.setToolTip(self.tr("Compare everything that follows with what is shown now"))
        self.mark_button.clicked.connect(lambda _=False: self._mark())
        self.branch_button = QToolButton(self)
        self.branch_button.setObjectName("compareBranchButton")
        self.branch_button.setIcon(icon("git-branch"))
        self.branch_button.setAccessibleName(self.tr("Compare with another branch"))
        self.branch_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.branch_button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.branch_menu = QMenu(self.branch_button)
        self.branch_menu.setObjectName("compareBranchMenu")
        self.branch_button.setMenu(self.branch_menu)

    def _lay_out(self) -> None:
        page, column = fill_with_page(self)
        self._head = QHBoxLayout()
        caption = QLabel(self.tr("before"), page)
        caption.setProperty("role", "caption")
        caption.setBuddy(self.moment_box)
        self._head.addWidget(caption)
        self._head.addWidget(self.moment_box, 1)
        self._head.addWidget(self.mark_button)
        self._head.addWidget(self.branch_button)
        column.addLayout(self._head)
        self._note = word_label("compareNote", "caption", page)
        column.addWidget(self._note)
        self._body = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._body.setSpacing(0)
        self._body.addWidget(self.picture, 2)
        self._body.addWidget(self.table, 3)
        column.addLayout(self._body, 1)

    # -- following -------------------------------------------------------------------------------------------------

    def refresh(self, snapshot: Snapshot) -> None:
        """Compare *snapshot* with the chosen moment."""
        self._offer()
        moment = self.moments.chosen
        before = self._evaluated(moment.state)
        comparison = Comparison(before, snapshot)
        titles = [
            self.tr("before\nstep {step}").format(step=grouped(before.settings.step)),
            self.tr("now\nstep {step}").format(step=grouped(snapshot.settings.step)),
        ]
        if self.model.show(comparison, *titles):
            self.table.lines_changed()
        else:
            self.table.fit()
        drawn = can_be_drawn(before) and can_be_drawn(snapshot)
        if drawn:
            self.picture.show_both(before, snapshot, self.context.document.history.head.open)
        self._drawn = drawn
        self._make_room()
        self._say(moment.state, snapshot)

    def _evaluated(self, state: DocumentState) -> Snapshot:
        if self._before is None or self._before[0] is not state:
            self._before = (state, self._evaluator.evaluate(state.network, state.dataset, state.training))
        return self._before[1]

    def _say(self, before: DocumentState, snapshot: Snapshot) -> None:
        words = snapshot.problem or ""
        if before is self.context.document.state:
            words = self.tr("Both are the same moment now: take a step, move something, or choose another moment.")
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def _history_changed(self) -> None:
        """Branches have come or gone."""
        if self.is_seen() and [(m.key, m.name) for m in self.moments.all()] != self._offered:
            self.refresh_now()

    def restyle(self) -> None:
        """Take the colours and lengths of the current theme."""
        px = theme().px
        self._head.setContentsMargins(px(12), px(6), px(8), px(6))
        self._head.setSpacing(px(6))
        self._note.setContentsMargins(px(12), 0, px(12), px(6))
        self.branch_button.setIconSize(QSize(px(16), px(16)))
        self.branch_button.setFixedSize(px(48), px(32))
        self.table.restyle()
        self.picture.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        wide = self.width() >= theme().px(WIDE)
        self._body.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self.picture.setVisible(self._drawn and (wide or self.height() >= theme().px(HIGH)))

    # -- choosing --------------------------------------------------------------------------------------------------

    def _offer(self) -> None:
        """Offer the moments that there are."""
        moments = self.moments.all()
        offered = [(moment.key, moment.name) for moment in moments]
        if offered != self._offered:
            self._offered = offered
            self.moment_box.clear()
            for key, name in offered:
                self.moment_box.addItem(name, key)
            self._offer_branches()
        index = self.moment_box.findData(self.moments.chosen.key)
        if index != self.moment_box.currentIndex():
            self.moment_box.setCurrentIndex(index)
        self.moment_box.setToolTip(self.moment_box.currentText())

    def _offer_branches(self) -> None:
        lanes = self.context.session.timeline.lanes
        self.branch_menu.clear()
        for lane in lanes:
            action, key = self.branch_menu.addAction(lane.name), branch_end(lane).key
            action.triggered.connect(lambda _=False, key=key: self._choose(key))
        self.branch_button.setEnabled(bool(lanes))
        self.branch_button.setToolTip(
            self.tr("Compare with the end of another branch")
            if lanes
            else self.tr("There is no other branch: go back in time and change something")
        )

    def _choose(self, key: str) -> None:
        self.moments.choose(key)
        self.refresh_now()

    def _mark(self) -> None:
        self.moments.mark()
        self.refresh_now()
