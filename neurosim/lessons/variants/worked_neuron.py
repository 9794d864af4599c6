"""The neuron of slides 2 and 3 with other numbers: multiply along the edges, add, apply the activation."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from neurosim.lessons.variants._friendly import friendly, pick, telling
from neurosim.lessons.variants._networks import several_inputs
from neurosim.lessons.variants._writing import Sheet, worked
from neurosim.lessons.variants.base import Draft, VariantKind

_RULES = {
    "relu": ("f(z) = max(0, z)", "The activation is ReLU: it passes on what is above 0, and 0 for the rest."),
    "identity": ("f(z) = z", "The activation is the identity: it passes z on as it is."),
    "step": ('f(z) = 1 " for " z >= 0 ", else " 0', "The activation is a step: the neuron fires or it does not."),
}


def _attempt(generator: Random) -> Draft | None:
    count = generator.choice((2, 2, 3))
    weights = [pick(generator, -3, -2, "-3/2", -1, "-1/2", "1/2", 1, "3/2", 2, 3) for _ in range(count)]
    inputs = [pick(generator, -2, -1, 1, 2, 3, 4, 5) for _ in range(count)]
    b = pick(generator, -4, -3, -2, -1, "-1/2", "1/2", 1, 2, 3, 4)
    activation = generator.choice(("relu", "relu", "identity", "step"))
    products = [w * x for w, x in zip(weights, inputs, strict=True)]
    z = sum(products, b)
    if not friendly([*products, z], 2, 30) or len(set(products)) < count or not z or len(set(weights)) < count:
        return None
    sheet = Sheet(several_inputs(weights, inputs, b, activation))
    for i, product in enumerate(products, start=1):
        sheet.ask(f"p{i}", f"w_{i} x_{i}", product, f"product:w{i}:1")
    total = " + ".join(f"{{p{i}}}" for i in range(1, count + 1))
    sheet.ask("z", "z", z, "z:n:1", f"{total} + ({b})")
    rules = {"relu": max(z, Fraction(0)), "identity": z, "step": Fraction(int(z >= 0))}
    sheet.ask("out", "f(z)", rules[activation], "value:n:1", "" if activation != "identity" else "{z}")
    if not telling(sheet.boxes[:-1]):
        return None
    given = [f"x_{i} = {x}" for i, x in enumerate(inputs, start=1)]
    given += [f"w_{i} = {w}" for i, w in enumerate(weights, start=1)]
    rule, said = _RULES[activation]
    assert sheet.state is not None  # noqa: S101 - given two lines above
    return sheet.done(
        f"Work out what the neuron gives. {said}", worked(sheet.state, "forward"), [*given, f"b = {b}", rule]
    )


PLUGIN = VariantKind(
    "worked_neuron",
    "A neuron with numbers",
    "Multiply along the edges, add up, apply the activation.",
    "1-3",
    _attempt,
    order=10,
)
