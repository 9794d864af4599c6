"""Activations and losses as a reader of Python would write them; tests hold each to the engine's own.

An activation is two functions: its value, and its slope at z (with a, its value there). A loss of one output is two as
well: its value, and its derivative by the output a, or by z where loss and activation are taken together.
"""

from __future__ import annotations

from neurosim.records import dataclass

_SIGMOID = """def sigmoid(z):
    if z < 0:  # the same number, written so that no power overflows
        return exp(z) / (1 + exp(z))
    return 1 / (1 + exp(-z))
"""


@dataclass(frozen=True, slots=True)
class Source:
    """Functions in plain Python.

    Attributes:
        value, slope: the names of the two functions.
        code: both, and what they need.
        imports: the names that they take from ``math``.
    """

    value: str
    slope: str
    code: str
    imports: tuple[str, ...] = ()


ACTIVATIONS = {
    "identity": Source(
        "linear", "linear_slope", "def linear(z):\n    return z\n\n\ndef linear_slope(z, a):\n    return 1\n"
    ),
    "sigmoid": Source(
        "sigmoid", "sigmoid_slope", f"{_SIGMOID}\n\ndef sigmoid_slope(z, a):\n    return a * (1 - a)\n", ("exp",)
    ),
    "tanh": Source("tanh", "tanh_slope", "def tanh_slope(z, a):\n    return 1 - a * a\n", ("tanh",)),
    "relu": Source(
        "relu",
        "relu_slope",
        "def relu(z):\n    return max(z, 0)\n\n\ndef relu_slope(z, a):\n    return 1 if z > 0 else 0\n",
    ),
    "leaky_relu": Source(
        "leaky_relu",
        "leaky_relu_slope",
        "def leaky_relu(z):\n    return z if z > 0 else z / 100\n\n\n"
        "def leaky_relu_slope(z, a):\n    return 1 if z > 0 else F(1, 100)\n",
    ),
    "elu": Source(
        "elu",
        "elu_slope",
        "def elu(z):\n    return z if z > 0 else expm1(z)\n\n\n"
        "def elu_slope(z, a):\n    return 1 if z > 0 else exp(z)\n",
        ("exp", "expm1"),
    ),
    "softplus": Source(
        "softplus",
        "sigmoid_of",
        "def softplus(z):\n    return max(z, 0) + log1p(exp(-abs(z)))\n\n\n"
        f"{_SIGMOID}\n\ndef sigmoid_of(z, a):\n    return sigmoid(z)\n",
        ("exp", "log1p"),
    ),
    "gaussian": Source(
        "gaussian",
        "gaussian_slope",
        "def gaussian(z):\n    return exp(-z * z)\n\n\ndef gaussian_slope(z, a):\n    return -2 * z * a\n",
        ("exp",),
    ),
    "gelu": Source(
        "gelu",
        "gelu_slope",
        "def below(z):\n    return erfc(-z / sqrt(2)) / 2  # the standard normal distribution\n\n\n"
        "def gelu(z):\n    return z * below(z)\n\n\n"
        "def gelu_slope(z, a):\n    return below(z) + z * exp(-z * z / 2) / sqrt(2 * pi)\n",
        ("erfc", "exp", "pi", "sqrt"),
    ),
    "silu": Source(
        "silu",
        "silu_slope",
        f"{_SIGMOID}\n\ndef silu(z):\n    return z * sigmoid(z)\n\n\n"
        "def silu_slope(z, a):\n    return sigmoid(z) * (1 + z * (1 - sigmoid(z)))\n",
        ("exp",),
    ),
    "sine": Source("sin", "sin_slope", "def sin_slope(z, a):\n    return cos(z)\n", ("cos", "sin")),
    "hard_sigmoid": Source(
        "hard_sigmoid",
        "hard_sigmoid_slope",
        "def hard_sigmoid(z):\n    return min(max(z / 6 + F(1, 2), 0), 1)\n\n\n"
        "def hard_sigmoid_slope(z, a):\n    return F(1, 6) if -3 < z < 3 else 0\n",
    ),
    "sign": Source(
        "sign", "no_slope", "def sign(z):\n    return (z > 0) - (z < 0)\n\n\ndef no_slope(z, a):\n    return 0\n"
    ),
    "step": Source(
        "step_up",
        "step_slope",
        "def step_up(z):\n    return 1 if z >= 0 else 0\n\n\ndef step_slope(z, a):\n    return 0\n",
    ),
    "step_both": Source(
        "step_both",
        "step_both_slope",
        "def step_both(z):\n    return 1 if z >= 0 else -1\n\n\ndef step_both_slope(z, a):\n    return 0\n",
    ),
}
"""By the name of the plug-in."""

LOSSES = {
    "squared_error": Source(
        "squared_error",
        "squared_error_slope",
        "def squared_error(z, a, y):\n    return (a - y) ** 2\n\n\n"
        "def squared_error_slope(z, a, y):\n    return 2 * (a - y)\n",
    ),
    "absolute_error": Source(
        "absolute_error",
        "absolute_error_slope",
        "def absolute_error(z, a, y):\n    return abs(a - y)\n\n\n"
        "def absolute_error_slope(z, a, y):\n    return (a > y) - (a < y)\n",
    ),
    "huber": Source(
        "huber",
        "huber_slope",
        "def huber(z, a, y):\n    r = abs(a - y)\n    return r * r / 2 if r <= 1 else r - F(1, 2)\n\n\n"
        "def huber_slope(z, a, y):\n    return min(max(a - y, -1), 1)\n",
    ),
    "hinge": Source(
        "hinge",
        "hinge_slope",
        "def hinge(z, a, y):\n    return max(0, 1 - y * a)\n\n\n"
        "def hinge_slope(z, a, y):\n    return -y if y * a < 1 else 0\n",
    ),
    "cross_entropy": Source(
        "cross_entropy",
        "cross_entropy_slope",
        "def cross_entropy(z, a, y):\n"
        "    # -y log(a) - (1 - y) log(1 - a) with a = sigmoid(z), written so that no logarithm meets 0\n"
        "    return max(z, 0) - y * z + log1p(exp(-abs(z)))\n\n\n"
        "def cross_entropy_slope(z, a, y):\n    return a - y  # by z: loss and sigmoid together\n",
        ("exp", "log1p"),
    ),
    "softmax_cross_entropy": Source(
        "softmax_cross_entropy",
        "softmax_cross_entropy_slopes",
        "def softmax(z):\n    top = max(z)  # the same numbers, written so that no power overflows\n"
        "    powers = [exp(one - top) for one in z]\n    return [power / sum(powers) for power in powers]\n\n\n"
        "def softmax_cross_entropy(z, y):\n    top = max(z)\n"
        "    others = sorted(exp(one - top) for one in z)[:-1]  # without the 1 of the greatest\n"
        "    return sum(t * (log1p(sum(others)) + (top - one)) for t, one in zip(y, z))\n\n\n"
        "def softmax_cross_entropy_slopes(z, y):\n    return [p * sum(y) - t for p, t in zip(softmax(z), y)]  # by z\n",
        ("exp", "log1p"),
    ),
}
"""By the name of the plug-in. Softmax takes all outputs together, the others one by one."""
