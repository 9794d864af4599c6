"""What the program remembers between two starts: theme, numbers, panels, recent files."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings


def store() -> QSettings:
    """The settings file of this user: INI on every platform, so that it can be read and deleted by hand."""
    return QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "neurosim", "neurosim")


def read_text(key: str, default: str) -> str:
    """The text kept under *key*, or *default*."""
    return str(store().value(key, default, type=str))


def read_number(key: str, default: int) -> int:
    """The whole number kept under *key*, or *default* (also when the file holds no number there)."""
    text = read_text(key, str(default))
    return int(text) if text.lstrip("-").isdecimal() else default


def read_flag(key: str, default: bool) -> bool:
    """The switch kept under *key*, or *default*."""
    return bool(store().value(key, default, type=bool))


def read_bytes(key: str) -> QByteArray:
    """The bytes kept under *key*, or none."""
    found = store().value(key, QByteArray(), type=QByteArray)
    return found if isinstance(found, QByteArray) else QByteArray()


def write(key: str, value: str | int | bool | QByteArray | list[str]) -> None:
    """Keep *value* under *key*."""
    store().setValue(key, value)


def forget(key: str) -> None:
    """Keep nothing under *key* any more."""
    store().remove(key)
