"""Which keys lead to which action: those of the list of actions, or those that the user has chosen instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence

from neurosim.main_window.action_spec import ActionSpec, Scope
from neurosim.main_window.store import forget, read_text, store, write
from neurosim.widgets.letters import FIRST, LAST

_GROUP = "keys"
_PARTED = " | "
_BOUND = frozenset(
    {
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Escape,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
    }
)
"""By themselves these move about everywhere."""
_FUNCTION_KEYS = range(int(Qt.Key.Key_F1), int(Qt.Key.Key_F35) + 1)


class KeyMap(QObject):
    """Owns the keys that the user has chosen, by the action's name, and keeps them between two starts.

    Signals:
        changed(str): an action has other keys; its name.
    """

    changed = Signal(str)

    def __init__(self, specs: Mapping[str, ActionSpec], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._specs = specs
        self._own: dict[str, tuple[str, ...]] = {}
        settings = store()
        settings.beginGroup(_GROUP)
        for name in settings.childKeys():
            if name in specs:
                found = tuple(filter(None, read_text(f"{_GROUP}/{name}", "").split(_PARTED)))
                if all(portable(key) for key in found):
                    self._own[name] = found

    def keys(self, name: str) -> tuple[str, ...]:
        """The keys of the action *name* as portable text, the one that menus show first."""
        own = self._own.get(name)
        return self._specs[name].keys if own is None else own

    def is_own(self, name: str) -> bool:
        """Whether the user has chosen them."""
        return name in self._own

    @property
    def has_own(self) -> bool:
        """Whether the user has chosen any."""
        return bool(self._own)

    def choose(self, name: str, keys: Sequence[str]) -> None:
        """Let *keys* lead to the action *name* from now on; an action that had one of them loses it.

        Raises:
            ValueError: one of them cannot be used there; the message is a sentence for the user.
        """
        chosen = tuple(dict.fromkeys(portable(key) for key in keys))
        for key in chosen:
            problem = self.problem(name, key)
            if problem:
                raise ValueError(problem)
        for key in chosen:
            for other in self.others_with(name, key):
                self._put(other, tuple(had for had in self.keys(other) if portable(had) != key))
        self._put(name, chosen)

    def reset(self, name: str) -> None:
        """Give the action *name* the keys back that it had at first, and take them from whoever has them now."""
        self.choose(name, self._specs[name].keys)

    def reset_all(self) -> None:
        """Give every action the keys back that it had at first."""
        for name in tuple(self._own):
            del self._own[name]
            forget(f"{_GROUP}/{name}")
            self.changed.emit(name)

    def others_with(self, name: str, key: str) -> tuple[str, ...]:
        """The other actions to which *key* leads: with the focus in the graph, the keys of every scope work."""
        return tuple(other for other in self._specs if other != name and key in map(portable, self.keys(other)))

    def given_up(self, key: QKeySequence) -> bool:
        """Whether *key* led to an action at first, and the user has taken it away from there."""
        text = key.toString(QKeySequence.SequenceFormat.PortableText)
        return any(
            text in map(portable, self._specs[name].keys) and text not in map(portable, own)
            for name, own in self._own.items()
        )

    def problem(self, name: str, key: str) -> str | None:
        """Why *key* cannot lead to the action *name*, as a sentence for the user; ``None`` when it can."""
        sequence = QKeySequence(key)
        if not sequence.count():
            return _tr("This is no key.")
        pressed = _pressed(sequence)
        modifiers = pressed.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier
        bare = not modifiers or modifiers == Qt.KeyboardModifier.ShiftModifier
        if not modifiers and pressed.key() in _BOUND:
            return _tr("{key} moves about in the window by itself; choose another key, or hold Ctrl or Alt.").format(
                key=native(key)
            )
        everywhere = self._specs[name].scope is Scope.WINDOW
        if everywhere and bare and int(pressed.key()) not in _FUNCTION_KEYS:
            return _tr("{key} is needed for typing; this command works everywhere, so hold Ctrl or Alt.").format(
                key=native(key)
            )
        return None

    def _put(self, name: str, keys: tuple[str, ...]) -> None:
        if keys == tuple(map(portable, self._specs[name].keys)):
            self._own.pop(name, None)
            forget(f"{_GROUP}/{name}")
        else:
            self._own[name] = keys
            write(f"{_GROUP}/{name}", _PARTED.join(keys))
        self.changed.emit(name)


def portable(key: str) -> str:
    """*key* as it is kept, the same for every way to write it: ``"ctrl+s"`` is ``"Ctrl+S"``."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def native(key: str) -> str:
    """*key* as the platform writes it."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def is_letter(key: str) -> bool:
    """Whether *key* is a letter by itself, or with Shift."""
    sequence = QKeySequence(key)
    if sequence.count() != 1:
        return False
    pressed = _pressed(sequence)
    bare = not pressed.keyboardModifiers() & ~Qt.KeyboardModifier.ShiftModifier
    return bare and FIRST <= int(pressed.key()) <= LAST


def _pressed(sequence: QKeySequence) -> QKeyCombination:
    pressed: QKeyCombination = sequence[0]  # type: ignore[index]  # the stubs leave it out
    return pressed


def _tr(words: str) -> str:
    return QCoreApplication.translate("KeyMap", words)
