"""A point in hand when the program or its window ends: what was let go before is there again, and nothing breaks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from virtual_screen import missing_tools, virtual_screen

HERE = Path(__file__).resolve().parent


def _play(name, screen, home):
    environment = {**screen, "XDG_DATA_HOME": str(home / "data"), "XDG_CONFIG_HOME": str(home / "config")}
    command = [sys.executable, str(HERE / "scenarios.py"), name]
    return subprocess.Popen(
        command, env=environment, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


@pytest.mark.parametrize("where", ["named", "unnamed"])
def test_killed_with_a_point_in_hand_it_is_restored_where_it_was_let_go(where, tmp_path):
    missing = missing_tools()
    assert not missing, f"install {' '.join(missing)}: the README's test command does"
    with virtual_screen() as screen:
        first = _play(f"hold_a_point_{where}", screen, tmp_path)
        assert first.stdout is not None
        said = first.stdout.readline()
        first.kill()
        rest, _ = first.communicate(timeout=30)
        assert said == "in hand\n", said + rest
    with virtual_screen() as screen:  # another one: on the first the mouse button is still down
        second = _play(f"restore_the_point_{where}", screen, tmp_path)
        told, _ = second.communicate(timeout=60)
        assert second.returncode == 0, told


def test_the_window_closes_with_a_point_in_hand(hand, qtbot):
    """Without the hand the point goes back; nobody writes it down any more, and nothing is raised."""
    hand.press(hand.plot, hand.in_plot(4, 4))
    hand.move(hand.plot, hand.in_plot(4, 1))
    assert hand.window.document.state.dataset.row(1)["y"] == 1
    hand.window.close()
    hand.window.workspace.panels["data_plot"]._hands.give_up()
    QTest.qWait(0)
    assert hand.window.document.state == hand.window.document.opened_state
