"""``neurosim solve``: the optimum of a linear neuron with squared error, exact where the data are."""

from __future__ import annotations

import argparse
from dataclasses import replace

from neurosim.cli.errors import UsageError
from neurosim.cli.report import both, json_object, say, say_json, say_result
from neurosim.cli.settings import load_with
from neurosim.cli.steps import snapshot_of
from neurosim.cli.train import save_or_complain
from neurosim.document import edits
from neurosim.engine.quadratic import quadratic_form


def solve(options: argparse.Namespace) -> int:
    """Carry out ``solve``."""
    state = load_with(options.file, options.set)
    try:
        snapshot_of(state)
        form = quadratic_form(state.network, state.dataset, state.training)
        if form is None:
            raise UsageError(
                "there is no closed form: it needs squared_error, no l1, and trainable linear neurons fed by inputs "
                "alone; train it instead."
            )
        if form.optimum is None:
            raise UsageError(form.problem or "the loss has no single lowest point.")
        solved = edits.set_parameters(state, form.optimum)
        solved = replace(solved, training=edits.at_start(solved.training))
        snapshot = snapshot_of(solved)
    except UsageError as error:
        raise UsageError(f"{options.file}: {error}") from error
    if options.out is not None:
        save_or_complain(solved, options.out)
    if options.json:
        say_json(json_object(snapshot, 0, None))
        return 0
    say_result(snapshot, "optimum")
    if form.largest_stable_learning_rate is not None:
        say(f"gradient descent is stable below the learning rate {both(form.largest_stable_learning_rate)}")
    return 0
