"""The examples that come with the program, to be looked at before one is opened."""
