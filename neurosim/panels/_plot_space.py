"""The inside of a plot: pyqtgraph's ``PlotItem`` without the menu that our plots do not offer.

That menu is made of sixty widgets and forty connections for each plot: half of the time that making one takes. Left out
with it are its button in the corner (we have our own), the title, and the axes at the top and on the right.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyqtgraph
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsItem, QSizePolicy

PLACES = {"bottom": (3, 1), "left": (2, 0)}
"""Row and column of each axis in the layout; the data are at (2, 1), as pyqtgraph has it."""
_ABOVE_IMAGES = 0.5


class PlotSpace(pyqtgraph.PlotItem):  # type: ignore[misc]  # pyqtgraph carries no types
    """A view box with an axis on the left and one below; of pyqtgraph's methods those about items, ranges and axes."""

    autoBtn = ctrlMenu = None  # noqa: N815 - as pyqtgraph has it

    def __init__(self, axes: Mapping[str, pyqtgraph.AxisItem]) -> None:
        pyqtgraph.GraphicsWidget.__init__(self)  # not PlotItem's own: it makes what is left out here
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.layout = QGraphicsGridLayout()
        self.layout.setSpacing(0)
        self.setLayout(self.layout)
        self.vb = pyqtgraph.ViewBox(parent=self, enableMenu=False)
        self.setMenuEnabled(False)
        for told in ("sigRangeChanged", "sigXRangeChanged", "sigYRangeChanged", "sigRangeChangedManually"):
            getattr(self.vb, told).connect(getattr(self, told))
        self.layout.addItem(self.vb, 2, 1)
        self.axes: dict[str, dict[str, Any]] = {}
        for side, place in PLACES.items():
            axis = axes[side]
            axis.linkToView(self.vb)
            self.axes[side] = {"item": axis, "pos": place}
            self.layout.addItem(axis, *place)
            axis.setZValue(_ABOVE_IMAGES)
            axis.setFlag(QGraphicsItem.GraphicsItemFlag.ItemNegativeZStacksBehindParent)
        for row in (2, 3):
            self.layout.setRowPreferredHeight(row, 0)
            self.layout.setRowMinimumHeight(row, 0)
            self.layout.setRowStretchFactor(row, 100 if row == 2 else 1)
        for column in (0, 1):
            self.layout.setColumnPreferredWidth(column, 0)
            self.layout.setColumnMinimumWidth(column, 0)
            self.layout.setColumnStretchFactor(column, 100 if column == 1 else 1)
        self.items: list[QGraphicsItem] = []

    def addItem(self, item: QGraphicsItem, ignoreBounds: bool = False) -> None:  # noqa: N803 - as pyqtgraph has it
        """Show *item* among the data."""
        if item not in self.items:
            self.items.append(item)
            self.vb.addItem(item, ignoreBounds=ignoreBounds)

    def removeItem(self, item: QGraphicsItem) -> None:
        """Show it no longer."""
        if item in self.items:
            self.items.remove(item)
            self.vb.removeItem(item)

    def hoverEvent(self, event: object) -> None:
        """There is no button to show."""

    def updateButtons(self) -> None:
        """As ``hoverEvent``."""
