"""The lecture's table of rules: each tried on its example, counted in the derivation of the user's own function."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from neurosim.markup.tree import Markup
from neurosim.markup.write_speech import write_speech
from neurosim.panels.calculus.rule_forms import TABLE, forms_of
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.formula import Formula, Ink, set_formula
from neurosim.widgets.theme import theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
EM = 15.0
NAME, FUNCTION, DERIVATIVE, TRY = range(4)
LEAST = 0.6
"""A formula that is too wide for its column becomes smaller, down to this part of its size."""


class RulesModel(QAbstractTableModel):
    """Owns how often each rule is used in the derivation on view, and which ones are lit."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.counts: Mapping[str, int] = {}
        self.lit: frozenset[str] = frozenset()

    def show(self, counts: Mapping[str, int], lit: frozenset[str]) -> None:
        """Other counts or other lights."""
        if counts == self.counts and lit == self.lit:
            return
        self.counts, self.lit = counts, lit
        self.dataChanged.emit(self.index(0, 0), self.index(len(TABLE) - 1, DERIVATIVE))

    def rowCount(self, parent: Index | None = None) -> int:
        """The rules of the table."""
        return 0 if parent is not None and parent.isValid() else len(TABLE)

    def columnCount(self, parent: Index | None = None) -> int:
        """Name, function, derivative, button."""
        return 0 if parent is not None and parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401
        """What the columns are."""
        if role != Role.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        return (self.tr("Rule"), self.tr("Function"), self.tr("Derivative"), "")[section]

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401  # as Qt declares it
        """The texts, and how they are read aloud."""
        rule = TABLE[index.row()]
        if role == Role.AccessibleTextRole:
            if index.column() == NAME:
                return f"{rule.title}, {self.used(rule.name)}"
            return write_speech(forms_of(rule)[index.column() - FUNCTION]) if index.column() < TRY else ""
        if role == Role.DisplayRole:
            return (rule.title, rule.function, rule.derivative, "")[index.column()]
        if role == Role.ToolTipRole and index.column() == NAME:
            return self.used(rule.name)
        return None

    def used(self, name: str) -> str:
        """How often a rule is used, in words."""
        count = self.counts.get(name, 0)
        if not count:
            return self.tr("not used in this derivation")
        return self.tr("used once") if count == 1 else self.tr("used {count} times").format(count=count)


class RulesTable(QTableView):
    """The ten rules. Enter, a double click or the button of a row tries the rule on its example.

    Signals:
        try_wanted(str): the name of a rule.
        rule_pointed(str): the rule under the pointer, or the keyboard's; empty for none.
    """

    try_wanted = Signal(str)
    rule_pointed = Signal(str)

    def __init__(self, rules: RulesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rulesTable")
        self.setAccessibleName(self.tr("Rules of differentiation"))
        self.rules = rules
        self.setModel(self.rules)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._pointed = ""
        for number, rule in enumerate(TABLE):
            button = QPushButton(self)
            button.setProperty("quiet", "true")
            button.setObjectName(f"tryRule-{rule.name}")
            button.setText(self.tr("Try"))
            button.setToolTip(self.tr("Try it on {example}").format(example=rule.example))
            button.setAccessibleName(self.tr("Try: {rule}").format(rule=rule.title))
            # The table is one stop of the Tab key; Enter on a row is its button.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, name=rule.name: self.try_wanted.emit(name))
            self.setIndexWidget(self.rules.index(number, TRY), button)
        self.entered.connect(lambda index: self._say(TABLE[index.row()].name))
        self.restyle()

    def restyle(self) -> None:
        """Take the lengths of the current zoom."""
        for row in range(len(TABLE)):
            parts = [self.formula(markup, 1e9) for markup in forms_of(TABLE[row])]
            tallest = max(part.height for part in parts)
            self.setRowHeight(row, max(theme().px(30), round(tallest + theme().px(10))))
        for row in range(len(TABLE)):
            button = self.indexWidget(self.rules.index(row, TRY))
            if button is not None:
                button.setStyleSheet(f"padding: 0 {theme().px(4)}px;")  # the column is narrow
        self._share_out()
        height = self.horizontalHeader().sizeHint().height() + sum(self.rowHeight(row) for row in range(len(TABLE)))
        self.setFixedHeight(height + 2 * theme().px(2))
        self.viewport().update()

    def formula(self, markup: Markup, room: float) -> Formula:
        """A formula of the table, set to fit."""
        em = EM * theme().zoom
        found = set_formula(markup, em)
        if found.width <= room:
            return found
        return set_formula(markup, float(int(em * max(LEAST, room / found.width))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width out."""
        super().resizeEvent(event)
        self._share_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter tries the rule."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.try_wanted.emit(TABLE[self.currentIndex().row()].name)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Try the rule."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.try_wanted.emit(TABLE[index.row()].name)

    def viewportEvent(self, event: QEvent) -> bool:
        """Nothing is pointed at when the pointer has left the entries."""
        if event.type() == QEvent.Type.Leave:
            self._say("")
        return super().viewportEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The keyboard's row lights up its lines."""
        super().currentChanged(current, previous)
        if self.hasFocus() and current.isValid():
            self._say(TABLE[current.row()].name)

    def _say(self, name: str) -> None:
        if name != self._pointed:
            self._pointed = name
            self.rule_pointed.emit(name)

    def _share_out(self) -> None:
        px = theme().px
        names, button = px(150), px(50)
        rest = max(self.viewport().width() - names - button, px(120))
        functions = max(px(82), round(rest * 0.36))
        for column, width in ((NAME, names), (FUNCTION, functions), (DERIVATIVE, rest - functions), (TRY, button)):
            self.setColumnWidth(column, width)


class _Delegate(QStyledItemDelegate):
    """Paints names with their counts, and formulas."""

    def __init__(self, table: RulesTable) -> None:
        super().__init__(table)
        self._table = table

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """The sizes are the table's."""
        return QSize(theme().px(40), theme().px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Rules that are used are in full ink, with their number; lit ones on a ground of their own."""
        table, colours = self._table, theme()
        model, rule = table.rules, TABLE[index.row()]
        box = QRectF(option.rect)
        count = model.counts.get(rule.name, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if rule.name in model.lit:
            painter.fillRect(box, colours.selected)
        if index.column() == NAME:
            self._paint_name(painter, box, rule.title, count)
        elif index.column() < TRY:
            margin = colours.px(6)
            markup = forms_of(rule)[index.column() - FUNCTION]
            formula = table.formula(markup, box.width() - margin)
            baseline = box.center().y() + (formula.ascent - formula.descent) / 2
            formula.paint(painter, box.left() + margin / 2, baseline, Ink(colours.text, muted=not count))
        focused = table.hasFocus() and index.row() == table.currentIndex().row()
        if focused:
            painter.setPen(QPen(colours.accent, colours.stroke(2.0)))
            painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.restore()

    def _paint_name(self, painter: QPainter, box: QRectF, title: str, count: int) -> None:
        colours = theme()
        px = colours.px
        inner = box.adjusted(px(8), 0, -px(4), 0)
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(ui_font(12, 500 if count else 400))
        painter.setPen(colours.text if count else colours.text_muted)
        painter.drawText(inner, left, title)
        if count:
            painter.setPen(colours.accent)
            painter.drawText(inner, right, f"×{count}")
