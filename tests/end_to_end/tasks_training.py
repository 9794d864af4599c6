"""Training known data to the optimum in a real window, by opening an example, pressing Run and reading the loss.

Where the optimum is known it is worked out here without the engine: by least squares and by Newton's method.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable

import numpy as np
from optima import logistic_optimum, softmax_infimum
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from story import Story

from neurosim.paths import resources

CLOSE = 1e-4
"""How far from the best loss, as a part of it, counts as being there: about the digits that are shown."""

LONG = 180.0
"""Seconds for a whole training: on a busy machine it gets a small part of them."""


def _columns(name: str) -> dict[str, np.ndarray]:
    with (resources() / "datasets" / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {key: np.array([float(row[key]) for row in rows]) for key in rows[0]}


def _food_trucks_best() -> float:
    """The mean square of the least squares line, halved as the example's convention has it."""
    x, y = _columns("food_trucks").values()
    design = np.stack([x, np.ones_like(x)], axis=1)
    best, *_ = np.linalg.lstsq(design, y, rcond=None)
    return float(np.mean((design @ best - y) ** 2) / 2)


def _admissions_best() -> float:
    """The smallest mean cross-entropy of a logistic neuron; the unit of the columns makes no difference to it."""
    *inputs, y = _columns("admissions").values()
    design = np.stack([(x - x.mean()) / x.std() for x in inputs], axis=1)
    return logistic_optimum(design, y)[1]


def _iris_best() -> float:
    """What the mean cross-entropy of three kinds comes down to, by the two measures of the petals."""
    with (resources() / "datasets" / "iris.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    x = np.array([[float(row[name]) for name in ("Petal.Length", "Petal.Width")] for row in rows])
    x = np.column_stack([(x - x.mean(axis=0)) / x.std(axis=0), np.ones(len(rows))])
    kinds = sorted({row["Species"] for row in rows})
    return softmax_infimum(x, np.array([[float(row["Species"] == kind) for kind in kinds] for row in rows]))


def _open(story: Story, example: str) -> None:
    story.choose("File", "file-examplesMenu", f"example-{example}")
    story.wait(lambda: story.window.document.state.training.step == 0, "the example is open")
    QApplication.processEvents()


def _loss_on_screen(story: Story) -> float:
    """The last number that the label of the loss shows: of "466/9 ~ 51.78" the decimal."""
    found = re.findall(r"\d+(?:\.\d+)?(?:e-?\d+)?(?:/\d+)?", story.text("lossLabel").replace(",", "."))
    top, _, bottom = found[-1].partition("/")
    return float(top) / (float(bottom) if bottom else 1.0)


def _train(story: Story, example: str, enough: float) -> None:
    """Open *example*, run at full speed, and pause when the screen says no more than *enough*."""
    _open(story, example)
    assert _loss_on_screen(story) > enough
    fast = story.robot.find(QWidget, "speedChoice").findChild(QAbstractButton, "segment-max")
    assert fast is not None
    # A network's longer numbers fold the bar: the button has come to rest when three looks find it in the same place.
    seen = [QPoint(), QPoint(1, 1)]
    story.wait(
        lambda: seen.append(story.robot.place(fast)) or len(set(map(QPoint.toTuple, seen[-3:]))) == 1, "it rests"
    )
    story.robot.click(story.robot.place(fast))
    story.wait(fast.isChecked, "the run is to go at full speed")
    story.robot.click(story.button("runButton"))
    story.wait(lambda: story.window.session.running or _loss_on_screen(story) <= enough, "the run begins")
    ended = f"{example} is learnt"
    story.wait(lambda: not story.window.session.running or _loss_on_screen(story) <= enough, ended, LONG)
    if story.window.session.running:
        story.robot.keys("ctrl+Return")
        story.wait(lambda: not story.window.session.running, "the key ends the run")
    assert _loss_on_screen(story) <= enough, _loss_on_screen(story)
    story.picture(example)


def train_food_trucks(story: Story) -> None:
    """Down to the least squares line."""
    _train(story, "food_trucks", _food_trucks_best() * (1 + CLOSE))


def train_admissions(story: Story) -> None:
    """With both inputs standardised on the graph, down to the maximum likelihood."""
    _train(story, "admissions_standardised", _admissions_best() * (1 + CLOSE))


def train_xor(story: Story) -> None:
    """A network with two hidden neurons tells all four rows apart."""
    _train(story, "xor", 0.01)
    assert _right_rows(story) == 4


def train_moons(story: Story) -> None:
    """Two half moons, told apart without a mistake."""
    _train(story, "moons", 0.01)
    assert _right_rows(story) == story.window.document.state.dataset.n_rows


def train_circles(story: Story) -> None:
    """A circle inside another, told apart without a mistake."""
    _train(story, "circles", 0.01)
    assert _right_rows(story) == story.window.document.state.dataset.n_rows


def train_iris(story: Story) -> None:
    """Three kinds of iris by softmax, down to the limit of the loss: all but six of 150, or fewer."""
    _train(story, "iris", _iris_best() + 2e-4)
    outputs = [output.node for output in story.window.document.state.network.outputs]
    snapshot = story.window.session.snapshot
    said = np.argmax([snapshot.activations[node] for node in outputs], axis=0)
    names = story.window.document.state.dataset.texts["species"]
    kinds = sorted(set(names))
    right = sum(kinds[k] == name for k, name in zip(said.tolist(), names, strict=True))
    assert right >= 144, right


def _right_rows(story: Story) -> int:
    """How many rows the only output says right, when 1/2 and more counts as 1."""
    snapshot, state = story.window.session.snapshot, story.window.document.state
    output = state.network.outputs[0]
    targets = state.dataset.columns[str(output.column)].floats
    return int(np.sum((snapshot.activations[output.node] >= 0.5) == (targets == 1)))


TRAINING: dict[str, Callable[[Story], None]] = {
    story.__name__: story
    for story in (train_food_trucks, train_admissions, train_xor, train_moons, train_circles, train_iris)
}
