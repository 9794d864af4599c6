"""The names of the lines beside the main curve: go to a branch, hide, rename or remove a kept run."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QToolButton, QWidget

from neurosim.panels.loss_curve.lines import Line
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.theme import theme

WIDEST = 190
"""A name is cut after so many pixels at 100 %."""

SAMPLE = 24


class LegendItem(QToolButton):
    """A piece of a line and its name.

    Signals:
        rename_wanted(), remove_wanted(): of a kept run.
    """

    rename_wanted = Signal()
    remove_wanted = Signal()

    def __init__(self, line: Line, parent: QWidget) -> None:
        super().__init__(parent)
        self.line = line
        self.setObjectName("curveLegendItem")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if line.kept is not None:
            self.setCheckable(True)
            self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
            self.customContextMenuRequested.connect(self._open_menu)

    def show_line(self, line: Line, shown: bool) -> None:
        """Stand for *line*, which is drawn or not."""
        self.line = line
        if line.kept is not None:
            self.setChecked(shown)
            tip = self.tr("{name}\nClick: show or hide · double-click or F2: rename · Del: remove")
            state = self.tr("shown") if shown else self.tr("hidden")
            self.setAccessibleName(self.tr("Kept run {name}, {state}").format(name=line.name, state=state))
        elif line.other is not None:
            tip = self.tr("{name}\nClick: go there")
            self.setAccessibleName(self.tr("Go to {name}").format(name=line.name))
        else:
            tip = "{name}"
            self.setAccessibleName(line.name)
        self.setToolTip(tip.format(name=line.name))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the sample and the name."""
        px = theme().px
        width = min(px(WIDEST), QFontMetrics(ui_font(11)).horizontalAdvance(self.line.name) + 1)
        return QSize(px(SAMPLE) + width + px(14), px(24))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The sample and the name; struck through while the line is hidden."""
        colours = theme()
        px = colours.px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.underMouse() or self.hasFocus():
            painter.setPen(QPen(colours.accent, 2.0) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(colours.hover if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area, px(6), px(6))
        shown = self.line.kept is None or self.isChecked()
        middle, left = self.height() / 2, px(4)
        if shown:
            painter.setPen(self.line.look.pen(colours))
            painter.drawLine(left, round(middle), left + px(SAMPLE), round(middle))
        font = ui_font(11)
        font.setStrikeOut(not shown)
        painter.setFont(font)
        painter.setPen(colours.text if self.underMouse() else colours.text_muted)
        room = self.width() - px(SAMPLE) - px(12)
        text = QFontMetrics(font).elidedText(self.line.name, Qt.TextElideMode.ElideRight, room)
        box = QRectF(left + px(SAMPLE) + px(5), 0, room + 2, self.height())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 renames, Del removes."""
        if self.line.kept is not None and event.key() == Qt.Key.Key_F2:
            self.rename_wanted.emit()
        elif self.line.kept is not None and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_wanted.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Rename; the first click of the two has hidden or shown the line: the second one takes that back."""
        super().mouseDoubleClickEvent(event)
        if self.line.kept is not None:
            self.rename_wanted.emit()

    def menu_of_item(self) -> QMenu:
        """What can be done with a kept run."""
        menu = QMenu(self)
        menu.setObjectName("keptRunMenu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, text, wanted in (
            ("renameKeptRun", self.tr("Rename"), self.rename_wanted),
            ("removeKeptRun", self.tr("Remove"), self.remove_wanted),
        ):
            action = menu.addAction(text)
            action.setObjectName(name)
            action.triggered.connect(lambda _=False, wanted=wanted: wanted.emit())
        return menu

    def _open_menu(self, place: QPoint) -> None:
        self.menu_of_item().popup(self.mapToGlobal(place))


class Legend(QWidget):
    """Owns an item for each line, in a row or two; those that do not fit stand in the menu of a button.

    Signals:
        clicked(line): of a branch: go there; of a kept run: show it or hide it.
        renamed(line, name), remove_wanted(line): of a kept run.
    """

    clicked = Signal(object)
    renamed = Signal(object, str)
    remove_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("curveLegend")
        self.setAccessibleName(self.tr("Lines of the plot"))
        self.items: list[LegendItem] = []
        self._more = QToolButton(self)
        self._more.setObjectName("curveLegendMore")
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.menu_of_others = QMenu(self)
        self._more.setMenu(self.menu_of_others)
        self._counted = 0
        self._rows = 2
        self._editor: QLineEdit | None = None
        self._renaming: Line | None = None
        self.hide()

    def show_lines(self, lines: Sequence[Line], hidden: frozenset[Hashable], more: int) -> None:
        """Show the names of *lines*, of which *hidden* are not drawn; *more* other branches are only counted."""
        known = {item.line.key: item for item in self.items}
        items = [known.pop(line.key) if line.key in known else self._new_item(line) for line in lines]
        for gone in known.values():
            gone.hide()
            gone.deleteLater()
        self.items = items
        for item, line in zip(items, lines, strict=True):
            item.show_line(line, line.key not in hidden)
        self._counted = more
        self.setVisible(bool(lines))
        self._place()

    def _new_item(self, line: Line) -> LegendItem:
        item = LegendItem(line, self)
        item.clicked.connect(lambda _=False: self.clicked.emit(item.line))
        item.rename_wanted.connect(lambda: self.rename(item))
        item.remove_wanted.connect(lambda: self.remove_wanted.emit(item.line))
        return item

    # -- places ----------------------------------------------------------------------------------------------------

    def set_rows(self, rows: int) -> None:
        """Take up at most so many rows."""
        if rows != self._rows:
            self._rows = rows
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._place()

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        self._place()

    def _place(self) -> None:
        """From left to right, row by row; what does not fit goes into the menu."""
        px = theme().px
        height, gap, right = px(24), px(2), self.width() - px(8)
        x, row = px(8), 0
        left_over: list[LegendItem] = []
        reserved = px(84)
        for item in self.items:
            size = item.sizeHint()
            limit = right - reserved if row == self._rows - 1 else right
            if x + size.width() > limit and x > px(8) and row < self._rows - 1:
                x, row = px(8), row + 1
                limit = right - reserved if row == self._rows - 1 else right
            if left_over or x + min(size.width(), limit - px(8)) > limit:
                left_over.append(item)
                item.hide()
                continue
            width = min(size.width(), limit - x)
            item.setGeometry(x, row * height, width, height)
            item.show()
            x += width + gap
        self._show_more(left_over, x, row * height, height)
        wanted = (row + 1) * height + px(2)
        if wanted != self.height():
            self.setFixedHeight(wanted)

    def _show_more(self, left_over: list[LegendItem], x: int, y: int, height: int) -> None:
        self.menu_of_others.clear()
        for item in left_over:
            action = self.menu_of_others.addAction(item.line.name)
            action.triggered.connect(lambda _=False, item=item: self.clicked.emit(item.line))
        count = len(left_over) + self._counted
        self._more.setVisible(bool(count))
        if count:
            text = self.tr("and {count} more").format(count=count)
            self._more.setText(text)
            self._more.setFont(ui_font(11))
            self._more.setAccessibleName(text)
            self._more.setToolTip(
                self.tr("{count} older branches are not drawn: see the timeline").format(count=self._counted)
                if self._counted
                else self.tr("Lines that there is no room for here")
            )
            self._more.setEnabled(bool(left_over))
            self._more.setGeometry(x, y, self._more.sizeHint().width(), height)

    # -- renaming --------------------------------------------------------------------------------------------------

    def rename(self, item: LegendItem) -> None:
        """Let the user type another name in place."""
        self._end_renaming(False)
        editor = QLineEdit(item.line.name, self)
        editor.setObjectName("keptRunName")
        editor.setAccessibleName(self.tr("Name of the kept run"))
        width = max(item.width(), theme().px(140))
        left = min(item.x(), max(0, self.width() - width))
        editor.setGeometry(left, item.y(), width, theme().px(26))
        editor.selectAll()
        editor.editingFinished.connect(lambda: self._end_renaming(True))
        self._editor, self._renaming = editor, item.line
        editor.show()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves the name as it was."""
        if event.key() == Qt.Key.Key_Escape and self._editor is not None:
            self._end_renaming(False)
        else:
            super().keyPressEvent(event)

    def _end_renaming(self, take: bool) -> None:
        editor, line = self._editor, self._renaming
        self._editor = self._renaming = None
        if editor is None or line is None:
            return
        name = editor.text()
        editor.hide()
        editor.deleteLater()
        if take and name.strip() != line.name:
            self.renamed.emit(line, name)
