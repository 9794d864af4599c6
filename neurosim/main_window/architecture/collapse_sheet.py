"""Two linear layers become one: every new number as a sum of products, and the button that does it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from neurosim.document.document import Document
from neurosim.engine.collapse import Collapse
from neurosim.engine.network import Network
from neurosim.markup.write_text import write_text
from neurosim.widgets.display import Display
from neurosim.widgets.formula_lines import FormulaLines
from neurosim.widgets.sheet import Sheet
from neurosim.widgets.theme import theme, theme_notifier
from neurosim.widgets.word_label import word_label
from neurosim.working.collapse_lines import collapse_equations
from neurosim.working.terms import NumberStyle

WIDTH = 560
SIZE = 16.0
MOST = 24
"""So many new numbers are written out; the others are made alike."""


class CollapseSheet(Sheet):
    """Owns the lines; it follows the network while it is open and closes when there is nothing to collapse any more."""

    def __init__(
        self,
        document: Document,
        display: Display,
        planned: Callable[[], Collapse | None],
        collapse: Callable[[tuple[str, ...]], bool],
        anchor: QWidget,
    ) -> None:
        """Make a closed sheet; ``planned()`` says what would be done, ``collapse(neurons)`` does it."""
        super().__init__("collapseSheet", anchor)
        self.set_title(self.tr("Collapse two linear layers"))
        self._document, self._display, self._planned, self._collapse = document, display, planned, collapse
        self._found: Collapse | None = None
        self._why = self._sentence("collapseWhy")
        self._formulas: list[FormulaLines] = []
        self._more = self._sentence("collapseMore")
        self._kept = self._sentence("collapseKept")
        self._button = QPushButton(self.tr("Collapse"), self.body)
        self._button.setObjectName("collapseButton")
        self._button.setProperty("primary", True)
        self._button.clicked.connect(self._do)
        self._lines = QVBoxLayout(self.body)
        self._lines.addWidget(self._why)
        self._equations = QVBoxLayout()
        self._lines.addLayout(self._equations)
        self._lines.addWidget(self._more)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self._kept, 1)
        self._foot.addWidget(self._button)
        self._lines.addLayout(self._foot)
        document.state_changed.connect(lambda _old, _new: self._follow())
        document.was_reset.connect(self.close_sheet)
        display.changed.connect(self._follow)
        theme_notifier().changed.connect(self._follow)

    def first_control(self) -> QWidget:
        """The button."""
        return self._button

    def lines(self) -> list[str]:
        """The equations as text."""
        shown = [view.markup() for view in self._formulas if not view.isHidden()]
        return [write_text(markup) for markup in shown if markup is not None]

    def refresh(self) -> None:
        """Write what would be done now."""
        self._found = found = self._planned()
        if found is None:
            return
        network = self._document.state.network
        mode = "exact" if self._display.mode == "both" else self._display.mode
        style = NumberStyle(mode, self._display.decimal)
        equations = collapse_equations(network, found, style, MOST)
        while len(self._formulas) < len(equations):
            view = FormulaLines(f"collapseLine{len(self._formulas) + 1}", SIZE, self.body)
            self._formulas.append(view)
            self._equations.addWidget(view)
        for place, view in enumerate(self._formulas):
            view.setVisible(place < len(equations))
            view.set_markup(equations[place].markup if place < len(equations) else None)
        self._say(network, found, len(equations))
        self._lay_out()

    def _say(self, network: Network, found: Collapse, written: int) -> None:
        names = ", ".join(network.title(node) for node in found.gone)
        self._why.setText(
            self.tr(
                "{names}: each passes its sum on as it is. What a neuron behind them gets is a sum of sums, so the two "
                "layers are one, whose weights are sums of products:"
            ).format(names=names)
        )
        more = len(found.parameters) - written
        self._more.setText(self.tr("… and {n} more, made alike.").format(n=more))
        self._more.setVisible(more > 0)
        before, after = len(network.parameters), len(found.network.parameters)
        self._kept.setText(
            self.tr("{before} parameters become {after}. Every output stays the same.").format(
                before=before, after=after
            )
        )

    def _follow(self) -> None:
        if self.isHidden():
            return
        self.refresh()
        if self._found is None:
            self.close_sheet()
        else:
            self.place()

    def _lay_out(self) -> None:
        px = theme().px
        self._lines.setContentsMargins(0, px(4), px(4), 0)
        self._lines.setSpacing(px(10))
        self._equations.setSpacing(px(2))
        width = px(WIDTH)
        beside = self._button.sizeHint().width() + px(16)
        for view in self._formulas:
            view.setFixedWidth(width)
        for label, room in ((self._why, width), (self._more, width), (self._kept, width - beside)):
            label.setFixedWidth(room)
            label.setMinimumHeight(0)  # or the height asked for below would never be less
            label.setFixedHeight(max(label.heightForWidth(room), 0))

    def _do(self) -> None:
        found = self._found
        if found is not None:
            self.close_sheet()
            self._collapse(found.gone)

    def _sentence(self, name: str) -> QLabel:
        return word_label(name, "muted", self.body)
