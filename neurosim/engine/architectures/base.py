"""What an architecture is: a network drawn from column names, a few widths and an activation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from neurosim.engine.dataset import Dataset
from neurosim.engine.network import Network
from neurosim.records import dataclass

Ask = Literal["widths", "activation", "start"]


@dataclass(frozen=True, slots=True)
class Task:
    """What the network is for: the columns that it reads, those that it shall meet, the activation of its outputs."""

    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    output_activation: str = "identity"


@dataclass(frozen=True, slots=True)
class Shape:
    """What may be chosen: how many neurons each hidden layer has, and their activation."""

    widths: tuple[int, ...] = ()
    activation: str = "tanh"


DrawFunction = Callable[[Task, Shape], Network]
RefusalFunction = Callable[[Task], str | None]


def never_refused(_task: Task) -> str | None:
    """For what can always be drawn."""
    return None


@dataclass(frozen=True, slots=True)
class Architecture:
    """A kind of network that is drawn at one press.

    Attributes:
        name: as it is stored and asked for.
        title: as shown to the user.
        help: one or two sentences on what it shows.
        draw: ``draw(task, shape)`` -> the network. Ids are made from layers and places, so that the same wishes draw
            the same network; every parameter is 0 unless ``start`` is not asked for.
        asks: what of the shape counts: ``"widths"`` of the hidden layers, their ``"activation"``, and whether the
            weights begin at random (``"start"``) rather than being part of the architecture.
        widths: how many neurons each hidden layer has at first.
        activation: the hidden neurons' activation at first.
        activations: the only activations to choose from; empty: any.
        refusal: ``refusal(task)`` -> why it cannot be drawn for these columns, as a sentence, or ``None``.
        own_data: the table that belongs to it where the data in hand hold nothing of the kind, or ``None``.
        fits: ``fits(dataset, task)`` -> whether the data in hand are of the kind that it needs.
        own_outputs: the activation of the outputs where it is part of the architecture, given that of the hidden
            neurons, or ``None``.
        order: place in lists, lower first.
    """

    name: str
    title: str
    help: str
    draw: DrawFunction
    asks: frozenset[Ask] = frozenset({"start"})
    widths: tuple[int, ...] = ()
    activation: str = "identity"
    activations: tuple[str, ...] = ()
    refusal: RefusalFunction = never_refused
    own_data: Callable[[], Dataset] | None = None
    fits: Callable[[Dataset, Task], bool] | None = None
    own_outputs: Callable[[str], str] | None = None
    order: int = 1000
