"""The pictures of what the neurons of a figure say over the inputs: worked out together, when one is to be painted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from neurosim.canvas import arrangement, style
from neurosim.canvas.drawing.figure import Figure
from neurosim.canvas.items.neuron_item import NeuronItem
from neurosim.canvas.items.output_picture import NO_PICTURE, OutputPicture, curve_picture, plane_picture
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column
from neurosim.engine.network import Network, Neuron
from neurosim.engine.representation import constants_of
from neurosim.engine.response_map import Grid, ResponseMap, data_grid, input_columns, natural_threshold
from neurosim.engine.snapshot import Snapshot
from neurosim.engine.transforms.base import Constants
from neurosim.numbers.exact import Number
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme

CELLS = 24
"""So many values across and up: in a picture of 40 pixels, the eye sees no more."""
POINTS = 49
"""So many values along a single input."""
MANY = 16
"""More pictures than this are worked out only while nothing moves."""
STILL = 200
"""After so many milliseconds without a change nothing moves."""


class OutputPictures(QObject):
    """Owns the pictures of one snapshot, and which neurons have one.

    Nothing is computed before a picture is asked for: not while they are switched off, out of sight or too small to be
    read.

    Signals:
        changed(): the pictures of a crowd, which had been left behind while something moved, can be painted anew.
    """

    changed = Signal()

    def __init__(self, figure: Figure, parent: QObject) -> None:
        super().__init__(parent)
        self._figure = figure
        self._wanted: bool | None = None
        self._state: DocumentState | None = None
        self._possible = self._deep = False
        self._count = 0
        self._map = ResponseMap()
        self._snapshot: Snapshot | None = None
        self._shown: Snapshot | None = None
        self._grid: Grid | None = None
        self._shown_grid: Grid | None = None
        self._grid_key: tuple[Column, ...] = ()
        self._constants: Mapping[str, Constants] = {}
        self._theme = ""
        self._pictures: dict[str, OutputPicture] = {}
        self._faint: dict[str, OutputPicture] = {}
        self._moving = False
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(STILL)
        self._still.timeout.connect(self._settle)

    # -- which -----------------------------------------------------------------------------------------------------

    @property
    def on(self) -> bool:
        """Whether pictures are shown: as the user has said, else where there is a hidden layer."""
        return self._deep if self._wanted is None else self._wanted

    @property
    def possible(self) -> bool:
        """Whether there is a neuron that can have one: one or two inputs with data, and not opened."""
        return self._possible

    def switch(self, on: bool) -> bool:
        """Show pictures or not from now on; returns whether nodes need more or less room."""
        self._wanted = on
        return self._assign()

    def take_over(self, state: DocumentState, *, items_differ: bool) -> bool:
        """The document is another one; returns whether nodes need more or less room than before."""
        old, self._state = self._state, state
        if not items_differ and old is not None and old.dataset.columns.keys() == state.dataset.columns.keys():
            return False
        network = state.network
        neurons = {neuron.id for neuron in network.neurons}
        self._deep = any(edge.source in neurons and edge.target in neurons for edge in network.edges)
        seen = 1 <= len(input_columns(network, state.dataset)) <= 2
        self._possible = seen and len(neurons) > len(arrangement.expanded(state))
        return self._assign()

    def _assign(self) -> bool:
        large = style.lettering() > 1.0  # then they would be specks beside their numbers
        shown = self.on and self._possible and self._figure.page is None and not large
        differ = False
        self._count = 0
        for key, item in self._figure.nodes.items():
            if isinstance(item, NeuronItem):
                there = shown and not item.expanded
                self._count += there
                if there != (item.picture is not None):
                    item.picture = partial(self.picture, key) if there else None
                    differ = True
        return differ

    # -- what ------------------------------------------------------------------------------------------------------

    @property
    def shown(self) -> Snapshot | None:
        """The snapshot whose outputs were worked out last."""
        return self._shown

    def set_snapshot(self, snapshot: Snapshot) -> None:
        """These numbers are on show now."""
        self._snapshot = snapshot
        if self._count > MANY and self._shown is not None and not self._is_shown(snapshot):
            self._moving = True
            self._still.start()

    def picture(self, node: str) -> OutputPicture:
        """The picture of *node*, of the snapshot on show or, in a crowd that moves, of an earlier one, marked so."""
        if not self._moving:
            self._bring_up()
        if self._theme != theme().name:
            self._forget()
            self._theme = theme().name
        found = self._pictures.get(node)
        if found is None:
            found = self._pictures[node] = self._draw(node)
        if not self._moving:
            return found
        faint = self._faint.get(node)
        if faint is None:
            faint = self._faint[node] = replace(found, stale=True)
        return faint

    def words(self, node: str, display: Display) -> str:
        """What the picture of *node* shows, in a sentence."""
        snapshot = self._snapshot
        found = None if snapshot is None else snapshot.network.node_by_id.get(node)
        grid = None if snapshot is None else self._grid_of(snapshot)
        if snapshot is None or grid is None or not isinstance(found, Neuron):
            return ""
        network = snapshot.network
        ranges = [self._range(snapshot, grid.across, grid.x, display)]
        if grid.up is not None:
            ranges.append(self._range(snapshot, grid.up, grid.y, display))
        said = self.tr("output of {node} over {inputs}: blue above the threshold {value}, orange below").format(
            node=network.title(node),
            inputs=self.tr(" and ").join(ranges),
            value=display.text(natural_threshold(found.activation)),
        )
        if self._moving:
            said += "\n" + self.tr("(faint: of a moment ago; anew as soon as nothing moves)")
        elif self._shown is not None and self.picture(node) is NO_PICTURE:
            said += "\n" + self.tr("(empty: not a finite number everywhere)")
        return said

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _is_shown(self, snapshot: Snapshot) -> bool:
        """Whether the pictures of *snapshot* are those there are: a row that moves inside the ranges changes none."""
        shown = self._shown
        if shown is None or shown.network is not snapshot.network:
            return False
        return shown.dataset is snapshot.dataset or self._grid_of(snapshot) == self._shown_grid

    def _bring_up(self) -> None:
        snapshot = self._snapshot
        if snapshot is None or self._is_shown(snapshot):
            return
        self._shown = snapshot
        self._forget()
        grid = self._shown_grid = self._grid_of(snapshot)
        if grid is not None:
            self._map.evaluate(snapshot.network, grid)

    def _forget(self) -> None:
        self._pictures.clear()
        self._faint.clear()

    def _grid_of(self, snapshot: Snapshot) -> Grid | None:
        """The plane of the inputs from their smallest to their largest values; kept while their columns are."""
        names = input_columns(snapshot.network, snapshot.dataset)
        columns = tuple(snapshot.dataset.columns[name] for name in names)
        constants = constants_of(snapshot.dataset)
        same = len(columns) == len(self._grid_key) and all(map(_is, columns, self._grid_key))
        same = same and constants == self._constants
        there = self._grid is not None and names == tuple(filter(None, (self._grid.across, self._grid.up)))
        if not (same and there):
            self._grid_key, self._constants = columns, constants
            side = POINTS if len(names) == 1 else CELLS
            self._grid = data_grid(snapshot.network, snapshot.dataset, side, margin=0.0) if len(names) <= 2 else None
        return self._grid

    def _draw(self, node: str) -> OutputPicture:
        network = Network() if self._shown is None else self._shown.network
        found = network.node_by_id.get(node)
        if self._grid is None or not isinstance(found, Neuron):
            return NO_PICTURE
        a, z = self._map.activation(node), self._map.pre_activation(node)
        if a is None:
            return NO_PICTURE
        if self._grid.up is None:
            return curve_picture(a[0], found.activation)
        return plane_picture(a, z, found.activation, theme())

    def _range(self, snapshot: Snapshot, name: str, ends: tuple[float, float], display: Display) -> str:
        column = snapshot.dataset.columns[name]
        title = next(snapshot.network.title(node.id) for node in snapshot.network.inputs if node.column == name)
        low, high = (_exact(column, end) for end in ends)
        return f"{title} ({display.datum(low)} … {display.datum(high)})"

    def _settle(self) -> None:
        self._moving = False
        self.changed.emit()


def _is(one: Column, other: Column) -> bool:
    return one is other


def _exact(column: Column, value: float) -> Number:
    """*value* as the column has it, where it does."""
    found = np.flatnonzero(column.floats == value)
    return column[int(found[0])] if found.size else value
