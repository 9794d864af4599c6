"""From a ``DocumentState`` to JSON text: keys sorted, one line per node, edge and column, for readable diffs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from neurosim.document.json_table import table_json
from neurosim.document.migrations import VERSION
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.feature import Feature
from neurosim.engine.network import Edge, InputNode, Network, Node, Output, Point
from neurosim.engine.settings import ScheduleSettings, StopSettings, TrainingSettings
from neurosim.engine.transforms import TRANSFORMS
from neurosim.engine.transforms.base import Chosen
from neurosim.numbers.exact import Number

_OPEN_DEPTH = 2
"""Objects down to this depth are written one member per line."""


def write_document(state: DocumentState) -> str:
    """*state* as the text of a file of today's version.

    Raises:
        ValueError: the free parts hold NaN or something that JSON has no word for.
    """
    document = {
        "format": "neurosim",
        "version": VERSION,
        "network": _network(state.network),
        "dataset": _dataset(state.dataset),
        "training": _training(state.training),
        "view": _plain(state.view),
        "lesson": _plain(state.lesson),
        "history": None,
    }
    return f"{_layout(document, 0)}\n"


def number_json(value: Number) -> str | float:
    """An exact number as a text, a float as itself (JSON writes its shortest exact form)."""
    return str(value) if isinstance(value, Fraction) else float(value)


def network_json(network: Network) -> dict[str, Any]:
    """*network* as the file holds it, for whoever keeps a network of its own there."""
    return _network(network)


def training_json(training: TrainingSettings) -> dict[str, Any]:
    """*training* as the file holds it."""
    return _training(training)


def _network(network: Network) -> dict[str, Any]:
    return {
        "nodes": [_node(node) for node in network.nodes],
        "edges": [_edge(edge) for edge in network.edges],
        "outputs": [_output(output) for output in network.outputs],
    }


def _node(node: Node) -> dict[str, Any]:
    found: dict[str, Any] = {"id": node.id, "position": _point(node.position)}
    if node.label:
        found["label"] = node.label
    if isinstance(node, InputNode):
        return {**found, "kind": "input", "column": node.column}
    if isinstance(node, Feature):
        found |= {"kind": "feature", "transform": node.transform, "sources": list(node.sources)}
        return found | _chosen(node.transform, node.settings)
    found |= {"kind": "neuron", "activation": node.activation, "trainable": node.trainable}
    if node.bias is not None:
        found["bias"] = number_json(node.bias)
    if node.muted:
        found["muted"] = True
    return found


def _edge(edge: Edge) -> dict[str, Any]:
    return {
        "id": edge.id,
        "source": edge.source,
        "target": edge.target,
        "weight": number_json(edge.weight),
        "trainable": edge.trainable,
        "muted": edge.muted,
    }


def _output(output: Output) -> dict[str, Any]:
    found: dict[str, Any] = {"node": output.node, "column": output.column}
    if output.position is not None:
        found["position"] = _point(output.position)
    if output.transform is not None:
        found |= {"transform": output.transform, **_chosen(output.transform, output.settings)}
    return found


def _chosen(transform: str, settings: Chosen) -> dict[str, Any]:
    """The settings that were chosen; a class that is a number is no text: ``1``, ``{"number": "1/3"}``."""
    if not settings:
        return {}
    classes = {setting.name for setting in TRANSFORMS[transform].settings if setting.is_class}
    found: dict[str, Any] = {}
    for name, value in settings:
        if isinstance(value, str):
            found[name] = value
        elif name not in classes:
            found[name] = number_json(value)
        else:
            found[name] = int(value) if value == int(value) else {"number": number_json(value)}
    return {"settings": found}


def _point(point: Point) -> list[float | int]:
    return [int(part) if float(part).is_integer() and abs(part) < 1e15 else float(part) for part in point]


def _dataset(dataset: Dataset) -> dict[str, Any]:
    return {
        "columns": _Ordered({name: _column(column) for name, column in dataset.columns.items()}),
        "test_rows": list(dataset.test_rows),
        "source": dataset.source,
        **table_json(dataset),
    }


def _column(column: Column) -> list[Any]:
    if column.numbers is None:
        return list(column.floats.tolist())
    return [number_json(value) for value in column.numbers]


def _training(training: TrainingSettings) -> dict[str, Any]:
    state = training.optimizer_state
    found: dict[str, Any] = {
        "loss": training.loss,
        "reduction": training.reduction,
        "method": training.method,
        "optimizer": {"name": training.optimizer.name, **_settings(training.optimizer.settings)},
        "learning_rate": number_json(training.learning_rate),
        "batch_size": training.batch_size,
        "shuffle": training.shuffle,
        "l2": number_json(training.l2),
        "seed": training.seed,
        "step": training.step,
        "optimizer_state": None if state is None else {name: _parameters(values) for name, values in state.items()},
    }
    if not (isinstance(training.l1, Fraction) and training.l1 == 0):
        found["l1"] = number_json(training.l1)
    if training.start is not None:
        found["start"] = _parameters(training.start)
    if training.method_settings:
        found["method_settings"] = _settings(training.method_settings)
    if training.method_state is not None:
        found["method_state"] = {name: int(count) for name, count in training.method_state.items()}
    if training.schedule != ScheduleSettings():
        found["schedule"] = {"name": training.schedule.name, **_settings(training.schedule.settings)}
    if training.stop:
        found["stop"] = _stop(training.stop)
    return found


def _stop(stop: StopSettings) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if stop.loss_below is not None:
        found["loss_below"] = number_json(stop.loss_below)
    if stop.gradient_below is not None:
        found["gradient_below"] = number_json(stop.gradient_below)
    if stop.no_progress is not None:
        found["no_progress"] = stop.no_progress
    if stop.at_step is not None:
        found["at_step"] = stop.at_step
    return found


def _settings(settings: Mapping[str, Number | bool]) -> dict[str, Any]:
    return {key: value if isinstance(value, bool) else number_json(value) for key, value in settings.items()}


def _parameters(values: Mapping[str, Number]) -> dict[str, Any]:
    return {name: number_json(value) for name, value in values.items()}


def _plain(value: object) -> object:
    """Mappings as dicts and tuples as lists, inside the free parts."""
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value


class _Ordered(dict[str, Any]):
    """An object whose order means something (the columns of a table) and is kept; always one member per line."""


def _layout(value: object, depth: int) -> str:
    """JSON text: objects opened near the root, lists of objects one per line, everything else compact."""
    inner = "  " * (depth + 1)
    outer = "  " * depth
    if isinstance(value, dict) and value and (depth < _OPEN_DEPTH or isinstance(value, _Ordered)):
        members = value.items() if isinstance(value, _Ordered) else sorted(value.items())
        lines = [f"{inner}{_compact(key)}: {_layout(part, depth + 1)}" for key, part in members]
        return "{\n" + ",\n".join(lines) + f"\n{outer}}}"
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return "[\n" + ",\n".join(f"{inner}{_compact(part)}" for part in value) + f"\n{outer}]"
    return _compact(value)


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True)
