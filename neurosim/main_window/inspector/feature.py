"""The inspector's page for a feature: what it does, with which settings and constants, and its inverse."""

from __future__ import annotations

from collections.abc import Sequence

from neurosim.document import edits
from neurosim.document.state import DocumentState
from neurosim.engine.feature import Feature
from neurosim.engine.network import InputNode, Network
from neurosim.engine.snapshot import Snapshot
from neurosim.engine.transforms import TRANSFORMS
from neurosim.engine.transforms.base import Choice
from neurosim.main_window.inspector.section import InspectorContext, Section, show_choice
from neurosim.main_window.inspector.settings_fields import SettingFields
from neurosim.markup.build import EQUALS
from neurosim.markup.tree import Markup, Row
from neurosim.widgets.formula_lines import FormulaLines
from neurosim.widgets.plain_formula import written
from neurosim.working.features import constant_equations, feature_equation, inverse_equation
from neurosim.working.line import Equation, starts_with_about
from neurosim.working.names import Names
from neurosim.working.terms import NumberStyle

FORMULA_SIZE = 16
LINES = 3
"""So many lines has a chain at most: the formula, the numbers, the result."""


class FeatureSection(Section):
    """Owns name, transform, settings and the present values of one feature."""

    def __init__(self, context: InspectorContext, node: str) -> None:
        super().__init__(context)
        self._node = node
        self._name = self.add_name(node)
        choices = [(name, kind.title, f"{written(kind.formula)}\n{kind.help}") for name, kind in TRANSFORMS.items()]
        self._transform = self.add_choice(self.tr("&Transform"), "transformBox", choices, self._choose)
        self._sources = self.add_text(self.tr("Of"), "sourcesLabel")
        self._settings: SettingFields | None = None
        feature = context.state.network.node_by_id.get(node)
        if isinstance(feature, Feature) and feature.transform in TRANSFORMS:
            column = _column(context.state.network, feature)
            self._settings = SettingFields(self, TRANSFORMS[feature.transform], column, self._set)
        self._help = self.add_text("", "transformHelp", "caption")
        self._row = self.add_text("", "rowCaption", "caption")
        self._formula = [FormulaLines(f"featureFormula{i}", FORMULA_SIZE, self) for i in range(LINES)]
        for lines in self._formula:
            self.add_wide(lines)
        self._where = self.add_text("", "constantsCaption", "caption")
        self._constants = [FormulaLines(f"constantFormula{i}", FORMULA_SIZE, self) for i in range(2 * LINES)]
        for lines in self._constants:
            self.add_wide(lines)
        self._back = self.add_text("", "inverseCaption", "caption")
        self._inverse = FormulaLines("inverseFormula", FORMULA_SIZE, self)
        self.add_wide(self._inverse)

    def refresh(self, snapshot: Snapshot) -> None:
        """Show the feature in *snapshot*."""
        network = snapshot.network
        feature = network.node_by_id[self._node]
        if not isinstance(feature, Feature):
            return
        self.title = self.tr("Feature {name}").format(name=network.title(self._node))
        self._name.show_name(feature.label, network.title(self._node))
        show_choice(self._transform, feature.transform)
        sources = ", ".join(network.title(source) for source in feature.sources)
        self._sources.setText(sources or self.tr("nothing yet: draw a wire into it"))
        transform = TRANSFORMS.get(feature.transform)
        self._help.setText(transform.help if transform is not None else "")
        if transform is not None and self._settings is not None:
            self._settings.refresh(transform.complete(feature.settings))
        self._show_row(snapshot, feature)

    def _show_row(self, snapshot: Snapshot, feature: Feature) -> None:
        row, count = min(self.context.selection.rows, default=0), snapshot.dataset.n_rows
        known = row < count and feature.id in snapshot.activations
        self._row.setText(self.tr("In row {row} of {count}").format(row=row + 1, count=count) if row < count else "")
        display = self.context.display
        style = NumberStyle(display.mode, display.decimal)
        names = Names(snapshot.network, 1)
        found = feature_equation(snapshot, names, feature, row, style) if known else None
        _write(self._formula, () if found is None else _lines(found))
        equations = list(constant_equations(snapshot, names, feature, style)) if known else []
        n = count - len(set(snapshot.dataset.test_rows))
        self._where.setText(self.tr("Over the {n} training rows").format(n=n))
        self._where.setVisible(bool(equations))
        _write(self._constants, tuple(line for one in equations for line in _lines(one)))
        inverse = inverse_equation(snapshot, names, feature, style) if known else None
        self._back.setText(self.tr("And back"))
        for widget in (self._back, self._inverse):
            widget.setVisible(inverse is not None)
        self._inverse.set_markup(inverse)

    # -- edits -----------------------------------------------------------------------------------------------------

    def _choose(self, transform: str) -> None:
        text = self.tr("Let {feature} be: {transform}")
        name = self.context.state.network.title(self._node)
        text = text.format(feature=name, transform=TRANSFORMS[transform].title.lower())
        self.context.editor.edit(text, edits.set_transform, self._node, transform)

    def _set(self, state: DocumentState, name: str, value: Choice) -> DocumentState:
        return edits.set_feature_setting(state, self._node, name, value)


def _lines(equation: Equation) -> tuple[Markup, ...]:
    """An equation over several lines, each but the first beginning with its relation."""
    first, *others = equation.chain
    second = others.pop(0) if equation.left is not None and others else None
    lines = [first if second is None else Row((first, EQUALS, second))]
    return (*lines, *(one if starts_with_about(one) else Row((EQUALS, one)) for one in others))


def _write(views: Sequence[FormulaLines], lines: Sequence[Markup]) -> None:
    for i, view in enumerate(views):
        view.setVisible(i < len(lines))
        view.set_markup(lines[i] if i < len(lines) else None)


def _column(network: Network, feature: Feature) -> str | None:
    """The column that classes are taken from."""
    for source in feature.sources:
        node = network.node_by_id[source]
        if isinstance(node, InputNode):
            return node.column
    return None
