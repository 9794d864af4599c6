"""What is done with the mouse, and the keys that belong to one view alone, in words."""

from __future__ import annotations

from PySide6.QtCore import QObject


class Gestures(QObject):
    """Makes the list, in the language of the interface. Without state and signals."""

    def lines(self) -> tuple[tuple[str, str], ...]:
        """What one may want to do, and how it is done."""
        return (
            (self.tr("Move a point of the data"), self.tr("drag it, or Tab to it and press an arrow key")),
            (self.tr("Add a point"), self.tr("double-click the plot, or Ins; drag one out of the tray at its edge")),
            (self.tr("Delete a point"), self.tr("right-click it, or Del; drag it into the tray")),
            (self.tr("Spray points"), self.tr("B in the plot takes the brush or puts it away; Ins sprays once")),
            (self.tr("Keep points for testing"), self.tr("T in the plot; Ctrl+T in the data table")),
            (
                self.tr("Go on in the data table"),
                self.tr("Tab to the right, Enter down; Ctrl with an arrow to the edge"),
            ),
            (
                self.tr("Work in the data table"),
                self.tr("F2 edits, Del clears, Ctrl+D fills down, Ctrl+Del deletes rows"),
            ),
            (self.tr("Change a number"), self.tr("drag sideways (Ctrl whole, Shift fine), or click and type 1/3")),
            (self.tr("Connect two nodes"), self.tr("drag from port to port, or click one, then the other")),
            (self.tr("Add a node"), self.tr("double-click the graph, or drop a wire in empty space")),
            (self.tr("Select several"), self.tr("drag a box, or Ctrl-click each")),
            (self.tr("Move the view"), self.tr("drag with the middle or right button")),
            (self.tr("Zoom the view"), self.tr("mouse wheel, or + and − in the view")),
            (self.tr("Cancel a drag"), self.tr("Esc")),
        )
