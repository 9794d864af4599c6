"""Initial values of the parameters, one plug-in per module."""
