"""Where new points come from and old ones go: the tray at the edge, and the brush with its bar."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QToolButton, QWidget

from neurosim.numbers.exact import Number
from neurosim.panels.base import PanelContext
from neurosim.panels.data_plot.axes import Axes
from neurosim.panels.data_plot.brush import Brush
from neurosim.panels.data_plot.brush_bar import BrushBar
from neurosim.panels.data_plot.moves import RowMoves
from neurosim.panels.data_plot.plot import PlotView
from neurosim.panels.data_plot.row_hands import RowHands
from neurosim.panels.data_plot.tray import Tray, tray_scale
from neurosim.widgets.announce import announce
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme

NUMBERS_OFF = 7
"""How far the numbers stand under the axis, in pixels: the ticks, and a gap on both sides."""


class Supply(QObject):
    """Owns ``dataPlotTray``, ``dataPlotBrush`` (the button) and the brush's bar, which the panel puts over the plot."""

    def __init__(
        self, context: PanelContext, view: PlotView, moves: RowMoves, hands: RowHands, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._context, self._view, self._moves, self._hands = context, view, moves, hands
        self._classes: tuple[Number, ...] = ()
        self._shown: tuple[object, ...] = ()
        self.tray = Tray(view.widget)
        self.brush = Brush(context, moves, self)
        self.bar = BrushBar(self.brush, context.display, parent)
        self.button = QToolButton(view.widget)
        self.button.setObjectName("dataPlotBrush")
        self.button.setIcon(icon("spray"))
        words = self.tr("Brush: spray points with noise (B)")
        self.button.setToolTip(words)
        self.button.setAccessibleName(words)
        self.button.setCheckable(True)
        self.button.setStyleSheet("QToolButton { padding: 0; }")  # the padding would grow with the zoom
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        view.widget.installEventFilter(self)
        self._connect()
        self.restyle()

    def _connect(self) -> None:
        tray, hands, moves = self.tray, self._hands, self._moves
        tray.clicked.connect(self._add_in_the_middle)
        tray.pulled.connect(lambda heap, at: moves.add_in_hand(self._in_plot(at), self._target(heap)))
        tray.carried.connect(self._carry)
        tray.dropped.connect(self._drop)
        tray.given_up.connect(self._put_back)
        tray.delete_wanted.connect(lambda: moves.delete(self._context.selection.rows))
        self.button.toggled.connect(self._take_brush)
        self.bar.changed.connect(self._show_brush)
        hands.point_carried.connect(lambda at: tray.invite(tray.holds(at)))
        hands.over_tray = tray.holds
        hands.let_go.connect(lambda: tray.invite(False))
        hands.brush_wanted.connect(self.button.toggle)
        hands.add_key_pressed = self._puff_by_key
        hand = hands.brush
        hand.pressed.connect(self.brush.press)
        hand.moved.connect(self.brush.move)
        hand.lifted.connect(self.brush.lift)
        hand.given_up.connect(self.brush.give_up)

    def show_axes(self, axes: Axes) -> None:
        """Offer what can be added to the picture that *axes* make."""
        points = self._view.picture.points
        classes = points.classes if points is not None and axes.kind == "plane" else None
        display = self._context.display
        shown = (axes, classes, display.mode, display.decimal)
        if shown == self._shown:
            return
        self._shown = shown
        self._classes = classes or ()
        write = display.text
        self.tray.show_heaps(tuple(f"{axes.target} = {write(value)}" for value in self._classes))
        self.bar.show_axes(axes, points)
        possible = axes.up_column is not None
        self.tray.setVisible(possible)
        self.button.setVisible(possible)
        self._place_button()

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        scale = tray_scale()
        self.button.setIconSize(QSize(round(16 * scale), round(16 * scale)))
        self.button.setFixedSize(round(28 * scale), round(24 * scale))
        self.tray.place_anew()
        # Tray and button stand under the numbers of the axis, beside its title.
        numbers = QFontMetrics(ui_font(11)).height() + NUMBERS_OFF
        title = QFontMetrics(ui_font(12)).height()
        self._view.widget.getAxis("bottom").setHeight(numbers + max(self.tray.height(), title))
        self.bar.restyle()
        self._place_button()
        self._show_brush()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay beside the tray."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self._place_button()
        return super().eventFilter(watched, event)

    def _place_button(self) -> None:
        plot, px = self._view.widget, theme().px
        left = plot.width() - px(4) - self.tray.width() - px(4) - self.button.width()
        self.button.move(left, plot.height() - self.button.height())

    # -- the tray --------------------------------------------------------------------------------------------------

    def _target(self, heap: int) -> Number | None:
        return self._classes[heap] if heap < len(self._classes) else None

    def _in_plot(self, at: QPoint) -> QPointF:
        return self._view.place_in_plot(QPointF(self._view.widget.viewport().mapFromGlobal(at)))

    def _carry(self, at: QPoint, fine: bool) -> None:
        self._moves.move_to(self._in_plot(at), fine)
        self.tray.invite(self.tray.holds(at))

    def _drop(self, at: QPoint) -> None:
        self.tray.invite(False)
        if self.tray.holds(at):
            self._put_back()
        else:
            self._moves.finish()

    def _put_back(self) -> None:
        self.tray.invite(False)
        self._moves.cancel()

    def _add_in_the_middle(self, heap: int) -> None:
        frame = self._view.picture.frame
        before = self._context.document.state.dataset.n_rows
        self._moves.add(QPointF(frame.width / 2, frame.height / 2), self._target(heap))
        if self._context.document.state.dataset.n_rows > before:
            announce(self.tray, self.tr("Point {number} added").format(number=before + 1))

    # -- the brush -------------------------------------------------------------------------------------------------

    def _take_brush(self, on: bool) -> None:
        self.bar.setVisible(on)
        self._show_brush()

    def _show_brush(self) -> None:
        on = self.button.isChecked()
        self._hands.take_brush(self.brush.cursor() if on else None)

    def _puff_by_key(self, place: QPointF) -> bool:
        """Spray at *place* if the brush is in hand; whether it is."""
        if self.button.isChecked():
            self.brush.puff_once(place)
        return self.button.isChecked()
