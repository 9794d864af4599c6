"""Optimizers, one plug-in per module."""
