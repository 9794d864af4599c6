"""neurosim brings the artificial neuron to life: draw it, drag its data, watch its gradient."""

__version__ = "0.1.0"
