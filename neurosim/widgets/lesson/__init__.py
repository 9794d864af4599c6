"""Pieces of a lesson's page: running text with formulas in it, set as in a textbook."""
