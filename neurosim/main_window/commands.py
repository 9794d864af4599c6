"""What each action does, and when it can be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractItemView, QMainWindow

from neurosim import __version__
from neurosim.canvas.view import GraphView
from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.document.selection import Selection
from neurosim.main_window.action_book import ActionBook, with_keys
from neurosim.main_window.actions import ActionList
from neurosim.main_window.appearance import Appearance
from neurosim.main_window.autosaver import AutoSaver
from neurosim.main_window.data_commands import DataCommands
from neurosim.main_window.editing import Editor
from neurosim.main_window.file_controller import FileController
from neurosim.main_window.layouts import LAYOUTS
from neurosim.main_window.lesson_commands import LessonCommands
from neurosim.main_window.network_commands import NetworkCommands
from neurosim.main_window.pictures.commands import PictureCommands
from neurosim.main_window.present_settings import PresentSettings
from neurosim.main_window.script_commands import ScriptCommands
from neurosim.main_window.table_commands import TableFileCommands
from neurosim.main_window.training_commands import TrainingCommands
from neurosim.main_window.worksheets.commands import WorksheetCommands
from neurosim.main_window.workspace import Workspace
from neurosim.main_window.writing_commands import WritingCommands
from neurosim.records import dataclass
from neurosim.training.notice import Notice
from neurosim.training.session import TrainingSession
from neurosim.training.walk import UNITS
from neurosim.widgets.display import Display
from neurosim.widgets.message_bar import MessageLog
from neurosim.widgets.on_screen import show_in_front

if TYPE_CHECKING:
    from neurosim.main_window.examples.gallery import ExampleGallery
    from neurosim.main_window.open_data.controller import OpenDataController
    from neurosim.main_window.palette import CommandPalette
    from neurosim.main_window.present.presentation import Presentation
    from neurosim.main_window.present.teacher_window import TeacherWindow


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
        self._workspace: Workspace | None = None
        self._open_data: Callable[[], OpenDataController] | None = None
        self._log: MessageLog | None = None
        self._palette: CommandPalette | None = None
        self._gallery: ExampleGallery | None = None
        self._presentation: Callable[[], Presentation] | None = None
        self._teacher_window: Callable[[], TeacherWindow] | None = None
        self._teaching: TeacherWindow | None = None
        self.present_settings = PresentSettings(self)
        self.network = NetworkCommands(parts.document, parts.display, parts.graph, self)
        self.data = DataCommands(parts.editor, self)
        self.tables = TableFileCommands(parts.document, parts.files, parts.display, window)
        self.pictures = PictureCommands(parts.session, parts.files, parts.graph, window)
        self.scripts = ScriptCommands(parts.document, parts.files, parts.display, window)
        self.training = TrainingCommands(parts.editor, parts.display, window)
        self.worksheets = WorksheetCommands(parts.files, parts.display, window)
        self.lessons = LessonCommands(parts.document, parts.session, parts.selection, parts.display, parts.files, self)

    def attach(
        self, book: ActionBook, workspace: Workspace, open_data: Callable[[], OpenDataController], log: MessageLog
    ) -> None:
        """Take the parts that were built later, and what gives the one that is made when it is first wanted."""
        self._book, self._workspace, self._open_data, self._log = book, workspace, open_data, log
        self.data.attach(workspace)
        self.tables.attach(open_data)
        self.pictures.attach(workspace)

    def attach_stage(self, presentation: Callable[[], Presentation], teacher: Callable[[], TeacherWindow]) -> None:
        """Take what gives the parts for a class, which are made when they are first wanted."""
        self._presentation, self._teacher_window = presentation, teacher

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
            "panel": self.toggle_panel,
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
            "presentAction": self.present,
            "teacherWindow": self.show_teacher_window,
            "showKeys": self.present_settings.set_keys,
            "resetLayout": self.reset_layout,
            "layout": self.use_layout,
            "floatPanel": self.float_panel,
            "addNode": graph.open_add_menu,
            "insertInput": graph.add_input,
            "insertNeuron": graph.add_neuron,
            "insertOutput": graph.add_output,
            "insertOnEdge": graph.insert_on_edge,
            "insertRow": self.insert_row,
            "supplyData": self.supply_data,
            **self.tables.handlers(),
            **self.pictures.handlers(),
            **self.scripts.handlers(),
            **self.network.handlers(),
            "compareVariants": self.compare_variants,
            **self.data.handlers(),
            **self.training.handlers(),
            **self.lessons.handlers(),
            **self.worksheets.handlers(),
            "step": session.step,
            "fullStep": session.full_step,
            "unit": self.set_unit,
            "back": session.back,
            "run": session.toggle_run,
            "speed": self.set_speed,
            "rewind": session.rewind,
            "newRandomStart": session.new_random_start,
            "resetAll": session.reset_all,
            "shortcuts": self.shortcuts,
            "palette": self.palette,
            "messages": self.messages,
            "about": self.about,
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
        chosen = parts.selection.ids
        nodes = [i for i in chosen if i in document.state.network.node_by_id]
        edges = [i for i in chosen if i in document.state.network.edge_by_id]
        book["insertOnEdge"].setEnabled(bool(edges))
        for name in ("duplicate", "fitSelection", "deleteReconnect"):
            book[name].setEnabled(bool(nodes))
        for name in ("alignRow", "alignColumn"):
            book[name].setEnabled(len(nodes) > 1)
        for name in ("delete", "mute", "freeze"):
            book[name].setEnabled(bool(chosen))
        book["rename"].setEnabled(len(nodes) == 1)
        book["insertOutput"].setEnabled(bool(parts.graph.commands.output_candidates()))
        self.network.refresh(book)
        self.data.refresh(book)
        self.training.refresh(book)
        self.tables.refresh(book)
        self.lessons.refresh(book)
        book["insertRow"].setEnabled(bool(document.state.dataset.columns))
        self._name_supply(book["supplyData"])
        book["restore"].setVisible(parts.autosaver.recovered is not None)
        book.check("numbers", parts.appearance.mode)
        book.check("theme", parts.appearance.theme)
        book.check("speed", parts.session.speed)
        book.check("unit", parts.session.walk.unit)
        book["teacherWindow"].setChecked(self._teaching is not None and self._teaching.isVisible())
        book["showKeys"].setChecked(self.present_settings.keys)
        book["showNumbers"].setChecked(parts.graph.show_numbers)
        book["showGradients"].setChecked(parts.graph.show_gradients)
        book["showOutputs"].setChecked(parts.graph.show_outputs)
        book["showOutputs"].setEnabled(parts.graph.can_show_outputs)

    # -- edit and insert -------------------------------------------------------------------------------------------

    def paste(self) -> None:
        """Open the table in the clipboard."""
        if self._open_data is not None:
            self._open_data().paste()

    def insert_row(self) -> None:
        """Add a row like the last one, so that no plot has to change its axes."""
        dataset = self._parts.document.state.dataset
        values = dict(dataset.row(dataset.n_rows - 1)) if dataset.n_rows else {}
        if self._parts.editor.edit(self.tr("Add row"), edits.add_row, values):
            self._parts.selection.select_rows({dataset.n_rows})

    def supply_data(self) -> None:
        """Add what the network reads and the data lack, and say what there is to fill in."""
        parts = self._parts
        names = edits.lacking_columns(parts.document.state)
        if parts.editor.edit(self._supply_words(names), edits.supply_data) and names:
            if self._workspace is not None:
                self._workspace.open_panel("values")
                table = self._workspace.panels["values"].findChild(QAbstractItemView, "valuesTable")
                if table is not None:
                    table.setFocus(Qt.FocusReason.OtherFocusReason)  # the button that was pressed goes away
            said = self.tr("Fill in {columns}: there is 0 in every row.").format(columns=", ".join(names))
            parts.session.message.emit(Notice(said))

    def _supply_words(self, names: tuple[str, ...]) -> str:
        if not names:
            return self.tr("Add missing data")
        words = self.tr("Add column {columns}") if len(names) == 1 else self.tr("Add columns {columns}")
        return words.format(columns=", ".join(names[:3]) + (", …" if len(names) > 3 else ""))

    def _name_supply(self, action: QAction) -> None:
        """Say what the data lack, where they lack anything."""
        state = self._parts.document.state
        action.setText(self._supply_words(edits.lacking_columns(state)))
        action.setEnabled(edits.lacks_data(state))

    # -- view ------------------------------------------------------------------------------------------------------

    def fit(self) -> None:
        """Bring the whole graph into view."""
        self._parts.graph.fit_all()

    def toggle_panel(self, name: str) -> None:
        """Show a panel, in front of those that share its place, or hide it."""
        if self._workspace is not None and self._book is not None:
            dock = self._workspace.docks[name]
            if dock.in_front:
                dock.hide()
            else:
                self._workspace.open_panel(name)
            self._book[f"panel-{name}"].setChecked(not dock.isHidden())

    def present(self) -> None:
        """Show the window to a class, or be a window again."""
        if self._presentation is not None:
            self._presentation().toggle()

    def compare_variants(self) -> None:
        """Arrange the window for variants side by side, unless they are in sight already."""
        if self._workspace is not None and not self._workspace.docks["variants"].in_front:
            self._workspace.arrange(LAYOUTS["compare"])

    def show_teacher_window(self, on: bool) -> None:
        """Show or hide what is for the teacher's screen alone."""
        if self._teaching is None and on and self._teacher_window is not None:
            self._teaching = self._teacher_window()
        if self._teaching is not None:
            if on:
                self._teaching.place()
            self._teaching.setVisible(on)

    def full_screen(self, on: bool) -> None:
        """Fill the screen, or be a window again."""
        states = self._window.windowState()
        full = Qt.WindowState.WindowFullScreen
        self._window.setWindowState(states | full if on else states & ~full)

    def reset_layout(self) -> None:
        """Put all panels back where they were at first."""
        if self._workspace is not None:
            self._workspace.arrange()

    def use_layout(self, name: str) -> None:
        """Arrange the panels for a purpose."""
        if self._workspace is not None:
            self._workspace.arrange(LAYOUTS[name])

    def float_panel(self) -> None:
        """Take the panel that has the keyboard out of the window, or put it back."""
        if self._workspace is not None:
            self._workspace.float_panel()

    def preferences(self) -> None:
        """Open the preferences."""
        from neurosim.main_window.preferences import PreferencesDialog

        dialog = PreferencesDialog(self._parts.appearance, self.present_settings, self._window)
        dialog.keys_wanted.connect(self.shortcuts)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

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

    # -- help ------------------------------------------------------------------------------------------------------

    def shortcuts(self) -> None:
        """Show every key."""
        if self._book is not None:
            from neurosim.main_window.shortcuts.sheet import ShortcutsSheet

            sheet = ShortcutsSheet(self._book, ActionList().menus(), self._window)
            sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            sheet.show()

    def palette(self) -> None:
        """Open the command palette."""
        if self._book is not None:
            if self._palette is None:
                from neurosim.main_window.palette import CommandPalette

                self._palette = CommandPalette(self._book, ActionList().menus(), self._window)
            self._palette.open_over(self._window)

    def messages(self) -> None:
        """Show what the program has said so far."""
        if self._log is not None:
            from neurosim.main_window.message_window import MessageWindow

            view = MessageWindow(self._log, self._window)
            view.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            view.show()

    def about(self) -> None:
        """Show version and licences."""
        from neurosim.main_window.about import AboutDialog

        dialog = AboutDialog(__version__, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()
