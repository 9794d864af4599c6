"""Icons of one stroke set (lucide), painted in the colour of the theme that is in force when they are painted."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from neurosim.paths import resources
from neurosim.widgets.theme import Theme, theme

GRID = 24
STROKE = 1.75
"""Width of the strokes in pixels, whatever the size of the icon."""
WIDEST = 2.25
"""The widest stroke in units of the 24-unit grid: below 19 px, 1.75 px strokes would run together."""


class _TintedEngine(QIconEngine):
    """Paints one SVG in a token's colour, asked anew at every paint, so that a new theme needs no new icon."""

    def __init__(self, name: str, token: str | None) -> None:
        super().__init__()
        self._name = name
        self._token = token

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        if side <= 0:
            return
        square = QRectF(0, 0, side, side)
        square.moveCenter(QRectF(rect).center())
        colour = _tint(theme(), mode, state, self._token)
        _renderer(self._name, colour.name(), side).render(painter, square)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        colour = _tint(theme(), mode, state, self._token)
        return _pixmap(self._name, colour.name(), size.width(), size.height(), scale)

    def clone(self) -> QIconEngine:
        copy = _TintedEngine(self._name, self._token)
        _KEPT.append(copy)
        return copy


_KEPT: list[QIconEngine] = []
"""Engines that Qt holds: Python must not collect them first."""


def icon(name: str, token: str | None = None) -> QIcon:
    """The lucide icon *name*, tinted by the theme: text colour, accent when on, grey when disabled.

    Args:
        name: file name in ``resources/icons`` without ``.svg``, such as ``"play"``.
        token: a colour token of the theme to use instead of ``text``, such as ``"loss"`` or ``"on_accent"``.

    Raises:
        KeyError: there is no such icon.
    """
    if f"{name}.svg" not in _files():
        raise KeyError(f"There is no icon {name!r} in {resources() / 'icons'}.")
    return _icon(name, token)


@cache
def _files() -> frozenset[str]:
    """Listed once: most icons are in menus, and need not be read before somebody opens one."""
    return frozenset(path.name for path in (resources() / "icons").iterdir())


@cache
def _icon(name: str, token: str | None) -> QIcon:
    engine = _TintedEngine(name, token)
    _KEPT.append(engine)
    return QIcon(engine)


def _tint(of: Theme, mode: QIcon.Mode, state: QIcon.State, token: str | None) -> QColor:
    if mode == QIcon.Mode.Disabled:
        return of.disabled
    if token is not None:
        return of.colours[token]
    return of.accent if state == QIcon.State.On else of.text


@cache
def _source(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, width: int, height: int, scale: float) -> QPixmap:
    # A style asks for the pixmap whenever a button is painted: drawing the SVG again costs ten times as much.
    picture = QPixmap(QSize(width, height) * scale)
    if picture.isNull():
        return picture
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    side = min(width, height)
    painter = QPainter(picture)
    _renderer(name, colour, side).render(painter, QRectF((width - side) / 2, (height - side) / 2, side, side))
    painter.end()
    return picture


@cache
def _renderer(name: str, colour: str, side: int) -> QSvgRenderer:
    width = min(STROKE * GRID / side, WIDEST)
    svg = _source(name).replace("currentColor", colour).replace('stroke-width="2"', f'stroke-width="{width:.3f}"')
    return QSvgRenderer(QByteArray(svg.encode()))
