"""The command line: ``neurosim train | show | check | solve | render FILE``, and ``neurosim [FILE]`` for the window."""

from __future__ import annotations

from neurosim.cli.main import main

__all__ = ["main"]
