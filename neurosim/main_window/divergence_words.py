"""The sentences of the divergence sheet: what happened, which term grew, why, and what was kept."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from neurosim.engine.divergence import parameter_title
from neurosim.markup.build import EQUALS, TAKE_AWAY, TIMES, italic, number, row
from neurosim.markup.tree import Markup, Symbol
from neurosim.numbers.format import Mode
from neurosim.panels._words import parameter_name
from neurosim.training.growth import Direction, Growth
from neurosim.widgets.display import Display

NAMED = 4
"""So many parts of a direction are written out."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("DivergenceSheet", text)


def what_happened(growth: Growth, display: Display) -> str:
    """Which step took the loss where, and where it began."""
    stop, start = growth.stop, growth.steps[0]
    began = _tr("At step {step} it was {loss}.").format(step=start.step, loss=display.both(start.loss))
    if stop.step is None:
        return f"{stop.sentence} {began}"
    if stop.kept and stop.loss is not None:
        text = _tr("Step {step} took the loss to {loss}.").format(step=stop.step, loss=display.text(stop.loss))
    else:
        text = _tr("Step {step} would have taken the loss beyond what can be calculated with.").format(step=stop.step)
    return f"{text} {began}"


def which_term(growth: Growth, display: Display) -> str:
    """Which parameter moved most, and which row makes up most of the loss."""
    parts = []
    network = growth.last.network
    if growth.names and growth.stop.step is not None:
        name = growth.names[0]
        values = [step.parameters[name] for step in growth.steps[-2:] if name in step.parameters]
        title, short = parameter_title(network, name).replace("->", "→"), parameter_name(network, name)
        title = f"{title}, {short}," if name in network.edge_by_id else title
        if len(values) == 2 and growth.stop.kept:
            text = _tr("{title} moved most in it: from {old} to {new}.")
            text = text.format(title=title, old=display.text(values[0]), new=display.text(values[1]))
        else:
            text = _tr("{title} would have moved most.").format(title=title)
        parts.append(text)
    if growth.row is not None and growth.row_share > 0.0:
        text = _tr("Row {row} ({values}) makes up {share} of the loss there.")
        written = ", ".join(f"{column} {display.datum(value)}" for column, value in _row(growth))
        share = display.text(round(100 * growth.row_share, 1)).removesuffix(f"{display.decimal}0")
        parts.append(text.format(row=growth.row + 1, values=written, share=f"{share} %"))
    return " ".join(parts)


def why(growth: Growth, display: Display) -> str:
    """The reason, as far as it is known; where there is a formula it follows this sentence."""
    direction, zones = growth.direction, growth.zones
    if direction is not None and growth.factor is not None:
        text = _tr(
            "The loss is curved most, λ {curvature}, in the direction {direction}. "
            "Along it each step multiplies the distance from the bottom by"
        )
        return text.format(curvature=display.text(direction.curvature), direction=_where(growth, direction, display))
    if not zones.zones:
        return f"{zones.reason or ''} {_grew()}".strip()
    limit = zones.zones[-1].low
    if float(growth.rate) >= limit:
        text = _tr("The learning rate {rate} is above {limit}, from which on steps lead further and further away")
    else:
        text = _tr("Where it ended the learning rate {rate} would be stable, below {limit}, but on the way it was not")
    if zones.estimate:
        text += _tr(" (the curvature was measured where the run ended)")
    return f"{text.format(rate=display.text(growth.rate), limit=display.text(limit))}. {_grew()}"


def factor_formula(growth: Growth, display: Display) -> Markup | None:
    """``1 − η · λ = 1 − 1/10 · 21.8167 = −1.18167``; ``None`` where no such factor is known."""
    if growth.direction is None or growth.factor is None:
        return None
    one = Symbol("1", "number")
    mode: Mode = "decimal" if display.mode == "decimal" else "exact"
    rate = number(growth.rate, mode, display.decimal)
    curvature = number(growth.direction.curvature, mode, display.decimal)
    return row(
        one, TAKE_AWAY, italic("η"), TIMES, italic("λ"), EQUALS,
        one, TAKE_AWAY, rate, TIMES, curvature, EQUALS, number(growth.factor, mode, display.decimal),
    )  # fmt: skip


def what_follows(growth: Growth, display: Display) -> str:
    """What the factor means."""
    if growth.direction is None or growth.factor is None:
        return ""
    if growth.factor <= -1.0:
        text = _tr(
            "so each step lands on the other side, further away, and in the end multiplies the loss by the square "
            "of it, {square}. Rates below 2/λ = {limit} come closer."
        )
        square = display.text(growth.factor**2) if abs(growth.factor) < 1e150 else _tr("too large to write")
        return text.format(square=square, limit=display.text(2.0 / growth.direction.curvature))
    return _tr("which would come closer: it was not the learning rate alone.")


def what_is_kept(growth: Growth) -> str:
    """Where the document stands now."""
    step = growth.last.settings.step
    return _tr("Kept is the state after step {step}, in which every number is finite.").format(step=step)


def _grew() -> str:
    return _tr("The factors in the table say how much longer each step was than the one before.")


def _where(growth: Growth, direction: Direction, display: Display) -> str:
    """A direction as ``(a, b) = (0.957092, 0.289784)``, its largest parts if there are many."""
    network = growth.last.network
    weights = direction.weights
    names = sorted(weights, key=lambda name: -abs(weights[name]))[:NAMED]
    names = [name for name in weights if name in names]
    more = ", …" if len(weights) > len(names) else ""
    called = ", ".join(parameter_name(network, name) for name in names)
    values = ", ".join(display.text(weights[name]) for name in names)
    return f"({called}{more}) = ({values}{more})"


def _row(growth: Growth) -> list[tuple[str, Fraction | float]]:
    """The numbers of the row that the network reads, inputs before targets."""
    network, row_ = growth.last.network, growth.row
    columns = [node.column for node in network.inputs] + [output.column or "" for output in network.outputs]
    found = growth.last.dataset.row(row_) if row_ is not None else {}
    return [(column, found[column]) for column in dict.fromkeys(columns) if column in found][:NAMED]
