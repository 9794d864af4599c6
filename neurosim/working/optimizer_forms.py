"""The optimizers as formulas: what each remembers, what it corrects, and the change of a parameter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from neurosim.engine.methods import METHODS
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.markup.build import italic, words
from neurosim.markup.tree import Hat, Markup, Script
from neurosim.numbers.exact import Number
from neurosim.records import dataclass
from neurosim.working.applying import new_value
from neurosim.working.gradient_lines import unreduced_form
from neurosim.working.line import Equation, equation
from neurosim.working.names import RATE
from neurosim.working.next_step import NextStep
from neurosim.working.rate_lines import rate_leaf
from neurosim.working.sheet import Sheet
from neurosim.working.terms import (
    ONE,
    Constant,
    Leaf,
    Power,
    Quotient,
    SquareRoot,
    Term,
    minus,
    plus,
    square,
    times,
)

Titled = tuple[str, Equation]
UPDATE = "Step against the gradient"
NEW = words("new")


@dataclass(frozen=True)
class Update:
    """One parameter's update: where its numbers come from."""

    sheet: Sheet
    after: NextStep
    parameter: str

    @property
    def old(self) -> Leaf:
        """The parameter before the step."""
        return self.sheet.parameter(self.parameter)

    @property
    def gradient(self) -> Leaf:
        """The derivative of the loss by it, unreduced where the line before left it so."""
        symbol = self.sheet.names.gradient(self.parameter)
        value = self.sheet.step.gradient[self.parameter]
        by_gradient = METHODS[self.sheet.settings.method].by_gradient
        form = unreduced_form(self.sheet, self.parameter) if by_gradient else None
        return Leaf(symbol, value, frozenset({self.parameter}), "gradient", form)

    @property
    def rate(self) -> Leaf:
        """η, or η_t where a schedule changes it."""
        return rate_leaf(self.sheet)

    def setting(self, name: str, symbol: Markup) -> Leaf:
        """A setting of the optimizer."""
        settings = self.sheet.settings.optimizer
        value = OPTIMIZERS[settings.name].complete(settings.settings)[name]
        return Leaf(symbol, Fraction(value) if isinstance(value, bool) else value)

    def is_on(self, name: str) -> bool:
        """Whether a setting is not 0 and not off."""
        return bool(self.setting(name, italic("x")).value)

    def before(self, variable: str, letter: str) -> Leaf:
        """What the optimizer remembers of the parameter; 0 before the first step."""
        saved = self.sheet.settings.optimizer_state or {}
        value = saved.get(variable, {}).get(self.parameter, Fraction(0))
        return Leaf(self._placed(letter, None), value, frozenset({self.parameter}))

    def remembered(self, variable: str, letter: str) -> Leaf:
        """What it remembers after the step."""
        return Leaf(self._placed(letter, NEW), self.after.state[variable][self.parameter], frozenset({self.parameter}))

    @property
    def age(self) -> int:
        """Which of the parameter's steps this one is, from 1."""
        saved = self.sheet.settings.optimizer_state or {}
        return int(saved.get("step", {}).get(self.parameter, Fraction(0))) + 1

    def named(self, symbol: str, value: Number, *, hat: bool = False) -> Leaf:
        """A quantity in between, with the parameter as its index."""
        base: Markup = Hat(italic(symbol)) if hat else italic(symbol)
        return Leaf(Script(base, None, self.old.symbol), value, frozenset({self.parameter}))

    def line(self, title: str, left: Leaf, term: Term) -> Titled:
        """left = term, with the value of *left*."""
        return title, equation(left.symbol, term, left.value, self.sheet.style, refs=left.refs, role=left.role)

    def step(self, term: Term) -> Titled:
        """The new value of the parameter, which waits to be applied."""
        return UPDATE, new_value(self.sheet, self.parameter, term, self.after.values[self.parameter])

    def _placed(self, letter: str, above: Markup | None) -> Markup:
        return Script(italic(letter), above, self.old.symbol)


def _sgd(u: Update) -> list[Titled]:
    if not u.is_on("momentum"):
        return [u.step(minus(u.old, times(u.rate, u.gradient)))]
    momentum = u.setting("momentum", italic("μ"))
    new = u.remembered("momentum_buffer", "v")
    added: Term = u.gradient
    if u.is_on("dampening") and u.age > 1:
        added = times(minus(ONE, u.setting("dampening", italic("δ"))), u.gradient)
    lines = [u.line("The new velocity", new, plus(times(momentum, u.before("momentum_buffer", "v")), added))]
    pull: Term = new
    if u.is_on("nesterov"):
        pull = plus(u.gradient, times(momentum, new))
    return [*lines, u.step(minus(u.old, times(u.rate, pull)))]


def _mean_square(u: Update, variable: str, letter: str, decay: Leaf) -> Titled:
    new = u.remembered(variable, letter)
    term = plus(times(decay, u.before(variable, letter)), times(minus(ONE, decay), square(u.gradient)))
    return u.line("The new mean of the squared gradient", new, term)


def _mean(u: Update, variable: str, letter: str, decay: Leaf) -> Titled:
    new = u.remembered(variable, letter)
    term = plus(times(decay, u.before(variable, letter)), times(minus(ONE, decay), u.gradient))
    return u.line("The new mean of the gradient", new, term)


def _rmsprop(u: Update) -> list[Titled]:
    decay, epsilon = u.setting("alpha", italic("α")), u.setting("epsilon", italic("ε"))
    lines = [_mean_square(u, "square_avg", "s", decay)]
    spread: Term = u.remembered("square_avg", "s")
    if u.is_on("centered"):
        lines.append(_mean(u, "grad_avg", "m", decay))
        spread = minus(spread, square(u.remembered("grad_avg", "m")))
        variance = float(u.after.state["square_avg"][u.parameter]) - float(u.after.state["grad_avg"][u.parameter]) ** 2
        centred = u.named("c", max(variance, 0.0))
        lines.append(u.line("Their difference: the spread of the gradient", centred, spread))
        spread = centred
    scaled: Term = Quotient(u.gradient, plus(SquareRoot(spread), epsilon))
    if u.is_on("momentum"):
        new = u.remembered("momentum_buffer", "v")
        term = plus(times(u.setting("momentum", italic("μ")), u.before("momentum_buffer", "v")), scaled)
        lines.append(u.line("The new velocity", new, term))
        scaled = new
    return [*lines, u.step(minus(u.old, times(u.rate, scaled)))]


def _adagrad(u: Update) -> list[Titled]:
    new, epsilon = u.remembered("sum", "s"), u.setting("epsilon", italic("ε"))
    lines = [u.line("The new sum of the squared gradients", new, plus(u.before("sum", "s"), square(u.gradient)))]
    rate = u.rate
    if u.is_on("lr_decay") and u.age > 1:
        decay = u.setting("lr_decay", italic("δ"))
        below: Term = plus(ONE, times(Constant(Fraction(u.age - 1)), decay))
        value = rate.value / (1 + (u.age - 1) * decay.value)
        slower = Leaf(Script(RATE, None, u.old.symbol), value)
        lines.append(u.line("The learning rate, which falls with each step", slower, Quotient(rate, below)))
        rate = slower
    scaled = Quotient(u.gradient, plus(SquareRoot(new), epsilon))
    return [*lines, u.step(minus(u.old, times(rate, scaled)))]


def _adam(u: Update) -> list[Titled]:
    beta1 = u.setting("beta1", Script(italic("β"), None, words("1")))
    beta2 = u.setting("beta2", Script(italic("β"), None, words("2")))
    epsilon, age = u.setting("epsilon", italic("ε")), u.age
    mean, spread = u.remembered("exp_avg", "m"), u.remembered("exp_avg_sq", "v")
    lines = [_mean(u, "exp_avg", "m", beta1), _mean_square(u, "exp_avg_sq", "v", beta2)]
    corrected = []
    for moment, beta, letter in ((mean, beta1, "m"), (spread, beta2, "v")):
        leaf = u.named(letter, float(moment.value) / (1.0 - float(beta.value) ** age), hat=True)
        steps = Leaf(italic("t"), Fraction(age))
        lines.append(
            u.line("Undo the pull towards the zero start", leaf, Quotient(moment, minus(ONE, Power(beta, steps))))
        )
        corrected.append(leaf)
    start: Leaf = u.old
    if u.sheet.settings.optimizer.name == "adamw" and u.is_on("weight_decay"):
        decay = u.setting("weight_decay", italic("λ"))
        value = float(start.value) * (1.0 - float(u.rate.value) * float(decay.value))
        shrunk = Leaf(Script(italic("w"), words("shrunk"), start.symbol), value, start.refs)
        lines.append(u.line("Shrink by the weight decay", shrunk, minus(start, times(u.rate, times(decay, start)))))
        start = shrunk
    change = Quotient(corrected[0], plus(SquareRoot(corrected[1]), epsilon))
    return [*lines, u.step(minus(start, times(u.rate, change)))]


def _unknown(u: Update) -> list[Titled]:
    """An optimizer without a form here: its result alone."""
    _, found = u.step(u.old)
    return [(UPDATE, Equation(found.left, None, None, found.result, found.value))]


FORMS: Mapping[str, Callable[[Update], list[Titled]]] = {
    "sgd": _sgd,
    "rmsprop": _rmsprop,
    "adagrad": _adagrad,
    "adam": _adam,
    "adamw": _adam,
}


def update_equations(sheet: Sheet, after: NextStep, parameter: str) -> list[Titled]:
    """Titles and equations of one parameter's update, in order; the last has the title ``UPDATE``."""
    return FORMS.get(sheet.settings.optimizer.name, _unknown)(Update(sheet, after, parameter))


def update_titles(sheet: Sheet, after: NextStep, parameter: str) -> tuple[str, ...]:
    """The titles of ``update_equations``: they depend on the optimizer and on whether it is the first step alone."""
    optimizer = sheet.settings.optimizer
    later = Update(sheet, after, parameter).age > 1
    key = (optimizer.name, tuple(sorted(optimizer.settings.items())), later)
    found = _TITLES.get(key)
    if found is None:
        if len(_TITLES) >= MOST_KEPT:
            _TITLES.clear()
        found = _TITLES[key] = tuple(title for title, _ in update_equations(sheet, after, parameter))
    return found


MOST_KEPT = 64
_TITLES: dict[tuple[str, tuple[tuple[str, Number | bool], ...], bool], tuple[str, ...]] = {}
"""The titles by the optimizer, those of its settings that are not by default, and whether it has taken a step."""
