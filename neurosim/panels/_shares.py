"""Each row's shares of loss and gradient, worked out once per snapshot for all panels that show them."""

from __future__ import annotations

import weakref

from neurosim.engine.snapshot import Snapshot
from neurosim.working.shares import Shares, shares


class _Latest:
    """The newest shares, for as long as a panel holds them: with all their arrays they are not kept for nobody."""

    found: weakref.ref[Shares] | None = None


def shares_of(snapshot: Snapshot) -> Shares:
    """The shares of *snapshot*; hold them while they are on view, so that the next panel gets the same."""
    known = _Latest.found() if _Latest.found is not None else None
    if known is not None and known.snapshot is snapshot:
        return known
    found = shares(snapshot)
    _Latest.found = weakref.ref(found)
    return found
