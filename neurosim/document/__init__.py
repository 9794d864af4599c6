"""The frozen state, the edits, the history tree and the file format."""
