"""In what variants differ, as sentences: "Only the learning rate differs: 1/30 against 1/11."."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from PySide6.QtCore import QCoreApplication

from neurosim.document.variant_differences import Difference, Value, differences
from neurosim.document.variants import Variant
from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.losses import LOSSES
from neurosim.engine.methods import METHODS
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.schedules import SCHEDULES
from neurosim.widgets.display import Display

_TITLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "loss": {name: loss.title for name, loss in LOSSES.items()},
        "method": {name: method.title for name, method in METHODS.items()},
        "optimizer": {name: optimizer.title for name, optimizer in OPTIMIZERS.items()},
        "schedule": {name: schedule.title for name, schedule in SCHEDULES.items()},
    }
)
"""What plug-ins are called, by aspect."""


def sentence(found: Sequence[Variant], display: Display) -> str:
    """What the variants have in common and what not."""
    names = [variant.name for variant in found]
    if not found:
        return ""
    if len(found) == 1:
        return _tr("{name} is the document as it began. Add another variant to compare it with.").format(name=names[0])
    differing = differences(found)
    if not differing:
        return _tr("{names} are alike: change a setting of one of them.").format(names=_listed(names))
    if len(differing) == 1:
        only = differing[0]
        values = _values(only, names, display)
        said = _tr("Only {aspect} differs: {values}.") if values else _tr("Only {aspect} differs.")
        return said.format(aspect=aspect_words(only), values=values)
    parts = []
    for one in differing:
        values = _values(one, names, display)
        parts.append(f"{aspect_words(one)} ({values})" if values else aspect_words(one))
    return _tr("{aspects} differ.").format(aspects=_capital(_listed(parts)))


def aspect_words(difference: Difference) -> str:
    """What an aspect is called."""
    return {
        "architecture": _tr("the architecture"),
        "connections": _tr("the number of connections"),
        "features": _tr("the representation"),
        "activation": _tr("the hidden activation"),
        "output": _tr("the activation of the output"),
        "start": _tr("the start"),
        "loss": _tr("the loss"),
        "reduction": _tr("the convention of the loss"),
        "method": _tr("the training method"),
        "optimizer": _tr("the optimizer"),
        "learning_rate": _tr("the learning rate"),
        "schedule": _tr("the learning-rate schedule"),
        "batch": _tr("the batch size"),
        "shuffle": _tr("the shuffling"),
        "l2": _tr("the L2 penalty"),
        "l1": _tr("the L1 penalty"),
        "seed": _tr("the seed"),
        "stop": _tr("the stop condition"),
    }[difference.aspect]


def _values(difference: Difference, names: Sequence[str], display: Display) -> str:
    """``1/30 against 1/11``, or with letters where there are more than two; empty where the values say nothing."""
    if difference.aspect in {"start", "stop", "shuffle"}:
        return ""
    written = [value_words(difference.aspect, value, display) for value in difference.values]
    if len(written) == 2:
        return _tr("{one} against {other}").format(one=written[0], other=written[1])
    usual = max(written, key=written.count)
    if written.count(usual) > 1:
        apart = [f"{name} {text}" for name, text in zip(names, written, strict=True) if text != usual]
        return _tr("{some}, the others {usual}").format(some=", ".join(apart), usual=usual)
    return ", ".join(f"{name} {text}" for name, text in zip(names, written, strict=True))


def value_words(aspect: str, value: Value, display: Display) -> str:
    """A value of an aspect as it is shown."""
    if not isinstance(value, str):
        return display.text(value)
    if aspect in {"activation", "output"}:
        kinds = [ACTIVATIONS[kind].title if kind in ACTIVATIONS else kind for kind in value.split("+") if kind]
        return _listed(kinds) if kinds else _tr("none")
    if aspect in _TITLES:
        name, bracket, settings = value.partition(" (")
        return f"{_TITLES[aspect].get(name, name)}{bracket}{settings}"
    if aspect == "features":
        return value or _tr("none")
    if aspect == "batch":
        return _tr("all rows") if value == "all" else _tr("{n} rows").format(n=value)
    return value


def _listed(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return _tr("{some} and {last}").format(some=", ".join(parts[:-1]), last=parts[-1])


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _tr(text: str) -> str:
    return QCoreApplication.translate("VariantsPanel", text)
