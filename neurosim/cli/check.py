"""``neurosim check``: each partial derivative against the difference quotient of the loss that is shown."""

from __future__ import annotations

import argparse
import sys

from neurosim.cli.errors import UsageError
from neurosim.cli.report import json_object, say, say_json, say_table
from neurosim.cli.settings import load_with
from neurosim.cli.steps import snapshot_of
from neurosim.engine.gradient_check import TOLERANCE, GradientChecker


def check(options: argparse.Namespace) -> int:
    """Carry out ``check``; the exit code is 1 when a derivative does not agree."""
    state = load_with(options.file, options.set)
    try:
        snapshot = snapshot_of(state)
    except UsageError as error:
        raise UsageError(f"{options.file}: {error}") from error
    checker = GradientChecker()
    found = checker.check(snapshot)
    wrong = [result.parameter for result in found if result.decided and not result.agrees]
    undecided = [result.parameter for result in found if not result.decided]
    if options.json:
        say_json(json_object(snapshot, 0, None))
    else:
        rows = [
            (
                one.parameter,
                f"{one.backward:.10g}",
                f"{one.numeric:.10g}",
                f"{one.error:.1e}",
                "" if one.agrees else "!" if one.decided else "?",
            )
            for one in found
        ]
        say_table(("parameter", "gradient", "difference quotient", "error", ""), rows)
        if undecided:
            say(f"the loss is so large that rounding hides its slope: {', '.join(undecided)} cannot be checked")
        elif not wrong:
            say(f"all {len(found)} agree to {TOLERANCE:g}")
    if wrong:
        kink = checker.kink_beside(snapshot, wrong[0])
        beside = f": {kink}" if kink is not None else ", and no kink lies nearby"
        sys.stderr.write(
            f"neurosim: {options.file}: the gradient of {', '.join(wrong)} differs from the difference quotient"
            f"{beside}.\n"
        )
    return 1 if wrong else 0
