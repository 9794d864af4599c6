"""Writes the reference numbers in ``data/`` with PyTorch: ``python tests/engine/make_torch_traces.py``.

Needs ``pip install torch==2.13.0``; the tests that read the numbers do not. Everything is float64. Nothing of neurosim
is imported here: the numbers are independent of it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional

DATA = Path(__file__).parent / "data"
STEPS = 25

SUMS = [
    -30.0,
    -12.5,
    -5.0,
    -3.25,
    -3.0,
    -2.75,
    -1.0,
    -0.5,
    -0.1,
    -1e-5,
    0.0,
    1e-5,
    0.25,
    0.75,
    1.0,
    2.5,
    3.0,
    4.0,
    11.0,
    25.0,
]

ACTIVATIONS = {
    "identity": lambda z: z * 1.0,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "relu": functional.relu,
    "leaky_relu": functional.leaky_relu,
    "elu": functional.elu,
    "softplus": lambda z: functional.softplus(z, threshold=1000.0),  # the default is z itself from 20 on
    "silu": functional.silu,
    "gelu": functional.gelu,
    "sine": torch.sin,
    "gaussian": lambda z: torch.exp(-z * z),
    "step": lambda z: torch.heaviside(z.detach(), torch.ones((), dtype=z.dtype)) + 0.0 * z,
    "step_both": lambda z: 2.0 * torch.heaviside(z.detach(), torch.ones((), dtype=z.dtype)) - 1.0 + 0.0 * z,
    "sign": torch.sign,
    # functional.hardsigmoid itself takes 1/6 as a float32 in its backward pass, also for float64
    "hard_sigmoid": lambda z: functional.relu6(z + 3.0) / 6.0,
}

REAL_OUTPUTS = [[-3.5, -1.0, -0.25, 0.5, 0.5, 2.0, 7.5], [0.0, 1.5, -2.0, 0.125, 3.0, -1.0, 40.0]]
REAL_TARGETS = [[-1.0, -1.0, 0.5, 0.25, 1.5, -2.0, 0.0], [4.0, 1.0, -2.0, 1.0, 3.5, 0.0, -2.0]]
SIGNS = [[1.0, -1.0, 1.0, -1.0, 1.0, 1.0, -1.0], [1.0, 1.0, -1.0, -1.0, 1.0, -1.0, -1.0]]
CLASSES = [[1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 1.0], [0.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0]]
SHARES = [[0.25, 0.5, 1.0, 0.0, 0.125, 0.9, 0.75], [0.75, 0.5, 0.0, 1.0, 0.875, 0.1, 0.25]]

LOSSES = [
    ("squared_error", REAL_TARGETS, lambda z, y: functional.mse_loss(z, y, reduction="none")),
    ("absolute_error", REAL_TARGETS, lambda z, y: functional.l1_loss(z, y, reduction="none")),
    ("huber", REAL_TARGETS, lambda z, y: functional.huber_loss(z, y, reduction="none")),
    ("cross_entropy", CLASSES, lambda z, y: functional.binary_cross_entropy_with_logits(z, y, reduction="none")),
    ("cross_entropy", SHARES, lambda z, y: functional.binary_cross_entropy_with_logits(z, y, reduction="none")),
    ("softmax_cross_entropy", CLASSES, lambda z, y: functional.cross_entropy(z.T, y.T, reduction="none")),
    ("softmax_cross_entropy", SHARES, lambda z, y: functional.cross_entropy(z.T, y.T, reduction="none")),
    ("hinge", SIGNS, lambda z, y: functional.relu(1.0 - y * z)),
]

# name and settings of ours, learning rate, and the same for PyTorch
OPTIMIZERS: list[tuple[str, dict[str, Any], float, Any, dict[str, Any]]] = [
    ("sgd", {}, 0.1, torch.optim.SGD, {}),
    ("sgd", {"momentum": 0.9}, 0.05, torch.optim.SGD, {"momentum": 0.9}),
    ("sgd", {"momentum": 0.9, "dampening": 0.5}, 0.05, torch.optim.SGD, {"momentum": 0.9, "dampening": 0.5}),
    ("sgd", {"momentum": 0.8, "nesterov": True}, 0.05, torch.optim.SGD, {"momentum": 0.8, "nesterov": True}),
    ("rmsprop", {}, 0.01, torch.optim.RMSprop, {}),
    ("rmsprop", {"alpha": 0.9, "momentum": 0.5}, 0.02, torch.optim.RMSprop, {"alpha": 0.9, "momentum": 0.5}),
    (
        "rmsprop",
        {"alpha": 0.9, "epsilon": 1e-6, "momentum": 0.5, "centered": True},
        0.02,
        torch.optim.RMSprop,
        {"alpha": 0.9, "eps": 1e-6, "momentum": 0.5, "centered": True},
    ),
    ("adagrad", {}, 0.1, torch.optim.Adagrad, {}),
    ("adagrad", {"lr_decay": 0.1, "epsilon": 1e-6}, 0.1, torch.optim.Adagrad, {"lr_decay": 0.1, "eps": 1e-6}),
    ("adam", {}, 0.05, torch.optim.Adam, {}),
    (
        "adam",
        {"beta1": 0.8, "beta2": 0.95, "epsilon": 1e-4},
        0.05,
        torch.optim.Adam,
        {"betas": (0.8, 0.95), "eps": 1e-4},
    ),
    ("adamw", {}, 0.05, torch.optim.AdamW, {}),
    ("adamw", {"weight_decay": 0.25}, 0.05, torch.optim.AdamW, {"weight_decay": 0.25}),
]

START = [0.5, -1.25, 2.0, 0.0]

INPUTS = [
    [0.0, 0.5, 1.0, -1.0, 1.5, -0.5, 2.0, 0.25, -1.5, 0.75],
    [1.0, -0.5, 0.25, 0.5, -1.0, 1.5, 0.0, -2.0, -0.75, 0.5],
]
TARGETS = [1.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0]
WEIGHTS = {
    "w11": 0.5, "w12": -0.25, "w21": 0.75, "w22": 0.4, "v1": -0.6, "v2": 0.9,
    "h1.bias": 0.1, "h2.bias": -0.2, "o.bias": 0.05,
}  # fmt: skip
BATCH = 4
SEED = 7


def gradient(step: int) -> list[float]:
    """A gradient that has seen it all: both signs, zeros, and a parameter whose gradient is always 0."""
    return [((7 * step + 3 * i) % 11 - 5) / 4 for i in range(3)] + [0.0]


def activations() -> dict[str, Any]:
    """Value and slope of each activation at ``SUMS``."""
    found: dict[str, Any] = {"z": SUMS}
    for name, function in ACTIVATIONS.items():
        z = torch.tensor(SUMS, dtype=torch.float64, requires_grad=True)
        a = function(z)
        a.sum().backward()
        assert z.grad is not None
        found[name] = {"a": a.tolist(), "slope": z.grad.tolist()}
    return found


def losses() -> list[dict[str, Any]]:
    """Each loss of two outputs and seven rows, and the gradient with respect to the output (or its logit)."""
    found = []
    for name, targets, function in LOSSES:
        z = torch.tensor(REAL_OUTPUTS, dtype=torch.float64, requires_grad=True)
        values = function(z, torch.tensor(targets, dtype=torch.float64))
        values.sum().backward()
        assert z.grad is not None
        rows = values.sum(dim=0) if values.dim() == 2 else values
        found.append(
            {
                "loss": name,
                "outputs": REAL_OUTPUTS,
                "targets": targets,
                "rows": rows.tolist(),
                "gradient": z.grad.tolist(),
            }
        )
    return found


def optimizers() -> list[dict[str, Any]]:
    """25 steps of each optimizer on given gradients."""
    found = []
    for name, settings, rate, kind, arguments in OPTIMIZERS:
        theta = torch.tensor(START, dtype=torch.float64, requires_grad=True)
        optimizer = kind([theta], lr=rate, **arguments)
        trace = []
        for step in range(STEPS):
            theta.grad = torch.tensor(gradient(step), dtype=torch.float64)
            optimizer.step()
            trace.append(theta.tolist())
        found.append(
            {
                "optimizer": name,
                "settings": settings,
                "learning_rate": rate,
                "start": START,
                "gradients": [gradient(step) for step in range(STEPS)],
                "trace": trace,
            }
        )
    return found


def _order(epoch: int, shuffle: bool) -> list[int]:
    return (
        np.random.default_rng([SEED, epoch]).permutation(len(TARGETS)).tolist() if shuffle else [*range(len(TARGETS))]
    )


def _train(kind: Any, arguments: dict[str, Any], rate: float, shuffle: bool) -> list[list[float]]:
    w = {name: torch.tensor(value, dtype=torch.float64, requires_grad=True) for name, value in WEIGHTS.items()}
    x1, x2 = (torch.tensor(column, dtype=torch.float64) for column in INPUTS)
    y = torch.tensor(TARGETS, dtype=torch.float64)
    optimizer = kind(list(w.values()), lr=rate, **arguments)
    trace = []
    steps_per_epoch = -(-len(TARGETS) // BATCH)
    for step in range(STEPS):
        epoch, batch = divmod(step, steps_per_epoch)
        rows = _order(epoch, shuffle)[batch * BATCH : (batch + 1) * BATCH]
        h1 = torch.sigmoid(w["w11"] * x1[rows] + w["w12"] * x2[rows] + w["h1.bias"])
        h2 = torch.sigmoid(w["w21"] * x1[rows] + w["w22"] * x2[rows] + w["h2.bias"])
        z = w["v1"] * h1 + w["v2"] * h2 + w["o.bias"]
        optimizer.zero_grad()
        functional.binary_cross_entropy_with_logits(z, y[rows]).backward()
        optimizer.step()
        trace.append([value.item() for value in w.values()])
    return trace


def networks() -> dict[str, Any]:
    """A 2-2-1 sigmoid network with cross-entropy, 25 steps on batches of 4 out of 10 rows, with each optimizer."""
    runs = []
    for name, settings, rate, kind, arguments in OPTIMIZERS:
        for shuffle in (False,) if settings else (False, True):
            trace = _train(kind, arguments, rate, shuffle)
            runs.append(
                {"optimizer": name, "settings": settings, "learning_rate": rate, "shuffle": shuffle, "trace": trace}
            )
    return {"inputs": INPUTS, "targets": TARGETS, "start": WEIGHTS, "batch_size": BATCH, "seed": SEED, "runs": runs}


FILES = {
    "torch_activations.json": activations,
    "torch_losses.json": losses,
    "torch_optimizers.json": optimizers,
    "torch_networks.json": networks,
}


def main() -> None:
    """Write all files."""
    for name, make in FILES.items():
        (DATA / name).write_text(json.dumps(make(), indent=None, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
