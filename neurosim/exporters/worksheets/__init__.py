"""Worksheets: as many versions of an exercise as there are students, and the key; as PDF and as LaTeX."""
