"""Stamps set at once: the very pixels of stamps set one by one."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

from neurosim.panels._marks import mark_pixmap
from neurosim.panels._stamps import draw_stamps

SIDE = 120


def painted(ratio: float, paint) -> QImage:
    image = QImage(round(SIDE * ratio), round(SIDE * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(QRect(5, 5, SIDE - 20, SIDE - 10))
    paint(painter)
    painter.end()
    return image


def looks(size: float, ratio: float) -> list[QPixmap]:
    white, black = QColor("white").rgba(), QColor("black").rgba()
    orange, blue = QColor("#d55e00").rgba(), QColor("#0072b2").rgba()
    return [
        mark_pixmap(size, orange, rim=white, shape=0, hollow=False, ratio=ratio),
        mark_pixmap(size, blue, rim=white, shape=1, hollow=False, ratio=ratio),
        mark_pixmap(size, blue, rim=black, shape=1, hollow=True, ratio=ratio),
    ]


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize(("size", "count"), [(4.0, 900), (7.5, 900), (7.5, 30), (7.5, 0)])
def test_many_stamps_are_those_set_one_by_one(qapp, ratio: float, size: float, count: int) -> None:
    rng = np.random.default_rng(2)
    stamps = looks(size, ratio)
    which, x, y = rng.integers(0, 3, count), rng.integers(-5, SIDE, count), rng.integers(-5, SIDE, count)

    def one_by_one(painter: QPainter) -> None:
        for number, left, top in zip(which.tolist(), x.tolist(), y.tolist(), strict=True):
            painter.drawPixmap(left, top, stamps[number])

    expected = painted(ratio, one_by_one)
    assert painted(ratio, lambda painter: draw_stamps(painter, stamps, which, x, y)) == expected
    assert (expected.pixelColor(expected.width() // 2, expected.height() // 2).alpha() > 0) is (count == 900)
