"""The frame clock and the session that trains the document."""
