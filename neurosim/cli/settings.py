"""``--set KEY=VALUE``: a setting or parameter changed before a command runs, by the same edits as in the window."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from neurosim.cli.errors import UsageError
from neurosim.document import edits
from neurosim.document.json_format import DocumentFormatError, load
from neurosim.document.place_in_step import without_line
from neurosim.document.state import DocumentState
from neurosim.engine.methods import METHODS
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.plugin_setting import Setting
from neurosim.engine.schedules import SCHEDULES
from neurosim.numbers.exact import Number
from neurosim.numbers.parse import NumberError, parse_number

Setter = Callable[[DocumentState, str], DocumentState]


def load_with(file: Path, changes: Iterable[str]) -> DocumentState:
    """The document in *file* after the *changes*, each ``KEY=VALUE``.

    Raises:
        UsageError: the file or a change cannot be used.
    """
    try:
        state, _ = without_line(load(file))  # at which line a window was left is nothing to a command
    except DocumentFormatError as error:
        raise UsageError(str(error)) from error
    for change in changes:
        key, equals, text = change.partition("=")
        if not equals:
            raise UsageError(f"--set {change}: a change is written KEY=VALUE, such as training.learning_rate=1/10.")
        try:
            state = _changed(state, key.strip(), text.strip())
        except (edits.EditError, NumberError) as error:
            raise UsageError(f"--set {change}: {error}") from error
    return state


def _changed(state: DocumentState, key: str, text: str) -> DocumentState:
    if key in state.network.parameters:
        return edits.set_parameters(state, {key: parse_number(text)})
    if key in _SETTERS:
        return _SETTERS[key](state, text)
    prefix, _, name = key.rpartition(".")
    if prefix in _PARTS:
        return _PARTS[prefix](state, name, text)
    node, _, what = key.rpartition(".")
    if what == "activation" and node in state.network.node_by_id:
        return edits.set_activation(state, node, text)
    known = ", ".join([*_SETTERS, *(f"{part}.<setting>" for part in _PARTS), *state.network.parameters])
    raise UsageError(f"--set {key}={text}: there is no {key} to set; there are: {known}.")


def _optimizer_setting(state: DocumentState, name: str, text: str) -> DocumentState:
    optimizer = state.training.optimizer
    value = _read(name, text, OPTIMIZERS[optimizer.name].settings)
    return edits.set_optimizer(state, optimizer.name, {**optimizer.settings, name: value})


def _method_setting(state: DocumentState, name: str, text: str) -> DocumentState:
    training = state.training
    value = _read(name, text, METHODS[training.method].settings)
    return edits.set_method(state, training.method, {**training.method_settings, name: value})


def _schedule_setting(state: DocumentState, name: str, text: str) -> DocumentState:
    schedule = state.training.schedule
    value = _read(name, text, SCHEDULES[schedule.name].settings)
    return edits.set_schedule(state, schedule.name, {**schedule.settings, name: value})


def _read(name: str, text: str, known: Iterable[Setting[Number | bool]]) -> Number | bool:
    """A setting's value as its default is: a switch or a number."""
    is_switch = any(setting.name == name and isinstance(setting.default, bool) for setting in known)
    return _flag(text, name) if is_switch else parse_number(text)


def _stop_setting(state: DocumentState, name: str, text: str) -> DocumentState:
    return edits.set_stop(state, name, None if text in ("null", "none") else parse_number(text))


def _flag(text: str, name: str) -> bool:
    if text not in ("true", "false"):
        raise edits.EditError(f"{name} is either true or false.")
    return text == "true"


def _whole(text: str, name: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise edits.EditError(f"{name} is a whole number.")
    return int(text)


def _set_batch(state: DocumentState, text: str) -> DocumentState:
    return edits.set_batch(state, None if text in ("null", "all", "none") else _whole(text, "batch_size"))


_SETTERS: dict[str, Setter] = {
    "training.learning_rate": lambda state, text: edits.set_learning_rate(state, parse_number(text)),
    "training.method": edits.set_method,
    "training.schedule": edits.set_schedule,
    "training.optimizer": edits.set_optimizer,
    "training.optimizer.name": edits.set_optimizer,
    "training.loss": edits.set_loss,
    "training.reduction": edits.set_reduction,
    "training.batch_size": _set_batch,
    "training.shuffle": lambda state, text: edits.set_shuffle(state, _flag(text, "shuffle")),
    "training.l2": lambda state, text: edits.set_regularisation(state, l2=parse_number(text)),
    "training.l1": lambda state, text: edits.set_regularisation(state, l1=parse_number(text)),
    "training.seed": lambda state, text: edits.set_seed(state, _whole(text, "seed")),
}

_PARTS: dict[str, Callable[[DocumentState, str, str], DocumentState]] = {
    "training.optimizer": _optimizer_setting,
    "training.method": _method_setting,
    "training.schedule": _schedule_setting,
    "training.stop": _stop_setting,
}
