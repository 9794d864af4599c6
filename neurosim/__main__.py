"""The command ``neurosim``: a window when nothing else is asked for, else the headless commands without any Qt."""

from __future__ import annotations

import os
import sys

from neurosim import preflight

# Before numpy is loaded. The matrices are small: a second thread of the linear algebra library gains nothing, takes the
# processor from the painting, and stalls whenever another program is busy. Whoever sets it keeps what they set.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main(arguments: list[str] | None = None) -> int:
    """Run the command line *arguments* (those of the process by default) and return the exit code."""
    sentence = preflight.python_problem()
    if sentence is not None:
        # Before anything else is imported: an old Python cannot even read it.
        sys.stderr.write(sentence + "\n")
        return 2
    from neurosim.cli import main as command_line

    return command_line(arguments)


if __name__ == "__main__":
    raise SystemExit(main())
