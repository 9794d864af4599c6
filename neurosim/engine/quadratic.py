"""A linear neuron with squared error: its loss is a quadratic bowl, so optimum, curvature and stable rate are known.

With the training rows as the columns of X (a row of ones for the bias), targets y, and the factor c of the reduction:

    loss(w)  = c |X^T w - y|^2 + l2 / 2 * sum of weights^2
    Hessian  = 2 c X X^T + l2 (on the weights)
    optimum: Hessian w = 2 c X y

(normal equations: Gauss 1809, Theoria motus, section 3). Gradient descent is stable below 2 / (largest eigenvalue).
Frozen parameters are held fixed, muted ones are 0. Several linear outputs are several bowls side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

import numpy as np

from neurosim.engine.dataset import Dataset, FloatArray
from neurosim.engine.exact_vector import ExactVector
from neurosim.engine.network import Network, Neuron, bias_id
from neurosim.engine.objective import reduction_factor
from neurosim.engine.problems import find_problems, first_problem
from neurosim.engine.representation import represented
from neurosim.engine.settings import TrainingSettings
from neurosim.numbers.exact import Number, all_exact, within_limit
from neurosim.records import dataclass

EXACT_PRODUCTS = 200_000
"""Up to this many products the normal equations are formed and solved without rounding."""

Matrix = list[list[Fraction]]


@dataclass(frozen=True)
class Quadratic:
    """The bowl over the trainable parameters.

    Attributes:
        names: the trainable parameters, in the order of the Hessian's rows.
        hessian: second derivatives, (n, n), read-only float64.
        eigenvalues: of the Hessian, rising.
        largest_stable_learning_rate: 2 / largest eigenvalue; ``None`` where the loss is flat everywhere.
        optimum: the values at the bottom, exact where data and settings are and the fractions stay readable; ``None``
            when the bottom is not one point.
        minimum_loss: the loss there (penalty included), or ``None``.
        problem: why there is no single optimum, as a sentence, or ``None``.
    """

    names: tuple[str, ...]
    hessian: FloatArray
    eigenvalues: FloatArray
    largest_stable_learning_rate: float | None
    optimum: Mapping[str, Number] | None
    minimum_loss: Number | None
    problem: str | None


@dataclass(frozen=True)
class Bowl:
    """One output: its trainable parameters, what each is multiplied by, and the target that is left for them."""

    names: tuple[str, ...]
    columns: tuple[str | None, ...]  # None: the constant 1 of the bias
    fixed: tuple[tuple[str | None, Number], ...]  # frozen parameters and what they are multiplied by
    target: str
    title: str


def is_quadratic(network: Network, settings: TrainingSettings) -> bool:
    """Whether the loss is a quadratic function of the parameters that outputs depend on.

    That is: squared error, no l1, and every output a linear neuron fed by inputs and features alone.
    """
    if settings.loss != "squared_error" or settings.l1 or not network.outputs:
        return False
    for output in network.outputs:
        node = network.node_by_id[output.node]
        if not isinstance(node, Neuron) or node.activation != "identity" or output.column is None:
            return False
        if any(isinstance(network.node_by_id[e.source], Neuron) for e in network.incoming[node.id]):
            return False
    hidden = {output.node for output in network.outputs}
    return all(not settings.l2 or edge.target in hidden for edge in network.edges)


def quadratic_form(
    network: Network, dataset: Dataset, settings: TrainingSettings, exact_products: int = EXACT_PRODUCTS
) -> Quadratic | None:
    """The quadratic form of the loss; ``None`` when the loss is not quadratic, unfinished, or nothing is trainable.

    Up to *exact_products* products of two numbers the optimum is found in fractions, beyond them in float64.
    """
    if not is_quadratic(network, settings):
        return None
    dataset = represented(network, dataset)
    if first_problem(find_problems(network, dataset, settings), "loss") is not None:
        return None
    bowls = [bowl_of(network, output.node, output.target or "") for output in network.outputs]
    if not any(bowl.names for bowl in bowls):
        return None
    n_train = dataset.n_rows - len(set(dataset.test_rows))
    size = max(len(bowl.names) + len(bowl.fixed) + 1 for bowl in bowls)
    exactly = n_train * size * size <= exact_products
    solved = [_solve(bowl, dataset, settings, n_train, exactly) for bowl in bowls]
    names = tuple(name for bowl in bowls for name in bowl.names)
    hessian = np.zeros((len(names), len(names)))
    start = 0
    for part in solved:
        stop = start + len(part.hessian)
        hessian[start:stop, start:stop] = part.hessian
        start = stop
    eigenvalues: FloatArray = np.linalg.eigvalsh(hessian).astype(np.float64, copy=False)
    top = float(eigenvalues[-1])
    problem = next((part.problem for part in solved if part.problem is not None), None)
    optimum: dict[str, Number] = {}
    total: Number = Fraction(0)
    for bowl, part in zip(bowls, solved, strict=True):
        if problem is None:
            optimum.update(zip(bowl.names, part.optimum, strict=True))
            total = total + part.minimum
    for array in (hessian, eigenvalues):
        array.setflags(write=False)
    return Quadratic(
        names=names,
        hessian=hessian,
        eigenvalues=eigenvalues,
        largest_stable_learning_rate=2.0 / top if top > 0.0 else None,
        optimum=MappingProxyType(optimum) if problem is None else None,
        minimum_loss=total if problem is None else None,
        problem=problem,
    )


def bowl_of(network: Network, node: str, target: str) -> Bowl:
    """The bowl of the linear output *node*, which is compared with the column *target*."""
    names: list[str] = []
    columns: list[str | None] = []
    fixed: list[tuple[str | None, Number]] = []
    for edge in network.incoming[node]:
        source = network.node_by_id[edge.source]
        if edge.muted or isinstance(source, Neuron):
            continue
        if edge.trainable:
            names.append(edge.id)
            columns.append(source.column)
        else:
            fixed.append((source.column, edge.weight))
    neuron = network.node_by_id[node]
    if isinstance(neuron, Neuron) and neuron.bias is not None and not neuron.muted:
        if neuron.trainable:
            names.append(bias_id(node))
            columns.append(None)
        else:
            fixed.append((None, neuron.bias))
    return Bowl(tuple(names), tuple(columns), tuple(fixed), target, network.title(node))


@dataclass(frozen=True)
class _Solved:
    hessian: FloatArray
    optimum: list[Number]
    minimum: Number
    problem: str | None


def _solve(bowl: Bowl, dataset: Dataset, settings: TrainingSettings, n: int, exactly: bool) -> _Solved:
    return _solve_exactly(bowl, dataset, settings, n) if exactly else _solve_rounded(bowl, dataset, settings, n)


def _solve_exactly(bowl: Bowl, dataset: Dataset, settings: TrainingSettings, n: int) -> _Solved:
    """Gaussian elimination on fractions; float64 data are taken as the fractions that they are."""
    known = [*dict.fromkeys(c for c in (*bowl.columns, *(c for c, _ in bowl.fixed), bowl.target) if c is not None)]
    exact = all(dataset.columns[name].exact for name in known)
    exact = exact and all_exact(value for _, value in bowl.fixed) and isinstance(settings.l2, Fraction)
    test = set(dataset.test_rows)
    rows = [row for row in range(dataset.n_rows) if row not in test]

    def values(name: str | None) -> list[Fraction]:
        if name is None:
            return [Fraction(1)] * n
        column = dataset.columns[name]
        return [Fraction(column[row]) for row in rows]

    x = [ExactVector.of(values(name)) for name in bowl.columns]
    residual = values(bowl.target)
    for name, value in bowl.fixed:
        w = Fraction(value)
        residual = [y - w * v for y, v in zip(residual, values(name), strict=True)]
    y = ExactVector.of(residual)
    c2 = 2 * reduction_factor(settings.reduction, n)
    l2 = Fraction(settings.l2)
    matrix = [[c2 * a.dot(b) for b in x] for a in x]
    for i, column in enumerate(bowl.columns):
        if column is not None:
            matrix[i][i] += l2
    right = [c2 * a.dot(y) for a in x]
    hessian = np.array([[float(v) for v in row] for row in matrix]).reshape(len(x), len(x))
    solution = _eliminate(matrix, right)
    if solution is None:
        return _Solved(hessian, [], 0.0, _why(bowl, dataset, n))
    # loss at the optimum: c |y|^2 - (X y) . w, plus what the frozen weights add to the penalty
    minimum = c2 / 2 * y.dot(y) - sum((r * w for r, w in zip(right, solution, strict=True)), Fraction(0)) / 2
    minimum += l2 / 2 * sum((Fraction(w) ** 2 for name, w in bowl.fixed if name is not None), Fraction(0))
    readable = exact and within_limit([*solution, minimum])
    optimum: list[Number] = [w if readable else float(w) for w in solution]
    return _Solved(hessian, optimum, minimum if readable else float(minimum), None)


def _eliminate(matrix: Matrix, right: list[Fraction]) -> list[Fraction] | None:
    """The solution of a symmetric system; ``None`` when it is singular."""
    rows = [[*row, r] for row, r in zip(matrix, right, strict=True)]
    n = len(rows)
    for i in range(n):
        pivot = next((k for k in range(i, n) if rows[k][i]), None)
        if pivot is None:
            return None
        rows[i], rows[pivot] = rows[pivot], rows[i]
        head = rows[i]
        for k in range(n):
            if k != i and rows[k][i]:
                ratio = rows[k][i] / head[i]
                rows[k] = [a - ratio * b for a, b in zip(rows[k], head, strict=True)]
    return [rows[i][n] / rows[i][i] for i in range(n)]


def _solve_rounded(bowl: Bowl, dataset: Dataset, settings: TrainingSettings, n: int) -> _Solved:
    """Least squares by QR on columns scaled to length 1; the normal equations would square the condition."""
    rows = dataset.train_rows

    def values(name: str | None) -> FloatArray:
        return np.ones(n) if name is None else dataset.columns[name].floats[rows]

    c = float(reduction_factor(settings.reduction, n))
    l2 = float(settings.l2)
    is_weight = np.array([name is not None for name in bowl.columns], dtype=np.float64)
    x = np.array([values(name) for name in bowl.columns]).reshape(len(bowl.columns), n).T
    y = values(bowl.target).copy()
    for name, value in bowl.fixed:
        y -= float(value) * values(name)
    hessian = 2 * c * (x.T @ x) + l2 * np.diag(is_weight)
    tall, target = x, y
    if l2:
        tall = np.vstack([x, np.sqrt(l2 / (2 * c)) * np.diag(is_weight)])
        target = np.concatenate([y, np.zeros(len(is_weight))])
    lengths = np.sqrt((tall * tall).sum(axis=0))
    lengths[lengths == 0.0] = 1.0
    q, r = np.linalg.qr(tall / lengths)
    diagonal = np.abs(np.diag(r))
    if diagonal.min(initial=np.inf) <= len(tall) * np.finfo(np.float64).eps:
        return _Solved(hessian, [], 0.0, _why(bowl, dataset, n))
    w = np.linalg.solve(r, q.T @ target) / lengths
    w += np.linalg.solve(r, q.T @ (target - tall @ w)) / lengths  # one refinement with the true residuals
    residuals = x @ w - y
    fixed = sum(float(value) ** 2 for name, value in bowl.fixed if name is not None)
    minimum = c * float(residuals @ residuals) + l2 / 2 * (float((w * w) @ is_weight) + fixed)
    return _Solved(hessian, [float(v) for v in w], minimum, None)


def _why(bowl: Bowl, dataset: Dataset, n: int) -> str:
    """Why no single choice of parameters is the best."""
    count = len(bowl.names)
    if n < count:
        rows = "1 row does" if n == 1 else f"{n} rows do"
        return f"{rows} not determine the {count} parameters of {bowl.title}: many choices fit equally well."
    rows_read = dataset.train_rows
    for name in bowl.columns:
        if name is not None:
            values = dataset.columns[name].floats[rows_read]
            if not values.any():
                return f"All values of {name} are 0, so that its weight changes nothing."
            if None in bowl.columns and bool((values == values[0]).all()):
                return (
                    f"All values of {name} are equal, so that its weight and the bias cannot be told apart: "
                    "many choices fit equally well."
                )
    return (
        f"The inputs of {bowl.title} depend on one another in these rows: "
        "many choices of the parameters fit equally well."
    )
