"""Activations, one plug-in per module."""
