"""What people do with the program, done with a real mouse and keyboard in a real window: one function per story.

Run as a script with the name of a story; a second argument is a folder for pictures of the screen.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import panel_stories
import tasks_clicks
import tasks_keyboard
import tasks_lesson
import tasks_mouse
import tasks_present
import tasks_training
from PySide6.QtCore import QLocale, QPoint, QPointF, QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QListView, QWidget
from story import MINUS, Story
from usability import LINES

from neurosim.main_window.window import MainWindow
from neurosim.panels.timeline.view import TrackView
from neurosim.panels.working.view import WorkingView
from neurosim.paths import example, resources


def first_screen(story: Story) -> None:
    """The lecture's neuron is there, alive, with nothing in the way."""
    story.shows("lossLabel", "466/9")
    story.shows("lossLabel", "51.78")
    story.shows("gradientLabel", "-136/3")
    story.shows("gradientLabel", "-14")
    story.shows("stepCountLabel", "0")
    assert [w for w in QApplication.topLevelWidgets() if w.isVisible()] == [story.window]
    assert not story.window.isWindowModified()
    story.picture("whole")


def drag_a_point(story: Story) -> None:
    """Dragging (4, 4) to (4, 2) changes loss and gradient in the same frame, and nothing else."""
    before = story.window.document.state
    ranges = story.plot.viewRange()

    def halfway() -> None:
        story.wait(lambda: story.window.document.state.dataset != before.dataset, "the point moves with the hand")
        snapshot = story.window.session.snapshot
        story.shows("lossLabel", story.window.display.text(snapshot.loss).replace(MINUS, "-"))
        assert story.window.document.state.network == before.network
        story.picture("halfway")

    story.robot.drag(story.at(4, 4), story.at(4, 2), halfway=halfway)
    story.shows("lossLabel", "328/9")
    story.shows("gradientLabel", "-112/3")
    story.shows("gradientLabel", "-12")
    assert story.window.document.state.dataset.row(1) == {"x": 4, "y": 2}
    assert story.window.document.state.network == before.network
    assert story.plot.viewRange() == ranges
    story.picture("after")
    story.robot.keys("ctrl+z")
    story.shows("lossLabel", "466/9")
    assert story.window.document.state == before
    assert not story.window.document.can_undo


def escape_a_drag(story: Story) -> None:
    """Escape during a drag puts the point back, and leaves nothing to undo."""
    before = story.window.document.state
    story.robot.press(story.at(4, 4))
    story.robot.point_at(story.at(4, 3))
    story.robot.point_at(story.at(4, 1))
    story.wait(lambda: story.window.document.state != before, "the point moves")
    story.robot.keys("Escape")
    story.wait(lambda: story.window.document.state == before, "Escape puts it back")
    story.robot.release()
    assert story.window.document.state == before
    assert not story.window.document.can_undo


def step_and_back(story: Story) -> None:
    """A full step is exactly the lecture's; back restores every bit; the buttons do the same."""
    start = story.window.document.state
    story.robot.keys("ctrl+shift+Right")
    story.shows("lossLabel", "8149/2025")
    story.shows("gradientLabel", "-554/45")
    story.shows("stepCountLabel", "1")
    assert story.parameter("a") == Fraction(83, 45)
    assert story.parameter("n.bias") == Fraction(-83, 15)
    story.picture("one-step")
    story.robot.click(story.button("fullStepButton"))
    story.shows("stepCountLabel", "2")
    assert story.parameter("a") == Fraction(1522, 675)
    story.robot.click(story.button("backButton"))
    story.shows("stepCountLabel", "1")
    story.graph.setFocus()
    story.robot.keys("shift+space")
    story.shows("stepCountLabel", "0")
    assert story.window.document.state == start


def fifteen_lines(story: Story) -> None:
    """Space shows the lecture's step line by line and takes it with the last; Shift+Space goes all the way back."""
    start = story.window.document.state
    for number, line in enumerate(LINES, start=1):
        assert story.window.document.state is start
        story.robot.keys("space")
        story.shows("stepLabel", f"line {number} of 15")
        story.shows("stepLabel", line)
        story.picture(f"line-{number:02}")
    assert story.parameter("a") == Fraction(83, 45)
    assert story.parameter("n.bias") == Fraction(-83, 15)
    story.shows("lossLabel", "8149/2025")
    for number in range(14, 0, -1):
        story.robot.keys("shift+space")
        story.shows("stepLabel", f"line {number} of 15")
        assert story.window.document.state is start
    story.robot.keys("shift+space")
    story.shows("stepLabel", "Space shows line 1")
    story.wait(lambda: not story.robot.find(QAbstractButton, "backButton").isEnabled(), "nothing lies behind")


def lines_by_clicks(story: Story) -> None:
    """The same with clicks alone: the Step button, a phase's tab, a double-clicked line, and Back."""
    start = story.window.document.state
    for number in (1, 2):
        story.robot.click(story.button("stepButton"))
        story.shows("stepLabel", f"line {number} of 15")
    story.robot.click(story.button("phase-backward"))
    story.shows("stepLabel", "line 10 of 15")
    sheet = story.robot.find(QListView, "workingList")
    assert isinstance(sheet, QListView)
    lines = [sheet.model().index(row, 0) for row in range(sheet.model().rowCount())]
    above = next(index for index in lines if str(index.data()).startswith("9  "))
    sheet.scrollTo(above)
    QApplication.processEvents()
    story.robot.click(story.robot.place(sheet.viewport(), sheet.visualRect(above).center()), times=2)
    story.shows("stepLabel", "line 9 of 15")
    story.robot.click(story.button("backButton"))
    story.shows("stepLabel", "line 8 of 15")
    story.robot.click(story.button("fullStepButton"))
    story.shows("stepCountLabel", "1")
    story.robot.click(story.button("backButton"))
    story.shows("stepCountLabel", "0")
    assert story.window.document.state == start


def follow_backpropagation(story: Story) -> None:
    """A printed example of backpropagation through a hidden layer is followed number by number on the screen."""
    assert story.window.open_path(example("backpropagation_by_hand"))
    story.graph.setFocus()
    # As M. Mazur prints them, rounded to six digits as the screen does.
    printed = ("~0.59327", "~1.10591", "~0.751365", "~0.298371", "~0.138499", "~0.082167", "~0.0363503", "~0.358916")
    seen = ""
    count = story.window.session.walk.count
    for number in range(1, count + 1):
        story.robot.keys("space")
        story.shows("stepLabel", f"line {number} of {count}")
        seen += story.text("stepLabel").replace("~ ", "~")
        if "∂L/∂w₅" in story.text("stepLabel"):
            story.picture("hidden-layer")
    assert [number for number in printed if number not in seen] == []
    assert story.window.document.state.training.step == 1


def point_at_a_term(story: Story) -> None:
    """Pointing at a term of a formula lights up its edge and its row; pointing at the edge lights up the term."""
    sheet = story.robot.find(QListView, "workingList")
    assert isinstance(sheet, WorkingView)
    sheet.scrollToTop()
    QApplication.processEvents()
    model = sheet.model()
    first = next(model.index(row, 0) for row in range(model.rowCount()) if str(model.index(row, 0).data())[:3] == "1  ")
    item = model.item(first)
    placed = next(p for p in sheet.layout_of(item).block if p.formula.rects_of(frozenset({"a"})))
    inside = placed.formula.rects_of(frozenset({"a"}))[0].center() + QPointF(placed.x, placed.baseline)
    story.robot.point_at(story.robot.place(sheet.viewport(), QPointF(sheet.visualRect(first).topLeft()) + inside))
    story.wait(lambda: story.window.selection.lit == {"a"}, "the edge a is lit")
    story.picture("term")
    story.robot.point_at(story.chip("n.bias"))
    story.wait(lambda: "n.bias" in sheet.lit, "the terms of the bias are lit")
    story.picture("edge")


def run_and_pause(story: Story) -> None:
    """Run trains while the window stays alive, Pause stops it, one undo takes it back, Rewind starts over."""
    start = story.window.document.state
    story.robot.click(story.button("runButton"))
    story.wait(lambda: story.window.document.state.training.step >= 3, "the run gets on")
    assert not story.robot.find(QAbstractButton, "fullStepButton").isEnabled()
    story.robot.click(story.button("runButton"))
    story.wait(lambda: not story.window.session.running, "Pause ends the run")
    story.picture("paused")
    story.robot.keys("ctrl+z")
    story.wait(lambda: story.window.document.state == start, "one undo takes the run back")
    story.robot.keys("ctrl+y")
    story.wait(lambda: story.window.document.state.training.step >= 3, "redo brings it again")
    story.robot.click(story.button("rewindButton"))
    story.shows("stepCountLabel", "0")
    assert story.window.document.state.network.parameters == start.network.parameters


def diverge_and_recover(story: Story) -> None:
    """A rate that is too large stops by itself with a sentence; one undo brings the last good numbers back."""
    field = story.robot.find(QLineEdit, "learningRateField")
    story.robot.click(story.robot.place(field))
    story.robot.keys("ctrl+a")
    story.robot.write("1/10")
    story.robot.keys("Return")
    rate = Fraction(1, 10)
    story.wait(lambda: story.window.document.state.training.learning_rate == rate, "the rate is taken as typed")
    story.window.session.set_speed("max")
    story.robot.click(story.button("runButton"))
    story.wait(lambda: story.window.session.running, "the run begins")
    story.wait(lambda: not story.window.session.running, "the run stops by itself")
    for label in ("lossLabel", "gradientLabel"):
        assert not {"nan", "inf"} & set(story.text(label).lower().replace(",", " ").split())
    bar = story.window.message_bar
    story.wait(bar.isVisible, "a sentence says why")
    story.picture("stopped")
    story.robot.keys("ctrl+z")
    story.shows("lossLabel", "466/9")


def type_numbers(story: Story) -> None:
    """Numbers are typed in place on the graph, as fractions and with a decimal comma."""
    for parameter, typed, value in (
        ("a", "1/2", Fraction(1, 2)),
        ("n.bias", "-5.5", Fraction(-11, 2)),
        ("n.bias", "-5,25", Fraction(-21, 4)),
    ):
        story.robot.click(story.chip(parameter))
        story.wait(lambda: isinstance(QApplication.focusWidget(), QLineEdit), "a field opens over the number")
        story.robot.keys("ctrl+a")
        story.robot.write(typed)
        story.picture(f"typing-{parameter}")
        story.robot.keys("Return")
        story.wait(lambda p=parameter, v=value: story.parameter(p) == v, f"{parameter} takes {typed}")


def scrub_a_weight(story: Story) -> None:
    """Dragging a number sideways changes it in exact tenths, as one entry of the history."""
    place = story.chip("a")
    story.robot.drag(place, place + QPoint(40, 0))
    value = story.parameter("a")
    assert isinstance(value, Fraction)
    assert value > Fraction(1, 3)
    story.robot.keys("ctrl+z")
    story.wait(lambda: story.parameter("a") == Fraction(1, 3), "one undo takes it back")


def draw_a_second_input(story: Story) -> None:
    """A second input is added with Shift+A and connected from port to port; what cannot be connected says why."""
    count = len(story.window.document.state.network.nodes)
    story.robot.keys("shift+a")
    story.wait(lambda: QApplication.activePopupWidget() is not None, "the add menu opens")
    story.robot.write("input")
    story.picture("add-menu")
    story.robot.keys("Return")
    story.wait(lambda: len(story.window.document.state.network.nodes) == count + 1, "an input appears")
    new = story.window.document.state.network.nodes[-1].id
    story.robot.keys("Escape")
    story.robot.keys("ctrl+shift+l")
    story.robot.drag(story.port(new, "out"), story.port("n", "in"))
    story.wait(lambda: len(story.window.document.state.network.edges) == 2, "the wire connects them")
    story.picture("connected")
    while story.window.document.can_undo:
        text = story.window.document.undo_text
        depth = len(story.window.document.history.branch())
        story.robot.keys("ctrl+z")
        story.wait(lambda d=depth: len(story.window.document.history.branch()) == d - 1, f"{text} is undone")
    assert not story.window.isWindowModified()


def open_a_table(story: Story) -> None:
    """A CSV is opened by its path, a neuron is built for it, and it trains towards the best line."""
    story.window.open_path(resources() / "datasets" / "food_trucks.csv")
    story.wait(lambda: story.window.findChild(QWidget, "openDataDialog") is not None, "the table is shown")
    dialog = story.robot.find(QWidget, "openDataDialog")
    story.wait(dialog.isVisible, "the table is in sight")
    story.picture("table")
    build = dialog.findChild(QAbstractButton, "buildNeuronButton")
    assert isinstance(build, QAbstractButton)
    story.robot.click(story.robot.place(build))
    story.wait(lambda: story.window.document.state.dataset.n_rows == 97, "the table becomes the data")
    story.picture("built")
    story.window.session.set_speed("max")
    story.robot.click(story.button("runButton"))
    # The least squares line of this table is known from its course: -3.8958 + 1.1930 x, mean square 8.9539.
    story.wait(lambda: float(story.window.session.snapshot.loss or 99) < 8.96, "the loss comes down to the optimum")
    if story.window.session.running:
        story.robot.click(story.button("runButton"))
    story.picture("trained")


def save_and_compute(story: Story) -> None:
    """What is saved gives the same numbers on the command line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mine.neurosim"
        path.write_bytes(example("lecture").read_bytes())
        assert story.window.open_path(path)
        story.graph.setFocus()
        story.robot.keys("ctrl+shift+Right")
        story.shows("lossLabel", "8149/2025")
        story.robot.keys("ctrl+s")
        story.wait(lambda: not story.window.document.modified, "it is saved")
        command = [sys.executable, "-m", "neurosim", "train", str(path), "--steps", "1", "--json"]
        found = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        story.robot.keys("ctrl+shift+Right")
        story.shows("lossLabel", "1709/3645")
        assert found["loss"] == "1709/3645"
        assert found["parameters"] == {"a": "1522/675", "n.bias": "-27/5"}
        assert story.window.document.state.training.step == 2
        story.robot.keys("ctrl+s")
        story.wait(lambda: not story.window.document.modified, "it is saved again")


def hold_a_point(story: Story) -> None:
    """Let the point go at (4, 2), take it again to (4, -3), and hold it there, for whoever ends the program now."""
    story.robot.drag(story.at(4, 4), story.at(4, 2))
    story.shows("lossLabel", "328/9")
    story.robot.press(story.at(4, 2))
    story.robot.point_at(story.at(4, 0))
    story.robot.point_at(story.at(4, -3))
    story.wait(lambda: story.window.document.state.dataset.row(1)["y"] == -3, "the point is in hand")
    saver = story.window.autosaver
    story.wait(lambda: saver.is_idle, "all that shall be kept is kept")
    sys.stdout.write("in hand\n")
    sys.stdout.flush()
    story.wait(lambda: False, "somebody ends the program")


def restore_the_point(story: Story) -> None:
    """The window offers the point at its last released place; Restore brings it, and one undo takes it back."""
    story.shows("lossLabel", "466/9")
    bar = story.window.message_bar
    story.wait(lambda: bar.isVisible() and "not saved" in bar.text(), "unsaved work is offered")
    story.picture("offered")
    story.robot.click(story.button("messageAction0"))
    story.shows("lossLabel", "328/9")
    assert story.window.document.state.dataset.row(1) == {"x": 4, "y": 2}
    story.robot.keys("ctrl+z")
    story.shows("lossLabel", "466/9")


def _group(way: ModuleType, *tasks: str) -> Callable[[Story], None]:
    """Usability tasks in one way, one after another in one window; each begins anew."""

    def tell(story: Story) -> None:
        for task in tasks:
            story.name = f"{way.__name__}-{task}"
            getattr(way, task)(story)

    return tell


def tasks_in_german(story: Story) -> None:
    """Where numbers have a decimal comma, -5,5 is typed."""
    for way in (tasks_clicks, tasks_keyboard):
        way.set_weight_and_bias(story, bias="-5,5")


def clicks_at_200_percent(story: Story) -> None:
    """With everything twice as large, on a screen of 1920 x 1080: the numbers of the graph are clicked and typed."""
    assert story.window.step_bar.height() < 0.3 * story.window.height()
    graph = story.graph
    for name in ("a", "n.bias"):
        middle = graph.mapFromScene(graph.drawing.chips.chips[name, "weight"].centre)
        for away in (QPoint(11, 0), QPoint(-11, 0), QPoint(0, 11), QPoint(0, -11)):
            found = graph.drawing.chips.chip_at(graph.mapToScene(middle + away), graph.detail())
            assert found is not None, f"{name} is a target of 24 pixels"
            assert found.parameter == name
    tasks_clicks.set_weight_and_bias(story)


def lines_at_200_percent(story: Story) -> None:
    """The same size: a step line by line with the mouse, and the way back with the handle of the timeline."""
    tasks_mouse.one_step_and_back(story)
    track = story.robot.find(TrackView, "timelineTrack")
    assert track.height() >= track.minimumSizeHint().height()


NAMED = "mine.neurosim"
GROUPS = {
    "data": ("make_the_loss_smaller", "set_weight_and_bias", "bring_the_point_down"),
    "training": ("one_step_and_back", "blow_up_and_recover"),
    "graph": ("build_two_inputs", "find_the_graph"),
}
TASKS = {
    f"{way.__name__}_{group}": _group(way, *tasks)
    for way in (tasks_mouse, tasks_clicks, tasks_keyboard)
    for group, tasks in GROUPS.items()
}
CRASH: dict[str, tuple[Callable[[Story], None], str]] = {
    "hold_a_point_named": (hold_a_point, NAMED),
    "restore_the_point_named": (restore_the_point, NAMED),
    "hold_a_point_unnamed": (hold_a_point, ""),
    "restore_the_point_unnamed": (restore_the_point, ""),
}
TWO_PROGRAMS = CRASH | tasks_lesson.CLASS
"""Both halves of a crash, each for a program of its own; with the document they are about, in the present folder."""
SIZES = {"clicks_at_200_percent": 200, "lines_at_200_percent": 200}
"""Stories with an interface of another size, in percent; their window fills the screen."""
LOCALES = {"tasks_in_german": "de_DE", "use_the_class_file": "de_DE"}
"""Stories of another country than the machine's."""

STORIES: dict[str, Callable[[Story], None]] = (
    {
        story.__name__: story
        for story in (
            first_screen,
            drag_a_point,
            escape_a_drag,
            step_and_back,
            fifteen_lines,
            lines_by_clicks,
            follow_backpropagation,
            point_at_a_term,
            run_and_pause,
            diverge_and_recover,
            type_numbers,
            scrub_a_weight,
            draw_a_second_input,
            open_a_table,
            save_and_compute,
            tasks_in_german,
            clicks_at_200_percent,
            lines_at_200_percent,
            *panel_stories.STORIES,
            *tasks_lesson.STORIES,
        )
    }
    | TASKS
    | tasks_present.PRESENT
    | tasks_training.TRAINING
)


def play(name: str, pictures: str = "", width: str = "1280", height: str = "720") -> MainWindow:
    """Play one story; its window, in which nothing is left to save."""
    folder = Path(pictures) if pictures else None
    if name in LOCALES:
        QLocale.setDefault(QLocale(LOCALES[name]))
    tell, own = TWO_PROGRAMS[name] if name in TWO_PROGRAMS else (STORIES[name], "")
    path = Path(own).resolve() if own else None
    if path is not None and not path.exists():
        path.write_bytes(example("lecture").read_bytes())
    story = Story(name, folder, QSize(int(width), int(height)), path, SIZES.get(name, 100))
    tell(story)
    story.window.document.mark_saved(Path("closed.neurosim"))
    return story.window


if __name__ == "__main__":
    play(*sys.argv[1:]).close()
