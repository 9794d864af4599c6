"""Values of calculated columns put back into the columns of the data: a point is dragged where it is seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from neurosim.document.edits.common import EditError
from neurosim.document.edits.transforms import classes_in
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Dataset
from neurosim.engine.feature import is_calculated
from neurosim.engine.network import Output
from neurosim.engine.representation import constants_of, represented, words_of
from neurosim.engine.transforms import TRANSFORMS
from neurosim.engine.transforms.base import Choice
from neurosim.numbers.exact import Number

Value = Fraction | float | int


def put_back(
    state: DocumentState, values: Mapping[str, Value], row: int | None = None
) -> tuple[dict[str, Value], dict[str, str]]:
    """*values* by column of the data: numbers, and words.

    What an output's target was made into is put back: standardised values into the units of the column, a class into
    its value. What cannot be put back is left out, so that the column keeps what it has. *row* is the row that
    changes; ``None`` for a new one.
    """
    numbers: dict[str, Value] = {}
    words: dict[str, str] = {}
    outputs = {output.target: output for output in state.network.outputs if output.transform is not None}
    for name, value in values.items():
        if not is_calculated(name):
            numbers[name] = value
            continue
        output = outputs.get(name)
        found = None if output is None else _of_target(state, output, value, row)
        if output is None or output.column is None or found is None:
            continue
        if isinstance(found, str):
            words[output.column] = found
        else:
            numbers[output.column] = found
    return numbers, words


def can_be_put_back(state: DocumentState, column: str) -> bool:
    """Whether ``move_row`` takes values of *column*: one of the data, or a target that can be put back."""
    if column in state.dataset.columns:
        return True
    output = next((o for o in state.network.outputs if o.transform is not None and o.target == column), None)
    transform = TRANSFORMS.get((output.transform or "") if output is not None else "")
    if output is None or transform is None or output.column is None:
        return False
    if transform.name != "indicator":
        return transform.affine is not None
    try:
        return len(classes_in(state, output.column)) == 2
    except EditError:
        return False


def with_words(dataset: Dataset, row: int, words: Mapping[str, str]) -> Dataset:
    """*dataset* with other words in a row."""
    if not words:
        return dataset
    texts = {
        name: (*column[:row], words[name], *column[row + 1 :]) if name in words else column
        for name, column in dataset.texts.items()
    }
    spelling = dataset.spelling.without_cells(dataset.table_row(row), words) if dataset.spelling else dataset.spelling
    return replace(dataset, texts=texts, spelling=spelling)


def _of_target(state: DocumentState, output: Output, value: Value, row: int | None) -> Value | str | None:
    transform = TRANSFORMS.get(output.transform or "")
    if transform is None or output.column is None:
        return None
    settings = transform.complete(output.settings)
    if transform.name == "indicator":
        return _class(state, output.column, settings["class"], value == settings["own"], row)
    constants = constants_of(represented(state.network, state.dataset)).get(output.target or "")
    if transform.affine is None or constants is None:
        return None
    scale, shift = transform.affine(constants, settings)
    if scale == 0:
        return None
    number = Fraction(value) if isinstance(value, int) else value
    exact = all(isinstance(part, Fraction) for part in (number, scale, shift))
    return (number - shift) / scale if exact else (float(number) - float(shift)) / float(scale)


def _class(state: DocumentState, column: str, own: Choice, is_own: bool, row: int | None) -> Value | str | None:
    """The value of *column* that makes a row one of the class *own*, or none of it."""
    if is_own:
        return own
    if row is not None and _held(state.dataset, column, row) != own:
        return None  # it is none already
    try:
        classes = classes_in(state, column)
    except EditError:
        return None
    others = [value for value in classes if value != own]
    return others[0] if others and (row is None or len(others) == 1) else None


def _held(dataset: Dataset, column: str, row: int) -> Number | str | None:
    words = words_of(dataset, column)
    if words is not None:
        return words[row]
    return dataset.columns[column][row] if column in dataset.columns else None
