"""Keeps the zones of the learning rate up to date: in the same frame where that is quick, else when there is time."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from neurosim.engine.dataset import Dataset
from neurosim.engine.network import Neuron
from neurosim.engine.rate_zones import RateZones, rate_zones
from neurosim.engine.snapshot import Snapshot
from neurosim.training.session import TrainingSession
from neurosim.training.worker import Worker

QUICK = 0.002
"""Seconds that the zones may take of a frame."""

PAUSE = 150
"""Milliseconds between two estimates while the parameters move."""

SHARE = 10
"""What takes long is done so rarely that it takes a tenth of the time at most."""

LONG = 0.012
"""Seconds from which on they are found in a thread, where nobody waits for them."""

LONG_WORK = 20_000
"""The same from so many products per pass over the rows on, whatever was measured before."""

POLL = 15
"""Milliseconds between two looks whether the thread is done."""


class ZonesFeed(QObject):
    """Owns the newest zones, and a thread for those that take long.

    The zones of a quadratic loss belong to its shape (the data, the reduction, the penalties), not to the parameters:
    a step asks for nothing new.

    Signals:
        zones_changed(object): other ``RateZones`` hold now.
    """

    zones_changed = Signal(object)

    def __init__(self, session: TrainingSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker: Worker[tuple[RateZones, float]] = Worker("neurosim-zones")
        self._zones: RateZones | None = None
        self._dataset: Dataset | None = None
        self._shape: object = None
        self._sought: object = None
        self._values: object = None
        self._seconds = 0.0
        self._wanted: Snapshot | None = None
        self._clock, self._waits = session.clock, False
        self._pause = self._timer(self._pause_over)
        self._poll = self._timer(self._look)
        session.snapshot_changed.connect(self._frame)
        self._clock.painted.connect(self._painted)
        self._frame(session.snapshot)

    @property
    def zones(self) -> RateZones | None:
        """The zones, as far as they are known; ``None`` before the first."""
        return self._zones

    @property
    def settled(self) -> bool:
        """Whether the zones are those of the newest frame."""
        return self._wanted is None and not self._worker.busy

    def close(self) -> None:
        """End the thread."""
        self._pause.stop()
        self._poll.stop()
        self._waits = False
        self._worker.close()

    # -- when ------------------------------------------------------------------------------------------------------

    def _frame(self, snapshot: Snapshot) -> None:
        shape = _shape(snapshot)
        same = snapshot.dataset is self._dataset and shape == self._shape
        if same and self._zones is not None and not self._zones.estimate:
            return
        values = tuple(snapshot.network.parameters.values())
        if same and values == self._values:
            return
        if shape != self._shape:
            self._pause.stop()  # another network or other settings: what is shown belongs to none of them
            self._waits = False
        self._dataset, self._shape, self._values = snapshot.dataset, shape, values
        self._wanted = snapshot
        if not (self._pause.isActive() or self._waits):
            self._begin()

    def _pause_over(self) -> None:
        """Go on; after the frame that is about to come, or it would come later."""
        self._waits = self._clock.pending
        if not self._waits:
            self._begin()

    def _painted(self) -> None:
        if self._waits:
            self._waits = False
            self._begin()

    def _begin(self) -> None:
        """Find the zones that are wanted, unless the thread is still at others."""
        snapshot = self._wanted
        if snapshot is None or self._worker.busy:
            return
        self._wanted, self._sought = None, self._shape
        if _numbers(snapshot) <= LONG_WORK and self._seconds <= LONG:
            self._take(*_measured(snapshot))
        else:
            self._worker.submit(lambda: _measured(snapshot))
            self._poll.start(POLL)

    def _look(self) -> None:
        """Take over what the thread has found."""
        if self._worker.ready:
            self._take(*self._worker.take())
        else:
            self._poll.start(POLL)

    def _take(self, zones: RateZones, seconds: float) -> None:
        self._seconds = seconds
        if self._wanted is not None and self._sought != self._shape:
            self._begin()  # these are already those of another network
            return
        if zones.estimate or seconds > QUICK:
            # afterwards those that have been asked for since
            self._pause.start(max(PAUSE, round(1000 * SHARE * seconds)))
        if zones != self._zones:
            self._zones = zones
            self.zones_changed.emit(zones)

    def _timer(self, call: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(call)
        return timer


def _measured(snapshot: Snapshot) -> tuple[RateZones, float]:
    """The zones of *snapshot*, and how many seconds of processor time they took, whoever else shares the machine."""
    began = time.thread_time()
    zones = rate_zones(snapshot.network, snapshot.dataset, snapshot.settings)
    return zones, time.thread_time() - began


def _numbers(snapshot: Snapshot) -> int:
    return snapshot.dataset.n_rows * (len(snapshot.network.edges) + len(snapshot.network.neurons))


def _shape(snapshot: Snapshot) -> tuple[object, ...]:
    """What the zones depend on besides the data and the parameters, cheaply comparable."""
    network, settings = snapshot.network, snapshot.settings
    nodes = tuple(
        (node.id, node.activation, node.bias is None, node.trainable, node.muted)
        if isinstance(node, Neuron)
        else (node.id, node.column)
        for node in network.nodes
    )
    edges = tuple((edge.source, edge.target, edge.trainable, edge.muted) for edge in network.edges)
    optimizer = (settings.optimizer.name, tuple(sorted(settings.optimizer.settings.items())))
    chosen = (settings.loss, settings.reduction, settings.l2, settings.l1, settings.batch_size, optimizer)
    return (nodes, edges, network.outputs, network.recipe, settings.method, chosen)
