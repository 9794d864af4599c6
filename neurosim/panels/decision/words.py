"""What the decision map says in words: accuracy, equation, legend, the row and the place under the pointer."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF

from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.numbers.format import MINUS, equals, format_number
from neurosim.panels._marks import GLYPHS
from neurosim.panels._paint import ChipLines
from neurosim.panels.decision.pencil import Equation, equation_of
from neurosim.panels.decision.picture import MapPicture, Rows
from neurosim.panels.decision.subject import Subject
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme

MOST_TERMS = 4
ROW_CLASSES = 3


def accuracy_text(rows: Rows, display: Display) -> str:
    """The share of rows on the right side, said to be no loss; empty where there are no classes."""
    tr = QCoreApplication.translate
    trained, tested = rows.accuracy()
    if trained is None and tested is None:
        return ""
    shares = []
    if trained is not None:
        shares.append(display.text(trained))
    if tested is not None:
        shares.append(tr("DecisionMap", "{share} in the test").format(share=display.text(tested)))
    text = tr("DecisionMap", "accuracy {shares} (not the loss)").format(shares=", ".join(shares))
    wrong = int(rows.wrong.sum()) if rows.wrong is not None else 0
    if wrong:
        text += " · " + tr("DecisionMap", "☐ {count} wrong").format(count=wrong)
    return text


def legend_text(subject: Subject, rows: Rows, display: Display) -> str:
    """Which mark stands for which class."""
    if subject.is_regions or rows.classes is None:
        return ""
    target, (low, high) = rows.classes
    return f"{GLYPHS[1]} {target} = {display.text(high)}   {GLYPHS[0]} {target} = {display.text(low)}"


def equation_text(equation: Equation | None, display: Display) -> str:
    """The boundary as an equation; empty when it is none for a pencil."""
    if equation is None or len(equation.terms) > MOST_TERMS or not any(equation.terms.values()):
        return ""
    parts = [_signed(display, weight, name, first=not i) for i, (name, weight) in enumerate(equation.terms.items())]
    if equation.constant != 0:
        parts.append(_signed(display, equation.constant, "", first=False))
    right = display.text(equation.level)
    if equation.logit is not None:
        right = f"ln {_bracketed(display.text(equation.logit))} ~ {format_number(float(equation.level)).lstrip('~ ')}"
    words = QCoreApplication.translate("DecisionMap", "boundary: {equation}")
    return words.format(equation=f"{' '.join(parts)} = {right}")


def crossing_texts(picture: MapPicture, snapshot: Snapshot, display: Display) -> tuple[str, ...]:
    """What is written where the threshold is passed along one input: exact where a pencil gets there exactly."""
    subject = picture.subject
    if subject is None or subject.up is not None:
        return ()
    if subject.is_regions:
        return tuple(f"{subject.across} {equals(display.text(value))}" for value in picture.regions.edges)
    found = equation_of(snapshot.network, snapshot.dataset, subject.node, subject.fixed, picture.threshold)
    exact = found.solved_for(subject.across) if found is not None else None
    if exact is not None and len(picture.curve.crossings) == 1:
        return (f"{subject.across} {equals(display.text(exact))}",)
    return tuple(f"{subject.across} {equals(display.text(value))}" for value in picture.curve.crossings)


def row_lines(picture: MapPicture, snapshot: Snapshot, display: Display, row: int) -> ChipLines:
    """The card beside a row: where it is, what is wanted, what the neuron says, what it costs."""
    subject, colours = picture.subject, theme()
    if subject is None or row >= snapshot.dataset.n_rows:
        return []
    tr = QCoreApplication.translate
    data = snapshot.dataset
    columns = [name for name in (subject.across, subject.up) if name is not None]
    places = ", ".join(f"{name} {equals(display.datum(data.columns[name][row]))}" for name in columns)
    lines: ChipLines = [(f"{tr('DecisionMap', 'point {number}').format(number=row + 1)}: {places}", colours.text)]
    if subject.is_regions:
        lines += _row_of_regions(picture, row)
    else:
        if subject.target is not None:
            wanted = equals(display.datum(data.columns[subject.target][row]))
            lines.append((f"{snapshot.network.column_title(subject.target)} {wanted}", colours.text))
        value = snapshot.activation(subject.node, row)
        if value is not None:
            said = f"{snapshot.network.title(subject.node)} {equals(display.text(value))}"
            lines.append((said + side_text(picture, display, float(value)), colours.text))
    rows = picture.rows
    if rows is not None and rows.wrong is not None and rows.wrong[row]:
        lines.append((tr("DecisionMap", "on the wrong side"), colours.text))
    judged = subject.is_regions or subject.target is not None
    if judged and row < snapshot.row_losses.size:
        loss = display.text(float(snapshot.row_losses[row]))
        lines.append((f"{tr('DecisionMap', 'its loss')} {equals(loss)}", colours.loss))
    if row in data.test_rows:
        lines.append((tr("DecisionMap", "kept for testing"), colours.text_muted))
    return lines


def place_lines(picture: MapPicture, snapshot: Snapshot, display: Display, at: QPointF) -> ChipLines:
    """The card beside the pointer on the map."""
    subject, frame, colours = picture.subject, picture.frame, theme()
    if subject is None:
        return []
    x, y = frame.value(at)
    places = [f"{subject.across} {equals(_short(display, x))}"]
    if subject.up is not None:
        places.append(f"{subject.up} {equals(_short(display, y))}")
    lines: ChipLines = [(", ".join(places), colours.text_muted)]
    if subject.is_regions:
        p = picture.regions.probabilities_at(at.x(), at.y())
        if p is not None:
            for index in np.argsort(-p)[:ROW_CLASSES].tolist():
                words = f"{GLYPHS[index % len(GLYPHS)]} {subject.outputs[index][1]} {equals(_short(display, p[index]))}"
                lines.append((words, colours.text))
        return lines
    value = picture.curve.value_at(x) if subject.up is None else picture.plane.value_at(at.x(), at.y())
    if value is None:
        return []
    said = f"{snapshot.network.title(subject.node)} {equals(_short(display, value))}"
    return [*lines, (said + side_text(picture, display, value), colours.text)]


def side_text(picture: MapPicture, display: Display, value: float) -> str:
    """On which side of the threshold *value* is."""
    tr, subject = QCoreApplication.translate, picture.subject
    above = value >= float(picture.threshold)
    classes = subject.classes if subject is not None else None
    if classes is not None:
        return " → " + tr("DecisionMap", "class {name}").format(name=display.text(classes[1 if above else 0]))
    if float(picture.threshold) == value:
        return ""
    words = tr("DecisionMap", "above {threshold}") if above else tr("DecisionMap", "below {threshold}")
    return ", " + words.format(threshold=picture.threshold_text)


def note_text(picture: MapPicture, snapshot: Snapshot, display: Display) -> str:
    """A sentence about what cannot be seen; empty when all can."""
    tr, subject = QCoreApplication.translate, picture.subject
    if subject is None or subject.is_regions:
        missing = subject is not None and picture.regions.image is None
        return tr("DecisionMap", "Not all outputs can be calculated yet.") if missing else ""
    title = snapshot.network.title(subject.node)
    if subject.up is None:
        return "" if picture.curve.curve is not None else _cannot(title)
    plane = picture.plane
    if plane.image is None:
        return _cannot(title)
    if plane.boundary:
        return ""
    if plane.flat is not None:
        words = tr("DecisionMap", "{name} is {value} everywhere: there is no boundary.")
        return words.format(name=title, value=_short(display, plane.flat))
    if plane.out_of_reach:
        return tr("DecisionMap", "{name} never reaches {value}.").format(name=title, value=picture.threshold_text)
    return tr("DecisionMap", "The boundary is out of view.")


def held_text(subject: Subject, display: Display) -> str:
    """At which values the inputs are held that are on neither axis."""
    if not subject.fixed:
        return ""
    tr = QCoreApplication.translate
    held = ", ".join(f"{name} {equals(display.text(value))}" for name, value in list(subject.fixed.items())[:4])
    if len(subject.fixed) > 4:
        held += ", …"
    if subject.fixed_row is None:
        return tr("DecisionMap", "at the means of the others: {held}").format(held=held)
    return tr("DecisionMap", "with the others as in point {number}: {held}").format(
        number=subject.fixed_row + 1, held=held
    )


def _row_of_regions(picture: MapPicture, row: int) -> ChipLines:
    subject, rows, colours = picture.subject, picture.rows, theme()
    if subject is None or rows is None or rows.shape is None:
        return []
    index = int(rows.shape[row])
    return [(f"{GLYPHS[index % len(GLYPHS)]} {subject.outputs[index][1]}", colours.text)]


def _cannot(title: str) -> str:
    return QCoreApplication.translate("DecisionMap", "{name} cannot be calculated yet.").format(name=title)


def _short(display: Display, value: float) -> str:
    return format_number(value, "decimal", display.decimal)


def _bracketed(text: str) -> str:
    return f"({text})" if "/" in text else text


def _signed(display: Display, value: Number, name: str, *, first: bool) -> str:
    """A term of a sum: ``+ 1/5 x``, ``− x``, at the beginning without the plus."""
    size = display.text(-value if value < 0 else value)
    if name and value in (1, -1) and isinstance(value, Fraction):
        size = ""
    # A raised dot, also because some fonts make a times sign of "2 x1".
    words = f"{size}\u00b7{name}" if size and name else size + name
    if value < 0:
        return f"{MINUS}{words}" if first else f"{MINUS} {words}"
    return words if first else f"+ {words}"
