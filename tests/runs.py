"""Runs of a known length."""

from __future__ import annotations

from neurosim.document.state import DocumentState
from neurosim.training.session import TrainingSession


def run_for(session: TrainingSession, steps: int) -> list[DocumentState]:
    """Run exactly so many steps, at a step a frame, recorded as one entry; the state after each."""
    states = []
    session.set_speed("1x")
    session.run()
    for _ in range(steps):
        session.advance()
        states.append(session.document.state)
    session.pause()
    return states
