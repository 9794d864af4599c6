"""What follows the last line: the same with numbers, what it has to do with the network, and what lies beside it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication

from neurosim.algebra.derivation import Derivation
from neurosim.algebra.errors import AlgebraError, EvaluationError
from neurosim.algebra.evaluate import evaluate
from neurosim.algebra.expression import symbols
from neurosim.algebra.render_markup import render_markup
from neurosim.algebra.rules import Style
from neurosim.engine.objective import reduction_factor
from neurosim.engine.snapshot import Snapshot
from neurosim.markup.build import EQUALS, number, row
from neurosim.numbers.exact import Number
from neurosim.panels.calculus.equated import equated, equated_text
from neurosim.panels.calculus.links import plain_name
from neurosim.panels.calculus.presets import Preset
from neurosim.panels.calculus.question import Question, work_out
from neurosim.panels.calculus.rows import Entry, Refs
from neurosim.panels.calculus.sheet_model import CROSS, TICK
from neurosim.panels.calculus.values import Values
from neurosim.records import dataclass
from neurosim.widgets.display import Display
from neurosim.working.shares import row_shares

SHARE_TOLERANCE = 1e-9


def numbers_entry(
    question: Question,
    derivation: Derivation,
    point: Mapping[str, Number],
    values: Values,
    snapshot: Snapshot,
    display: Display,
) -> Entry | None:
    """The last line with a number in the place of each symbol; ``None`` when there is no symbol in it."""
    tr = QCoreApplication.translate
    line = derivation.result
    names = symbols(line)
    if not names:
        return None
    known = {name: number(point[name], display.mode, display.decimal) for name in names if name in point}
    refs: Refs = values.refs()
    filled = row(EQUALS, render_markup(line, display.decimal, refs=refs, numbers=known))
    of_network = [name for name in question.free if values.follows(name)]
    in_row = any(link.kind != "parameter" for name in of_network if (link := question.links.get(name)) is not None)
    label = tr("CalculusNumbers", "With these numbers")
    if in_row:
        label = tr("CalculusNumbers", "With the numbers of row {number}").format(number=values.row + 1)
    given = ", ".join(equated_text(plain_name(name), point[name], display) for name in names if name in point)
    try:
        value = evaluate(line, point)
    except EvaluationError as error:
        return Entry("numbers", label, filled, given, check=str(error))
    markup = equated(filled, value, display)
    share = _Share()
    if question.share and len(of_network) == len(question.free):
        share = _share(question.share, value, values.row, snapshot, display)
    why = f"{given}. {share.why}".strip()
    return Entry("numbers", label, markup, why, None, share.verdict, share.check, share.right)


@dataclass(frozen=True)
class _Share:
    """What is said about a row's share of the gradient, why, and whether the network has the same."""

    verdict: str = ""
    check: str = ""
    why: str = ""
    right: bool = False


def _share(parameter: str, value: Number, row_index: int, snapshot: Snapshot, display: Display) -> _Share:
    """The row's share of the gradient, from the derivation and from the network."""
    tr = QCoreApplication.translate
    kept, count = snapshot.dataset.test_rows, snapshot.dataset.n_rows - len(snapshot.dataset.test_rows)
    if snapshot.problem is not None or parameter not in snapshot.gradient:
        return _Share()
    if row_index in kept:
        words = tr("CalculusNumbers", "Row {row} is kept for testing: it has no share of the gradient.")
        return _Share(check=words.format(row=row_index + 1))
    reduction = snapshot.settings.reduction
    factor = reduction_factor(reduction, count)
    mine = factor * value
    theirs = row_shares(snapshot, row_index, factor, (parameter,), trained=True).gradient[parameter]
    how = {
        "sum": tr("CalculusNumbers", "The loss is the sum over {count} rows"),
        "mean": tr("CalculusNumbers", "The loss is the mean over {count} rows"),
        "half_sum": tr("CalculusNumbers", "The loss is half the sum over {count} rows"),
        "half_mean": tr("CalculusNumbers", "The loss is half the mean over {count} rows"),
    }[reduction].format(count=count)
    why = tr("CalculusNumbers", "{how}: each row counts {factor} times.").format(how=how, factor=display.text(factor))
    same = mine == theirs or abs(float(mine) - float(theirs)) <= SHARE_TOLERANCE * max(1.0, abs(float(theirs)))
    words = tr("CalculusNumbers", "times {factor} is {share}, the row's share of the gradient")
    if not same:
        words = tr("CalculusNumbers", "times {factor} is {share}, but the network has {other}")
    said = words.format(factor=display.text(factor), share=display.text(mine), other=display.text(theirs))
    return _Share(TICK if same else CROSS, said, why, same)


def beside_entry(preset: Preset, style: Style, display: Display) -> Entry | None:
    """The result of another derivation that is worth comparing."""
    tr = QCoreApplication.translate
    try:
        found = work_out(preset.question, style)
    except AlgebraError:
        return None
    markup = render_markup(found.result, display.decimal)
    why = {
        "squared_error_by_z": tr(
            "CalculusNumbers",
            "With squared error nothing cancels: the slope of the sigmoid stays a factor, and where the sigmoid is "
            "flat, hardly anything is learnt, however wrong the output.",
        ),
        "cross_entropy_by_z": tr(
            "CalculusNumbers",
            "With cross-entropy the slope of the sigmoid cancels: what is left is the error itself.",
        ),
    }.get(preset.name, "")
    label = {
        "squared_error_by_z": tr("CalculusNumbers", "Beside it: with squared error"),
        "cross_entropy_by_z": tr("CalculusNumbers", "Beside it: with cross-entropy"),
    }.get(preset.name, preset.title)
    check = tr("CalculusNumbers", "Enter or a double click shows how")
    return Entry("beside", label, markup, why, check=check)
