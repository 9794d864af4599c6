"""Networks, passes, losses, optimizers and data: the mathematics, on numpy alone."""
