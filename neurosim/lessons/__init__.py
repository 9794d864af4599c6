"""Lessons as data: their files, pages and questions, the formulas over the live state. They know no window."""
