"""Two to four variants trained side by side: step for step, each by a trainer of its own, on the session's frames."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from neurosim.document.changes import identical, same_data
from neurosim.document.document import Document
from neurosim.document.edits import apply_step
from neurosim.document.state import DocumentState
from neurosim.document.variants import KEY, Variant, variants
from neurosim.engine.dataset import Dataset
from neurosim.engine.divergence import Stop
from neurosim.engine.errors import TrainingError
from neurosim.engine.network import Network
from neurosim.engine.settings import TrainingSettings
from neurosim.engine.trainer import Trainer
from neurosim.records import dataclass
from neurosim.training.evaluations import LONG_WORK, products
from neurosim.training.loss_trace import EMPTY_LOG, LossLog
from neurosim.training.run import MILLISECONDS_PER_STEP, SLICE, SPEEDS, STEP_LIMIT, Speed
from neurosim.training.worker import Worker

LATE = 18.0
"""Milliseconds after the one before from which on a frame counts as late."""

LEAST_SHARE = 0.25
"""Of the time that a frame may take for training so much is always used."""

PACES = 15
"""What a step takes is the median of so many frames: a frame in which the machine had other work does not count."""


@dataclass(frozen=True, eq=False)
class Progress:
    """How far a variant has come: replaced as a whole, so that whoever reads it while a thread trains sees one moment.

    Attributes:
        step: steps taken.
        loss: the full loss after them; ``None`` where it cannot be trained.
        network: the network with the parameters reached.
        training: its settings, with step and optimizer state.
        log: the loss after each step so far; the first is that of the start.
        stop: why it has ended by itself; ``None`` while it goes on.
        seconds: what a step takes, about; 0 before the first.
    """

    step: int
    loss: float | None
    network: Network
    training: TrainingSettings
    log: LossLog = EMPTY_LOG
    stop: Stop | None = None
    seconds: float = 0.0


class VariantRun:
    """One variant and how far it has come. Owns its trainer.

    Attributes:
        variant: what it is.
        start: the document that it is, at step 0.
        problem: why it cannot be trained, as a sentence; ``None`` when it can.
        now: how far it has come.
    """

    def __init__(self, variant: Variant, state: DocumentState) -> None:
        self.variant = variant
        self.start = variant.on(state)
        self.problem: str | None = None
        self.now = Progress(0, None, variant.network, variant.training)
        self._trainer: Trainer | None = None
        self._paces: deque[float] = deque(maxlen=PACES)
        try:
            self._trainer = Trainer(self.start.network, self.start.dataset, self.start.training)
        except TrainingError as error:
            self.problem = str(error)
        else:
            loss = self._trainer.loss
            self.now = Progress(0, loss, variant.network, variant.training, LossLog.of(0, [loss]))

    @property
    def name(self) -> str:
        """The variant's letter."""
        return self.variant.name

    @property
    def goes_on(self) -> bool:
        """Whether it can take another step."""
        return self._trainer is not None and self.now.stop is None

    @property
    def state(self) -> DocumentState:
        """The document that the variant has become."""
        now = self.now
        return apply_step(self.start, now.network, now.training) if now.step else self.start

    def take(self, steps: int) -> None:
        """Take so many steps, fewer when it ends by itself; may be called in the worker's thread."""
        trainer, now = self._trainer, self.now
        if trainer is None or now.stop is not None:
            return
        began = time.perf_counter()
        done = trainer.advance(steps)
        if done:
            self._paces.append((time.perf_counter() - began) / done)
        seconds = sorted(self._paces)[len(self._paces) // 2] if self._paces else 0.0  # the median
        log = now.log.followed_by(LossLog.measured(*trainer.take_trace()))
        self.now = Progress(
            trainer.step, trainer.loss, trainer.network(), trainer.settings(), log, trainer.stopped, seconds
        )


class Variants(QObject):
    """Owns the runs of the document's variants. All take the same number of steps in a frame.

    The runs begin anew at step 0 whenever a variant or the data change: what is compared has seen the same.

    Signals:
        changed(): once per frame in which a run has gone on; or the variants, or the data under them, are others.
    """

    changed = Signal()

    def __init__(self, document: Document, request: Callable[[], None], parent: QObject | None = None) -> None:
        """Compare the variants of *document*; ``request()`` asks for a frame."""
        super().__init__(parent)
        self._document = document
        self._request = request
        self._worker: Worker[None] = Worker("neurosim-variants")
        self._raw: object = None
        self._dataset = Dataset({})
        self._runs: tuple[VariantRun, ...] = ()
        self._active = False
        self._speed: Speed = "max"
        self._due = 0.0
        self._share = 1.0
        document.view_changed.connect(self._tell)
        document.rows_changed.connect(self._tell)
        document.was_reset.connect(self._was_reset)

    # -- asking ----------------------------------------------------------------------------------------------------

    @property
    def runs(self) -> tuple[VariantRun, ...]:
        """The runs of the variants there are now, in their order; made when they are first asked for."""
        state = self._document.state
        raw = state.view.get(KEY)
        others = raw is not self._raw and not identical(raw, self._raw)
        if others or not same_data(self._dataset, state.dataset):
            self._begin(state)
        self._raw, self._dataset = raw, state.dataset
        return self._runs

    @property
    def running(self) -> bool:
        """Whether they are being trained."""
        return self._active

    @property
    def speed(self) -> Speed:
        """``1x`` (4 steps a second), ``10x`` or ``max``."""
        return self._speed

    @property
    def step(self) -> int:
        """How many steps the one that has come farthest has taken."""
        return max((run.now.step for run in self.runs), default=0)

    @property
    def can_go_on(self) -> bool:
        """Whether there is one that can take another step."""
        return any(run.goes_on for run in self.runs)

    # -- running ---------------------------------------------------------------------------------------------------

    def set_speed(self, speed: Speed) -> None:
        """Choose ``1x``, ``10x`` or ``max``."""
        if speed not in SPEEDS:
            raise ValueError(f"there is no speed {speed!r}; there are: {', '.join(SPEEDS)}")
        self._speed = speed

    def run(self) -> None:
        """Train all of them; nothing happens where none can go on."""
        if not self._active and self.can_go_on:
            self._active, self._due = True, 1.0
            self._tell()

    def pause(self) -> None:
        """Train no further."""
        if self._active:
            self._active = False
            self._tell()

    def toggle(self) -> None:
        """Run, or pause."""
        if self._active:
            self.pause()
        else:
            self.run()

    def take(self, steps: int = 1) -> None:
        """Take so many steps with each, here and now."""
        self._finish_job()
        for run in self.runs:
            run.take(steps)
        self._tell()

    def restart(self) -> None:
        """Go back to step 0 with all of them, and pause."""
        self._active = False
        self._begin(self._document.state)
        self._tell()

    def advance(self, milliseconds: float | None, *, wait: bool, seconds: float = SLICE) -> None:
        """One frame: the same number of steps for each, as many as are due and as fit into *seconds*.

        A step that takes longer than that for all of them together is taken in a thread, one in a frame at most.

        Args:
            milliseconds: the time since the last frame; ``None``: as long as makes one step due.
            wait: whether to wait for the thread.
            seconds: what the frame may take.
        """
        runs = self.runs
        if not self._active:
            return
        self._request()
        if self._worker.busy:
            self._pass(milliseconds)
            if not (wait or self._worker.ready):
                return
            self._worker.take()
        else:
            self._give_way(milliseconds)
            self._step(runs, self._pass(milliseconds), seconds * self._share, wait=wait)
        if not any(run.goes_on and run.now.step < STEP_LIMIT for run in runs):
            self._active = False
        self.changed.emit()

    def close(self) -> None:
        """End the thread."""
        self._active = False
        self._worker.close()

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _give_way(self, milliseconds: float | None) -> None:
        """Train less in a frame while frames come late, and more again when they are in time: painting goes first."""
        if milliseconds is not None:
            late = milliseconds > LATE
            self._share = max(LEAST_SHARE, self._share * 0.8) if late else min(1.0, self._share * 1.05)

    def _step(self, runs: tuple[VariantRun, ...], due: int, seconds: float, *, wait: bool) -> None:
        going = [run for run in runs if run.goes_on]
        if not due or not going:
            return
        pace = sum(run.now.seconds for run in going)
        fits = int(seconds / pace) if pace > 0.0 else 1
        steps = max(1, min(due, fits, STEP_LIMIT - max(run.now.step for run in going)))
        self._due = max(0.0, self._due - steps)
        is_long = pace > SLICE if pace > 0.0 else sum(products(run.start) for run in going) > LONG_WORK

        def job() -> None:
            for run in going:
                run.take(steps)

        if not is_long:
            job()
            return
        self._worker.submit(job)
        if wait:
            self._worker.take()

    def _pass(self, milliseconds: float | None) -> int:
        """How many steps are due after so much time."""
        if self._speed == "max":
            return STEP_LIMIT
        if milliseconds is None:
            self._due = max(self._due, 1.0)
        else:
            self._due = min(self._due + milliseconds / MILLISECONDS_PER_STEP[self._speed], 20.0)
        return int(self._due + 1e-6)

    def _begin(self, state: DocumentState) -> None:
        self._worker.abandon()  # what it still works on belongs to nobody any more
        self._runs = tuple(VariantRun(variant, state) for variant in variants(state))

    def _finish_job(self) -> None:
        if self._worker.busy:
            self._worker.take()

    def _tell(self) -> None:
        self.changed.emit()
        self._request()

    def _was_reset(self) -> None:
        self._active = False
        self._tell()
