"""What is drawn: the items of a network, where they stand, what they say, how they look, what a point hits."""
