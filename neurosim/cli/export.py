"""``neurosim export``: the data of a document as a table file."""

from __future__ import annotations

import argparse
from pathlib import Path

from neurosim.cli.errors import UsageError
from neurosim.cli.table_output import put_table
from neurosim.document.csv_export import SEPARATORS, export_form
from neurosim.document.csv_table import read_table
from neurosim.document.json_format import DocumentFormatError, load
from neurosim.document.table import TableError
from neurosim.engine.dataset import Dataset


def export(options: argparse.Namespace) -> int:
    """Carry out ``export``."""
    dataset = _data(options.file)
    if not dataset.names:
        raise UsageError(f"{options.file}: the document has no data to export.")
    separator = None if options.separator is None else SEPARATORS[options.separator]
    put_table(dataset, export_form(dataset.form, options.to, separator, options.decimal), options.out)
    return 0


def _data(file: Path) -> Dataset:
    try:
        return load(file).dataset if file.suffix.lower() == ".neurosim" else read_table(file).whole()
    except (DocumentFormatError, TableError) as error:
        raise UsageError(str(error)) from error
