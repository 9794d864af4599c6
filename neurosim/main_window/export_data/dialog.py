"""The window in which the data become a table file: what separates cells and decimals, and how that will look."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from neurosim.document.csv_decode import SPOKEN
from neurosim.document.csv_export import SEPARATORS, export_form
from neurosim.document.csv_writing import first_lines
from neurosim.document.document import Document
from neurosim.document.table import TableError
from neurosim.engine.table_form import TableForm
from neurosim.main_window.dialog_parts import button_row, push_button
from neurosim.widgets.on_screen import resize_on_screen
from neurosim.widgets.theme import theme
from neurosim.widgets.word_label import word_label

LINES = 6
_OWN = "own"


class ExportDialog(QDialog):
    """Owns the choices. It is not modal, and shows the data as they are while it is open.

    Signals:
        asked(object): the ``TableForm`` in which the data are to be written.
    """

    asked = Signal(object)

    def __init__(self, document: Document, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("exportDataDialog")
        self.setModal(False)
        self.setWindowTitle(self.tr("Export data"))
        self._document = document
        self._build()
        document.rows_changed.connect(self.refresh)
        document.was_reset.connect(self.refresh)
        self.refresh()
        resize_on_screen(self, 560, 400)

    @property
    def form(self) -> TableForm:
        """The form that is chosen."""
        own = self._document.state.dataset.form
        separator, decimal = self._separator.currentData(), self._decimal.currentData()
        sign = None if decimal == _OWN else str(decimal)
        if separator == _OWN:
            return own if sign in (None, own.decimal) else export_form(own, "csv", own.delimiter, sign)
        return export_form(own, "csv", SEPARATORS[str(separator)], sign)

    @property
    def suffix(self) -> str:
        """What a file of this form is usually called."""
        return ".tsv" if self.form.delimiter == "\t" else ".csv"

    def refresh(self) -> None:
        """Show the first lines of the file as it would be now."""
        if self.isHidden() and self._lines.toPlainText():
            return
        dataset = self._document.state.dataset
        self._name_own(dataset.form)
        try:
            text = first_lines(dataset, self.form, LINES)
        except TableError as error:
            self._said.setText(str(error))
            self._lines.setPlainText("")
            self._button.setEnabled(False)
            return
        self._button.setEnabled(True)
        self._lines.setPlainText(text.replace("\t", "→\t"))
        self._said.setText(self._sentence())

    def showEvent(self, event: QShowEvent) -> None:
        """Show the data as they are now."""
        super().showEvent(event)
        self._lines.clear()
        self.refresh()

    def _sentence(self) -> str:
        dataset = self._document.state.dataset
        rows = f"{dataset.n_table_rows:,}".replace(",", "\u202f")
        said = [self.tr("{rows} rows, {columns} columns.").format(rows=rows, columns=len(dataset.names))]
        if dataset.aside:
            kept = self.tr("{n} of them are kept out of training and are written too.")
            said.append(kept.format(n=len(dataset.aside)))
        if self.form == dataset.form and (dataset.spelling or dataset.form != TableForm()):
            encoding = SPOKEN[dataset.form.encoding]
            own = self.tr("What was not changed is written exactly as it was read ({encoding}).")
            said.append(own.format(encoding=encoding))
        else:
            said.append(self.tr("Written as {encoding}.").format(encoding=SPOKEN[self.form.encoding]))
        return " ".join(said)

    def _name_own(self, own: TableForm) -> None:
        """Say what "as it was read" means for these data."""
        signs = {sign: name for name, sign in SEPARATORS.items()}
        names = {
            "comma": self.tr("comma"),
            "semicolon": self.tr("semicolon"),
            "tab": self.tr("tab"),
            "bar": self.tr("bar"),
        }
        separator = names.get(signs.get(own.delimiter, ""), self.tr("spaces"))
        self._separator.setItemText(0, self.tr("As in the data ({sign})").format(sign=separator))
        decimal = self.tr("comma") if own.decimal == "," else self.tr("point")
        self._decimal.setItemText(0, self.tr("As in the data ({sign})").format(sign=decimal))

    # -- making ----------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        px = theme().px
        self._separator = QComboBox(self)
        self._separator.setObjectName("exportSeparator")
        for title, name in (
            (self.tr("As in the data"), _OWN),
            (self.tr("Comma  ,"), "comma"),
            (self.tr("Semicolon  ;"), "semicolon"),
            (self.tr("Tab (TSV)"), "tab"),
            (self.tr("Bar  |"), "bar"),
        ):
            self._separator.addItem(title, name)
        self._decimal = QComboBox(self)
        self._decimal.setObjectName("exportDecimal")
        for title, sign in (
            (self.tr("As in the data"), _OWN),
            (self.tr("Point  0.5"), "."),
            (self.tr("Comma  0,5"), ","),
        ):
            self._decimal.addItem(title, sign)
        form = QFormLayout()
        form.setHorizontalSpacing(px(12))
        form.setVerticalSpacing(px(8))
        for words, box in ((self.tr("&Separator"), self._separator), (self.tr("&Decimal sign"), self._decimal)):
            box.setAccessibleName(words.replace("&", ""))
            box.activated.connect(lambda _: self.refresh())
            form.addRow(words, box)
        self._lines = QPlainTextEdit(self)
        self._lines.setObjectName("exportPreview")
        self._lines.setAccessibleName(self.tr("First lines of the file"))
        self._lines.setReadOnly(True)
        self._lines.setTabChangesFocus(True)
        self._lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._lines.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._said = word_label("exportSaid", "muted", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(20), px(16), px(20), px(16))
        layout.setSpacing(px(12))
        layout.addLayout(form)
        layout.addWidget(self._lines, 1)
        layout.addWidget(self._said)
        layout.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        cancel = push_button("cancelExport", self.tr("Cancel"), self.reject, self)
        self._button = push_button("exportButton", self.tr("&Export…"), lambda: self.asked.emit(self.form), self)
        return button_row(cancel, self._button)
