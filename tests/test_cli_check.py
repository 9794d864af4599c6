"""``neurosim check`` names what stands in the way of the derivative: a kink, or a loss that is too large."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

import neurosim
from neurosim.cli.main import main
from neurosim.document.state import DocumentState
from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.network import Edge, InputNode, Network, Neuron, Output
from neurosim.engine.settings import TrainingSettings


def saved(folder: Path, activation: str, weight: Fraction | float) -> str:
    network = Network(
        (InputNode("x", "x"), Neuron("n", "f", activation=activation)),
        (Edge("a", "x", "n", weight),),
        (Output("n", "y"),),
    )
    dataset = Dataset({"x": Column((Fraction(1),)), "y": Column((Fraction(1),))})
    path = folder / "made.neurosim"
    neurosim.save(DocumentState(network, dataset, TrainingSettings()), path)
    return str(path)


def test_a_kink_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", saved(tmp_path, "relu", Fraction(0))]) == 1
    found = capsys.readouterr()
    assert "f meets the kink of ReLU, z = 0, in row 1" in found.err
    assert "!" in found.out


def test_what_cannot_be_told_is_no_mistake(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", saved(tmp_path, "identity", 1.34e154)]) == 0
    found = capsys.readouterr()
    assert "n.bias cannot be checked" in found.out
    assert found.err == ""
