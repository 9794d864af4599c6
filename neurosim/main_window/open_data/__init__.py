"""From a table to a neuron that fits it: reading, choosing columns, saying what will be built."""
