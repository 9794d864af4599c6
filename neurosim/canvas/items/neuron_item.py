"""A neuron: a circle with sum and activation curve, or opened into its close-up with sum, z, f and f(z) apart."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPaintEngine, QPainter, QPainterPath, QPixmap

from neurosim.canvas import style
from neurosim.canvas.items.activation_curve import draw_curve, draw_point, reach_for
from neurosim.canvas.items.far import LEAST_GROWTH, TELLING, strokes
from neurosim.canvas.items.light import draw_flow
from neurosim.canvas.items.node_item import FEW_DETAILS, NAME_WIDTH, PORT, NodeItem
from neurosim.canvas.items.output_picture import READABLE, SIDE, OutputPicture, draw_picture
from neurosim.numbers.format import equals
from neurosim.widgets.theme import Theme, mix

RADIUS = 32.0
RIM = 8.0
"""Room around the circle in its picture, for the stroke and the port."""
F_AT = 122.0
"""In the close-up: how far the f box stands to the right of the sum."""
F_HALF = 38.0
F_CORNER = 10.0
CAPSULE_HALF = 70.0
PLAIN_DROP = 46.0
"""How far below the centre the value stands when no chip is in between."""
PICTURE = QRectF(32.0, -22.0 - SIDE, SIDE, SIDE)
"""The picture of the output: right of the name, over the edges that leave."""

_faces: dict[tuple[str, str, float, float], QPixmap] = {}


class NeuronItem(NodeItem):
    """One neuron. ``expanded``: drawn as its close-up. ``picture``: gives its output over the inputs, if shown.

    ``growth``: how many times as large its circle is when it is seen from far away.
    """

    face_has_port = True
    LIVES = frozenset({"z", "a", "z_text", "a_text"})

    def __init__(self, key: str, name: str, activation: str) -> None:
        super().__init__(key, name)
        self.activation = activation
        self.title = activation
        self.expanded = False
        self.picture: Callable[[], OutputPicture] | None = None
        self.z: float | None = None
        self.a: float | None = None
        self.reach = reach_for(None)
        self.z_text = ""
        self.a_text = ""
        self.growth = LEAST_GROWTH
        self.drop = PLAIN_DROP
        self.foot = 36.0
        self._widest = 0.0

    def set_form(self, name: str, activation: str, title: str, expanded: bool) -> bool:
        """Take over what the document says; returns whether the outline is another one."""
        self.activation, self.title = activation, title
        if (name, expanded) == (self.name, self.expanded):
            return False
        self.name, self.expanded, self._widest = name, expanded, 0.0
        self.face_has_port = not expanded
        return True

    @property
    def below_edges(self) -> bool:
        """Edges run over the capsule to the sum inside it."""
        return self.expanded

    def set_foot(self, drop: float, half: float) -> None:
        """Leave room below the circle: the value stands at *drop*, chips and value are *half* wide to each side."""
        if (drop, half) != (self.drop, self.foot):
            self.drop, self.foot = drop, half

    def set_values(self, z: float | None, a: float | None, z_text: str, a_text: str) -> bool:
        """Show z and a = f(z) of the row on show; texts are empty when values are hidden or unknown.

        Returns whether the close-up had to grow for them; it never shrinks while it is open, so that nothing jitters.
        """
        self.z, self.a, self.z_text, self.a_text = z, a, z_text, a_text
        self.reach = reach_for(z) if self.expanded else self.reach
        if not self.expanded:
            return False
        symbol = style.width("f(z)", style.CHIP_NAME)
        z_wide, a_wide = style.width(f" {equals(z_text)}", style.VALUE), style.width(f" {equals(a_text)}", style.VALUE)
        widest = symbol + max(z_wide, a_wide)
        if widest <= self._widest:
            return False
        self._widest = widest
        return True

    # -- geometry --------------------------------------------------------------------------------------------------

    def body(self) -> QRectF:
        """The circle, or the capsule around sum and f."""
        if not self.expanded:
            return self.sum_rect()
        up = CAPSULE_HALF + style.tall(24.0) - 24.0
        down = up + self._staggered()
        left, right = max(48.0, self._widest / 2 + 8.0), max(58.0, self._widest / 2 + 8.0)
        return QRectF(-left, -up, left + self.f_at() + right, up + down)

    def corner(self) -> float:
        """A circle is a rounded square."""
        return 24.0 if self.expanded else RADIUS

    def extent(self) -> QRectF:
        """Body, name, bias chip, value and picture."""
        rect = self._column()
        return rect if self.picture is None or self.expanded else rect.united(PICTURE)

    def covered(self) -> tuple[QRectF, ...]:
        """The column from name to value, and the picture beside it."""
        return (self._column(), PICTURE) if self.picture is not None and not self.expanded else (self._column(),)

    def _column(self) -> QRectF:
        rect = super().extent()
        return (
            rect if self.expanded else rect.united(QRectF(-self.foot, 0.0, 2 * self.foot, self.drop + style.tall(11.0)))
        )

    def name_at(self) -> QPointF:
        """Above the middle; a long name makes room for the picture."""
        at = super().name_at()
        if self.picture is None or self.expanded:
            return at
        half = min(style.width(self.name, style.NAME), style.tall(NAME_WIDTH)) / 2
        return QPointF(min(at.x(), PICTURE.left() - 6.0 - half), at.y())

    def in_port(self) -> QPointF:
        """The left of the sum."""
        return QPointF(-RADIUS, 0.0)

    def arrival(self, angle: float) -> tuple[QPointF, QPointF]:
        """Where an edge arrives at *angle* (0: from the left, positive: from below), and the unit vector outwards."""
        outward = QPointF(-math.cos(angle), math.sin(angle))
        return outward * RADIUS, outward

    def contains_point(self, point: QPointF) -> bool:
        """Inside the circle, or inside the capsule."""
        if self.expanded:
            return self.body().contains(point)
        return math.hypot(point.x(), point.y()) <= RADIUS

    def sum_rect(self) -> QRectF:
        """The square around the sum's circle."""
        return QRectF(-RADIUS, -RADIUS, 2 * RADIUS, 2 * RADIUS)

    def f_at(self) -> float:
        """How far the f box stands to the right of the sum."""
        return F_AT if self._staggered() else max(F_AT, self._widest + 14.0)

    def _staggered(self) -> float:
        """How far the value of f stands below that of z: large words do not fit beside each other."""
        return style.tall(20.0) if style.lettering() > 1.0 else 0.0

    def f_box(self) -> QRectF:
        """The box of the activation in the close-up."""
        return QRectF(self.f_at() - F_HALF, -F_HALF, 2 * F_HALF, 2 * F_HALF)

    def _curve_box(self) -> QRectF:
        return self.f_box().adjusted(8, 8, -8, -8)

    def outline(self, part: str) -> tuple[QRectF, float]:
        """The circle of the sum, the box of the activation, or the whole."""
        if part == "sum":
            return self.sum_rect(), RADIUS
        return (self.f_box(), F_CORNER) if part == "activation" else super().outline(part)

    def part_at(self, point: QPointF) -> str:
        """What is at *point*: ``"sum"`` or ``"activation"`` of an opened neuron, or ``"node"`` for the rest of it."""
        if self.expanded and math.hypot(point.x(), point.y()) <= RADIUS:
            return "sum"
        return "activation" if self.expanded and self.f_box().contains(point) else "node"

    def on_picture(self, point: QPointF, detail: float) -> bool:
        """Whether *point* is on the picture of the output, at a zoom at which there is one."""
        return self.picture is not None and detail >= READABLE and PICTURE.contains(point)

    # -- painting --------------------------------------------------------------------------------------------------

    def draw_body(self, painter: QPainter, of: Theme, detail: float) -> None:
        """Circle with Σ and curve (kept as a picture per activation and zoom), or the close-up."""
        if self.expanded:
            self._draw_close_up(painter, of)
            return
        device, engine = painter.device(), painter.paintEngine()
        if device is None or engine is None or engine.type() != QPaintEngine.Type.Raster:
            self._paint_face(painter, of, detail)  # a file of lines stays one
        else:
            ratio = detail * device.devicePixelRatioF()
            key = (self.activation, of.name, round(ratio, 3), of.stroke_scale)
            face = _faces.get(key)
            if face is None:
                if len(_faces) > 128:
                    _faces.clear()
                face = _faces[key] = self._face(of, ratio)
            whole = QRectF(-RADIUS - RIM, -RADIUS - RIM, 2 * RADIUS + 2 * RIM, 2 * RADIUS + 2 * RIM)
            painter.drawPixmap(whole, face, QRectF(face.rect()))
        if self.picture is not None and detail >= READABLE:
            draw_picture(painter, of, self.picture(), PICTURE)

    def draw_inside(self, painter: QPainter, of: Theme) -> None:
        """In the close-up, the point at which the activation works."""
        if self.expanded:
            draw_point(painter, of, self.activation, self._curve_box(), self.z, self.a)

    def draw_name(self, painter: QPainter, of: Theme) -> None:
        """The name, and in the close-up what its parts are called."""
        super().draw_name(painter, of)
        if self.expanded:
            above = QPointF(self.f_at(), -F_HALF - 2 - style.tall(12))
            style.write(painter, "sum", style.CAPTION, of.text_muted, QPointF(0, -RADIUS - 6 - style.tall(12)))
            style.write(painter, self.title, style.CAPTION, of.text_muted, above)

    def draw_words(self, painter: QPainter, of: Theme) -> None:
        """z and f(z)."""
        if self.expanded:
            down = 2 + style.tall(14)
            if self.z_text:
                self._write_value(painter, of, "z", self.z_text, 0.0, RADIUS + 4 + down)
            if self.a_text:
                self._write_value(painter, of, "f(z)", self.a_text, self.f_at(), F_HALF + down + self._staggered())
        elif self.a_text:
            if self.look.backed:
                half = style.width(self.a_text, style.VALUE) / 2 + 3.0
                painter.fillRect(QRectF(-half, self.drop - style.tall(9.0), 2 * half, style.tall(18.0)), of.canvas)
            style.write(painter, self.a_text, style.VALUE, of.text, QPointF(0, self.drop))

    def can_be_far(self) -> bool:
        """A close-up stays one."""
        return not self.expanded

    def stands_still_far(self) -> bool:
        """There are no words in it."""
        return True

    def still_key(self, detail: float) -> tuple[object, ...]:
        """The picture of the output, too, stands still as long as it is the same."""
        key = super().still_key(detail)
        if self.picture is None or detail < (TELLING if self._is_far(detail) else READABLE):
            return key
        return *key, self.picture()

    def far_body(self) -> tuple[QRectF, float]:
        """A larger circle."""
        radius = RADIUS * self.growth
        return QRectF(-radius, -radius, 2 * radius, 2 * radius), radius

    def draw_far(self, painter: QPainter, of: Theme, detail: float) -> None:
        """What the neuron says over the inputs fills the circle; without a picture its activation does."""
        rect, radius = self.far_body()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(of.raised)
        painter.drawEllipse(rect)
        picture = self.picture() if self.picture is not None and detail >= TELLING else None
        if picture is not None and (picture.image is not None or picture.line is not None):
            painter.save()
            circle = QPainterPath()
            circle.addEllipse(rect)
            painter.setClipPath(circle, Qt.ClipOperation.IntersectClip)
            painter.translate(rect.topLeft())
            painter.scale(rect.width() / SIDE, rect.height() / SIDE)
            draw_picture(painter, of, picture, QRectF(0.0, 0.0, SIDE, SIDE))
            painter.restore()
        else:
            half = radius * 0.6
            draw_curve(painter, of, self.activation, QRectF(-half, -half, 2 * half, 2 * half))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(style.pen(of.border, 1.75 * strokes(detail), of))
        painter.drawEllipse(rect)

    def _write_value(self, painter: QPainter, of: Theme, symbol: str, value: str, x: float, y: float) -> None:
        """Write ``symbol = value`` around the place (*x*, *y*)."""
        letter, said = style.word(symbol, style.CHIP_NAME), style.word(f" {equals(value)}", style.VALUE)
        start = x - (letter.wide + said.wide) / 2
        style.put(painter, letter, of.text, start, y - 0.5)
        style.put(painter, said, of.text, start + letter.wide, y)

    def _face(self, of: Theme, ratio: float) -> QPixmap:
        side = math.ceil((2 * RADIUS + 2 * RIM) * ratio)
        face = QPixmap(side, side)
        face.fill(Qt.GlobalColor.transparent)
        painter = QPainter(face)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(side / (2 * RADIUS + 2 * RIM), side / (2 * RADIUS + 2 * RIM))
        painter.translate(RADIUS + RIM, RADIUS + RIM)
        self._paint_face(painter, of, ratio)
        painter.end()
        return face

    def _paint_face(self, painter: QPainter, of: Theme, ratio: float) -> None:
        """Draw the circle for a screen on which a pixel of the scene takes *ratio* pixels."""
        painter.setPen(style.pen(of.border, 1.75, of))
        painter.setBrush(of.raised)
        painter.drawEllipse(QPointF(0, 0), RADIUS, RADIUS)
        if ratio >= FEW_DETAILS / 2:
            painter.setPen(style.pen(of.hairline, 1.25, of))
            painter.drawLine(QPointF(0, -RADIUS + 5), QPointF(0, RADIUS - 5))
            style.write(painter, "Σ", style.SIGMA, of.text, QPointF(-15.5, -1))
            draw_curve(painter, of, self.activation, QRectF(4.0, -10.0, 20.0, 20.0))
            painter.setPen(style.pen(of.border, 1.75, of))
            painter.setBrush(of.canvas)
            painter.drawEllipse(self.out_port(), PORT, PORT)

    def _draw_close_up(self, painter: QPainter, of: Theme) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(of.surface if not of.dark else mix(of.canvas, of.surface, 0.9))
        painter.drawRoundedRect(self.body(), self.corner(), self.corner())
        self.draw_lights(painter, of, ("sum", "activation"))
        box = self.f_box()
        painter.setPen(style.pen(of.text_muted, 2.0, of))
        painter.drawLine(QPointF(RADIUS, 0), QPointF(box.left() - 9, 0))
        painter.drawLine(QPointF(box.right(), 0), QPointF(self.body().right(), 0))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(of.text_muted)
        tip = box.left() - 1
        painter.drawPolygon([QPointF(tip, 0), QPointF(tip - 11, -5), QPointF(tip - 11, 5)])
        painter.setPen(style.pen(of.border, 1.75, of))
        painter.setBrush(of.raised)
        painter.drawEllipse(QPointF(0, 0), RADIUS, RADIUS)
        style.write(painter, "Σ", style.SIGMA_LARGE, of.text, QPointF(0, -1))
        painter.setPen(style.pen(of.border, 1.75, of))
        painter.setBrush(of.raised)
        painter.drawRoundedRect(box, F_CORNER, F_CORNER)
        draw_curve(painter, of, self.activation, self._curve_box(), self.reach, plain=False)
        if self.look.flows:
            draw_flow(painter, of, np.linspace((RADIUS, 0.0), (box.left(), 0.0), 17))
