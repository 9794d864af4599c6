"""A formula as a widget of its own: seen, pointed at, heard, and copied."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from neurosim.markup.tree import Markup
from neurosim.markup.write_latex import write_latex
from neurosim.markup.write_speech import write_speech
from neurosim.markup.write_text import write_text
from neurosim.widgets.announce import announce
from neurosim.widgets.formula.copying import copy_picture, copy_text, picture_to_copy
from neurosim.widgets.formula.formula import Formula, set_formula
from neurosim.widgets.formula.ink import Ink
from neurosim.widgets.theme import theme, theme_notifier

MARGIN = 4
"""Pixels around the formula at 100 %, where the focus is shown."""
MENU = "formulaMenu"
_NONE: frozenset[str] = frozenset()


class FormulaView(QWidget):
    """Owns one formula on the screen; its size hint is the formula's whole size.

    Signals:
        pointed(frozenset): the ids that the part under the pointer stands for; empty when it has left.
    """

    pointed = Signal(frozenset)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("formulaView")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self._markup: Markup | None = None
        self._formula: Formula | None = None
        self._size = 18.0
        self._lit = _NONE
        self._muted = False
        self._pointed = _NONE
        theme_notifier().changed.connect(self._set)

    def markup(self) -> Markup | None:
        """The formula shown."""
        return self._markup

    def set_markup(self, markup: Markup | None) -> None:
        """Show another formula, or none."""
        if markup is self._markup:
            return
        self._markup = markup
        self.setAccessibleName("" if markup is None else write_speech(markup))
        self._set()

    def set_size(self, size: float) -> None:
        """Pixels per em at 100 % zoom."""
        if size != self._size:
            self._size = size
            self._set()

    def set_lit(self, refs: frozenset[str]) -> None:
        """Put a soft background behind the parts that stand for any of *refs*."""
        if refs != self._lit:
            self._lit = refs
            self.update()

    def set_muted(self, muted: bool) -> None:
        """Paint it in the muted colour."""
        if muted != self._muted:
            self._muted = muted
            self.update()

    def baseline(self) -> float:
        """How far below the widget's top the baseline is, in pixels."""
        return theme().px(MARGIN) + (0.0 if self._formula is None else self._formula.ascent)

    def sizeHint(self) -> QSize:
        """The formula with a margin around."""
        if self._formula is None:
            return QSize(0, 0)
        margin = 2 * theme().px(MARGIN)
        return QSize(ceil(self._formula.width) + margin, ceil(self._formula.height) + margin)

    def minimumSizeHint(self) -> QSize:
        """A formula that is cut off is another formula."""
        return self.sizeHint()

    def menu(self) -> QMenu:
        """What can be copied."""
        menu = QMenu(self)
        menu.setObjectName(MENU)
        for name, title, copy in (
            ("copyTextAction", self.tr("Copy as text"), self._copy_text),
            ("copyLatexAction", self.tr("Copy as LaTeX"), self._copy_latex),
            ("copyPictureAction", self.tr("Copy as picture"), self._copy_picture),
        ):
            action = menu.addAction(title)
            action.setObjectName(name)
            action.triggered.connect(copy)
        return menu

    def paintEvent(self, event: QPaintEvent) -> None:
        """The formula, and a ring while the keyboard is on it."""
        super().paintEvent(event)
        colours = theme()
        painter = QPainter(self)
        if self._formula is not None:
            ink = Ink(colours.text, self._lit, self._muted)
            self._formula.paint(painter, colours.px(MARGIN), self.baseline(), ink)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width = colours.stroke(2)
            painter.setPen(QPen(colours.accent, width))
            half = width / 2
            corner = colours.px(4)
            painter.drawRoundedRect(self.rect().toRectF().adjusted(half, half, -half, -half), corner, corner)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is pointed at."""
        if self._formula is not None:
            place = event.position()
            self._point(self._formula.refs_at(place.x() - theme().px(MARGIN), place.y() - self.baseline()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at any more."""
        self._point(_NONE)
        super().leaveEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The menu by the keyboard; Copy copies the text."""
        shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if event.key() == Qt.Key.Key_Menu or (event.key() == Qt.Key.Key_F10 and shifted):
            self._show_menu(self.mapToGlobal(self.rect().bottomLeft()))
        elif event.matches(QKeySequence.StandardKey.Copy):
            self._copy_text()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu at the pointer."""
        self._show_menu(event.globalPos())

    def _show_menu(self, place: QPoint) -> None:
        if self._markup is None or self.findChild(QMenu, MENU) is not None:
            return
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(place)

    def _copy_text(self) -> None:
        if self._markup is not None:
            copy_text(write_text(self._markup))
            announce(self, self.tr("Copied as text."))

    def _copy_latex(self) -> None:
        if self._markup is not None:
            copy_text(write_latex(self._markup))
            announce(self, self.tr("Copied as LaTeX."))

    def _copy_picture(self) -> None:
        if self._markup is not None:
            copy_picture(picture_to_copy(self._markup))
            announce(self, self.tr("Copied as a picture."))

    def _point(self, refs: frozenset[str]) -> None:
        if refs != self._pointed:
            self._pointed = refs
            self.pointed.emit(refs)

    def _set(self) -> None:
        size = self._size * theme().zoom
        before = self.sizeHint()
        self._formula = None if self._markup is None else set_formula(self._markup, size)
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()
