"""Which learning rate makes the same steps under another convention: held against steps that are really taken."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import pytest

from neurosim.engine.dataset import Column, Dataset
from neurosim.engine.evaluate import evaluate
from neurosim.engine.settings import REDUCTIONS, OptimizerSettings, TrainingSettings
from neurosim.engine.trainer import Trainer
from neurosim.markup.write_text import write_text
from neurosim.working.conventions import conventions, equal_rate, formula_of, same_step
from neurosim.working.loss_formulas import row_formula
from samples import lecture_state

ROWS = 6
DATA = Dataset(
    {
        "x": Column(tuple(Fraction(i) for i in range(ROWS))),
        "y": Column(tuple(Fraction(i * i, 4) for i in range(ROWS))),
    }
)


def after(settings: TrainingSettings, steps: int) -> dict[str, float]:
    trainer = Trainer(lecture_state().network, DATA, settings)
    assert trainer.advance(steps) == steps
    return dict(trainer.parameters())


@pytest.mark.parametrize("optimizer", [{}, {"momentum": Fraction(1, 2)}], ids=["plain", "momentum"])
@pytest.mark.parametrize("batch", [None, 1, 2, 3, 10])
@pytest.mark.parametrize("there", REDUCTIONS)
@pytest.mark.parametrize("here", REDUCTIONS)
def test_the_rate_makes_the_same_steps(here, there, batch, optimizer):
    settings = TrainingSettings(
        reduction=here,
        learning_rate=Fraction(1, 500),
        batch_size=batch,
        optimizer=OptimizerSettings("sgd", MappingProxyType(optimizer)),
    )
    rate = equal_rate(settings, ROWS, there)
    assert rate is not None
    other = replace(settings, reduction=there, learning_rate=rate)
    assert after(other, 7) == pytest.approx(after(settings, 7), rel=1e-12)


def test_a_smaller_last_batch_leaves_only_the_factor_of_two():
    settings = TrainingSettings(reduction="mean", learning_rate=Fraction(1, 30), batch_size=4)
    assert [equal_rate(settings, ROWS, one) for one in REDUCTIONS] == [None, Fraction(1, 30), None, Fraction(1, 15)]
    same = replace(settings, reduction="half_mean", learning_rate=Fraction(1, 15))
    assert after(same, 5) == pytest.approx(after(settings, 5), rel=1e-12)
    sentence = same_step(evaluate(lecture_state().network, DATA, settings))
    assert "1/15 under half the mean" in sentence
    assert "under sum" not in sentence
    assert "last batch" in sentence


def test_momentum_that_remembers_makes_rates_incomparable():
    start = TrainingSettings(
        learning_rate=Fraction(1, 500), optimizer=OptimizerSettings("sgd", {"momentum": Fraction(1, 2)})
    )
    assert equal_rate(start, ROWS, "sum") == Fraction(1, 3000)
    trainer = Trainer(lecture_state().network, DATA, start)
    trainer.advance(1)
    moving = trainer.settings()
    assert equal_rate(moving, ROWS, "sum") is None
    assert "momentum remembers" in same_step(evaluate(trainer.network(), DATA, moving))


def test_no_rate_with_penalties_or_scaled_steps():
    settings = TrainingSettings()
    assert equal_rate(replace(settings, l2=Fraction(1)), ROWS, "sum") is None
    assert equal_rate(replace(settings, optimizer=OptimizerSettings("adam")), ROWS, "sum") is None
    assert equal_rate(settings, 0, "sum") is None


def test_sentences_follow_the_display():
    state = lecture_state()
    sentence = same_step(evaluate(state.network, state.dataset, state.training), ",", "decimal")
    assert "Learning rate ~0,03333 under mean" in sentence


@pytest.mark.parametrize(
    ("loss", "text"),
    [
        ("squared_error", "L = 1/n Σᵢ₌₁ⁿ (ŷᵢ − yᵢ)²"),
        ("absolute_error", "L = 1/n Σᵢ₌₁ⁿ |ŷᵢ − yᵢ|"),
        ("cross_entropy", "L = 1/n Σᵢ₌₁ⁿ ℓᵢ"),
    ],
)
def test_formulas_of_losses(loss, text):
    assert write_text(formula_of(loss, "mean")) == text
    assert write_text(formula_of(loss, "mean", l1=True, l2=True)) == f"{text} + λ₂/2 Σ w² + λ₁ Σ |w|"


def test_what_a_rows_loss_is_short_for():
    assert row_formula("squared_error") is None
    found = {loss: row_formula(loss) for loss in ("cross_entropy", "hinge", "huber")}
    assert {loss: write_text(one) for loss, one in found.items() if one is not None} == {
        "cross_entropy": "ℓᵢ = −yᵢ · ln(ŷᵢ) − (1 − yᵢ) · ln(1 − ŷᵢ)",
        "hinge": "ℓᵢ = max(0, 1 − yᵢ · ŷᵢ)",
        "huber": "ℓᵢ = 1/2(ŷᵢ − yᵢ)² if |ŷᵢ − yᵢ| ≤ 1, else |ŷᵢ − yᵢ| − 1/2",
    }


def test_the_formula_shows_the_penalties_that_are_on():
    state = lecture_state()
    training = replace(state.training, l2=Fraction(1, 10))
    found = conventions(evaluate(state.network, state.dataset, training))
    assert write_text(found[0].formula) == "L = Σᵢ₌₁ⁿ (ŷᵢ − yᵢ)² + λ₂/2 Σ w²"
    assert {one.rate for one in found} == {None}
