"""The parts of right-click menus that speak of the representation: of inputs, of features and of targets."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from neurosim.canvas.feature_commands import FeatureCommands
from neurosim.canvas.interactions.host import Host
from neurosim.engine.feature import Feature
from neurosim.engine.network import InputNode, Network, Output
from neurosim.engine.representation import represented
from neurosim.engine.transforms import TRANSFORMS
from neurosim.engine.transforms.base import Choice, Chosen, plain

MINUS_ONE = ("other", Fraction(-1))


class RepresentationMenus(QObject):
    """Adds entries to menus. Holds no state; has no signals."""

    def __init__(self, host: Host, features: FeatureCommands, parent: QObject) -> None:
        super().__init__(parent)
        self._host, self._features = host, features

    def of_source(self, menu: QMenu, node: str) -> None:
        """What an input or a feature can be read as."""
        features = self._features
        network = self._host.document.state.network
        title = network.title(node)
        inner = menu.addMenu(self.tr("Represent"))
        inner.setObjectName("representMenu")
        inner.setToolTipsVisible(True)
        words = features.holds_words(node)
        entries: list[tuple[str, str, Callable[[], object]]] = [
            (
                "standardise",
                self.tr("Standardise {name}").format(name=title),
                partial(features.through, "standardise", [node]),
            ),
            (
                "min_max",
                self.tr("Stretch {name} from 0 to 1").format(name=title),
                partial(features.through, "min_max", [node]),
            ),
        ]
        x = title if title.isalnum() else f"({title})"
        entries += [
            ("power", self.tr("Add {feature}").format(feature=f"{x}²"), partial(features.besides, "power", [node])),
            (
                "sine",
                self.tr("Add {feature}").format(feature=f"sin({title})"),
                partial(features.besides, "sine", [node]),
            ),
            ("threshold", self.tr("Add a threshold"), partial(self._threshold, node)),
        ]
        for name, text, run in entries:
            action = self._entry(inner, name, text, run, TRANSFORMS[name].help)
            action.setEnabled(not words)
        for other in network.sources:
            if not words and not features.holds_words(other.id) and not _related(network, node, other.id):
                text = self.tr("Add {feature}").format(feature=f"{title}·{network.title(other.id)}")
                run = partial(features.product, [node, other.id])
                self._entry(inner, f"product-{other.id}", text, run, TRANSFORMS["product"].help)
        found = network.node_by_id[node]
        if isinstance(found, InputNode) and features.classes(found.column):
            inner.addSeparator()
            count = len(features.classes(found.column))
            text = self.tr("A feature for each of the {n} classes").format(n=count)
            self._entry(inner, "one-hot", text, lambda: features.one_hot(node), TRANSFORMS["indicator"].help)

    def of_feature(self, menu: QMenu, feature: Feature) -> None:
        """What a feature does."""
        inner = menu.addMenu(self.tr("Transform"))
        inner.setObjectName("transformMenu")
        inner.setToolTipsVisible(True)
        group = QActionGroup(inner)
        for name, transform in TRANSFORMS.items():
            run = partial(self._features.set_transform, feature.id, name)
            self._option(inner, group, name, transform.title, name == feature.transform, run).setToolTip(transform.help)

    def of_output(self, menu: QMenu, node: str) -> None:
        """What the target column of an output is made into."""
        output = self._host.document.state.network.output_of(node)
        if output is None or output.column is None:
            return
        inner = menu.addMenu(self.tr("Target as"))
        inner.setObjectName("targetAsMenu")
        group = QActionGroup(inner)
        for name, text, transform, settings in self._targets(output):
            on = (output.transform, output.settings) == (transform, settings)
            run = partial(self._features.set_target, node, transform, settings)
            self._option(inner, group, name, text, on, run)
        classes = self._features.classes(output.column)
        if len(classes) > 1:
            inner.addSeparator()
            text = self.tr("An output for each of the {n} classes").format(n=len(classes))
            column = output.column
            self._entry(inner, "per-class", text, lambda: self._features.output_per_class(column), "")

    def _targets(self, output: Output) -> list[tuple[str, str, str | None, Chosen]]:
        column = output.column or ""
        words = column in self._host.document.state.dataset.texts
        found: list[tuple[str, str, str | None, Chosen]] = []
        if not words:
            found.append(("plain", self.tr("{column} as it is").format(column=column), None, ()))
            found += [(name, TRANSFORMS[name].title, name, ()) for name in ("standardise", "min_max")]
        for value in self._features.classes(column):
            said = plain(value)
            is_one: Chosen = (("class", value),)
            text = self.tr("1 for {value}, else 0").format(value=said)
            found.append((f"class-{said}", text, "indicator", is_one))
            text = self.tr("+1 for {value}, else −1").format(value=said)
            found.append((f"sign-{said}", text, "indicator", (*is_one, MINUS_ONE)))
        return found

    def _threshold(self, node: str) -> None:
        """A threshold in the middle of what the input holds."""
        state = self._host.document.state
        data = represented(state.network, state.dataset)
        column = data.columns.get(state.network.column_of(node))
        cut: Choice = Fraction(0)
        if column is not None and len(column):
            middle = float(column.floats.mean())
            cut = Fraction(f"{middle:.2g}")
        self._features.besides("threshold", [node], (("cut", cut),))

    @staticmethod
    def _entry(menu: QMenu, name: str, text: str, run: Callable[[], object], tip: str) -> QAction:
        action = menu.addAction(text)
        action.setObjectName(name)
        action.setToolTip(tip)
        action.triggered.connect(lambda _=False: run())
        return action

    @staticmethod
    def _option(menu: QMenu, group: QActionGroup, name: str, text: str, on: bool, run: Callable[[], object]) -> QAction:
        action = menu.addAction(text)
        action.setObjectName(name)
        action.setCheckable(True)
        action.setChecked(on)
        group.addAction(action)
        action.triggered.connect(lambda _=False: run())
        return action


def _related(network: Network, one: str, other: str) -> bool:
    """Whether one of two inputs or features is calculated from the other, or is the other."""
    for start, goal in ((one, other), (other, one)):
        waiting, found = [start], set[str]()
        while waiting:
            node = waiting.pop()
            if node == goal:
                return True
            if node not in found:
                found.add(node)
                waiting += [feature.id for feature in network.readers(node)]
    return False
