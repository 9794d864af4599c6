"""A feature: a node without parameters whose values are calculated from columns before any training."""

from __future__ import annotations

from typing import NamedTuple

from neurosim.engine.transforms.base import Chosen
from neurosim.records import dataclass

Point = tuple[float, float]
"""A place on the canvas in pixels at 100 %; x to the right, y down."""

CALCULATED = "\u2060"
"""The sign, invisible, that names of calculated columns begin with, so that no column of the data is hidden."""


@dataclass(frozen=True, slots=True)
class Feature:
    """Values calculated from the columns of ``sources`` (inputs or other features), fed by wires without weights.

    ``transform`` is a name in ``TRANSFORMS``; ``settings`` holds those of its settings that were chosen.
    """

    id: str
    transform: str
    sources: tuple[str, ...] = ()
    settings: Chosen = ()
    label: str = ""
    position: Point = (0.0, 0.0)

    @property
    def column(self) -> str:
        """The column of a represented dataset that holds the values."""
        return feature_column(self.id)


class Recipe(NamedTuple):
    """How one calculated column comes about: equal recipes give equal values from equal data."""

    column: str
    transform: str
    sources: tuple[str, ...]
    settings: Chosen


def feature_column(feature: str) -> str:
    """The name of the column that a feature's values stand in."""
    return f"{CALCULATED}{feature}"


def target_column(node: str) -> str:
    """The name of the column that the transformed target of an output stands in."""
    return f"{CALCULATED}{node}.target"


def is_calculated(column: str) -> bool:
    """Whether a column of a represented dataset was calculated."""
    return column.startswith(CALCULATED)
