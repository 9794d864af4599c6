"""The menu that copies a line, the step or the run as text, LaTeX or picture."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QWidget

SCOPES = ("line", "step", "run")


class CopyMenu(QObject):
    """Builds the menu, for the button and for the right mouse button.

    Signals:
        wanted(scope, form): ``line``, ``step`` or ``run``, as ``text``, ``latex`` or ``picture``.
    """

    wanted = Signal(str, str)

    def build(self, parent: QWidget, with_line: bool) -> QMenu:
        """A menu of everything that can be copied; the line only when there is one."""
        menu = QMenu(parent)
        menu.setObjectName("workingCopyMenu")
        words = {
            ("line", "text"): self.tr("Copy line as &text"),
            ("line", "latex"): self.tr("Copy line as &LaTeX"),
            ("line", "picture"): self.tr("Copy line as &picture"),
            ("step", "text"): self.tr("Copy &step as text"),
            ("step", "latex"): self.tr("Copy step as L&aTeX"),
            ("step", "picture"): self.tr("Copy step as p&icture"),
            ("run", "text"): self.tr("Copy &run as text"),
            ("run", "latex"): self.tr("Copy run as LaTe&X"),
            ("run", "picture"): self.tr("Copy run as pict&ure"),
        }
        for scope in SCOPES:
            if menu.actions():
                menu.addSeparator()
            for (of, form), text in words.items():
                if of == scope:
                    action = menu.addAction(text)
                    action.setObjectName(f"copy-{scope}-{form}")
                    action.setEnabled(scope != "line" or with_line)
                    action.triggered.connect(lambda _=False, scope=scope, form=form: self.wanted.emit(scope, form))
        return menu
