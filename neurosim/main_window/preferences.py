"""Preferences, applied at once: theme, size, how numbers are written, whether things move."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from neurosim.main_window.actions import ZOOM_STEPS
from neurosim.main_window.appearance import Appearance
from neurosim.main_window.present_settings import PresentSettings
from neurosim.widgets.on_screen import fit_on_screen
from neurosim.widgets.scrolling import ScrollingPage
from neurosim.widgets.theme import theme


class PreferencesDialog(QDialog):
    """Owns one control per preference; what of it is in the View menu, too, agrees with it.

    Signals:
        keys_wanted(): the sheet shall be opened on which keys are chosen.
    """

    keys_wanted = Signal()

    def __init__(self, appearance: Appearance, presenting: PresentSettings, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("preferencesDialog")
        self.setWindowTitle(self.tr("Preferences"))
        self._appearance, self._presenting = appearance, presenting
        self._theme = self._choice(
            "themeBox",
            (("light", self.tr("Light")), ("dark", self.tr("Dark")), ("projector", self.tr("Projector"))),
            appearance.set_theme,
        )
        self._zoom = self._choice(
            "zoomBox",
            tuple((str(step), self.tr("{percent} %").format(percent=step)) for step in ZOOM_STEPS),
            lambda step: appearance.set_percent(int(step)),
        )
        self._mode = self._choice(
            "modeBox",
            (
                ("exact", self.tr("exact: −136/3")),
                ("decimal", self.tr("decimal: ~−45.33")),
                ("both", self.tr("both: −136/3 ~ −45.33")),
            ),
            appearance.set_mode,
        )
        self._decimal = self._choice(
            "decimalBox", ((".", self.tr("point: 0.5")), (",", self.tr("comma: 0,5"))), appearance.set_decimal
        )
        self._motion = self._choice(
            "motionBox",
            (
                ("desktop", self.tr("as the desktop says")),
                ("full", self.tr("things slide to their place")),
                ("reduced", self.tr("reduced: everything is there at once")),
            ),
            appearance.set_motion,
        )
        self._letters = self._choice(
            "lettersBox",
            (("on", self.tr("work in the graph and the plots")), ("off", self.tr("do nothing"))),
            lambda chosen: appearance.set_letters(chosen == "on"),
        )
        self._start = self._choice(
            "startBox",
            (("window", self.tr("in a window")), ("present", self.tr("presenting, on the whole screen"))),
            lambda chosen: presenting.set_at_start(chosen == "present"),
        )
        self._hall = self._choice(
            "presentThemeBox",
            (("projector", self.tr("light, with thick lines")), ("dark", self.tr("dark"))),
            presenting.set_theme,
        )
        self._keys = self._choice(
            "presentKeysBox",
            (("off", self.tr("not shown")), ("on", self.tr("shown in a corner"))),
            lambda chosen: presenting.set_keys(chosen == "on"),
        )
        page = QWidget(self)
        form = QFormLayout(page)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme().px(12))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for caption, box in (
            (self.tr("&Theme"), self._theme),
            (self.tr("&Size"), self._zoom),
            (self.tr("&Numbers"), self._mode),
            (self.tr("&Decimal sign"), self._decimal),
            (self.tr("&Motion"), self._motion),
            (self.tr("Single &letters"), self._letters),
            (self.tr("The program st&arts"), self._start),
            (self.tr("A class sees &it"), self._hall),
            (self.tr("&Pressed keys, to a class"), self._keys),
        ):
            form.addRow(caption, box)
            box.setAccessibleName(caption.replace("&", ""))
        keys = QPushButton(self.tr("&Keys…"), self)
        keys.setObjectName("keysButton")
        keys.setAutoDefault(False)
        keys.setToolTip(self.tr("Choose the keys of each command"))
        keys.clicked.connect(self.keys_wanted)
        form.addRow("", keys)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        gap = theme().px(24)
        layout.setContentsMargins(gap, gap, gap, gap)
        layout.setSpacing(theme().px(16))
        layout.addWidget(ScrollingPage(page, self), 1)
        layout.addWidget(buttons)
        appearance.changed.connect(self.refresh)
        presenting.changed.connect(self.refresh)
        self.refresh()
        fit_on_screen(self)

    def refresh(self) -> None:
        """Show what is in force."""
        now = self._appearance
        for box, name in (
            (self._theme, now.theme),
            (self._zoom, str(now.percent)),
            (self._mode, now.mode),
            (self._decimal, now.decimal),
            (self._motion, now.motion),
            (self._letters, "on" if now.letters else "off"),
            (self._start, "present" if self._presenting.at_start else "window"),
            (self._hall, self._presenting.theme),
            (self._keys, "on" if self._presenting.keys else "off"),
        ):
            box.setCurrentIndex(max(0, box.findData(name)))

    def _choice(self, name: str, choices: tuple[tuple[str, str], ...], chosen: Callable[[str], None]) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(name)
        for data, words in choices:
            box.addItem(words, data)
        box.activated.connect(lambda index: chosen(str(box.itemData(index))))
        return box
