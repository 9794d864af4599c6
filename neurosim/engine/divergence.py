"""When a run ends by itself: it has converged, or the loss grows beyond all bounds; and the sentence that says so."""

from __future__ import annotations

import math
from typing import Literal

from neurosim.engine.network import Network, Neuron
from neurosim.engine.quadratic import Quadratic
from neurosim.numbers.exact import Number
from neurosim.numbers.format import format_number
from neurosim.records import dataclass

GROWTH = 1e6
"""A run has diverged when the loss is this many times its start."""

FLOOR = 1e-9
"""The start counts as at least this, so that a run from a perfect fit does not stop over rounding."""

LARGEST = 1e300
"""Beyond this a loss cannot be calculated with any more."""

GRADIENT = 1e-6
"""A run has converged when no partial derivative of a trainable parameter is larger."""


@dataclass(frozen=True)
class Stop:
    """Why a run ended: ``sentence`` begins with the kind where a script reads it (``converged: ...``).

    ``condition``: one of the user's own stop conditions was met; ``refused``: the step cannot be taken as things are.

    Of a run that diverged:

    Attributes:
        step: the number of the step that went too far; ``None`` where nothing more is known.
        loss: the loss after that step; may be infinite or NaN.
        grown: the id of the parameter that changed most in it.
        kept: whether the state after it is finite, and kept; else the run stands before it.
    """

    kind: Literal["converged", "diverged", "limit", "condition", "refused"]
    sentence: str
    step: int | None = None
    loss: float | None = None
    grown: str | None = None
    kept: bool = True


def limit(start_loss: float) -> float:
    """The loss above which a run that began with *start_loss* has diverged; always finite."""
    return min(max(start_loss, FLOOR) * GROWTH, LARGEST)


def converged(step: int, largest: float) -> Stop:
    """The stop of a run whose *largest* partial derivative is close to 0."""
    return Stop(
        "converged",
        f"converged: after step {step} no parameter's gradient is above {_plain(max(largest, 0.0))}, "
        "so that further steps would hardly move anything.",
    )


def settled(step: int, largest: float) -> Stop | None:
    """The stop of a run whose *largest* partial derivative is close to 0; ``None`` when it is not."""
    return converged(step, largest) if largest < GRADIENT else None


def diverged(
    network: Network,
    *,
    step: int,
    loss: float,
    start: float,
    grown: str | None,
    rate: Number,
    quadratic: Quadratic | None,
    kept: bool = True,
) -> Stop:
    """The stop of a run whose *loss* at *step* is beyond the limit.

    Args:
        network: for the name of the parameter.
        step: the number of the step that went too far.
        loss: the loss after that step; may be infinite or NaN.
        start: the loss at the start of the run.
        grown: the id of the parameter that changed most in that step.
        rate: the learning rate.
        quadratic: the loss's quadratic form, when it has one.
        kept: whether the run stands after that step, not before it.
    """
    if math.isfinite(loss):
        what = f"the loss grew to {_plain(loss)}"
        what += ", more than a million times its start." if start > FLOOR else "."
    else:
        what = "the loss grew beyond what can be calculated with."
    parts = [f"Stopped at step {step}: {what}"]
    if grown is not None:
        parts.append(f"{parameter_title(network, grown)} moved most.")
    stable = quadratic.largest_stable_learning_rate if quadratic is not None else None
    if stable is not None and float(rate) > stable:
        parts.append(f"The learning rate {format_number(rate)} is above {_plain(stable)}, the largest stable rate.")
    else:
        parts.append(f"The learning rate {format_number(rate)} is probably too large: try a smaller one.")
    return Stop("diverged", " ".join(parts), step, loss, grown, kept)


def parameter_title(network: Network, name: str) -> str:
    """What the user calls a parameter: "The weight x -> f" or "The bias of f"."""
    edge = network.edge_by_id.get(name)
    if edge is not None:
        return f"The weight {network.title(edge.source)} -> {network.title(edge.target)}"
    node = network.node_by_id.get(name.removesuffix(".bias"))
    return f"The bias of {network.title(node.id)}" if isinstance(node, Neuron) else name


def _plain(value: float) -> str:
    return f"{value:.3g}".replace("e+0", "e").replace("e+", "e").replace("e-0", "e-")
