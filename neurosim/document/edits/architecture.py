"""Drawing a whole architecture for the data in hand, and choosing activations of layers and of everything hidden."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

import numpy as np

from neurosim.document.edits.architecture_ends import is_represented, task_of_ends, with_ends
from neurosim.document.edits.architecture_targets import loss_for_words, meeting, wanted_outputs
from neurosim.document.edits.common import EditError
from neurosim.document.edits.fitting import is_yes_no
from neurosim.document.edits.steps import at_start
from neurosim.document.edits.values import set_activation
from neurosim.document.state import DocumentState
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.architectures import ARCHITECTURES, MOST_LAYERS, MOST_WIDTH, Architecture, Shape, Task
from neurosim.engine.dataset import Dataset
from neurosim.engine.initializers import INITIALIZERS
from neurosim.engine.layers import hidden_neurons, layer_of
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import Network, Neuron
from neurosim.engine.problems import output_activations
from neurosim.engine.representation import represented
from neurosim.records import dataclass, replace


@dataclass(frozen=True)
class Plan:
    """What is to be drawn.

    Attributes:
        architecture: its name.
        inputs, targets: columns of the data.
        widths: how many neurons each hidden layer has.
        activation: that of the hidden neurons.
        initializer: how the weights are drawn; without effect where they are part of the architecture.
        seed: of that draw, and of the batches afterwards.
        own_data: whether the architecture's own table takes the place of the data.
        keep_ends: whether inputs, features and targets of the present network stay as they are; the columns named are
            without effect then.
    """

    architecture: str
    inputs: tuple[str, ...]
    targets: tuple[str, ...]
    widths: tuple[int, ...] = ()
    activation: str = "tanh"
    initializer: str = "xavier"
    seed: int = 0
    own_data: bool = False
    keep_ends: bool = False


def usual_initializer(activation: str) -> str:
    """The random start that suits an activation: He for rectifiers, Xavier for bounded ones, else uniform."""
    if activation in {"relu", "leaky_relu", "elu", "gelu", "silu", "softplus"}:
        return "he"
    return "xavier" if activation in {"sigmoid", "tanh", "hard_sigmoid", "sine", "gaussian"} else "uniform"


def first_columns(state: DocumentState) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns that a new network would read and meet: those of the present one, else the last one is the target."""
    dataset = state.dataset
    columns, names = tuple(dataset.columns), dataset.names
    targets = (output.column for output in state.network.outputs)
    met = tuple(dict.fromkeys(c for c in targets if c is not None and c in names)) or names[-1:]
    read = tuple(dict.fromkeys(node.column for node in state.network.inputs if node.column in columns))
    return tuple(c for c in read if c not in met) or tuple(c for c in columns if c not in met), met


def first_plan(state: DocumentState, name: str) -> Plan:
    """What is proposed for an architecture: its own shape over the columns in use, from the document's seed."""
    found = _architecture(name)
    inputs, targets = first_columns(state)
    activation = found.activation if found.asks & {"activation"} else "identity"
    plan = Plan(
        name, inputs, targets, found.widths, activation, usual_initializer(activation), seed=state.training.seed
    )
    if found.own_data is not None:
        return replace(plan, own_data=not data_fit(state, plan))
    return replace(plan, keep_ends=is_represented(state.network))


def data_fit(state: DocumentState, plan: Plan) -> bool:
    """Whether the data in hand are of the kind that the architecture needs."""
    found = _architecture(plan.architecture)
    return found.fits is None or found.fits(state.dataset, Task(plan.inputs, plan.targets))


def refusal(state: DocumentState, plan: Plan) -> str | None:
    """Why *plan* cannot be drawn, as a sentence; ``None`` when it can."""
    try:
        planned_network(state, plan)
    except EditError as error:
        return str(error)
    return None


def planned_network(state: DocumentState, plan: Plan) -> Network:
    """The network that *plan* draws, weights and all.

    Raises:
        EditError: it cannot be drawn; the message is the sentence for the user.
    """
    found = _architecture(plan.architecture)
    keep = plan.keep_ends and not plan.own_data
    if keep:
        _check_ends(state.network)
    elif not plan.own_data:
        _check_columns(state.dataset, plan)
    _, task, _ = _task(state, found, plan)
    sentence = found.refusal(task)
    if sentence is not None:
        raise EditError(sentence)
    _check(found, plan)
    network = found.draw(task, Shape(plan.widths, plan.activation))
    if keep:
        network = with_ends(network, state.network)
    elif not plan.own_data:
        network = meeting(network, wanted_outputs(state, plan.targets))
    if "start" in found.asks:
        network = network.with_parameters(INITIALIZERS[plan.initializer].parameters(network, plan.seed))
    return network


def draw_architecture(state: DocumentState, plan: Plan) -> DocumentState:
    """Draw *plan* in place of the network, at step 0.

    Outputs keep their activation and their loss where they meet the columns that they met before; else a column of
    zeros and ones gets a sigmoid and the cross-entropy, several of which one is 1 in each row the softmax, and any
    other the identity and the squared error. Words get an output for each class and the softmax, or one for the second
    of two. Rate, optimizer and batches stay.

    Raises:
        EditError: it cannot be drawn; the message is the sentence for the user.
    """
    network = planned_network(state, plan)
    dataset, _task_drawn, loss = _task(state, _architecture(plan.architecture), plan)
    training = replace(at_start(state.training), loss=loss, seed=plan.seed)
    view = {key: value for key, value in state.view.items() if key != "expanded"}
    return replace(state, network=network, dataset=dataset, training=training, view=MappingProxyType(view))


def draw_layers(state: DocumentState, widths: tuple[int, ...]) -> DocumentState:
    """Draw hidden layers of *widths* over the columns in use, from the document's seed.

    Hidden neurons get the activation that most hidden ones have now, tanh where there are none.

    Raises:
        EditError: a layer has no neuron or too many; the message is the sentence for the user.
    """
    inputs, targets = first_columns(state)
    nodes, keep = state.network.node_by_id, is_represented(state.network)
    kinds = [node.activation for name in hidden_neurons(state.network) if isinstance(node := nodes[name], Neuron)]
    activation = max(kinds, key=kinds.count) if kinds else "tanh"
    start = usual_initializer(activation if widths else "identity")
    return draw_architecture(
        state, Plan("layered", inputs, targets, widths, activation, start, state.training.seed, keep_ends=keep)
    )


def set_layer_activation(state: DocumentState, nodes: Iterable[str], name: str) -> DocumentState:
    """Give all neurons of the layers of *nodes* an activation; weights and training go on as they are."""
    layer = layer_of(state.network, nodes)
    if not layer:
        raise EditError("Choose a neuron of the layer first.")
    return set_activation(state, layer, name)


def set_hidden_activation(state: DocumentState, name: str) -> DocumentState:
    """Give every hidden neuron an activation; outputs keep theirs, which belongs to the loss."""
    hidden = hidden_neurons(state.network)
    if not hidden:
        raise EditError("There is no hidden neuron: each of them is an output, whose activation goes with the loss.")
    return set_activation(state, hidden, name)


# -- helpers -----------------------------------------------------------------------------------------------------------


def _architecture(name: str) -> Architecture:
    if name not in ARCHITECTURES:
        raise EditError(f"There is no architecture {name!r}; there are: {', '.join(ARCHITECTURES)}.")
    return ARCHITECTURES[name]


def _task(state: DocumentState, found: Architecture, plan: Plan) -> tuple[Dataset, Task, str]:
    """The data, the columns with the activation of the outputs, and the loss."""
    dataset, inputs, targets = state.dataset, plan.inputs, plan.targets
    if plan.own_data and found.own_data is not None:
        dataset = found.own_data()
        *names, last = dataset.columns
        inputs, targets = tuple(names), (last,)
    if found.own_outputs is not None:
        return dataset, Task(inputs, targets, found.own_outputs(plan.activation)), _plain_loss(state)
    if plan.keep_ends:
        seen = represented(state.network, dataset)
        met = tuple(output.target or "" for output in state.network.outputs)
        activation, loss = _outputs(state, seen, met)
        return dataset, task_of_ends(state.network, activation), loss
    wanted = wanted_outputs(state, targets)
    activation, loss = loss_for_words(wanted) or _outputs(state, dataset, targets)
    return dataset, Task(inputs, tuple(wanted), activation), loss


def _outputs(state: DocumentState, dataset: Dataset, targets: tuple[str, ...]) -> tuple[str, str]:
    """The activation of the outputs and the loss that suit the columns *targets*."""
    network, loss = state.network, state.training.loss
    present = set(output_activations(network))
    if len(present) == 1 and {output.target for output in network.outputs} == set(targets):
        activation = present.pop()
        if _accepted(dataset, targets, activation, loss) and activation not in {"step", "step_both", "sign"}:
            return activation, loss
    known = [name for name in targets if name in dataset.columns]
    if known and all(is_yes_no(dataset, name) for name in known):
        sums = sum(dataset.columns[name].floats for name in known)
        if len(known) > 1 and bool(np.all(sums == 1.0)):
            return "identity", "softmax_cross_entropy"
        return "sigmoid", "cross_entropy"
    return "identity", _plain_loss(state)


def _plain_loss(state: DocumentState) -> str:
    """The present loss if it takes outputs of any kind, else the squared error."""
    found = LOSSES.get(state.training.loss)
    plain = found is not None and found.name in {"squared_error", "absolute_error", "huber"}
    return state.training.loss if plain else "squared_error"


def _accepted(dataset: Dataset, targets: tuple[str, ...], activation: str, loss: str) -> bool:
    found = LOSSES.get(loss)
    if found is None or any(name not in dataset.columns for name in targets):
        return False
    table = np.array([dataset.columns[name].floats for name in targets]).reshape(len(targets), dataset.n_rows)
    return found.refusal((activation,) * len(targets), table, targets) is None


def _check_ends(network: Network) -> None:
    if not network.sources:
        raise EditError("There is no input yet: add one, or choose columns instead of keeping inputs and targets.")
    if not network.outputs:
        raise EditError("There is no output yet: add one, or choose columns instead of keeping inputs and targets.")


def _check_columns(dataset: Dataset, plan: Plan) -> None:
    if not plan.inputs:
        raise EditError("Choose at least one column as an input.")
    if not plan.targets:
        raise EditError("Choose at least one column as a target.")
    for name in (*plan.inputs, *plan.targets):
        if name not in dataset.names:
            raise EditError(f"The data have no column {name!r}.")
    words = next((name for name in plan.inputs if name in dataset.texts), None)
    if words is not None:
        raise EditError(f"{words} holds words: make a feature for each class of it first.")
    both = next((name for name in plan.targets if name in plan.inputs), None)
    if both is not None:
        raise EditError(f"{both} cannot be both input and target: the network would only copy it.")


def _check(found: Architecture, plan: Plan) -> None:
    if "widths" in found.asks and not (
        len(plan.widths) <= MOST_LAYERS and all(1 <= width <= MOST_WIDTH for width in plan.widths)
    ):
        raise EditError(f"There may be up to {MOST_LAYERS} hidden layers of 1 to {MOST_WIDTH} neurons.")
    if found.name == "two_linear" and not plan.widths:
        raise EditError("Two linear layers need a hidden one: give it at least one neuron.")
    if "activation" in found.asks and plan.activation not in (found.activations or ACTIVATIONS):
        raise EditError(f"The activation {plan.activation!r} is not among: {', '.join(found.activations)}.")
    if "start" in found.asks and plan.initializer not in INITIALIZERS:
        raise EditError(f"There is no way {plan.initializer!r} to start; there are: {', '.join(INITIALIZERS)}.")
    if plan.seed < 0:
        raise EditError("A seed is a whole number from 0 on.")
