"""What is said about squares and bars: what their sides stand for, and what one of them is."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QCoreApplication

from neurosim.engine.losses import LOSSES
from neurosim.engine.snapshot import Snapshot
from neurosim.panels._point_losses import SQUARED, target
from neurosim.panels.data_plot.axes import Axes
from neurosim.panels.data_plot.boxes import Boxes
from neurosim.panels.data_plot.pixel_scale import PixelScale
from neurosim.panels.data_plot.squares_layer import Caption
from neurosim.widgets.display import Display
from neurosim.widgets.theme import theme


def symbol_of(snapshot: Snapshot, node: str, row: int) -> str:
    """What the square or bar of a row is."""
    loss = snapshot.settings.loss
    if loss == SQUARED:
        return "r²"
    y = target(snapshot, node, row)
    if loss == "cross_entropy" and y in (0, 1):
        return "−ln ŷ" if y == 1 else "−ln(1 − ŷ)"
    return LOSSES[loss].title


def caption_of(loss: str, axes: Axes, boxes: Boxes, scale: PixelScale, display: Display, *, same: bool) -> Caption:
    """What the side of a square, or the length of a bar, stands for; *same*: 1 is as long on both axes."""
    tr = QCoreApplication.translate
    if loss == SQUARED and axes.kind == "line":
        if same:
            return Caption(tr("Squares", "area = r², in the units of both axes"))
        return Caption(tr("Squares", "side = |r|, measured on the y axis"))
    if loss == SQUARED:
        words = tr("Squares", "side = |r|")
    elif "cross_entropy" in loss:
        words = tr("Squares", "bar = −ln of the right class's probability")
    else:
        words = tr("Squares", "bar = {loss} of the point").format(loss=LOSSES[loss].title.lower())
    if scale.on_axis and loss != SQUARED:
        return Caption(words + tr("Squares", ", measured on the y axis"))
    unit = scale.unit(theme().zoom)
    length = unit * scale.value
    text = f"= {display.text(Fraction(unit).limit_denominator(10**9))}"
    return Caption(words, (float(boxes.width[0]) if loss != SQUARED else length, length), text)


def with_count(caption: Caption, shown: int, count: int) -> Caption:
    """The same, saying that only the largest are drawn."""
    more = QCoreApplication.translate("Squares", " · the {shown} largest of {count}")
    return Caption(caption.text + more.format(shown=shown, count=count), caption.mark, caption.mark_text)


def too_many(count: int) -> Caption:
    """Why there are none."""
    return Caption(QCoreApplication.translate("Squares", "{count} points are too many for squares").format(count=count))
