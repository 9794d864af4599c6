"""Edits of where the training stands: take a step over, rewind, start somewhere else, start all over."""

from __future__ import annotations

from dataclasses import replace

from neurosim.document.edits.common import EditError
from neurosim.document.state import DocumentState
from neurosim.engine.network import Network
from neurosim.engine.settings import TrainingSettings


def apply_step(state: DocumentState, network: Network, training: TrainingSettings) -> DocumentState:
    """Take over what one or more training steps made of *state*: parameters, optimizer state and step count."""
    if training.start is None and training.step > 0:
        training = replace(training, start=state.network.parameters)
    return replace(state, network=network, training=training)


def at_start(training: TrainingSettings) -> TrainingSettings:
    """*training* at step 0: nothing taken, nothing remembered, nothing counted."""
    return replace(training, step=0, optimizer_state=None, start=None, method_state=None)


def rewind(state: DocumentState) -> DocumentState:
    """Go back to step 0 with the same start: parameters and optimizer state; the data stay as they are."""
    training = state.training
    network = state.network if training.start is None else state.network.with_parameters(training.start)
    return replace(state, network=network, training=at_start(training))


def new_random_start(state: DocumentState, initializer: str = "uniform") -> DocumentState:
    """Go to step 0 with another random start: the next seed, and weights and biases drawn from it.

    Frozen parameters and the data stay as they are.
    """
    from neurosim.engine.initializers import INITIALIZERS

    if initializer not in INITIALIZERS:
        raise EditError(f"There is no way {initializer!r} to start; there are: {', '.join(INITIALIZERS)}.")
    seed = state.training.seed + 1
    values = INITIALIZERS[initializer].parameters(state.network, seed)
    free = {name: value for name, value in values.items() if state.network.trainable.get(name, False)}
    training = replace(at_start(state.training), seed=seed)
    return replace(state, network=state.network.with_parameters(free), training=training)


def replace_all(_state: DocumentState, new: DocumentState) -> DocumentState:
    """Take *new* instead of everything (Reset all, restore)."""
    return new
