"""The bar at the foot of the window: the walk through a step; step, back, run and the loss; how training is done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from neurosim.main_window.action_book import ActionBook
from neurosim.main_window.action_button import ActionButton, QuietButton
from neurosim.main_window.training_bar import TrainingBar
from neurosim.main_window.walk_bar import WalkBar
from neurosim.main_window.wrap_layout import WrapLayout
from neurosim.panels.headline import HeadlineNumbers
from neurosim.records import dataclass
from neurosim.training.pace import Paced
from neurosim.training.session import TrainingSession
from neurosim.widgets.fonts import ui_font
from neurosim.widgets.icons import icon
from neurosim.widgets.segments import Segments
from neurosim.widgets.theme import theme


@dataclass(frozen=True)
class Form:
    """One way to show the buttons: with their words, with the speeds, with what is used seldom; else in a menu.

    ``step``: whether the foremost of them still has its word.
    """

    words: bool = False
    speed: bool = False
    seldom: bool = False
    rewind: bool = True
    step: bool = True


FORMS = (
    Form(words=True, speed=True, seldom=True),
    Form(words=True, speed=True),
    Form(speed=True),
    Form(),
    Form(rewind=False),
    Form(rewind=False, step=False),
)
"""From the one that says most to the one that needs least."""


class StepBar(QFrame):
    """Owns the buttons of training. It never scrolls away. Where there is less room than it would like, what is used
    seldom goes into a menu, then buttons show their icons alone, then the speeds go, too. Only after that rows wrap.

    The buttons show actions of the registry, so that menus, keys and buttons are enabled and named alike.
    """

    def __init__(
        self,
        book: ActionBook,
        session: TrainingSession,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("stepBar")
        self.setAccessibleName(self.tr("Training"))
        self._book = book
        self._session = session
        self.setProperty("role", "bar")
        self._step = ActionButton(book["step"], "stepButton", self, primary=True)
        self._step.show_icon("step-forward")
        self._full = ActionButton(book["fullStep"], "fullStepButton", self)
        self._full.show_icon("skip-forward")
        self._back = ActionButton(book["back"], "backButton", self)
        self._back.show_icon("step-back")
        self._run = ActionButton(book["run"], "runButton", self)
        self._rewind = ActionButton(book["rewind"], "rewindButton", self)
        self._rewind.show_icon("skip-back")
        self._random = QuietButton(book["newRandomStart"], "newRandomStartButton", self)
        self._reset = QuietButton(book["resetAll"], "resetAllButton", self)
        self._stop = QuietButton(book["stopConditions"], "stopConditionsButton", self)
        self._supply = ActionButton(book["supplyData"], "supplyDataButton", self)
        self._supply.show_icon("table")
        self._supply.hide()
        self._refusal = QLabel(self)
        self._refusal.setObjectName("stepRefusalLabel")
        self._refusal.setProperty("role", "problem")
        self._refusal.hide()
        self._refusal.setWordWrap(True)
        self._refusal.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._speed = self._speed_choice()
        self._worded = (self._rewind, self._back, self._full, self._run)
        self._seldom = (self._stop, self._random, self._reset)
        self._more = self._more_button()
        self._widths: tuple[object, tuple[tuple[Form, int], ...]] | None = None
        self._run_words = (self.tr("Run"), self.tr("Pause"))
        self._run_width = 0
        self._form: Form | None = None
        self._folded_at = (0, 0.0)
        self._stood: tuple[object, ...] = ()

    def fill(self, walk: WalkBar, training: TrainingBar, headline: HeadlineNumbers) -> None:
        """Take the widgets that were made inside of it, and follow the session from now on."""
        self._headline = headline
        self._walk = walk
        self._lay_out(walk, training, headline)
        self._session.walk.changed.connect(self.refresh)
        self._session.running_changed.connect(self.refresh)
        Paced(self._session, 20.0, self._frame, self)
        self.refresh()

    def _frame(self, _: object) -> None:
        """In most frames of a drag or a run nothing becomes possible or impossible."""
        if self._standing() != self._stood:
            self.refresh()

    def _standing(self) -> tuple[object, ...]:
        """All that the buttons depend on."""
        session, book = self._session, self._book
        refusal = session.step_refusal
        supply = refusal is not None and self._supply.isEnabled()
        tips = book.tip("step"), book.tip("fullStep"), book.tip("back")
        return session.running, refusal, session.can_back, session.speed, supply, tips

    def refresh(self, *_: object) -> None:
        """Show what is possible now, and when Step is not, why."""
        self._stood = self._standing()
        running = self._session.running
        refusal = self._session.step_refusal
        run = self._book["run"]
        for name in ("step", "fullStep", "canvasStep"):
            self._book[name].setEnabled(refusal is None and not running)
        for name in ("back", "canvasBack"):
            self._book[name].setEnabled(self._session.can_back and not running)
        run.setEnabled(running or refusal is None)
        words = self._run_words[running]
        if run.text() != words:
            run.setText(words)
        self._run.show_icon("pause" if running else "play")
        reason = self.tr("Training is running: pause it first.") if running else refusal or ""
        self._speed.set_value(self._session.speed)
        for name in ("step", "fullStep", "back"):
            action = self._book[name]
            tip = reason if reason and not action.isEnabled() else self._book.tip(name)
            if action.toolTip() != tip:
                action.setToolTip(tip)
        shown = "" if running else (refusal or "")
        self._supply.setVisible(bool(shown) and self._supply.isEnabled())
        if self._refusal.text() != shown:
            self._refusal.setText(shown)
            self._refusal.setToolTip(shown)
            self._refusal.setVisible(bool(shown))

    def set_room(self, *, narrow: bool, tiny: bool, low: bool) -> None:
        """Say less in a narrow window, in smaller figures in a tiny one, and take fewer rows in a low one."""
        self._walk.set_room(narrow=narrow, low=low)
        self._headline.set_brief(narrow, small=tiny)

    @property
    def stop_anchors(self) -> tuple[QWidget, ...]:
        """Beside what the sheet of the stop conditions opens: its button, or the menu that it is folded into."""
        return self._stop, self._more

    def changeEvent(self, event: QEvent) -> None:
        """Take the lengths of another zoom."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._set_gaps()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold what there is no room for."""
        super().resizeEvent(event)
        self._fold()

    def event(self, event: QEvent) -> bool:
        """Fold, too, when numbers or words take more room than before."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fold()
        return super().event(event)

    # -- room ------------------------------------------------------------------------------------------------------

    def _fold(self) -> None:
        """Keep the buttons and the numbers in one row, as far as that is possible."""
        margins = self._column.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._headline.sizeHint().width()
        form = next((form for form, width in self._forms() if width <= room), FORMS[-1])
        if self._session.running and self._form is not None and self._folded_at == (self.width(), theme().zoom):
            form = self._form  # the button that ends the run stays under the pointer, whatever the numbers grow to
        self._form, self._folded_at = form, (self.width(), theme().zoom)
        for button in self._worded:
            button.set_compact(not form.words)
        self._step.set_compact(not form.step)
        self._speed.setVisible(form.speed)
        self._run.setMinimumWidth(self._run_width if form.words else 0)
        self._set_rewind(form.rewind)
        for widget in self._seldom:
            widget.setVisible(form.seldom)
        self._more.setVisible(not form.seldom)

    def _set_rewind(self, shown: bool) -> None:
        """Show the button, or put what it does first into the menu."""
        if shown == self._rewind.isHidden():
            self._rewind.setVisible(shown)
            menu, action = self._more.menu(), self._book["rewind"]
            if shown:
                menu.removeAction(action)
            else:
                menu.insertAction(menu.actions()[0], action)

    def _forms(self) -> tuple[tuple[Form, int], ...]:
        """Each way to show the buttons, with the width that they and the gaps around them take."""
        key = (theme().zoom, self.font().key(), tuple(button.words for button in self._worded[:-1]))
        if self._widths is None or self._widths[0] != key:
            # Not at each call: to measure a button asks for a layout, and a layout measures.
            self._run_width = max(map(self._run.width_of, self._run_words))
            self._widths = (key, tuple((form, self._width(form)) for form in FORMS))
        return self._widths[1]

    def _width(self, form: Form) -> int:
        worded = self._worded if form.rewind else self._worded[1:]
        widths = [button.width_of(button.words if form.words else "") for button in worded[:-1]]
        widths.append(self._run_width if form.words else widths[-1])
        widths.append(self._step.width_of(self._step.words if form.step else ""))
        shown: list[QWidget] = [self._speed] if form.speed else []
        shown += self._seldom if form.seldom else [self._more]
        widths += [widget.sizeHint().width() for widget in shown]
        return sum(widths) + theme().px(8) * (len(widths) + 1)

    # -- making ----------------------------------------------------------------------------------------------------

    def _more_button(self) -> QToolButton:
        """What is used seldom, as a menu."""
        button = QToolButton(self)
        button.setObjectName("stepMoreButton")
        words = self.tr("Speed, when to stop, new random start, reset")
        button.setAccessibleName(words)
        button.setToolTip(words)
        button.setIcon(icon("ellipsis"))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        menu.setObjectName("stepMoreMenu")
        for name in ("speed-1x", "speed-10x", "speed-max"):
            menu.addAction(self._book[name])
        menu.addSeparator()
        for name in ("stopConditions", "newRandomStart", "resetAll"):
            menu.addAction(self._book[name])
        button.setMenu(menu)
        button.hide()
        return button

    def _speed_choice(self) -> Segments:
        """The actions of the speed menu under short names."""
        choice = Segments((("1x", "1×"), ("10x", "10×"), ("max", self.tr("max"))), self)
        choice.setObjectName("speedChoice")
        choice.setAccessibleName(self.tr("Speed"))
        for speed in ("1x", "10x", "max"):
            spec = self._book.specs[f"speed-{speed}"]
            choice.button(speed).setToolTip(spec.plain_text)
            choice.button(speed).setAccessibleName(self.tr("Speed: {words}").format(words=spec.plain_text))
            self._book[f"speed-{speed}"].triggered.connect(self.refresh)
        choice.chosen.connect(lambda speed: self._book[f"speed-{speed}"].trigger())
        return choice

    def _lay_out(self, walk: QWidget, training: TrainingBar, headline: QWidget) -> None:
        self._top = WrapLayout()
        for widget in (
            self._rewind,
            self._back,
            self._step,
            self._full,
            self._run,
            self._stop,
            self._speed,
            self._random,
            self._reset,
            self._more,
        ):
            self._top.addWidget(widget)
        room = QWidget(self)  # pushes the numbers to the right
        room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._top.addWidget(room)
        self._top.addWidget(headline)
        training.add_last(self._supply)
        training.add_last(self._refusal)
        self._column = QVBoxLayout(self)
        self._column.addWidget(walk)
        self._column.addLayout(self._top)
        self._column.addWidget(training)
        self._set_gaps()

    def _set_gaps(self) -> None:
        px = theme().px
        self._column.setContentsMargins(px(16), px(6), px(16), px(8))
        self._column.setSpacing(px(6))
        self._top.set_gaps(px(8), px(4))
        self._more.setIconSize(QSize(px(18), px(18)))
        self._refusal.setMinimumWidth(px(200))
        self._refusal.setFixedHeight(px(32))
        self._refusal.setFont(ui_font(12))
