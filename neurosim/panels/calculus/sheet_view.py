"""The derivation as a list: painted like a page, stepped through by keys, each term of it knows what it stands for."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from neurosim.panels._lines_view import LinesView
from neurosim.panels.calculus.links import NO_REFS
from neurosim.panels.calculus.sheet_model import Index, SheetModel
from neurosim.panels.calculus.sheet_painter import Parts, SheetPainter

STEP_KEYS = {Qt.Key.Key_Left: "back", Qt.Key.Key_Right: "next", Qt.Key.Key_Home: "first", Qt.Key.Key_End: "all"}


class SheetView(LinesView):
    """Owns what the pointer and the keyboard are on; the entries are set and painted by its ``painter``.

    Signals:
        step_wanted(str): ``"back"``, ``"next"``, ``"first"`` or ``"all"``.
        line_pointed(int): the entry under the pointer, or the keyboard's; -1 for none.
        chosen(int): the user went to an entry.
        opened(int): an entry was double-clicked, or Enter was pressed on it.
        copy_wanted(): the current line is to be copied.
        menu_wanted(QPoint): the context menu is wanted at that place of the screen.
    """

    step_wanted = Signal(str)
    line_pointed = Signal(int)
    chosen = Signal(int)
    opened = Signal(int)
    copy_wanted = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, model: SheetModel, parent: QWidget) -> None:
        super().__init__("derivationList", parent)
        self.setAccessibleName(self.tr("Derivation, line by line"))
        self._sheet = model
        self.painter = SheetPainter(model)
        self._hovered = -1
        self.setModel(model)
        self.setItemDelegate(_Delegate(self))
        model.modelReset.connect(self.sizes_changed)
        model.dataChanged.connect(self._numbers_changed)

    # -- what is shown ---------------------------------------------------------------------------------------------

    @property
    def sheet(self) -> SheetModel:
        """The model."""
        return self._sheet

    @property
    def lit(self) -> frozenset[str]:
        """What is lit up in the formulas."""
        return self.painter.lit

    def set_lit(self, lit: frozenset[str]) -> None:
        """Light up every term that stands for one of *lit*."""
        if lit != self.painter.lit:
            self.painter.lit = lit
            self.viewport().update()

    def set_lit_rules(self, rules: frozenset[str]) -> None:
        """Light up the lines that used one of *rules*."""
        if rules != self._sheet.lit_rules:
            self._sheet.lit_rules = rules
            self.viewport().update()

    def go_to(self, number: int) -> None:
        """Make an entry the current one, and bring it into sight with the one before it."""
        self._sheet.current = number
        index = self._sheet.index(number)
        self.setCurrentIndex(index)
        self.executeDelayedItemsLayout()
        if number:
            self.scrollTo(self._sheet.index(number - 1), QAbstractItemView.ScrollHint.EnsureVisible)
        self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        self.viewport().update()

    def sizes_changed(self) -> None:
        """Fonts, zoom or width are others: everything is measured anew."""
        self.painter.width = self.viewport().width()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def refs_at(self, index: QModelIndex, place: QPointF) -> frozenset[str]:
        """What the part of an entry at a pixel of the viewport stands for."""
        parts = Parts(self.painter, index.row())
        origin = QPointF(self.visualRect(index).topLeft()) + QPointF(self.painter.margin, parts.baseline)
        return parts.setting.refs_at(place - origin)

    def places_of(self, number: int, ref: str) -> list[QPointF]:
        """The middles of what stands for *ref* in an entry, in pixels of the viewport."""
        parts = Parts(self.painter, number)
        origin = QPointF(self.visualRect(self._sheet.index(number)).topLeft()) + QPointF(
            self.painter.margin, parts.baseline
        )
        return [origin + place for place in parts.setting.places_of(ref)]

    # -- hands -----------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up what the term under the pointer stands for, and the rules of its line."""
        super().mouseMoveEvent(event)
        self._point_at(event.position())

    def viewportEvent(self, event: QEvent) -> bool:
        """Nothing is pointed at when the pointer has left the entries."""
        if event.type() == QEvent.Type.Leave:
            self._say(NO_REFS, -1)
        return super().viewportEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on an entry goes to it."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid():
            self.chosen.emit(index.row())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open an entry."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.opened.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right step, Home and End go to the beginning and to the end, Enter opens, Copy copies."""
        key, plain = Qt.Key(event.key()), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and key in STEP_KEYS:
            self.step_wanted.emit(STEP_KEYS[key])
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        else:
            before = self.currentIndex().row()
            super().keyPressEvent(event)
            if self.currentIndex().row() != before:
                self.chosen.emit(self.currentIndex().row())

    def event(self, event: QEvent) -> bool:
        """Keep the keys of the list from shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if (plain and Qt.Key(event.key()) in STEP_KEYS) or event.matches(QKeySequence.StandardKey.Copy):
                event.accept()
                return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu at the pointer, or at the current line."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.menu_wanted.emit(event.globalPos())
            return
        place = self.visualRect(self.currentIndex()).bottomLeft()
        self.menu_wanted.emit(self.viewport().mapToGlobal(place))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width: other sizes. The current line stays in sight."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.sizes_changed()
        QTimer.singleShot(0, self, self._keep_in_sight)

    def _numbers_changed(self) -> None:
        """Other numbers may need other heights: a current line that was in sight stays there."""
        if self.viewport().rect().contains(self.visualRect(self.currentIndex())):
            QTimer.singleShot(0, self, self._keep_in_sight)

    def _keep_in_sight(self) -> None:
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.EnsureVisible)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The keyboard's line lights up its rules."""
        super().currentChanged(current, previous)
        if self.hasFocus():
            self._say(self._pointed, current.row())

    def _point_at(self, place: QPointF) -> None:
        index = self.indexAt(place.toPoint())
        if not index.isValid():
            self._say(NO_REFS, -1)
            return
        refs = self.refs_at(index, place)
        self._say(frozenset(ref for ref in refs if not ref.startswith("part:")), index.row())

    def _say(self, refs: frozenset[str], row: int) -> None:
        self._say_pointed(refs)
        if row != self._hovered:
            self._hovered = row
            self.line_pointed.emit(row)


class _Delegate(QStyledItemDelegate):
    """Paints one entry."""

    def __init__(self, view: SheetView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """The whole width, or more where a line needs it."""
        if index.row() >= self._view.sheet.shown:
            return QSize(0, 0)
        parts = Parts(self._view.painter, index.row())
        return QSize(max(self._view.painter.width, round(parts.width)), round(parts.height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """What was done, the line, and whether it agrees."""
        if index.row() < self._view.sheet.shown:
            self._view.painter.paint(painter, QRectF(option.rect), index.row(), self._view.hasFocus())
