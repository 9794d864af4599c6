"""What leaves the program for paper: worksheets with their keys, as PDF and as LaTeX."""
