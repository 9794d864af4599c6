"""A part of a panel under a title that opens and closes it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget

from neurosim.widgets.icons import icon
from neurosim.widgets.theme import theme, theme_notifier


class Section(QWidget):
    """Owns the title's button and the ``body`` under it; put things into ``body_layout``.

    Signals:
        toggled(bool): the user opened (True) or closed it.
    """

    toggled = Signal(bool)

    def __init__(self, title: str, parent: QWidget | None = None, *, is_open: bool = True) -> None:
        super().__init__(parent)
        self._title = QToolButton(self)
        self._title.setObjectName("sectionTitle")
        self._title.setProperty("role", "section")
        self._title.setText(title)
        self._title.setAccessibleName(title)
        self._title.setCheckable(True)
        self._title.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._title.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.body = QWidget(self)
        self.body_layout = QVBoxLayout(self.body)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._title)
        layout.addWidget(self.body)
        self._title.clicked.connect(self._clicked)
        theme_notifier().changed.connect(self._set_sizes)
        self._set_sizes()
        self.set_open(is_open)

    def is_open(self) -> bool:
        """Whether the body is shown."""
        return self._title.isChecked()

    def set_open(self, is_open: bool) -> None:
        """Show or hide the body, without a signal."""
        self._title.setChecked(is_open)
        self._title.setIcon(icon("chevron-down" if is_open else "chevron-right", "text_muted"))
        self._title.setAccessibleDescription(self.tr("open") if is_open else self.tr("closed"))
        self.body.setVisible(is_open)

    def _clicked(self, is_open: bool) -> None:
        self.set_open(is_open)
        self.toggled.emit(is_open)

    def _set_sizes(self) -> None:
        px = theme().px
        self._title.setIconSize(QSize(px(14), px(14)))
        self.body_layout.setContentsMargins(px(8), px(4), px(8), px(8))
        self.body_layout.setSpacing(px(8))
