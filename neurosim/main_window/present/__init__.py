"""Showing the window to a class: large, without the tools, driven by a clicker."""
