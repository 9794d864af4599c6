"""What screen readers hear of the canvas: one description of the graph, and what the keyboard is on."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from neurosim.canvas import labels
from neurosim.canvas.drawing.hits import Hit
from neurosim.canvas.scene import GraphScene
from neurosim.document.selection import OUTPUT
from neurosim.document.wires import wire_ends, wires
from neurosim.engine.feature import Feature
from neurosim.engine.network import InputNode
from neurosim.numbers.exact import Number
from neurosim.numbers.format import spoken


def _tr(text: str) -> str:
    return QCoreApplication.translate("accessible", text)


def describe_graph(drawing: GraphScene) -> str:
    """One sentence on the size of the graph, then each connection."""
    network = drawing.network
    if not network.nodes:
        return _tr("The graph is empty. Press Shift+A to add a node.")
    counts = _tr("{inputs} inputs, {features}{neurons} neurons, {edges} edges, {outputs} outputs.").format(
        features=_tr("{n} features, ").format(n=len(network.features)) if network.features else "",
        inputs=len(network.inputs),
        neurons=len(network.neurons),
        edges=len(network.edges),
        outputs=len(network.outputs),
    )
    pairs = [*wires(network), *((e.source, e.target) for e in network.edges)]
    lines = [f"{network.title(source)} → {network.title(target)}" for source, target in pairs[:20]]
    return f"{counts} {', '.join(lines)}"


def describe_hit(drawing: GraphScene, at: Hit) -> str:
    """What the keyboard is on: kind, name, value, and what can be done there."""
    network, snapshot = drawing.network, drawing.snapshot
    ends = wire_ends(at.key)
    if ends is not None:
        return _tr("Wire from {source} to {feature}, without a weight.").format(
            source=network.title(ends[0]), feature=network.title(ends[1])
        )
    if at.part in {"edge", "chip"}:
        return _describe_parameter(drawing, at.key)
    if at.key.startswith(OUTPUT):
        node = at.key.removeprefix(OUTPUT)
        target = network.target_title(node) or _tr("no target yet")
        return _tr("Output of {node}, target {target}.").format(node=network.title(node), target=target)
    title = network.title(at.key)
    if at.part == "in":
        return _tr("In port of {node}. Enter connects.").format(node=title)
    if at.part == "out":
        return _tr("Out port of {node}. Enter connects.").format(node=title)
    value: Number | None = None
    if snapshot is not None and drawing.row < snapshot.dataset.n_rows:
        value = snapshot.activation(at.key, drawing.row)
    said = _tr("no value") if value is None else spoken(value)
    node_ = network.node_by_id[at.key]
    if not (drawing.tells_all or isinstance(node_, InputNode)):
        said = _tr("its value is for you to find")
    problem = drawing.nodes[at.key].look.problem
    if isinstance(node_, InputNode):
        text = _tr("Input {node}, column {column}: {value}.").format(node=title, column=node_.column, value=said)
    elif isinstance(node_, Feature):
        sources = ", ".join(network.title(source) for source in node_.sources)
        text = _tr("Feature {node}, calculated from {sources}: {value}.").format(
            node=title, sources=sources, value=said
        )
    else:
        kind = labels.activation_title(node_.activation)
        text = _tr("Neuron {node}, {kind}: {value}.").format(node=title, kind=kind, value=said)
    return f"{text} {problem}".strip()


def _describe_parameter(drawing: GraphScene, parameter: str) -> str:
    network, snapshot = drawing.network, drawing.snapshot
    edge = network.edge_by_id.get(parameter)
    if edge is not None:
        name = _tr("Weight {name} from {source} to {target}").format(
            name=parameter, source=network.title(edge.source), target=network.title(edge.target)
        )
    else:
        name = _tr("Bias of {node}").format(node=network.title(parameter.removesuffix(".bias")))
    parameters = network.parameters if snapshot is None else snapshot.network.parameters
    value = parameters.get(parameter)
    hidden = parameter in drawing.hidden
    said = _tr("its value is for you to find") if hidden else _tr("no value") if value is None else spoken(value)
    parts = [f"{name}: {said}."]
    if parameter in network.muted:
        parts.append(_tr("Muted."))
    elif not network.trainable.get(parameter, True):
        parts.append(_tr("Frozen."))
    if snapshot is not None and parameter in snapshot.gradient and drawing.tells_gradients and not hidden:
        parts.append(_tr("Gradient {value}.").format(value=spoken(snapshot.gradient[parameter])))
    parts.append(_tr("Enter edits."))
    return " ".join(parts)
