"""What a lesson shows in the window: opens panels, arranges them, selects rows and nodes, lights things up."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from neurosim.document.document import Document
from neurosim.document.selection import Selection
from neurosim.lessons.commands import Command, CommandError, parameter_named
from neurosim.main_window.layouts import LAYOUTS, LESSON_LAYOUTS
from neurosim.main_window.workspace import Workspace


class WindowCommands:
    """Carries out the commands that only show something. What is not there is passed over."""

    def __init__(self, document: Document, selection: Selection, workspace: Workspace) -> None:
        self._document = document
        self._selection = selection
        self._workspace = workspace
        self._does: Mapping[str, Callable[..., None]] = {
            "open panel": self._open,
            "close panel": self._close,
            "arrange": self._arrange,
            "differentiate": self._differentiate,
            "derivation": self._derivation,
            "next rule": self._next_rule,
            "ledger": self._ledger,
            "select row": self._select_rows,
            "select": self._select,
            "light": self._light,
        }

    def carry_out(self, command: Command) -> None:
        """Do it."""
        self._does[command.verb](*command.arguments)

    def _open(self, name: str) -> None:
        name = panel_named(name)
        if name in self._workspace.docks:
            self._workspace.open_panel(name)
            self._workspace.keep_reading()

    def _close(self, name: str) -> None:
        name = panel_named(name)
        if name in self._workspace.docks and name != "lesson":
            self._workspace.close_panel(name)

    def _arrange(self, name: str) -> None:
        layout = LESSON_LAYOUTS.get(name) or LAYOUTS.get(name)
        if layout is not None and not self._workspace.is_arranged(layout, keep=("lesson",)):
            self._workspace.arrange(layout, keep=("lesson",))

    def _differentiate(self, *words: str) -> None:
        self._calculus("ask", " ".join(words))
        self._calculus("start_over")

    def _derivation(self, name: str) -> None:
        self._calculus("begin", name)

    def _next_rule(self, count: str = "1") -> None:
        self._calculus("show_more", int(count))

    def _ledger(self, stage: str) -> None:
        self._ask("area_ledger", "show_stage", stage)

    def _calculus(self, what: str, *arguments: object) -> None:
        self._ask("calculus", what, *arguments)

    def _ask(self, panel: str, what: str, *arguments: object) -> None:
        """Ask a panel, which is a plug-in and may be missing, to do *what*."""
        if panel in self._workspace.docks:
            self._workspace.open_panel(panel)
            self._workspace.keep_reading()
            does = getattr(self._workspace.made.get(panel), what, None)
            if does is not None:
                does(*arguments)

    def _select_rows(self, *rows: str) -> None:
        count = self._document.state.dataset.n_rows
        self._selection.select_rows({int(row) - 1 for row in rows if row.isdigit() and 1 <= int(row) <= count})

    def _select(self, *names: str) -> None:
        network = self._document.state.network
        known = network.node_by_id.keys() | network.edge_by_id.keys()
        known |= {f"output:{output.node}" for output in network.outputs}
        self._selection.select({name for name in names if name in known})

    def _light(self, *names: str) -> None:
        self._selection.set_lit({self._ref(name) for name in names})

    def _ref(self, name: str) -> str:
        if name.startswith("row:"):
            return f"row:{int(name.removeprefix('row:')) - 1}"
        state = self._document.state
        try:
            return parameter_named(state.network, state.dataset.n_rows, name)
        except CommandError:
            return name


def panel_named(name: str) -> str:
    """The panel's own name, of one that is written as people do: ``lossMap``, ``loss-map`` or ``loss map``."""
    written = name.replace("-", "_").replace(" ", "_")
    return "".join(f"_{sign.lower()}" if sign.isupper() else sign for sign in written)
