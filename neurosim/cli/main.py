"""Which command is meant, and how it ends: 0 done, 1 a check failed, 2 bad input with one sentence on stderr."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from neurosim import __version__
from neurosim.cli.errors import UsageError

BAD_INPUT = 2
_PRESENT = "--present"


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out the command line *arguments* (those of the process by default) and return the exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        code = _dispatch(words)
        sys.stdout.flush()
    except UsageError as error:
        sys.stderr.write(f"neurosim: {error}\n")
        return BAD_INPUT
    except BrokenPipeError:
        # The reader of our output (head, less) has gone; Python must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("neurosim: interrupted; nothing was written.\n")
        return 130
    return code


def _dispatch(words: list[str]) -> int:
    files = [word for word in words if word != _PRESENT]
    if not files or (words[0] not in _COMMANDS and not files[0].startswith("-")):
        from neurosim.cli.window import open_window

        return open_window(files, present=_PRESENT in words)
    options = _parser().parse_args(words)
    return int(_COMMANDS[options.command](options))


def _train(options: argparse.Namespace) -> int:
    from neurosim.cli.train import train

    return train(options)


def _show(options: argparse.Namespace) -> int:
    from neurosim.cli.show import show

    return show(options)


def _check(options: argparse.Namespace) -> int:
    from neurosim.cli.check import check

    return check(options)


def _solve(options: argparse.Namespace) -> int:
    from neurosim.cli.solve import solve

    return solve(options)


def _sweep(options: argparse.Namespace) -> int:
    from neurosim.cli.sweep import sweep

    return sweep(options)


def _render(options: argparse.Namespace) -> int:
    from neurosim.cli.window import render

    return render(options)


def _lesson(options: argparse.Namespace) -> int:
    from neurosim.cli.lesson import lesson

    return lesson(options)


def _data(options: argparse.Namespace) -> int:
    from neurosim.cli.data import data

    return data(options)


def _export(options: argparse.Namespace) -> int:
    from neurosim.cli.export import export

    return export(options)


def _worksheet(options: argparse.Namespace) -> int:
    from neurosim.cli.worksheet import worksheet

    return worksheet(options)


_COMMANDS = {
    "train": _train,
    "show": _show,
    "check": _check,
    "solve": _solve,
    "sweep": _sweep,
    "render": _render,
    "lesson": _lesson,
    "data": _data,
    "export": _export,
    "worksheet": _worksheet,
}


class _Parser(argparse.ArgumentParser):
    """Complains in one sentence."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message}; `{self.prog} --help` shows what is possible.")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="neurosim",
        description="Bring an artificial neuron to life. Without a command, FILE is opened in the window.",
        epilog="neurosim [--present] [FILE] opens the window; --present fills the screen with it.",
    )
    parser.add_argument("--version", action="version", version=f"neurosim {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", parser_class=_Parser)

    train = commands.add_parser("train", help="take training steps and print where they lead")
    _add_file(train)
    _add_length(train)
    _add_set(train)
    train.add_argument("--trace", type=Path, metavar="OUT.csv", help="write every step's loss, parameters and gradient")
    train.add_argument("--out", type=Path, metavar="FILE", help="save the trained document")
    _add_json(train)

    show = commands.add_parser("show", help="print one training step line by line, with its numbers")
    _add_file(show)
    show.add_argument("--step", type=_count, metavar="K", help="the step (default: where the document stands)")
    show.add_argument("--row", type=_count, metavar="I", help="the row, counted from 1 (default: the first few)")
    show.add_argument("--latex", action="store_true", help="print LaTeX (amsmath) instead of text")
    _add_set(show)

    check = commands.add_parser("check", help="compare each partial derivative with a difference quotient")
    _add_file(check)
    _add_set(check)
    _add_json(check)

    solve = commands.add_parser("solve", help="print the optimum of a linear neuron with squared error")
    _add_file(solve)
    _add_set(solve)
    solve.add_argument("--out", type=Path, metavar="FILE", help="save the document with the optimum")
    _add_json(solve)

    sweep = commands.add_parser("sweep", help="train with each of several settings, on all cores, side by side")
    _add_file(sweep)
    sweep.add_argument(
        "--over",
        action="append",
        required=True,
        metavar="KEY=V,V,...",
        help="the values of a setting or parameter, such as training.learning_rate=1/100,1/30; may be repeated",
    )
    _add_length(sweep)
    _add_set(sweep)
    _add_json(sweep)

    render = commands.add_parser(
        "render", help="draw the window, the graph or a panel into a picture, without a screen"
    )
    _add_file(render)
    render.add_argument("--out", type=Path, required=True, metavar="OUT", help="the picture to write, .png or .svg")
    render.add_argument(
        "--view", default="window", metavar="NAME", help="graph, or a panel such as data_plot (default: the window)"
    )
    render.add_argument("--size", type=_size, default=(1280, 720), metavar="WxH", help="in pixels (default: 1280x720)")
    look = render.add_mutually_exclusive_group()
    look.add_argument("--theme", choices=("light", "dark", "projector"), default="light", help="(default: light)")
    look.add_argument(_PRESENT, dest="theme", action="store_const", const="projector", help="dressed for projectors")

    lesson = commands.add_parser("lesson", help="list the lessons, check one that you write, or look at it")
    lesson.add_argument("action", choices=("list", "check", "preview"), metavar="list|check|preview")
    lesson.add_argument("folder", nargs="?", metavar="FOLDER", help="a lesson's folder, or a bundled lesson's number")
    lesson.add_argument("--text", action="store_true", help="with preview: print its pages instead of opening it")
    _add_tables(commands)
    sheets = commands.add_parser("worksheet", help="write exercise sheets with numbers of their own, and the key")
    sheets.add_argument("exercise", metavar="LESSON|EXERCISE", help="a lesson, its folder, or a kind of exercise")
    sheets.add_argument("--variants", type=_count, default=1, metavar="N", help="how many versions (default: 1)")
    sheets.add_argument(
        "--seed", type=_count, default=0, metavar="S", help="the same seed, the same sheets (default: 0)"
    )
    sheets.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where PDF and LaTeX are written")
    return parser


def _add_tables(commands: argparse._SubParsersAction[_Parser]) -> None:
    """The commands that make tables."""
    data = commands.add_parser("data", help="make rows by a rule, such as moons or a logic gate")
    data.add_argument("kind", metavar="KIND", help="what rows: line, parabola, sine, step, clusters, circles, ...")
    data.add_argument("--rows", type=_count, metavar="N", help="how many (default: what suits the kind)")
    data.add_argument("--noise", metavar="X", help="how far they are from the rule (default: what suits the kind)")
    data.add_argument("--seed", type=_count, default=0, metavar="S", help="the same seed, the same rows (default: 0)")
    data.add_argument(
        "--set", action="append", default=[], metavar="NAME=VALUE", help="a setting of the kind; may be repeated"
    )
    data.add_argument("--out", type=Path, metavar="FILE", help="a .csv or .tsv file (default: the terminal)")

    export = commands.add_parser("export", help="write the data of a document as a table, or all of it as Python")
    export.add_argument("file", type=Path, metavar="FILE", help="a .neurosim document, or a table")
    export.add_argument("--to", choices=("csv", "tsv", "python"), default="csv", help="(default: csv)")
    export.add_argument(
        "--separator", choices=("comma", "semicolon", "tab", "bar"), help="what separates cells (default: by --to)"
    )
    export.add_argument("--decimal", choices=(".", ","), help="the decimal sign (default: that of the data)")
    export.add_argument("--out", type=Path, metavar="FILE", help="the file to write (default: the terminal)")


def _add_length(parser: argparse.ArgumentParser) -> None:
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--steps", type=_count, metavar="N", help="how many steps (default: 1)")
    length.add_argument("--epochs", type=_count, metavar="N", help="how many times through the data")


def _add_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a .neurosim document")


def _add_set(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="KEY=VALUE",
        help="change a setting or a parameter first, such as training.learning_rate=1/10 or a=1/2; may be repeated",
    )


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object; exact numbers are strings")


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 on")
    return int(text)


def _size(text: str) -> tuple[int, int]:
    width, cross, height = text.lower().partition("x")
    if not (cross and width.isdigit() and height.isdigit() and 1 <= int(width) <= 16000 and 1 <= int(height) <= 16000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 1280x720")
    return int(width), int(height)
