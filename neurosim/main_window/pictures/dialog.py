"""The window in which a part of the program becomes a picture: of what, how sharp, copied or saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from neurosim.main_window.dialog_parts import button_row, push_button
from neurosim.main_window.pictures.drawing import as_image
from neurosim.main_window.pictures.views import View
from neurosim.widgets.on_screen import resize_on_screen
from neurosim.widgets.theme import theme

SCALES = (1, 2, 3, 4)
_AGAIN_AFTER = 200
"""Milliseconds after which a change is drawn in the preview."""


class PictureDialog(QDialog):
    """Owns the choice of the view and the sharpness. It is not modal, and shows the view as it is while it is open.

    Signals:
        copy_asked(object, int): the ``View`` is to be copied, with so many pixels for each of the screen.
        save_asked(object, int): it is to be saved.
    """

    copy_asked = Signal(object, int)
    save_asked = Signal(object, int)

    def __init__(self, find_views: Callable[[], tuple[View, ...]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pictureDialog")
        self.setModal(False)
        self.setWindowTitle(self.tr("Export picture"))
        self._find_views = find_views
        self._views: dict[str, View] = {}
        self._again = QTimer(self, singleShot=True, interval=_AGAIN_AFTER)
        self._again.timeout.connect(self.refresh)
        self._build()
        resize_on_screen(self, 560, 460)

    @property
    def view(self) -> View | None:
        """What is chosen."""
        return self._views.get(str(self.what.currentData()))

    @property
    def scale(self) -> int:
        """Pixels of the picture for each of the screen."""
        return int(self.sharpness.currentData())

    def refresh_soon(self) -> None:
        """Something on the screen is another: show it, once it rests for a moment."""
        if self.isVisible() and not self._again.isActive():
            self._again.start()

    def refresh(self) -> None:
        """Show what can be drawn now, and how the chosen view would look."""
        self._list_views()
        view = self.view
        for button in (self.copy, self.save):
            button.setEnabled(view is not None)
        if view is None:
            return
        self._name_sizes(view)
        image = as_image(view.widget, self.devicePixelRatioF(), whole=view.whole)
        room = self.preview.contentsRect().size() * self.devicePixelRatioF()
        pixmap = QPixmap.fromImage(image)
        if pixmap.width() > room.width() or pixmap.height() > room.height():
            smooth = Qt.TransformationMode.SmoothTransformation
            pixmap = pixmap.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self.preview.setPixmap(pixmap)
        self.preview.setAccessibleDescription(view.title)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the view as it is now."""
        super().showEvent(event)
        self.refresh_soon()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the preview."""
        super().resizeEvent(event)
        self.refresh_soon()

    # -- making ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        px = theme().px
        self.what = QComboBox(self)
        self.what.setObjectName("pictureOf")
        self.what.activated.connect(lambda _: self.refresh())
        self.sharpness = QComboBox(self)
        self.sharpness.setObjectName("pictureScale")
        for scale in SCALES:
            self.sharpness.addItem("", scale)
        self.sharpness.setCurrentIndex(1)
        form = QFormLayout()
        form.setHorizontalSpacing(px(12))
        form.setVerticalSpacing(px(8))
        for words, box in ((self.tr("&Picture of"), self.what), (self.tr("&Pixels"), self.sharpness)):
            box.setAccessibleName(words.replace("&", ""))
            form.addRow(words, box)
        self.preview = QLabel(self)
        self.preview.setObjectName("picturePreview")
        self.preview.setAccessibleName(self.tr("How it will look"))
        self.preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.preview.setMinimumSize(px(240), px(120))
        hint = QLabel(self.tr("An SVG keeps its lines sharp at any size; its letters need no font."), self)
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(16), px(20), px(16))
        layout.setSpacing(px(12))
        layout.addLayout(form)
        layout.addWidget(self.preview, 1)
        layout.addWidget(hint)
        layout.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        close = push_button("closePicture", self.tr("Close"), self.reject, self)
        self.copy = push_button(
            "copyPicture", self.tr("&Copy"), lambda: self.copy_asked.emit(self.view, self.scale), self
        )
        self.save = push_button(
            "savePicture", self.tr("&Save…"), lambda: self.save_asked.emit(self.view, self.scale), self
        )
        return button_row(close, self.copy, self.save)

    def _list_views(self) -> None:
        """Offer what is to be seen now; what was chosen stays chosen while it is there."""
        found = {view.name: view for view in self._find_views()}
        if list(found) != list(self._views):
            chosen = self.what.currentData()
            self.what.clear()
            for view in found.values():
                self.what.addItem(view.title, view.name)
            self.what.setCurrentIndex(max(0, self.what.findData(chosen)))
        self._views = found

    def _name_sizes(self, view: View) -> None:
        for number, scale in enumerate(SCALES):
            size = view.widget.size() * scale
            self.sharpness.setItemText(
                number,
                self.tr("{width} × {height} (as on the screen)" if scale == 1 else "{width} × {height}").format(
                    width=size.width(), height=size.height()
                ),
            )
