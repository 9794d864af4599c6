"""How numbers look in one view: as everywhere, until the view is given a mode of its own, and the box to choose it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter, QWidget

from neurosim.numbers.format import Mode
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme

MODES: tuple[Mode, ...] = ("exact", "decimal", "both")


class ViewDisplay(Display):
    """A display that follows *everywhere*, but for the mode when ``own_mode`` is set. It is used as any display is.

    Setting ``mode`` gives the view its own; decimal sign and zoom are one for the whole program.

    Signals:
        changed(): mode, decimal sign or zoom is another one for this view.
        own_mode_changed(): the view has got a mode of its own, or follows again.
    """

    own_mode_changed = Signal()

    def __init__(self, everywhere: Display, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._everywhere = everywhere
        self._own_mode: Mode | None = None
        self._known = self._in_force()
        everywhere.changed.connect(self._follow)

    @property
    def own_mode(self) -> Mode | None:
        """The mode of this view alone; ``None``: as everywhere."""
        return self._own_mode

    @own_mode.setter
    def own_mode(self, mode: Mode | None) -> None:
        if mode is not None and mode not in MODES:
            raise ValueError(f"There is no display mode {mode!r}.")
        if mode != self._own_mode:
            self._own_mode = mode
            self.own_mode_changed.emit()
            self._follow()

    @property
    def everywhere(self) -> Display:
        """The display that is followed."""
        return self._everywhere

    @property
    def mode(self) -> Mode:
        """The mode in force in this view."""
        return self._own_mode if self._own_mode is not None else self._everywhere.mode

    @mode.setter
    def mode(self, mode: Mode) -> None:
        self.own_mode = mode

    @property
    def decimal(self) -> str:
        """The decimal sign, the same in every view."""
        return self._everywhere.decimal

    @decimal.setter
    def decimal(self, decimal: str) -> None:
        self._everywhere.decimal = decimal

    @property
    def zoom(self) -> float:
        """Size of the whole interface."""
        return self._everywhere.zoom

    @zoom.setter
    def zoom(self, zoom: float) -> None:
        self._everywhere.zoom = zoom

    def _in_force(self) -> tuple[Mode, str, float]:
        return self.mode, self.decimal, self.zoom

    def _follow(self) -> None:
        known = self._in_force()
        if known != self._known:
            self._known = known
            self.changed.emit()


class NumberModeBox(QComboBox):
    """The choice of a view's numbers: as everywhere, exact, decimal or both. Its object name begins with the view's."""

    def __init__(self, display: ViewDisplay, view: str, parent: QWidget | None = None) -> None:
        """Choose for *display*; the object name is ``<view>NumberModeBox``."""
        super().__init__(parent)
        self._display = display
        self.setObjectName(f"{view}NumberModeBox")
        name = self.tr("How numbers are written in this view")
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        for mode, words in (
            (None, self.tr("as everywhere")),
            ("exact", self.tr("exact")),
            ("decimal", self.tr("decimal")),
            ("both", self.tr("exact ~ decimal")),
        ):
            self.addItem(words, mode)
        self.activated.connect(self._chosen)
        display.own_mode_changed.connect(self._show)
        self._show()

    def minimumSizeHint(self) -> QSize:
        """Where room is short a short word stands for the choice: the list shows them whole."""
        return QSize(min(theme().px(72), self.sizeHint().width()), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """As Qt's, in fewer letters where the words would be cut off."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        short = {None: self.tr("auto"), "decimal": self.tr("dec."), "both": self.tr("both")}
        if self.fontMetrics().horizontalAdvance(option.currentText) > room:
            option.currentText = short.get(self.currentData(), option.currentText)
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def _chosen(self, index: int) -> None:
        self._display.own_mode = self.itemData(index)

    def _show(self) -> None:
        self.setCurrentIndex(self.findData(self._display.own_mode))
