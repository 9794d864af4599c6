"""What the microscope says in words: the chosen row's values, saturation."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from PySide6.QtCore import QCoreApplication

from neurosim.engine.activations import ACTIVATIONS
from neurosim.engine.network import Neuron
from neurosim.engine.snapshot import Snapshot
from neurosim.numbers.exact import Number
from neurosim.numbers.format import equals, format_number
from neurosim.panels._paint import ChipLines
from neurosim.panels.activation.picture import MicroscopePicture
from neurosim.panels.activation.shape import Shape, shape_of, slope_at
from neurosim.panels.activation.surprise import Surprise
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme


def values_text(snapshot: Snapshot, node: str, row: int, display: Display) -> str:
    """``point 2: z = −14/3, f(z) = −14/3``."""
    z, a = snapshot.pre_activation(node, row), snapshot.activation(node, row)
    point = QCoreApplication.translate("Microscope", "row {number}:").format(number=row + 1)
    symbol = symbol_of(snapshot, node)
    return f"{point} z {equals(display.text(z))},  {symbol}(z) {equals(display.text(a))}"


def slope_text(snapshot: Snapshot, node: str, slope: Number, display: Display) -> str:
    """``f′(z) = 1/4``."""
    return f"{symbol_of(snapshot, node)}′(z) {equals(display.text(slope))}"


def symbol_of(snapshot: Snapshot, node: str) -> str:
    """What stands for the neuron's function: σ, tanh; f where it has no sign of its own."""
    neuron = snapshot.network.node_by_id.get(node)
    if not isinstance(neuron, Neuron) or neuron.activation not in ACTIVATIONS:
        return "f"
    symbol = ACTIVATIONS[neuron.activation].symbol
    return symbol if symbol and not ACTIVATIONS[neuron.activation].is_identity else "f"


def sentence_text(picture: MicroscopePicture, display: Display) -> str:
    """Saturation in words; nothing where nothing is saturated."""
    tr = QCoreApplication.translate
    shape, points = picture.shape, picture.points
    if shape is None or not points.z.size:
        return ""
    if shape.never_slopes:
        return tr("Microscope", "f′ is 0 everywhere: gradient descent cannot learn through this function.")
    flat = shape.is_flat_at(points.z)
    count = int(flat.sum())
    if not count:
        return ""
    least = format_number(0.01 * shape.steepest, "decimal", display.decimal).lstrip("~").lstrip()
    if count == points.z.size and count > 1:
        subject = tr("Microscope", "All {count} points are saturated").format(count=count)
    elif picture.row is not None and flat[picture.row]:
        subject = tr("Microscope", "Point {row} is saturated ({count} of {all} points)")
        subject = subject.format(row=picture.row + 1, count=count, all=points.z.size)
    else:
        subject = tr("Microscope", "{count} of {all} points are saturated").format(count=count, all=points.z.size)
    return tr("Microscope", "{subject}: |f′| is below {least}, 1 % of its largest.").format(
        subject=subject, least=least
    )


def outside_text(picture: MicroscopePicture) -> str:
    """How many points are out of view."""
    x = picture.px
    count = int(((x < 0) | (x > picture.frame.width)).sum())
    if not count:
        return ""
    tr = QCoreApplication.translate
    words = (
        tr("Microscope", "1 point is out of view.") if count == 1 else tr("Microscope", "{n} points are out of view.")
    )
    return words.format(n=count)


def kink_texts(shape: Shape, snapshot: Snapshot, node: str, display: Display) -> tuple[str, str]:
    """What is written beside a bend and beside a jump: the slope that counts there."""
    tr = QCoreApplication.translate
    neuron = snapshot.network.node_by_id.get(node)
    if not shape.kinks or not isinstance(neuron, Neuron):
        return "", ""
    slope = slope_at(neuron.activation, Fraction(shape.kinks[0].z))
    bend = tr("Microscope", "kink: here f′ counts as {slope}").format(slope=display.text(slope))
    jump = tr("Microscope", "jump: here f′ counts as {slope}").format(slope=display.text(slope))
    return bend, jump


def point_lines(snapshot: Snapshot, node: str, row: int, display: Display) -> ChipLines:
    """The card beside a point."""
    colours = theme()
    z, a = snapshot.pre_activation(node, row), snapshot.activation(node, row)
    neuron = snapshot.network.node_by_id.get(node)
    if z is None or a is None or not isinstance(neuron, Neuron):
        return []
    symbol = symbol_of(snapshot, node)
    slope = slope_at(neuron.activation, z)
    point = QCoreApplication.translate("Microscope", "row {number}").format(number=row + 1)
    lines: ChipLines = [
        (f"{point}: z {equals(display.text(z))}", colours.text),
        (f"{symbol}(z) {equals(display.text(a))}", colours.text),
        (f"{symbol}′(z) {equals(display.text(slope))}", colours.gradient),
    ]
    if shape_of(neuron.activation).is_flat_at(np.array([float(z)]))[0]:
        lines.append((QCoreApplication.translate("Microscope", "saturated"), colours.text_muted))
    return lines


def surprise_lines(rows: Surprise, row: int, snapshot: Snapshot, node: str, display: Display) -> ChipLines:
    """The card beside a row on the curves of the loss."""
    colours = theme()
    kind = int(rows.kind[row])
    p = display.text(snapshot.activation(node, row))
    point = QCoreApplication.translate("Microscope", "row {number}").format(number=row + 1)
    lost = equals(display.text(float(rows.loss[row])))
    name = {1: "−ln ŷ", 0: "−ln(1 − ŷ)"}.get(kind, QCoreApplication.translate("Microscope", "loss"))
    output = snapshot.network.output_of(node)
    column = output.target if output is not None else None
    wanted = display.datum(snapshot.dataset.columns[column][row]) if column is not None else "–"
    return [
        (f"{point}: {snapshot.network.target_title(node)} = {wanted}, ŷ {equals(p)}", colours.text),
        (f"{name} {lost}", colours.loss),
    ]
