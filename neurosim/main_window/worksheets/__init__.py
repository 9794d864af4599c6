"""Worksheets for a class, chosen, looked at and written from the window."""
