"""The decision map as a panel: header, plot, words, and the threshold that hands and keys move."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.format import MINUS
from neurosim.panels._gesture import FieldEdits
from neurosim.panels._pages import Pages
from neurosim.panels._paint import ChipLines
from neurosim.panels._plot_frame import PlotFrame
from neurosim.panels._plots import CornerButton, label_axis, make_plot, restyle_plot
from neurosim.panels._row_links import RowLinks
from neurosim.panels._threshold import threshold_of
from neurosim.panels.base import Panel, PanelContext
from neurosim.panels.decision import words
from neurosim.panels.decision.ground import Ground
from neurosim.panels.decision.hands import MapHands
from neurosim.panels.decision.header import Header
from neurosim.panels.decision.layers import Marks, Top
from neurosim.panels.decision.moves import COARSE, ThresholdMoves
from neurosim.panels.decision.pencil import equation_of
from neurosim.panels.decision.picture import MapPicture, Rows
from neurosim.panels.decision.ranges import fit_key, fitted_ranges
from neurosim.panels.decision.subject import Subject, find_subject
from neurosim.widgets.empty_state import EmptyState
from neurosim.widgets.theme import theme

LOW = 250
"""Below so many pixels at 100 % the header has but one row."""
STILL = 160
"""Milliseconds without a change after which the map is drawn as fine as the eye can tell."""


class DecisionPanel(Panel):
    """Owns the plot ``decisionPlot``. Its ranges change by Fit, pan and zoom, and when other inputs are shown."""

    run_fps = 20.0

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setObjectName("decisionPanel")
        self.setAccessibleName(self.tr("Decision map"))
        self.picture = MapPicture()
        self.plot = make_plot("decisionPlot", self.tr("Decision map"), context.display)
        self.view = PlotFrame(self.plot, self)
        box = self.plot.getViewBox()
        self._ground = Ground(self.picture, self.view.grid, self._plain, box)
        self._marks = Marks(self.picture, box)
        self._top = Top(self.picture, self._row_lines, self._place_lines, box)
        self.view.set_layers(self._ground, self._marks, self._top)
        self.header = Header(context.display, self)
        self._empty = EmptyState("", icon_name="chart-scatter", parent=self)
        self._fit = CornerButton(self.plot, "decisionFit", self.tr("Fit: show all points (Home)"))
        self._moves = ThresholdMoves(context, self.picture, self)
        self._links = RowLinks(context, self.is_seen, self)
        self.picture.linked = self._links.rows
        self._hands = MapHands(context, self.plot, self.view, self.picture, self._moves, self._links, self)
        self._field_edits = FieldEdits(self.header.field, self._moves.gesture, self._moves.set)
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(STILL)
        self._fitted: tuple[object, ...] | None = None
        self._drawn: tuple[object, ...] = ()
        self._marked: tuple[object, ...] = ()
        self._lay_out()
        self._connect()
        self.watch()

    # -- building --------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._pages = Pages(self)
        self._pages.fill(self.header, self.plot, self._empty)

    def _connect(self) -> None:
        self.header.chosen.connect(lambda _choice: self.refresh_now())
        self._fit.wanted.connect(self.fit)
        self._still.timeout.connect(self.sharpen)
        self.view.changed.connect(self._framed)
        self._hands.changed.connect(self._top.changed)
        self._hands.typing_wanted.connect(self._type)
        self._hands.fit_wanted.connect(self.fit)
        self._links.changed.connect(self._top.changed)
        self._links.selected.connect(self._rows_selected)
        self.context.document.was_reset.connect(self._forget)

    # -- following -------------------------------------------------------------------------------------------------

    def refresh(self, snapshot: Snapshot) -> None:
        """Show *snapshot*: coarsely while it keeps changing, as fine as can be seen when it is still."""
        rows = self.context.selection.rows
        found = find_subject(snapshot, self.header.choice, next(iter(rows)) if len(rows) == 1 else None)
        if isinstance(found, str):
            self._show_nothing(found)
            return
        self._pages.show_full()
        picture = self.picture
        picture.snapshot, picture.subject = snapshot, found
        picture.threshold = threshold_of(self.context.document.state, found.node, found.classes)
        picture.threshold_text = self.context.display.text(picture.threshold)
        self.header.show_subject(snapshot, found)
        self.header.show_threshold(picture.threshold, self._moves.unit() * COARSE, self._moves.limits())
        self._links.follow()
        self._show_axes(found, snapshot)
        key = fit_key(found, snapshot)
        picture.rows = Rows.of(snapshot, found, picture.threshold)
        if key != self._fitted:
            self._fitted = key
            self._drawn = ()
            self.fit()
        picture.place()
        # Showing the panel again, or writing numbers otherwise, draws no other map.
        drawn = (id(snapshot), found, picture.threshold, self.view.frame, self.context.display.text(Fraction(1, 3)))
        if drawn != self._drawn:
            self._drawn = drawn
            self._draw(fine=False)

    def _draw(self, *, fine: bool) -> None:
        """Work out the map and have everything painted anew."""
        picture = self.picture
        subject, snapshot = picture.subject, picture.snapshot
        if subject is None or snapshot is None:
            return
        picture.frame = self.view.frame
        picture.place()
        network, threshold = snapshot.network, float(picture.threshold)
        if subject.is_regions:
            marks = picture.px, picture.py
            picture.regions.update(network, subject, picture.frame, theme(), marks=marks, fine=fine)
        elif subject.up is None:
            picture.curve.update(network, subject, picture.frame, threshold)
        else:
            picture.plane.update(network, subject, picture.frame, threshold, theme(), fine=fine)
        display = self.context.display
        picture.crossings = words.crossing_texts(picture, snapshot, display)
        picture.note = words.note_text(picture, snapshot, display)
        self._say(snapshot, subject)
        # The marks of the rows change seldom, and the map in every frame of a run.
        marked = (snapshot.dataset, subject, picture.frame, snapshot.settings.loss, theme())
        if self._marked != marked or (subject.up is None and subject.target is None):
            self._marked = marked
            self._marks.changed()
        self._ground.changed()
        self._top.changed()
        if not fine:
            self._still.start()

    def sharpen(self) -> None:
        """Draw the map as fine as the eye can tell; nothing has changed for a while."""
        self._still.stop()
        if self.is_seen() and self.picture.subject is not None and self.picture.subject.up is not None:
            self._draw(fine=True)

    def _say(self, snapshot: Snapshot, subject: Subject) -> None:
        display, rows = self.context.display, self.picture.rows
        equation = None
        if not subject.is_regions:
            equation = equation_of(
                snapshot.network, snapshot.dataset, subject.node, subject.fixed, self.picture.threshold
            )
        lines = [words.equation_text(equation, display), words.held_text(subject, display)]
        accuracy = words.accuracy_text(rows, display) if rows is not None else ""
        legend = words.legend_text(subject, rows, display) if rows is not None else ""
        self.header.say(accuracy, legend, "; ".join(filter(None, lines)))
        tip = self.tr(
            "Accuracy counts the points on the right side of the threshold. The loss also counts how sure the "
            "neuron is of each, and it is the loss that training makes small."
        )
        self.header.setToolTip(tip if accuracy else "")
        said = [accuracy, *lines, self.picture.note]
        self.plot.setAccessibleDescription(". ".join(filter(None, said)))

    def restyle(self) -> None:
        """Take the colours and lengths of the current theme."""
        restyle_plot(self.plot)
        self.header.restyle()
        self._drawn = ()
        shown = self.plot.property("axes")  # of the map as it stands: behind a tab, the network may have moved on
        if shown is not None:
            self._label_axes(*shown)

    def _show_nothing(self, sentence: str) -> None:
        self._hands.give_up()
        self._pages.show_empty()
        self._empty.set_sentence(sentence)
        self.picture.snapshot = self.picture.subject = self.picture.rows = None
        self._fitted, self._drawn = None, ()

    def _show_axes(self, subject: Subject, snapshot: Snapshot) -> None:
        up = subject.up if subject.up is not None else self._title(subject, snapshot)
        if (subject.across, up) != self.plot.property("axes"):
            self.plot.setProperty("axes", (subject.across, up))
            self._label_axes(subject.across, up)

    def _label_axes(self, across: str, up: str) -> None:
        label_axis(self.plot, "bottom", across)
        label_axis(self.plot, "left", up)

    def _title(self, subject: Subject, snapshot: Snapshot) -> str:
        if subject.is_regions:
            return self.tr("probability")
        return snapshot.network.title(subject.node)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little height the words make room for the map."""
        super().resizeEvent(event)
        self.header.set_compact(self.height() < theme().px(LOW))

    # -- ranges ----------------------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Show all points, and on a line all that the neuron can be."""
        picture = self.picture
        if picture.snapshot is not None and picture.subject is not None and picture.rows is not None:
            threshold = float(picture.threshold)
            self.view.set_ranges(*fitted_ranges(picture.snapshot, picture.subject, picture.rows, threshold))

    def _framed(self) -> None:
        self.picture.frame = self.view.frame
        self.picture.place()
        if self.is_seen() and self.picture.subject is not None:
            self._drawn = ()
            self._draw(fine=False)

    # -- links -----------------------------------------------------------------------------------------------------

    def _forget(self) -> None:
        self._hands.give_up()
        self.header.forget()
        self._fitted, self._drawn = None, ()

    def _rows_selected(self) -> None:
        self._top.changed()
        if self.picture.subject is not None and self.picture.subject.fixed:
            # The other inputs are held as in the selected row.
            self.refresh_now()

    def _type(self) -> None:
        self.header.field.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- words -----------------------------------------------------------------------------------------------------

    def _row_lines(self, row: int) -> ChipLines:
        shown = self.picture.snapshot
        return words.row_lines(self.picture, shown, self.context.display, row) if shown is not None else []

    def _place_lines(self, at: QPointF) -> ChipLines:
        shown = self.picture.snapshot
        return words.place_lines(self.picture, shown, self.context.display, at) if shown is not None else []

    def _plain(self, value: float) -> str:
        return f"{value:.6g}".replace("-", MINUS).replace(".", self.context.display.decimal)
