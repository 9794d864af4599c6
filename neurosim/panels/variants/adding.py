"""What can be added to the comparison: the document as it is, or with one thing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication

from neurosim.document import edits
from neurosim.document.edits.architecture import first_plan, refusal
from neurosim.document.state import DocumentState
from neurosim.document.variant_differences import shape_of
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.architectures import ARCHITECTURES
from neurosim.engine.layers import hidden_neurons
from neurosim.engine.methods import METHODS
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.transforms import TRANSFORMS
from neurosim.numbers.exact import Number
from neurosim.records import dataclass
from neurosim.widgets.display import Display


@dataclass(frozen=True)
class Offer:
    """A variant that can be added: the document changed by ``function(state, *arguments)``.

    Attributes:
        group: the words of the submenu that it stands in; empty for none.
        name: of the action.
        words: what the menu says.
    """

    group: str
    name: str
    words: str
    function: Callable[..., DocumentState] | None = None
    arguments: tuple[object, ...] = ()


def offers(state: DocumentState, display: Display) -> Iterator[Offer]:
    """Everything that is offered for *state*, in the order of the menu."""
    training = state.training
    yield Offer("", "as-it-is", _tr("The document as it is"))
    for name, words, rate in (
        ("third", _tr("With a third of the learning rate: {rate}"), training.learning_rate / 3),
        ("triple", _tr("With three times the learning rate: {rate}"), training.learning_rate * 3),
    ):
        yield Offer("", f"rate-{name}", words.format(rate=display.text(rate)), edits.set_learning_rate, (rate,))
    yield Offer("", "start", _tr("With another random start"), edits.new_random_start)
    group = _tr("With another optimizer")
    for name, optimizer in OPTIMIZERS.items():
        if name != training.optimizer.name:
            yield Offer(group, f"optimizer-{name}", optimizer.title, edits.set_optimizer, (name,))
    group = _tr("With another training method")
    for name, method in METHODS.items():
        if name != training.method:
            yield Offer(group, f"method-{name}", method.title, edits.set_method, (name,))
    if hidden_neurons(state.network):
        group = _tr("With another activation")
        for name, activation in ACTIVATIONS.items():
            yield Offer(group, f"activation-{name}", activation.title, edits.set_hidden_activation, (name,))
    if state.network.inputs:
        group = _tr("With another representation")
        for name in ("standardise", "min_max"):
            if not any(feature.transform == name for feature in state.network.features):
                words = _tr("{transform}: all inputs").format(transform=TRANSFORMS[name].title)
                yield Offer(group, f"representation-{name}", words, through_all, (name,))
        yield Offer(group, "representation-power", _tr("Squares of the inputs, beside them"), squares_beside)
    group = _tr("With another architecture")
    for name, architecture in ARCHITECTURES.items():
        plan = first_plan(state, name)
        if "start" in architecture.asks and refusal(state, plan) is None:
            shape = shape_of(edits.draw_architecture(state, plan).network)
            yield Offer(
                group, f"architecture-{name}", f"{architecture.title} ({shape})", edits.draw_architecture, (plan,)
            )


def through_all(state: DocumentState, transform: str) -> DocumentState:
    """Let every input be read through a transform; with a straight one the network says what it said."""
    for node in state.network.inputs:
        state = edits.read_through(state, transform, node.id)
    return state


def squares_beside(state: DocumentState) -> DocumentState:
    """Add the square of every input, connected with weight 0 to what reads the input."""
    for node in state.network.inputs:
        state = edits.read_besides(state, "power", (node.id,))
    return state


def smaller_rate(state: DocumentState) -> Number:
    """The learning rate that a first comparison is made with: a third of the present one."""
    return state.training.learning_rate / 3


def _tr(text: str) -> str:
    return QCoreApplication.translate("VariantsPanel", text)
