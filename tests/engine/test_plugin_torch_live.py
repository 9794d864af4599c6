"""With PyTorch at hand the stored reference numbers are made again: they are what the script writes."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch", reason="PyTorch is not installed; the stored numbers are used as they are")

HERE = Path(__file__).parent


def load_script() -> Any:
    spec = importlib.util.spec_from_file_location("make_torch_traces", HERE / "make_torch_traces.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    return script


SCRIPT = load_script()


def close(stored: Any, made: Any) -> bool:
    if isinstance(stored, dict):
        return stored.keys() == made.keys() and all(close(stored[key], made[key]) for key in stored)
    if isinstance(stored, list):
        return len(stored) == len(made) and all(close(old, new) for old, new in zip(stored, made, strict=True))
    if isinstance(stored, float):
        return stored == pytest.approx(made, rel=1e-13, abs=1e-15)
    return stored == made


@pytest.mark.parametrize("name", list(SCRIPT.FILES))
def test_stored_numbers_are_what_pytorch_gives(name: str):
    stored = json.loads((HERE / "data" / name).read_text(encoding="utf-8"))
    assert close(stored, json.loads(json.dumps(SCRIPT.FILES[name]())))
