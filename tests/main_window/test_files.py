"""New, open, save and close: nothing is lost, nothing is asked without need, a bad file changes nothing."""

from __future__ import annotations

from fractions import Fraction

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QWidget

from neurosim import paths
from neurosim.document import edits
from neurosim.document.json_format import load, save
from neurosim.document.state import DocumentState
from neurosim.main_window.dialogs import Dialogs
from neurosim.main_window.drop import dropped_path
from neurosim.main_window.file_controller import FileController
from neurosim.main_window.recent import LIMIT, RecentFiles


class Answers(Dialogs):
    """Answers by itself, and counts how often it was asked."""

    def __init__(self, save_changes="cancel", path=None):
        super().__init__()
        self.save_changes, self.path, self.asked = save_changes, path, 0

    def ask_save_changes(self, _parent, _name):
        self.asked += 1
        return self.save_changes

    def ask_open_path(self, _parent, _folder):
        return self.path

    def ask_save_path(self, _parent, _suggestion):
        return self.path


@pytest.fixture
def files(document, session, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return FileController(document, session, Answers(), window)


def _change(document):
    document.edit("Set bias", edits.set_bias, "n", Fraction(7))


def test_unchanged_documents_ask_nothing(files):
    files.new_empty()
    assert files.dialogs.asked == 0
    assert files._document.state == DocumentState()


@pytest.mark.parametrize(("answer", "left"), [("cancel", False), ("discard", True)])
def test_changes_are_asked_about(files, document, answer, left):
    _change(document)
    files.dialogs.save_changes = answer
    assert files.may_discard() is left
    assert files.dialogs.asked == 1
    assert document.modified


def test_saving_from_the_question_saves(files, document, tmp_path):
    _change(document)
    files.dialogs.save_changes, files.dialogs.path = "save", tmp_path / "kept.neurosim"
    assert files.may_discard()
    assert load(tmp_path / "kept.neurosim").network.node_by_id["n"].bias == Fraction(7)


def test_a_cancelled_name_keeps_the_document_open(files, document):
    _change(document)
    files.dialogs.save_changes = "save"
    assert not files.may_discard()


def test_saved_and_opened_again_is_the_same(files, document, tmp_path):
    path = tmp_path / "work.neurosim"
    _change(document)
    files.dialogs.path = path
    assert files.save()
    assert document.path == path
    assert not document.modified
    kept = document.state
    files.new_empty()
    assert files.open_path(path)
    assert document.state == kept
    assert files.recent.paths[0] == path


def test_an_example_is_never_written_to(files, document):
    files.open_example(paths.example("lecture"))
    assert document.path is None


def test_nor_is_one_that_was_opened_by_its_path(files, document, tmp_path):
    assert files.open_path(paths.example("four_points"))
    assert document.path is None
    files.dialogs.path = tmp_path / "mine.neurosim"
    assert files.save()
    assert document.path == tmp_path / "mine.neurosim"


def test_a_bad_file_changes_nothing(files, document, tmp_path, qtbot):
    bad = tmp_path / "bad.neurosim"
    bad.write_text("{")
    before = document.state
    with qtbot.waitSignal(files.said) as said:
        assert not files.open_path(bad)
    assert "bad.neurosim" in said.args[0]
    assert document.state is before
    assert document.path is None


def test_a_missing_file_is_said(files, tmp_path, qtbot):
    with qtbot.waitSignal(files.said) as said:
        assert not files.open_path(tmp_path / "gone.neurosim")
    assert "gone.neurosim" in said.args[0]


def test_a_folder_that_cannot_be_written_is_said(files, document, tmp_path, qtbot):
    files.dialogs.path = tmp_path / "no such folder" / "work.neurosim"
    _change(document)
    with qtbot.waitSignal(files.said) as said:
        assert not files.save()
    assert "work.neurosim" in said.args[0]
    assert document.modified


def test_tables_are_handed_on(files, tmp_path, qtbot):
    table = tmp_path / "data.CSV"
    table.write_text("x,y\n1,2\n")
    with qtbot.waitSignal(files.table_opened) as opened:
        assert files.open_path(table)
    assert opened.args == [table]


def test_recent_files_newest_first_and_not_too_many(qapp, tmp_path):
    recent = RecentFiles()
    made = [tmp_path / f"{i}.neurosim" for i in range(LIMIT + 3)]
    for path in made:
        save(DocumentState(), path)
        recent.add(path)
    recent.add(made[10])
    wanted = [made[10], *(path for path in reversed(made) if path != made[10])][:LIMIT]
    assert list(RecentFiles().paths) == wanted
    made[10].unlink()
    assert made[10] not in recent.paths
    recent.clear()
    assert recent.paths == ()


def test_what_can_be_dropped(tmp_path):
    def dropped(*names):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in names])
        return dropped_path(data)

    assert dropped("a.neurosim") == tmp_path / "a.neurosim"
    assert dropped("picture.png", "b.csv") == tmp_path / "b.csv"
    assert dropped("c.TSV") == tmp_path / "c.TSV"
    assert dropped("picture.png") is None
    assert dropped_path(QMimeData()) is None
