"""What the data plot says in words: about a row, about the plane, about the next step."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from neurosim.numbers.exact import Number
from neurosim.numbers.format import equals
from neurosim.panels._paint import ChipLines
from neurosim.panels._plots import MINUS
from neurosim.panels._words import signed
from neurosim.panels.data_plot.picture import Picture
from neurosim.panels.data_plot.plane_model import PlaneModel
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme


def plain(value: float, display: Display) -> str:
    """A number of the axes or of a contour."""
    return f"{value:.6g}".replace("-", MINUS).replace(".", display.decimal)


def row_lines(picture: Picture, display: Display, row: int, more: ChipLines) -> ChipLines:
    """The label of *row*: where it is, how far the model is off, *more*, and whether it is trained on."""
    axes, snapshot, colours = picture.axes, picture.snapshot, theme()
    if axes is None or snapshot is None:
        return []
    data, text = snapshot.dataset, display.datum
    place = [data.columns[name][row] for name in (axes.across_column, axes.up_column) if name is not None]
    lines: ChipLines = [(f"({', '.join(text(value) for value in place)})", colours.text)]
    if axes.kind == "plane" and axes.target is not None:
        lines.append(
            (f"{snapshot.network.column_title(axes.target)} = {text(data.columns[axes.target][row])}", colours.text)
        )
    residual = picture.residual(row)
    if residual is not None and not display.secrets & {"results", "numbers"}:
        lines.append((f"ŷ {MINUS} y = {signed(display, residual)}", colours.loss))
    lines += more
    if picture.points is not None and picture.points.kept_out is not None and picture.points.kept_out[row]:
        lines.append((QCoreApplication.translate("DataPlot", "kept for testing"), colours.text_muted))
    return lines


def plane_note(plane: PlaneModel, display: Display) -> str:
    """Why no boundary is to be seen; empty when one is."""
    tr = QCoreApplication.translate
    if plane.image is None or plane.boundary:
        return ""
    if plane.flat is not None:
        value = display.text(plane.flat)
        return tr("DataPlot", "The output is {value} everywhere: there is no boundary yet.").format(value=value)
    return tr("DataPlot", "The boundary is out of view.")


def step_words(loss: Number | None, display: Display) -> tuple[str, ...]:
    """What stands beside the ghost: its name, and the loss that it will have."""
    name = QCoreApplication.translate("DataPlot", "after one step")
    return (name,) if loss is None else (f"{name}:", f"L {equals(display.text(loss))}")


def arrow_words(factor: str) -> str:
    """What stands beside the arrows of the next step when they are not as long as it is."""
    return QCoreApplication.translate("DataPlot", "arrows {factor}").format(factor=factor) if factor else ""
