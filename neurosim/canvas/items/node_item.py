"""What every node on the canvas shares: outline, ports, name, rings, grip, and what it says is missing."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter
from typing import final

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem

from neurosim.canvas import style
from neurosim.canvas.auto_layout import Box
from neurosim.canvas.items.far import FAR
from neurosim.canvas.items.light import band_around, glow_around
from neurosim.records import dataclass
from neurosim.widgets.theme import Theme, mix, theme

PORT = 5.0
"""Radius of a port's dot; the target around it is 24 px."""
PORT_GROWN = 8.0
GRIP = 24.0
SENTENCE_WIDTH = 190.0
NAME_WIDTH = 220.0
TWO_LINES = 56.0
"""The height of a body with a name above a value."""
BOUNDS = QRectF(-320.0, -240.0, 800.0, 560.0)
FEW_DETAILS = 0.35
"""Below this zoom, text is too small to read and is left out."""


def two_lines() -> float:
    """How high a body is that holds two lines of words."""
    return TWO_LINES + 36.0 * (style.lettering() - 1.0)


@dataclass(slots=True)
class NodeState:
    """How a node looks just now.

    ``lit`` and ``current`` are the parts that are pointed at and that the current line concerns: ``"node"`` is all of
    it, ``"sum"`` and ``"activation"`` are parts of a neuron that is opened. ``flows`` says that the line goes back
    through it, from its activation to its sum; ``backed`` that its value is kept clear of what passes behind it.
    ``focus`` is what the keyboard is on: the node (``"node"``), its ports (``"in"``, ``"out"``), its bias, or nothing.
    ``reach`` says, while an edge is being drawn, whether it may end here: ``"fit"``, ``"unfit"`` or ``""``.
    """

    selected: bool = False
    focus: str = ""
    lit: frozenset[str] = frozenset()
    current: frozenset[str] = frozenset()
    flows: bool = False
    backed: bool = False
    hovered: bool = False
    held: bool = False
    reach: str = ""
    reason: str = ""
    problem: str = ""


_of_look = attrgetter(*NodeState.__dataclass_fields__)


class NodeItem(QGraphicsItem):
    """One node, at its position; subclasses draw the body and say how large it is.

    Nothing is painted by the scene itself: ``FigurePainting`` draws first what stands still of all nodes, then their
    lasting words, then what lives, which is all that may depend on the attributes ``LIVES``.
    """

    LIVES: frozenset[str] = frozenset()
    has_in = True
    has_out = True
    far_below = FAR
    """The zoom below which the node is seen from far away."""
    face_has_port = False
    """Whether the body's picture already shows the out port at rest."""

    def __init__(self, key: str, name: str) -> None:
        super().__init__()
        self.key = key
        self.look = NodeState()
        self.name = name
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemHasNoContents)

    # -- geometry, in pixels around the position -------------------------------------------------------------------

    def body(self) -> QRectF:
        """What the node itself covers."""
        raise NotImplementedError

    def corner(self) -> float:
        """The radius of the outline's corners."""
        return 10.0

    def in_port(self) -> QPointF:
        """Where edges arrive."""
        return QPointF(self.body().left(), 0.0)

    def out_port(self) -> QPointF:
        """Where edges leave."""
        return QPointF(self.body().right(), 0.0)

    def extent(self) -> QRectF:
        """The body with its words: what a neat drawing keeps free of other nodes and chips."""
        rect = self.body().adjusted(-4, -4, 4, 4)
        name = min(style.width(self.name, style.NAME), style.tall(NAME_WIDTH))
        if name:
            rect = rect.united(
                QRectF(self.name_at().x() - name / 2, self.name_at().y() - style.tall(10), name, style.tall(20))
            )
        return rect

    def covered(self) -> tuple[QRectF, ...]:
        """What chips keep clear of: the extent in as many rectangles as it takes to leave room between its parts."""
        return (self.extent(),)

    def name_at(self) -> QPointF:
        """The centre of the name."""
        body = self.body()
        return QPointF(body.center().x(), body.top() - 6 - style.tall(12))

    def name_rect(self) -> QRectF:
        """Where a double-click renames the node."""
        rect = QRectF(0, 0, max(40.0, style.width(self.name, style.NAME) + 12), style.tall(24))
        rect.moveCenter(self.name_at())
        return rect

    def grip_rect(self) -> QRectF:
        """The grip that picks the node up with one click."""
        body = self.body()
        return QRectF(body.left() - GRIP + 2, body.top() - GRIP + 6, GRIP, GRIP)

    def box(self) -> Box:
        """The extent as the automatic layout wants it."""
        rect = self.extent()
        return Box(-rect.left(), -rect.top(), rect.right(), rect.bottom())

    def contains_point(self, point: QPointF) -> bool:
        """Whether a point (relative to the position) is on the body."""
        return self.body().contains(point)

    def boundingRect(self) -> QRectF:
        """Everything that may be painted, generously: only what is far from the window is left out."""
        return BOUNDS

    def shape(self) -> QPainterPath:
        """The body, for Qt's own hit tests."""
        path = QPainterPath()
        path.addRoundedRect(self.body(), self.corner(), self.corner())
        return path

    # -- painting --------------------------------------------------------------------------------------------------

    @property
    def below_edges(self) -> bool:
        """Whether what stands still of it lies below the edges: they run over it."""
        return False

    def still_key(self, detail: float) -> tuple[object, ...]:
        """All that ``draw_still`` and ``draw_lasting`` depend on besides place, theme, *detail* and lettering."""
        del detail
        lives = self.LIVES
        return _of_look(self.look), [value for name, value in vars(self).items() if name not in lives]

    @final
    def draw_still(self, painter: QPainter, detail: float) -> None:
        """Draw what does not change with the numbers; *detail* is how many device pixels one scene pixel takes."""
        of, look = theme(), self.look
        faded = self._fade(painter)
        if self._is_far(detail):
            if self.stands_still_far():
                self._draw_far(painter, of, detail)
        else:
            self.draw_lights(painter, of, ("node",))
            self.draw_body(painter, of, detail)
            self._draw_ports(painter, of, detail)
            if look.selected:
                self._round(painter, 4.0, style.pen(of.accent, 2.0, of))
            if look.focus == "node":
                self._round(painter, 7.0, style.pen(of.accent, 2.0, of, (3.0, 3.0)))
        if faded:
            painter.setOpacity(1.0)

    @final
    def draw_lasting(self, painter: QPainter, detail: float) -> None:
        """Write the name, and what else is written whatever the numbers are; above the bodies of all nodes."""
        if detail >= FEW_DETAILS and not self._is_far(detail):
            faded = self._fade(painter)
            self.draw_name(painter, theme())
            if faded:
                painter.setOpacity(1.0)

    @final
    def draw_live(self, painter: QPainter, detail: float) -> None:
        """Draw the words that say numbers, and all else that changes with them."""
        of, look = theme(), self.look
        faded = self._fade(painter)
        if self._is_far(detail):
            if not self.stands_still_far():
                self._draw_far(painter, of, detail)
        else:
            self.draw_inside(painter, of)
            if detail >= FEW_DETAILS:
                self.draw_words(painter, of)
                if (look.hovered or look.held) and not look.reach:
                    self._draw_grip(painter, of)
                if look.problem:
                    self._draw_problem(painter, of)
        if faded:
            painter.setOpacity(1.0)

    def _fade(self, painter: QPainter) -> bool:
        if self.look.reach != "unfit":
            return False
        painter.setOpacity(0.35)
        return True

    def _is_far(self, detail: float) -> bool:
        return detail * style.lettering() < self.far_below and self.can_be_far()

    def lives(self, detail: float) -> bool:
        """Whether ``draw_live`` draws anything."""
        return not (self._is_far(detail) and self.stands_still_far())

    def stands_still_far(self) -> bool:
        """Whether nothing changes with the numbers where the node is seen from far away; there are words in most."""
        return False

    def can_be_far(self) -> bool:
        """Whether the node is drawn in another way when it is seen from far away."""
        return True

    def far_body(self) -> tuple[QRectF, float]:
        """What the node covers when it is seen from far away, and the radius of its corners."""
        return self.body(), self.corner()

    def _draw_far(self, painter: QPainter, of: Theme, detail: float) -> None:
        """The node as it is seen from far away: the figure, its rings, and a warning where something is missing."""
        look, (rect, corner) = self.look, self.far_body()
        if "node" in look.current:
            glow_around(painter, of, rect, corner)
        if "node" in look.lit:
            band_around(painter, of, rect, corner)
        self.draw_far(painter, of, detail)
        if look.reach:
            self._draw_ports(painter, of, detail)
        thick = 1.0 / detail
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for wanted, grow, dashes in ((look.selected, 2.0, ()), (look.focus == "node", 4.0, (3.0 * thick, 3.0 * thick))):
            if wanted:
                painter.setPen(style.pen(of.accent, 1.5 * of.zoom * thick, of, dashes))
                more = grow * thick
                painter.drawRoundedRect(rect.adjusted(-more, -more, more, more), corner + more, corner + more)
        if look.problem:
            draw_warning(painter, of, QPointF(rect.right(), rect.top()), 1.0 / detail)

    def draw_far(self, painter: QPainter, of: Theme, detail: float) -> None:
        """Draw the figure as it is seen from far away."""
        self.draw_body(painter, of, detail)

    def outline(self, part: str) -> tuple[QRectF, float]:
        """The rounded rectangle of a part, and the radius of its corners."""
        del part
        return self.body(), self.corner()

    def draw_lights(self, painter: QPainter, of: Theme, parts: Iterable[str]) -> None:
        """Draw the lights behind those of *parts* that are lit or current."""
        for part in parts:
            if part in self.look.current:
                glow_around(painter, of, *self.outline(part))
            if part in self.look.lit:
                band_around(painter, of, *self.outline(part))

    def draw_body(self, painter: QPainter, of: Theme, detail: float) -> None:
        """Draw the figure itself."""
        raise NotImplementedError

    def draw_inside(self, painter: QPainter, of: Theme) -> None:
        """Draw what changes with the numbers and is not made of words; most have nothing of the kind."""

    def draw_name(self, painter: QPainter, of: Theme) -> None:
        """Write the name; subclasses add what else does not change with the numbers."""
        if self.name:
            name = style.elided(self.name, style.NAME, style.tall(NAME_WIDTH))
            style.write(painter, name, style.NAME, of.text, self.name_at())

    def draw_words(self, painter: QPainter, of: Theme) -> None:
        """Write what changes with the numbers."""

    def sentence_at(self) -> QPointF:
        """The middle of the top of the sentence that says what is missing."""
        rect = self.extent()
        return QPointF(self.body().center().x(), rect.bottom() + 6)

    def _round(self, painter: QPainter, grow: float, pen: QPen) -> None:
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = self.corner() + grow
        painter.drawRoundedRect(self.body().adjusted(-grow, -grow, grow, grow), radius, radius)

    def _draw_ports(self, painter: QPainter, of: Theme, detail: float) -> None:
        look = self.look
        if detail < FEW_DETAILS and not look.reach:
            return
        grown = PORT_GROWN if look.reach == "fit" else PORT
        shown = look.hovered or look.selected or look.reach == "fit" or look.focus in {"in", "out"}
        if not shown and self.face_has_port:
            return
        for there, place, side in ((self.has_in, self.in_port(), "in"), (self.has_out, self.out_port(), "out")):
            if not there:
                continue
            focused = look.focus == side
            if not shown and side == "in":
                continue
            painter.setPen(style.pen(of.accent if look.reach == "fit" or focused else of.border, 1.75, of))
            painter.setBrush(of.accent if look.reach == "fit" and side == "in" else of.canvas)
            painter.drawEllipse(place, grown, grown)
            if focused:
                painter.setPen(style.pen(of.accent, 2.0, of))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(place, grown + 5, grown + 5)

    def _draw_grip(self, painter: QPainter, of: Theme) -> None:
        rect = self.grip_rect()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(of.accent if self.look.held else of.text_muted)
        middle = rect.center()
        for i in (-1, 1):
            for j in (-1, 0, 1):
                painter.drawEllipse(QPointF(middle.x() + i * 3, middle.y() + j * 6), 1.6, 1.6)

    def _draw_problem(self, painter: QPainter, of: Theme) -> None:
        place = self.sentence_at()
        room = style.tall(SENTENCE_WIDTH)
        flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
        covered = style.metrics(style.CAPTION).boundingRect(
            QRectF(0, 0, room, style.tall(200)), flags, self.look.problem
        )
        left = place.x() - covered.width() / 2 - 10
        draw_warning(painter, of, QPointF(left, place.y() + 8))
        painter.setFont(style.font(style.CAPTION))
        painter.setPen(of.negative_text)
        painter.drawText(QRectF(place.x() - room / 2 + 10, place.y(), room, style.tall(64)), flags, self.look.problem)


def draw_warning(painter: QPainter, of: Theme, centre: QPointF, enlarge: float = 1.0) -> None:
    """A warning triangle of 16 px around *centre*, *enlarge* times as large."""
    painter.save()
    painter.translate(centre)
    painter.scale(enlarge, enlarge)
    painter.setPen(style.pen(of.negative, 1.5, of))
    painter.setBrush(mix(of.canvas, of.negative, 0.15))
    painter.drawPolygon(_TRIANGLE)
    painter.setPen(style.pen(of.negative_text, 1.75, of))
    painter.drawLine(_STROKE)
    painter.drawPoint(_DOT)
    painter.restore()


_TRIANGLE = QPolygonF([QPointF(0, -7), QPointF(8, 6), QPointF(-8, 6)])
_STROKE, _DOT = QLineF(0, -2.5, 0, 1), QPointF(0, 3.8)
"""The sign itself: an unfinished network has it at hundreds of nodes."""
