"""Controls for the settings of an optimizer, method or schedule on a sheet: a number field or a switch for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCheckBox

from neurosim.document.state import DocumentState
from neurosim.engine.plugin_setting import Setting
from neurosim.main_window.editing import Editor, FieldBinding
from neurosim.main_window.popover import Popover
from neurosim.numbers.exact import Number
from neurosim.widgets.display import Display
from neurosim.widgets.number_field import NumberField

Apply = Callable[[DocumentState, str, Number | bool], DocumentState]


class SettingRows(QObject):
    """Owns the rows of one set of settings on *sheet*; each change is an edit through ``apply(state, name, value)``."""

    def __init__(
        self,
        sheet: Popover,
        editor: Editor,
        display: Display,
        settings: Sequence[Setting[Number | bool]],
        *,
        stem: str,
        apply: Apply,
    ) -> None:
        """Add a row for each of *settings*; the controls are named ``<stem>-<setting>``."""
        super().__init__(sheet)
        self._editor, self._display, self._apply, self._sheet = editor, display, apply, sheet
        self._controls: dict[str, NumberField | QCheckBox] = {}
        for setting in settings:
            control = self._switch(setting) if isinstance(setting.default, bool) else self._field(setting)
            control.setObjectName(f"{stem}-{setting.name}")
            sheet.add_row(setting.title, control, setting.help)
            self._controls[setting.name] = control

    def show_values(self, values: Mapping[str, Number | bool]) -> None:
        """Show the settings' values."""
        for name, value in values.items():
            control = self._controls[name]
            if isinstance(control, QCheckBox):
                control.setChecked(bool(value))
            else:
                control.set_value(value)

    def _field(self, setting: Setting[Number | bool]) -> NumberField:
        field = NumberField(self._display, self._sheet)
        FieldBinding(
            field,
            self._editor,
            lambda: self.tr("Set {name}").format(name=setting.title),
            lambda state, value: self._apply(state, setting.name, value),
        )
        return field

    def _switch(self, setting: Setting[Number | bool]) -> QCheckBox:
        box = QCheckBox(self._sheet)
        text = self.tr("Set {name}").format(name=setting.title)
        box.clicked.connect(lambda on: self._editor.edit(text, self._apply, setting.name, bool(on)))
        return box
