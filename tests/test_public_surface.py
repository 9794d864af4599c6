"""What scripts and notebooks may rely on: names, types, and that no window library is loaded."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest

import neurosim
from neurosim.paths import example


def test_each_public_name_is_there() -> None:
    assert set(neurosim.__all__) >= {"load", "save", "Network", "Dataset", "Trainer", "DocumentState"}
    assert set(neurosim.__all__) <= set(dir(neurosim))
    for name in neurosim.__all__:
        found = getattr(neurosim, name)
        assert found.__name__ == name
        assert found.__doc__


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Window'"):
        _ = neurosim.Window


def test_load_train_save(tmp_path: Path) -> None:
    state = neurosim.load(example("lecture"))
    assert isinstance(state, neurosim.DocumentState)
    trainer = neurosim.Trainer(state.network, state.dataset, state.training)
    trainer.advance(1)
    assert trainer.loss == pytest.approx(8149 / 2025, rel=1e-14)
    assert trainer.parameters() == pytest.approx({"a": 83 / 45, "n.bias": -83 / 15}, rel=1e-14)
    neurosim.save(state, tmp_path / "copy.neurosim")
    assert neurosim.load(tmp_path / "copy.neurosim") == state
    assert state.network.edge_by_id["a"].weight == Fraction(1, 3)


def test_scripts_load_no_window_library() -> None:
    script = (
        "import sys, neurosim\n"
        "assert 'numpy' not in sys.modules\n"
        f"state = neurosim.load({str(example('lecture'))!r})\n"
        "neurosim.Trainer(state.network, state.dataset, state.training).advance(3)\n"
        "print(sorted(name for name in sys.modules if name.split('.')[0] in ('PySide6', 'shiboken6', 'pyqtgraph')))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
