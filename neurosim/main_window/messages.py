"""What the program says, and what can be done about it: sentences on their way to bar, log and status line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from neurosim.document.document import Document
from neurosim.engine.activations import ACTIVATIONS
from neurosim.main_window.status import StatusBar
from neurosim.training.notice import Notice
from neurosim.widgets.message_bar import MessageBar

if TYPE_CHECKING:
    from neurosim.document.autosave import Recovered
    from neurosim.main_window.loss_fit import LossOffer

LONG = 600.0
"""Seconds that a question stays which must not be missed."""


class Messages(QObject):
    """Owns nothing; hands sentences to the message bar, which logs them, and to the status line."""

    def __init__(self, bar: MessageBar, status: StatusBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self._status = status

    def say(self, sentence: str) -> None:
        """Show a sentence."""
        self._bar.show_message(sentence)
        self._status.show_last(sentence)

    def note(self, sentence: str) -> None:
        """Keep a sentence that was already shown where the pointer is."""
        self._bar.log.add(sentence)
        self._status.show_last(sentence)

    def show_notice(self, notice: Notice) -> None:
        """Show a sentence of the training session with its buttons."""
        self._bar.show_notice(notice)
        self._status.show_last(notice.text)

    def say_with_undo(self, sentence: str, document: Document) -> None:
        """Show a sentence about what was just done, with Undo."""
        head = document.history.head

        def undo() -> None:
            if document.history.head is head:
                document.leave()  # wherever one looks, it is this that is undone
                document.undo()

        self._bar.show_message(sentence, ((self.tr("Undo"), undo),))

    def offer_loss(self, offer: LossOffer, use: Callable[[LossOffer], None]) -> None:
        """Say why a loss does not fit, and offer the activation with which it does."""
        actions: list[tuple[str, Callable[[], object]]] = []
        if offer.activation:
            title = ACTIVATIONS[offer.activation].title
            actions.append((self.tr("Use {activation}").format(activation=title), lambda: use(offer)))
        self._bar.show_message(offer.reason, actions, seconds=20)

    def offer_restore(self, recovered: Recovered, restore: Callable[[], None], throw_away: Callable[[], None]) -> None:
        """Say that a crash left work behind, and offer to bring it back."""
        name = recovered.path.name if recovered.path is not None else self.tr("a document without a name")
        moment = recovered.saved_at.strftime("%Y-%m-%d %H:%M")
        sentence = self.tr("Work on {name} from {moment} was not saved when the program ended.")
        self._bar.show_message(
            sentence.format(name=name, moment=moment),
            ((self.tr("Restore"), restore), (self.tr("Throw away"), throw_away)),
            seconds=LONG,
        )
