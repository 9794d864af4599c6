"""Term by term: what in the artificial neuron stands for what in the biological one, and where the analogy breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication

from neurosim.document.selection import output_id
from neurosim.engine.network import Neuron
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.numbers.format import equals
from neurosim.panels._words import parameter_name
from neurosim.panels.biology.kept import threshold_current
from neurosim.panels.biology.subject import Subject
from neurosim.records import dataclass
from neurosim.widgets.display import NOTHING, Display

LISTED = 3
"""So many inputs or weights are written out."""


@dataclass(frozen=True)
class Term:
    """One line of the list: the artificial term with its number, and the biological one.

    Attributes:
        refs: what lights up on the graph.
        parts: what lights up on the plots of this panel.
    """

    name: str
    artificial: str
    value: str
    biological: str
    meaning: str
    refs: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()


def _tr(text: str) -> str:
    return QCoreApplication.translate("Biology", text)


def terms_of(
    snapshot: Snapshot, subject: Subject, numbers: Mapping[str, Number], rate: float, display: Display
) -> tuple[Term, ...]:
    """What corresponds to what, with the numbers of the chosen row."""
    network, node, text = snapshot.network, subject.node, display.text
    incoming = network.incoming[node]
    neuron = network.node_by_id[node]
    bias = neuron.bias if isinstance(neuron, Neuron) else None
    output = network.output_of(node)
    onward = frozenset(edge.id for edge in network.edges if edge.source == node)
    inputs = [
        (network.title(edge.source), snapshot.activation(edge.source, subject.row) if subject.row is not None else None)
        for edge in incoming
    ]
    weights = [(parameter_name(network, edge.id), edge.weight) for edge in incoming]
    starts = text(threshold_current(numbers))
    return (
        Term(
            "input", _tr("inputs"), _listed(inputs, display),
            _tr("dendrites"), _tr("what arrives from other cells"),
            frozenset(edge.source for edge in incoming), frozenset({"current"}),
        ),
        Term(
            "weight", _tr("weights"), _listed(weights, display),
            _tr("synapses"), _tr("strength of each contact; a negative one inhibits"),
            frozenset(edge.id for edge in incoming), frozenset({"current"}),
        ),
        Term(
            "sum", _tr("sum z"), f"z {equals(text(subject.z))}",
            _tr("soma"), _tr("adds up the currents: I {value} nA").format(value=equals(text(subject.current))),
            frozenset({f"{node}.sum"}), frozenset({"current", "voltage"}),
        ),
        Term(
            "bias", _tr("bias"), f"{parameter_name(network, f'{node}.bias')} {equals(text(bias))}",
            _tr("threshold"), _tr("how much is needed: it fires above {value} nA").format(value=starts),
            frozenset({f"{node}.bias"}), frozenset({"threshold"}),
        ),
        Term(
            "activation", _tr("activation"), f"a {equals(text(subject.a))}",
            _tr("firing rate"), _tr("spikes per second: {value} Hz").format(value=text(rate) if rate else "0"),
            frozenset({f"{node}.activation"}), frozenset({"rate", "activation"}),
        ),
        Term(
            "output", _tr("output"), output.column or NOTHING if output is not None else _tr("to other neurons"),
            _tr("axon"), _tr("carries the spikes to other cells"),
            onward | (frozenset({output_id(node)}) if output is not None else frozenset()), frozenset({"spikes"}),
        ),
        Term(
            "network", _tr("network"), _tr("a function that can be differentiated"),
            _tr("pathway"), _tr("cells one behind another"),
            frozenset(other.id for other in network.nodes), frozenset(),
        ),
    )  # fmt: skip


def breaks() -> tuple[Term, ...]:
    """Where the analogy breaks."""
    return (
        Term(
            "time", _tr("one number, at once"), _tr("a is there as soon as the inputs are"),
            _tr("spikes in time"), _tr("a rate can be told only by waiting; when each spike comes matters, too"),
            parts=frozenset({"spikes"}),
        ),
        Term(
            "dendrites", _tr("a plain sum"), _tr("every input adds, wherever it arrives"),
            _tr("dendrites compute"), _tr("branches multiply, saturate, and fire by themselves"),
        ),
        Term(
            "learning", _tr("gradient descent"), _tr("each weight is told its share of the loss"),
            _tr("local rules"), _tr("a synapse changes by what is active beside it; no cell is told a derivative"),
        ),
        Term(
            "energy", _tr("every number costs the same"), _tr("0 as much as 1"),
            _tr("spikes cost energy"), _tr("silence is cheap, and most cells are silent most of the time"),
            parts=frozenset({"spikes"}),
        ),
        Term(
            "signs", _tr("weights of either sign"), _tr("one neuron may excite and inhibit"),
            _tr("one sign per cell"), _tr("a cell excites all others it reaches, or inhibits them (as a rule)"),
        ),
    )  # fmt: skip


def _listed(values: Sequence[tuple[str, Number | None]], display: Display) -> str:
    texts = [f"{name} {equals(display.text(value))}" for name, value in values[:LISTED]]
    more = len(values) - len(texts)
    if more:
        texts.append(_tr("{n} more").format(n=more))
    return ", ".join(texts) if texts else NOTHING
