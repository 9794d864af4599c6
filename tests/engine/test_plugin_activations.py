"""Every activation that is found: its derivative, its extremes, its fractions, and PyTorch's values."""

import json
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from neurosim.engine.activations import ACTIVATIONS, Activation
from neurosim.engine.activations._normal import erfc

TORCH = json.loads((Path(__file__).parent / "data" / "torch_activations.json").read_text(encoding="utf-8"))

every = pytest.mark.parametrize("activation", ACTIVATIONS.values(), ids=list(ACTIVATIONS))
exact = pytest.mark.parametrize("name", [name for name, found in ACTIVATIONS.items() if found.is_exact])


def test_all_that_were_promised_are_there():
    promised = "identity sigmoid tanh relu leaky_relu elu softplus silu gelu sine gaussian step sign hard_sigmoid"
    assert set(promised.split()) <= set(ACTIVATIONS)


@every
def test_is_described(activation: Activation):
    assert activation.title
    assert activation.symbol
    assert activation.help.endswith(".")
    assert activation.formula.startswith("f(z) = ")
    assert list(activation.kinks) == sorted(activation.kinks)
    assert (activation.exact_value is None) == (activation.exact_derivative is None)


@every
def test_derivative_is_the_central_difference(activation: Activation):
    z = np.linspace(-20.0, 20.0, 1601) + 0.0031
    h = 6e-6 * np.maximum(1.0, np.abs(z))
    for kink in activation.kinks:
        assert np.all(np.abs(z - kink) > h), "the grid must keep off the kinks"
    difference = (activation.curve(z + h) - activation.curve(z - h)) / ((z + h) - (z - h))
    scale = np.maximum(1.0, np.abs(activation.curve(z)))
    assert np.all(np.abs(activation.slope(z) - difference) <= 5e-9 * scale)


@every
def test_finite_at_the_extremes_and_without_warnings(activation: Activation):
    top = np.finfo(np.float64).max
    z = np.array([-top, -1e308, -1e154, -1000.0, -746.0, -709.9, 0.0, 709.9, 746.0, 1000.0, 1e154, 1e308, top])
    assert np.all(np.isfinite(activation.curve(z)))
    assert np.all(np.isfinite(activation.slope(z)))


@every
def test_backward_multiplies_by_the_derivative_and_leaves_its_arguments_alone(activation: Activation):
    z = np.array([[-2.0, -0.3, 0.4], [0.0, 1.5, 3.0]])
    a, d_a = activation.curve(z), np.array([[1.0, -2.0, 0.5], [3.0, 0.0, -1.0]])
    before = z.copy(), a.copy(), d_a.copy()
    d_z = np.full_like(z, 99.0)
    with np.errstate(over="ignore"):
        activation.backward(z, a, d_a, d_z)
    assert np.array_equal(d_z, d_a * activation.slope(z))
    for now, then in zip((z, a, d_a), before, strict=True):
        assert np.array_equal(now, then)


@every
def test_rows_of_a_buffer_are_written_in_place(activation: Activation):
    buffer = np.full((3, 5), 7.0)
    z = np.linspace(-2.0, 2.0, 10).reshape(5, 2).T[:1]
    activation.value(z, buffer[1:2])
    assert np.array_equal(buffer[1:2], activation.curve(z))
    assert np.all(buffer[[0, 2]] == 7.0)


@every
def test_jumps_and_bends_only_at_its_kinks(activation: Activation):
    z = np.linspace(-8.0, 8.0, 16001)
    bends = np.abs(np.diff(activation.slope(z))) > 0.005
    jumps = np.abs(np.diff(activation.curve(z))) > 0.01
    places = z[:-1][bends | jumps]
    assert all(min((abs(place - kink) for kink in activation.kinks), default=9.0) < 0.0025 for place in places)


@pytest.mark.parametrize("name", sorted(TORCH.keys() - {"z"}))
def test_equals_pytorch(name: str):
    activation = ACTIVATIONS[name]
    z = np.array(TORCH["z"])
    expected = TORCH[name]
    np.testing.assert_allclose(activation.curve(z), expected["a"], rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(activation.slope(z), expected["slope"], rtol=1e-13, atol=1e-15)


def test_pytorch_was_asked_for_every_function_of_ours():
    ours = {name for name, found in ACTIVATIONS.items() if found.value.__module__.startswith("neurosim.")}
    assert ours <= set(TORCH)


@exact
def test_fractions_agree_with_floats(name: str):
    activation = ACTIVATIONS[name]
    assert activation.exact_value is not None
    assert activation.exact_derivative is not None
    for z in [Fraction(n, 4) for n in range(-20, 21)] + [Fraction(-136, 3), Fraction(1, 3)]:
        value, slope = activation.exact_value(z), activation.exact_derivative(z)
        assert type(value) is type(slope) is Fraction
        point = np.array([float(z)])
        assert math.isclose(float(value), activation.curve(point)[0], rel_tol=1e-15, abs_tol=1e-16)
        assert math.isclose(float(slope), activation.slope(point)[0], rel_tol=1e-15)


def test_what_is_rational_is_exact():
    for name in ("identity", "relu", "leaky_relu", "step", "step_both", "sign", "hard_sigmoid"):
        assert ACTIVATIONS[name].is_exact
    for name in ("sigmoid", "tanh", "elu", "softplus", "silu", "gelu", "sine", "gaussian"):
        assert not ACTIVATIONS[name].is_exact


def test_fractions_by_hand():
    third = Fraction(1, 3)
    values = {name: found.exact_value for name, found in ACTIVATIONS.items()}
    assert values["leaky_relu"](-third) == Fraction(-1, 300)
    assert values["hard_sigmoid"](third) == Fraction(5, 9)
    assert values["relu"](-third) == 0
    assert values["step"](Fraction(0)) == 1
    assert values["step_both"](Fraction(0)) == 1
    assert values["step_both"](-third) == -1
    assert values["sign"](Fraction(0)) == 0


@pytest.mark.parametrize(
    ("name", "z", "value", "slope"),
    [
        # Relative accuracy where the definition as written would give 0 or 1; by series: sigma(-40) = e^-40 (1 - e^-40)
        ("sigmoid", -40.0, 4.248354255291589e-18, 4.248354255291589e-18),
        ("softplus", -40.0, 4.248354255291589e-18, 4.248354255291589e-18),
        ("softplus", 40.0, 40.0, 1.0),
        ("silu", -40.0, -40 * 4.248354255291589e-18, 4.248354255291589e-18 * -39),
        ("elu", -1e-12, -1e-12 + 0.5e-24, 1.0 - 1e-12),
        # Abramowitz and Stegun, table 26.1: P(-10) = 7.61985302416e-24, p(10) = 7.6945986267e-23
        ("gelu", -10.0, -7.61985302416e-23, 7.61985302416e-24 - 76.945986267e-23),
        ("gaussian", 3.0, 1.2340980408667956e-4, -6 * 1.2340980408667956e-4),
    ],
)
def test_tails_keep_their_digits(name: str, z: float, value: float, slope: float):
    point = np.array([z])
    assert math.isclose(ACTIVATIONS[name].curve(point)[0], value, rel_tol=1e-10)
    assert math.isclose(ACTIVATIONS[name].slope(point)[0], slope, rel_tol=1e-10)


@pytest.mark.parametrize("name", ["step", "step_both", "sign"])
def test_the_slope_of_a_jump_is_never_invented(name: str):
    assert not ACTIVATIONS[name].slope(np.linspace(-3, 3, 25)).any()


def test_erfc_agrees_with_the_c_library():
    x = np.concatenate([np.linspace(-7.0, 26.0, 20001), [0.46875, -0.46875, 4.0, -4.0, 0.0, 27.9, 1e308, -1e308]])
    ours = erfc(x)
    theirs = np.array([math.erfc(value) for value in x])
    normal = theirs > 1e-290
    assert np.max(np.abs(ours - theirs)[normal] / theirs[normal]) < 1e-15
    assert np.max(np.abs(ours - theirs)) < 1e-15
