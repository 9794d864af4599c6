"""The inverse of a representation: the coefficients of a neuron in the units of the data themselves.

A neuron that reads x' = s x + t (standardised: s = 1/sd, t = -mean/sd) with the weight w says
w x' + b = (w s) x + (b + w t), so that the weight by the raw column is w s, and b + w t goes into the constant. Where
the target was put into other units too, y' = p y + q, the prediction is put back: y = (y' - q) / p.
"""

from __future__ import annotations

from fractions import Fraction

from neurosim.engine.dataset import Dataset
from neurosim.engine.feature import Feature
from neurosim.engine.network import Network, Neuron
from neurosim.engine.representation import constants_of
from neurosim.engine.transforms import TRANSFORMS
from neurosim.engine.transforms.base import Affine, Chosen
from neurosim.numbers.exact import Number, within_limit
from neurosim.records import dataclass

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class RawForm:
    """z of a neuron, or for a linear output its prediction, as a sum over raw quantities.

    Attributes:
        coefficients: by the id of an input, or of a feature that is no straight line in anything; in drawing order.
        constant: what is added to them.
        of_target: whether the target's units were put back as well.
    """

    coefficients: dict[str, Number]
    constant: Number
    of_target: bool


def raw_form(network: Network, dataset: Dataset, node: str) -> RawForm | None:
    """The neuron *node* in raw units; *dataset* is represented.

    ``None`` when nothing would differ from what is drawn (no straight transform before it, nor at its target), or when
    it reads other neurons.
    """
    neuron = network.node_by_id.get(node)
    if not isinstance(neuron, Neuron) or not network.recipe:
        return None
    found: dict[str, Number] = {}
    constant: Number = neuron.bias if neuron.bias is not None and not neuron.muted else ZERO
    differs = False
    for edge in network.incoming[node]:
        if edge.muted:
            continue
        if isinstance(network.node_by_id[edge.source], Neuron):
            return None
        base, (scale, shift) = _straightened(network, dataset, edge.source)
        differs = differs or base != edge.source
        found[base] = _plus(found.get(base, ZERO), _times(edge.weight, scale))
        constant = _plus(constant, _times(edge.weight, shift))
    output = network.output_of(node)
    put_back = None
    if output is not None and output.transform is not None and neuron.activation == "identity":
        put_back = _affine(dataset, output.target or "", output.transform, output.settings)
    if put_back is not None:
        scale, shift = put_back
        found = {name: _over(value, scale) for name, value in found.items()}
        constant = _over(_plus(constant, _times(ZERO - ONE, shift)), scale)
    if not differs and put_back is None:
        return None
    rank = {source.id: i for i, source in enumerate(network.sources)}
    ordered = {name: found[name] for name in sorted(found, key=rank.__getitem__)}
    return RawForm(ordered, constant, put_back is not None)


def _straightened(network: Network, dataset: Dataset, source: str) -> tuple[str, Affine]:
    """What *source* is a straight line in, back to an input or a feature that is none, and scale and shift."""
    scale: Number = ONE
    shift: Number = ZERO
    node = network.node_by_id[source]
    while isinstance(node, Feature) and len(node.sources) == 1:
        affine = _affine(dataset, node.column, node.transform, node.settings)
        if affine is None:
            break
        # scale (s x + t) + shift
        shift = _plus(_times(scale, affine[1]), shift)
        scale = _times(scale, affine[0])
        node = network.node_by_id[node.sources[0]]
    return node.id, (scale, shift)


def _affine(dataset: Dataset, column: str, transform: str, settings: Chosen) -> Affine | None:
    found, constants = TRANSFORMS.get(transform), constants_of(dataset).get(column)
    if found is None or found.affine is None or constants is None:
        return None
    return found.affine(constants, found.complete(settings))


def _kept(value: Number) -> Number:
    """A fraction while it can be read, else rounded."""
    return value if not isinstance(value, Fraction) or within_limit([value]) else float(value)


def _plus(a: Number, b: Number) -> Number:
    return _kept(a + b)


def _times(a: Number, b: Number) -> Number:
    return ZERO if 0 in (a, b) else _kept(a * b)


def _over(a: Number, b: Number) -> Number:
    return ZERO if a == 0 else _kept(a / b)
