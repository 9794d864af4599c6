"""``neurosim data``: rows made by a rule, such as moons or a logic gate, as a table."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from neurosim.cli.errors import UsageError
from neurosim.cli.table_output import put_table
from neurosim.engine.errors import DatasetError
from neurosim.engine.generators import GENERATORS, Generator
from neurosim.engine.table_form import TableForm
from neurosim.numbers.exact import Number
from neurosim.numbers.parse import NumberError, parse_number


def data(options: argparse.Namespace) -> int:
    """Carry out ``data``."""
    generator = GENERATORS.get(options.kind)
    if generator is None:
        raise UsageError(f"there is no kind of data “{options.kind}”; there are: {', '.join(GENERATORS)}.")
    try:
        noise = None if options.noise is None else parse_number(options.noise)
        made = generator.dataset(options.rows, noise, options.seed, _settings(generator, options.set))
    except (DatasetError, NumberError) as error:
        raise UsageError(f"{options.kind}: {error}") from error
    tabs = options.out is not None and options.out.suffix.lower() == ".tsv"
    put_table(made, TableForm(delimiter="\t" if tabs else ","), options.out)
    return 0


def _settings(generator: Generator, changes: Iterable[str]) -> dict[str, Number | str]:
    choices = {setting.name for setting in generator.settings if setting.choices}
    found: dict[str, Number | str] = {}
    for change in changes:
        name, equals, text = (part.strip() for part in change.partition("="))
        if not equals:
            raise UsageError(f"--set {change}: a setting is written NAME=VALUE, such as classes=3.")
        if name in choices or name not in {setting.name for setting in generator.settings}:
            found[name] = text.lower()
        else:
            found[name] = parse_number(text)
    return found
