"""Whole networks against numbers that others published or computed: a textbook example, PyTorch, NIST, the lecture."""

import csv
import json
import math
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.exact_step import exact_step
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.quadratic import Quadratic, quadratic_form
from neurosim.engine.settings import OptimizerSettings, TrainingSettings
from neurosim.engine.trainer import Trainer
from neurosim.numbers.exact import Number

DATA = Path(__file__).parent / "data"


def data(columns: Mapping[str, Sequence[Number]]) -> Dataset:
    return Dataset({name: Column(values) for name, values in columns.items()})


# -- M. Mazur, "A step by step backpropagation example", 2015 ------------------------------------------------------
# Two inputs, two hidden and two output neurons, all sigmoid; the biases stay as they are; half the squared error,
# summed over the outputs; learning rate 0.5; one row.

MAZUR_WEIGHTS = {"w1": 0.15, "w2": 0.20, "w3": 0.25, "w4": 0.30, "w5": 0.40, "w6": 0.45, "w7": 0.50, "w8": 0.55}
MAZUR_ENDS = {
    "w1": ("i1", "h1"),
    "w2": ("i2", "h1"),
    "w3": ("i1", "h2"),
    "w4": ("i2", "h2"),
    "w5": ("h1", "o1"),
    "w6": ("h2", "o1"),
    "w7": ("h1", "o2"),
    "w8": ("h2", "o2"),
}


def mazur() -> tuple[Network, Dataset]:
    neurons = [
        Neuron(name, bias=bias, activation="sigmoid", trainable=False)
        for name, bias in {"h1": 0.35, "h2": 0.35, "o1": 0.60, "o2": 0.60}.items()
    ]
    network = Network(
        (InputNode("i1", "x1"), InputNode("i2", "x2"), *neurons),
        tuple(Edge(name, *MAZUR_ENDS[name], weight) for name, weight in MAZUR_WEIGHTS.items()),
        (Output("o1", "t1"), Output("o2", "t2")),
    )
    return network, data({"x1": [0.05], "x2": [0.10], "t1": [0.01], "t2": [0.99]})


mazur_reductions = pytest.mark.parametrize("reduction", ["half_sum", "half_mean"])  # the same for one row


@mazur_reductions
def test_mazur_forward_and_backward(reduction: str):
    snapshot = evaluate(*mazur(), TrainingSettings(reduction=reduction))
    assert snapshot.problem is None
    printed = {"h1": 0.593269992, "h2": 0.596884378, "o1": 0.75136507, "o2": 0.772928465}
    for name, value in printed.items():
        assert snapshot.activation(name, 0) == pytest.approx(value, abs=6e-10)
    assert snapshot.loss == pytest.approx(0.298371109, abs=6e-10)
    assert snapshot.gradient["w5"] == pytest.approx(0.082167041, abs=6e-10)
    assert snapshot.gradient["w1"] == pytest.approx(0.000438568, abs=6e-10)


@mazur_reductions
def test_mazur_first_update(reduction: str):
    trainer = Trainer(*mazur(), TrainingSettings(reduction=reduction, learning_rate=Fraction(1, 2)))
    assert trainer.advance(1) == 1
    printed = {
        "w1": 0.149780716,
        "w2": 0.19956143,
        "w3": 0.24975114,
        "w4": 0.29950229,
        "w5": 0.35891648,
        "w6": 0.408666186,
        "w7": 0.511301270,
        "w8": 0.561370121,
    }
    found = trainer.parameters()
    for name, value in printed.items():
        assert found[name] == pytest.approx(value, abs=6e-9)
    assert found["h1.bias"] == 0.35
    assert found["o2.bias"] == 0.60
    # as printed by an independent program, https://github.com/animesh/ann: "Iteration = 2 Error = 0.291027773693599"
    assert trainer.loss == pytest.approx(0.291027773693599, abs=1e-15)


def by_hand(steps: int, through_updated_weights: bool) -> tuple[float, float, float]:
    """Mazur's example written out: loss and outputs after *steps* updates.

    What his article prints *after* updates (losses 0.291027924 and 0.000035085, outputs 0.015912196 and 0.984065734)
    does not follow from the updates that it derives and prints: his program carried the errors back through output
    weights that it had already changed. With that, his figures come out; without it, ours. (The text of the article
    has a digit too many in the last loss: 0.0000351085.)
    """

    def sigmoid(z: float) -> float:
        return 1 / (1 + math.exp(-z))

    w1, w2, w3, w4, w5, w6, w7, w8 = MAZUR_WEIGHTS.values()

    def forward() -> tuple[float, float, float, float]:
        h1, h2 = sigmoid(w1 * 0.05 + w2 * 0.10 + 0.35), sigmoid(w3 * 0.05 + w4 * 0.10 + 0.35)
        return h1, h2, sigmoid(w5 * h1 + w6 * h2 + 0.60), sigmoid(w7 * h1 + w8 * h2 + 0.60)

    for _ in range(steps):
        h1, h2, o1, o2 = forward()
        d1, d2 = (o1 - 0.01) * o1 * (1 - o1), (o2 - 0.99) * o2 * (1 - o2)
        old = w5, w6, w7, w8
        w5, w6, w7, w8 = w5 - 0.5 * d1 * h1, w6 - 0.5 * d1 * h2, w7 - 0.5 * d2 * h1, w8 - 0.5 * d2 * h2
        v5, v6, v7, v8 = (w5, w6, w7, w8) if through_updated_weights else old
        e1, e2 = (d1 * v5 + d2 * v7) * h1 * (1 - h1), (d1 * v6 + d2 * v8) * h2 * (1 - h2)
        w1, w2, w3, w4 = w1 - 0.5 * e1 * 0.05, w2 - 0.5 * e1 * 0.10, w3 - 0.5 * e2 * 0.05, w4 - 0.5 * e2 * 0.10
    _, _, o1, o2 = forward()
    return ((o1 - 0.01) ** 2 + (o2 - 0.99) ** 2) / 2, o1, o2


def test_mazur_after_ten_thousand_updates():
    assert by_hand(1, through_updated_weights=True)[0] == pytest.approx(0.291027924, abs=6e-10)
    printed = 0.000035085, 0.015912196, 0.984065734
    assert by_hand(10_000, through_updated_weights=True) == pytest.approx(printed, abs=6e-10)
    expected = by_hand(10_000, through_updated_weights=False)
    network, dataset = mazur()
    trainer = Trainer(network, dataset, TrainingSettings(reduction="half_sum", learning_rate=Fraction(1, 2)))
    assert trainer.advance(10_000) == 10_000
    snapshot = evaluate(trainer.network(), dataset, trainer.settings())
    found = trainer.loss, snapshot.activation("o1", 0), snapshot.activation("o2", 0)
    assert found == pytest.approx(expected, rel=1e-10)


# -- PyTorch: a 2-2-1 network with cross-entropy, batches of 4 out of 10 rows, each optimizer -----------------------

TORCH = json.loads((DATA / "torch_networks.json").read_text(encoding="utf-8"))


def torch_network() -> tuple[Network, Dataset]:
    w = TORCH["start"]
    ends = {
        "w11": ("i1", "h1"),
        "w12": ("i2", "h1"),
        "w21": ("i1", "h2"),
        "w22": ("i2", "h2"),
        "v1": ("h1", "o"),
        "v2": ("h2", "o"),
    }
    network = Network(
        (
            InputNode("i1", "x1"),
            InputNode("i2", "x2"),
            *(Neuron(name, bias=w[f"{name}.bias"], activation="sigmoid") for name in ("h1", "h2", "o")),
        ),
        tuple(Edge(name, *pair, w[name]) for name, pair in ends.items()),
        (Output("o", "y"),),
    )
    return network, data({"x1": TORCH["inputs"][0], "x2": TORCH["inputs"][1], "y": TORCH["targets"]})


def torch_settings(run: dict) -> TrainingSettings:
    return TrainingSettings(
        loss="cross_entropy",
        optimizer=OptimizerSettings(run["optimizer"], run["settings"]),
        learning_rate=run["learning_rate"],
        batch_size=TORCH["batch_size"],
        shuffle=run["shuffle"],
        seed=TORCH["seed"],
    )


RUNS = pytest.mark.parametrize(
    "run",
    TORCH["runs"],
    ids=[
        "-".join([run["optimizer"], *run["settings"], "shuffled" if run["shuffle"] else "in-order"])
        for run in TORCH["runs"]
    ],
)


@RUNS
def test_networks_train_as_in_pytorch(run: dict):
    trainer = Trainer(*torch_network(), torch_settings(run))
    for expected in run["trace"]:
        assert trainer.advance(1) == 1
        found = trainer.parameters()
        for name, value in zip(TORCH["start"], expected, strict=True):
            assert found[name] == pytest.approx(value, rel=1e-13, abs=1e-13)


@RUNS
def test_networks_train_the_same_through_saved_states(run: dict):
    """A new Trainer from network and settings after every step ends where PyTorch ends."""
    (network, dataset), settings = torch_network(), torch_settings(run)
    for _ in run["trace"]:
        trainer = Trainer(network, dataset, settings)
        trainer.advance(1)
        network, settings = trainer.network(), trainer.settings()
    for name, value in zip(TORCH["start"], run["trace"][-1], strict=True):
        assert network.parameters[name] == pytest.approx(value, rel=1e-13, abs=1e-13)


# -- NIST Statistical Reference Datasets, linear regression: certified coefficients -----------------------------------
# https://www.itl.nist.gov/div898/strd/lls/lls.shtml; y in the first column. Columns x^2 ... are made here.


def nist(name: str, power: int) -> dict[str, list[Fraction]]:
    with (DATA / f"nist_{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    columns = {key: [Fraction(row[key]) for row in rows] for key in rows[0]}
    for exponent in range(2, power + 1):
        columns[f"x{exponent}"] = [value**exponent for value in columns["x"]]
    return columns


def fit(columns: dict[str, list[Fraction]], bias: bool, repeat: int = 1) -> tuple[list[float], Quadratic]:
    inputs = [name for name in columns if name != "y"]
    network = Network(
        (*(InputNode(f"in_{name}", name) for name in inputs), Neuron("n", bias=Fraction(0) if bias else None)),
        tuple(Edge(f"w_{name}", f"in_{name}", "n", Fraction(0)) for name in inputs),
        (Output("n", "y"),),
    )
    dataset = data({name: values * repeat for name, values in columns.items()})
    found = quadratic_form(network, dataset, TrainingSettings(reduction="sum"))
    assert found is not None
    assert found.optimum is not None
    names = (["n.bias"] if bias else []) + [f"w_{name}" for name in inputs]
    return [float(found.optimum[name]) for name in names], found


NIST = [
    # name, highest power, bias, certified coefficients, certified residual sum of squares (residual SD^2 times its
    # degrees of freedom for NoInt and Wampler)
    ("norris", 1, True, [-0.262323073774029, 1.00211681802045], 26.6173985294224),
    ("noint1", 1, False, [2.07438016528926], 127.272727272727),
    ("noint2", 1, False, [0.727272727272727], 0.272727272727273),
    ("pontius", 2, True, [0.673565789473684e-3, 0.732059160401003e-6, -0.316081871345029e-14], 0.155761768796992e-5),
    (
        "longley",
        1,
        True,
        [
            -3482258.63459582,
            15.0618722713733,
            -0.358191792925910e-1,
            -2.02022980381683,
            -1.03322686717359,
            -0.511041056535807e-1,
            1829.15146461355,
        ],
        836424.055505915,
    ),
    ("wampler1", 5, True, [1.0] * 6, 0.0),
    ("wampler2", 5, True, [1.0, 0.1, 0.01, 0.001, 0.0001, 0.00001], 0.0),
    ("wampler3", 5, True, [1.0] * 6, 83554268.0),
    ("wampler4", 5, True, [1.0] * 6, 83554268e4),
    ("wampler5", 5, True, [1.0] * 6, 83554268e8),
]
NIST_IDS = [case[0] for case in NIST]


@pytest.mark.parametrize(("name", "power", "bias", "certified", "squares"), NIST, ids=NIST_IDS)
def test_closed_form_meets_the_certified_values(
    name: str, power: int, bias: bool, certified: list[float], squares: float
):
    found, quadratic = fit(nist(name, power), bias)
    assert found == pytest.approx(certified, rel=2e-14)
    assert float(quadratic.minimum_loss or 0) == pytest.approx(squares, rel=2e-14, abs=1e-300)


@pytest.mark.parametrize("name", ["noint1", "noint2", "wampler1", "wampler2", "wampler3", "wampler4", "wampler5"])
def test_closed_form_is_exact_where_the_result_is_readable(name: str):
    power, bias = (1, False) if name.startswith("noint") else (5, True)
    _, quadratic = fit(nist(name, power), bias)
    assert quadratic.optimum is not None
    expected = {
        "noint1": {"w_x": Fraction(251, 121)},  # 2.0743801652892...
        "noint2": {"w_x": Fraction(8, 11)},
        "wampler2": {"n.bias": 1, "w_x": Fraction(1, 10), **{f"w_x{k}": Fraction(1, 10**k) for k in range(2, 6)}},
    }.get(name, dict.fromkeys(quadratic.names, 1))
    assert dict(quadratic.optimum) == expected
    assert all(isinstance(value, Fraction) for value in quadratic.optimum.values())


@pytest.mark.parametrize(
    ("name", "repeat", "digits"),
    # The same rows many times over have the same optimum, but are too many for fractions. Digits that float64 least
    # squares should keep: 16 less the logarithm of the condition, and a margin.
    [("norris", 2000, 12), ("noint1", 20000, 14), ("noint2", 40000, 14), ("longley", 400, 7)],
)
def test_large_data_keep_the_digits_that_float64_can(name: str, repeat: int, digits: int):
    _, power, bias, certified, squares = next(case for case in NIST if case[0] == name)
    found, quadratic = fit(nist(name, power), bias, repeat)
    assert found == pytest.approx(certified, rel=10.0**-digits)
    assert float(quadratic.minimum_loss or 0) == pytest.approx(repeat * squares, rel=10.0**-digits)


def test_descent_reaches_the_certified_slope():
    """NoInt1 by training rather than solving: y = w x, learning rate a quarter of the largest stable one."""
    columns = nist("noint1", 1)
    network = Network(
        (InputNode("x", "x"), Neuron("n", bias=None)), (Edge("w", "x", "n", Fraction(0)),), (Output("n", "y"),)
    )
    dataset = data(columns)
    quadratic = quadratic_form(network, dataset, TrainingSettings())
    assert quadratic is not None
    assert quadratic.largest_stable_learning_rate is not None
    # the Hessian is 2/11 * (60^2 + ... + 70^2) = 2/11 * 46585 = 8470
    assert quadratic.hessian.tolist() == [[8470.0]]
    assert quadratic.largest_stable_learning_rate == pytest.approx(2 / 8470, rel=1e-15)
    trainer = Trainer(network, dataset, TrainingSettings(learning_rate=0.5 / 8470))
    trainer.advance(200)
    assert trainer.parameters()["w"] == pytest.approx(2.07438016528926, rel=1e-14)


# -- the lecture's neuron: by hand, in fractions (rows (2, 0) and (4, 4), a = 1/3, b = -6, rate 1/30) ------------------

LECTURE = [
    # loss, gradient, and the parameters before the step
    ("466/9", ("-136/3", "-14"), ("1/3", "-6")),
    ("8149/2025", ("-554/45", "-4"), ("83/45", "-83/15")),
    ("1709/3645", ("-446/135", "-286/225"), ("1522/675", "-27/5")),
]


def lecture() -> tuple[Network, Dataset, TrainingSettings]:
    network = Network(
        (InputNode("x", "x"), Neuron("n", bias=Fraction(-6))),
        (Edge("a", "x", "n", Fraction(1, 3)),),
        (Output("n", "y"),),
    )
    rows = data({"x": [Fraction(2), Fraction(4)], "y": [Fraction(0), Fraction(4)]})
    return network, rows, TrainingSettings(learning_rate=Fraction(1, 30))


def test_the_lectures_trace_in_fractions():
    network, dataset, settings = lecture()
    for loss, gradient, parameters in LECTURE:
        snapshot = evaluate(network, dataset, settings)
        assert snapshot.exact
        assert snapshot.loss == Fraction(loss)
        assert snapshot.gradient == {"a": Fraction(gradient[0]), "n.bias": Fraction(gradient[1])}
        assert dict(network.parameters) == {"a": Fraction(parameters[0]), "n.bias": Fraction(parameters[1])}
        after = exact_step(network, dataset, settings)
        assert after is not None
        network, settings = after
    assert dict(network.parameters) == {"a": Fraction(4789, 2025), "n.bias": Fraction(-18082, 3375)}
    assert settings.step == 3


def test_the_lectures_trace_in_float64():
    network, dataset, settings = lecture()
    trainer = Trainer(network, dataset, settings)
    for loss, _, (a, b) in LECTURE:
        assert trainer.loss == pytest.approx(float(Fraction(loss)), rel=1e-14)
        assert trainer.parameters() == pytest.approx({"a": float(Fraction(a)), "n.bias": float(Fraction(b))}, rel=1e-14)
        trainer.advance(1)


def test_the_lectures_optimum_and_largest_rate():
    found = quadratic_form(*lecture())
    assert found is not None
    assert found.optimum == {"a": 2, "n.bias": -4}
    assert found.minimum_loss == 0
    # the Hessian of the mean of squares is [[20, 6], [6, 2]]: eigenvalues 11 +- sqrt(117)
    assert found.hessian.tolist() == [[20.0, 6.0], [6.0, 2.0]]
    assert found.eigenvalues == pytest.approx([11 - np.sqrt(117), 11 + np.sqrt(117)], rel=1e-13)
    assert found.largest_stable_learning_rate == pytest.approx(0.091673, abs=5e-7)
