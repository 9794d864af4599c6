"""When and why numbers are rounded: the sentence that is said once."""

from __future__ import annotations

from fractions import Fraction

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.exact_pass import is_hand_sized
from neurosim.engine.feature import is_calculated
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import Neuron
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import DENOMINATOR_LIMIT, Number

EPSILON = 2.0**-52
_LIMIT = f"denominators of 10^{len(str(DENOMINATOR_LIMIT)) - 1}"


def why_rounded(snapshot: Snapshot) -> str | None:
    """Why loss and gradient of *snapshot* are rounded, as a sentence; ``None`` while they are exact, or not there."""
    if snapshot.exact or snapshot.problem is not None:
        return None
    return _cause(snapshot) or f"The fractions have grown beyond {_LIMIT}: from here on numbers are rounded."


def _cause(snapshot: Snapshot) -> str | None:
    """Why fractions do not stay fractions here; ``None`` when they have only grown too long."""
    network, dataset = snapshot.network, snapshot.dataset
    if not is_hand_sized(network, dataset):
        return f"With {dataset.n_rows} rows this is more than a pencil can do: everything is calculated in float64."
    for node in network.nodes:
        if isinstance(node, Neuron) and not ACTIVATIONS[node.activation].is_exact:
            title = ACTIVATIONS[node.activation].title
            return (
                f"{title} takes fractions to irrational numbers, so what follows {network.title(node.id)} is rounded."
            )
    loss = LOSSES[snapshot.settings.loss]
    if not loss.is_exact:
        return f"{loss.title} takes fractions to irrational numbers, so the loss is rounded."
    used = {node.column for node in network.sources} | {output.target for output in network.outputs}
    for name, column in dataset.columns.items():
        if name in used and not column.exact:
            if is_calculated(name):
                title = network.column_title(name)
                return f"{title} is no fraction in every row, so what is calculated from it is rounded."
            return f"The column {name} holds rounded numbers, so what is calculated from it is rounded."
    rounded = [name for name, value in network.parameters.items() if not isinstance(value, Fraction)]
    if rounded:
        return (
            "Some parameters are rounded numbers, from steps in float64 or typed so: what follows from them is rounded."
        )
    return None


def is_rounding(value: Number, largest: Number, count: int) -> bool:
    """Whether a sum of *count* terms in float64, none larger than *largest*, can be nothing but what rounding leaves.

    Each addition may err by half a unit in the last place of what has been added up so far (Higham, Accuracy and
    Stability of Numerical Algorithms, section 4.2).
    """
    return isinstance(value, float) and 0 < abs(value) <= count * EPSILON * abs(float(largest))


def end_of_exactness(before: Snapshot, after: Snapshot, *, running: bool = False) -> str | None:
    """When and why exactness ended between two steps, as a sentence; ``None`` when it did not.

    *running* says that the steps between them are those of a run.
    """
    if not before.exact or after.exact or after.problem is not None:
        return None
    step = after.settings.step
    if step <= before.settings.step:
        return why_rounded(after)
    last = before.settings.step
    return f"Exact up to step {last}; from step {last + 1} on rounded. {_why_the_step(before, after, running)}"


def _why_the_step(before: Snapshot, after: Snapshot, running: bool) -> str:
    if running:
        return "A run calculates in float64, which is faster; single steps stay exact."
    if all(isinstance(value, Fraction) for value in after.network.parameters.values()):
        return _cause(after) or f"The fractions have grown beyond {_LIMIT}."
    settings = before.settings
    optimizer = OPTIMIZERS[settings.optimizer.name]
    if optimizer.exact_update is None:
        return f"{optimizer.title} takes square roots, which fractions do not have."
    if not isinstance(settings.learning_rate, Fraction):
        return "The learning rate is a rounded number."
    if after.settings.step > before.settings.step + 1:
        return "Many steps at once are taken in float64."
    return f"The fractions would have grown beyond {_LIMIT}."
