"""What a lesson does to the program: ``step line 3``, ``set a 1/3``, ``open panel loss_map``, one command a line.

The commands that change the document are pure functions here, so that a page can be entered without a window; those
that only show something are left to the window.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.errors import DatasetError, NetworkError, TrainingError
from neurosim.engine.evaluate import evaluate
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import Network, bias_id
from neurosim.engine.settings import REDUCTIONS
from neurosim.numbers.errors import NumberError
from neurosim.numbers.exact import Number
from neurosim.records import dataclass, replace
from neurosim.training.stepper import Stepper
from neurosim.working.names import Names
from neurosim.working.working import step_lines

STEPS_MOST = 10_000


class CommandError(ValueError):
    """A command cannot be read or carried out; the message is a sentence without its full stop.

    ``line``: where the command stands in the lesson's file; 0: not known.
    """

    line = 0


@dataclass(frozen=True)
class Command:
    """One command.

    Attributes:
        verb: the words that say what to do, such as ``step line`` or ``open panel``.
        arguments: the words after them.
        line: where it stands in the lesson's file, from 1.
    """

    verb: str
    arguments: tuple[str, ...] = ()
    line: int = 0

    @property
    def text(self) -> str:
        """The command as it is written."""
        return " ".join((self.verb, *self.arguments))


@dataclass(frozen=True)
class Form:
    """How a command is written: its verb, what follows, and whether it only shows something."""

    verb: str
    arguments: str
    least: int
    most: int
    shows: bool = False


FORMS = (
    Form("step line", "[N]", 0, 1),
    Form("step to line", "N", 1, 1),
    Form("step phase", "", 0, 0),
    Form("step", "[N]", 0, 1),
    Form("rewind", "", 0, 0),
    Form("set", "NAME VALUE", 2, 2),
    Form("move row", "N COLUMN VALUE", 3, 3),
    Form("add row", "COLUMN=VALUE ...", 1, 12),
    Form("remove row", "N", 1, 1),
    Form("activation", "NEURON FUNCTION", 2, 2),
    Form("use loss", "NAME", 1, 1),
    Form("reduce by", "NAME", 1, 1),
    Form("mute", "NAME", 1, 1),
    Form("unmute", "NAME", 1, 1),
    Form("freeze", "NAME", 1, 1),
    Form("unfreeze", "NAME", 1, 1),
    Form("load", "FILE", 1, 1),
    Form("open panel", "NAME", 1, 1, shows=True),
    Form("close panel", "NAME", 1, 1, shows=True),
    Form("arrange", "NAME", 1, 1, shows=True),
    Form("differentiate", "FUNCTION", 1, 24, shows=True),
    Form("derivation", "NAME", 1, 1, shows=True),
    Form("next rule", "[N]", 0, 1, shows=True),
    Form("ledger", "STAGE", 1, 1, shows=True),
    Form("select row", "N ...", 1, 12, shows=True),
    Form("select", "NAME ...", 1, 12, shows=True),
    Form("light", "NAME ...", 1, 12, shows=True),
)
"""Every command; longer verbs stand before those that they begin with."""

ARRANGEMENTS = (
    "lecture", "landscape", "numbers", "network", "data", "compare", "projector",
    "plot", "worked", "table", "values", "activation", "before_after", "derivation", "rules", "map", "rates",
    "neuron", "lines", "squares", "cell", "side_by_side",
)  # fmt: skip
"""The ways in which the window can arrange its panels."""

LEDGER = ("squares", "sum", "mean")
"""The stages of the area ledger."""

DERIVATIONS = (
    "sigmoid",
    "squared_error_by_a",
    "squared_error_by_b",
    "cross_entropy",
    "sigma",
    "cross_entropy_by_z",
    "squared_error_by_z",
)
"""The derivations of the lecture that the panel Calculus knows by name."""


def read_command(text: str, line: int = 0) -> Command:
    """The command that one line says.

    Raises:
        CommandError: there is no such command, or it has too few or too many words.
    """
    words = text.split()
    for form in FORMS:
        verb = form.verb.split()
        if words[: len(verb)] == verb:
            rest = tuple(words[len(verb) :])
            if not form.least <= len(rest) <= form.most:
                raise CommandError(f'"{text.strip()}" should read "{f"{form.verb} {form.arguments}".strip()}"')
            found = Command(form.verb, rest, line)
            if form.arguments == "[N]" and rest:
                _count(found, 1)
            return found
    known = ", ".join(form.verb for form in FORMS)
    raise CommandError(f'there is no command "{text.strip()}"; known are {known}')


def only_shows(command: Command) -> bool:
    """Whether the command changes nothing in the document."""
    return next(form.shows for form in FORMS if form.verb == command.verb)


def is_step(command: Command) -> bool:
    """Whether the command goes on in training, by lines or by whole steps."""
    return command.verb.startswith("step")


@dataclass(frozen=True)
class Place:
    """A state and how many lines of its coming step have been shown."""

    state: DocumentState
    lines: int = 0


def carry_out(place: Place, command: Command, documents: Mapping[str, DocumentState]) -> Place:
    """*place* after the command; what only shows something changes nothing. *documents* are those of ``load``.

    Raises:
        CommandError: it cannot be done; the message is a sentence without its full stop.
    """
    if only_shows(command):
        return place
    try:
        if is_step(command):
            return _step(place, command)
        state = changed(place.state, command, documents)
    except CommandError as error:
        error.line = command.line
        raise
    same = state.training.step == place.state.training.step and state.network.order == place.state.network.order
    return Place(state, place.lines if same else 0)


def changed(state: DocumentState, command: Command, documents: Mapping[str, DocumentState]) -> DocumentState:
    """*state* after a command that is no step.

    Raises:
        CommandError: it cannot be done.
    """
    try:
        return (
            _EDITS[command.verb](state, *command.arguments)
            if command.verb != "load"
            else _load(state, command.arguments[0], documents)
        )
    except (edits.EditError, NetworkError, DatasetError, TrainingError, NumberError) as error:
        raise CommandError(f'"{command.text}" cannot be done: {str(error).rstrip(".")}') from error


def parameter_named(network: Network, n_rows: int, name: str) -> str:
    """The id of the weight or bias that is called *name* on the screen or in the file.

    Raises:
        CommandError: there is none.
    """
    if name in network.parameters:
        return name
    if name in network.node_by_id and bias_id(name) in network.parameters:
        return bias_id(name)
    from neurosim.markup.write_text import write_text

    names = Names(network, n_rows)
    for parameter in network.parameters:
        if write_text(names.parameter(parameter)) == name:
            return parameter
    raise CommandError(f"there is no weight or bias {name}; there are {', '.join(network.parameters) or 'none'}")


def count_lines(state: DocumentState) -> int:
    """How many lines the coming step has."""
    return len(_lines(state))


def _lines(state: DocumentState) -> tuple[str, ...]:
    snapshot = evaluate(state.network, state.dataset, state.training)
    working = step_lines(state.network, state.dataset, state.training, snapshot=snapshot)
    return working.phases


def _step(place: Place, command: Command) -> Place:
    times = _count(command, 1) if command.arguments else 1
    if command.verb == "step":
        return Place(_full(place.state, times, command))
    if command.verb == "step to line":
        count = count_lines(place.state)
        if not place.lines < times <= count:
            raise CommandError(f'"{command.text}": the step stands at line {place.lines} of {count}')
        return place.__class__(place.state, times) if times < count else Place(_full(place.state, 1, command))
    for _ in range(times):
        phases = _lines(place.state)
        target = place.lines + 1
        if command.verb == "step phase":
            phase = phases[place.lines] if place.lines < len(phases) else ""
            target = max((i for i, name in enumerate(phases, 1) if name == phase), default=target)
        place = Place(place.state, target) if target < len(phases) else Place(_full(place.state, 1, command))
    return place


def _full(state: DocumentState, times: int, command: Command) -> DocumentState:
    stepper = Stepper()
    for _ in range(times):
        found = stepper.step(state)
        if found.state is None:
            reason = found.stop.sentence.rstrip(".") if found.stop is not None else "no step can be taken"
            raise CommandError(f'"{command.text}" cannot be done: {reason}')
        state = found.state
    return state


def _count(command: Command, place: int) -> int:
    text = command.arguments[place - 1]
    if not text.isdigit() or not 1 <= int(text) <= STEPS_MOST:
        raise CommandError(f'"{text}" in "{command.text}" should be a whole number from 1 to {STEPS_MOST}')
    return int(text)


def _number(text: str) -> Number:
    from neurosim.numbers.parse import parse_number

    return parse_number(text)


def _set(state: DocumentState, name: str, value: str) -> DocumentState:
    if name == "rate":
        return edits.set_learning_rate(state, _number(value))
    parameter = parameter_named(state.network, state.dataset.n_rows, name)
    return edits.set_parameter(state, parameter, _number(value))


def _row(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise CommandError(f'"{text}" is no row: rows count from 1')
    return int(text) - 1


def _move(state: DocumentState, row: str, column: str, value: str) -> DocumentState:
    if column not in state.dataset.columns:
        raise CommandError(f"there is no column {column}; there are {', '.join(state.dataset.columns)}")
    return edits.move_row(state, _row(row), {column: _number(value)})


def _add_row(state: DocumentState, *cells: str) -> DocumentState:
    values: dict[str, Number] = {}
    for cell in cells:
        column, sign, value = cell.partition("=")
        if not sign or column not in state.dataset.columns:
            raise CommandError(f'"{cell}" should be a column and its value, such as x=3')
        values[column] = _number(value)
    return edits.add_row(state, values)


def _remove_row(state: DocumentState, row: str) -> DocumentState:
    return edits.delete_rows(state, [_row(row)])


def _activation(state: DocumentState, node: str, name: str) -> DocumentState:
    if name not in ACTIVATIONS:
        raise CommandError(f"there is no activation {name}; there are {', '.join(ACTIVATIONS)}")
    return edits.set_activation(state, [node], name)


def _loss(state: DocumentState, name: str) -> DocumentState:
    if name not in LOSSES:
        raise CommandError(f"there is no loss {name}; there are {', '.join(LOSSES)}")
    return edits.set_loss(state, name)


def _reduction(state: DocumentState, name: str) -> DocumentState:
    if name not in REDUCTIONS:
        raise CommandError(f"there is no reduction {name}; there are {', '.join(REDUCTIONS)}")
    return edits.set_reduction(state, name)


def _marked(
    function: Callable[[DocumentState, list[str], bool], DocumentState], on: bool
) -> Callable[[DocumentState, str], DocumentState]:
    def edit(state: DocumentState, name: str) -> DocumentState:
        return function(state, [parameter_named(state.network, state.dataset.n_rows, name)], on)

    return edit


def _load(state: DocumentState, name: str, documents: Mapping[str, DocumentState]) -> DocumentState:
    if name not in documents:
        raise CommandError(f"there is no document {name}; there are {', '.join(documents) or 'none'}")
    found = documents[name]
    return replace(state, network=found.network, dataset=found.dataset, training=found.training)


_EDITS: Mapping[str, Callable[..., DocumentState]] = {
    "set": _set,
    "rewind": edits.rewind,
    "move row": _move,
    "add row": _add_row,
    "remove row": _remove_row,
    "activation": _activation,
    "use loss": _loss,
    "reduce by": _reduction,
    "mute": _marked(edits.set_muted, True),
    "unmute": _marked(edits.set_muted, False),
    "freeze": _marked(edits.set_frozen, True),
    "unfreeze": _marked(edits.set_frozen, False),
}
