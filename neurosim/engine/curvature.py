"""How the loss is curved: its second derivatives, and their eigenvalues, estimated where no formula gives them.

A derivative of the gradient along v is the central difference (g(w + h v) - g(w - h v)) / 2h, which gives a column of
the Hessian, or its product with any vector, for two passes over the rows (an exact way: B. Pearlmutter 1994, Neural
Computation 6, 147). The l1 penalty, a bend without curvature, is left out.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.engine.descent import FullBatch
from neurosim.engine.network import Network
from neurosim.engine.objective import Penalty, reduction_factor
from neurosim.engine.representation import represented
from neurosim.engine.settings import OptimizerSettings, TrainingSettings
from neurosim.engine.vectors import Parameters, TrainingData
from neurosim.records import dataclass, replace

STEP = 6e-6
"""About the cube root of a float64's precision, where the errors of the formula and of rounding balance."""

PRODUCTS = 24
"""Products of the Hessian with a vector, at most, for its largest eigenvalue."""

AT_LEAST = 4
"""Products before the search may end by itself."""

SETTLED = 1e-6
"""Relative change of the largest eigenvalue at which the search for it ends."""


@dataclass(frozen=True, eq=False)
class Curvature:
    """The second derivatives by some parameters.

    Attributes:
        names: the parameters.
        hessian: (n, n), symmetric, read-only.
        eigenvalues: rising, (n,).
        directions: the unit vector of each eigenvalue, as columns (n, n).
        estimate: whether it comes from differences of gradients (and holds at the present parameters alone).
    """

    names: tuple[str, ...]
    hessian: FloatArray
    eigenvalues: FloatArray
    directions: FloatArray
    estimate: bool

    @property
    def condition(self) -> float | None:
        """How many times longer than wide the valley is, squared: largest by least eigenvalue; ``None``: no valley."""
        least, largest = float(self.eigenvalues[0]), float(self.eigenvalues[-1])
        # below rounding the least eigenvalue is 0
        return largest / least if least > largest * 1e-14 and largest > 0.0 else None


def curvature_of(names: Sequence[str], hessian: FloatArray, *, estimate: bool) -> Curvature | None:
    """The curvature with a given *hessian* by *names*; ``None`` where that is not finite."""
    if not np.isfinite(hessian).all():
        return None
    symmetric = (hessian + hessian.T) / 2.0
    eigenvalues, directions = np.linalg.eigh(symmetric)
    for array in (symmetric, eigenvalues, directions):
        array.setflags(write=False)
    return Curvature(tuple(names), symmetric, eigenvalues, directions, estimate)


class Slopes:
    """The gradient of the loss that is shown, without l1, at any values of the parameters that can be computed with."""

    def __init__(self, network: Network, dataset: Dataset, settings: TrainingSettings) -> None:
        """Lay the rows out; there is no problem (``find_problems``) that blocks the loss."""
        smooth = replace(settings, l1=0.0, optimizer=OptimizerSettings(), optimizer_state=None)
        with np.errstate(all="ignore"):
            data = TrainingData(network, represented(network, dataset), smooth)
            self._parameters = Parameters(network, data.compiled, smooth)
            self._descent = FullBatch(data, self._parameters, smooth)
        self._factor = float(reduction_factor(smooth.reduction, data.n)) * data.loss.gradient_factor
        self._penalty = Penalty(data.compiled, smooth)
        self._compiled = data.compiled
        self.here: FloatArray = self._parameters.theta.copy()
        """The present values: a vector (size,), as all that ``at`` takes and gives."""

    def unit(self, name: str) -> FloatArray:
        """The direction of one parameter; 0 for one that no value depends on."""
        found = np.zeros_like(self.here)
        if name in self._compiled.position:
            found[self._compiled.position[name]] = 1.0
        return found

    def free(self, network: Network) -> FloatArray:
        """1 for the parameters that training may change, else 0."""
        return self._compiled.mask(name for name, free in network.trainable.items() if free).astype(np.float64)

    def at(self, values: FloatArray) -> FloatArray:
        """The gradient at *values*, as a new vector; not finite where it overflows."""
        np.copyto(self._parameters.theta, values)
        with np.errstate(all="ignore"):
            self._descent.refresh()
            found = np.where(self._compiled.real, self._parameters.gradient * self._factor, 0.0)
            self._penalty.add_gradient(values, found)
        return found

    def along(self, direction: FloatArray) -> FloatArray:
        """The derivative of the gradient along *direction*: the product of the Hessian with it."""
        length = float(np.sqrt(direction @ direction))
        if length == 0.0:
            return np.zeros_like(direction)
        # so that the largest change is STEP of its parameter's size
        weight = float(np.max(np.abs(direction) / np.maximum(1.0, np.abs(self.here))))
        h = STEP / weight
        return (self.at(self.here + h * direction) - self.at(self.here - h * direction)) / (2.0 * h)


def estimated_curvature(
    network: Network, dataset: Dataset, settings: TrainingSettings, names: Sequence[str]
) -> Curvature | None:
    """The curvature by *names* at the present parameters, by central differences; ``None`` where it overflows."""
    slopes = Slopes(network, dataset, settings)
    units = [slopes.unit(name) for name in names]
    columns = [slopes.along(unit) for unit in units]
    hessian = np.array([[unit @ column for column in columns] for unit in units])
    return curvature_of(names, hessian, estimate=True)


def largest_eigenvalue(network: Network, dataset: Dataset, settings: TrainingSettings) -> float | None:
    """The largest eigenvalue of the Hessian by the trainable parameters, estimated; ``None`` where it overflows.

    Products of the Hessian with a vector, again and again, turn the vector towards the steepest curve; Lanczos's way
    uses all of them at once (Golub and Van Loan, Matrix Computations, chapter 10), so that it needs few, and finds the
    largest rather than the one of largest size. With few parameters it is as good as the whole Hessian.
    """
    slopes = Slopes(network, dataset, settings)
    mask = slopes.free(network)
    size = int(mask.sum())
    if not size:
        return 0.0
    vector = np.random.default_rng(0).normal(size=len(mask)) * mask
    basis = [vector / np.sqrt(vector @ vector)]
    products: list[FloatArray] = []
    best = -np.inf
    for _ in range(min(size, PRODUCTS)):
        product = slopes.along(basis[-1]) * mask
        if not np.isfinite(product).all():
            return None
        products.append(product)
        inside = np.array([[a @ b for b in products] for a in basis])
        largest = float(np.linalg.eigvalsh((inside + inside.T) / 2.0)[-1])
        settled = len(products) >= AT_LEAST and abs(largest - best) <= SETTLED * abs(largest)
        best = largest
        following = product.copy()
        for _ in range(2):  # once more, for what rounding left
            for other in basis:
                following -= (other @ following) * other
        length = float(np.sqrt(following @ following))
        if settled or length <= 1e-8 * float(np.sqrt(product @ product)):
            break
        basis.append(following / length)
    return best
