"""PyTorch in eager mode: torch.nn modules, torch.optim.SGD, float64, one thread; optional."""

from __future__ import annotations

import importlib.util
from typing import Any

from benchmarks.shapes import Task
from benchmarks.tight import Run, weights_of

MISSING = (
    "PyTorch is not installed, its ratios are left out: pip install torch==2.13.0 --index-url "
    "https://download.pytorch.org/whl/cpu"
)


def available() -> bool:
    """Whether PyTorch is installed."""
    return importlib.util.find_spec("torch") is not None


def eager(task: Task, activation: str, loss: str, batch: int | None = None) -> Run:
    """The usual training loop: loss, zero_grad, backward, step. *activation* follows every layer but the last.

    *loss* is ``mse``, ``half_mse_tanh`` (tanh on the output as well), ``bce`` or ``softmax``.
    """
    import torch
    from torch import nn

    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    layers: list[Any] = []
    weights = weights_of(task)
    for i, weight in enumerate(weights):
        linear = nn.Linear(weight.shape[1] - 1, weight.shape[0])
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(weight[:, :-1]))
            linear.bias.copy_(torch.from_numpy(weight[:, -1]))
        layers.append(linear)
        if i < len(weights) - 1:
            layers.append({"tanh": nn.Tanh, "relu": nn.ReLU}[activation]())
    if loss == "half_mse_tanh":
        layers.append(nn.Tanh())
    model = nn.Sequential(*layers)
    x, y = torch.from_numpy(task.x.T.copy()), torch.from_numpy(task.y.T.copy())
    criterion: Any = {"bce": nn.BCEWithLogitsLoss, "softmax": nn.CrossEntropyLoss}.get(loss, nn.MSELoss)()
    factor = 0.5 if loss == "half_mse_tanh" else 1.0
    if loss == "softmax":
        y = y.argmax(dim=1)
    optimizer = torch.optim.SGD(model.parameters(), lr=float(task.settings.learning_rate))
    size = batch or len(x)
    data = [(x[i : i + size], y[i : i + size]) for i in range(0, len(x) - size + 1, size)]

    def run(steps: int) -> float:
        value = None
        for step in range(steps):
            inputs, targets = data[step % len(data)]
            value = criterion(model(inputs), targets)
            if factor != 1.0:
                value = value * factor
            optimizer.zero_grad()
            value.backward()
            optimizer.step()
        return float(value.detach()) if value is not None else 0.0

    return run
