"""Keeping runs under a name: edits of what is kept, made at the present end of the history wherever one looks."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication

from neurosim.document.edits import EditError
from neurosim.document.kept_runs import MOST, forget_kept_run, keep_run, kept_runs, rename_kept_run
from neurosim.document.state import DocumentState
from neurosim.panels.base import PanelContext
from neurosim.training.loss_trace import LossTrace
from neurosim.training.notice import Notice
from neurosim.training.trace_builder import curve_end


class Keeper:
    """Keeps, renames and forgets runs. While an earlier place is looked at, that is where one looks afterwards too."""

    def __init__(self, context: PanelContext) -> None:
        self._context = context

    def reason_not_to(self, trace: LossTrace) -> str:
        """Why the curve of now, *trace*, cannot be kept, as a sentence; empty when it can."""
        tr = QCoreApplication.translate
        if len(kept_runs(self._context.document.history.head.state)) >= MOST:
            return tr("LossCurvePanel", "{count} runs are kept: remove one first.").format(count=MOST)
        if len(trace) < 2:
            return tr("LossCurvePanel", "There is no run to keep yet: take a step first.")
        return ""

    def keep(self) -> None:
        """Keep the curve that is shown, under its learning rate."""
        tr = QCoreApplication.translate
        trace = self._context.session.loss_trace()
        rate = curve_end(self._context.document).state.training.learning_rate
        text = f"{rate:.6g}" if isinstance(rate, float) else str(rate)
        name = tr("LossCurvePanel", "learning rate {rate}").format(rate=text)
        self._edit(tr("LossCurvePanel", "Keep run"), keep_run, name, trace.steps.tolist(), trace.losses)

    def rename(self, index: int, name: str) -> None:
        """Give a kept run another name."""
        self._edit(QCoreApplication.translate("LossCurvePanel", "Rename kept run"), rename_kept_run, index, name)

    def remove(self, index: int) -> None:
        """Keep a run no longer."""
        self._edit(QCoreApplication.translate("LossCurvePanel", "Remove kept run"), forget_kept_run, index)

    def _edit(self, text: str, function: Callable[..., DocumentState], *args: object) -> None:
        document, timeline = self._context.document, self._context.session.timeline
        back = timeline.pending_index if document.visited is not None else None
        document.leave()
        try:
            document.edit(text, function, *args)
        except EditError as error:
            self._context.session.message.emit(Notice(str(error)))
        if back is not None:
            timeline.go(back)
