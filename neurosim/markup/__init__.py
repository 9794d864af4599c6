"""Formulas as they are set on paper: a tree of marks, and its writing as text, LaTeX and speech."""
