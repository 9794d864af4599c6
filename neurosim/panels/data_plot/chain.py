"""The shares of the gradient as a chain: each begins where the one before ends, and the last ends at the gradient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from neurosim.engine.dataset import FloatArray
from neurosim.engine.network import Network
from neurosim.panels._frame import Frame
from neurosim.panels.data_plot.axes import Axes
from neurosim.records import dataclass
from neurosim.working.shares import Shares

HEADED = 100
"""Up to so many rows each share is an arrow; of more the chain is a line."""
CORNERS = 400
"""Of more rows several shares are one piece of the line: nobody could see them apart."""
ROOMY = 2.2
"""The chain is drawn larger when it could be so many times as large."""
SLACK = 0.85
"""How much of the room a newly fitted chain takes, so that the next move does not need another scale at once."""


@dataclass(frozen=True, eq=False)
class Chain:
    """The shares of two parameters' derivatives, head to tail.

    Attributes:
        across, up: the parameters; ``up`` is ``None`` when there is only one.
        rows: (m,): whose share each piece is; -1 where a piece is several rows' or the penalty's.
        corners: (m + 1, 2): from the origin to the gradient.
        total: the gradient as the engine has it.
        penalised: the last piece is what the penalty adds.
    """

    across: str
    up: str | None
    rows: NDArray[np.intp]
    corners: FloatArray
    total: tuple[float, float]
    penalised: bool = False

    def piece(self, row: int) -> int | None:
        """Which piece is the share of *row*."""
        found = np.flatnonzero(self.rows == row)
        return int(found[0]) if found.size else None


def chain_of(shares: Shares, across: str, up: str | None) -> Chain:
    """The chain of *shares* in the plane of two parameters that have a gradient."""
    snapshot, columns = shares.snapshot, shares.parameters
    places = [columns.index(name) for name in (across, up) if name is not None]
    rows = np.flatnonzero(shares.trained)
    pieces = np.zeros((rows.size, 2))
    pieces[:, : len(places)] = shares.gradient[rows][:, places]
    if rows.size > CORNERS:
        starts = np.linspace(0, rows.size, CORNERS, endpoint=False).astype(np.intp)
        pieces, rows = np.add.reduceat(pieces, starts, axis=0), np.full(CORNERS, -1)
    total = tuple(float(snapshot.gradient[name]) if name is not None else 0.0 for name in (across, up))
    added = [
        float(snapshot.gradient[name]) - float(shares.totals[name]) if name is not None else 0.0
        for name in (across, up)
    ]
    penalised = any(added)
    if penalised:
        pieces, rows = np.vstack((pieces, added)), np.append(rows, -1)
    corners = np.vstack((np.zeros((1, 2)), np.cumsum(pieces, axis=0)))
    return Chain(across, up, rows, corners, (total[0], total[1]), penalised)


def first_parameters(network: Network, axes: Axes, parameters: Sequence[str]) -> tuple[str, str | None] | None:
    """The two parameters to begin with; ``None`` when nothing is trainable.

    Over two inputs that both flow into the output: their weights, whose plane is that of the inputs. Else the first
    weight and the first bias.
    """
    trainable = [name for name in parameters if network.trainable[name]]
    if not trainable:
        return None
    weights = [name for name in trainable if name in network.edge_by_id]
    biases = [name for name in trainable if name not in network.edge_by_id]
    if axes.kind == "plane" and axes.output is not None:
        direct: Mapping[str, str] = {edge.source: edge.id for edge in network.incoming[axes.output]}
        pair = direct.get(axes.across), direct.get(axes.up or "")
        if pair[0] in weights and pair[1] in weights and pair[0] is not None:
            return pair[0], pair[1]
    first = weights[0] if weights else trainable[0]
    rest = [*biases, *(name for name in weights if name != first)]
    rest = [name for name in rest if name != first]
    return first, rest[0] if rest else None


def framed(chain: Chain, width: float, height: float, margin: float, previous: Frame | None) -> Frame:
    """Where the chain is drawn: one scale for both parameters, so that directions are true.

    *previous* is kept while the chain fits into it and is not too small there, so that nothing jumps in a drag.
    """
    points = np.vstack((chain.corners, [chain.total]))
    points = points[np.isfinite(points).all(axis=1)]
    low, high = points.min(axis=0), points.max(axis=0)
    room = np.maximum((width - 2 * margin, height - 2 * margin), 1.0)
    span = np.maximum(high - low, 1e-300)
    ideal = float((room / span).min()) if span.max() > 1e-12 else 1.0
    if previous is not None and (previous.width, previous.height) == (width, height):
        edge = margin * 0.5 / previous.x_scale
        ends = np.array((previous.x, previous.y)).T
        inside = bool((low >= ends[0] + edge).all() and (high <= ends[1] - edge).all())
        if inside and ideal <= previous.x_scale * ROOMY / SLACK:
            return previous
    scale, middle = ideal * SLACK, (low + high) / 2
    half_x, half_y = width / scale / 2, height / scale / 2
    x, y = float(middle[0]), float(middle[1])
    return Frame((x - half_x, x + half_x), (y - half_y, y + half_y), width, height)
