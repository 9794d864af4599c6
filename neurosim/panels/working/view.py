"""The sheet as a list: painted like a page, walked through by keys, and every term of it knows what it stands for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from neurosim.panels._lines_view import NO_REFS, LinesView, paint_current, paint_focus
from neurosim.panels.working.item import Item, Items, Key
from neurosim.panels.working.item_layout import ItemLayout, lay_out_item
from neurosim.panels.working.measures import Measures
from neurosim.panels.working.model import Index, WorkingModel
from neurosim.widgets.formula import Ink
from neurosim.widgets.theme import theme

MEASURED = 80
"""Up to so many items are all measured before they are seen; of more, those in sight, and the others are estimated."""


class WorkingView(LinesView):
    """Owns the layouts of the items in sight, and what is lit up in them.

    Signals:
        walk_wanted(number): the user wants the walk to stand at that line of the step.
        open_toggled(key): a line is to be opened into its details, or closed.
    """

    walk_wanted = Signal(int)
    open_toggled = Signal(object)

    def __init__(self, model: WorkingModel, parent: QWidget) -> None:
        super().__init__("workingList", parent)
        self._model = model
        self._of = Measures.now()
        self._layouts: dict[Key, ItemLayout] = {}
        self._heights: dict[Key, float] = {}
        self._lit: frozenset[str] = NO_REFS
        self._inks: dict[bool, Ink] = {}
        self.row_words = self.tr("Row {number}")
        self.setModel(model)
        self.setItemDelegate(_Delegate(self, model))
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # mathematics is read so in every language

    # -- what is shown ---------------------------------------------------------------------------------------------

    @property
    def lit(self) -> frozenset[str]:
        """What is lit up in the formulas."""
        return self._lit

    def set_lit(self, lit: frozenset[str]) -> None:
        """Light up every term that stands for one of *lit*."""
        if lit != self._lit:
            self._lit = lit
            self._inks.clear()
            self.viewport().update()

    def show_items(self, items: Items, position: int) -> None:
        """Show *items* with *position* lines of the step shown.

        What is in sight is set anew. Rows only grow, so that nothing jumps while numbers change; where items come or
        go, the one at the top stays where it is, and the keyboard stays on its line.
        """
        self._layouts.clear()
        if not self._model.are_others(items):  # as in every frame of a drag: nothing is laid out anew
            self._model.show(items, position)
            self.viewport().update()
            return
        top = self._model.item(self.indexAt(QPoint(1, 1)))
        offset = self.visualRect(self.indexAt(QPoint(1, 1))).top()
        current = self._model.item(self.currentIndex())
        self._model.show(items, position)
        self.scheduleDelayedItemsLayout()
        self.executeDelayedItemsLayout()
        if top is not None and (row := self._model.row_of(top.key)) is not None:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + self.visualRect(self._model.index(row)).top() - offset)
        if current is not None and (row := self._model.row_of(current.key)) is not None:
            self.setCurrentIndex(self._model.index(row))
        self.viewport().update()

    def measure_again(self) -> None:
        """Another size or way of writing: everything is measured anew."""
        self._of = Measures.now()
        self._layouts.clear()
        self._heights.clear()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def layout_of(self, item: Item) -> ItemLayout:
        """The item's layout at the present width."""
        found = self._layouts.get(item.key)
        if found is None or found.item is not item:
            found = lay_out_item(item, float(self.viewport().width()), self._of, self.row_words)
            self._layouts[item.key] = found
        return found

    def height_of(self, item: Item) -> float:
        """How high the item's row is; an estimate while it has not been seen and there are many."""
        known = self._heights.get(item.key)
        if known is not None:
            return known
        if self._model.rowCount() > MEASURED:
            return self._of.em * (3.4 if item.kind == "line" else 1.8)
        height = self._heights[item.key] = self.layout_of(item).height
        return height

    def seen(self, layout: ItemLayout) -> None:
        """A row was painted: it gets more room if it needs it."""
        known = self._heights.get(layout.item.key)
        if known is None or layout.height > known + 0.5:
            self._heights[layout.item.key] = layout.height
            if known is not None or self._model.rowCount() > MEASURED:
                self.scheduleDelayedItemsLayout()

    def show_line(self, number: int) -> None:
        """Bring the line of the step with this number into sight, and the one after it where there is room."""
        rows = [row for key in ((number + 1,), (number,)) if (row := self._model.row_of(key)) is not None]
        self.executeDelayedItemsLayout()
        for row in rows:
            self.scrollTo(self._model.index(row), QAbstractItemView.ScrollHint.EnsureVisible)

    def ink_of(self, item: Item) -> Ink:
        """Lines that are still to come are muted while the walk is inside the step."""
        ahead, colours = 0 < self._model.position < item.number, theme()
        ink = self._inks.get(ahead)
        if ink is None or ink.theme is not colours:
            ink = self._inks[ahead] = Ink(colours.text, self._lit, ahead, colours)
        return ink

    def item_at(self, place: QPoint) -> tuple[Item, QPointF] | None:
        """The item at a pixel of the viewport, and the place inside it."""
        index = self.indexAt(place)
        item = self._model.item(index)
        if item is None:
            return None
        return item, QPointF(place - self.visualRect(index).topLeft())

    # -- hands -----------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up what the term under the pointer stands for."""
        super().mouseMoveEvent(event)
        found = self.item_at(event.position().toPoint())
        refs, hand = NO_REFS, False
        if found is not None:
            layout = self.layout_of(found[0])
            refs, hand = layout.refs_at(found[1]), layout.opener.adjusted(-6, -6, 6, 6).contains(found[1])
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
        self._say_pointed(refs)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at."""
        super().leaveEvent(event)
        self._say_pointed(NO_REFS)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the triangle opens or closes the details."""
        super().mouseReleaseEvent(event)
        found = self.item_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            layout = self.layout_of(found[0])
            if layout.opener.isValid() and layout.opener.adjusted(-6, -6, 6, 6).contains(found[1]):
                self.open_toggled.emit(found[0].key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Walk to the line."""
        found = self.item_at(event.position().toPoint())
        if found is not None and found[0].number and not found[0].depth:
            self.walk_wanted.emit(found[0].number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter walks to the line; Right opens it into its details and Left closes them."""
        item = self._model.item(self.currentIndex())
        key = event.key()
        if item is not None and item.line is not None:
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item.number:
                self.walk_wanted.emit(item.number)
                return
            closes, opens = key == Qt.Key.Key_Left and item.opened, key == Qt.Key.Key_Right and not item.opened
            if (opens and item.line.opens) or closes:
                self.open_toggled.emit(item.key)
                return
        super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The keyboard's line lights up what it concerns."""
        super().currentChanged(current, previous)
        item = self._model.item(current)
        if self.hasFocus() and item is not None and item.line is not None:
            self._say_pointed(item.line.refs)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks equations elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.measure_again()


class _Delegate(QStyledItemDelegate):
    """Paints one row of the sheet."""

    def __init__(self, view: WorkingView, model: WorkingModel) -> None:
        super().__init__(view)
        self._view = view
        self._model = model

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """The whole width, and the height of the layout."""
        item = self._model.item(index)
        if item is None:
            return QSize(0, 0)
        return QSize(self._view.viewport().width(), round(self._view.height_of(item)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The current line on a raised strip with a bar at its left; then titles and formulas."""
        view, item = self._view, self._model.item(index)
        if item is None:
            return
        layout = view.layout_of(item)
        box = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if item.number and item.number == self._model.position:
            paint_current(painter, QRectF(box), bar=not item.depth)
        if view.hasFocus() and index == view.currentIndex():
            paint_focus(painter, QRectF(box))
        painter.translate(box.topLeft())
        layout.paint(painter, view.ink_of(item))
        painter.restore()
        view.seen(layout)
