"""Which columns the values table has for a network and its data, how they are called, and which are shown at first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.network import Neuron
from neurosim.engine.probabilities import shares_probability
from neurosim.engine.representation import own_columns
from neurosim.engine.settings import Reduction
from neurosim.engine.snapshot import Snapshot
from neurosim.markup.build import TAKE_AWAY, name, row, words
from neurosim.markup.tree import Markup
from neurosim.markup.write_speech import write_speech
from neurosim.markup.write_text import write_text
from neurosim.panels._symbols import gradient_symbol
from neurosim.records import dataclass, replace
from neurosim.working.names import names_of

Kind = Literal["data", "feature", "z", "a", "p", "residual", "loss", "term", "gradient"]
Group = Literal["data", "feature", "z", "a", "output", "residual", "loss", "gradient", "unused"]
GROUPS: tuple[Group, ...] = ("data", "feature", "z", "a", "output", "residual", "loss", "gradient", "unused")
MANY = 16
"""Of more columns than this some groups are left out at first."""
LEFT_OUT: tuple[Group, ...] = ("unused", "z", "a", "gradient")
"""In this order, until what is left is not too much."""
_TERM: dict[Reduction, str] = {"sum": "loss", "mean": "loss/n", "half_sum": "loss/2", "half_mean": "loss/(2n)"}


@dataclass(frozen=True)
class TableColumn:
    """One column.

    Attributes:
        kind: what its numbers are.
        key: the data's column, the node or the parameter that they belong to.
        group: what it is shown and hidden with.
        title: its header as text, and as markup for a formula.
        spoken: its header as it is read aloud.
        tip: what its numbers are, in words.
        refs: what lights up with it.
        stands_for: the ids that mean these numbers and nothing else.
        owner: the id that may mean them, unless one of ``others`` says that something else of it is meant.
    """

    kind: Kind
    key: str
    group: Group
    title: str
    markup: Markup
    spoken: str
    tip: str
    refs: frozenset[str] = frozenset()
    stands_for: frozenset[str] = frozenset()
    owner: str = ""
    others: frozenset[str] = frozenset()

    @property
    def target(self) -> bool:
        """Whether outputs are compared with it."""
        return self.kind in ("data", "feature") and any(ref.startswith("output:") for ref in self.refs)


def structure_of(snapshot: Snapshot) -> tuple[object, ...]:
    """What the columns depend on; equal structures have the same columns."""
    network, data = snapshot.network, snapshot.dataset
    return (
        tuple(
            (n.id, n.label, n.activation if isinstance(n, Neuron) else n.column, n.id in snapshot.activations)
            for n in network.nodes
        ),
        tuple(network.trainable.items()),
        network.outputs,
        tuple(data.columns),
        tuple(snapshot.gradient),
        snapshot.problem is None,
        snapshot.settings.reduction,
        data.n_rows - len(data.test_rows),
    )


def columns_of(snapshot: Snapshot, tr: Callable[[str], str]) -> tuple[TableColumn, ...]:
    """Inputs, z and a neuron by neuron, targets, residuals, losses, shares of the gradient; last what is not used."""
    maker = _Maker(snapshot, tr)
    return (
        *maker.inputs(),
        *maker.features(),
        *maker.neurons(),
        *maker.probabilities(),
        *maker.targets(),
        *maker.residuals(),
        *maker.losses(),
        *maker.gradients(),
        *maker.unused(),
    )


def first_groups(columns: tuple[TableColumn, ...]) -> frozenset[Group]:
    """The groups to show of *columns* while the user has not chosen."""
    shown = {column.group for column in columns}
    for group in LEFT_OUT:
        if sum(column.group in shown for column in columns) <= MANY:
            break
        shown.discard(group)
    return frozenset(shown)


class _Maker:
    def __init__(self, snapshot: Snapshot, tr: Callable[[str], str]) -> None:
        self.snapshot, self.network, self.data, self.tr = snapshot, snapshot.network, snapshot.dataset, tr
        self.names = names_of(snapshot.network, 1)
        self.outputs = [output.node for output in self.network.outputs]
        self.used: set[str] = set()

    def inputs(self) -> list[TableColumn]:
        """The columns that flow into the network, each once."""
        nodes: dict[str, set[str]] = {}
        for node in self.network.inputs:
            if node.column in self.data.columns:
                nodes.setdefault(node.column, set()).add(node.id)
        self.used |= nodes.keys()
        tip = self.tr("input {column}: type to change it")
        return [self._of_data(column, tip.format(column=column), frozenset(ids)) for column, ids in nodes.items()]

    def features(self) -> list[TableColumn]:
        """The columns that are calculated from others before any weight."""
        found = []
        for feature in self.network.features:
            if feature.column in self.data.columns:
                tip = self.tr(
                    "feature {name}: calculated from {sources}, and from the training rows where it has a mean"
                )
                sources = ", ".join(self.network.title(source) for source in feature.sources)
                tip = tip.format(name=self.network.title(feature.id), sources=sources)
                found.append(self._calculated(feature.column, self.network.title(feature.id), tip, feature.id))
        return found

    def neurons(self) -> list[TableColumn]:
        """z and a of each neuron in the order in which they are computed; one of both where they are the same."""
        found = []
        for node_id in self.network.order:
            node = self.network.node_by_id[node_id]
            if node_id not in self.snapshot.activations or not (isinstance(node, Neuron) or node_id in self.outputs):
                continue
            title = self.names.title(node_id)
            z, a = frozenset({f"{node_id}.sum"}), frozenset({f"{node_id}.activation"})
            activation = ACTIVATIONS.get(node.activation) if isinstance(node, Neuron) else None
            same = activation is None or activation.is_identity
            if not same:
                tip = self.tr("z: the weighted sum of what flows into {node}, plus its bias").format(node=title)
                markup = self.names.pre_activation(node_id, None)
                found.append(_column("z", node_id, "z", markup, tip, z, node_id, a))
            output = node_id in self.outputs
            sentence = self.tr("{a}: the output of {node}") if output else self.tr("{a}: what {node} passes on")
            formula = "ŷ" if output else "a"
            if activation is not None:
                formula += " = z" if same else f" = {activation.title}(z)"
            markup = self.names.prediction(node_id, None) if output else self.names.activation(node_id, None)
            tip = sentence.format(a=formula, node=title)
            means, others = (a | z, frozenset[str]()) if same else (a, z)
            column = _column("a", node_id, "output" if output else "a", markup, tip, means, node_id, others)
            found.append(replace(column, refs=column.refs | {f"output:{node_id}"}) if output else column)
        return found

    def probabilities(self) -> list[TableColumn]:
        """p of each output, where they share one probability."""
        if not shares_probability(self.snapshot):
            return []
        tip = self.tr("p: the probability of {name}, the softmax of all outputs; those of a row add up to 1")
        found = []
        for node in self.outputs:
            markup, name = self.names.probability(node, None), self.network.target_title(node) or node
            refs = frozenset({f"output:{node}"})
            found.append(_column("p", node, "output", markup, tip.format(name=name), refs))
        return found

    def targets(self) -> list[TableColumn]:
        """The columns that outputs are compared with, unless they are inputs too."""
        nodes: dict[str, set[str]] = {}
        for output in self.network.outputs:
            if output.column in self.data.columns and output.column is not None and output.column not in self.used:
                nodes.setdefault(output.column, set()).add(f"output:{output.node}")
        self.used |= nodes.keys()
        tip = self.tr("target {column}: type to change it")
        found = [self._of_data(column, tip.format(column=column), frozenset(ids)) for column, ids in nodes.items()]
        coded = self.tr("target {name}: what is made of the column {column}")
        for output in self.network.outputs:
            title = self.network.target_title(output.node)
            if output.transform is not None and output.target in self.data.columns and title is not None:
                words_ = coded.format(name=title, column=output.column)
                found.append(self._calculated(output.target or "", title, words_, f"output:{output.node}"))
        return found

    def residuals(self) -> list[TableColumn]:
        """ŷ − y of each output that has both; of outputs that share a probability p − y."""
        found = []
        shared = shares_probability(self.snapshot)
        for output in self.network.outputs:
            if output.target in self.data.columns and output.node in self.snapshot.activations:
                node = output.node
                said = self.names.probability(node, None) if shared else self.names.prediction(node, None)
                markup = row(said, TAKE_AWAY, self.names.target(node, None))
                tip = self.tr("residual r: prediction minus target")
                if shared:
                    tip = self.tr("probability minus target: the derivative of the row's loss by z")
                found.append(_column("residual", node, "residual", markup, tip, frozenset({f"output:{node}"})))
        return found

    def losses(self) -> list[TableColumn]:
        """The loss of the row, and what it adds to L where that is not the same."""
        if self.snapshot.problem is not None:
            return []
        reduction, refs = self.snapshot.settings.reduction, frozenset({"loss"})
        n = self.data.n_rows - len(self.data.test_rows)
        alone = reduction == "sum" or (reduction == "mean" and n == 1)
        own = self.tr("the row's own loss")
        if alone:
            tip = self.tr("{own}: what the row adds to the loss L").format(own=own)
            return [_column("term", "", "loss", words(self.tr("loss")), tip, refs)]
        title = _TERM[reduction].replace("loss", self.tr("loss"))
        tip = self.tr("what the row adds to the loss L: {term}, with n = {count} rows that are trained on")
        return [
            _column("loss", "", "loss", words(self.tr("loss")), own, refs),
            _column("term", "", "loss", words(title), tip.format(term=title, count=n), refs),
        ]

    def gradients(self) -> list[TableColumn]:
        """The share of each trainable parameter's gradient."""
        found = []
        for parameter, trainable in self.network.trainable.items():
            if trainable and parameter in self.snapshot.gradient:
                markup = gradient_symbol(self.names, parameter)
                tip = self.tr("the row's share of {gradient}: what it adds to it. The shares of all rows add up to it.")
                tip = tip.format(gradient=write_text(markup))
                spoken = self.tr("share of {gradient}").format(gradient=write_speech(self.names.gradient(parameter)))
                means, others = frozenset({f"{parameter}.gradient"}), {f"{parameter}.product", f"{parameter}.factor"}
                column = _column("gradient", parameter, "gradient", markup, tip, means, parameter, frozenset(others))
                found.append(replace(column, spoken=spoken))
        return found

    def unused(self) -> list[TableColumn]:
        """The columns of the data that the network does not use."""
        idle = self.tr("{column}: not used by the network")
        left = [column for column in own_columns(self.data) if column not in self.used]
        return [self._of_data(column, idle.format(column=column), frozenset(), "unused") for column in left]

    def _calculated(self, column: str, title: str, tip: str, ref: str) -> TableColumn:
        refs = frozenset({ref})
        return TableColumn("feature", column, "feature", title, _named(title), title, tip, refs, refs)

    def _of_data(self, column: str, tip: str, refs: frozenset[str], group: Group = "data") -> TableColumn:
        return TableColumn("data", column, group, column, _named(column), column, tip, refs, refs)


def _named(column: str) -> Markup:
    """A column's name as a formula: as a variable when it looks like one."""
    return name(column) if len(column.rstrip("0123456789")) <= 1 else words(column)


def _column(
    kind: Kind,
    key: str,
    group: Group,
    markup: Markup,
    tip: str,
    means: frozenset[str],
    owner: str = "",
    others: frozenset[str] = frozenset(),
) -> TableColumn:
    refs = means | {owner} if owner else means
    return TableColumn(
        kind, key, group, write_text(markup), markup, write_speech(markup), tip, refs, means, owner, others
    )
