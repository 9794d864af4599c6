"""A convention as one line of a table: a mark, its name, its formula, its numbers; and the titles over such lines."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from neurosim.engine.settings import Reduction
from neurosim.records import dataclass
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.formula import FormulaView
from neurosim.widgets.theme import theme

FORMULA_SIZE, SMALL_FORMULA = 17, 13
COLUMNS = ("title", "formula", "loss", "gradient", "rate")


@dataclass(frozen=True)
class Cells:
    """The texts of one row; ``names`` and ``slopes`` are lines side by side."""

    title: str
    loss: str
    names: str
    slopes: str
    rate: str


class Columns:
    """Owns the widths of the columns, which all rows share and which only grow while the sheet is open."""

    def __init__(self) -> None:
        """Begin with none."""
        self.width: dict[str, int] = {}

    def make_room(self, column: str, width: int) -> bool:
        """Let *column* be at least so wide; whether it had to grow."""
        if width <= self.width.get(column, 0):
            return False
        self.width[column] = width
        return True

    @property
    def total(self) -> int:
        """All columns with the gaps around and between them."""
        return sum(self.width.get(name, 0) for name in COLUMNS) + (len(COLUMNS) + 1) * theme().px(12)

    def left(self, column: str) -> int:
        """Where *column* begins."""
        gap = theme().px(12)
        before = COLUMNS[: COLUMNS.index(column)]
        return gap + sum(self.width.get(name, 0) + gap for name in before)


class ConventionRow(QRadioButton):
    """One convention as one choice: everything about it in a line, the present one marked."""

    def __init__(self, reduction: Reduction, columns: Columns, parent: QWidget) -> None:
        super().__init__(parent)
        self.reduction = reduction
        self.setObjectName(f"convention-{reduction}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.formula = FormulaView(self)
        self.formula.setObjectName(f"conventionFormula-{reduction}")
        self.formula.set_size(FORMULA_SIZE)
        self._columns = columns
        self._compact = False
        self._cells = Cells("", "", "", "", "")

    def set_compact(self, compact: bool) -> None:
        """Take little height, with a small formula, or as much as reads well."""
        self._compact = compact
        self.formula.set_size(SMALL_FORMULA if compact else FORMULA_SIZE)

    @property
    def cells(self) -> Cells:
        """What is written in the row."""
        return self._cells

    def show_cells(self, cells: Cells) -> None:
        """Write other texts."""
        if cells != self._cells:
            self._cells = cells
            self.setText(cells.title)
            self.update()

    def widths(self) -> dict[str, int]:
        """What each column needs for this row."""
        px = theme().px
        numbers, names = QFontMetrics(ui_font(14, 500)), QFontMetrics(ui_font(14))
        lines = list(zip(self._cells.names.split("\n"), self._cells.slopes.split("\n"), strict=False))
        name_width = max((names.horizontalAdvance(name) for name, slope in lines if slope), default=0)
        slope_width = max((numbers.horizontalAdvance(slope) for _, slope in lines), default=0)
        alone = max((names.horizontalAdvance(name) for name, slope in lines if not slope), default=0)
        self._columns.make_room("names", name_width)
        return {
            "title": px(28) + QFontMetrics(ui_font(13, 600)).horizontalAdvance(self._cells.title),
            "formula": self.formula.sizeHint().width(),
            "loss": numbers.horizontalAdvance(self._cells.loss),
            "gradient": max(self._columns.width.get("names", 0) + px(8) + slope_width, alone),
            "rate": numbers.horizontalAdvance(self._cells.rate),
        }

    def lay_out(self) -> None:
        """Take the size of the columns and put the formula in its own."""
        self.ensurePolished()  # a style sheet that is put on later would set the height anew
        px = theme().px
        around, over = (px(2), px(4)) if self._compact else (px(8), px(16))
        height = max(self.formula.sizeHint().height() + around, self._lines_height() + over, px(36))
        height = height if self._compact else max(height, px(40))
        self.setFixedSize(self._columns.total, height)
        self.formula.resize(self.formula.sizeHint())
        self.formula.move(self._columns.left("formula"), (height - self.formula.height()) // 2)
        self.update()

    def sizeHint(self) -> QSize:
        """The row as it was laid out."""
        return self.minimumSize()

    def hitButton(self, place: QPoint) -> bool:
        """Anywhere in the row."""
        return self.rect().contains(place)

    def _lines_height(self) -> int:
        return QFontMetrics(ui_font(14)).lineSpacing() * (self._cells.names.count("\n") + 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Mark, name and numbers; the formula is a widget of its own."""
        del event
        colours, px = theme(), theme().px
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = self.rect().toRectF().adjusted(1, 1, -1, -1)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.selected if self.isChecked() else colours.hover)
            painter.drawRoundedRect(inner, px(6), px(6))
        self._paint_mark(painter)
        write = self._write
        title = ui_font(13, 600) if self.isChecked() else ui_font(13, 500)
        write(painter, "title", self._cells.title, colours.text, title, px(28))
        write(painter, "loss", self._cells.loss, colours.loss, ui_font(14, 500))
        write(painter, "gradient", self._cells.names, colours.gradient, ui_font(14))
        write(painter, "gradient", self._cells.slopes, colours.gradient, ui_font(14, 500), self._slopes_at())
        write(painter, "rate", self._cells.rate, colours.text, ui_font(14, 500))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.accent, colours.stroke(2)))
            painter.drawRoundedRect(inner, px(6), px(6))

    def _slopes_at(self) -> int:
        return self._columns.width.get("names", 0) + theme().px(8)

    def _paint_mark(self, painter: QPainter) -> None:
        colours, px = theme(), theme().px
        middle = QPointF(self._columns.left("title") + px(8), self.height() / 2)
        painter.setPen(QPen(colours.accent if self.isChecked() else colours.border, colours.stroke(1.5)))
        painter.setBrush(colours.raised)
        painter.drawEllipse(middle, px(7), px(7))
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.accent)
            painter.drawEllipse(middle, px(4), px(4))

    def _write(self, painter: QPainter, column: str, text: str, colour: QColor, font: QFont, indent: int = 0) -> None:
        painter.setFont(font)
        painter.setPen(colour)
        left = self._columns.left(column) + indent
        space = QRectF(left, 0, self._columns.total - left, self.height())
        painter.drawText(space, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


class ConventionHead(QWidget):
    """The titles over the columns."""

    def __init__(self, columns: Columns, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._columns = columns
        self._titles = {
            "formula": self.tr("formula"),
            "loss": self.tr("loss L"),
            "gradient": self.tr("gradient"),
            "rate": self.tr("rate for the same step"),
        }

    def widths(self) -> dict[str, int]:
        """What each column needs for its title."""
        metrics = QFontMetrics(ui_font(12))
        return {name: metrics.horizontalAdvance(title) for name, title in self._titles.items()}

    def lay_out(self) -> None:
        """Take the size of the columns."""
        self.setFixedSize(self._columns.total, QFontMetrics(ui_font(12)).height() + theme().px(4))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The titles in the muted colour."""
        del event
        painter = QPainter(self)
        painter.setFont(ui_font(12))
        painter.setPen(theme().text_muted)
        for name, title in self._titles.items():
            left = self._columns.left(name)
            space = QRect(left, 0, self._columns.total - left, self.height())
            painter.drawText(space, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, title)
