"""The learning rate of a step: the one that was chosen, times what the schedule makes of it."""

from __future__ import annotations

from fractions import Fraction

from neurosim.engine.schedules import SCHEDULES
from neurosim.engine.settings import TrainingSettings
from neurosim.numbers.exact import Number, within_limit


def is_constant(settings: TrainingSettings) -> bool:
    """Whether every step has the learning rate that was chosen."""
    return SCHEDULES[settings.schedule.name].is_constant


def rate_factor(settings: TrainingSettings, step: int) -> Number:
    """What the learning rate is multiplied by in the step after *step* updates; exact where that stays readable."""
    schedule = SCHEDULES[settings.schedule.name]
    factor = schedule.factor(step, schedule.complete(settings.schedule.settings))
    return float(factor) if isinstance(factor, Fraction) and not within_limit([factor]) else factor


def rate_at(settings: TrainingSettings, step: int) -> Number:
    """The learning rate of the step after *step* updates."""
    if is_constant(settings):
        return settings.learning_rate
    rate = settings.learning_rate * rate_factor(settings, step)
    return float(rate) if isinstance(rate, Fraction) and not within_limit([rate]) else rate


def coming_rate(settings: TrainingSettings) -> Number:
    """The learning rate of the coming step."""
    return rate_at(settings, settings.step)


def steady_steps(settings: TrainingSettings, step: int, most: int) -> int:
    """For how many steps, *most* at most, the learning rate stays as in the one after *step* updates; at least 1."""
    if is_constant(settings):
        return most
    rate = rate_at(settings, step)
    return next((count for count in range(1, most) if rate_at(settings, step + count) != rate), max(most, 1))
