"""The row over the variants: add one, run and step them all, begin anew, and how fast."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from neurosim.panels.variants.adding import Offer
from neurosim.widgets.icons import icon
from neurosim.widgets.picture_button import picture_button
from neurosim.widgets.segments import Segments
from neurosim.widgets.theme import theme


class VariantsHead(QWidget):
    """Owns ``variantsAdd`` with its menu, ``variantsRun``, ``variantsStep``, ``variantsRestart`` and the speeds.

    Signals:
        menu_wanted(): the menu is about to open and asks for ``offer``.
        add_wanted(offer): the user chose what to add.
        run_wanted(), step_wanted(), restart_wanted(): of all variants.
        speed_chosen(str): ``1x``, ``10x`` or ``max``.
    """

    menu_wanted = Signal()
    add_wanted = Signal(object)
    run_wanted = Signal()
    step_wanted = Signal()
    restart_wanted = Signal()
    speed_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.add = QPushButton(icon("plus"), self.tr("Add"), self)
        self.add.setObjectName("variantsAdd")
        self.add.setAccessibleName(self.tr("Add a variant"))
        self.menu = QMenu(self.add)
        self.menu.setObjectName("variantsAddMenu")
        self.menu.aboutToShow.connect(self.menu_wanted)
        self.add.setMenu(self.menu)
        self.run = QPushButton(self.tr("Run"), self)
        self.run.setObjectName("variantsRun")
        self.run.setProperty("primary", True)
        self.run.clicked.connect(lambda _=False: self.run_wanted.emit())
        self.step = QPushButton(icon("step-forward"), self.tr("Step"), self)
        self.step.setObjectName("variantsStep")
        self.step.setToolTip(self.tr("One step of training with each variant"))
        self.step.clicked.connect(lambda _=False: self.step_wanted.emit())
        self.restart = picture_button(
            "variantsRestart", "skip-back", self.tr("Begin anew at step 0"), self, focus=Qt.FocusPolicy.StrongFocus
        )
        self.restart.clicked.connect(lambda _=False: self.restart_wanted.emit())
        self.speeds = Segments((("1x", "1×"), ("10x", "10×"), ("max", self.tr("max"))), self)
        self.speeds.setObjectName("variantsSpeed")
        self.speeds.setAccessibleName(self.tr("Speed of all variants"))
        self.speeds.chosen.connect(self.speed_chosen)
        self._row = QHBoxLayout(self)
        for widget in (self.add, self.run, self.step, self.restart, self.speeds):
            self._row.addWidget(widget)
        self._row.addStretch(1)
        self._running: bool | None = None

    def offer(self, offers: Iterable[Offer]) -> None:
        """Fill the menu."""
        self.menu.clear()
        groups: dict[str, QMenu] = {}
        for offer in offers:
            menu = self.menu
            if offer.group:
                if offer.group not in groups:
                    if not groups:
                        self.menu.addSeparator()
                    groups[offer.group] = self.menu.addMenu(offer.group)
                menu = groups[offer.group]
            action = menu.addAction(offer.words)
            action.setObjectName(f"variantsAdd-{offer.name}")
            action.triggered.connect(lambda _=False, offer=offer: self.add_wanted.emit(offer))

    def show_state(self, *, running: bool, can_run: bool, can_add: str, begun: bool, speed: str) -> None:
        """Enable the buttons; *can_add* says why nothing can be added, or is empty."""
        if running != self._running:
            self._running = running
            self.run.setText(self.tr("Pause") if running else self.tr("Run"))
            self.run.setIcon(icon("pause" if running else "play", "on_accent"))
        self.run.setEnabled(running or can_run)
        self.run.setToolTip(
            self.tr("Train all variants together, step for step")
            if running or can_run
            else self.tr("None of the variants can take another step")
        )
        self.step.setEnabled(can_run and not running)
        self.restart.setEnabled(begun)
        self.add.setEnabled(not can_add)
        self.add.setToolTip(can_add or self.tr("Add the document, or the document with one thing changed"))
        self.speeds.set_value(speed)

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        px = theme().px
        self._row.setContentsMargins(px(8), px(6), px(8), px(2))
        self._row.setSpacing(px(6))
        for button in (self.add, self.run, self.step):
            button.setIconSize(QSize(px(16), px(16)))
        self.restart.setIconSize(QSize(px(18), px(18)))
        self.restart.setMinimumSize(px(28), px(28))
