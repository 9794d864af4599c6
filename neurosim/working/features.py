"""The features of one row, written out: x' = (x - mean) / sd = (2104 - 2000.68) / 786.2 ~ 0.13, and their constants."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from neurosim.engine.feature import Feature
from neurosim.engine.network import InputNode
from neurosim.engine.representation import constants_of, words_of
from neurosim.engine.snapshot import Snapshot
from neurosim.engine.transforms import TRANSFORMS
from neurosim.engine.transforms.base import Constants
from neurosim.markup.build import EQUALS, TAKE_AWAY, bracketed, index, italic, words
from neurosim.markup.tree import Mark, Markup, Over, Root, Row, Script, Symbol
from neurosim.numbers.exact import Number
from neurosim.working.feature_forms import Written, written
from neurosim.working.line import Equation, equation, result
from neurosim.working.names import Names, refs_of_node
from neurosim.working.signed_sum import signed_sum
from neurosim.working.terms import Leaf, NumberStyle


def feature_equation(
    snapshot: Snapshot, names: Names, feature: Feature, row: int, style: NumberStyle
) -> Equation | None:
    """How the value of *feature* in *row* comes about; ``None`` where it has none."""
    value = snapshot.activation(feature.id, row)
    transform = TRANSFORMS.get(feature.transform)
    if value is None or transform is None:
        return None
    refs = refs_of_node(feature.id, row)
    left = None if names.is_formula(feature.id) else Mark(names.activation(feature.id, row), refs)
    found = written_in_row(snapshot, names, feature, row, style)
    if found is None:
        return equation(left, None, value, style, row=row, refs=refs)
    shown = result(value, style, refs=refs)
    return Equation(left, found.symbols, found.numbers, shown, value, (), row)


def written_in_row(snapshot: Snapshot, names: Names, feature: Feature, row: int, style: NumberStyle) -> Written | None:
    """The formula of *feature* with symbols, and with the numbers of *row*."""
    transform = TRANSFORMS[feature.transform]
    sources = [_source(snapshot, names, source, row) for source in feature.sources]
    constants = constants_of(snapshot.dataset).get(feature.column, {})
    settings = transform.complete(feature.settings)
    word = _word(snapshot, feature, row)
    return written(feature.transform, sources, constants, settings, style, word)


def constant_equations(snapshot: Snapshot, names: Names, feature: Feature, style: NumberStyle) -> Iterator[Equation]:
    """Where the constants of *feature* come from: all training rows."""
    constants: Constants = constants_of(snapshot.dataset).get(feature.column, {})
    if not feature.sources:
        return
    dataset = snapshot.dataset
    n = dataset.n_rows - len(set(dataset.test_rows))
    x = names.activation(feature.sources[0], "i" if dataset.n_rows > 1 else None)
    sigma = Script(Symbol("Σ", "upright"), None, italic("i"), big=True)
    count = Symbol(str(n), "number")
    if "mean" in constants:
        yield Equation(words("mean"), Over(Row((sigma, x)), count), None, *_shown(constants["mean"], style))
        settings = TRANSFORMS[feature.transform].complete(feature.settings)
        below = count if settings.get("divisor") != "sample" else Row((count, TAKE_AWAY, Symbol("1", "number")))
        away = Script(bracketed(Row((x, TAKE_AWAY, words("mean")))), Symbol("2", "number"))
        root = Root(Over(Row((sigma, away)), below))
        yield Equation(words("sd"), root, None, *_shown(constants["deviation"], style))
    if "minimum" in constants:
        for title, key in (("min", "minimum"), ("max", "maximum")):
            yield Equation(
                words(title), Row((index(words(title), italic("i")), x)), None, *_shown(constants[key], style)
            )


def inverse_equation(snapshot: Snapshot, names: Names, feature: Feature, style: NumberStyle) -> Markup | None:
    """Back to the source: x = mean + sd · x'; ``None`` of a transform that is no straight line."""
    transform = TRANSFORMS.get(feature.transform)
    constants = constants_of(snapshot.dataset).get(feature.column)
    if transform is None or transform.affine is None or constants is None or len(feature.sources) != 1:
        return None
    scale, shift = transform.affine(constants, transform.complete(feature.settings))
    if scale == 0:
        return None
    slope: Number = 1 / scale
    level: Number = -shift / scale
    x = Mark(names.activation(feature.sources[0], None), frozenset({feature.sources[0]}))
    left = Mark(names.activation(feature.id, None), frozenset({feature.id}))
    return Row((x, EQUALS, *signed_sum([(level, None), (slope, left)], style)))


def _shown(value: Number, style: NumberStyle) -> tuple[Markup, Number]:
    return result(value, style), value


def _source(snapshot: Snapshot, names: Names, source: str, row: int) -> Leaf:
    value = snapshot.activation(source, row)
    refs = refs_of_node(source, row)
    return Leaf(names.activation(source, row), Fraction(0) if value is None else value, refs, is_datum=True)


def _word(snapshot: Snapshot, feature: Feature, row: int) -> str | None:
    """What the source holds in *row* where that is a word."""
    for source in feature.sources:
        node = snapshot.network.node_by_id[source]
        held = words_of(snapshot.dataset, node.column) if isinstance(node, InputNode) else None
        if held is not None and row < len(held):
            return held[row]
    return None
