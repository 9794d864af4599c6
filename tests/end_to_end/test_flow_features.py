"""Features in the whole window: columns standardised from the menu, trained to the optimum, dragged, and read back."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from neurosim import paths
from neurosim.canvas.items.feature_item import FeatureItem
from neurosim.canvas.items.output_item import OutputItem
from neurosim.engine.feature import feature_column
from neurosim.widgets.formula_lines import FormulaLines


def trigger(hand, name: str) -> None:
    action = hand.window.book[name]
    assert action.isEnabled()
    action.trigger()
    hand.frame()


def run_until_it_ends(hand) -> None:
    trigger(hand, "speed-max")
    hand.click("runButton")
    for _ in range(3000):
        if not hand.window.session.running:
            return
        hand.frame()
    raise AssertionError("the run goes on and on")


def test_food_trucks_are_standardised_from_the_menu_and_trained(open_window) -> None:
    hand = open_window(paths.example("food_trucks"), size=(1600, 900))
    window = hand.window
    data = window.document.state.dataset.columns
    x, y = data["population_10k"].floats, data["profit_10k"].floats
    trigger(hand, "standardiseInputs")
    (feature,) = window.document.state.network.features
    assert window.document.undo_text == "Standardise population_10k"
    item = window.graph.drawing.nodes[feature.id]
    assert isinstance(item, FeatureItem)
    assert item.sum == f"(6.1101 − ~{x.mean():.6g})/~{x.std():.6g}"
    hand.type("learningRateField", "1")
    run_until_it_ends(hand)
    slope, level = np.polyfit(x, y, 1)
    least = float(((slope * x + level - y) ** 2).mean()) / 2
    assert float(window.session.snapshot.loss) == pytest.approx(least, rel=1e-9)
    output = window.graph.drawing.nodes["output:n"]
    assert isinstance(output, OutputItem)
    # the inverse, under the output: the line of Ng's exercise
    assert output.raw == "ŷ = ~1.19303 · population_10k − ~3.89578"


def test_the_mean_moves_under_the_hand(open_window) -> None:
    hand = open_window(paths.example("lecture"), size=(1600, 900))
    window = hand.window
    trigger(hand, "standardiseInputs")
    (feature,) = window.document.state.network.features
    assert window.session.snapshot.exact  # the deviation of 2 and 4 is 1
    constants = window.session.snapshot.dataset.constants[feature_column(feature.id)]
    assert constants == {"mean": Fraction(3), "deviation": Fraction(1)}
    begin, goal = hand.in_plot(4, 4), hand.in_plot(8, 4)
    hand.press(hand.plot, begin)
    for part in (1, 2, 3, 4):
        hand.move(hand.plot, begin + (goal - begin) * part / 4)
        here = window.document.state.dataset.columns["x"][1]
        snapshot = window.session.snapshot
        constants = snapshot.dataset.constants[feature_column(feature.id)]
        assert constants == {"mean": (2 + here) / 2, "deviation": (here - 2) / 2}
        assert snapshot.activation(feature.id, 0) == -1
        item = window.graph.drawing.nodes[feature.id]
        assert item.value == "1"  # of the row in hand, the second
    hand.release(hand.plot, goal)
    window.document.undo()
    hand.frame()
    constants = window.session.snapshot.dataset.constants[feature_column(feature.id)]
    assert constants["mean"] == 3


def test_admissions_are_trained_from_raw_scores_by_reading_the_screen(open_window) -> None:
    hand = open_window(paths.example("admissions_standardised"), size=(1600, 900))
    run_until_it_ends(hand)
    assert float(hand.window.session.snapshot.loss) == pytest.approx(0.2034977, abs=1e-6)
    raw = hand.window.graph.drawing.nodes["output:p"].raw
    assert raw == "z = ~0.206232 · exam1 + ~0.201471 · exam2 − ~25.1613" or raw.startswith("z = ~0.2062")


def test_the_page_of_a_feature_shows_settings_numbers_and_the_way_back(open_window) -> None:
    hand = open_window(paths.example("houses"), size=(1600, 900))
    window = hand.window
    window.selection.select({"s1"})
    hand.frame()
    assert isinstance(hand.find(QWidget, "transformBox"), QComboBox)
    assert hand.read("sourcesLabel") == "size"
    assert hand.find(FormulaLines, "inverseFormula").markup() is not None
    box = hand.find(QComboBox, "divisorField")
    box.setFocus()
    box.activated.emit(box.findData("sample"))
    hand.frame()
    assert dict(window.document.state.network.features[0].settings) == {"divisor": "sample"}
    constants = window.session.snapshot.dataset.constants[feature_column("s1")]
    assert float(constants["deviation"]) == pytest.approx(794.7024, abs=1e-4)  # as Octave's std, which Ng uses
    window.document.undo()
    assert window.document.state.network.features[0].settings == ()


def test_the_page_of_an_output_offers_classes(open_window) -> None:
    hand = open_window(paths.example("iris"), size=(1600, 900))
    window = hand.window
    window.selection.select({"output:setosa"})
    hand.frame()
    assert hand.find(QComboBox, "targetTransformBox").currentData() == "indicator"
    assert hand.find(QComboBox, "classField").currentData() == "setosa"
    assert hand.find(QLabel, "probabilityLabel").isVisible()
    assert hand.read("probabilityLabel") == "~0.333333"
    field = hand.type("otherField", "-1")
    assert field.value() == Fraction(-1)
    assert dict(window.document.state.network.outputs[0].settings)["other"] == -1


def test_an_output_for_each_class_from_the_menu(open_window) -> None:
    hand = open_window(paths.example("iris"), size=(1600, 900))
    window = hand.window
    for name in ("versicolor", "virginica"):
        window.selection.select({name})
        hand.frame()
        trigger(hand, "delete")
    assert len(window.document.state.network.outputs) == 1
    trigger(hand, "outputPerClass")
    assert len(window.document.state.network.outputs) == 3
    hand.type("learningRateField", "1")
    trigger(hand, "speed-max")
    hand.click("runButton")
    hand.frame()
    for _ in range(200):
        hand.frame()
        if float(window.session.snapshot.loss) < 0.1:
            break
    assert float(window.session.snapshot.loss) < 0.1
    hand.click("runButton")
