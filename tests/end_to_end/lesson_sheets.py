"""Puts the pictures of ``walk_lessons.py`` on sheets, so that a whole lesson is looked through in a few of them.

    python tests/end_to_end/lesson_sheets.py FOLDER SHEETS [--only page] [--columns 1] [--rows 2] [--crop 640x720]

A sheet is called by the first picture on it; each picture has its name above it.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter

LINE = 22
"""Pixels for the name above a picture."""


def sheet(pictures: list[Path], columns: int, rows: int, crop: QRect | None) -> QImage:
    """Up to *columns* x *rows* pictures side by side, each whole or the part in *crop*."""
    images = [(path.stem, QImage(str(path))) for path in pictures]
    parts = [(name, image.copy(crop) if crop is not None else image) for name, image in images]
    width = max(image.width() for _, image in parts)
    height = max(image.height() for _, image in parts) + LINE
    found = QImage(
        width * min(columns, len(parts)), height * min(rows, -(-len(parts) // columns)), QImage.Format.Format_RGB32
    )
    found.fill(Qt.GlobalColor.black)
    painter = QPainter(found)
    painter.setPen(Qt.GlobalColor.white)
    for place, (name, image) in enumerate(parts):
        left, top = place % columns * width, place // columns * height
        painter.drawText(left + 4, top + LINE - 6, name)
        painter.drawImage(left, top + LINE, image)
    painter.end()
    return found


def main() -> int:
    """Write the sheets."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("sheets", type=Path)
    parser.add_argument("--only", default="", help="words of the names, parted by commas")
    parser.add_argument("--last", action="store_true", help="of each page only its last stage")
    parser.add_argument("--columns", type=int, default=1)
    parser.add_argument("--rows", type=int, default=2)
    parser.add_argument("--crop", default="", help="the left upper part alone, such as 640x720")
    arguments = parser.parse_args()
    application = QGuiApplication(sys.argv[:1])
    crop = QRect(0, 0, *map(int, arguments.crop.split("x"))) if arguments.crop else None
    words = arguments.only.split(",")
    found = [path for path in sorted(arguments.folder.glob("*.png")) if any(word in path.stem for word in words)]
    if arguments.last:
        found = list({path.stem[:6]: path for path in found}.values())
    arguments.sheets.mkdir(parents=True, exist_ok=True)
    size = arguments.columns * arguments.rows
    for place in range(0, len(found), size):
        part = found[place : place + size]
        sheet(part, arguments.columns, arguments.rows, crop).save(str(arguments.sheets / f"{part[0].stem}.png"))
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
