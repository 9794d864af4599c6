"""Losses, one plug-in per module."""
