"""Plots and tables beside the canvas, one plug-in per module."""
