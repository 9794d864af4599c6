"""A page of the inspector: labelled controls for one kind of selection."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QSizePolicy, QWidget

from neurosim.document.selection import Selection
from neurosim.document.state import DocumentState
from neurosim.engine.snapshot import Snapshot
from neurosim.main_window.editing import Editor, FieldBinding
from neurosim.main_window.inspector.name_field import NameField
from neurosim.numbers.exact import Number
from neurosim.records import dataclass
from neurosim.training.session import TrainingSession
from neurosim.widgets.display import Display
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.theme import theme
from neurosim.widgets.word_label import word_label

_LAST_ROW = 100
"""An empty row that takes the space left over, below all others."""


@dataclass(frozen=True)
class InspectorContext:
    """What a section may know."""

    editor: Editor
    session: TrainingSession
    selection: Selection
    display: Display

    @property
    def state(self) -> DocumentState:
        """The newest state of the document."""
        return self.editor.document.state


class Section(QWidget):
    """Owns the controls of one selection. Subclasses build them once and implement ``refresh``.

    ``title`` says what is shown, as of the last ``refresh``; it stands over the inspector.
    """

    def __init__(self, context: InspectorContext) -> None:
        super().__init__()
        self.title = ""
        self.context = context
        self._grid = QGridLayout(self)
        px = theme().px
        self._grid.setContentsMargins(px(16), px(12), px(16), px(16))
        self._grid.setHorizontalSpacing(px(12))
        self._grid.setVerticalSpacing(px(8))
        self._grid.setColumnStretch(1, 1)
        self._grid.setRowStretch(_LAST_ROW, 1)
        self._rows = -1

    def refresh(self, snapshot: Snapshot) -> None:
        """Show *snapshot*; the selection is still the one that the section was made for, and exists."""
        raise NotImplementedError

    # -- building --------------------------------------------------------------------------------------------------

    def add_row(self, caption: str, control: QWidget) -> None:
        """Add *control* with *caption* before it."""
        row = self._next_row()
        label = QLabel(caption, self)
        label.setProperty("role", "muted")
        label.setBuddy(control)
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        label.setMinimumHeight(theme().px(28))
        self._grid.addWidget(control, row, 1)
        if not control.accessibleName():
            control.setAccessibleName(caption.replace("&", ""))

    def add_wide(self, control: QWidget) -> None:
        """Add *control* across the whole width."""
        self._grid.addWidget(control, self._next_row(), 0, 1, 2)

    def add_name(self, node: str) -> NameField:
        """The name of *node*."""
        field = NameField(self.context.editor, node, self)
        self.add_row(self.tr("Na&me"), field)
        return field

    def add_number(
        self, caption: str, name: str, text: Callable[[], str], apply: Callable[[DocumentState, Number], DocumentState]
    ) -> NumberField:
        """A number that is edited through ``apply(state, value)`` as the history entry *text*."""
        field = NumberField(self.context.display, self)
        field.setObjectName(name)
        FieldBinding(field, self.context.editor, text, apply)
        self.add_row(caption, field)
        return field

    def add_choice(
        self, caption: str, name: str, choices: Sequence[tuple[str, str, str]], chosen: Callable[[str], None]
    ) -> QComboBox:
        """One of *choices* (data, words, tooltip); ``chosen(data)`` is called when the user picks one."""
        box = QComboBox(self)
        box.setObjectName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for data, words, tip in choices:
            box.addItem(words, data)
            box.setItemData(box.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        box.activated.connect(lambda index: chosen(str(box.itemData(index))))
        self.add_row(caption, box)
        return box

    def add_switch(self, words: str, name: str, tip: str, switched: Callable[[bool], None]) -> QCheckBox:
        """A box to tick; ``switched(on)`` is called when the user does."""
        box = QCheckBox(words, self)
        box.setObjectName(name)
        box.setToolTip(tip)
        box.setStatusTip(tip)
        box.clicked.connect(lambda on: switched(bool(on)))
        self.add_wide(box)
        return box

    def add_text(self, caption: str, name: str, role: str = "") -> QLabel:
        """A line that is only read; it can be selected and copied."""
        label = word_label(name, "", self)
        label.setMinimumHeight(theme().px(28))
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        if role:
            label.setProperty("role", role)
        if caption:
            self.add_row(caption, label)
        else:
            label.setMinimumHeight(0)
            self.add_wide(label)
        return label

    def show_number(self, label: QLabel, value: Number | None) -> None:
        """Write *value* as the display wants it, with every digit in the tooltip."""
        words = self.context.display.text(value)
        if label.text() != words:
            label.setText(words)
            label.setToolTip(self.context.display.full(value))

    def set_row_visible(self, control: QWidget, visible: bool) -> None:
        """Show or hide *control* together with its caption."""
        for label in self.findChildren(QLabel):
            if label.buddy() is control:
                label.setVisible(visible)
        control.setVisible(visible)

    def _next_row(self) -> int:
        self._rows += 1
        return self._rows


def show_choice(box: QComboBox, data: str) -> None:
    """Let *box* show the entry with *data*."""
    index = box.findData(data)
    if index != box.currentIndex():
        box.setCurrentIndex(index)
