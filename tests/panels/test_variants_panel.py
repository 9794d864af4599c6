"""Variants side by side as a panel: added, trained together, changed in place, adopted; by clicks and keys."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QMenu, QPushButton, QToolButton, QWidget

from neurosim import paths
from neurosim.document import edits
from neurosim.document.edits.architecture import draw_layers
from neurosim.document.json_format import load
from neurosim.document.state import DocumentState
from neurosim.document.variants import add_pair, add_variant, variants
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.trainer import Trainer
from neurosim.panels.variants.adding import offers
from neurosim.panels.variants.column import hidden_widths, read_widths
from neurosim.panels.variants.curves import apart_where_near, simplified
from neurosim.panels.variants.fit import FitModel
from neurosim.panels.variants.readout import Readout
from neurosim.panels.variants.words import sentence
from neurosim.widgets.display import Display
from neurosim.widgets.number_field import NumberField
from neurosim.widgets.theme import theme
from samples import lecture_state

F = Fraction


def example(name: str) -> DocumentState:
    return load(Path(paths.example(name)))


def pair(state: DocumentState) -> DocumentState:
    return add_pair(state, edits.set_learning_rate, F(1, 11))


def click(bench, kind: type[QWidget], name: str) -> None:
    widget = bench.panel.findChild(kind, name)
    assert widget is not None, name
    assert widget.isEnabled(), widget.toolTip()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    bench.frame()


def opened(menu: QMenu) -> dict[str, QAction]:
    """The entries of a menu and its submenus when it opens."""
    menu.aboutToShow.emit()
    return {action.objectName(): action for part in (menu, *menu.findChildren(QMenu)) for action in part.actions()}


def text(bench, name: str) -> str:
    kind = QLabel if name == "variantsSentence" else Readout
    return bench.panel.findChild(kind, name).text().replace("−", "-").replace("\N{NARROW NO-BREAK SPACE}", " ")


def test_empty_it_offers_a_first_comparison(bench) -> None:
    found = bench("variants", lecture_state())
    button = found.panel.empty.findChild(QPushButton, "emptyStateButton")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    found.frame()
    assert [v.training.learning_rate for v in variants(found.document.state)] == [F(1, 30), F(1, 90)]
    assert text(found, "variantsSentence") == "Only the learning rate differs: 1/30 against 1/90."
    assert found.entries() == 1
    found.document.undo()
    found.frame()
    assert found.panel.empty.isVisible()


def test_run_trains_all_and_shows_each_ones_own_numbers(bench) -> None:
    found = bench("variants", pair(lecture_state()))
    click(found, QPushButton, "variantsStep")
    assert [text(found, f"variantState-{name}") for name in "AB"] == ["step 1", "step 1"]
    for name, rate in (("A", F(1, 30)), ("B", F(1, 11))):
        state = edits.set_learning_rate(lecture_state(), rate)
        trainer = Trainer(state.network, state.dataset, state.training)
        trainer.advance(1)
        assert text(found, f"variantLoss-{name}") == Display().text(trainer.loss).replace("−", "-")
        assert text(found, f"variantParameters-{name}") == "2"
    click(found, QToolButton, "segment-10x")
    click(found, QPushButton, "variantsRun")
    assert found.session.variants.running
    for _ in range(5):
        found.session.advance(25.0)
    click(found, QPushButton, "variantsRun")
    assert not found.session.variants.running
    steps = {run.now.step for run in found.session.variants.runs}
    assert len(steps) == 1
    assert text(found, "variantState-A") == f"step {steps.pop()}"
    assert text(found, "variantCost-A").startswith("~")
    curves = found.panel.curves.lines.curves
    assert list(curves) == ["A", "B"]
    for run in found.session.variants.runs:
        assert np.array_equal(curves[run.name].losses, run.now.log.losses)
    click(found, QToolButton, "variantsRestart")
    assert text(found, "variantState-A") == "step 0"


def test_the_learning_rate_is_typed_and_dragged_as_one_entry_each(bench) -> None:
    found = bench("variants", pair(lecture_state()))
    field = found.panel.findChild(NumberField, "variantRate-B")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "1/7")
    QTest.keyClick(field, Qt.Key.Key_Return)
    found.frame()
    assert variants(found.document.state)[1].training.learning_rate == F(1, 7)
    assert text(found, "variantsSentence") == "Only the learning rate differs: 1/30 against 1/7."
    assert found.document.undo_text == "Set learning rate of variant B"
    assert found.document.state.training.learning_rate == F(1, 30)
    QTest.keyPress(field, Qt.Key.Key_Up)
    QTest.keyPress(field, Qt.Key.Key_Up)
    QTest.keyRelease(field, Qt.Key.Key_Up)
    found.frame()
    assert found.entries() == 2
    field.selectAll()
    QTest.keyClicks(field, "0")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert variants(found.document.state)[1].training.learning_rate > 0


def test_optimizer_method_activation_and_layers_are_changed_in_place(bench) -> None:
    found = bench("variants", add_variant(add_variant(example("xor"))))
    for name, choice, expected in (
        ("variantOptimizer-B", "Adam", lambda v: v.training.optimizer.name == "adam"),
        ("variantActivation-B", "ReLU", lambda v: v.network.node_by_id["h1"].activation == "relu"),
        ("variantMethod-B", "Random search", lambda v: v.training.method == "random_search"),
    ):
        box = found.panel.findChild(QComboBox, name)
        box.setFocus()
        QTest.keyClicks(box, choice[:4])
        found.frame()
        assert expected(variants(found.document.state)[1]), name
    field = found.panel.findChild(QLineEdit, "variantWidths-A")
    assert field.text() == "2"
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "4, 3")
    QTest.keyClick(field, Qt.Key.Key_Return)
    found.frame()
    first, second = variants(found.document.state)
    assert (hidden_widths(first.network), hidden_widths(second.network)) == ((4, 3), (2,))
    assert found.document.state.network == example("xor").network
    told = []
    found.session.message.connect(lambda notice: told.append(notice.text))
    field.selectAll()
    QTest.keyClicks(field, "four")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "whole numbers" in told[-1]
    assert field.text() == "4, 3"


def test_adopting_goes_on_from_where_it_is_and_is_undone(bench) -> None:
    found = bench("variants", pair(lecture_state()))
    found.session.variants.take(3)
    reached = found.session.variants.runs[1].now.network
    before = found.document.state
    click(found, QToolButton, "variantAdopt-B")
    assert found.document.state.network == reached
    assert (found.document.state.training.step, found.document.state.training.learning_rate) == (3, F(1, 11))
    assert [run.now.step for run in found.session.variants.runs] == [3, 3]
    found.document.undo()
    assert found.document.state.network == before.network
    assert found.document.state.training == before.training


def test_one_is_added_from_the_menu_and_removed_at_its_cross(bench) -> None:
    found = bench("variants", pair(example("xor")))
    head = found.panel.head
    actions = opened(head.menu)
    assert "variantsAdd-architecture-xor" not in actions  # its weights are no start to train from
    actions["variantsAdd-optimizer-adam"].trigger()
    found.frame()
    assert [v.training.optimizer.name for v in variants(found.document.state)] == ["sgd", "sgd", "adam"]
    assert found.document.undo_text == "Add variant: Adam"
    actions = opened(head.menu)
    actions["variantsAdd-as-it-is"].trigger()
    found.frame()
    assert not head.add.isEnabled()
    click(found, QToolButton, "variantRemove-A")
    assert [v.name for v in variants(found.document.state)] == ["B", "C", "D"]
    assert head.add.isEnabled()
    assert (
        found.panel.findChild(Readout, "variantLoss-A") is None
        or not found.panel.findChild(Readout, "variantLoss-A").isVisible()
    )


def test_what_cannot_be_trained_says_why_in_its_place(bench) -> None:
    state = add_variant(example("xor"))
    state = add_variant(state, edits.set_activation, ["out"], "tanh")
    found = bench("variants", state)
    assert text(found, "variantState-B") == "cannot be trained"
    assert found.panel.findChild(Readout, "variantState-B").toolTip() == found.session.variants.runs[1].problem
    click(found, QPushButton, "variantsStep")
    assert text(found, "variantState-A") == "step 1"


def test_the_axis_is_logarithmic_after_ten_steps_unless_chosen(bench) -> None:
    found = bench("variants", pair(lecture_state()))
    found.session.variants.take(11)
    found.frame()
    assert found.panel.curves.scale == "log"
    QTest.keyClick(found.panel.curves.plot, Qt.Key.Key_L)
    assert found.panel.curves.scale == "linear"
    found.session.variants.take(11)
    found.frame()
    assert found.panel.curves.scale == "linear"
    QTest.keyClick(found.panel.curves.plot, Qt.Key.Key_Right)
    card = found.panel.curves.hover.card()
    assert [line[:1] for line, _ in card] == ["2", "A", "B"]


def test_sentences_name_the_differences() -> None:
    display = Display()
    one = add_variant(lecture_state())
    assert sentence(variants(one), display).startswith("A is the document as it began.")
    same = add_variant(one)
    assert sentence(variants(same), display) == "A and B are alike: change a setting of one of them."
    three = add_variant(pair(lecture_state()), edits.set_learning_rate, F(1, 5))
    assert sentence(variants(three), display) == "Only the learning rate differs: A 1/30, B 1/11, C 1/5."
    two_aspects = add_variant(pair(lecture_state()), edits.set_optimizer, "adam")
    assert sentence(variants(two_aspects), display) == (
        "The optimizer (C Adam, the others Gradient descent) and the learning rate (B 1/11, the others 1/30) differ."
    )
    layers = add_pair(example("xor"), draw_layers, (4,))
    assert "2-2-1 against 2-4-1" in sentence(variants(layers), display)


def test_a_line_of_many_points_keeps_its_ends_and_its_extremes() -> None:
    rng = np.random.default_rng(2)
    x = np.linspace(0.0, 300.0, 9000)
    y = 100 + 40 * np.sin(x / 20) + rng.normal(0, 3, x.size)
    thin_x, thin_y = simplified(x, y)
    assert thin_x.size < 2 * 150 + 4
    assert (thin_x[0], thin_y[0], thin_x[-1], thin_y[-1]) == (x[0], y[0], x[-1], y[-1])
    assert (thin_y.min(), thin_y.max()) == (y.min(), y.max())
    assert np.all(np.diff(thin_x) >= 0)
    few = np.arange(5.0)
    assert simplified(few, few)[0] is few


def test_at_full_speed_every_part_is_shown_in_turn_and_all_at_the_end(bench) -> None:
    found = bench("variants", add_variant(pair(example("xor")), edits.set_optimizer, "adam"))
    click(found, QPushButton, "variantsRun")
    for _ in range(7):
        found.session.advance(16.0)
    found.session.variants.pause()
    found.frame()
    for run in found.session.variants.runs:
        assert text(found, f"variantState-{run.name}") == f"step {run.now.step:,}".replace(",", " ")
        column = found.panel._columns[run.name]
        again = FitModel().fit(run.now.network, run.start.dataset, run.now.training)
        assert column.picture.fit.image == again.image
        assert np.array_equal(found.panel.curves.lines.curves[run.name].losses, run.now.log.losses)


def test_widths_are_read_as_they_are_typed() -> None:
    assert read_widths("4, 3") == read_widths("4 3") == read_widths("4-3") == (4, 3)
    assert read_widths("") == read_widths("  ") == ()
    assert read_widths("4.5") is None
    assert read_widths("²") is None


def test_everything_that_is_offered_can_be_added() -> None:
    state = example("xor")
    found = list(offers(state, Display()))
    assert len({offer.name for offer in found}) == len(found)
    for offer in found:
        (added,) = variants(add_variant(state, offer.function, *offer.arguments))
        assert added.training.step == 0


def test_a_fit_is_a_curve_a_boundary_or_an_agreement() -> None:
    model = FitModel()
    lecture = lecture_state()
    curve = model.fit(lecture.network, lecture.dataset, lecture.training)
    assert curve.line is not None
    # f = x/3 - 6
    assert np.allclose(curve.line[:, 1], curve.line[:, 0] / 3 - 6)
    assert curve.marks.tolist() == [[2, 0], [4, 4]]
    xor = example("xor")
    plane = FitModel().fit(xor.network, xor.dataset, xor.training)
    assert plane.image is not None
    assert plane.shapes.tolist() == [0, 1, 1, 0]
    names = ("a", "b", "c")
    data = Dataset({**{n: Column([F(i), F(i + 1)]) for i, n in enumerate(names)}, "y": Column([F(3), F(6)])})
    state = edits.use_dataset(DocumentState(), data)
    state = edits.fit_neuron_to(state, data, names, "y")
    state = edits.set_parameters(state, {"w1": F(1), "w2": F(1), "w3": F(1)})
    agreement = FitModel().fit(state.network, state.dataset, state.training)
    assert agreement.guide.tolist() == [[agreement.x[0]] * 2, [agreement.x[1]] * 2]
    assert agreement.marks.tolist() == [[3, 3], [6, 6]]  # 0 + 1 + 2 and 1 + 2 + 3


@pytest.mark.parametrize("width", [420, 760, 1200])
def test_every_column_and_the_plot_are_there_at_every_width(bench, width) -> None:
    state = add_variant(pair(example("xor")), edits.set_optimizer, "adam")
    found = bench("variants", state)
    found.panel.resize(width, 500)
    found.frame()
    found.frame()
    assert found.panel.curves.isVisible()
    heads = [found.panel.findChild(QToolButton, f"variantAdopt-{name}") for name in "ABC"]
    lefts = [head.mapTo(found.panel, head.rect().topLeft()).x() for head in heads]
    assert lefts == sorted(lefts)
    assert found.panel.curves.plot.height() >= 120


def test_no_row_is_empty_beside_the_plot(bench) -> None:
    found = bench("variants", pair(lecture_state()))
    found.panel.resize(1200, 700)
    found.frame()
    found.frame()
    cells = [cell for cell in found.panel._columns["A"].cells if cell.isVisible()]
    for above, below in pairwise(cells[2:]):
        gap = below.y() - (above.y() + above.height())
        assert gap <= theme().px(12), (above.objectName(), below.objectName())


def test_another_representation_is_a_variant_and_named(bench) -> None:
    state = example("admissions")
    found = {offer.name: offer for offer in offers(state, Display())}
    offer = found["representation-standardise"]
    state = add_pair(state, offer.function, *offer.arguments)
    said = sentence(variants(state), Display())
    assert said == "Only the representation differs: none against exam1′, exam2′."
    made = bench("variants", state)
    click(made, QPushButton, "variantsStep")
    first, second = made.session.variants.runs
    # A straight transform alone changes no output: both begin with the same loss, and move apart with the first step.
    assert first.now.log.losses[0] == pytest.approx(second.now.log.losses[0], rel=1e-12)
    assert first.now.log.losses[1] != second.now.log.losses[1]
    assert made.panel._columns["B"].picture.fit.image is not None
    squares = {offer.name: offer for offer in offers(example("xor"), Display())}["representation-power"]
    (variant,) = variants(add_variant(example("xor"), squares.function, *squares.arguments))
    assert len(variant.network.features) == 2


def test_rows_told_right_and_r_squared_stand_under_the_loss(bench) -> None:
    found = bench("variants", add_variant(add_variant(example("admissions"))))
    network = example("admissions").network
    w1, w2, b = (float(network.parameters[name]) for name in ("w1", "w2", "n.bias"))
    columns = example("admissions").dataset.columns
    z = w1 * columns["exam1"].floats + w2 * columns["exam2"].floats + b
    right = int(((z >= 0) == (columns["admitted"].floats == 1)).sum())
    assert text(found, "variantQuality-A") == f"{right}/100"
    assert not found.panel.findChild(Readout, "variantTestLoss-A").isVisible()
    measured = bench("variants", pair(lecture_state()))
    # y - f = (16/3, 26/3) about the mean 2 of (0, 4): R^2 = 1 - (256/9 + 676/9) / 8 = 1 - 932/72
    assert text(measured, "variantQuality-A") == Display().text(1 - 932 / 72).replace("−", "-")


def test_test_rows_have_a_loss_of_their_own(bench) -> None:
    state = edits.mark_rows(example("admissions"), (0, 1, 2), True)
    found = bench("variants", pair(state))
    assert found.panel.findChild(Readout, "variantTestLoss-A").isVisible()
    assert text(found, "variantTestLoss-A").startswith("~")
    assert text(found, "variantQuality-A").count("/") == 2
    assert text(found, "variantQuality-A").split(" · ")[1].endswith("/3")


def test_letters_at_the_ends_keep_apart_only_where_they_are_near() -> None:
    assert apart_where_near([(100.0, 50.0), (100.0, 55.0)], 15.0, 200.0) == [50.0, 65.0]
    assert apart_where_near([(100.0, 50.0), (300.0, 55.0)], 15.0, 200.0) == [50.0, 55.0]
    assert apart_where_near([(100.0, 90.0), (100.0, 99.0), (100.0, 99.0)], 15.0, 100.0) == [70.0, 85.0, 100.0]
