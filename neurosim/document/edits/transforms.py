"""What edits of features and of targets ask of transforms: their settings, and the classes of a column."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from neurosim.document.edits.common import EditError
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import FloatArray
from neurosim.engine.representation import words_of
from neurosim.engine.transforms import TRANSFORMS, Transform
from neurosim.engine.transforms.base import Choice, Chosen
from neurosim.numbers.exact import Number

MOST_CLASSES = 12
"""A column with more different values than this is a quantity, or a name of each row."""


def classes_in(state: DocumentState, column: str) -> tuple[Choice, ...]:
    """The different values of a column, words in the order in which they come, numbers rising.

    Raises:
        EditError: there is no such column, or it has more than ``MOST_CLASSES`` values.
    """
    dataset = state.dataset
    words = words_of(dataset, column)
    if words is not None:
        found: list[Choice] = [word for word in dict.fromkeys(words) if word]
    elif column in dataset.columns:
        values = dataset.columns[column]
        numbers = set(values.numbers) if values.numbers is not None else _different(values.floats)
        found = sorted(_whole(value) for value in numbers)
    else:
        raise EditError(f"The data have no column {column!r}.")
    if len(found) > MOST_CLASSES:
        raise EditError(f"{column} has {len(found)} different values: a class for each would be too many.")
    return tuple(found)


def transform_named(name: str) -> Transform:
    """The transform *name*.

    Raises:
        EditError: there is none.
    """
    if name not in TRANSFORMS:
        raise EditError(f"There is no transform {name!r}; there are: {', '.join(TRANSFORMS)}.")
    return TRANSFORMS[name]


def check_settings(transform: Transform, settings: Chosen) -> None:
    """Refuse settings that *transform* does not have, or cannot be given.

    Raises:
        EditError: the message says why.
    """
    reason = transform.settings_refusal(settings)
    if reason is not None:
        raise EditError(reason)


def with_setting(transform: str, settings: Chosen, name: str, value: Choice) -> Chosen:
    """*settings* with one more; what is as by default is left out."""
    found = transform_named(transform)
    check_settings(found, ((name, value),))
    chosen = {**dict(settings), name: value}
    return tuple((s.name, chosen[s.name]) for s in found.settings if s.name in chosen and chosen[s.name] != s.default)


def _different(values: FloatArray) -> set[Number]:
    """The different ones of *values*. To sort 10,000 takes ten times as long as to take two classes out of them."""
    found: set[Number] = set()
    rest = values
    while len(rest):
        if len(found) > MOST_CLASSES:
            return found.union(np.unique(rest).tolist())
        found.add(float(rest[0]))
        rest = rest[rest != rest[0]]
    return found


def _whole(value: Number) -> Number:
    return Fraction(int(value)) if not isinstance(value, Fraction) and float(value).is_integer() else value
