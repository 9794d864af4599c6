"""In a drag the loss curve's plot is painted anew only where anything differs, and nowhere is an old picture left."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage

from neurosim.document import edits
from samples import lecture_state


def pixels(image: QImage) -> np.ndarray:
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.bytesPerLine() // 4).copy()


def test_what_differs_from_one_frame_of_a_drag_to_the_next_is_painted_anew(
    bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = bench("loss_curve", lecture_state())
    panel, gesture = made.panel, object()
    layer, viewport = panel._layer, panel.plot.viewport()
    asked: list[QRectF] = []
    update = layer.update
    monkeypatch.setattr(layer, "update", lambda part: (asked.append(QRectF(part)), update(part)))

    def move(y: Fraction) -> None:
        made.document.edit("Move point", edits.move_row, 1, {"y": y}, gesture=gesture)
        made.frame()

    move(Fraction(3))  # from here on a hand holds the ranges still
    corner = -panel.view.place_in_plot(QPointF(0.0, 0.0))
    for y in (2, 1, Fraction(1, 2), -1, -4, -6, 0, 4):
        before = pixels(viewport.grab().toImage())
        asked.clear()
        move(Fraction(y))
        after = pixels(viewport.grab().toImage())
        rows, columns = np.nonzero(before != after)
        assert rows.size
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            x, down = column - corner.x(), row - corner.y()
            assert any(part.adjusted(-1, -1, 1, 1).contains(x, down) for part in asked), (y, x, down)
        assert max(part.width() * part.height() for part in asked) < 0.6 * layer.area.width() * layer.area.height()
