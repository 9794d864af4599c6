"""Product: two or more columns multiplied, so that what one does can depend on the other."""

from __future__ import annotations

from collections.abc import Sequence

from neurosim.engine.dataset import FloatArray
from neurosim.engine.exact_vector import ExactVector
from neurosim.engine.transforms.base import Constants, Transform, Values


def _apply(sources: Sequence[FloatArray], _constants: Constants, _settings: Values) -> FloatArray:
    found = sources[0].copy()
    for factor in sources[1:]:
        found *= factor
    return found


def _apply_exact(sources: Sequence[ExactVector], _constants: Constants, _settings: Values) -> ExactVector | None:
    found = sources[0]
    for factor in sources[1:]:
        found = found.times(factor)
    return found


PLUGIN = Transform(
    name="product",
    title="Product",
    help="Multiply columns with one another: with x₁·x₂ a single neuron tells the corners of XOR apart.",
    formula="x1 * x2",
    symbol=lambda titles, _settings: "·".join(titles),
    apply=_apply,
    apply_exact=_apply_exact,
    sources=(2, 4),
    order=4,
)
