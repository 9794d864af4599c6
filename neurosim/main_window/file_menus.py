"""The two menus whose entries are files: those opened lately, and the examples that come with the program."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu

from neurosim.main_window.file_controller import FileController


class FileMenus(QObject):
    """Fills the menus; the recent one again whenever the list changes."""

    def __init__(self, recent: QMenu, examples: QMenu, files: FileController, parent: QObject) -> None:
        super().__init__(parent)
        self._recent = recent
        self._listed = False
        self._files = files
        files.recent.changed.connect(self.refresh)
        self._examples = examples
        examples.aboutToShow.connect(self.list_examples)
        self.refresh()

    def list_examples(self) -> None:
        """Offer the examples, from the first time on that somebody looks."""
        from neurosim.main_window.examples.catalogue import examples

        if self._listed:
            return
        self._listed = True
        self._examples.addSeparator()
        for example in examples():
            action = self._examples.addAction(example.title.replace("&", "&&"))
            action.setObjectName(f"example-{example.name}")
            action.setToolTip(example.about)
            action.setStatusTip(example.about)
            action.triggered.connect(lambda _=False, path=example.path: self._files.open_example(path))

    def refresh(self) -> None:
        """Show the recent files as they are now."""
        self._recent.clear()
        found = self._files.recent.paths
        for number, path in enumerate(found, start=1):
            mark = f"&{number} " if number < 10 else f"{number} "
            action = self._recent.addAction(mark + path.name.replace("&", "&&"))
            action.setObjectName(f"recent-{number}")
            action.setToolTip(str(path))
            action.setStatusTip(str(path))
            action.triggered.connect(lambda _=False, path=path: self._files.open_path(path))
        if found:
            self._recent.addSeparator()
            clear = self._recent.addAction(self.tr("Forget these"))
            clear.setObjectName("forgetRecent")
            clear.triggered.connect(self._files.recent.clear)
        self._recent.setEnabled(bool(found))
