"""What an activation is: f and its derivative on float64 arrays, and on fractions where f is rational."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np

from neurosim.engine.dataset import FloatArray
from neurosim.records import dataclass

ValueFunction = Callable[[FloatArray, FloatArray], None]
DerivativeFunction = Callable[[FloatArray, FloatArray, FloatArray], None]
ExactFunction = Callable[[Fraction], Fraction]


@dataclass(frozen=True, slots=True)
class Activation:
    """a = f(z), elementwise.

    At a kink the derivative is the one that PyTorch takes: relu'(0) = 0, leaky_relu'(0) = 1/100, and
    hard_sigmoid'(-3) = hard_sigmoid'(3) = 0. The derivative of ``step`` and ``sign`` is 0 everywhere: it is never
    replaced by that of another function.

    The array functions take float64 arrays of one shape, whatever it is, and write into ``out``, which must not be one
    of the arguments. They are called within ``np.errstate(over="ignore")``, set once around many steps: an overflow
    inside them (of exp(-z), say) leads to the right limit, and for a finite z neither f(z) nor f'(z) is ever NaN.

    Attributes:
        name: as written in files.
        title: as shown to the user.
        help: one sentence on what it does and what it is for.
        formula: f in plain text.
        symbol: what stands for f in a formula, such as ``"σ"``.
        value: ``value(z, out)`` writes f(z).
        derivative: ``derivative(z, a, out)`` writes f'(z), given a = f(z).
        exact_value, exact_derivative: the same for one fraction; ``None`` when f takes fractions to irrationals.
        needs_z: whether ``derivative`` reads z; otherwise z need not be kept until the backward pass.
        kinks: the z at which f jumps or bends, in rising order.
        order: place in menus, lower first; plug-ins without one come last, by name.
    """

    name: str
    title: str
    help: str
    formula: str
    symbol: str
    value: ValueFunction
    derivative: DerivativeFunction
    exact_value: ExactFunction | None = None
    exact_derivative: ExactFunction | None = None
    needs_z: bool = True
    kinks: tuple[float, ...] = ()
    order: int = 1000

    @property
    def is_identity(self) -> bool:
        """Whether a = z, so that no call is needed at all."""
        return self.name == "identity"

    @property
    def is_exact(self) -> bool:
        """Whether f and f' of a fraction are fractions."""
        return self.exact_value is not None and self.exact_derivative is not None

    def backward(self, z: FloatArray, a: FloatArray, d_a: FloatArray, d_z: FloatArray) -> None:
        """Write d_z = d_a * f'(z); ``d_z`` must be none of the other arrays."""
        self.derivative(z, a, d_z)
        np.multiply(d_z, d_a, d_z)

    def curve(self, z: FloatArray) -> FloatArray:
        """f(z) as a new array, for drawing; may be called anywhere."""
        out = np.empty_like(z)
        with np.errstate(over="ignore", under="ignore"):
            self.value(z, out)
        return out

    def slope(self, z: FloatArray) -> FloatArray:
        """f'(z) as a new array, for drawing; may be called anywhere."""
        a, out = np.empty_like(z), np.empty_like(z)
        with np.errstate(over="ignore", under="ignore"):
            self.value(z, a)
            self.derivative(z, a, out)
        return out
