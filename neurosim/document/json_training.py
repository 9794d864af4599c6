"""The training part of a file: methods, optimizers, schedules and stop conditions, each with its own settings."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import cast

from neurosim.document.json_values import Value
from neurosim.engine.losses import LOSSES
from neurosim.engine.methods import METHODS, Method
from neurosim.engine.optimizers import OPTIMIZERS
from neurosim.engine.schedules import SCHEDULES
from neurosim.engine.settings import (
    REDUCTIONS,
    OptimizerSettings,
    OptimizerState,
    Reduction,
    ScheduleSettings,
    StopSettings,
    TrainingSettings,
)
from neurosim.numbers.exact import Number


def read_training(value: Value) -> TrainingSettings:
    """How the network is trained, and where the training stands."""
    found = value.members(
        ("loss", "reduction", "learning_rate", "optimizer"),
        (
            "method",
            "method_settings",
            "method_state",
            "batch_size",
            "shuffle",
            "schedule",
            "stop",
            "l2",
            "l1",
            "seed",
            "step",
            "optimizer_state",
            "start",
        ),
    )
    method = METHODS[found["method"].choice(METHODS) if "method" in found else "gradient_descent"]
    return TrainingSettings(
        loss=found["loss"].choice(LOSSES),
        reduction=cast(Reduction, found["reduction"].choice(REDUCTIONS)),
        method=method.name,
        method_settings=_method_settings(found["method_settings"], method)
        if "method_settings" in found
        else MappingProxyType({}),
        optimizer=_optimizer(found["optimizer"]),
        learning_rate=_learning_rate(found["learning_rate"]),
        schedule=_schedule(found["schedule"]) if "schedule" in found else ScheduleSettings(),
        batch_size=found["batch_size"].or_none(lambda size: size.integer(1)) if "batch_size" in found else None,
        shuffle=found["shuffle"].flag() if "shuffle" in found else False,
        l2=_penalty(found["l2"]) if "l2" in found else Fraction(0),
        l1=_penalty(found["l1"]) if "l1" in found else Fraction(0),
        seed=found["seed"].integer(0) if "seed" in found else 0,
        step=found["step"].integer(0) if "step" in found else 0,
        optimizer_state=found["optimizer_state"].or_none(_optimizer_state) if "optimizer_state" in found else None,
        start=found["start"].or_none(_parameters) if "start" in found else None,
        method_state=found["method_state"].or_none(_counts) if "method_state" in found else None,
        stop=_stop(found["stop"]) if "stop" in found else StopSettings(),
    )


def _method_settings(value: Value, method: Method) -> MappingProxyType[str, Number | bool]:
    found = value.mapping()
    settings = _settings(found, [setting.name for setting in method.settings], method.name)
    reason = method.unfit(settings)
    if reason is not None:
        value.fail(reason.rstrip("."), "write another value")
    return MappingProxyType(settings)


def _schedule(value: Value) -> ScheduleSettings:
    found = value.mapping()
    if "name" not in found:
        value.fail('the key "name" is missing', 'add it, for example "step_decay"')
    schedule = SCHEDULES[found.pop("name").choice(SCHEDULES)]
    settings = _settings(found, [setting.name for setting in schedule.settings], schedule.name)
    reason = schedule.refusal(settings)
    if reason is not None:
        value.fail(reason.rstrip("."), "write another value")
    return ScheduleSettings(schedule.name, MappingProxyType(settings))


def _settings(found: Mapping[str, Value], known: list[str], name: str) -> dict[str, Number | bool]:
    for key, item in found.items():
        if key not in known:
            item.fail(f"{name} has no such setting", f"remove it; known here: {', '.join(known) or 'none'}")
    return {key: item.raw if isinstance(item.raw, bool) else item.number() for key, item in found.items()}


def _counts(value: Value) -> MappingProxyType[str, Number]:
    return MappingProxyType({name: Fraction(item.integer(0)) for name, item in value.mapping().items()})


def _stop(value: Value) -> StopSettings:
    found = value.members((), ("loss_below", "gradient_below", "no_progress", "at_step"))
    return StopSettings(
        loss_below=found["loss_below"].or_none(Value.number) if "loss_below" in found else None,
        gradient_below=found["gradient_below"].or_none(_bound) if "gradient_below" in found else None,
        no_progress=found["no_progress"].or_none(_at_least_one) if "no_progress" in found else None,
        at_step=found["at_step"].or_none(_at_least_one) if "at_step" in found else None,
    )


def _at_least_one(value: Value) -> int:
    return value.integer(1)


def _bound(value: Value) -> Number:
    bound = value.number()
    if bound <= 0:
        value.fail(f"no slope is ever below {value.shown()}", "write a number above 0")
    return bound


def _learning_rate(value: Value) -> Number:
    rate = value.number()
    if rate <= 0:
        value.fail(f"a learning rate of {value.shown()} learns nothing or climbs the loss", "write one above 0")
    return rate


def _penalty(value: Value) -> Number:
    strength = value.number()
    if strength < 0:
        value.fail(f"a strength of {value.shown()} would reward large weights", "write 0 or more")
    return strength


def _optimizer(value: Value) -> OptimizerSettings:
    found = value.mapping()
    if "name" not in found:
        value.fail('the key "name" is missing', 'add it, for example "sgd"')
    settings: dict[str, Number | bool] = {
        key: item.raw if isinstance(item.raw, bool) else item.number() for key, item in found.items() if key != "name"
    }
    optimizer = OPTIMIZERS[found["name"].choice(OPTIMIZERS)]
    known = {setting.name for setting in optimizer.settings}
    for key in settings:
        if key not in known:
            names = ", ".join(sorted(known | {"name"}))
            found[key].fail(f"{optimizer.name} has no such setting", f"remove it; known here: {names}")
    reason = optimizer.refusal(settings)
    if reason is not None:
        value.fail(reason.rstrip("."), "write another value")
    return OptimizerSettings(optimizer.name, MappingProxyType(settings))


def _optimizer_state(value: Value) -> OptimizerState:
    return MappingProxyType({name: _parameters(item) for name, item in value.mapping().items()})


def _parameters(value: Value) -> MappingProxyType[str, Number]:
    return MappingProxyType({name: item.number() for name, item in value.mapping().items()})
