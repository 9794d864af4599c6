"""The node-graph editor."""
