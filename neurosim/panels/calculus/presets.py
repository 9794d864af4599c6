"""The functions that can be chosen from a menu: the lecture's, and those of the network on the canvas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QCoreApplication

from neurosim.algebra.expression import Expression
from neurosim.algebra.parse import parse
from neurosim.algebra.paths import size
from neurosim.algebra.render_text import render_text
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import Network, bias_id
from neurosim.engine.settings import TrainingSettings
from neurosim.panels.calculus import forms
from neurosim.panels.calculus.links import (
    HATTED_Y,
    Link,
    NetworkSymbols,
    is_one_weight,
    lecture_links,
    plain_name,
    symbols_of,
)
from neurosim.panels.calculus.question import Question, Through
from neurosim.records import dataclass

LARGEST = 120
"""A loss with more parts than this, written out through the whole network, is nothing to look at."""

MOST_PARAMETERS = 24
MOST_CLASSES = 6


@dataclass(frozen=True)
class Preset:
    """One of the menu: a stable name, what the menu calls it, and the question; ``group`` is its submenu's title."""

    name: str
    title: str
    question: Question
    group: str = ""


def presets(network: Network, settings: TrainingSettings) -> tuple[Preset, ...]:
    """The lecture's first, then the activations and losses of the network."""
    return (*_lecture(network, settings), *_network(network, settings))


def _lecture(network: Network, settings: TrainingSettings) -> Iterable[Preset]:
    tr = QCoreApplication.translate
    links = lecture_links(network)
    group = tr("CalculusPresets", "The lecture")
    square = "(y - a x - b)^2"
    short = Through("f(x)", parse("a x + b"))
    sigmoid = Through(HATTED_Y, parse("sigma(z)"))
    # Its result is the gradient of the network on the canvas where that is a line with squared errors.
    comparable = (
        is_one_weight(network)
        and settings.loss == "squared_error"
        and network.neurons[0].activation == "identity"
        and not network.muted
    )
    yield Preset("sigmoid", tr("CalculusPresets", "Sigmoid (slide 9)"), _read("1/(1+e^-x)", "x"), group)
    for symbol in ("a", "b"):
        link = links.get(symbol)
        title = tr("CalculusPresets", "Squared error by {symbol} (slide 11)").format(symbol=symbol)
        question = Question(
            square,
            parse(square),
            symbol,
            short=short,
            links=links,
            share=link.id if comparable and link is not None else "",
        )
        yield Preset(f"squared_error_by_{symbol}", title, question, group)
    yield Preset(
        "cross_entropy",
        tr("CalculusPresets", "Cross-entropy by ŷ (slide 15)"),
        Question(forms.CROSS_ENTROPY, parse(forms.CROSS_ENTROPY), HATTED_Y, links=links),
        group,
    )
    yield Preset("sigma", tr("CalculusPresets", "σ(z) by z (slide 15)"), _read("sigma(z)", "z", links), group)
    for name, title, text, beside in (
        (
            "cross_entropy_by_z",
            tr("CalculusPresets", "Cross-entropy through σ, by z (slide 15)"),
            forms.CROSS_ENTROPY,
            "squared_error_by_z",
        ),
        (
            "squared_error_by_z",
            tr("CalculusPresets", "Squared error through σ, by z (beside it)"),
            forms.SQUARED_ERROR,
            "cross_entropy_by_z",
        ),
    ):
        question = Question(text, parse(text), "z", sigmoid, links=links, beside=beside, spread=True)
        yield Preset(name, title, question, group)


def _network(network: Network, settings: TrainingSettings) -> Iterable[Preset]:
    tr = QCoreApplication.translate
    symbols = symbols_of(network)
    group = tr("CalculusPresets", "The network on the canvas")
    for name in dict.fromkeys(neuron.activation for neuron in network.neurons):
        text, kind = forms.ACTIVATIONS.get(name), ACTIVATIONS.get(name)
        if text is None or kind is None:
            continue
        first = next(neuron.id for neuron in network.neurons if neuron.activation == name)
        title = tr("CalculusPresets", "Activation: {name}").format(name=kind.title)
        yield Preset(f"activation_{name}", title, _read(text, "z", {"z": Link("sum", first)}), group)
    yield from _losses(network, settings, symbols, group)
    yield from _parameters(network, settings, symbols)


def _losses(network: Network, settings: TrainingSettings, symbols: NetworkSymbols, group: str) -> Iterable[Preset]:
    tr = QCoreApplication.translate
    kind = LOSSES.get(settings.loss)
    if kind is None:
        return
    outputs = [output.node for output in network.outputs]
    if settings.loss == "softmax_cross_entropy" and 2 <= len(outputs) <= MOST_CLASSES:
        text = forms.softmax_loss(len(outputs))
        links = {f"z_{number}": Link("sum", name) for number, name in enumerate(outputs, start=1)}
        links |= {f"y_{number}": Link("target", name) for number, name in enumerate(outputs, start=1)}
        title = tr("CalculusPresets", "Loss: {name} by {symbol}").format(name=kind.title, symbol="z₁")
        yield Preset("loss", title, _read(text, "z_1", links), group)
        return
    for name in outputs:
        function, symbol = forms.loss_at(settings.loss, name, symbols), symbols.names.get(Link("output", name))
        if function is None or symbol is None:
            continue
        title = tr("CalculusPresets", "Loss: {name} by {symbol}").format(name=kind.title, symbol=plain_name(symbol))
        stem = "loss" if len(outputs) == 1 else f"loss_{name}"
        yield Preset(stem, title, _written(function, symbol, links=symbols.links), group)


def _parameters(network: Network, settings: TrainingSettings, symbols: NetworkSymbols) -> Iterable[Preset]:
    """A row's loss by each parameter, through the prediction: for one output, and while it can be read."""
    tr = QCoreApplication.translate
    if len(network.outputs) != 1 or len(network.parameters) > MOST_PARAMETERS:
        return
    output = network.outputs[0].node
    loss = forms.loss_at(settings.loss, output, symbols)
    prediction = symbols.names.get(Link("output", output))
    meaning = forms.flow_out(network, output, symbols) if prediction is not None else None
    if loss is None or prediction is None or meaning is None or size(loss) + size(meaning) > LARGEST:
        return
    group = tr("CalculusPresets", "A row's loss, by a parameter of the network")
    for parameter in network.parameters:
        symbol = symbols.names.get(Link("parameter", parameter))
        if symbol is None or parameter in network.muted:
            continue
        title = tr("CalculusPresets", "by {symbol}").format(symbol=plain_name(symbol))
        if parameter not in network.edge_by_id and plain_name(symbol) != "b":
            title = f"{title} ({bias_of(network, parameter)})"
        question = _written(loss, symbol, Through(prediction, meaning), symbols.links, parameter)
        yield Preset(f"parameter_{parameter}", title, question, group)


def bias_of(network: Network, parameter: str) -> str:
    """Which neuron's bias a parameter is, in words."""
    node = next((neuron for neuron in network.neurons if bias_id(neuron.id) == parameter), None)
    if node is None:
        return parameter
    return QCoreApplication.translate("CalculusPresets", "bias of {node}").format(node=network.title(node.id))


def _read(text: str, symbol: str, links: Mapping[str, Link] | None = None) -> Question:
    return Question(text, parse(text), symbol, links=links or {})


def _written(
    function: Expression,
    symbol: str,
    through: Through | None = None,
    links: Mapping[str, Link] | None = None,
    share: str = "",
) -> Question:
    return Question(render_text(function).text, function, symbol, through, links=links or {}, share=share)
