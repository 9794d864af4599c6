"""Whether a network can be trained, and at which learning rate it will not diverge."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.network import Network
from neurosim.engine.quadratic import quadratic_form
from neurosim.engine.readiness import training_problem
from neurosim.engine.snapshot import Snapshot


def reason_not_to_train(state: DocumentState, snapshot: Snapshot | None) -> str | None:
    """Why no step can be taken from *state*, as a sentence; ``None`` when one can.

    *snapshot* is the one of *state*, if there is one: what it could not compute needs not be looked for again.
    """
    if snapshot is not None and snapshot.problem is not None:
        return snapshot.problem
    problem = training_problem(state.network, state.dataset, state.training)
    return problem if problem is not None else nothing_to_learn(state.network)


def nothing_to_learn(network: Network) -> str | None:
    """Why *network* has no parameter that a step could change, as a sentence; ``None`` when it has one."""
    if not network.parameters:
        return QCoreApplication.translate(
            "TrainingSession", "There is no weight and no bias yet, so there is nothing to learn."
        )
    if not any(network.trainable.values()):
        return QCoreApplication.translate(
            "TrainingSession", "Every weight and bias is frozen or muted, so there is nothing to learn."
        )
    return None


def smaller_rate(state: DocumentState) -> Fraction:
    """A round learning rate at which plain descent does not diverge where that is known, else half of the present."""
    rate = state.training.learning_rate
    form = quadratic_form(state.network, state.dataset, state.training)
    limit = form.largest_stable_learning_rate if form is not None else None
    if limit is not None and limit <= rate:
        return edits.round_rate_below(0.9 * float(limit))
    return rate / 2 if isinstance(rate, Fraction) else edits.round_rate_below(rate / 2)
