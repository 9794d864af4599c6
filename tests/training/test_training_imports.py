"""Document and training know signals and timers, but nothing that is drawn."""

from __future__ import annotations

import subprocess
import sys


def test_document_and_training_load_qtcore_alone() -> None:
    code = "import neurosim.training.session, neurosim.document.selection, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "PySide6.QtCore" in loaded
    assert not {"PySide6.QtGui", "PySide6.QtWidgets", "pyqtgraph"} & loaded
