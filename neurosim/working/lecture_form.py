"""A linear neuron's gradient in the form of the lecture: 1/2[−4(0 + 16/3) − 8(4 + 14/3)], unreduced."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from neurosim.engine.methods import METHODS
from neurosim.engine.network import Edge, InputNode, Neuron
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.rate import coming_rate
from neurosim.engine.snapshot import Snapshot
from neurosim.markup.build import NEGATIVE, PLUS, TAKE_AWAY, bracketed, derivative, italic, number, words
from neurosim.markup.tree import Bracket, Mark, Markup, Over, Row, Script, Symbol
from neurosim.numbers.exact import all_exact, is_exact
from neurosim.numbers.format import LARGEST_DENOMINATOR
from neurosim.records import dataclass
from neurosim.working.conventions import rows_of
from neurosim.working.line import Equation, Line
from neurosim.working.names import RATE, Names, RowIndex, names_of, refs_of_output

MOST_ROWS = 6
_NAMES = {"sum": "SE", "mean": "MSE", "half_sum": "SE/2", "half_mean": "MSE/2"}


@dataclass(frozen=True)
class _Addend:
    """What a row adds: coefficient times (y - ŷ), with what it stands for."""

    coefficient: Fraction
    target: Fraction
    prediction: Fraction
    refs: frozenset[str]


def lecture_form(snapshot: Snapshot) -> tuple[Line, ...] | None:
    """The gradient and the step of a single linear neuron with squared error, as on the slides.

    One line for each parameter's derivative (symbols, numbers, one fraction for each row, the sum left unreduced, the
    result) and one for the step. ``None`` for other networks and losses, more than six rows, a penalty, or numbers
    that are not exact.
    """
    neuron = _linear_neuron(snapshot)
    if neuron is None:
        return None
    dataset = snapshot.dataset
    rows = [row for row in range(dataset.n_rows) if row not in set(dataset.test_rows)]
    output = snapshot.network.outputs[0]
    targets = dataset.columns[output.target or ""]
    predictions = snapshot.exact_activations[neuron.id]
    names = names_of(snapshot.network, dataset.n_rows)
    lines: list[Line] = []
    steps: list[Equation] = []
    for parameter in snapshot.gradient:
        edge = snapshot.network.edge_by_id.get(parameter)
        addends = []
        for row in rows:
            x = Fraction(1) if edge is None else Fraction(snapshot.exact_activations[edge.source][row])
            coefficient = -x if snapshot.settings.reduction.startswith("half") else -2 * x
            refs = refs_of_output(neuron.id, row) | {parameter}
            addends.append(_Addend(coefficient, Fraction(targets[row]), Fraction(predictions[row]), refs))
        whole, form = _derivative(snapshot, names, neuron, parameter, edge, addends)
        lines.append(Line(0, "backward", f"The derivative by {_plain(parameter, edge)}", [whole].copy))
        steps.append(_step(snapshot, names, parameter, form))
    moving = [one for one, name in zip(steps, snapshot.gradient, strict=True) if snapshot.network.trainable[name]]
    if moving and _steps_plainly(snapshot):
        lines.append(Line(0, "update", "Shift by the learning rate times the gradient", moving.copy))
    return tuple(lines)


def _steps_plainly(snapshot: Snapshot) -> bool:
    """Whether a step is the learning rate times the gradient, in fractions."""
    optimizer = snapshot.settings.optimizer
    plugin = OPTIMIZERS[optimizer.name]
    return is_exact(coming_rate(snapshot.settings)) and plugin.is_plain(plugin.complete(optimizer.settings))


def _plain(parameter: str, edge: Edge | None) -> str:
    return "the bias" if edge is None else parameter


def _linear_neuron(snapshot: Snapshot) -> Neuron | None:
    """The neuron, when the form fits."""
    network, settings = snapshot.network, snapshot.settings
    if snapshot.problem is not None or not snapshot.exact or settings.loss != "squared_error":
        return None
    if settings.l1 or settings.l2 or len(network.neurons) != 1 or len(network.outputs) != 1:
        return None
    if not METHODS[settings.method].by_gradient:
        return None
    neuron = network.neurons[0]
    inputs = all(isinstance(network.node_by_id[edge.source], InputNode) for edge in network.edges)
    fits = neuron.activation == "identity" and network.outputs[0].node == neuron.id and inputs
    used = fits and all_exact(network.parameters.values()) and neuron.id in snapshot.exact_activations
    batch = settings.batch_size
    full = batch is None or batch >= rows_of(snapshot)
    return neuron if used and full and rows_of(snapshot) <= MOST_ROWS else None


def _derivative(
    snapshot: Snapshot, names: Names, neuron: Neuron, parameter: str, edge: Edge | None, addends: list[_Addend]
) -> tuple[Equation, Markup]:
    """The whole chain of one parameter, and its derivative as the sum leaves it."""
    value = Fraction(snapshot.gradient[parameter])
    n = len(addends)
    mean = snapshot.settings.reduction in ("mean", "half_mean") and n > 1
    prefix: tuple[Markup, ...] = (Over(Symbol("1", "number"), Symbol(str(n), "number")),) if mean else ()
    named: tuple[Markup, ...] = (Over(Symbol("1", "number"), italic("n")),) if mean else ()
    bracket = _bracket(addends)
    substituted: Markup = Row((*prefix, Bracket(bracket, "[", "]"))) if prefix else bracket
    summands = [a.coefficient * (a.target - a.prediction) / (n if mean else 1) for a in addends]
    form, unreduced = _added(summands, value)
    spread = _spread(summands)
    steps = (spread, *((unreduced,) if unreduced is not None else ())) if len(summands) > 1 else ()
    loss = words(_NAMES[snapshot.settings.reduction])
    result = Mark(number(value), frozenset({parameter}), "gradient")
    left = Mark(derivative(loss, names.parameter(parameter)), frozenset({parameter}), "gradient")
    symbols = Row((*named, *_symbols(snapshot, names, neuron, edge, n)))
    return Equation(left, symbols, substituted, result, value, steps), form


def _symbols(snapshot: Snapshot, names: Names, neuron: Neuron, edge: Edge | None, n: int) -> tuple[Markup, ...]:
    """Σ −2x(y − ŷ)."""
    i: RowIndex = None if n == 1 else "i"
    factor: list[Markup] = [NEGATIVE]
    if not snapshot.settings.reduction.startswith("half"):
        factor.append(Symbol("2", "number"))
    if edge is not None:
        factor.append(Mark(names.activation(edge.source, i), frozenset({edge.source})))
    difference = Row(
        (
            Mark(names.target(neuron.id, i), frozenset({f"output:{neuron.id}"})),
            TAKE_AWAY,
            Mark(names.prediction(neuron.id, i), refs_of_output(neuron.id, None)),
        )
    )
    total: tuple[Markup, ...] = (*factor, bracketed(difference))
    return total if n == 1 else (Script(Symbol("Σ", "upright"), None, italic("i"), big=True), *total)


def _bracket(addends: list[_Addend]) -> Markup:
    """−4(0 + 16/3) − 8(4 + 14/3): y − ŷ with the sign of ŷ turned into the sign between them."""
    parts: list[Markup] = []
    for addend in addends:
        c = addend.coefficient
        size = number(abs(c))
        if isinstance(size, Over):
            size = bracketed(size)
        sign: Markup = (PLUS if c >= 0 else TAKE_AWAY) if parts else NEGATIVE
        if parts or c < 0:
            parts.append(sign)
        between = TAKE_AWAY if addend.prediction > 0 else PLUS
        inside = Row((number(addend.target), between, number(abs(addend.prediction))))
        parts.append(Mark(Row((size, bracketed(inside))), addend.refs, "loss"))
    return Row(tuple(parts))


def _spread(summands: list[Fraction]) -> Markup:
    """−32/3 − 104/3."""
    parts: list[Markup] = []
    for value in summands:
        size = number(abs(value))
        if parts:
            parts.append(PLUS if value >= 0 else TAKE_AWAY)
        elif value < 0:
            parts.append(NEGATIVE)
        parts.append(size)
    return Row(tuple(parts))


def _added(summands: list[Fraction], value: Fraction) -> tuple[Markup, Markup | None]:
    """The sum over the common denominator, and the same as a step of its own when it can still be reduced."""
    below = lcm(*(one.denominator for one in summands))
    if below == value.denominator or below > LARGEST_DENOMINATOR or not value:
        return number(value), None
    size = Over(Symbol(str(abs(int(value * below))), "number"), Symbol(str(below), "number"))
    form = Row((NEGATIVE, size)) if value < 0 else size
    return form, form


def _step(snapshot: Snapshot, names: Names, parameter: str, form: Markup) -> Equation:
    """a = 1/3 + 136/90 = 83/45: the gradient's numerator and denominator times the rate's, unreduced."""
    old, gradient = Fraction(snapshot.network.parameters[parameter]), Fraction(snapshot.gradient[parameter])
    rate = Fraction(coming_rate(snapshot.settings))
    above, below = _parts(form, gradient)
    change = Over(Symbol(str(above * rate.numerator), "number"), Symbol(str(below * rate.denominator), "number"))
    sign = TAKE_AWAY if gradient > 0 else PLUS
    refs = frozenset({parameter})
    symbols = Row(
        (
            Mark(names.parameter(parameter), refs),
            TAKE_AWAY,
            Row((RATE, Symbol("·", "operator"), Mark(names.gradient(parameter), refs, "gradient"))),
        )
    )
    new = old - rate * gradient
    return Equation(
        names.new(parameter),
        symbols,
        Row((number(old), sign, change)),
        Mark(number(new), refs, "next", "pending"),
        new,
    )


def _parts(form: Markup, value: Fraction) -> tuple[int, int]:
    """Numerator and denominator as written, without the sign."""
    bare = form.parts[-1] if isinstance(form, Row) else form
    if isinstance(bare, Over) and isinstance(bare.above, Symbol) and isinstance(bare.below, Symbol):
        return int(bare.above.text), int(bare.below.text)
    return abs(value.numerator), value.denominator
