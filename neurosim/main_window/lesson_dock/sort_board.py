"""Cards to be sorted into groups: dragged there, or chosen and put there by a click or a digit of the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from neurosim.lessons.lesson import Choice, Predict, sorted_places, sorted_text
from neurosim.lessons.text import Words
from neurosim.main_window.lesson_dock.piece import Piece
from neurosim.main_window.lesson_dock.sort_card import SortCard
from neurosim.widgets.announce import announce
from neurosim.widgets.lesson.flow import EMPHASIS
from neurosim.widgets.lesson.runs import Text
from neurosim.widgets.lesson.text_flow import TextFlow
from neurosim.widgets.theme import theme


class Bin(QFrame):
    """One group, or what is unsorted still: its title, and the cards that lie in it.

    Signals:
        clicked(): a click on it, to put down there what is held.
    """

    clicked = Signal()

    def __init__(self, name: str, title: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(f"sortBin-{name}")
        self.name = name
        self._wanted = False
        px = theme().px
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(px(8), px(6), px(8), px(8))
        self._column.setSpacing(px(4))
        self._column.addWidget(title)
        title.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setMinimumHeight(px(44))

    def take(self, card: SortCard) -> None:
        """Let *card* lie here, below the others."""
        self._column.addWidget(card)
        card.show()

    def set_wanted(self, wanted: bool) -> None:
        """Whether what is in the hand would be put here."""
        if wanted != self._wanted:
            self._wanted = wanted
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A quiet ground with a dashed line around it; an accent one where the card would fall."""
        of = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = of.stroke(2.0 if self._wanted else 1.0)
        half = width / 2
        style = Qt.PenStyle.SolidLine if self._wanted else Qt.PenStyle.DashLine
        painter.setPen(QPen(of.accent if self._wanted else of.border, width, style))
        painter.setBrush(of.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), of.px(6), of.px(6))


class SortBoard(QWidget):
    """Owns the cards and the groups. What is chosen is the sorting as one text, once every card lies in a group.

    Signals:
        changed(): a card lies elsewhere.
    """

    changed = Signal()

    def __init__(self, owner: Piece, predict: Predict) -> None:
        super().__init__(owner)
        self.setObjectName("predictOptions")
        self._predict = predict
        self._places: dict[str, str] = {}
        self._cards = {item.id: self._card(owner, item) for item in predict.choices}
        self._flying: QLabel | None = None
        px = theme().px
        how = QLabel(self.tr("Drag each into its group, or press the group's number."), self)
        how.setProperty("role", "caption")
        how.setWordWrap(True)
        self._how = how
        waiting = QLabel(self.tr("Still to be sorted"), self)
        waiting.setProperty("role", "caption")
        self._pile = self._bin("", waiting)
        self._bins = [self._bin(group.id, self._title(owner, number, group)) for number, group in self._numbered()]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        for part in (how, self._pile, *self._bins):
            column.addWidget(part)
        self._lay()

    def _numbered(self) -> list[tuple[int, Choice]]:
        return list(enumerate(self._predict.groups, 1))

    def _title(self, owner: Piece, number: int, group: Choice) -> TextFlow:
        return owner.text((Words(f"{number}  "), *group.text), EMPHASIS, parent=self)

    def _card(self, owner: Piece, item: Choice) -> SortCard:
        card = SortCard(item.id, owner.text(item.text, parent=self), self)
        card.clicked.connect(lambda: self._pick(card))
        card.dragged.connect(lambda place: self._drag(card, place))
        card.dropped.connect(lambda place: self._drop(card, place))
        card.cancelled.connect(self._let_go)
        card.sent.connect(lambda number: self._send(card, number))
        card.moved.connect(lambda by: self._move(card, by))
        return card

    def _bin(self, name: str, title: QWidget) -> Bin:
        found = Bin(name, title, self)
        found.clicked.connect(lambda: self._put_held(found))
        return found

    # -- what is chosen --------------------------------------------------------------------------------------------

    def chosen(self) -> tuple[str, ...]:
        """The sorting as one text; nothing while a card is unsorted."""
        if any(name not in self._places for name in self._cards):
            return ()
        return (sorted_text({name: self._places[name] for name in self._cards}),)

    def choose(self, texts: tuple[str, ...]) -> None:
        """Lay the cards as that text says, without a signal."""
        names = {group.id for group in self._predict.groups}
        found = sorted_places(texts[0]) if texts else {}
        self._places = {name: found[name] for name in self._cards if found.get(name) in names}
        self._lay()

    def set_locked(self, locked: bool) -> None:
        """Whether every card stays where it is."""
        self._how.setVisible(not locked)
        for card in self._cards.values():
            card.set_locked(locked)

    def show_right(self, owner: Piece) -> int:
        """Say on each card whether it lies where it belongs, and else where that is; how many do."""
        titles = {group.id: group.text for group in self._predict.groups}
        count = 0
        for item in self._predict.choices:
            right = self._places.get(item.id) == item.group
            count += right
            where = () if right else (*owner.context.runs(titles[item.group]), Text(". "))
            self._cards[item.id].say("right" if right else "look", (*where, *owner.context.runs(item.message)))
        return count

    def first(self) -> QWidget:
        """Where the keyboard goes: to the first card that is unsorted, else to the first one."""
        cards = self._cards
        return next((card for name, card in cards.items() if name not in self._places), next(iter(cards.values())))

    # -- moving ----------------------------------------------------------------------------------------------------

    def _put(self, card: SortCard, name: str) -> None:
        """Put *card* into a group, or back to those that are unsorted, and say so."""
        had = card.hasFocus()
        if name:
            self._places[card.name] = name
        else:
            self._places.pop(card.name, None)
        self._let_go()
        self._lay()
        if had:
            card.setFocus(Qt.FocusReason.OtherFocusReason)  # what is moved to another parent loses it
        announce(self, card.accessibleName())
        self.changed.emit()

    def _send(self, card: SortCard, number: int) -> None:
        """A digit: into that group; the keyboard goes on to the next card that is unsorted."""
        if number >= len(self._bins):
            return
        self._put(card, self._bins[number].name if number >= 0 else "")
        if number >= 0:
            following = self.first()
            if following is not next(iter(self._cards.values())) or not self.chosen():
                following.setFocus(Qt.FocusReason.OtherFocusReason)

    def _move(self, card: SortCard, by: int) -> None:
        names = ["", *(found.name for found in self._bins)]
        place = names.index(self._places.get(card.name, "")) + by
        if 0 <= place < len(names):
            self._put(card, names[place])

    def _pick(self, card: SortCard) -> None:
        """A click: hold it, or no more; another one that was held is let go."""
        held = card.isChecked()
        self._let_go()
        card.setChecked(held)
        for found in (self._pile, *self._bins):
            found.setCursor(Qt.CursorShape.PointingHandCursor if held else Qt.CursorShape.ArrowCursor)

    def _put_held(self, where: Bin) -> None:
        held = next((card for card in self._cards.values() if card.isChecked()), None)
        if held is not None:
            self._put(held, where.name)

    def _drag(self, card: SortCard, place: QPoint) -> None:
        """Show the card under the pointer, and where it would fall."""
        if self._flying is None:
            self._let_go()
            self._flying = QLabel(self)
            self._flying.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self._flying.setPixmap(card.grab())
            self._flying.adjustSize()
            self._flying.show()
            self._flying.raise_()
        here = self.mapFromGlobal(place)
        self._flying.move(card.picture_at(QPointF(here)))
        under = self._bin_at(here)
        for found in (self._pile, *self._bins):
            found.set_wanted(found is under)
        self._scroll_to(here)

    def _drop(self, card: SortCard, place: QPoint) -> None:
        under = self._bin_at(self.mapFromGlobal(place))
        self._let_go()
        if under is not None and under.name != self._places.get(card.name, ""):
            self._put(card, under.name)

    def _let_go(self) -> None:
        """Nothing is in the hand any more."""
        if self._flying is not None:
            self._flying.hide()
            self._flying.deleteLater()
            self._flying = None
        for card in self._cards.values():
            card.setChecked(False)
        for found in (self._pile, *self._bins):
            found.set_wanted(False)
            found.setCursor(Qt.CursorShape.ArrowCursor)

    def _bin_at(self, place: QPoint) -> Bin | None:
        return next((found for found in (self._pile, *self._bins) if found.geometry().contains(place)), None)

    def _scroll_to(self, place: QPoint) -> None:
        """Bring groups into view that lie beyond the edge of the page towards which the card is dragged."""
        above: QWidget | None = self
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        sheet = above.widget() if isinstance(above, QScrollArea) else None
        if isinstance(above, QScrollArea) and sheet is not None:
            at = self.mapTo(sheet, place)
            above.ensureVisible(at.x(), at.y(), 0, theme().px(36))

    def _lay(self) -> None:
        """Let each card lie where it is to be, in the order of the lesson."""
        titles = {found.name: title for found, title in zip(self._bins, self._predict.groups, strict=True)}
        for name, card in self._cards.items():
            place = self._places.get(name, "")
            (next((found for found in self._bins if found.name == place), self._pile)).take(card)
            group = titles.get(place)
            where = self.tr("not sorted yet") if group is None else plain_words(group)
            card.setAccessibleName(f"{card.words} {where}")
        self._pile.setVisible(any(name not in self._places for name in self._cards))


def plain_words(group: Choice) -> str:
    """The words of a group, without its formulas."""
    return "".join(span.text for span in group.text if isinstance(span, Words)) or group.source
