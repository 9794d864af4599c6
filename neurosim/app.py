"""The window's composition root: makes the application, the document and everything around it, and connects them."""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from neurosim import light_start

light_start.load()  # before anything else loads them

from PySide6.QtCore import QLocale, QSettings, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from neurosim import __version__, paths
from neurosim.widgets.fonts import load_fonts, ui_font

if TYPE_CHECKING:
    from neurosim.main_window.pictures.views import View
    from neurosim.main_window.window import MainWindow
    from neurosim.widgets.theme import ThemeName

DESIGN_SIZE = (1920, 1080)


def application() -> QApplication:
    """The one ``QApplication``, made when there is none yet, with names, icon and the program's own fonts."""
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("neurosim")
    app.setApplicationDisplayName("neurosim")
    app.setApplicationVersion(__version__)
    app.setOrganizationName("neurosim")
    app.setDesktopFileName("neurosim")
    app.setWindowIcon(QIcon(str(paths.resources() / "desktop" / "neurosim.svg")))
    load_fonts()
    app.setFont(ui_font(13))
    return app


def create_window(path: str | Path | None = None) -> MainWindow:
    """The main window on the document *path*, or on the lecture's example, not shown; the loop is not started.

    The window has ``.document`` and ``.session``. The example is a document without a file, so that saving asks.

    Raises:
        DocumentFormatError: *path* is no document; the message is the sentence for the user.
        OSError: *path* cannot be read.
    """
    with light_start.without_collector():
        application()
        from neurosim.document.document import Document
        from neurosim.document.json_format import load
        from neurosim.document.place_in_step import without_line
        from neurosim.document.selection import Selection
        from neurosim.main_window.window import MainWindow
        from neurosim.training.session import TrainingSession
        from neurosim.widgets.display import Display

        own = Path(path) if path is not None else None
        state, line = without_line(load(own if own is not None else paths.example("lecture")))
        document = Document(state, own)
        session = TrainingSession(document)
        if line:
            session.walk.go_to(line)
        selection, display = Selection(document), Display()
        window = MainWindow(document, session, selection, display)
        for part in (session, selection, display, document):
            part.setParent(window)  # they end with it: what is connected to them would otherwise stay for ever
        return window


def first_window(path: str | Path | None = None) -> MainWindow:
    """As ``create_window``, for a process that has nothing else to do: the collector rests until all is painted.

    Raises:
        DocumentFormatError: *path* is no document; the message is the sentence for the user.
        OSError: *path* cannot be read.
    """
    gc.disable()
    window = create_window(path)
    window.afterwards.add(light_start.collect_from_now)
    return window


def run(path: str | Path | None = None, present: bool = False, lesson: Path | None = None) -> int:
    """Open the window, stay until it is closed, and return the exit code.

    Args:
        path: a document, or a table whose columns are to be chosen from.
        present: fill the screen, in the theme for projectors.
        lesson: the folder of a lesson to begin with, which has been checked.
    """
    app = application()
    from neurosim.document import autosave
    from neurosim.document.json_format import DocumentFormatError
    from neurosim.main_window.faults import FaultCatcher
    from neurosim.main_window.interrupts import Interrupts
    from neurosim.main_window.present_settings import presents_at_start

    table = Path(path) if path is not None and not _is_document(Path(path)) else None
    try:
        window = first_window(None if table is not None else path)
    except (DocumentFormatError, OSError) as error:
        sys.stderr.write(f"neurosim: {_sentence(error)}\n")
        return 2
    faults = FaultCatcher(window.session, lambda: autosave.write(window.document.present_state, window.document.path))
    interrupts = Interrupts(window)
    if present or presents_at_start():
        _use_projector(window)
    else:
        window.show()
    if table is not None:
        window.open_path(table)
    if lesson is not None:
        window.commands.lessons.open_folder(lesson)
    with faults, interrupts:
        return app.exec()


def render(
    path: str | Path | None,
    out: str | Path,
    size: tuple[int, int] = DESIGN_SIZE,
    theme: ThemeName = "light",
    view: str = "window",
) -> None:
    """Draw the window on *path* into the picture *out* without a screen.

    Neither the user's settings nor the machine's language or fonts have a say: the same document gives the same
    picture everywhere.

    Args:
        path: the document; ``None`` for the lecture's example.
        out: where the picture is written, whole or not at all; SVG where the name ends so, else PNG.
        size: width and height in pixels.
        theme: ``"light"``, ``"dark"`` or ``"projector"``.
        view: ``"window"``, ``"graph"`` or the name of a panel, which is opened.

    Raises:
        DocumentFormatError: *path* is no document.
        LookupError: there is no such view; the message is a sentence for the user.
        OSError: *path* cannot be read or *out* cannot be written.
    """
    from neurosim.main_window.pictures.drawing import write_picture

    if QApplication.instance() is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory(prefix="neurosim-", ignore_cleanup_errors=True) as nobody:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, nobody)
        os.environ["XDG_DATA_HOME"] = os.environ["APPDATA"] = nobody
        QLocale.setDefault(QLocale.c())
        app = application()
        window = create_window(path)
        window.appearance.set_theme(theme)
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.resize(*size)
        window.show()
        try:
            _settle(app, window)
            if view in window.workspace.docks:
                window.workspace.open_panel(view)
                _settle(app, window)
            write_picture(_view_named(view, window), Path(out))
        finally:
            window.hide()
            window.session.close()


def _view_named(name: str, window: MainWindow) -> View:
    found = {view.name: view for view in window.commands.pictures.views()}
    if name not in found:
        known = ", ".join(sorted({*found, *window.workspace.docks}))
        raise LookupError(f"There is no view “{name}” to draw; there are {known}.")
    return found[name]


def _settle(app: QApplication, window: MainWindow) -> None:
    """Let layouts and the first frame arrive."""
    for _ in range(3):
        app.processEvents()
        window.session.advance()
    # A question about lost work belongs to a user, not into a picture.
    window.message_bar.dismiss()
    app.processEvents()


def _use_projector(window: MainWindow) -> None:
    window.show()
    window.presentation.enter()


def _is_document(path: Path) -> bool:
    return path.suffix.lower() not in {".csv", ".tsv", ".txt", ".dat"}


def _sentence(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}."
    return str(error)
