"""The controls for the settings of a transform: numbers, choices and classes, whatever a transform has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial

from PySide6.QtWidgets import QComboBox

from neurosim.document import edits
from neurosim.document.edits import EditError
from neurosim.document.state import DocumentState
from neurosim.engine.plugin_setting import Setting
from neurosim.engine.transforms import Transform
from neurosim.engine.transforms.base import Choice, plain
from neurosim.main_window.inspector.section import Section, show_choice
from neurosim.numbers.exact import Number
from neurosim.widgets.number_field import NumberField

Apply = Callable[[DocumentState, str, Choice], DocumentState]


class SettingFields:
    """Owns a control for each setting of one transform, on a page of the inspector."""

    def __init__(self, section: Section, transform: Transform, column: str | None, apply: Apply) -> None:
        """Add the controls to *section*.

        Args:
            section: the page.
            transform: whose settings they are.
            column: the column that classes are taken from.
            apply: ``apply(state, setting's name, value)``, an edit.
        """
        self._section, self._transform, self._apply = section, transform, apply
        self._numbers: dict[str, NumberField] = {}
        self._boxes: dict[str, QComboBox] = {}
        self._classes: dict[str, Choice] = {}
        for setting in transform.settings:
            self._add(setting, column)

    def refresh(self, values: Mapping[str, Choice]) -> None:
        """Show *values*, one for each setting."""
        for name, field in self._numbers.items():
            value = values[name]
            if not isinstance(value, str):
                field.set_value(value)
        for name, box in self._boxes.items():
            show_choice(box, plain(values[name]))

    def _add(self, setting: Setting[Choice], column: str | None) -> None:
        section, name = self._section, f"{setting.name}Field"
        if setting.choices:
            choices = [(word, title, setting.help) for word, title in setting.choices.items()]
            self._boxes[setting.name] = section.add_choice(
                setting.title, name, choices, partial(self._choose, setting.name)
            )
            return
        if setting.is_class:
            found = _classes(section.context.state, column)
            self._classes = {plain(value): value for value in found}
            if found:
                choices = [(shown, shown, setting.help) for shown in self._classes]
                box = section.add_choice(
                    setting.title, name, [("", "", ""), *choices], self._choose_class(setting.name)
                )
                self._boxes[setting.name] = box
                return
        text = partial(section.tr, "Set {setting}")
        field = section.add_number(
            setting.title,
            name,
            lambda: text().format(setting=setting.title.lower()),
            lambda state, value: self._apply(state, setting.name, _tidy(setting, value)),
        )
        field.setToolTip(setting.help)
        if setting.whole:
            field.set_step(Fraction(1))
        self._numbers[setting.name] = field

    def _choose(self, name: str, value: str) -> None:
        self._edit(name, value)

    def _choose_class(self, name: str) -> Callable[[str], None]:
        return lambda shown: self._edit(name, self._classes.get(shown, ""))

    def _edit(self, name: str, value: Choice) -> None:
        title = next(setting.title for setting in self._transform.settings if setting.name == name)
        text = self._section.tr("Set {setting}").format(setting=title.lower())
        self._section.context.editor.edit(text, self._apply, name, value)


def _tidy(setting: Setting[Choice], value: Number) -> Number:
    """A whole number stays in its range while it is dragged."""
    return setting.within.nearest(Fraction(round(value))) if setting.whole else value


def _classes(state: DocumentState, column: str | None) -> tuple[Choice, ...]:
    try:
        return edits.classes_in(state, column or "")
    except EditError:
        return ()
