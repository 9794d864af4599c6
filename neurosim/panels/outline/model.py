"""Nodes, edges and parameters as a Qt tree model; values are worked out when they are looked at."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.feature import Feature
from neurosim.engine.network import InputNode, Network, Neuron, bias_id
from neurosim.engine.snapshot import Snapshot
from neurosim.engine.transforms import TRANSFORMS
from neurosim.numbers.exact import Number
from neurosim.numbers.format import spoken
from neurosim.numbers.parse import parse_number
from neurosim.panels._words import moves, parameter_name
from neurosim.records import dataclass
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme

Index = QModelIndex | QPersistentModelIndex
Kind = Literal["input", "feature", "neuron", "edge", "bias", "output"]
Role = Qt.ItemDataRole
ENTRY = Role.UserRole + 1


@dataclass(frozen=True)
class Entry:
    """What a line of the tree stands for; ``id`` is the node's or the edge's."""

    kind: Kind
    id: str

    @property
    def parameter(self) -> str | None:
        """The parameter that the line shows."""
        return {"edge": self.id, "bias": bias_id(self.id)}.get(self.kind)

    @property
    def selected_as(self) -> str:
        """The id under which the line is selected."""
        return f"output:{self.id}" if self.kind == "output" else self.id


class OutlineModel(QStandardItemModel):
    """Owns the shape of the tree: name, value, gradient. Nodes stand at the top, what flows into them below.

    ``rename(id, label)`` and ``change(parameter, number)`` are called with what the user typed.
    """

    # Qt may still ask while the model is being taken down.
    _snapshot: Snapshot | None = None

    def __init__(
        self,
        display: Display,
        *,
        rename: Callable[[str, str], bool],
        change: Callable[[str, Number], bool],
        refuse: Callable[[str], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(0, 3, parent)
        self._display = display
        self._rename = rename
        self._change = change
        self._refuse = refuse
        self._shape: object = None
        self.row = 0

    def show(self, snapshot: Snapshot, row: int) -> bool:
        """Follow *snapshot*, with the values of nodes in *row*; whether the tree was built anew."""
        self._snapshot, self.row = snapshot, row
        network = snapshot.network
        shape = (
            tuple((n.id, n.label, getattr(n, "column", ""), getattr(n, "bias", None) is None) for n in network.nodes),
            network.recipe,
            tuple((e.id, e.source, e.target) for e in network.edges),
            tuple((o.node, o.column) for o in network.outputs),
        )
        if shape == self._shape:
            return False
        self._shape = shape
        self._build(network)
        return True

    def _build(self, network: Network) -> None:
        self.clear()
        self.setHorizontalHeaderLabels([self.tr("Name"), self.tr("Value"), self.tr("Gradient")])
        for node in network.nodes:
            if not isinstance(node, Neuron):
                kind: Kind = "feature" if isinstance(node, Feature) else "input"
                self.appendRow(_line(Entry(kind, node.id), rename=True))
                continue
            line = _line(Entry("neuron", node.id), rename=True)
            for edge in network.incoming[node.id]:
                line[0].appendRow(_line(Entry("edge", edge.id), value=True))
            if node.bias is not None:
                line[0].appendRow(_line(Entry("bias", node.id), value=True))
            self.appendRow(line)
        for output in network.outputs:
            self.appendRow(_line(Entry("output", output.node)))

    def entry(self, index: Index) -> Entry | None:
        """What a line stands for."""
        first = index.sibling(index.row(), 0)
        found = super().data(first, ENTRY) if first.isValid() else None
        return found if isinstance(found, Entry) else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401  # as Qt declares it
        """Name, value and gradient, from the snapshot of now."""
        wanted = {Role.DisplayRole, Role.EditRole, Role.ToolTipRole, Role.AccessibleTextRole, Role.ForegroundRole}
        if role not in wanted or self._snapshot is None:
            return super().data(index, role)
        entry = self.entry(index)
        if entry is None or not self._exists(entry):
            return None
        column = index.column()
        if role == Role.ForegroundRole:
            return theme().gradient if column == 2 else None
        if column == 0:
            return self._name(entry, editing=role == Role.EditRole)
        value = self._value(entry) if column == 1 else self._gradient(entry)
        if role == Role.AccessibleTextRole:
            return "" if value is None else spoken(value)
        if value is None:
            return ""
        if role == Role.EditRole:
            return self._display.full(value).removeprefix("~").strip()
        if role == Role.ToolTipRole:
            return self._display.full(value)
        text = self._display.text(value)
        return f"{text} {moves(value)}" if column == 2 else text

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:  # noqa: ANN401  # as Qt declares it
        """Take what was typed: a name, or the value of a parameter."""
        entry = self.entry(index)
        if role != Role.EditRole or entry is None:
            return super().setData(index, value, role)
        if index.column() == 0:
            return self._rename(entry.id, str(value).strip())
        parameter = entry.parameter
        if parameter is None:
            return False
        try:
            number = parse_number(str(value), self._display.decimal)
        except ValueError as error:
            self._refuse(str(error))
            return False
        return self._change(parameter, number)

    def _exists(self, entry: Entry) -> bool:
        network = self._snapshot.network if self._snapshot is not None else Network()
        return entry.id in (network.edge_by_id if entry.kind == "edge" else network.node_by_id)

    def _name(self, entry: Entry, editing: bool) -> str:
        network = self._snapshot.network if self._snapshot is not None else Network()
        if entry.kind == "edge":
            edge = network.edge_by_id[entry.id]
            states = [self.tr("frozen")] if not edge.trainable else []
            states += [self.tr("muted")] if edge.muted else []
            text = self.tr("weight {name} from {source}").format(name=edge.id, source=network.title(edge.source))
            return ", ".join([text, *states])
        title = network.title(entry.id)
        if editing:
            return title
        if entry.kind == "bias":
            return self.tr("bias {name}").format(name=parameter_name(network, bias_id(entry.id)))
        if entry.kind == "output":
            output = network.output_of(entry.id)
            target = network.target_title(entry.id) if output is not None and output.column else None
            target = target or self.tr("no target yet")
            return self.tr("output: {node} against {target}").format(node=title, target=target)
        node = network.node_by_id[entry.id]
        if isinstance(node, InputNode):
            return self.tr("{name}: input, column {column}").format(name=title, column=node.column)
        if isinstance(node, Feature):
            found = TRANSFORMS.get(node.transform)
            kind = found.title if found is not None else node.transform
            sources = ", ".join(network.title(source) for source in node.sources) or self.tr("nothing yet")
            return self.tr("{name}: feature, {kind} of {sources}").format(name=title, kind=kind, sources=sources)
        activation = ACTIVATIONS.get(node.activation)
        kind = activation.title if activation is not None else node.activation
        return self.tr("{name}: neuron, {activation}").format(name=title, activation=kind)

    def _value(self, entry: Entry) -> Number | None:
        snapshot = self._snapshot
        if snapshot is None:
            return None
        if entry.parameter is not None:
            return snapshot.network.parameters.get(entry.parameter)
        return snapshot.activation(entry.id, self.row) if self.row < snapshot.dataset.n_rows else None

    def _gradient(self, entry: Entry) -> Number | None:
        if self._snapshot is None or entry.parameter is None:
            return None
        return self._snapshot.gradient.get(entry.parameter)


def _line(entry: Entry, *, rename: bool = False, value: bool = False) -> list[QStandardItem]:
    items = [QStandardItem(), QStandardItem(), QStandardItem()]
    items[0].setData(entry, ENTRY)
    for item, editable in zip(items, (rename, value, False), strict=True):
        item.setEditable(editable)
        item.setDropEnabled(False)
        item.setDragEnabled(False)
    return items
