"""The lines of the loss curve's plot: whose they are, how each looks, and where it stands at a step."""

from __future__ import annotations

from collections.abc import Hashable

from neurosim.panels._look import Look
from neurosim.panels.loss_curve.curve import Curve, nearest_step
from neurosim.records import dataclass
from neurosim.training.other_curves import OtherCurve

MAIN = Look("loss", 2.0)
VALUE = Look("text", 2.0)
TEST = Look("loss", 1.75, (4.0, 2.5))
OTHERS = tuple(
    Look("text_muted", 1.25, dashes) for dashes in ((5.0, 3.0), (2.0, 3.0), (9.0, 4.0), (9.0, 3.0, 2.0, 3.0))
)
KEPT = tuple(
    Look("text", 1.5, dashes)
    for dashes in (
        (7.0, 3.0),
        (1.5, 2.0),
        (12.0, 3.0),
        (7.0, 2.5, 1.5, 2.5),
        (3.5, 2.0),
        (7.0, 2.5, 1.5, 2.5, 1.5, 2.5),
    )
)


@dataclass(frozen=True, eq=False)
class Line:
    """A line beside the main one.

    Attributes:
        key: stays the same while the line is the same one, though its points may change.
        curve: its points on the axis of now.
        other: the branch or run that it is, to go to.
        kept: which of the kept runs it is.
    """

    key: Hashable
    name: str
    curve: Curve
    look: Look
    other: OtherCurve | None = None
    kept: int | None = None

    def near(self, step: float, reach: float) -> int | None:
        """The index of its point nearest to *step*, if that is at most *reach* steps away."""
        found = nearest_step(self.curve, step)
        return found if found is not None and abs(float(self.curve.x[found]) - step) <= reach else None


def look_of_other(number: int) -> Look:
    """How the *number*-th other curve looks."""
    return OTHERS[number % len(OTHERS)]


def look_of_kept(number: int) -> Look:
    """How the *number*-th kept run looks."""
    return KEPT[number % len(KEPT)]
