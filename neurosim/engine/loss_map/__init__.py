"""The loss over two parameters of any network, fast enough to follow a drag; and what points the way on it."""
