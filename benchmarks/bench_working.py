"""What the working costs beyond a snapshot: its lines, those that are looked at, the shares, the gradient check.

``python -m benchmarks.bench_working``. Times are medians in milliseconds.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from statistics import median

import numpy as np

from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import Evaluator
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings
from neurosim.working.gradient_summary import is_quick, summarise_gradient
from neurosim.working.shares import shares
from neurosim.working.working import step_lines

VISIBLE = 12
"""Lines that a panel shows at once."""


def line_fit(rows: int, *, exact: bool) -> DocumentState:
    """A linear neuron on a noisy line."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=rows)
    y = 2 * x + rng.normal(size=rows)
    network = Network(
        (InputNode("x", "x"), Neuron("n", bias=Fraction(-6))),
        (Edge("a", "x", "n", Fraction(1, 3)),),
        (Output("n", "y"),),
    )
    columns = {"x": x, "y": y}
    if exact:
        data = {name: Column(tuple(Fraction(round(v * 10), 10) for v in values)) for name, values in columns.items()}
    else:
        data = {name: Column(values) for name, values in columns.items()}
    return DocumentState(network, Dataset(data), TrainingSettings(learning_rate=Fraction(1, 30)))


def hidden(rows: int) -> DocumentState:
    """Two inputs, two sigmoid neurons, one sigmoid output."""
    rng = np.random.default_rng(1)
    inputs = (InputNode("x1", "x1"), InputNode("x2", "x2"))
    neurons = tuple(Neuron(name, activation="sigmoid") for name in ("h1", "h2", "o"))
    pairs = [("x1", "h1"), ("x2", "h1"), ("x1", "h2"), ("x2", "h2"), ("h1", "o"), ("h2", "o")]
    edges = tuple(Edge(f"w{i + 1}", *pair, float(rng.normal())) for i, pair in enumerate(pairs))
    columns = {name: Column(rng.normal(size=rows)) for name in ("x1", "x2")}
    columns["y"] = Column((rng.random(rows) < 0.5).astype(float))
    network = Network((*inputs, *neurons), edges, (Output("o", "y"),))
    return DocumentState(network, Dataset(columns), TrainingSettings(loss="cross_entropy"))


def timed(function: Callable[[], object], repeat: int = 31) -> float:
    """The median time of a call in milliseconds, after one to warm up."""
    function()
    times = []
    for _ in range(repeat):
        begin = time.perf_counter()
        function()
        times.append(time.perf_counter() - begin)
    return 1e3 * median(times)


def measure(title: str, state: DocumentState) -> None:
    """Print one row."""
    network, dataset, training = state.network, state.dataset, state.training
    evaluator, after = Evaluator(), Evaluator()
    snapshot = evaluator.evaluate(network, dataset, training)

    def lines() -> object:
        return step_lines(network, dataset, training, snapshot=snapshot, evaluator=after)

    def looked_at() -> object:
        found = step_lines(network, dataset, training, snapshot=snapshot, evaluator=after)
        return [line.equations for line in found.lines[:VISIBLE]]

    def checked() -> object:
        return summarise_gradient(network, dataset, training, snapshot)

    cells = [
        timed(lambda: evaluator.evaluate(network, dataset, training)),
        timed(lines),
        timed(looked_at),
        timed(lambda: shares(snapshot)),
    ]
    check = f"{timed(checked):9.2f}" if is_quick(snapshot) else "        -"
    print(f"{title:28}" + "".join(f"{cell:9.2f}" for cell in cells) + check)


def main() -> None:
    """Measure and print."""
    print(f"{'':28} snapshot    lines  visible   shares    check")
    measure("line, 2 exact rows", line_fit(2, exact=True))
    measure("line, 100 exact rows", line_fit(100, exact=True))
    measure("line, 100 rows", line_fit(100, exact=False))
    measure("line, 10,000 rows", line_fit(10_000, exact=False))
    measure("line, 100,000 rows", line_fit(100_000, exact=False))
    measure("2-2-1, 100 rows", hidden(100))
    measure("2-2-1, 10,000 rows", hidden(10_000))


if __name__ == "__main__":
    main()
