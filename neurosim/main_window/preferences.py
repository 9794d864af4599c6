"""Preferences, applied at once: theme, size, how numbers are written, whether things move."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from neurosim.main_window.actions import ZOOM_STEPS
from neurosim.main_window.appearance import Appearance
from neurosim.main_window.dialog_parts import push_button
from neurosim.main_window.present_settings import PresentSettings
from neurosim.records import dataclass
from neurosim.widgets.on_screen import fit_on_screen
from neurosim.widgets.scrolling import ScrollingPage
from neurosim.widgets.theme import theme


@dataclass(frozen=True)
class Preference:
    """One thing that can be chosen.

    Attributes:
        name: under which its control is found.
        caption: what it is called, with the letter that leads to it.
        choices: what each choice is kept as, and its words.
        choose: takes a choice.
        now: what is chosen.
    """

    name: str
    caption: str
    choices: tuple[tuple[str, str], ...]
    choose: Callable[[str], object]
    now: Callable[[], str]


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
        page = QWidget(self)
        form = QFormLayout(page)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme().px(12))
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._boxes: list[tuple[QComboBox, Preference]] = []
        for preference in (*self._of_appearance(appearance), *self._of_presenting(presenting)):
            box = self._box(preference)
            form.addRow(preference.caption, box)
            self._boxes.append((box, preference))
        keys = push_button("keysButton", self.tr("&Keys…"), self.keys_wanted.emit, self)
        keys.setAutoDefault(False)
        keys.setToolTip(self.tr("Choose the keys of each command"))
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
        for box, preference in self._boxes:
            box.setCurrentIndex(max(0, box.findData(preference.now())))

    def _of_appearance(self, appearance: Appearance) -> tuple[Preference, ...]:
        return (
            Preference(
                "themeBox",
                self.tr("&Theme"),
                (("light", self.tr("Light")), ("dark", self.tr("Dark")), ("projector", self.tr("Projector"))),
                appearance.set_theme,
                lambda: appearance.theme,
            ),
            Preference(
                "zoomBox",
                self.tr("&Size"),
                tuple((str(step), self.tr("{percent} %").format(percent=step)) for step in ZOOM_STEPS),
                lambda step: appearance.set_percent(int(step)),
                lambda: str(appearance.percent),
            ),
            Preference(
                "modeBox",
                self.tr("&Numbers"),
                (
                    ("exact", self.tr("exact: −136/3")),
                    ("decimal", self.tr("decimal: ~−45.33")),
                    ("both", self.tr("both: −136/3 ~ −45.33")),
                ),
                appearance.set_mode,
                lambda: appearance.mode,
            ),
            Preference(
                "decimalBox",
                self.tr("&Decimal sign"),
                ((".", self.tr("point: 0.5")), (",", self.tr("comma: 0,5"))),
                appearance.set_decimal,
                lambda: appearance.decimal,
            ),
            Preference(
                "motionBox",
                self.tr("&Motion"),
                (
                    ("desktop", self.tr("as the desktop says")),
                    ("full", self.tr("things slide to their place")),
                    ("reduced", self.tr("reduced: everything is there at once")),
                ),
                appearance.set_motion,
                lambda: appearance.motion,
            ),
            Preference(
                "lettersBox",
                self.tr("Single &letters"),
                (("on", self.tr("work in the graph and the plots")), ("off", self.tr("do nothing"))),
                lambda chosen: appearance.set_letters(chosen == "on"),
                lambda: "on" if appearance.letters else "off",
            ),
        )

    def _of_presenting(self, presenting: PresentSettings) -> tuple[Preference, ...]:
        return (
            Preference(
                "startBox",
                self.tr("The program st&arts"),
                (("window", self.tr("in a window")), ("present", self.tr("presenting, on the whole screen"))),
                lambda chosen: presenting.set_at_start(chosen == "present"),
                lambda: "present" if presenting.at_start else "window",
            ),
            Preference(
                "presentThemeBox",
                self.tr("A class sees &it"),
                (("projector", self.tr("light, with thick lines")), ("dark", self.tr("dark"))),
                presenting.set_theme,
                lambda: presenting.theme,
            ),
            Preference(
                "presentKeysBox",
                self.tr("&Pressed keys, to a class"),
                (("off", self.tr("not shown")), ("on", self.tr("shown in a corner"))),
                lambda chosen: presenting.set_keys(chosen == "on"),
                lambda: "on" if presenting.keys else "off",
            ),
        )

    def _box(self, preference: Preference) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(preference.name)
        box.setAccessibleName(preference.caption.replace("&", ""))
        for kept, words in preference.choices:
            box.addItem(words, kept)
        box.activated.connect(lambda index: preference.choose(str(box.itemData(index))))
        return box
