"""``neurosim export``: the data of a document as a table file, or the whole of it as a program in plain Python."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from neurosim.cli.errors import UsageError
from neurosim.cli.table_output import put_table
from neurosim.document.atomic_write import write_atomically
from neurosim.document.csv_export import SEPARATORS, export_form
from neurosim.document.csv_table import read_table
from neurosim.document.json_format import DocumentFormatError, load
from neurosim.document.table import TableError
from neurosim.engine.dataset import Dataset
from neurosim.exporters.script import ScriptError, python_script


def export(options: argparse.Namespace) -> int:
    """Carry out ``export``."""
    if options.to == "python":
        return _script(options)
    dataset = _data(options.file)
    if not dataset.names:
        raise UsageError(f"{options.file}: the document has no data to export.")
    separator = None if options.separator is None else SEPARATORS[options.separator]
    put_table(dataset, export_form(dataset.form, options.to, separator, options.decimal), options.out)
    return 0


def _script(options: argparse.Namespace) -> int:
    if options.separator is not None or options.decimal is not None:
        raise UsageError("--separator and --decimal are for tables; leave them out with --to python.")
    try:
        text = python_script(load(options.file), options.file.stem)
    except (DocumentFormatError, ScriptError) as error:
        raise UsageError(str(error)) from error
    if options.out is None:
        sys.stdout.write(text)
        return 0
    try:
        write_atomically(options.out, text.encode())
    except OSError as error:
        raise UsageError(
            f"{options.out}: the script cannot be written ({error.strerror}); choose another place."
        ) from error
    return 0


def _data(file: Path) -> Dataset:
    try:
        return load(file).dataset if file.suffix.lower() == ".neurosim" else read_table(file).whole()
    except (DocumentFormatError, TableError) as error:
        raise UsageError(str(error)) from error
