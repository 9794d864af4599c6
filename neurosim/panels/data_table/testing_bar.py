"""Which rows are kept for testing: a share by a slider, the seed that draws them, of each class alike on demand."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSlider, QSpinBox, QVBoxLayout, QWidget

from neurosim.document import edits
from neurosim.document.edits.testing import Split, drawn_rows, split_of, target_columns
from neurosim.document.state import DocumentState
from neurosim.engine.metrics.classes import strata_of
from neurosim.panels._gesture import Gesture
from neurosim.panels.base import PanelContext
from neurosim.widgets.elided_label import ElidedLabel
from neurosim.widgets.picture_button import picture_button
from neurosim.widgets.theme import theme

MOST = 90
"""Percent: some rows are always left to train on."""
LARGEST_SEED = 9999


class TestingBar(QWidget):
    """Owns ``testShare``, ``testSeed``, ``testByClass`` and the words that say what is kept out. One drag, one edit."""

    __test__ = False  # for pytest: no test

    def __init__(self, context: PanelContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._gesture = Gesture(context, self)
        self._shown: tuple[object, ...] = ()
        self._held: tuple[object, ...] = ()
        self._build()
        self._connect()
        self.restyle()

    def _build(self) -> None:
        self._caption = QLabel(self.tr("Kept for testing"), self)
        self.share = QSlider(Qt.Orientation.Horizontal, self)
        self.share.setObjectName("testShare")
        self.share.setAccessibleName(self.tr("Share of the rows that are kept for testing"))
        self.share.setRange(0, MOST)
        self.share.setPageStep(10)
        self._percent = QLabel(self)
        self._percent.setObjectName("testPercent")
        self._caption_of_seed = QLabel(self.tr("seed"), self)
        self._caption_of_seed.setProperty("role", "caption")
        self.seed = QSpinBox(self)
        self.seed.setObjectName("testSeed")
        self.seed.setAccessibleName(self.tr("Seed by which the rows are shuffled"))
        self.seed.setRange(0, LARGEST_SEED)
        self.shuffle = picture_button(
            "testShuffle", "dices", self.tr("Draw other rows"), self, tip=self.tr("Draw other rows: the next seed")
        )
        self.by_class = QCheckBox(self.tr("alike of each class"), self)
        self.by_class.setObjectName("testByClass")
        self.words = ElidedLabel(parent=self)
        self.words.setObjectName("testWords")
        self.words.setProperty("role", "caption")
        self._controls, self._below = QHBoxLayout(), QHBoxLayout()
        self._controls.addWidget(self._caption)
        self._controls.addWidget(self.share, 1)
        self._controls.addWidget(self._percent)
        self._movable = (self._caption_of_seed, self.seed, self.shuffle, self.by_class)
        for widget in self._movable:
            self._below.addWidget(widget)
        self._below.addStretch(1)
        self._wide = False
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._controls)
        self._column.addLayout(self._below)
        self._column.addWidget(self.words)

    def _connect(self) -> None:
        self.share.sliderPressed.connect(self._gesture.begin)
        self.share.sliderReleased.connect(self._gesture.finish)
        self.share.valueChanged.connect(self._share_moved)
        self.share.installEventFilter(self)
        self.seed.valueChanged.connect(lambda _seed: self._draw())
        self.shuffle.clicked.connect(lambda _=False: self.seed.setValue((self.seed.value() + 1) % (LARGEST_SEED + 1)))
        self.by_class.toggled.connect(lambda _on: self._draw())

    def restyle(self) -> None:
        """Take the lengths of the current theme."""
        px = theme().px
        self._column.setContentsMargins(px(8), px(4), px(8), px(4))
        self._column.setSpacing(px(2))
        self._controls.setSpacing(px(8))
        self._below.setSpacing(px(8))
        self._percent.setMinimumWidth(px(36))
        self.share.setMinimumWidth(px(80))
        self.seed.setMinimumWidth(px(64))
        self.shuffle.setIconSize(QSize(px(16), px(16)))
        self.shuffle.setMinimumSize(px(28), px(28))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One row where there is room for it, else two."""
        super().resizeEvent(event)
        wide = event.size().width() >= self._room()
        if wide != self._wide:
            self._wide = wide
            for place, widget in enumerate(self._movable):
                if wide:
                    self._controls.addWidget(widget)
                else:
                    self._below.insertWidget(place, widget)

    def minimumSizeHint(self) -> QSize:
        """As narrow as two rows may be."""
        px = theme().px
        narrow = sum(part.sizeHint().width() for part in (self._caption, self._percent)) + px(80 + 2 * 8 + 2 * 8)
        return QSize(narrow, super().minimumSizeHint().height())

    def _room(self) -> int:
        """How wide one row is."""
        px, parts = theme().px, (self._caption, self._percent, *self._movable)
        return sum(part.sizeHint().width() for part in parts) + px(140 + 8 * 8)

    def show_state(self, state: DocumentState) -> None:
        """Show what is kept out in *state*; while the slider is in hand it stays where the hand is."""
        data, targets = state.dataset, target_columns(state)
        # Moving a point changes columns, but seldom those of the targets: what they are is not asked anew each time.
        held = (data.test_rows, *(data.columns.get(name, data.texts.get(name)) for name in targets))
        key = (data.n_rows, targets, state.view.get("split"))
        same = len(held) == len(self._held) and all(a is b for a, b in zip(held, self._held, strict=True))
        if self.isHidden() or (same and key == self._shown):
            return
        self._shown, self._held = key, held
        split, strata = split_of(state), strata_of(data, targets)
        drawn = split is not None and _draws(state, split)
        count, n = len(data.test_rows), data.n_rows
        with QSignalBlocker(self.share), QSignalBlocker(self.seed), QSignalBlocker(self.by_class):
            if not self._gesture.under_way:
                percent = split.share * 100 if split is not None and drawn else Fraction(100 * count, max(n, 1))
                self.share.setValue(round(percent))
            if split is not None and not self.seed.hasFocus():
                self.seed.setValue(min(split.seed, LARGEST_SEED))
            if split is not None:
                self.by_class.setChecked(split.by_class)
        self.share.setEnabled(n > 1)
        self.by_class.setEnabled(strata is not None)
        self.by_class.setToolTip(
            self.tr("Each class gives the same share of its rows (stratified)")
            if strata is not None
            else self.tr("The targets are no classes, so there is nothing to share out")
        )
        self._percent.setText(f"{self.share.value()} %")
        self.words.set_text(self._in_words(count, n, split if drawn else None))

    def _in_words(self, count: int, n: int, split: Split | None) -> str:
        if not count:
            return self.tr("All {n} rows are trained on.").format(n=n)
        found = self.tr("Not trained on: {count} of {n} rows").format(count=count, n=n)
        if split is None:
            return self.tr("{found}, marked by hand.").format(found=found)
        percent = self._context.display.text(split.share * 100)
        how = self.tr("{percent} %, shuffled with seed {seed}").format(percent=percent, seed=split.seed)
        if split.by_class:
            how = self.tr("{how}, alike of each class").format(how=how)
        return self.tr("{found} ({how}).").format(found=found, how=how)

    # -- hands -----------------------------------------------------------------------------------------------------

    def _share_moved(self, percent: int) -> None:
        self._percent.setText(f"{percent} %")
        if not self._gesture.under_way:
            self._gesture.begin()
        self._draw()

    def _draw(self) -> None:
        share = Fraction(self.share.value(), 100)
        split = Split(share, self.seed.value(), self.by_class.isChecked() and self.by_class.isEnabled())
        text = self.tr("Keep {percent} % for testing").format(percent=self.share.value())
        self._gesture.edit(text, edits.split_rows, split)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A key that moves the slider is one gesture until it is let go."""
        if watched is self.share:
            over = event.type() in {QEvent.Type.FocusOut, QEvent.Type.Wheel}
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyRelease:
                over = not event.isAutoRepeat()
            if over and not self.share.isSliderDown():
                self._gesture.finish()
        return super().eventFilter(watched, event)


def _draws(state: DocumentState, split: Split) -> bool:
    """Whether *split* draws the very rows that are kept out now."""
    try:
        return drawn_rows(state, split) == state.dataset.test_rows
    except edits.EditError:
        return False
