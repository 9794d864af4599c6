"""Formulas that people type: read, differentiated rule by rule, evaluated and written."""
