"""Expressions, how they are typed and written, and their derivatives line by line; no Qt and no numpy.

``parse`` reads what people type, ``derive`` differentiates it rule by rule, ``render_text``, ``render_latex`` and
``render_speech`` write it, ``evaluate`` and ``compare`` say what it is worth and whether two are the same.
"""
