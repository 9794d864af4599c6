"""At full speed training takes what painting leaves of a frame, and keeps its fair time where it leaves nothing."""

from __future__ import annotations

import pytest

from neurosim.training.share import FAIR, LITTLE, MEMORY, SPARE, Share


def frames(share: Share, left: float, count: int) -> list[float]:
    """The seconds of training in so many frames, of each of which *left* seconds are left after painting."""
    found = []
    for _ in range(count):
        seconds = share.seconds(left)
        share.took(seconds)
        found.append(seconds)
    return found


def test_training_takes_what_is_left() -> None:
    assert frames(Share(), 0.012, 3) == pytest.approx([0.012 - SPARE] * 3)


def test_a_heavy_frame_among_light_ones_is_made_later_by_a_little_only() -> None:
    share = Share()
    frames(share, 0.012, 10)
    assert frames(share, 0.0, 2) == [LITTLE, LITTLE]
    assert frames(share, 0.012, 1) == pytest.approx([0.012 - SPARE])


def test_where_painting_leaves_nothing_training_has_its_fair_time() -> None:
    assert frames(Share(), 0.0, 5) == pytest.approx([FAIR] * 5)


def test_what_was_had_before_is_forgotten_after_a_few_frames() -> None:
    share = Share()
    frames(share, 1.0, 1)
    waits = round(MEMORY / (FAIR - LITTLE))
    taken = frames(share, 0.0, waits + 20)
    assert taken[: waits - 2] == [LITTLE] * (waits - 2)
    assert taken[-10:] == pytest.approx([FAIR] * 10)


def test_time_that_was_not_taken_is_not_saved_up() -> None:
    share = Share()
    for _ in range(100):
        share.took(0.0)
    assert share.seconds(0.0) == pytest.approx(FAIR)
