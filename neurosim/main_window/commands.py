"""What each action does, and when it can be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMainWindow

from neurosim.canvas.view import GraphView
from neurosim.document.document import Document
from neurosim.document.selection import Selection
from neurosim.engine.network import Network
from neurosim.main_window.action_book import ActionBook, with_keys
from neurosim.main_window.appearance import Appearance
from neurosim.main_window.autosaver import AutoSaver
from neurosim.main_window.data_commands import DataCommands
from neurosim.main_window.editing import Editor
from neurosim.main_window.file_controller import FileController
from neurosim.main_window.help_commands import HelpCommands, show_once
from neurosim.main_window.lesson_commands import LessonCommands
from neurosim.main_window.network_commands import NetworkCommands
from neurosim.main_window.panel_commands import PanelCommands
from neurosim.main_window.pictures.commands import PictureCommands
from neurosim.main_window.present_commands import PresentCommands
from neurosim.main_window.script_commands import ScriptCommands
from neurosim.main_window.table_commands import TableFileCommands
from neurosim.main_window.training_commands import TrainingCommands
from neurosim.main_window.worksheets.commands import WorksheetCommands
from neurosim.main_window.workspace import Workspace
from neurosim.main_window.writing_commands import WritingCommands
from neurosim.records import dataclass
from neurosim.training.session import TrainingSession
from neurosim.training.walk import UNITS
from neurosim.widgets.display import Display
from neurosim.widgets.message_bar import MessageLog
from neurosim.widgets.on_screen import show_in_front

if TYPE_CHECKING:
    from neurosim.main_window.examples.gallery import ExampleGallery
    from neurosim.main_window.open_data.controller import OpenDataController


@dataclass(frozen=True)
class Parts:
    """The parts of the window that exist before its actions."""

    document: Document
    session: TrainingSession
    selection: Selection
    editor: Editor
    files: FileController
    appearance: Appearance
    autosaver: AutoSaver
    graph: GraphView
    display: Display


class Commands(QObject):
    """Owns the handlers. ``attach`` hands it the parts that are built from the actions, before any of them can run."""

    def __init__(self, parts: Parts, window: QMainWindow) -> None:
        super().__init__(window)
        self._parts = parts
        self._window = window
        self._book: ActionBook | None = None
        self._drawn: Network | None = None
        self._drawing: tuple[object, ...] = ()
        self._open_data: Callable[[], OpenDataController] | None = None
        self._gallery: ExampleGallery | None = None
        self.network = NetworkCommands(parts.document, parts.display, parts.graph, self)
        self.data = DataCommands(parts.editor, parts.session, parts.selection, self)
        self.tables = TableFileCommands(parts.document, parts.files, parts.display, window)
        self.pictures = PictureCommands(parts.session, parts.files, parts.graph, window)
        self.scripts = ScriptCommands(parts.document, parts.files, parts.display, window)
        self.training = TrainingCommands(parts.editor, parts.display, window)
        self.worksheets = WorksheetCommands(parts.files, parts.display, window)
        self.panels = PanelCommands(self)
        self.presenting = PresentCommands(self)
        self.help = HelpCommands(window)
        self.lessons = LessonCommands(parts.document, parts.session, parts.selection, parts.display, parts.files, self)

    def attach(
        self, book: ActionBook, workspace: Workspace, open_data: Callable[[], OpenDataController], log: MessageLog
    ) -> None:
        """Take the parts that were built later, and what gives the one that is made when it is first wanted."""
        self._book, self._open_data = book, open_data
        self.panels.attach(book, workspace)
        self.help.attach(book, log)
        self.data.attach(workspace)
        self.tables.attach(open_data)
        self.pictures.attach(workspace)

    def handlers(self) -> Mapping[str, Callable[..., object]]:
        """What is called for each action, by the name of its handler."""
        parts = self._parts
        session, files, appearance, graph = parts.session, parts.files, parts.appearance, parts.graph
        return {
            "new": files.new,
            "newEmpty": files.new_empty,
            "open": files.open,
            "openData": files.open_data,
            "exampleGallery": self.example_gallery,
            "save": files.save,
            "saveAs": files.save_as,
            "restore": parts.autosaver.restore,
            "preferences": self.preferences,
            "quit": self._window.close,
            "undo": parts.document.undo,
            "redo": parts.document.redo,
            "paste": self.paste,
            "duplicate": graph.duplicate_selection,
            "delete": graph.delete_selection,
            "deleteReconnect": graph.commands.delete_and_reconnect,
            "selectAll": graph.select_all,
            "rename": graph.rename_selection,
            "mute": graph.toggle_mute,
            "freeze": graph.toggle_freeze,
            "numbers": appearance.set_mode,
            "theme": appearance.set_theme,
            "showNumbers": graph.set_show_numbers,
            "showGradients": graph.set_show_gradients,
            "showOutputs": graph.set_show_outputs,
            "fit": self.fit,
            "fitSelection": graph.fit_selection,
            "tidy": graph.tidy,
            "alignRow": lambda: graph.commands.align(in_row=True),
            "alignColumn": lambda: graph.commands.align(in_row=False),
            "zoomIn": appearance.zoom_in,
            "zoomOut": appearance.zoom_out,
            "zoomReset": lambda: appearance.set_percent(100),
            "fullScreen": self.full_screen,
            "addNode": graph.open_add_menu,
            "insertInput": graph.add_input,
            "insertNeuron": graph.add_neuron,
            "insertOutput": graph.add_output,
            "insertOnEdge": graph.insert_on_edge,
            **self.tables.handlers(),
            **self.pictures.handlers(),
            **self.scripts.handlers(),
            **self.network.handlers(),
            **self.data.handlers(),
            **self.training.handlers(),
            **self.lessons.handlers(),
            **self.worksheets.handlers(),
            **self.panels.handlers(),
            **self.presenting.handlers(),
            **self.help.handlers(),
            "step": session.step,
            "fullStep": session.full_step,
            "unit": self.set_unit,
            "back": session.back,
            "run": session.toggle_run,
            "speed": self.set_speed,
            "rewind": session.rewind,
            "newRandomStart": session.new_random_start,
            "resetAll": session.reset_all,
        }

    @property
    def writing(self) -> tuple[WritingCommands, ...]:
        """Those that write files, and say so."""
        return self.tables, self.pictures, self.scripts, self.worksheets

    # -- when ------------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Enable and name the actions as things stand. (Step, Back and Run: the step bar does, with the reason.)"""
        book = self._book
        if book is None:
            return
        parts = self._parts
        document = parts.document
        for name, words, text, possible in (
            ("undo", self.tr("&Undo"), document.undo_text, document.can_undo),
            ("redo", self.tr("&Redo"), document.redo_text, document.can_redo),
        ):
            action = book[name]
            action.setText(f"{words} {text[:1].lower()}{text[1:]}" if text else words)
            action.setToolTip(with_keys(action.text().replace("&", ""), book.keys.keys(name)))
            action.setEnabled(possible)
        state = document.state
        drawing = (parts.selection.ids, tuple(state.dataset.columns))
        if state.network is not self._drawn or drawing != self._drawing:  # most edits change numbers alone
            self._drawn, self._drawing = state.network, drawing
            self._refresh_drawing(book)
            self.network.refresh(book)
        self.network.refresh_classes(book)
        self.data.refresh(book)
        self.training.refresh(book)
        self.tables.refresh(book)
        self.lessons.refresh(book)
        self.presenting.refresh(book)
        book["restore"].setVisible(parts.autosaver.recovered is not None)
        book.check("numbers", parts.appearance.mode)
        book.check("theme", parts.appearance.theme)
        book.check("speed", parts.session.speed)
        book.check("unit", parts.session.walk.unit)
        book["showNumbers"].setChecked(parts.graph.show_numbers)
        book["showGradients"].setChecked(parts.graph.show_gradients)
        book["showOutputs"].setChecked(parts.graph.show_outputs)
        book["showOutputs"].setEnabled(parts.graph.can_show_outputs)

    def _refresh_drawing(self, book: ActionBook) -> None:
        """Enable what is done to the graph: it depends on the network and on what of it is selected."""
        network, chosen = self._parts.document.state.network, self._parts.selection.ids
        nodes = [i for i in chosen if i in network.node_by_id]
        edges = [i for i in chosen if i in network.edge_by_id]
        book["insertOnEdge"].setEnabled(bool(edges))
        for name in ("duplicate", "fitSelection", "deleteReconnect"):
            book[name].setEnabled(bool(nodes))
        for name in ("alignRow", "alignColumn"):
            book[name].setEnabled(len(nodes) > 1)
        for name in ("delete", "mute", "freeze"):
            book[name].setEnabled(bool(chosen))
        book["rename"].setEnabled(len(nodes) == 1)
        book["insertOutput"].setEnabled(bool(self._parts.graph.commands.output_candidates()))

    # -- edit and insert -------------------------------------------------------------------------------------------

    def paste(self) -> None:
        """Open the table in the clipboard."""
        if self._open_data is not None:
            self._open_data().paste()

    # -- view ------------------------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Bring the whole graph into view."""
        self._parts.graph.fit_all()

    def full_screen(self, on: bool) -> None:
        """Fill the screen, or be a window again."""
        states = self._window.windowState()
        full = Qt.WindowState.WindowFullScreen
        self._window.setWindowState(states | full if on else states & ~full)

    def preferences(self) -> None:
        """Open the preferences."""
        from neurosim.main_window.preferences import PreferencesDialog

        dialog = PreferencesDialog(self._parts.appearance, self.presenting.settings, self._window)
        dialog.keys_wanted.connect(self.help.shortcuts)
        show_once(dialog)

    def set_unit(self, unit: str) -> None:
        """Choose how far one press of Step or Back goes."""
        walk = self._parts.session.walk
        walk.set_unit(next(known for known in UNITS if known == unit))

    def set_speed(self, speed: str) -> None:
        """Choose how fast a run goes."""
        session = self._parts.session
        session.set_speed("max" if speed == "max" else "10x" if speed == "10x" else "1x")

    def example_gallery(self) -> None:
        """Look at the examples that come with the program."""
        from neurosim.main_window.examples.gallery import ExampleGallery

        if self._gallery is None:
            self._gallery = ExampleGallery(self._parts.display, self._window)
            self._gallery.chosen.connect(lambda example: self._parts.files.open_example(example.path))
        show_in_front(self._gallery)
