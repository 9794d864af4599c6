"""The sheets of the Network menu: drawing an architecture, collapsing two layers."""
