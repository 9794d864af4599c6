"""What the timeline says about a place."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from neurosim.training.lanes import grouped
from neurosim.training.timeline import Timeline
from neurosim.training.track import Place, Track, end_of


def where(track: Track, index: int) -> str:
    """The place *index* in words, such as "step 312 · inside Train 1000 steps" or "step 12 · Learning rate 1/11"."""
    tr = QCoreApplication.translate
    place = track.place_at(index)
    step = tr("Timeline", "step {number}").format(number=grouped(place.step + max(0, index - track.last)))
    if index > track.last:
        return tr("Timeline", "{step} · running").format(step=step)
    if place.entry is track.root:
        return tr("Timeline", "{step} · the beginning").format(step=step)
    if not place.at_end:
        return tr("Timeline", "{step} · inside “{entry}”").format(step=step, entry=place.entry.text)
    return tr("Timeline", "{step} · after “{entry}”").format(step=step, entry=place.entry.text)


def present(timeline: Timeline, track: Track, index: int) -> str:
    """Where the document stands, the place *index* of *track*, and what is still being worked out."""
    tr = QCoreApplication.translate
    pending = timeline.pending
    if pending is not None and timeline.on_the_way:
        return tr("Timeline", "step {shown} is shown; step {wanted} is being worked out …").format(
            shown=grouped(timeline.place.step), wanted=grouped(pending.step)
        )
    return where(track, index)


def consequence(track: Track, place: Place) -> str:
    """What a change would do at *place*, in the past; what will stand here when nothing does; else empty."""
    if not track.last and not track.tail:
        return QCoreApplication.translate("Timeline", "Every step stays here.")
    if track.tail or place == end_of(track.place_at(track.last).entry):
        return ""
    return QCoreApplication.translate(
        "Timeline", "Looking back: what you change here starts a new branch, and this one stays."
    )


def hidden_branches(count: int) -> str:
    """That so many branches are not drawn."""
    if count == 1:
        return QCoreApplication.translate("Timeline", "and 1 more branch")
    return QCoreApplication.translate("Timeline", "and {count} more branches").format(count=count)


def branches_below(count: int) -> str:
    """That so many branches would be drawn if the timeline were higher."""
    if count == 1:
        return QCoreApplication.translate("Timeline", "1 branch more: pull up the edge above to see it")
    return QCoreApplication.translate("Timeline", "{count} branches more: pull up the edge above to see them").format(
        count=count
    )
