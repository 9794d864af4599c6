"""Data to begin with: made by a rule, or real ones that come with the program, seen before they are used."""
