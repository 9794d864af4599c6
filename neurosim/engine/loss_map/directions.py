"""What points the way on a loss map: the gradient, the coming step, the bottom where it is known, the curvature."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from neurosim.engine.coming_step import ComingStep, coming_step
from neurosim.engine.compiled import structure
from neurosim.engine.curvature import Curvature, curvature_of, estimated_curvature
from neurosim.engine.dataset import Dataset
from neurosim.engine.loss_map.loss_map import LossMap
from neurosim.engine.network import Network, Neuron, bias_id
from neurosim.engine.quadratic import is_quadratic, quadratic_form
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number, is_exact
from neurosim.records import dataclass, replace

EXACT_PRODUCTS = 2_000
"""Up to this many products the bottom is worked out without rounding, as a snapshot is."""

Place = tuple[Number, Number]
"""The values of the map's two parameters."""


@dataclass(frozen=True)
class Minimum:
    """A place where the loss is least, and the loss there; fractions where everything is."""

    place: Place
    loss: Number

    @property
    def exact(self) -> bool:
        """Whether the place is known without rounding."""
        return all(map(is_exact, self.place))


@dataclass(frozen=True)
class Directions:
    """What points the way.

    Attributes:
        dot: where the parameters are.
        gradient: the derivatives of the loss by the two parameters, from all training rows; ``None`` with a problem. A
            parameter that no value depends on (muted, say) has 0.
        step_end: where the coming step leads, on the map, whatever the optimizer; ``None`` when none can be taken. The
            step starts at ``dot``; a parameter that training may not change stays where it is.
        step_problem: why no step can be taken, as a sentence.
        held: the parameters that the map holds though training may change them; empty: the map shows the whole loss.
        slice_minimum: where the loss on this map is least, all other parameters held, if that is known.
        minimum: where the loss of all that training may change is least, if that is known: on the map its two
            coordinates. With nothing in ``held`` it is the same as ``slice_minimum``.
        curvature: the second derivatives by the two parameters; see ``Curvature.estimate``.
    """

    dot: Place
    gradient: Place | None
    step_end: Place | None
    step_problem: str | None
    held: tuple[str, ...]
    slice_minimum: Minimum | None
    minimum: Minimum | None
    curvature: Curvature | None


class Guide:
    """Finds the directions again and again, as a user drags; what depends on the data alone is kept."""

    def __init__(self, loss_map: LossMap) -> None:
        """Speak of the places on *loss_map*, which follows the same instants."""
        self._map = loss_map
        self._bottoms_of: tuple[object, ...] = ()
        self._dataset: Dataset | None = None
        self._bottoms: tuple[Minimum | None, Minimum | None] = (None, None)

    def at(self, snapshot: Snapshot, *, curvature: bool = True) -> Directions | None:
        """The directions at the instant of *snapshot*; *curvature* may cost four passes over the rows.

        ``None`` when the network has lost one of the map's parameters.
        """
        x, y = self._map.grid.x, self._map.grid.y
        network = snapshot.network
        if x not in network.parameters or y not in network.parameters:
            return None
        dot = network.parameters[x], network.parameters[y]
        step = coming_step(snapshot)
        gradient = None
        if snapshot.problem is None:
            none: Number = Fraction(0)
            gradient = snapshot.gradient.get(x, none), snapshot.gradient.get(y, none)
        lowest, least = self._minima(snapshot)
        return Directions(
            dot=dot,
            gradient=gradient,
            step_end=None if step.problem is not None else _end(step, x, y, dot),
            step_problem=step.problem,
            held=tuple(
                name
                for name, free in network.trainable.items()
                if free and name in snapshot.gradient and name not in (x, y)
            ),
            slice_minimum=lowest,
            minimum=least,
            curvature=self._curvature(snapshot) if curvature and snapshot.problem is None else None,
        )

    def _minima(self, snapshot: Snapshot) -> tuple[Minimum | None, Minimum | None]:
        """The least loss of the slice, and that of all that may change."""
        network, dataset, settings = snapshot.network, snapshot.dataset, snapshot.settings
        if snapshot.problem is not None or settings.l1:
            return None, None
        quadratic = is_quadratic(network, settings)
        n_train = dataset.n_rows - len(set(dataset.test_rows))
        if not quadratic or n_train * (len(network.parameters) + 1) ** 2 > EXACT_PRODUCTS:
            return self._read(snapshot, quadratic=quadratic)
        key = self._key(snapshot)
        if key != self._bottoms_of or self._dataset is not dataset:
            held = _holding_all_but(network, (self._map.grid.x, self._map.grid.y))
            self._bottoms = self._solved(held, snapshot, whole=False), self._solved(network, snapshot, whole=True)
            self._bottoms_of, self._dataset = key, dataset
        return self._bottoms

    def _key(self, snapshot: Snapshot) -> tuple[object, ...]:
        """What the bottoms depend on besides the data: not on the two parameters, while they may change."""
        network, settings = snapshot.network, snapshot.settings
        free = {name for name in (self._map.grid.x, self._map.grid.y) if network.trainable[name]}
        values = tuple((name, value) for name, value in network.parameters.items() if name not in free)
        return settings.reduction, settings.l2, tuple(network.trainable.items()), values, structure(network)

    def _solved(self, network: Network, snapshot: Snapshot, *, whole: bool) -> Minimum | None:
        """From the normal equations, in fractions."""
        form = quadratic_form(network, snapshot.dataset, snapshot.settings)
        if form is None or form.optimum is None or form.minimum_loss is None:
            return None
        return self._minimum(snapshot, form.optimum, form.minimum_loss, whole=whole)

    def _read(self, snapshot: Snapshot, *, quadratic: bool) -> tuple[Minimum | None, Minimum | None]:
        """From the map."""
        network = snapshot.network
        axes = (self._map.grid.x, self._map.grid.y)
        lowest = self._map.bottom(axes)
        fed = {edge.id for edge in network.edges} | {bias_id(output.node) for output in network.outputs}
        free = [name for name, moves in network.trainable.items() if moves and name in fed]
        least = self._map.bottom(free) if quadratic and free else None
        return (
            None if lowest is None else self._minimum(snapshot, lowest.values, lowest.loss, whole=False),
            None if least is None else self._minimum(snapshot, least.values, least.loss, whole=True),
        )

    def _minimum(
        self, snapshot: Snapshot, values: Mapping[str, Number], loss: Number, *, whole: bool
    ) -> Minimum | None:
        """The place of a bottom; that of the *whole* loss keeps a parameter that training may not change."""
        x, y = self._map.grid.x, self._map.grid.y
        parameters = snapshot.network.parameters
        if not whole and not (x in values and y in values):
            return None
        return Minimum((values.get(x, parameters[x]), values.get(y, parameters[y])), loss)

    def _curvature(self, snapshot: Snapshot) -> Curvature | None:
        names = (self._map.grid.x, self._map.grid.y)
        hessian = self._map.bowl_hessian(names)
        if hessian is not None:
            return curvature_of(names, hessian, estimate=False)
        return estimated_curvature(snapshot.network, snapshot.dataset, snapshot.settings, names)


def _end(step: ComingStep, x: str, y: str, dot: Place) -> Place:
    return step.values.get(x, dot[0]), step.values.get(y, dot[1])


def _holding_all_but(network: Network, names: tuple[str, str]) -> Network:
    """The network in which training may change *names* alone."""
    return replace(
        network,
        nodes=tuple(
            replace(node, trainable=bias_id(node.id) in names) if isinstance(node, Neuron) else node
            for node in network.nodes
        ),
        edges=tuple(replace(edge, trainable=edge.id in names) for edge in network.edges),
    )
