"""The drawing of the network: what the view and its tools ask and tell, handed on to the parts of the figure."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtWidgets import QGraphicsScene

from neurosim.canvas import style
from neurosim.canvas.drawing import hits, looks
from neurosim.canvas.drawing.figure import Figure
from neurosim.canvas.drawing.hits import Hit
from neurosim.canvas.drawing.line_marks import LineMark, LineMarks
from neurosim.canvas.drawing.output_pictures import OutputPictures
from neurosim.canvas.drawing.painting import FigurePainting
from neurosim.canvas.drawing.placement import Placement
from neurosim.canvas.drawing.values import Values
from neurosim.canvas.items.chip_layer import ChipLayer
from neurosim.canvas.items.edge_layer import EdgeLayer
from neurosim.canvas.items.far import is_far
from neurosim.canvas.items.node_item import NodeItem
from neurosim.document.state import DocumentState
from neurosim.engine.network import Network
from neurosim.engine.problems import find_problems
from neurosim.engine.snapshot import Snapshot
from neurosim.widgets.display import Display

RIM = 4.0
"""So far a stroke reaches beyond what it is around, and an edge beyond its middle."""


class GraphScene(QGraphicsScene):
    """Owns the figure of one network. It never changes the document; ``view.py`` and the tools do.

    ``banner`` is what is wrong with the whole network, as a sentence; empty when nothing is.
    """

    def __init__(self, display: Display, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self._figure = Figure(self)
        self._painting = FigurePainting(self._figure)
        self.addItem(self._painting)
        self._placement = Placement(self._figure)
        self._values = Values(self._figure, self._placement, display)
        self._marks = LineMarks(self._figure, self._placement, display)
        self._display = display
        self._pictures = OutputPictures(self._figure, self)
        self._state: DocumentState | None = None
        self._unsettled = False
        self.banner = ""

    @property
    def painting(self) -> FigurePainting:
        """What paints the figure."""
        return self._painting

    # -- structure -------------------------------------------------------------------------------------------------

    @property
    def nodes(self) -> dict[str, NodeItem]:
        """The items of nodes, outputs and constants by key."""
        return self._figure.nodes

    @property
    def edges(self) -> EdgeLayer:
        """The curves of all edges."""
        return self._figure.edges

    @property
    def chips(self) -> ChipLayer:
        """The numbers on edges and at the feet of neurons."""
        return self._figure.chips

    @property
    def network(self) -> Network:
        """The network that is drawn."""
        return self._figure.network

    @property
    def page(self) -> str | None:
        """The neuron whose close-up fills the view; a new one is drawn with ``set_state(..., force=True)``."""
        return self._figure.page

    @page.setter
    def page(self, node: str | None) -> None:
        self._figure.page = node

    def is_opened(self, key: str) -> bool:
        """Whether a neuron is drawn as its close-up."""
        return key in self._figure.opened

    def rows_of(self, keys: Iterable[str]) -> list[int]:
        """The rows of the edge layer that begin or end at *keys*."""
        return self._figure.rows_of(keys)

    def set_state(self, state: DocumentState, *, force: bool = False, settle: bool = True) -> None:
        """Take over what the document says: items are added, removed and moved; values come with ``set_snapshot``.

        Without *settle*, where only values differ, nothing looks for a new place: in a run at full speed chips would
        look for one in each frame. They do when the next state settles.
        """
        old = self._state
        self._state = state
        if not (settle or force or old is None) and differ_in_values(old, state):
            self._figure.network, self._unsettled = state.network, True
            return
        items_differ = force or old is None or old.network is not state.network or old.view is not state.view
        items_differ = items_differ or self._unsettled
        self._unsettled = False
        if items_differ and self._figure.take_over(state):
            self._placement.forget()
        pictures_differ = self._pictures.take_over(state, items_differ=items_differ)
        if items_differ:
            self._marks.shine_again()
        if items_differ or pictures_differ:
            self._placement.place_all()
        self._find_problems(state)

    def _find_problems(self, state: DocumentState) -> None:
        found: dict[str, str] = {}
        general = ""
        for problem in find_problems(state.network, state.dataset, state.training):
            if problem.node is not None:
                found.setdefault(problem.node, problem.sentence)
            elif problem.edge is not None and problem.edge in state.network.edge_by_id:
                found.setdefault(state.network.edge_by_id[problem.edge].target, problem.sentence)
            elif not general:
                general = problem.sentence
        self.banner = general if state.network.nodes else ""
        for key, item in self.nodes.items():
            sentence = found.get(key, "")
            if item.look.problem != sentence:
                item.look.problem = sentence
                self._placement.forget_bottom()
                self.update()

    def set_quiet(self, on: bool) -> None:
        """Leave out, where words are large, gradients and products that nobody speaks of; at the next lettering."""
        self._figure.quiet = on

    def set_lettering(self, factor: float) -> None:
        """Write all words *factor* times as large; the items are made anew, so that what they show is to be told again.

        Raises:
            RuntimeError: there is no document yet.
        """
        if self._state is None:
            raise RuntimeError("the scene shows no document yet")
        style.set_lettering(factor)
        self._figure.begin_anew()
        self.set_state(self._state, force=True)
        if self.snapshot is not None:
            self.set_snapshot(self.snapshot, self.row)
        self._marks.shine_again()
        self.write_anew()
        self._placement.place_all()

    # -- places ----------------------------------------------------------------------------------------------------

    @property
    def places_are_own(self) -> bool:
        """Whether nodes stand where the document says, and can be moved: not in a close-up, not before a class."""
        return self.page is None and style.lettering() == 1.0

    def place_all(self) -> None:
        """Put every item at its place in the document (or on the page) and draw all edges anew."""
        self._placement.place_all()

    def place_beside(self, room: QRectF) -> None:
        """Find places for what the walk has put beside the values anew: *room* is what can be seen now."""
        self._placement.room = room
        self._placement.place_beside()

    def move_items(self, places: dict[str, QPointF]) -> None:
        """Show items elsewhere while they are dragged; the document learns of it on release."""
        self._placement.move_items(places)

    def companions(self, keys: Iterable[str]) -> set[str]:
        """*keys* and what moves along with them: outputs without a place of their own, and constants."""
        return self._placement.companions(keys)

    def graph_rect(self, keys: Iterable[str] | None = None) -> QRectF:
        """The rectangle around the nodes *keys*, or around everything; empty when there is nothing."""
        return self._placement.rect(keys)

    @property
    def far_below(self) -> float:
        """The zoom below which the network is seen from far away."""
        return self._figure.far_below

    def bodies_rect(self) -> QRectF:
        """The rectangle around the nodes as they are seen from far away."""
        return self._placement.bodies_rect()

    # -- values ----------------------------------------------------------------------------------------------------

    @property
    def snapshot(self) -> Snapshot | None:
        """The snapshot on show."""
        return self._values.snapshot

    @property
    def row(self) -> int:
        """The row whose values stand at the nodes."""
        return self._values.row

    @property
    def show_numbers(self) -> bool:
        """Whether weights, biases and values are written."""
        return self._figure.show_numbers

    @property
    def show_gradients(self) -> bool:
        """Whether each parameter's gradient stands beside it."""
        return self._figure.show_gradients

    def set_shown(self, *, numbers: bool, gradients: bool) -> None:
        """Write numbers and gradients, or not."""
        self._figure.show_numbers, self._figure.show_gradients = numbers, gradients
        self.write_anew()

    def set_show_results(self, on: bool) -> None:
        """Write what is worked out from data and weights, or leave it to the reader; there are no tooltips then."""
        if on != self._figure.show_results:
            self._figure.show_results = on
            self.write_anew()

    @property
    def tells_all(self) -> bool:
        """Whether nothing is kept from the reader."""
        return self._figure.show_results and not self._values.hidden

    @property
    def tells_gradients(self) -> bool:
        """Whether gradients may be told at all."""
        return not self._display.secrets & {"gradients", "results"}

    @property
    def hidden(self) -> frozenset[str]:
        """Parameters whose numbers are kept from the reader."""
        return self._values.hidden

    def set_hidden(self, parameters: frozenset[str]) -> None:
        """Put a question mark in the place of these parameters' numbers; there are no tooltips with formulas then."""
        if parameters != self._values.hidden:
            self._values.hidden = parameters
            self.write_anew()

    @property
    def pictures(self) -> OutputPictures:
        """What each neuron says over the inputs, as pictures."""
        return self._pictures

    def set_show_outputs(self, on: bool) -> None:
        """Show the picture of its output at each neuron, or not."""
        if self._pictures.switch(on):
            self._placement.place_all()
        self.update()

    def picture_words(self, node: str) -> str:
        """What the picture at a neuron shows."""
        return self._pictures.words(node, self._display)

    def set_snapshot(self, snapshot: Snapshot, row: int, *, update: bool = True) -> None:
        """Show the numbers of *snapshot*; inputs, z and outputs are those of *row*. Not *update*: who calls does."""
        self._values.snapshot, self._values.row = snapshot, row
        self._pictures.set_snapshot(snapshot)
        self._values.write()
        if update:
            self.update()

    def numbers_end_above(self, y: float, detail: float) -> bool:
        """Whether all that changes with numbers at a zoom of *detail* ends above *y*; no, where it is not certain."""
        return not is_far(detail, self.far_below) and self.chips.rests and self._placement.bottom + RIM < y

    def write_anew(self) -> None:
        """Numbers look different now: write all of them and find their places."""
        self._values.write()
        self._marks.write_again()
        self._placement.place_chips()
        self.update()

    # -- looks -----------------------------------------------------------------------------------------------------

    def set_line(self, mark: LineMark | None, room: QRectF) -> None:
        """Show what the current line of the walk concerns, or that there is none; *room* is what can be seen."""
        self._placement.room = room
        if self._marks.show(mark):
            self._bring_up()
            self.update()

    def set_looks(self, selected: frozenset[str], lit: frozenset[str], hover: Hit | None, focus: Hit | None) -> None:
        """Show what is selected, lit up, under the pointer and under the keyboard."""
        looks.set_looks(self._figure, selected, lit, hover, focus)
        self._bring_up()
        self.update()

    def _bring_up(self) -> None:
        """In a crowd, numbers are written and placed when they are to be seen."""
        if self.chips.crowded and self.snapshot is not None:
            self._values.write_chips()
            self._marks.write_again()
            self._placement.spread_singled_out()

    # -- asking ----------------------------------------------------------------------------------------------------

    def hit(self, point: QPointF, detail: float) -> Hit:
        """What is at *point* at a zoom of *detail*: ports before chips before nodes before edges."""
        return hits.hit(self._figure, point, detail)

    def node_under(self, point: QPointF, skip: Iterable[str] = ()) -> str | None:
        """The node whose body, a little enlarged, holds *point*."""
        return hits.node_under(self._figure, point, skip)

    def keys_inside(self, rect: QRectF) -> set[str]:
        """The nodes whose bodies, and the edges whose middles, lie in *rect*."""
        return hits.keys_inside(self._figure, rect)


def differ_in_values(old: DocumentState, new: DocumentState) -> bool:
    """Whether at most the values of parameters and where the training stands differ."""
    return old.network.shape is new.network.shape and old.view is new.view and old.dataset is new.dataset
