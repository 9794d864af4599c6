"""Every loss that is found: its gradient, its extremes, its fractions, what it refuses, and PyTorch's values."""

import itertools
import json
import math
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import FloatArray
from neurosim.engine.losses import LOSSES, Loss

TORCH = json.loads((Path(__file__).parent / "data" / "torch_losses.json").read_text(encoding="utf-8"))

# Two outputs and six rows of each kind of target that somebody may have
TARGETS = {
    "numbers": np.array([[-3.5, 0.25, 1.0, 8.0, -0.5, 2.0], [0.0, 4.0, -1.25, 2.0, 0.75, -6.0]]),
    "signs": np.array([[-1.0, 1.0, 1.0, -1.0, 1.0, -1.0], [1.0, -1.0, 1.0, -1.0, -1.0, 1.0]]),
    "classes": np.array([[0.0, 1.0, 1.0, 0.0, 1.0, 0.0], [1.0, 0.0, 0.0, 1.0, 0.0, 1.0]]),
    "shares": np.array([[0.25, 1.0, 0.5, 0.0, 0.9, 1 / 3], [0.75, 0.0, 0.5, 1.0, 0.1, 2 / 3]]),
    "one class": np.array([[1.0] * 6, [0.0] * 6]),
}
SUMS = np.array([[-2.3, 0.4, 1.7, -0.1, 3.1, 0.9], [0.6, -1.4, 2.2, 0.3, -0.7, 5.3]])


def pair(loss: Loss) -> str:
    return loss.pairs_with or "identity"


FITTING = [
    pytest.param(loss, targets, id=f"{loss.name}-{kind}")
    for loss in LOSSES.values()
    for kind, targets in TARGETS.items()
    if loss.refusal((pair(loss),) * 2, targets, ("o1", "o2")) is None
]
every = pytest.mark.parametrize("loss", LOSSES.values(), ids=list(LOSSES))
fitting = pytest.mark.parametrize(("loss", "targets"), FITTING)


def rows_of(loss: Loss, z: FloatArray, targets: FloatArray) -> FloatArray:
    """Each row's loss, summed over the outputs."""
    out = np.empty_like(z)
    with np.errstate(over="ignore", divide="ignore"):
        loss.row_loss(z, ACTIVATIONS[pair(loss)].curve(z), loss.prepare(targets), out)
        return out.sum(axis=0)


def gradient_of(loss: Loss, z: FloatArray, targets: FloatArray) -> FloatArray:
    out = np.empty_like(z)
    with np.errstate(over="ignore", divide="ignore"):
        loss.gradient(z, ACTIVATIONS[pair(loss)].curve(z), loss.prepare(targets), out)
        return out * loss.gradient_factor


def total_of(loss: Loss, z: FloatArray, targets: FloatArray) -> float:
    a, gradient, scratch = ACTIVATIONS[pair(loss)].curve(z), np.empty_like(z), np.empty_like(z)
    prepared = loss.prepare(targets)
    with np.errstate(over="ignore", divide="ignore"):
        loss.gradient(z, a, prepared, gradient)
        return loss.total(z, a, prepared, gradient, scratch)


def test_all_that_were_promised_are_there():
    promised = "squared_error absolute_error huber cross_entropy softmax_cross_entropy hinge"
    assert set(promised.split()) <= set(LOSSES)


@every
def test_is_described_and_fits_some_targets(loss: Loss):
    assert loss.title
    assert loss.formula
    assert loss.help.endswith(".")
    assert any(param.values[0] is loss for param in FITTING)
    assert loss.pairs_with is None or loss.pairs_with in ACTIVATIONS


@fitting
def test_gradient_is_the_central_difference(loss: Loss, targets: FloatArray):
    gradient = gradient_of(loss, SUMS, targets)
    for output, row in np.ndindex(SUMS.shape):
        h = 6e-6 * max(1.0, abs(SUMS[output, row]))
        above, below = SUMS.copy(), SUMS.copy()
        above[output, row] += h
        below[output, row] -= h
        difference = (rows_of(loss, above, targets) - rows_of(loss, below, targets))[row]
        difference /= above[output, row] - below[output, row]
        assert gradient[output, row] == pytest.approx(difference, rel=1e-8, abs=1e-8)


@fitting
def test_total_is_the_sum_of_the_rows(loss: Loss, targets: FloatArray):
    rows = rows_of(loss, SUMS, targets)
    assert total_of(loss, SUMS, targets) == pytest.approx(math.fsum(rows), rel=1e-12)
    assert np.all(rows >= 0.0)


@fitting
def test_a_batch_takes_columns_of_the_prepared_targets(loss: Loss, targets: FloatArray):
    z = SUMS[:, 2:5].copy()
    a, out = ACTIVATIONS[pair(loss)].curve(z), np.empty_like(z)
    prepared = tuple(part[:, 2:5] for part in loss.prepare(targets))
    loss.row_loss(z, a, prepared, out)
    assert np.array_equal(out.sum(axis=0), rows_of(loss, SUMS, targets)[2:5])


@fitting
def test_extremes_are_never_nan(loss: Loss, targets: FloatArray):
    for first, second in itertools.product([-1e308, -1e154, -1000.0, -40.0, 0.0, 40.0, 1000.0, 1e154, 1e308], repeat=2):
        z = np.full_like(targets, first)
        z[1] = second
        rows, gradient = rows_of(loss, z, targets), gradient_of(loss, z, targets)
        assert not np.isnan(rows).any()
        assert not np.isnan(gradient).any()
        assert not math.isnan(total_of(loss, z, targets))
        if max(abs(first), abs(second)) <= 1000.0:
            assert np.isfinite(rows).all()
            assert np.isfinite(gradient).all()
            assert total_of(loss, z, targets) == pytest.approx(math.fsum(rows), rel=1e-12)


FUSED = [param for param in FITTING if param.values[0].fused is not None]


@pytest.mark.parametrize(("loss", "targets"), FUSED)
@pytest.mark.parametrize("scale", [0.0, 1.0, 15.0, 300.0, 1e300])
def test_the_fused_way_gives_the_same(loss: Loss, targets: FloatArray, scale: float):
    assert loss.fused is not None
    z, out, scratch = SUMS * scale, np.empty_like(SUMS), np.empty_like(SUMS)
    with np.errstate(over="ignore", divide="ignore"):
        total = loss.fused(z, loss.prepare(targets), out, scratch)
    assert total == pytest.approx(math.fsum(rows_of(loss, z, targets)), rel=1e-12)
    np.testing.assert_allclose(out * loss.gradient_factor, gradient_of(loss, z, targets), rtol=1e-12, atol=1e-15)


def test_cross_entropy_has_a_fused_way():
    assert LOSSES["cross_entropy"].fused is not None


BOUND = [param for param in FITTING if param.values[0].bound is not None]


@pytest.mark.parametrize(("loss", "targets"), BOUND)
def test_the_bound_way_gives_the_same_bits_from_what_its_arrays_then_hold(loss: Loss, targets: FloatArray):
    assert loss.bound is not None
    prepared, a, out, scratch = loss.prepare(targets), np.zeros((2, 6)), np.empty((2, 6)), np.empty((2, 6))
    for flat in (False, True):
        arrays = (a, a, prepared, out, scratch)
        if flat:
            arrays = (a[0], a[0], tuple(part[0] for part in prepared), out[0], scratch[0])
        measure = loss.bound(*arrays)
        np.copyto(a, SUMS)
        total = measure()
        found = arrays[3].copy()
        loss.gradient(*arrays[:4])
        assert found.tobytes() == arrays[3].tobytes()
        assert total == loss.total(*arrays)
        a.fill(0.0)


def test_squared_error_has_a_bound_way():
    assert LOSSES["squared_error"].bound is not None


@every
def test_one_row_and_no_row(loss: Loss):
    targets = next(param.values[1] for param in FITTING if param.values[0] is loss)
    assert math.isfinite(total_of(loss, SUMS[:, :1], targets[:, :1]))
    assert total_of(loss, SUMS[:, :0], targets[:, :0]) == 0.0
    assert gradient_of(loss, SUMS[:, :0], targets[:, :0]).shape == (2, 0)


@pytest.mark.parametrize("name", [name for name, found in LOSSES.items() if not found.joint])
def test_a_single_output_may_be_flat(name: str):
    loss = LOSSES[name]
    targets = next(param.values[1] for param in FITTING if param.values[0] is loss)
    assert total_of(loss, SUMS[0], targets[0]) == pytest.approx(total_of(loss, SUMS[:1], targets[:1]), rel=1e-15)
    assert np.array_equal(gradient_of(loss, SUMS[0], targets[0]), gradient_of(loss, SUMS[:1], targets[:1])[0])


@pytest.mark.parametrize("case", TORCH, ids=[f"{case['loss']}-{i}" for i, case in enumerate(TORCH)])
def test_equals_pytorch(case: dict):
    loss, z, targets = LOSSES[case["loss"]], np.array(case["outputs"]), np.array(case["targets"])
    np.testing.assert_allclose(rows_of(loss, z, targets), case["rows"], rtol=1e-13, atol=1e-15)
    np.testing.assert_allclose(gradient_of(loss, z, targets), case["gradient"], rtol=1e-13, atol=1e-15)


def test_pytorch_was_asked_for_every_loss_of_ours():
    ours = {name for name, found in LOSSES.items() if found.row_loss.__module__.startswith("neurosim.")}
    assert ours <= {case["loss"] for case in TORCH}


@pytest.mark.parametrize("name", [name for name, found in LOSSES.items() if found.is_exact])
def test_fractions_agree_with_floats(name: str):
    loss = LOSSES[name]
    targets = next(param.values[1] for param in FITTING if param.values[0] is loss)
    for a, y in itertools.product([Fraction(n, 4) for n in range(-9, 10)], sorted({*targets.flat})):
        target = Fraction(y)
        value, slope = loss.exact_loss(a, target), loss.exact_gradient(a, target)
        assert isinstance(value, Fraction)
        assert isinstance(slope, Fraction)
        assert float(value) == total_of(loss, np.array([[float(a)]]), np.array([[y]]))
        assert float(slope) == gradient_of(loss, np.array([[float(a)]]), np.array([[y]]))[0, 0]


def test_fractions_by_hand():
    half, third = Fraction(1, 2), Fraction(1, 3)
    assert LOSSES["squared_error"].exact_loss(third, half) == Fraction(1, 36)
    assert LOSSES["squared_error"].exact_gradient(third, half) == -third
    assert LOSSES["absolute_error"].exact_loss(third, half) == Fraction(1, 6)
    assert LOSSES["absolute_error"].exact_gradient(half, half) == 0
    assert LOSSES["huber"].exact_loss(Fraction(5, 2), third) == Fraction(5, 3)
    assert LOSSES["huber"].exact_loss(half, third) == Fraction(1, 72)
    assert LOSSES["hinge"].exact_loss(third, Fraction(-1)) == Fraction(4, 3)
    assert LOSSES["hinge"].exact_gradient(Fraction(1), Fraction(1)) == 0


@pytest.mark.parametrize(
    ("z", "y", "loss", "slope"),
    [
        (0.0, 1.0, math.log(2.0), -0.5),
        (1000.0, 0.0, 1000.0, 1.0),
        (-1000.0, 1.0, 1000.0, -1.0),
        (1000.0, 1.0, 0.0, 0.0),
        (-40.0, 0.0, 4.248354255291589e-18, 4.248354255291589e-18),  # log(1 + e^-40) = e^-40 to 18 digits
        (40.0, 1.0, 4.248354255291589e-18, 0.0),
        (20.0, 1.0, 2.0611536203143808e-09, -2.0611536181902037e-09),  # mpmath, 50 digits
        (36.0, 1.0, 2.3195228302435691e-16, -2.3195228302435691e-16),
        (1e308, 0.0, 1e308, 1.0),
        (2.0, 0.5, math.log1p(math.exp(-2.0)) + 1.0, 1 / (1 + math.exp(-2.0)) - 0.5),
    ],
)
def test_cross_entropy_from_the_logit_needs_no_clamp(z: float, y: float, loss: float, slope: float):
    found, logit, target = LOSSES["cross_entropy"], np.array([[z]]), np.array([[y]])
    assert rows_of(found, logit, target)[0] == pytest.approx(loss, rel=1e-15, abs=0)
    assert total_of(found, logit, target) == pytest.approx(loss, rel=1e-15, abs=0)
    assert gradient_of(found, logit, target)[0, 0] == pytest.approx(slope, rel=1e-15, abs=1e-16)


def test_softmax_by_hand():
    # p = e^0 : e^log 2 : e^log 5 = 1/8, 2/8, 5/8
    z = np.log(np.array([[1.0], [2.0], [5.0]]))
    y = np.array([[0.0], [1.0], [0.0]])
    assert rows_of(LOSSES["softmax_cross_entropy"], z, y) == pytest.approx([math.log(4.0)], rel=1e-15)
    gradient = gradient_of(LOSSES["softmax_cross_entropy"], z, y)
    assert gradient[:, 0] == pytest.approx([1 / 8, -3 / 4, 5 / 8], rel=1e-15)


@pytest.mark.parametrize(
    ("z", "loss"),
    [
        # log(1 + e^-20 + e^-21), log(1 + 2 e^-36), log(1 + e^-7 + e^-8): mpmath, 50 digits
        ([20.0, 0.0, -1.0], 2.819409661255213e-09),
        ([36.0, 0.0, 0.0], 4.6390456604871377e-16),
        ([0.0, -7.0, -8.0], 0.0012465673054864380),
        ([0.0, 1e4, 3.0], 1e4),
    ],
)
def test_a_small_softmax_loss_keeps_its_digits(z: list[float], loss: float):
    y = np.array([[1.0], [0.0], [0.0]])
    found = LOSSES["softmax_cross_entropy"]
    assert rows_of(found, np.array([z]).T, y)[0] == pytest.approx(loss, rel=2e-15, abs=0)
    assert total_of(found, np.array([z]).T, y) == pytest.approx(loss, rel=2e-15, abs=0)


@pytest.mark.parametrize(
    ("name", "activations", "targets", "words"),
    [
        ("cross_entropy", ["identity"], [[0.0, 1.0]], ["h1", "sigmoid", "identity"]),
        ("cross_entropy", ["sigmoid"], [[0.0, 1.5]], ["row 2", "1.5", "0 to 1"]),
        ("cross_entropy", ["sigmoid", "tanh"], [[0.0], [1.0]], ["h2", "tanh"]),
        ("softmax_cross_entropy", ["identity"], [[0.0, 1.0]], ["at least two"]),
        ("softmax_cross_entropy", ["identity", "sigmoid"], [[0.0], [1.0]], ["h2", "inside this loss", "sigmoid"]),
        ("softmax_cross_entropy", ["identity"] * 2, [[0.0, 1.0], [1.0, 1.0]], ["row 2", "add up to 2"]),
        ("softmax_cross_entropy", ["identity"] * 2, [[2.0], [-1.0]], ["row 1 of h1", "2"]),
        ("hinge", ["identity"], [[1.0, -1.0, 0.0]], ["-1 and 1", "row 3", "0"]),
    ],
)
def test_refuses_in_plain_words(name: str, activations: list[str], targets: list[list[float]], words: list[str]):
    sentence = LOSSES[name].refusal(activations, np.array(targets), ("h1", "h2")[: len(activations)])
    assert sentence is not None
    assert sentence.endswith(".")
    for word in words:
        assert word in sentence
