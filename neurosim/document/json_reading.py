"""From checked JSON to a ``DocumentState``: every key is known, every value has its type, every name exists."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, cast

import numpy as np

from neurosim.document.json_references import check_ends, check_ids, check_outputs
from neurosim.document.json_table import KEYS, read_beside
from neurosim.document.json_training import read_training
from neurosim.document.json_values import FaultError, Value
from neurosim.document.migrations import VERSION, migrate
from neurosim.document.state import DocumentState
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.dataset import EXACT_ROWS, Column, Dataset
from neurosim.engine.errors import DatasetError, NetworkError
from neurosim.engine.feature import Feature
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Node, Output, Point
from neurosim.engine.transforms import TRANSFORMS
from neurosim.engine.transforms.base import Choice, Chosen


def read_document(raw: object) -> DocumentState:
    """The state that the parsed JSON *raw* holds.

    Raises:
        FaultError: something in it cannot be used.
    """
    document = Value(raw)
    if not isinstance(raw, dict) or raw.get("format") != "neurosim":
        document.fail('"format": "neurosim" is missing, so this is no neurosim document', "open another file")
    version = Value(raw.get("version"), "version").integer(1)
    if version > VERSION:
        raise FaultError(
            "version",
            f"the file has version {version}, and this program reads up to {VERSION}",
            "open it with a newer neurosim",
        )
    found = Value(migrate(raw, version)).members(
        ("format", "version", "network", "dataset", "training"), ("view", "lesson", "history")
    )
    if "history" in found and found["history"].raw is not None:
        found["history"].fail("this program keeps no history in its files", "write null")
    return DocumentState(
        network=_network(found["network"]),
        dataset=_dataset(found["dataset"]),
        training=read_training(found["training"]),
        view=MappingProxyType(_free_object(found["view"]) if "view" in found else {}),
        lesson=found["lesson"].or_none(_free_object) if "lesson" in found else None,
    )


def _free_object(value: Value) -> dict[str, Any]:
    value.mapping()
    return cast(dict[str, Any], value.free())


def read_network(value: Value) -> Network:
    """The network that *value* holds, as ``network_json`` wrote it.

    Raises:
        FaultError: something in it cannot be used.
    """
    return _network(value)


def _network(value: Value) -> Network:
    found = value.members(("nodes", "edges", "outputs"))
    nodes = [_node(item) for item in found["nodes"].items()]
    edges = [_edge(item) for item in found["edges"].items()]
    outputs = [_output(item) for item in found["outputs"].items()]
    places = {kind: found[kind].place for kind in found}
    check_ids(places, nodes, edges)
    check_ends(places, nodes, edges)
    check_outputs(places, nodes, outputs)
    try:
        return Network(tuple(nodes), tuple(edges), tuple(outputs))
    except NetworkError as error:
        raise FaultError(found["edges"].place, str(error).rstrip("."), "change or remove an edge") from error


def _node(value: Value) -> Node:
    kind = value.mapping().get("kind")
    if kind is None:
        value.fail('the key "kind" is missing', 'write "input", "feature" or "neuron"')
    if kind.choice(("input", "feature", "neuron")) == "feature":
        return _feature(value)
    if kind.raw == "input":
        found = value.members(("id", "kind", "column"), ("label", "position"))
        return InputNode(
            id=found["id"].text(), column=found["column"].text(), label=_text(found, "label"), position=_position(found)
        )
    found = value.members(("id", "kind", "activation"), ("label", "bias", "trainable", "muted", "position"))
    return Neuron(
        id=found["id"].text(),
        label=_text(found, "label"),
        bias=found["bias"].or_none(Value.number) if "bias" in found else None,
        activation=found["activation"].choice(ACTIVATIONS),
        trainable=_flag(found, "trainable", True),
        muted=_flag(found, "muted", False),
        position=_position(found),
    )


def _feature(value: Value) -> Feature:
    found = value.members(("id", "kind", "transform", "sources"), ("label", "position", "settings"))
    transform = found["transform"].choice(TRANSFORMS)
    return Feature(
        id=found["id"].text(),
        transform=transform,
        sources=tuple(item.text() for item in found["sources"].items()),
        settings=_settings(found["settings"], transform) if "settings" in found else (),
        label=_text(found, "label"),
        position=_position(found),
    )


def _settings(value: Value, transform: str) -> Chosen:
    """The settings of a transform, each in its range."""
    known = {setting.name: setting for setting in TRANSFORMS[transform].settings}
    found: list[tuple[str, Choice]] = []
    for name, item in value.members((), tuple(known)).items():
        setting = known[name]
        chosen: Choice
        if setting.choices or (setting.is_class and isinstance(item.raw, str)):
            chosen = item.text()
        elif isinstance(item.raw, dict):
            chosen = item.members(("number",))["number"].number()
        else:
            chosen = item.number()
        reason = setting.refusal(chosen)
        if reason is not None:
            item.fail(reason.rstrip("."), "correct it")
        found.append((name, chosen))
    return tuple(found)


def _edge(value: Value) -> Edge:
    found = value.members(("id", "source", "target", "weight"), ("trainable", "muted"))
    return Edge(
        id=found["id"].text(),
        source=found["source"].text(),
        target=found["target"].text(),
        weight=found["weight"].number(),
        trainable=_flag(found, "trainable", True),
        muted=_flag(found, "muted", False),
    )


def _output(value: Value) -> Output:
    found = value.members(("node",), ("column", "position", "transform", "settings"))
    transform = found["transform"].or_none(_target_transform) if "transform" in found else None
    if transform is None and "settings" in found:
        found["settings"].fail("there is no transform that these settings belong to", "remove them")
    return Output(
        node=found["node"].text(),
        column=found["column"].or_none(Value.text) if "column" in found else None,
        position=found["position"].or_none(_point) if "position" in found else None,
        transform=transform,
        settings=_settings(found["settings"], transform) if transform is not None and "settings" in found else (),
    )


def _target_transform(value: Value) -> str:
    return value.choice([name for name, transform in TRANSFORMS.items() if transform.of_target])


def _text(found: dict[str, Value], key: str) -> str:
    return found[key].text() if key in found else ""


def _flag(found: dict[str, Value], key: str, default: bool) -> bool:
    return found[key].flag() if key in found else default


def _position(found: dict[str, Value]) -> Point:
    return _point(found["position"]) if "position" in found else (0.0, 0.0)


def _point(value: Value) -> Point:
    parts = value.items()
    if len(parts) != 2:
        value.fail(f"a place has two numbers, not {len(parts)}", "write it as [x, y]")
    return parts[0].finite(), parts[1].finite()


def _dataset(value: Value) -> Dataset:
    found = value.members(("columns",), ("test_rows", "source", *KEYS))
    columns = {name: _column(item) for name, item in found["columns"].mapping().items()}
    beside = read_beside(found, list(columns), len(next(iter(columns.values()))) if columns else None)
    rows = beside.n_rows
    test_rows: list[int] = []
    if "test_rows" in found:
        for item in found["test_rows"].items():
            row = item.integer(0)
            if row >= rows:
                item.fail(f"there is no row {row}", f"rows are counted from 0, and there are {rows}")
            test_rows.append(row)
        if len(set(test_rows)) != len(test_rows):
            found["test_rows"].fail("a row is named twice", "name each row once")
    try:
        return Dataset(
            columns,
            tuple(sorted(test_rows)),
            _text(found, "source"),
            texts=beside.texts,
            aside=beside.aside,
            order=beside.order,
            form=beside.form,
            spelling=beside.spelling,
        )
    except DatasetError as error:
        raise FaultError(found["columns"].place, str(error).rstrip("."), "give every column the same length") from error


def _column(value: Value) -> Column:
    raw = value.raw_list()
    if len(raw) <= EXACT_ROWS:
        return Column([item.number() for item in value.items()])
    kinds = {type(item) for item in raw}
    if kinds == {float} or (kinds == {int, float} and not any(abs(item) > 2**53 for item in raw)):
        floats = np.array(raw, dtype=np.float64)
        if np.isfinite(floats).all():
            return Column(floats)
    if kinds == {str}:
        decimals = _decimals(raw)
        if decimals is not None:
            return Column(decimals)
    # Mixed, or something is wrong: one by one, so that a complaint names its row.
    return Column(np.array([float(item.number()) for item in value.items()], dtype=np.float64))


def _decimals(texts: list[str]) -> np.ndarray[Any, np.dtype[np.float64]] | None:
    """Decimal texts as float64 in one go; ``None`` when one of them needs a closer look."""
    if set("".join(texts)) - set("0123456789+-.eE"):
        return None
    try:
        floats = np.array([float(text) for text in texts], dtype=np.float64)
    except ValueError:
        return None
    return floats if np.isfinite(floats).all() else None
