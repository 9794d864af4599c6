"""What the map shares with all other views: which parameters are lit up, and what the working's line is about."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from neurosim.panels.base import PanelContext
from neurosim.panels.loss_map.axis_names import AxisNames
from neurosim.panels.loss_map.picture import MapPicture


class MapLinks(QObject):
    """Keeps a picture in step with pointer and working.

    Signals:
        changed(): other things are lit up, in the line, or pending; paint anew.
    """

    changed = Signal()

    def __init__(
        self,
        context: PanelContext,
        picture: MapPicture,
        axis_names: AxisNames,
        seen: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        """Follow *context*; while nobody sees the map (``seen()``) the working is not asked."""
        super().__init__(parent)
        self._context = context
        self._picture = picture
        self._axis_names = axis_names
        self._seen = seen
        context.selection.lit_changed.connect(self._changed)
        context.session.walk.changed.connect(self._changed)

    def follow(self) -> None:
        """Catch up with everything, without a signal."""
        picture, walk = self._picture, self._context.session.walk
        subject = picture.subject
        if subject is None:
            return
        mine = {name + part for name in (subject.across, subject.up) for part in ("", ".gradient")}
        picture.lit, picture.in_line = self._context.selection.lit & mine, walk.refs & mine
        pending, (x, y) = walk.pending, picture.dot
        picture.pending = None
        if subject.across in pending or subject.up in pending:
            picture.pending = pending.get(subject.across, x), pending.get(subject.up, y)
        network = self._context.session.snapshot.network
        self._axis_names.show(network, subject, picture.lit, picture.in_line)

    def _changed(self) -> None:
        if self._picture.subject is not None and self._seen():
            self.follow()
            self.changed.emit()
