"""The biological neuron beside the artificial one: a leaky integrate-and-fire cell, in closed form."""
