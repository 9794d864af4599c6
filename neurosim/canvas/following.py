"""Keeps the drawing in step with document, session, selection and preferences, each in its own frame."""

from __future__ import annotations

from PySide6.QtCore import QObject

from neurosim.canvas import accessible
from neurosim.canvas.corner_bar import CornerBar
from neurosim.canvas.interactions import walking
from neurosim.canvas.interactions.pan import Pan
from neurosim.canvas.interactions.scrub_number import ScrubNumber
from neurosim.canvas.line_on_show import row_on_show
from neurosim.canvas.scene import differ_in_values
from neurosim.canvas.workbench import Workbench
from neurosim.document.state import DocumentState
from neurosim.document.wires import wires
from neurosim.engine.snapshot import Snapshot
from neurosim.training.pace import Pace

RUN_FPS = 15.0
"""So many times a second the graph is drawn while a run goes at full speed."""


class Following(QObject):
    """Owns nothing but the connections; what follows from a change is done here and nowhere else."""

    def __init__(self, bench: Workbench, bar: CornerBar) -> None:
        super().__init__(bench)
        self._bench, self._bar = bench, bar
        self._drawing, self._camera = bench.drawing, bench.camera
        bench.document.state_changed.connect(self._state_changed)
        bench.document.was_reset.connect(self._was_reset)
        bench.session.snapshot_changed.connect(self._snapshot_changed)
        bench.session.running_changed.connect(self._run_changed)
        bench.session.walk.changed.connect(self._line_changed)
        bench.selection.selection_changed.connect(self._selection_changed)
        bench.selection.rows_selected.connect(self._row_changed)
        bench.selection.lit_changed.connect(bench.show_looks)
        bench.display.changed.connect(self._display_changed)
        self._drawing.pictures.changed.connect(self._pictures_changed)
        self._line_shown = self._stepped = self._end_above = False
        self._pace = Pace(bench.session, RUN_FPS)
        self._drawing.set_state(bench.document.state)
        self._row_changed()
        self._line_changed()

    def _state_changed(self, old: DocumentState, new: DocumentState) -> None:
        bench, drawing = self._bench, self._drawing
        self._stepped = self._stepped or old.training.step != new.training.step
        if self._pace.rests and _structure(old) == _structure(new) and _places(old) == _places(new):
            return  # the run has gone on: the graph is drawn when its turn comes, and when the run ends
        if new.network is old.network and new.view is old.view and new.dataset.n_rows == old.dataset.n_rows:
            return  # a row moved: what that changes on the graph comes with the frame, not with each move of the mouse
        if new.network is not old.network and differ_in_values(old, new):
            return  # parameters have other values, and numbers come with the frame
        nodes_differ = old.network.node_by_id.keys() != new.network.node_by_id.keys()
        if nodes_differ and bench.tool is not None and not isinstance(bench.tool, (ScrubNumber, Pan)):
            bench.pointer.cancel()
        was_page, was_on = drawing.page, bench.focus_hit
        drawing.set_state(new)
        bench.forget_held()
        if not walking.valid(drawing, bench.focus_hit):
            bench.put_focus(None)
        bench.editor.refresh()
        if _structure(old) != _structure(new):
            bench.write_values()
            self._describe()
        if was_page != drawing.page:
            self._camera.fit_all()
        self._tell_row()
        bench.show_line()
        if old.network.shape is not new.network.shape or old.view is not new.view or bench.focus_hit is not was_on:
            bench.show_looks()

    def _was_reset(self) -> None:
        self._bench.cancel()
        self._bench.put_focus(None)
        self._bench.say_focus_anew()
        self._drawing.page = None
        self._drawing.set_state(self._bench.document.state, force=True)
        self._row_changed()
        self._camera.fit_all()

    def _snapshot_changed(self, snapshot: Snapshot) -> None:
        if self._pace.rests:
            return
        self._pace.show()
        before, row = self._drawing.snapshot, self._bench.row
        self._drawing.set_state(self._bench.document.state, settle=not self._pace.hurries)
        self._bench.forget_held()
        self._drawing.set_snapshot(snapshot, row, update=False)
        self._tell_row(row)
        self._bench.show_line()
        self._bench.editor.refresh()
        self._bench.tips.refresh()
        self._bench.say_focus_anew()
        self._update(numbers_alone=before is not None and before.network.shape is snapshot.network.shape)
        if self._stepped and not self._bench.session.running:
            self._stepped = False
            self._fit_again()

    def _line_changed(self) -> None:
        """The walk has gone on: the row of its line is on show, and the numbers that its last line has put in force."""
        before, self._line_shown = self._line_shown, self._bench.session.walk.line is not None
        if not before and not self._line_shown:
            return
        shown = self._bench.session.snapshot if self._line_shown else self._drawing.snapshot
        if shown is not None:
            self._drawing.set_snapshot(shown, self._bench.row)
        self._bench.show_line()
        self._bench.forget_held()
        self._tell_row()
        self._camera.viewport().update()

    def _row_changed(self) -> None:
        self._bench.write_values()
        self._describe()
        self._tell_row()
        self._camera.viewport().update()

    def _selection_changed(self) -> None:
        at = self._bench.focus_hit
        if at is not None and at.owner not in self._bench.selection.ids:
            self._bench.put_focus(None)
        self._bench.show_looks()

    def _display_changed(self) -> None:
        self._bench.show_line()
        self._drawing.write_anew()
        self._bench.forget_held()

    def _pictures_changed(self) -> None:
        self._bench.forget_held()
        self._bench.tips.refresh()
        self._camera.viewport().update()

    def _run_changed(self, running: bool) -> None:
        if not running:
            self._snapshot_changed(self._bench.session.snapshot)
            self._fit_again()

    def _fit_again(self) -> None:
        """A step or a run leaves long decimals where fractions were: a picture that showed all does so again."""
        if not self._camera.fitted:
            return
        self._bench.write_values()
        if not self._camera.shows_all():
            self._camera.fit_all()

    def _tell_row(self, row: int | None = None) -> None:
        held = row_on_show(self._bench.session.walk) is not None
        row = self._bench.row if row is None else row
        self._bar.set_row(row, self._bench.document.state.dataset.n_rows, held=held)

    def _update(self, *, numbers_alone: bool) -> None:
        """Have the graph painted; where *numbers alone* differ and end above the bar, the bar need not be.

        It lies over the graph, and what it is painted on would be painted first: the window and all that is around it.
        """
        viewport, bar = self._camera.viewport(), self._bar.geometry()
        foot = self._camera.mapToScene(bar.topLeft()).y()
        ended_above, self._end_above = self._end_above, self._drawing.numbers_end_above(foot, self._camera.detail())
        if numbers_alone and ended_above and self._end_above and self._bar.isVisible():
            viewport.update(0, 0, viewport.width(), bar.top())
        else:
            viewport.update()

    def _describe(self) -> None:
        self._camera.setAccessibleDescription(accessible.describe_graph(self._drawing))


def _structure(state: DocumentState) -> tuple[object, ...]:
    network = state.network
    return (
        tuple(network.node_by_id),
        tuple(network.edge_by_id),
        tuple(wires(network)),
        network.recipe,
        network.outputs,
        tuple(node.activation for node in network.neurons),
        tuple(node.bias is None for node in network.neurons),
        network.muted,
        state.view,
    )


def _places(state: DocumentState) -> tuple[object, ...]:
    return tuple(node.position for node in state.network.nodes)
