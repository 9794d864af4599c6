"""Words, rows set aside, form and spelling of a table in a document's file."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from neurosim.document.json_format import DocumentFormatError, dumps, loads
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Aside, Column, Dataset, Spelling, TableForm
from neurosim.engine.table_form import ENCODINGS, NEWLINES, QUOTINGS

NAMES = ("x", "kind", "maße", "-1")
some = st.text(max_size=4)


@st.composite
def tables(draw: st.DrawFn) -> Dataset:
    order = tuple(draw(st.permutations(NAMES)))
    rows = draw(st.integers(0, 4))
    numeric = draw(st.sets(st.sampled_from(NAMES)))
    aside = [
        Aside(
            draw(st.integers(0, rows)),
            {name: draw(some) for name in order[: draw(st.integers(0, 4))]},
            tuple(draw(st.lists(some, max_size=2))),
            draw(st.booleans()),
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    row = st.integers(-1, rows + len(aside) - 1)
    return Dataset(
        {name: Column([Fraction(i) for i in range(rows)]) for name in order if name in numeric},
        source="t",
        texts={name: tuple(draw(some) for _ in range(rows)) for name in order if name not in numeric},
        aside=tuple(sorted(aside, key=lambda a: a.place)),
        order=order,
        form=TableForm(
            draw(st.sampled_from(",;\t| ")),
            draw(st.sampled_from(".,")),
            draw(st.sampled_from(ENCODINGS)),
            draw(st.booleans()),
            draw(st.sampled_from(NEWLINES)),
            draw(st.booleans()),
            draw(st.sampled_from(QUOTINGS)),
            draw(st.booleans()),
        ),
        spelling=Spelling(
            draw(st.dictionaries(st.sampled_from(NAMES), st.dictionaries(row, some, max_size=3), max_size=3)),
            draw(st.dictionaries(row, st.tuples(some, some), max_size=2)),
        ),
    )


@given(tables())
def test_what_stands_beside_the_numbers_is_read_as_it_was_written(dataset: Dataset) -> None:
    again = loads(dumps(DocumentState(dataset=dataset))).dataset
    assert again == dataset
    assert again.names == dataset.names
    assert [list(row.cells) for row in again.aside] == [list(row.cells) for row in dataset.aside]


def test_numbers_alone_are_written_as_before() -> None:
    raw = json.loads(dumps(DocumentState(dataset=Dataset({"x": Column([Fraction(1)])}, (0,), "s"))))
    assert raw["dataset"] == {"columns": {"x": ["1"]}, "test_rows": [0], "source": "s"}


GOOD: dict[str, object] = {"columns": {"x": ["1", "2"]}, "texts": {"k": ["a", "b"]}}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"texts": {"x": ["a", "b"]}}, "dataset.texts.x: a column of numbers has the same name; give each"),
        ({"texts": {"k": ["a"]}}, "dataset.texts.k: it has 1 rows, and the others have 2; give every column"),
        ({"texts": {"k": ["a", 3]}}, r"dataset.texts.k\[1\]: 3 stands where a text is needed; write it in quotation"),
        ({"order": ["x"]}, "dataset.order: it does not name each column once; write the 2 names"),
        ({"order": ["x", "z"]}, r'dataset.order\[1\]: "z" is unknown; use one of x, k'),
        ({"aside": [{"place": 3, "cells": {}}]}, r"dataset.aside\[0\].place: 3 is too large; write 2 or less"),
        ({"aside": [{"place": 1, "cells": {"z": ""}}]}, r"dataset.aside\[0\].cells.z: there is no such column"),
        ({"aside": [{"place": 1}]}, r'dataset.aside\[0\]: the key "cells" is missing'),
        (
            {"aside": [{"place": 1, "cells": {}}, {"place": 0, "cells": {}}]},
            r"dataset.aside\[1\].place: the rows are not in their order; sort",
        ),
        ({"form": {"delimiter": ",,"}}, 'dataset.form.delimiter: ",," cannot stand between cells; write one sign'),
        ({"form": {"newline": "x"}}, 'dataset.form.newline: "x" is unknown'),
        ({"form": {"colour": "x"}}, "dataset.form.colour: this key is unknown; remove it"),
        ({"spelling": {"cells": {"x": {"2": "a"}}}}, "dataset.spelling.cells.x.2: there is no row 2; rows are counted"),
        ({"spelling": {"cells": {"z": {}}}}, "dataset.spelling.cells.z: there is no such column"),
        ({"spelling": {"lines": {"0": ["a"]}}}, "dataset.spelling.lines.0: a line has two ends; write"),
        ({"test_rows": [2]}, r"dataset.test_rows\[0\]: there is no row 2; rows are counted from 0, and there are 2"),
    ],
)
def test_each_fault_is_said_at_its_place(change: dict[str, object], sentence: str) -> None:
    raw = json.loads(dumps(DocumentState()))
    raw["dataset"] = {**GOOD, **change}
    with pytest.raises(DocumentFormatError, match=sentence):
        loads(json.dumps(raw), "f")
