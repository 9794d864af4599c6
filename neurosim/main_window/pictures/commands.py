"""Copies and saves pictures, and opens the window in which they are chosen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from neurosim.main_window.file_controller import FileController
from neurosim.main_window.workspace import Workspace
from neurosim.main_window.writing_commands import WritingCommands
from neurosim.training.session import TrainingSession
from neurosim.widgets.on_screen import show_in_front

if TYPE_CHECKING:
    from neurosim.main_window.pictures.dialog import PictureDialog
    from neurosim.main_window.pictures.views import View


class PictureCommands(WritingCommands):
    """Owns the window, which is made when it is first wanted."""

    def __init__(self, session: TrainingSession, files: FileController, graph: QWidget, window: QWidget) -> None:
        super().__init__(files, window)
        self._session, self._graph = session, graph
        self._workspace: Workspace | None = None
        self.dialog: PictureDialog | None = None

    def attach(self, workspace: Workspace) -> None:
        """Take the part that was built later."""
        self._workspace = workspace

    def handlers(self) -> Mapping[str, Callable[..., object]]:
        """What is called for each action, by the name of its handler."""
        return {"exportPicture": self.show}

    def close(self) -> None:
        """Close what is open."""
        if self.dialog is not None:
            self.dialog.close()

    def views(self) -> tuple[View, ...]:
        """Of what a picture can be drawn now."""
        from neurosim.main_window.pictures.views import views

        return () if self._workspace is None else views(self._window, self._graph, self._workspace)

    def show(self) -> None:
        """Choose of what a picture is made, and how."""
        if self.dialog is None:
            from neurosim.main_window.pictures.dialog import PictureDialog

            self.dialog = PictureDialog(self.views, self._window)
            self.dialog.copy_asked.connect(self.copy)
            self.dialog.save_asked.connect(self.save)
            self._session.snapshot_changed.connect(self.dialog.refresh_soon)
        show_in_front(self.dialog)

    def copy(self, view: View, scale: int) -> None:
        """Put a picture of *view* on the clipboard, as pixels and as SVG: who pastes takes what fits."""
        from neurosim.main_window.pictures.drawing import as_image
        from neurosim.main_window.pictures.outlines import as_svg

        data = QMimeData()
        data.setImageData(as_image(view.widget, scale, whole=view.whole))
        data.setData("image/svg+xml", as_svg(view.widget, view.title, whole=view.whole))
        QGuiApplication.clipboard().setMimeData(data)
        self.said.emit(self.tr("Copied the picture: {title}.").format(title=view.title))

    def save(self, view: View, scale: int) -> None:
        """Ask for a name and write a picture of *view* there."""
        suggestion = self.suggested(f"{self._files.title()} {view.title}.png")
        path = self._files.dialogs.ask_picture_path(self.dialog or self._window, suggestion)
        if path is None:
            return
        if path.suffix.lower() not in (".png", ".svg"):
            self.said.emit(
                self.tr("{name}: only PNG and SVG are drawn; give a name that ends in .png or .svg.").format(
                    name=path.name
                )
            )
            return
        from neurosim.main_window.pictures.drawing import write_picture

        try:
            write_picture(view, path, scale)
        except OSError as error:
            said = self.tr("{name}: the picture cannot be written ({reason}); choose another place.")
            self.said.emit(said.format(name=path.name, reason=error.strerror))
            return
        self.said.emit(self.tr("Saved the picture as {name}.").format(name=path.name))
