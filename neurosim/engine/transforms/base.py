"""What a transform is: how a feature's values come from columns, and what it reads off the training rows for that."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from neurosim.engine.dataset import FloatArray
from neurosim.engine.exact_vector import ExactVector
from neurosim.engine.plugin_setting import Setting, completed, settings_refusal
from neurosim.numbers.exact import Number
from neurosim.records import dataclass

Choice = Number | str
"""The value of a setting: a number, or a word (one of several, or a class)."""

Chosen = tuple[tuple[str, Choice], ...]
"""The settings that were chosen, by name; those that are missing have their defaults."""

Values = Mapping[str, Choice]
"""Every setting of a transform by its name."""

Constants = Mapping[str, Number]
"""What a transform read off the training rows, such as mean and standard deviation; empty for most."""

Affine = tuple[Number, Number]
"""Scale and shift: value = scale * source + shift."""


def _nothing_read(_sources: Sequence[object], _settings: Values) -> dict[str, Number]:
    return {}


def _fine(_constants: Constants, _settings: Values) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Transform:
    """value = f(sources), the same in every row, with constants that may be read off the training rows.

    The sources are columns of equal length. ``fit`` and ``apply`` take float64 arrays (n_rows,) and are called within
    ``np.errstate(all="ignore")``; ``fit_exact`` and ``apply_exact`` do the same on fractions.

    Attributes:
        name: as written in files.
        title: as shown to the user.
        help: one sentence on what it does and what it is for.
        formula: f in plain text.
        symbol: ``symbol(titles, settings)`` -> what the feature is called where the user gave no name.
        apply: ``apply(sources, constants, settings)`` -> the values, a new array.
        apply_exact: the same on fractions; ``None`` as the result, or instead of the function: not a fraction.
        fit, fit_exact: ``fit(sources, settings)`` -> the constants, from the training rows alone. An exact one may hold
            floats for what is no fraction, such as a root.
        settings: what can be set.
        refusal: ``refusal(constants, settings)`` -> why there are no values, as the end of a sentence that begins with
            the source's name ("has one value in all rows, ..."), or ``None``.
        affine: ``affine(constants, settings)`` -> scale and shift, for a transform of one source that is a straight
            line and so has an inverse; ``None``: it is not.
        sources: how many sources it takes, at least and at most.
        takes_words: whether its source may be a column of words.
        of_target: whether it makes sense for a target.
        order: place in menus, lower first; plug-ins without one come last, by name.
    """

    name: str
    title: str
    help: str
    formula: str
    symbol: Callable[[Sequence[str], Values], str]
    apply: Callable[[Sequence[FloatArray], Constants, Values], FloatArray]
    apply_exact: Callable[[Sequence[ExactVector], Constants, Values], ExactVector | None] | None = None
    fit: Callable[[Sequence[FloatArray], Values], dict[str, Number]] = _nothing_read
    fit_exact: Callable[[Sequence[ExactVector], Values], dict[str, Number]] = _nothing_read
    settings: tuple[Setting[Choice], ...] = ()
    refusal: Callable[[Constants, Values], str | None] = _fine
    affine: Callable[[Constants, Values], Affine] | None = None
    sources: tuple[int, int] = (1, 1)
    takes_words: bool = False
    of_target: bool = False
    order: int = 1000

    @property
    def reads_rows(self) -> bool:
        """Whether there are constants, read off the training rows."""
        return self.fit is not _nothing_read

    def complete(self, chosen: Chosen) -> dict[str, Choice]:
        """*chosen* with the defaults of the settings that are missing."""
        return completed(self.settings, dict(chosen))

    def settings_refusal(self, chosen: Chosen) -> str | None:
        """Why *chosen* cannot be used, as a sentence for the user; ``None`` when it can."""
        return settings_refusal(self.title, self.settings, chosen)


def number(settings: Values, name: str) -> Number:
    """A setting that is a number."""
    value = settings[name]
    if isinstance(value, str):
        raise TypeError(f"the setting {name} is a word")
    return value


def exact(settings: Values, *names: str) -> tuple[Fraction, ...] | None:
    """Settings as fractions; ``None`` when one of them is rounded."""
    found = tuple(value for value in (settings[name] for name in names) if isinstance(value, Fraction))
    return found if len(found) == len(names) else None


def plain(value: Choice) -> str:
    """A setting inside a feature's name: ``2``, ``0.5``, ``1/3``, ``setosa``, with a true minus."""
    if isinstance(value, Fraction):
        denominator = value.denominator
        for prime in (2, 5):
            while denominator % prime == 0:
                denominator //= prime
        text = f"{float(value):.12g}" if denominator == 1 else str(value)
    else:
        text = value if isinstance(value, str) else f"{value:.12g}"
    return text if isinstance(value, str) else text.replace("-", "−")
