"""Where a table goes that a command makes: into a file, whole or not at all, or to the terminal."""

from __future__ import annotations

import sys
from pathlib import Path

from neurosim.cli.errors import UsageError
from neurosim.document.csv_writing import table_bytes, write_table
from neurosim.document.table import TableError
from neurosim.engine.dataset import Dataset
from neurosim.engine.table_form import TableForm


def put_table(dataset: Dataset, form: TableForm, out: Path | None) -> None:
    """Write *dataset* in this *form* to *out*, or to the terminal when there is no file.

    Raises:
        UsageError: there is nothing to write, or it cannot be written.
    """
    try:
        if out is not None:
            write_table(dataset, out, form)
            return
        data = table_bytes(dataset, form)
    except TableError as error:
        raise UsageError(str(error)) from error
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
