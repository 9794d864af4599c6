"""Calculated columns: what features and transformed targets make of the data, with constants from the training rows.

``represented(network, dataset)`` adds them to the columns of the dataset, so that everything that reads columns
(passes, trainer, exact pass, loss map, working) reads them as any other. What depends on one row alone stays a
function of the row; a mean or a range comes from all training rows and moves with each of them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from threading import Lock
from types import MappingProxyType

import numpy as np

from neurosim.engine.dataset import EXACT_ROWS, Column, Dataset, FloatArray
from neurosim.engine.errors import DatasetError
from neurosim.engine.feature import Recipe, is_calculated
from neurosim.engine.network import Network
from neurosim.engine.transforms import TRANSFORMS
from neurosim.engine.transforms.base import Choice, Constants, Transform
from neurosim.numbers.exact import all_exact
from neurosim.records import dataclass, field, fields, replace

EXACT_VALUES = 1_000
"""Up to this many rows the values of a feature are worked out in fractions."""

_NOTHING: Mapping[str, Constants] = MappingProxyType({})

REMEMBERED, FEW, LARGE = 16, 4, 20_000
"""So many representations are kept: of the data of now, of moments that are looked back at, of variants; few of those
with more rows than the last number."""

_REMEMBERED: OrderedDict[tuple[int, tuple[Recipe, ...]], tuple[Dataset, Represented]] = OrderedDict()
"""Each with its data, so that no other data can have the same id meanwhile. Not with the data: a history keeps many."""

_LOCK = Lock()


@dataclass(frozen=True)
class Represented(Dataset):
    """A dataset with the calculated columns of one network beside its own.

    Attributes:
        recipe: how the calculated columns come about.
        constants: what each transform read off the training rows, by the name of its column.
        refusals: why a column could not be calculated, as a sentence without its end, by the name of the column.
    """

    recipe: tuple[Recipe, ...] = ()
    constants: Mapping[str, Constants] = field(default_factory=lambda: MappingProxyType({}))
    refusals: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def makeup(self) -> tuple[object, ...]:
        """As of any dataset, and why columns are missing."""
        return (*super().makeup, *self.refusals.items())

    def numbers_only(self, columns: Mapping[str, Column] | None = None) -> Dataset:
        """As of any dataset; rows taken out of this one keep what was calculated, and the constants."""
        plain = super().numbers_only(columns)
        if not all(step.column in plain.columns for step in self.recipe if step.column in self.columns):
            return plain
        return Represented(
            plain.columns,
            source=plain.source,
            recipe=self.recipe,
            constants=self.constants,
            refusals=self.refusals,
        )


def represented(network: Network, dataset: Dataset) -> Dataset:
    """*dataset* with the columns that *network* calculates; itself when there are none, or when it has them already.

    The same object for the same data and the same recipe, whatever else changes in the network.
    """
    recipe = network.recipe
    if not recipe or (isinstance(dataset, Represented) and dataset.recipe == recipe):
        return dataset
    key = (id(dataset), recipe)
    with _LOCK:
        known = _REMEMBERED.get(key)
        if known is not None:
            _REMEMBERED.move_to_end(key)
            return known[1]
    found = _calculated(_without_calculated(dataset), recipe, None)
    with _LOCK:
        _, found = _REMEMBERED.setdefault(key, (dataset, found))
        most = REMEMBERED if dataset.n_rows <= LARGE else FEW
        while len(_REMEMBERED) > most:
            _REMEMBERED.popitem(last=False)
    return found


def points(dataset: Dataset, columns: Mapping[str, FloatArray]) -> Dataset:
    """Any points, such as those of a grid, represented as *dataset* is: with its constants, whatever the points are.

    Args:
        dataset: what ``represented`` gave, or data without calculated columns.
        columns: name to values (n,), of one length.
    """
    plain = Dataset({name: Column(values) for name, values in columns.items()})
    if not isinstance(dataset, Represented):
        return plain
    held = held_columns(dataset, columns)
    if held:
        n = plain.n_rows
        plain = Dataset({**plain.columns, **{name: Column(np.full(n, value)) for name, value in held.items()}})
    recipe = tuple(step for step in dataset.recipe if step.column not in held)
    return replace(_calculated(plain, recipe, dataset.constants), recipe=dataset.recipe)


def held_columns(dataset: Dataset, columns: Iterable[str]) -> Mapping[str, float]:
    """The mean over all rows of each calculated column that *columns* do not lead to (classes that are words, say)."""
    if not isinstance(dataset, Represented):
        return {}
    known, held = set(columns), {}
    for step in dataset.recipe:
        if step.column in known or step.column not in dataset.columns:
            continue
        if not known.issuperset(step.sources):
            held[step.column] = float(dataset.columns[step.column].floats.mean())
        known.add(step.column)
    return held


def constants_of(dataset: Dataset) -> Mapping[str, Constants]:
    """What the transforms read off the training rows, by the name of the calculated column."""
    return dataset.constants if isinstance(dataset, Represented) else _NOTHING


def values_at(
    network: Network, constants: Mapping[str, Constants], columns: Mapping[str, FloatArray]
) -> Mapping[str, FloatArray]:
    """*columns* of any points, and what the features of *network* are there, with *constants* of the training rows.

    A calculated column that is among *columns* is taken as given; one whose sources are not there is left out.
    """
    recipe = tuple(step for step in network.recipe if step.column not in columns)
    if not recipe:
        return columns
    plain = Dataset({name: Column(values) for name, values in columns.items()})
    return {name: column.floats for name, column in _calculated(plain, recipe, constants).columns.items()}


def own_columns(dataset: Dataset) -> tuple[str, ...]:
    """The names of the columns that the data themselves have."""
    return tuple(name for name in dataset.columns if not is_calculated(name))


def words_of(dataset: Dataset, column: str) -> Sequence[str] | None:
    """The words of a column that holds words, one per row; ``None`` for any other."""
    return dataset.texts.get(column)


def _without_calculated(dataset: Dataset) -> Dataset:
    if not any(is_calculated(name) for name in dataset.columns):
        return dataset
    values = {item.name: getattr(dataset, item.name) for item in fields(Dataset)}
    values["columns"] = {name: dataset.columns[name] for name in own_columns(dataset)}
    values["order"] = tuple(name for name in dataset.order if not is_calculated(name))
    return Dataset(**values)


def _calculated(dataset: Dataset, recipe: tuple[Recipe, ...], constants: Mapping[str, Constants] | None) -> Represented:
    """*dataset* with the columns of *recipe*; the constants are read off its training rows unless they are given."""
    columns: dict[str, Column] = dict(dataset.columns)
    found: dict[str, Constants] = {}
    refusals: dict[str, str] = {}
    with np.errstate(all="ignore"):
        for step in recipe:
            given = None if constants is None else constants.get(step.column)
            made = _Step(dataset, columns, step).made(given, fitted=constants is None)
            if isinstance(made, str):
                refusals[step.column] = made
            else:
                columns[step.column], found[step.column] = made
    values = {item.name: getattr(dataset, item.name) for item in fields(Dataset)}
    values["columns"] = columns
    if dataset.order:
        values["order"] = (*dataset.order, *(step.column for step in recipe if step.column in columns))
    return Represented(
        **values,
        recipe=recipe,
        constants=MappingProxyType(found),
        refusals=MappingProxyType(refusals),
    )


class _Step:
    """One column being calculated."""

    def __init__(self, dataset: Dataset, columns: Mapping[str, Column], recipe: Recipe) -> None:
        self.dataset, self.columns, self.recipe = dataset, columns, recipe

    def made(self, given: Constants | None, *, fitted: bool) -> tuple[Column, Constants] | str:
        """The column and the constants; or why there is none, as the end of a sentence that begins with the source."""
        transform = TRANSFORMS.get(self.recipe.transform)
        if transform is None:
            return f"has the transform {self.recipe.transform!r}, which is not known"
        least, most = transform.sources
        if not least <= len(self.recipe.sources) <= most:
            return ""
        if transform.settings_refusal(self.recipe.settings) is not None:
            return ""
        if not fitted and given is None:
            if transform.reads_rows:
                return ""
            given = {}
        settings: dict[str, Choice] = transform.complete(self.recipe.settings)
        sources: list[Column] = []
        for name in self.recipe.sources:
            words = words_of(self.dataset, name)
            if words is not None and transform.takes_words:
                codes, settings = _coded(words, transform, settings)
                sources.append(codes)
            elif name in self.columns:
                sources.append(self.columns[name])
            else:
                return ""
        try:
            return self._exactly(transform, sources, settings, given) or self._rounded(
                transform, sources, settings, given
            )
        except _RefusedError as refused:
            return str(refused)
        except (DatasetError, OverflowError):
            return "has values that are too large to calculate with"

    def _exactly(
        self, transform: Transform, sources: Sequence[Column], settings: dict[str, Choice], given: Constants | None
    ) -> tuple[Column, Constants] | None:
        """In fractions; ``None`` where they do not go so far."""
        n = self.dataset.n_rows
        if transform.apply_exact is None or n > EXACT_VALUES or not all(column.exact for column in sources):
            return None
        vectors = [column.vector for column in sources if column.vector is not None]
        constants = given
        if constants is None:
            rows = self.dataset.train_rows
            training = vectors if isinstance(rows, slice) else [vector.rows(rows.tolist()) for vector in vectors]
            constants = transform.fit_exact(training, settings)
        _check(transform.refusal(constants, settings))
        if not all_exact(constants.values()):
            return self._rounded(transform, sources, settings, constants)
        values = transform.apply_exact(vectors, constants, settings)
        if values is None or not values.within_limit():
            return self._rounded(transform, sources, settings, constants)
        return Column(values.fractions()), MappingProxyType(dict(constants))

    def _rounded(
        self, transform: Transform, sources: Sequence[Column], settings: dict[str, Choice], given: Constants | None
    ) -> tuple[Column, Constants]:
        """In float64."""
        arrays = [column.floats for column in sources]
        constants = given
        if constants is None:
            constants = transform.fit([array[self.dataset.train_rows] for array in arrays], settings)
            _check(transform.refusal(constants, settings))
        return Column(transform.apply(arrays, constants, settings)), MappingProxyType(dict(constants))


class _RefusedError(Exception):
    """A transform has no values for these data."""


def _check(refusal: str | None) -> None:
    if refusal is not None:
        raise _RefusedError(refusal)


def _coded(words: Sequence[str], transform: Transform, settings: dict[str, Choice]) -> tuple[Column, dict[str, Choice]]:
    """Words as numbers that stand for them, and the settings with the number of the class that was chosen."""
    codes = {word: Fraction(number) for number, word in enumerate(dict.fromkeys(words))}
    coded = dict(settings)
    for setting in transform.settings:
        if setting.is_class and settings[setting.name] != "":
            coded[setting.name] = codes.get(str(settings[setting.name]), Fraction(-1))
    if len(words) > EXACT_ROWS:
        floats = {word: float(code) for word, code in codes.items()}
        return Column(np.fromiter(map(floats.__getitem__, words), dtype=np.float64, count=len(words))), coded
    return Column([codes[word] for word in words]), coded
