"""In which form data are exported: in their own where that is what is asked for, else in a plain new one."""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal

from neurosim.engine.table_form import TableForm

Kind = Literal["csv", "tsv"]

SEPARATORS = MappingProxyType({"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"})
"""What can separate cells in a file that is exported, by its name."""


def export_form(own: TableForm, kind: Kind, separator: str | None = None, decimal: str | None = None) -> TableForm:
    """The form of a new file of data whose *own* form is known.

    Args:
        own: how the file is written from which the data come.
        kind: ``tsv`` separates by tabs; ``csv`` by the own separator if that is none of white space, else by commas, or
            semicolons where the decimal sign is the comma.
        separator, decimal: other signs than these; ``None`` for them.
    """
    sign = own.decimal if decimal is None else decimal
    if separator is not None:
        delimiter = separator
    elif kind == "tsv":
        delimiter = "\t"
    elif own.delimiter not in "\t ":
        delimiter = own.delimiter
    else:
        delimiter = ";" if sign == "," else ","
    if separator is None and delimiter == sign == ",":
        delimiter = ";"
    if (delimiter, sign) == (own.delimiter, own.decimal):
        return own
    return TableForm(delimiter=delimiter, decimal=sign, newline=own.newline, header=own.header)
