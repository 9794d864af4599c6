"""Turns the list of actions into QActions, menus and buttons, and connects each with what it does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from neurosim.main_window.action_spec import ActionSpec, Scope
from neurosim.main_window.actions import ActionList
from neurosim.main_window.key_map import KeyMap, is_letter
from neurosim.widgets.icons import icon
from neurosim.widgets.letters import letters

Handler = Callable[..., object]

SUBMENU_SECTIONS = {"file": 1, "insert": 1, "run": 1, "network/layer": 1, "network/hidden": 1}
"""The section at whose end a submenu, or each submenu of a menu, stands; 0 for those that are not named."""


class ActionBook(QObject):
    """Owns one QAction per spec, and which keys lead to each (``keys``).

    Signals:
        triggered_by_name(str): an action ran; its name.
    """

    triggered_by_name = Signal(str)

    def __init__(self, handlers: Mapping[str, Handler], parent: QWidget) -> None:
        """Make an action for each spec that calls its handler.

        Raises:
            KeyError: a spec has no handler.
        """
        super().__init__(parent)
        self._list = ActionList(self)
        self.specs: Mapping[str, ActionSpec] = {spec.name: spec for spec in self._list.specs()}
        self.keys = KeyMap(self.specs, self)
        self._groups: dict[str, QActionGroup] = {}
        self._tips: dict[str, str] = {}
        self._actions = {name: self._make(spec, handlers[spec.handler or name]) for name, spec in self.specs.items()}
        self._choices = {(spec.choice, spec.argument): name for name, spec in self.specs.items() if spec.choice}
        self._by_handler: dict[str, list[QAction]] = {}
        for name, spec in self.specs.items():
            self._by_handler.setdefault(spec.handler, []).append(self._actions[name])
        for name, spec in self.specs.items():
            if spec.scope is Scope.WINDOW:
                parent.addAction(self._actions[name])
        self.keys.changed.connect(self._take_keys)
        letters().changed.connect(self._take_letters)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def tip(self, name: str) -> str:
        """What the action's tooltip says when the action can be used."""
        tip = self._tips.get(name)
        if tip is None:
            spec = self.specs[name]
            tip = self._tips[name] = with_keys(spec.tip or spec.plain_text, self._working_keys(name))
        return tip

    def attach(self, widget: QWidget, *scopes: Scope) -> None:
        """Let the keys of the actions of *scopes* work while *widget*, or a widget in it, has the keyboard."""
        for name, spec in self.specs.items():
            if spec.scope in scopes:
                widget.addAction(self._actions[name])

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Put the menus into *bar*; returns them by name (``"file"``, ``"file/recent"``)."""
        menus: dict[str, QMenu] = {}
        for name, title in self._list.menus().items():
            above, _, _ = name.rpartition("/")
            menu = QMenu(title, bar)
            menu.setObjectName(f"{name.replace('/', '-')}Menu")
            menu.setToolTipsVisible(True)
            menus[name] = menu
            if not above:
                bar.addMenu(menu)
        for name, menu in menus.items():
            self._fill_menu(name, menu, menus)
        return menus

    def check(self, choice: str, argument: str) -> None:
        """Show which of a group of choices is on, without running it."""
        name = self._choices.get((choice, argument))
        if name is not None:
            self._actions[name].setChecked(True)

    def handled_by(self, handler: str) -> Sequence[QAction]:
        """The actions that do the same with different arguments."""
        return self._by_handler.get(handler, ())

    # -- making ----------------------------------------------------------------------------------------------------

    def _make(self, spec: ActionSpec, handler: Handler) -> QAction:
        action = QAction(spec.text, self)
        action.setObjectName(spec.name)
        action.setCheckable(spec.checkable)
        action.setShortcuts([QKeySequence(key) for key in self._working_keys(spec.name)])
        window_wide = spec.scope is Scope.WINDOW
        action.setShortcutContext(
            Qt.ShortcutContext.WindowShortcut if window_wide else Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        action.setStatusTip(spec.tip)
        action.setToolTip(self.tip(spec.name))
        if spec.icon:
            action.setIcon(icon(spec.icon))
            action.setIconVisibleInMenu(False)
        if spec.choice:
            group = self._groups.get(spec.choice)
            if group is None:
                group = self._groups[spec.choice] = QActionGroup(self)
            group.addAction(action)
        action.triggered.connect(lambda checked: self._run(spec, handler, checked))
        return action

    def _working_keys(self, name: str) -> tuple[str, ...]:
        """The keys of the action, but for single letters where these shall do nothing."""
        return tuple(key for key in self.keys.keys(name) if letters().work or not is_letter(key))

    def _take_keys(self, name: str) -> None:
        self._tips.pop(name, None)
        action = self._actions[name]
        action.setShortcuts([QKeySequence(key) for key in self._working_keys(name)])
        action.setToolTip(self.tip(name))

    def _take_letters(self) -> None:
        for name in self.specs:
            if any(map(is_letter, self.keys.keys(name))):
                self._take_keys(name)

    def _run(self, spec: ActionSpec, handler: Handler, checked: bool) -> None:
        if spec.argument is not None:
            handler(spec.argument)
        elif spec.checkable:
            handler(checked)
        else:
            handler()
        self.triggered_by_name.emit(spec.name)

    def _fill_menu(self, name: str, menu: QMenu, menus: Mapping[str, QMenu]) -> None:
        """The actions of *name* by section; each submenu stands at the end of its own (``SUBMENU_SECTIONS``)."""
        specs = sorted((spec for spec in self.specs.values() if spec.menu == name), key=lambda spec: spec.section)
        submenus = [other for other in menus if other.startswith(f"{name}/")]
        places = {other: SUBMENU_SECTIONS.get(other, SUBMENU_SECTIONS.get(name, 0)) for other in submenus}
        section = specs[0].section if specs else 0
        for spec in specs:
            if spec.section != section:
                for other in [other for other in submenus if places[other] <= section]:
                    menu.addMenu(menus[other])
                    submenus.remove(other)
                menu.addSeparator()
                section = spec.section
            menu.addAction(self._actions[spec.name])
        for other in submenus:
            menu.addMenu(menus[other])


def with_keys(sentence: str, keys: Sequence[str]) -> str:
    """*sentence* with the keys behind it as the platform writes them: ``"Save (Ctrl+S)"``."""
    if not keys:
        return sentence
    native = " / ".join(QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys[:2])
    return f"{sentence} ({native})"
