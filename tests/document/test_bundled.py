"""The bundled data sets: each is in the catalogue, with a source and a question that its columns can answer."""

from __future__ import annotations

import pytest

from neurosim.document.bundled import BundledSet, bundled_at, bundled_sets
from neurosim.document.csv_table import read_table
from neurosim.document.edits import fit_classes_to, fit_neuron_to
from neurosim.document.state import DocumentState
from neurosim.paths import example, resources

FOLDER = resources() / "datasets"
every = pytest.mark.parametrize("found", bundled_sets(), ids=lambda found: found.name)


def test_the_catalogue_has_every_table_and_no_other() -> None:
    assert sorted(found.path for found in bundled_sets()) == sorted(FOLDER.glob("*.csv"))
    assert len({found.title for found in bundled_sets()}) == len(bundled_sets())


@every
def test_each_has_a_question_and_columns_that_answer_it(found: BundledSet) -> None:
    assert found.question.endswith("?")
    assert found.about.endswith(".")
    assert found.source
    table = read_table(found.path)
    columns = (*found.inputs, found.target)
    fit = fit_classes_to if found.target in table.whole(columns).texts else fit_neuron_to
    state = fit(DocumentState(), table.whole(columns), found.inputs, found.target)
    assert state.dataset.n_rows + len(state.dataset.aside) == table.n_rows
    assert str(table.n_rows) in found.about


def test_a_path_leads_to_its_entry() -> None:
    assert bundled_at(FOLDER / "iris.csv").title == "Iris"
    assert bundled_at(example("lecture")) is None


def test_iris_keeps_its_kinds_and_penguins_lose_two_rows() -> None:
    iris = read_table(FOLDER / "iris.csv").whole()
    assert sorted(set(iris.texts["Species"])) == ["setosa", "versicolor", "virginica"]
    table = read_table(FOLDER / "penguins.csv")
    penguins = table.whole(["flipper_length_mm", "body_mass_g"])
    assert (penguins.n_rows, len(penguins.aside)) == (342, 2)
    assert set(penguins.texts) == {"species", "island", "sex"}
    assert "2 of 344 rows have no value in a chosen column (lines 5, 273) and are kept out of training" in str(
        table.left_out(["flipper_length_mm", "body_mass_g"])
    )
