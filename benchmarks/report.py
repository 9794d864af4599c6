"""T1 to T6: what is measured, against whom, and the goal of each ratio."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

from benchmarks import playground_peer, tight, torch_peer
from benchmarks.figures import TIMES, Figure, amount
from benchmarks.ours import trainer
from benchmarks.shapes import Task, irregular, layered, task
from benchmarks.timing import Measure, compare, timed

LINEAR = layered([1, 1], "identity", "identity")
LOGISTIC = layered([2, 1], "identity", "sigmoid")
SMALL = layered([2, 8, 8, 1], "tanh", "tanh")
LARGE = layered([64, 128, 64, 10], "relu", "identity")


@dataclass(frozen=True)
class Goal:
    """A ratio: microseconds of *peer* over ours at least *least*, or ours over *peer* at most *most*."""

    label: str
    peer: str
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class Case:
    """One piece of work, who does it, and the goals."""

    title: str
    task: Task
    tight: Callable[[Task], tight.Run] | None
    torch: Callable[[Task], tight.Run] | None
    playground: bool
    goals: tuple[Goal, ...]


def _small(batch: int | None) -> Task:
    return task(SMALL, 200, "squared_error", signs=True, reduction="half_mean", batch_size=batch)


def _large(batch: int) -> Task:
    return task(LARGE, 1024, "softmax_cross_entropy", classes=10, batch_size=batch)


def _cases() -> list[Case]:
    linear = task(LINEAR, 100, "squared_error")
    found = [
        Case(
            "linear neuron, 1 input, n=100",
            linear,
            tight.linear_neuron,
            lambda t: torch_peer.eager(t, "tanh", "mse"),
            True,
            (
                Goal("T1", "tight numpy", most=2.0),
                Goal("T2", "PyTorch eager", least=20.0),
                Goal("T3", "TF Playground", least=1.0),
            ),
        ),
    ]
    for n, least, most in ((100, 12.0, 2.0), (10_000, 3.5, None), (1_000_000, 2.5, None)):
        found.append(
            Case(
                f"logistic neuron, 2 inputs, n={n:,}",
                task(LOGISTIC, n, "cross_entropy"),
                tight.logistic_neuron,
                lambda t: torch_peer.eager(t, "tanh", "bce"),
                False,
                (Goal("T1", "tight numpy", most=most), Goal("T5", "PyTorch eager", least=least)),
            )
        )
    for batch, torch_least, playground_least in ((None, 9.0, 15.0), (10, 9.0, 1.3)):
        found.append(
            Case(
                f"2-8-8-1, n=200, {'full batch' if batch is None else f'batch {batch}'}",
                _small(batch),
                lambda t, batch=batch: tight.tanh_network(t, batch),
                lambda t, batch=batch: torch_peer.eager(t, "tanh", "half_mse_tanh", batch),
                True,
                (
                    Goal("T1", "tight numpy", most=1.25),
                    Goal("T2", "PyTorch eager", least=torch_least),
                    Goal("T3", "TF Playground", least=playground_least),
                ),
            )
        )
    for batch, least in ((32, 3.0), (256, 2.0)):
        found.append(
            Case(
                f"64-128-64-10, batch {batch}",
                _large(batch),
                lambda t, batch=batch: tight.relu_network(t, batch),
                lambda t, batch=batch: torch_peer.eager(t, "relu", "softmax", batch),
                False,
                (Goal("T1", "tight numpy", most=1.25), Goal("T2", "PyTorch eager", least=least)),
            )
        )
    return found


def figures(wanted: Collection[str] = ("T1", "T2", "T3", "T4", "T5", "T6")) -> Iterator[Figure]:
    """The ratios of the goals that are *wanted*."""
    if not torch_peer.available():
        print(torch_peer.MISSING)
    if not playground_peer.available():
        print("node is not installed: the ratios to TF Playground's engine are left out.")
    for case in _cases():
        if any(goal.label in wanted for goal in case.goals):
            yield from _measured(case, wanted)
    if "T4" in wanted:
        yield from _gram()
    if "T6" in wanted:
        yield _sparse()


def main(wanted: Sequence[str] = ()) -> None:
    """Measure and print; *wanted* such as ``["T1", "T4"]`` limits it to those goals."""
    for figure in figures({name.upper() for name in wanted}) if wanted else figures():
        print(figure, flush=True)


def _measured(case: Case, wanted: Collection[str]) -> Iterator[Figure]:
    with ExitStack() as stack:
        contenders: dict[str, Measure] = {"ours": timed(trainer(case.task))}
        peers = {goal.peer for goal in case.goals if goal.label in wanted}
        if case.tight is not None and "tight numpy" in peers:
            contenders["tight numpy"] = timed(case.tight(case.task))
        if case.torch is not None and "PyTorch eager" in peers and torch_peer.available():
            contenders["PyTorch eager"] = timed(case.torch(case.task))
        if case.playground and "TF Playground" in peers and playground_peer.available():
            contenders["TF Playground"] = stack.enter_context(playground_peer.playground(case.task))
        times = compare(contenders)
    for goal in case.goals:
        if goal.label in wanted and goal.peer in times:
            yield _figure(goal, case.title, times["ours"], times[goal.peer])


def _gram() -> Iterator[Figure]:
    """T4: a linear neuron's step costs the same for a thousand rows and a million."""
    thousand, million = task(LINEAR, 1000, "squared_error"), task(LINEAR, 1_000_000, "squared_error")
    contenders = {
        "n=1,000": timed(trainer(thousand)),
        "n=1,000,000": timed(trainer(million)),
        "tight Gram form": timed(tight.linear_neuron_gram(million)),
    }
    if torch_peer.available():
        contenders["PyTorch eager"] = timed(torch_peer.eager(million, "tanh", "mse"))
    times = compare(contenders)
    title, ours = "linear neuron, n=1,000,000", times["n=1,000,000"]
    yield _figure(Goal("T4", "ours at n=1,000", most=1.2), title, ours, times["n=1,000"])
    yield _figure(Goal("T4", "tight Gram form"), title, ours, times["tight Gram form"])
    if "PyTorch eager" in times:
        yield _figure(Goal("T4", "PyTorch eager", least=1000.0), title, ours, times["PyTorch eager"])


def _sparse() -> Figure:
    """T6: an irregular graph against a layered one with as many nodes and edges."""
    rows = 1000
    graph = task(irregular(60, 400, 8), rows, "squared_error")
    dense = task(layered([8, 8, 7, 7, 8, 8, 7, 7, 1], "tanh", "tanh"), rows, "squared_error")
    times = compare({"graph": timed(trainer(graph)), "dense": timed(trainer(dense))})
    edges = len(dense.network.edges)
    title = f"irregular graph, 60 nodes, {len(graph.network.edges)} edges"
    return _figure(Goal("T6", f"layered, {edges} edges", most=2.0), title, times["graph"], times["dense"])


def _figure(goal: Goal, title: str, ours: float, peer: float) -> Figure:
    """The peer's microseconds over ours where the goal is to be faster, ours over the peer's otherwise."""
    return Figure(
        goal.label,
        f"a step, {title}",
        ours / peer if goal.least is None else peer / ours,
        TIMES,
        ours=amount(ours, "µs"),
        peer=f"{goal.peer} {amount(peer, 'µs')}",
        least=goal.least,
        most=goal.most,
    )
