"""The inspector's pages for several things at once, and for nothing: what the whole document is."""

from __future__ import annotations

from neurosim.document import edits
from neurosim.engine.losses import LOSSES
from neurosim.engine.network import bias_id
from neurosim.engine.representation import own_columns
from neurosim.engine.snapshot import Snapshot
from neurosim.main_window.inspector.section import InspectorContext, Section
from neurosim.widgets.formula_lines import FormulaLines
from neurosim.working.conventions import formula_of, title_of
from neurosim.working.loss_formulas import row_formula

FORMULA_SIZE = 16


class SummarySection(Section):
    """Owns the lines that say what the network, its data and its loss are."""

    def __init__(self, context: InspectorContext) -> None:
        super().__init__(context)
        self.title = self.tr("This network")
        self._network = self.add_text("", "networkSummary")
        self._data = self.add_text("", "dataSummary", "muted")
        self._loss_title = self.add_text("", "lossTitle")
        self._loss = FormulaLines("lossFormula", FORMULA_SIZE, self)
        self.add_wide(self._loss)
        self._row_loss = FormulaLines("rowLossFormula", FORMULA_SIZE, self)
        self.add_wide(self._row_loss)
        self._where = self.add_text("", "lossLegend", "caption")
        self._data_loss = self.add_text(self.tr("Data loss"), "dataLossLabel")
        self._penalty = self.add_text(self.tr("Penalty"), "penaltyLabel")

    def refresh(self, snapshot: Snapshot) -> None:
        """Show the document as it is in *snapshot*."""
        network, dataset, training = snapshot.network, snapshot.dataset, snapshot.settings
        learnt = sum(network.trainable.values())
        counts = (
            counted(len(network.inputs), self.tr("{n} input"), self.tr("{n} inputs")),
            *(
                (counted(len(network.features), self.tr("{n} feature"), self.tr("{n} features")),)
                if network.features
                else ()
            ),
            counted(len(network.neurons), self.tr("{n} neuron"), self.tr("{n} neurons")),
            counted(len(network.outputs), self.tr("{n} output"), self.tr("{n} outputs")),
            counted(learnt, self.tr("{n} number to learn"), self.tr("{n} numbers to learn")),
        )
        self._network.setText(", ".join(counts))
        rows = counted(dataset.n_rows, self.tr("{n} row"), self.tr("{n} rows"))
        if dataset.aside:
            rows += self.tr(" ({n} more set aside)").format(n=len(dataset.aside))
        columns = ", ".join((*own_columns(dataset), *dataset.texts))
        words = self.tr("{rows} of {columns}").format(rows=rows, columns=columns) if columns else self.tr("No data yet")
        self._data.setText(f"{words} ({dataset.source})" if dataset.source else words)
        l1, l2 = bool(training.l1), bool(training.l2)
        self._loss_title.setText(title_of(training.loss, training.reduction))
        self._loss.set_markup(formula_of(training.loss, training.reduction, l1=l1, l2=l2))
        of_row = row_formula(training.loss)
        self._row_loss.set_markup(of_row)
        self._row_loss.setVisible(of_row is not None)
        self._where.setText(self._legend(training.loss, l1=l1, l2=l2))
        has_penalty = l1 or l2
        for label in (self._data_loss, self._penalty):
            self.set_row_visible(label, has_penalty)
        if has_penalty:
            self.show_number(self._data_loss, snapshot.data_loss)
            self.show_number(self._penalty, snapshot.penalty)

    def _legend(self, loss: str, *, l1: bool, l2: bool) -> str:
        """What the letters stand for."""
        words = [self.tr("ŷ: what the output says, y: the target; Σ over the n rows")]
        if loss == "softmax_cross_entropy":
            words = [self.tr("p: the softmax of the outputs, y: the target; Σ over the n rows and the outputs j")]
        elif row_formula(loss) is None and loss not in ("squared_error", "absolute_error"):
            words.append(self.tr("ℓ: {formula}").format(formula=LOSSES[loss].formula.replace("-", "−")))
        if l1 or l2:
            words.append(self.tr("w: the weights, not the biases"))
        return "; ".join(words)


class SeveralSection(Section):
    """Owns the switches that act on everything selected."""

    def __init__(self, context: InspectorContext) -> None:
        super().__init__(context)
        self._frozen = self.add_switch(
            self.tr("Frozen"),
            "frozenBox",
            self.tr("Training leaves these weights and biases as they are"),
            self._freeze,
        )
        self._muted = self.add_switch(
            self.tr("Muted"), "mutedBox", self.tr("These weights and biases count as 0"), self._mute
        )

    def refresh(self, snapshot: Snapshot) -> None:
        """Count what is selected, and show whether all of it is frozen or muted."""
        network = snapshot.network
        ids = self.context.selection.ids
        self.title = self.tr("{n} things selected").format(n=len(ids))
        parameters = parameters_of(snapshot, ids)
        biases = {bias_id(neuron.id): neuron for neuron in network.neurons}
        frozen = [
            not (network.edge_by_id[p].trainable if p in network.edge_by_id else biases[p].trainable)
            for p in parameters
        ]
        self._frozen.setEnabled(bool(parameters))
        self._muted.setEnabled(bool(parameters))
        self._frozen.setChecked(bool(frozen) and all(frozen))
        self._muted.setChecked(bool(parameters) and all(p in network.muted for p in parameters))

    def _freeze(self, on: bool) -> None:
        parameters = parameters_of(self.context.session.snapshot, self.context.selection.ids)
        text = (self.tr("Freeze {n} values") if on else self.tr("Let {n} values learn")).format(n=len(parameters))
        self.context.editor.edit(text, edits.set_frozen, parameters, on)

    def _mute(self, on: bool) -> None:
        parameters = parameters_of(self.context.session.snapshot, self.context.selection.ids)
        text = (self.tr("Mute {n} values") if on else self.tr("Unmute {n} values")).format(n=len(parameters))
        self.context.editor.edit(text, edits.set_muted, parameters, on)


def parameters_of(snapshot: Snapshot, ids: frozenset[str]) -> tuple[str, ...]:
    """The weights of the selected edges and the biases of the selected neurons, in the network's order."""
    chosen = ids | {bias_id(identifier) for identifier in ids}
    return tuple(name for name in snapshot.network.parameters if name in chosen)


def counted(number: int, one: str, more: str) -> str:
    """*one* or *more*, each with ``{n}`` in it, for *number* things."""
    return (one if number == 1 else more).format(n=f"{number:,}".replace(",", "\u202f"))
