"""The training session: steps, back, run and rewind on a document, and the one snapshot that all views show."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from neurosim.document import edits
from neurosim.document.document import Document
from neurosim.document.history import Entry
from neurosim.document.state import DocumentState
from neurosim.engine.divergence import Stop
from neurosim.engine.readiness import end_of_training
from neurosim.engine.snapshot import Snapshot
from neurosim.training.back import go_back, last_trained
from neurosim.training.evaluations import Evaluations
from neurosim.training.fitness import nothing_to_learn, reason_not_to_train, smaller_rate
from neurosim.training.frame_clock import FrameClock
from neurosim.training.loss_trace import LossLog, LossTrace
from neurosim.training.notice import Action, Notice
from neurosim.training.other_curves import OtherCurves
from neurosim.training.run import SLICE, SPEEDS, Runner, Speed
from neurosim.training.samples import Samples
from neurosim.training.share import Share
from neurosim.training.stepper import Stepper
from neurosim.training.timeline import Timeline
from neurosim.training.trace_builder import TraceBuilder, curve_branch, curve_end
from neurosim.training.trajectory import TrainingRecord
from neurosim.training.variants import Variants
from neurosim.training.walk import LineWalk
from neurosim.working.exactness import end_of_exactness


class TrainingSession(QObject):
    """Owns the run and the snapshot of a document. Every change of either asks the clock for one frame.

    Signals:
        snapshot_changed(snapshot): once per frame, when anything that is computed or drawn has changed.
        running_changed(running): a run began or ended.
        stopped(stop): a run ended by itself; ``stop.kind`` and ``stop.sentence`` say why.
        loss_trace_changed(): the loss curve has new points, or belongs to another branch.
        message(notice): a sentence for the message bar.
        explanation_wanted(divergence): the user asks why training diverged; a ``Divergence``.
    """

    snapshot_changed = Signal(object)
    running_changed = Signal(bool)
    stopped = Signal(object)
    loss_trace_changed = Signal()
    message = Signal(object)
    explanation_wanted = Signal(object)

    def __init__(self, document: Document, clock: FrameClock | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._clock = clock if clock is not None else FrameClock(parent=self)
        self._runner = Runner(document, self._run_ended)
        self._evaluations = Evaluations()
        self._refusal: tuple[DocumentState, str | None] | None = None
        self._shown: Snapshot | None = None
        self._trace = TraceBuilder()
        self._shown_trace: object = None
        self._stepper = Stepper()
        self._walk = LineWalk(document, lambda: self.snapshot, self)
        self._timeline = Timeline(document, self)
        self._samples = Samples(document, lambda: self._runner.trajectory)
        self._other_curves = OtherCurves(document, self._timeline)
        self._variants = Variants(document, self._clock.request, self)
        self._told_of_runs = False
        self._speed: Speed = "1x"
        self._trained = False
        self._share = Share()
        self._between = QTimer(self)
        self._between.setSingleShot(True)
        self._between.timeout.connect(self._train_between)
        document.state_changed.connect(self._state_changed)
        document.history_changed.connect(self._request)
        document.was_reset.connect(self._was_reset)
        self._walk.changed.connect(self._clock.request)
        self._timeline.changed.connect(self._clock.request)
        self._clock.ticked.connect(self._frame)
        self._clock.painted.connect(self._painted)

    # -- asking ----------------------------------------------------------------------------------------------------

    @property
    def document(self) -> Document:
        """The document that is trained."""
        return self._document

    @property
    def clock(self) -> FrameClock:
        """The clock that gives the frames."""
        return self._clock

    @property
    def snapshot(self) -> Snapshot:
        """The newest state, evaluated; computed when it is first asked for."""
        return self._evaluations.of(self._document.state)

    @property
    def walk(self) -> LineWalk:
        """The place inside the coming step, line by line."""
        return self._walk

    @property
    def timeline(self) -> Timeline:
        """Every place of the present branch, to go to, and the branches beside it."""
        return self._timeline

    @property
    def samples(self) -> Samples:
        """How parameters and the loss of the test rows went over the steps."""
        return self._samples

    @property
    def other_curves(self) -> OtherCurves:
        """The loss curves beside the present one."""
        return self._other_curves

    @property
    def variants(self) -> Variants:
        """The variants of the document that are trained side by side."""
        return self._variants

    @property
    def running(self) -> bool:
        """Whether a run is going on."""
        return self._runner.active

    @property
    def speed(self) -> Speed:
        """``1x`` (4 steps a second), ``10x`` or ``max``."""
        return self._speed

    @property
    def step_refusal(self) -> str | None:
        """Why no step can be taken now, as a sentence; ``None`` when it can."""
        if self.running:
            return self.tr("A run is going on: pause it first.")
        state = self._document.state
        if self._refusal is None or self._refusal[0] is not state:
            self._refusal = (state, self._cannot_train())
        return self._refusal[1]

    @property
    def can_back(self) -> bool:
        """Whether a line of the coming step or a training step lies behind."""
        if self._walk.position or self._runner.newest() is not None:
            return True
        return last_trained(self._document.place) is not None

    def loss_trace(self) -> LossTrace:
        """The loss curve of the present branch; while an earlier place is visited, the whole of the curve it is on."""
        log, before = self._runner.log, self._runner.before
        return self._trace.build(curve_branch(self._document), log, before, self.snapshot)

    # -- steps -----------------------------------------------------------------------------------------------------

    def step(self) -> None:
        """Go on by the chosen unit: a line, a phase, a whole step or ten; the last line of a step takes it."""
        refusal = self.step_refusal
        if refusal is not None:
            self._say(refusal)
            return
        target = self._walk.target()
        if target < self._walk.count:
            self._walk.go_to(target)
        elif self._walk.unit in ("line", "phase"):
            snapshot = self.snapshot
            if self._take_step():
                self._walk.finish(snapshot, self._document.history.head)
                self._tell_end()
        else:
            self.full_step(10 if self._walk.unit == "ten" else 1)

    def full_step(self, times: int = 1) -> None:
        """Take *times* whole training steps, exactly while the arithmetic is rational, and record each."""
        refusal = self.step_refusal
        if refusal is not None:
            self._say(refusal)
            return
        for _ in range(times):
            if not self._take_step() or self.step_refusal is not None or self._tell_end():
                return

    def back(self) -> None:
        """Go back by the chosen unit, bit for bit: inside the coming step, or into the one before.

        A step that was taken as a whole is taken back as a whole. Edits made since then are undone with it, and a
        message says so.
        """
        self.pause()
        if self._walk.position:
            self._walk.go_to(self._walk.target_back())
            return
        self._document.settle()
        walked = self._walk.was_walked(last_trained(self._document.history.head))
        went = self._back_steps(10 if self._walk.unit == "ten" else 1)
        if walked and went:
            self._walk.enter_from_behind()

    def _take_step(self) -> bool:
        """Take one training step and record it; whether it was taken."""
        state, before = self._document.state, self.snapshot
        found = self._stepper.step(state)
        if found.state is None or before.loss is None:
            if found.stop is not None:
                self._tell_stop(found.stop, None)
            return False
        after = found.state
        snapshot = self._evaluations.of(after)
        if snapshot.loss is None:
            self._stepper.forget()
            sentence = self.tr("The next step would make the loss too large to calculate with, so it was not taken.")
            self._tell_stop(Stop("diverged", sentence), None)
            return False
        step = after.training.step
        record = TrainingRecord(step, 1, float(before.loss), LossLog.of(step, [float(snapshot.loss)]))
        self._document.record(self.tr("Step {n}").format(n=step), after, "step", record)
        self._tell_rounding(before, snapshot)
        return True

    def _tell_end(self) -> bool:
        """Tell when the method itself says that the step just taken was the last that was needed; whether it did."""
        state = self._document.state
        stop = end_of_training(state.network, state.dataset, state.training)
        if stop is not None:
            self._tell_stop(stop, None)
        return stop is not None

    def _back_steps(self, times: int) -> int:
        """Go back so many training steps, or as many as there are, and tell what else was undone; how many it was."""
        present = self._document.history.head
        steps = 0
        undone: list[str] = []
        for _ in range(times):
            went = go_back(self._document)
            if went is None:
                break
            steps += went.steps
            undone += went.undone
        if not steps:
            self._say(self.tr("There is no step to go back to."))
        elif undone or steps > times:
            one = steps == 1
            text = self.tr("Went back one step") if one else self.tr("Went back {n} steps").format(n=steps)
            if undone:
                text += self.tr("; also undid: {names}").format(names=", ".join(undone))
            self._say(f"{text}.", (self.tr("Bring back"), lambda: self._document.go_to(present)))
        return steps

    def rewind(self) -> None:
        """Go back to step 0 with the same start; the data stay as they are."""
        self.pause()
        self._walk.reset()
        self._edit(self.tr("Rewind"), edits.rewind)

    def new_random_start(self, initializer: str = "uniform") -> None:
        """Go to step 0 with another random start, drawn from the next seed."""
        self.pause()
        self._edit(self.tr("New random start"), edits.new_random_start, initializer)

    def reset_all(self) -> None:
        """Take everything back to how the document was opened; it can be undone."""
        self.pause()
        self._edit(self.tr("Reset all"), edits.replace_all, self._document.opened_state)

    # -- run -------------------------------------------------------------------------------------------------------

    def run(self) -> None:
        """Start a run; nothing happens when one is going on."""
        if self.running:
            return
        refusal = self._cannot_train()
        if refusal is not None:
            self._say(refusal)
            return
        self._document.settle()
        self._stepper.forget()
        self._walk.reset()
        self._runner.begin()
        self.running_changed.emit(True)
        self._clock.request()

    def pause(self) -> None:
        """End the run; its steps become one entry of the history."""
        if self.running:
            self._runner.halt()

    def toggle_run(self) -> None:
        """Run, or pause."""
        if self.running:
            self.pause()
        else:
            self.run()

    def set_speed(self, speed: Speed) -> None:
        """Choose ``1x``, ``10x`` or ``max``; a run goes on at that speed."""
        if speed not in SPEEDS:
            raise ValueError(f"there is no speed {speed!r}; there are: {', '.join(SPEEDS)}")
        self._speed = speed

    def advance(self, milliseconds: float | None = None) -> None:
        """One frame by hand, as after so much time; ``None``: as long as makes one step of a run due."""
        self._advance(milliseconds, wait=True)

    def close(self) -> None:
        """End the thread, if there is one; the session must not be used afterwards."""
        self._clock.stop()
        self._between.stop()
        self._runner.close()
        self._variants.close()
        self._timeline.close()
        self._evaluations.close()
        self._document.set_runner(None)

    # -- frames ----------------------------------------------------------------------------------------------------

    def _frame(self, milliseconds: float) -> None:
        trained, self._trained = self._trained, False
        self._advance(milliseconds, wait=False, trained=trained)

    def _painted(self) -> None:
        """Train in the turn of the event loop after this one: others look after themselves in it, and are quicker."""
        if self._trains_between:
            self._between.start(0)

    @property
    def _trains_between(self) -> bool:
        """Whether training takes what is left of a frame: at full speed, beside nothing else that trains."""
        return self.running and self._speed == "max" and not (self._variants.running or self._runner.in_thread)

    def _train_between(self) -> None:
        """The frame has been painted: train for what is left of its time."""
        if self._trains_between:
            self._trained = True
            began = self._clock.now
            self._run_frame(0.0, wait=False, seconds=self._share.seconds(self._clock.left))
            self._share.took(self._clock.now - began)
        self._clock.request()

    def _advance(self, milliseconds: float | None, wait: bool, trained: bool = False) -> None:
        """One frame; *trained*: its steps have been taken since the last one."""
        if self.running and not trained:
            self._run_frame(milliseconds, wait, seconds=SLICE / 2 if self._variants.running else SLICE)
        if self._variants.running:
            self._variants.advance(milliseconds, wait=wait, seconds=SLICE / 2 if self.running else SLICE)
        on_the_way = self._timeline.advance(wait=wait)
        state = self._document.state
        snapshot = self._evaluations.known(state)
        if snapshot is None and (wait or not self._evaluations.is_long(state)):
            snapshot = self._evaluations.made(state)
        if snapshot is None:
            self._evaluations.request(state)
        else:
            self._show(snapshot)
        if (self.running and not (self._trains_between and not wait)) or on_the_way or snapshot is None:
            self._clock.request()

    def _show(self, snapshot: Snapshot) -> None:
        if snapshot is not self._shown:
            if self.running and self._shown is not None and not self._told_of_runs:
                self._told_of_runs = self._tell_rounding(self._shown, snapshot)
            self._shown = snapshot
            self.snapshot_changed.emit(snapshot)
        trace = self._trace.key(curve_end(self._document), self._runner.log, snapshot)
        if trace != self._shown_trace:
            self._shown_trace = trace
            self.loss_trace_changed.emit()

    def _run_frame(self, milliseconds: float | None, wait: bool, seconds: float) -> None:
        refusal = nothing_to_learn(self._document.state.network)
        stop = None
        if refusal is None:
            try:
                hold = self._evaluations.busy and not wait
                stop = self._runner.advance(self._speed, milliseconds, wait, hold=hold, seconds=seconds)
            except Exception:
                self._runner.abort()  # or the run would seem to go on although nothing moves any more
                raise
            refusal = self._runner.problem
        if refusal is not None:
            self.pause()
            self._say(self.tr("The run was paused. {reason}").format(reason=refusal))
        elif stop is not None:
            self.pause()
            head = self._document.history.head
            self._tell_stop(stop, head if head.kind == "run" and self._runner.taken else None)

    def _state_changed(self, _old: DocumentState, _new: DocumentState) -> None:
        self._runner.state_changed()
        self._request()

    def _request(self) -> None:
        """Something is another; while a hand holds it the frame falls in with its moves."""
        if self._document.history.head.open and not self.running:
            self._clock.request_for_hand()
        else:
            self._clock.request()

    def _was_reset(self) -> None:
        self._stepper.forget()
        self._told_of_runs = False
        if self.running:
            self._runner.halt()

    def _run_ended(self) -> None:
        self.running_changed.emit(False)
        self._clock.request()

    # -- helpers ---------------------------------------------------------------------------------------------------

    def _cannot_train(self) -> str | None:
        state = self._document.state
        snapshot = self._evaluations.known(state)
        if snapshot is None and not self._evaluations.is_long(state):
            snapshot = self._evaluations.of(state)
        return reason_not_to_train(state, snapshot)

    def _tell_rounding(self, before: Snapshot, after: Snapshot) -> bool:
        """Tell when and why exactness ended from *before* to *after*; whether it did."""
        sentence = end_of_exactness(before, after, running=self.running)
        if sentence is not None:
            self._say(sentence)
        return sentence is not None

    def _tell_stop(self, stop: Stop, entry: Entry | None) -> None:
        """Tell why training ended by itself; *entry* holds the run, if it took any step."""
        from neurosim.training.growth import Divergence

        actions: list[Action] = []
        if entry is not None:
            actions.append((self.tr("Undo"), lambda: self._undo(entry)))
        if stop.kind == "limit":
            actions.append((self.tr("Go on"), self.run))
        if stop.kind == "diverged":
            actions.append((self.tr("Smaller step"), lambda: self._smaller_step(entry)))
            divergence = Divergence(stop, self._document.history.head, tuple(actions))
            actions.append((self.tr("Why?"), lambda: self.explanation_wanted.emit(divergence)))
        self.stopped.emit(stop)
        self._say(stop.sentence[:1].upper() + stop.sentence[1:], *actions)

    def _undo(self, entry: Entry) -> None:
        """Undo a run, unless something else has been done since."""
        if self._document.history.head is entry:
            self._document.leave()
            self._document.undo()

    def _smaller_step(self, entry: Entry | None) -> None:
        """Return to before the run that diverged and choose a learning rate that does not."""
        self.pause()
        if entry is not None:
            self._undo(entry)
        state = self._document.state
        rate = smaller_rate(state)
        self._edit(self.tr("Learning rate {rate}").format(rate=rate), edits.set_learning_rate, rate)

    def _edit(self, text: str, function: Callable[..., DocumentState], *args: object) -> None:
        """Change the document; what is locked stays as it is, and is said."""
        try:
            self._document.edit(text, function, *args)
        except edits.EditError as error:
            self._say(str(error))

    def _say(self, text: str, *actions: Action) -> None:
        self.message.emit(Notice(text, actions))
