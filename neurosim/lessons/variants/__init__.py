"""Exercises with ever new numbers, one kind a file; the same kind and seed give the same exercise for ever.

The numbers are friendly: everything on the way to the answer stays a fraction that one writes by hand, because a kind
draws again until it does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count
from random import Random

from neurosim.lessons.variants.base import Draft, Given, SolutionLine, Variant, VariantKind
from neurosim.registry import Lazily, discover, in_order

KINDS: Mapping[str, VariantKind] = Lazily(
    lambda: in_order(discover("neurosim.lessons.variants", VariantKind, "neurosim.exercise_kinds"))
)
"""Each kind of exercise by its name, in the order of the lecture."""

MOST_ATTEMPTS = 2000


class VariantError(ValueError):
    """There is no such kind of exercise; the message is a sentence."""


def make_variant(kind: str, seed: int) -> Variant:
    """The exercise of a kind with that seed.

    Args:
        kind: a name in ``KINDS``.
        seed: any whole number.

    Raises:
        VariantError: there is no such kind, or it draws in vain, as one of another package might.
    """
    if kind not in KINDS:
        raise VariantError(f"There is no kind of exercise {kind}: there are {', '.join(KINDS)}.")
    found = KINDS[kind]
    generator = Random(f"{kind}:{seed}")  # noqa: S311 - the same exercise for the same seed, nothing secret
    for _ in range(MOST_ATTEMPTS):
        draft = found.attempt(generator)
        if draft is not None:
            return Variant(kind, seed, found.title, draft)
    raise VariantError(f"The kind of exercise {kind} found no friendly numbers for the seed {seed}.")


def variants(kind: str, seed: int) -> Iterator[Variant]:
    """Exercises without end, of the seeds from *seed* on; one that repeats an earlier one is passed over.

    Raises:
        VariantError: there is no such kind.
    """
    seen: set[object] = set()
    for number in count(seed):
        variant = make_variant(kind, number)
        key = (variant.draft.givens, variant.draft.tables)
        if key not in seen:
            seen.add(key)
            yield variant
        elif number - seed > 50 * (len(seen) + 1):
            return  # a kind of another package that has run out of numbers


__all__ = [
    "KINDS",
    "Draft",
    "Given",
    "SolutionLine",
    "Variant",
    "VariantError",
    "VariantKind",
    "make_variant",
    "variants",
]
