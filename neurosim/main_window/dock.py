"""A panel's frame: a title, a button that closes it, and nothing else around it."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDockWidget, QFrame, QHBoxLayout, QLabel, QScrollArea, QToolButton, QWidget

from neurosim.main_window.inspector.inspector import Inspector
from neurosim.panels.base import Panel
from neurosim.widgets.elided_label import ElidedLabel
from neurosim.widgets.picture_button import picture_button
from neurosim.widgets.theme import theme, theme_notifier

QWIDGETSIZE_MAX = 16_777_215
"""Qt's own word for no limit, which its Python module lacks."""


class TitleBar(QWidget):
    """Owns the title in 15 px and small buttons at the right; dragging it moves the dock."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._label: QLabel = QLabel(title, self)
        self._label.setProperty("role", "title")
        self._label.setVisible(bool(title))
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._label)
        self._row.addStretch(1)
        self._buttons: list[QToolButton] = []
        self._folded = self._tools = False
        theme_notifier().changed.connect(self._resize)
        self._resize()

    def set_title(self, title: str) -> None:
        """Show another title."""
        if isinstance(self._label, ElidedLabel):
            self._label.set_text(title)
        elif title != self._label.text():
            self._label.setText(title)

    def let_shrink(self) -> None:
        """Let the title end in dots where there is little room, instead of asking for all of its width."""
        title = self._label.text()
        self._row.removeWidget(self._label)
        self._label.hide()
        self._label.deleteLater()
        self._label = ElidedLabel("", self)
        self._label.setProperty("role", "title")
        self._row.insertWidget(0, self._label, 1000)  # the stretch behind it gets what it leaves over
        self.set_title(title)

    def show_title(self, shown: bool) -> None:
        """Leave the title out where the tab over it says the same and there is little room."""
        self._label.setVisible(shown and bool(self.title))
        self.fold(not (shown or self._tools))

    @property
    def title(self) -> str:
        """All of the title."""
        return self._label.whole_text() if isinstance(self._label, ElidedLabel) else self._label.text()

    def add_button(self, name: str, picture: str, words: str) -> QToolButton:
        """A small button without a frame."""
        button = picture_button(name, picture, words, self, colour="text_muted")
        self._row.addWidget(button)
        self._buttons.append(button)
        self._resize()
        return button

    def add_widget(self, widget: QWidget) -> None:
        """Anything else at the right."""
        self._row.addWidget(widget)

    def add_tools(self, tools: QWidget) -> None:
        """The tools of a panel, before the buttons."""
        self._row.insertWidget(self._row.count() - len(self._buttons), tools)
        self._tools = True

    def fold(self, away: bool) -> None:
        """Take no room at all, or the usual."""
        self._folded = away
        self._resize()

    def sizeHint(self) -> QSize:
        """As Qt's, or nothing: a dock asks for the hint alone, whatever the limits are."""
        return QSize(0, 0) if self._folded else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Nothing while it is folded: tools that nobody sees keep no dock wide."""
        return QSize(0, 0) if self._folded else super().minimumSizeHint()

    def _resize(self) -> None:
        px = theme().px
        if self._folded:
            self.setFixedHeight(0)
            return
        self.setMaximumHeight(QWIDGETSIZE_MAX)
        self._row.setContentsMargins(px(16) if self._label.text() else 0, px(4), px(8), px(4))
        self._row.setSpacing(px(4))
        self.setMinimumHeight(px(36))
        for button in self._buttons:
            button.setIconSize(QSize(px(14), px(14)))


class PanelDock(QDockWidget):
    """Owns the frame of one panel. It can be moved, closed, and by its title dragged (or double-clicked) out of the
    window and back; it opens again from the View menu.

    Signals:
        wanted(): the panel comes into sight and has not been made yet.
        resized(): it has another size.
    """

    wanted = Signal()
    resized = Signal()

    def __init__(self, name: str, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setObjectName(f"{name}Dock")
        self.setAccessibleName(title)
        feature = QDockWidget.DockWidgetFeature
        self.setFeatures(feature.DockWidgetClosable | feature.DockWidgetMovable | feature.DockWidgetFloatable)
        self._in_front = False
        self._panel: QWidget | None = None
        self._scroll: QScrollArea | None = None
        self.visibilityChanged.connect(self._seen)
        self._name, self._title = name, title

    @cached_property
    def bar(self) -> TitleBar:
        """The title, made with the panel: most docks are not seen at the start."""
        bar = TitleBar(self._title, self)
        self._add_close(bar, self._name, self.tr("Close {panel}").format(panel=self._title))
        self.setTitleBarWidget(bar)
        return bar

    def _add_close(self, bar: TitleBar, name: str, words: str) -> None:
        bar.add_button(f"{name}CloseButton", "x", words).clicked.connect(self.close)

    def set_panel(self, panel: QWidget) -> None:
        """Put the panel into its frame, and its tools into the title."""
        self._panel, bar = panel, self.bar
        if self._scroll is None:
            self._frame(panel)
        else:
            self._scroll.setWidget(panel)
        if isinstance(panel, Panel) and panel.title_tools is not None:
            bar.add_tools(panel.title_tools)

    def _frame(self, panel: QWidget) -> None:
        self.setWidget(panel)

    def set_small(self, small: bool) -> None:
        """Let the panel scroll where it has less room than it needs, or stand in its frame as it is."""
        if small == (self._scroll is not None):
            return
        if small:
            self._scroll = area = QScrollArea(self)
            area.setObjectName(f"{self.objectName()}Scroll")
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setWidgetResizable(True)
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            if self._panel is not None:
                area.setWidget(self._panel)
            self.setWidget(area)
            return
        old, self._scroll = self._scroll, None
        if old is not None and self._panel is not None:
            old.takeWidget()
            self._frame(self._panel)
            self._panel.show()
        if old is not None:
            old.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell whoever shares the room out."""
        super().resizeEvent(event)
        self.resized.emit()

    @property
    def in_front(self) -> bool:
        """Whether the panel is open and not behind another one's tab."""
        return self._in_front and not self.isHidden()

    def bring_to_front(self) -> None:
        """Open the panel, in front of those that share its place."""
        self.show()
        self.raise_()

    def _seen(self, seen: bool) -> None:
        self._in_front = seen
        if seen and self._panel is None:
            self.wanted.emit()
        if seen and isinstance(self._panel, Panel | Inspector):
            self._panel.catch_up()


class StripDock(PanelDock):
    """The frame of a flat panel: its title stands at the left, so that one row is enough for all of it."""

    def set_small(self, small: bool) -> None:
        """One row never scrolls."""

    def _add_close(self, _bar: TitleBar, name: str, words: str) -> None:
        self.setFeatures(self.features() | QDockWidget.DockWidgetFeature.DockWidgetVerticalTitleBar)
        self._end = TitleBar("", self)
        self._end.add_button(f"{name}CloseButton", "x", words).clicked.connect(self.close)

    def _frame(self, panel: QWidget) -> None:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(panel, 1)
        layout.addWidget(self._end)
        self.setWidget(row)
