"""A document as a program in plain Python: all of its training in lines that anyone can read and run."""

from neurosim.exporters.script.writing import ScriptError, python_script

__all__ = ["ScriptError", "python_script"]
