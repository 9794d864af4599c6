"""The few questions that stop everything else: which file, and whether to save before closing."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

Answer = Literal["save", "discard", "cancel"]


class Dialogs(QObject):
    """Asks with the platform's dialogs. A test hands the window another object that answers by itself."""

    def ask_save_changes(self, parent: QWidget, name: str) -> Answer:
        """Whether the changes to *name* are saved, thrown away, or the window stays."""
        box = QMessageBox(parent)
        box.setObjectName("saveChangesDialog")
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Unsaved changes"))
        box.setText(self.tr("Save the changes to “{name}”?").format(name=name))
        box.setInformativeText(self.tr("Without saving they are lost."))
        save = box.addButton(self.tr("&Save"), QMessageBox.ButtonRole.AcceptRole)
        discard = box.addButton(self.tr("&Don’t save"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(self.tr("&Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(save)
        box.exec()
        clicked = box.clickedButton()
        return "save" if clicked is save else "discard" if clicked is discard else "cancel"

    def ask_open_path(self, parent: QWidget, folder: str) -> Path | None:
        """Which document to open."""
        name, _ = QFileDialog.getOpenFileName(
            parent, self.tr("Open"), folder, self.tr("neurosim documents (*.neurosim);;All files (*)")
        )
        return Path(name) if name else None

    def ask_table_path(self, parent: QWidget, folder: str) -> Path | None:
        """Which table to open."""
        name, _ = QFileDialog.getOpenFileName(
            parent, self.tr("Open data"), folder, self.tr("Tables (*.csv *.tsv *.txt *.dat);;All files (*)")
        )
        return Path(name) if name else None

    def ask_table_save_path(self, parent: QWidget, suggestion: str) -> Path | None:
        """Under which name to write a table; the ending of *suggestion* is added when there is none."""
        name, _ = QFileDialog.getSaveFileName(
            parent, self.tr("Export data"), suggestion, self.tr("Tables (*.csv *.tsv *.txt);;All files (*)")
        )
        if not name:
            return None
        path = Path(name)
        return path if path.suffix else path.with_suffix(Path(suggestion).suffix)

    def ask_picture_path(self, parent: QWidget, suggestion: str) -> Path | None:
        """Under which name to save a picture; ``.svg`` or ``.png`` is added as chosen when there is no ending."""
        drawn, pixels = self.tr("Outlines (*.svg)"), self.tr("Pixels (*.png)")
        name, chosen = QFileDialog.getSaveFileName(parent, self.tr("Save picture"), suggestion, f"{pixels};;{drawn}")
        if not name:
            return None
        path = Path(name)
        return path if path.suffix else path.with_suffix(".svg" if chosen == drawn else ".png")

    def ask_script_path(self, parent: QWidget, suggestion: str) -> Path | None:
        """Under which name to save a script; ``.py`` is added when it is missing."""
        name, _ = QFileDialog.getSaveFileName(parent, self.tr("Export as Python"), suggestion, self.tr("Python (*.py)"))
        if not name:
            return None
        path = Path(name)
        return path if path.suffix else path.with_suffix(".py")

    def ask_save_path(self, parent: QWidget, suggestion: str) -> Path | None:
        """Under which name to save; ``.neurosim`` is added when it is missing."""
        name, _ = QFileDialog.getSaveFileName(
            parent, self.tr("Save as"), suggestion, self.tr("neurosim documents (*.neurosim)")
        )
        if not name:
            return None
        path = Path(name)
        return path if path.suffix else path.with_suffix(".neurosim")

    def ask_folder(self, parent: QWidget, folder: str) -> Path | None:
        """Into which folder several files are written."""
        name = QFileDialog.getExistingDirectory(parent, self.tr("Write into"), folder)
        return Path(name) if name else None
