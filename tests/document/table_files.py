"""Tables as spreadsheets, instruments, statistics programs and people leave them: at least as bad as real life."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

Cell = Fraction | float | str
BOM = b"\xef\xbb\xbf"
TWO = [["1.5", "2"], ["-3", "4.25"]]


@dataclass(frozen=True)
class TableFile:
    """A file, and either its names and cells (texts for numbers are read exactly) or the sentence that refuses it.

    ``aside`` names the rows (from 0) that are kept out of training. ``words`` names the columns of words.
    """

    name: str
    data: bytes
    names: Sequence[str] = ("x", "y")
    rows: Sequence[Sequence[str]] = ()
    aside: Sequence[int] = ()
    words: Sequence[str] = ()
    refused: str = ""


def _good(
    name: str, text: str, rows: Sequence[Sequence[str]] = TWO, encoding: str = "utf-8", **more: object
) -> TableFile:
    return TableFile(name, text.encode(encoding), rows=rows, **more)  # type: ignore[arg-type]


def table_files() -> list[TableFile]:
    """All of them."""
    return [
        *_separators(),
        *_lines(),
        *_encodings(),
        *_quotes(),
        *_numbers(),
        *_missing(),
        *_ragged(),
        *_headers(),
        *_refused(),
    ]


def _separators() -> list[TableFile]:
    return [
        _good("plain", "x,y\n1.5,2\n-3,4.25\n"),
        _good("semicolon", "x;y\n1.5;2\n-3;4.25\n"),
        _good("semicolon-comma", "x;y\n1,5;2\n-3;4,25\n"),
        _good("tab", "x\ty\n1.5\t2\n-3\t4.25\n"),
        _good("tab-comma", "x\ty\n1,5\t2\n-3\t4,25\n"),
        _good("bar", "x|y\n1.5|2\n-3|4.25\n"),
        _good("space", "x y\n1.5 2\n-3 4.25\n"),
        _good("spaces", "  x     y\n 1.5    2\n  -3  4.25\n"),
        _good("spaces-and-tabs", "x \t y\n1.5\t 2\n-3 \t4.25\n"),
        _good("padded", "x, y\n1.5, 2\n-3, 4.25\n"),
        _good("trailing-comma", "x,y\n1.5,2,\n-3,4.25,\n"),
        _good("trailing-spaces", "x,y  \n1.5,2 \n-3,4.25\t\n"),
        _good("one-column", "x\n1.5\n\n-3\n", [["1.5"], ["-3"]], names=("x",)),
        _good("quoted-decimal-comma", '"x","y"\n"1,5","2"\n"-3","4,25"\n'),
    ]


def _lines() -> list[TableFile]:
    return [
        _good("windows", "x,y\r\n1.5,2\r\n-3,4.25\r\n"),
        _good("old-macintosh", "x,y\r1.5,2\r-3,4.25\r"),
        _good("mixed", "x,y\r\n1.5,2\n-3,4.25\r\n"),
        _good("no-last-line-end", "x,y\n1.5,2\n-3,4.25"),
        _good("windows-no-last-line-end", "x,y\r\n1.5,2\r\n-3,4.25"),
        _good("blank-lines", "\n\nx,y\n\n1.5,2\n\n\n-3,4.25\n\n"),
        _good("blank-lines-with-spaces", "  \nx,y\n1.5,2\n \t\n-3,4.25\n  "),
        _good("many-blank-lines-behind", "x,y\n1.5,2\n-3,4.25" + "\n" * 9),
    ]


def _encodings() -> list[TableFile]:
    cells = [["1.5", "müde"], ["-3", "größer"]]
    text = "länge,art\n1.5,müde\n-3,größer\n"
    more = {"names": ("länge", "art"), "words": ("art",)}
    return [
        _good("utf-8", text, cells, **more),
        _good("utf-8-mark", text, cells, "utf-8-sig", **more),
        _good("utf-16", "\ufeff" + text, cells, "utf-16-le", **more),
        _good("utf-16-big", "\ufeff" + text, cells, "utf-16-be", **more),
        _good("latin-1", text, cells, "latin-1", **more),
        _good("latin-1-controls", "länge,art\n1.5,m\x81\n", [["1.5", "m\x81"]], "latin-1", **more),
        _good("windows-1252", "länge,art\n1.5,10 €\n", [["1.5", "10 €"]], "cp1252", **more),
        _good("other-digits", "x,y\n\u06f1.\u06f5,\u06f2\n\u22123,4.25\n"),
    ]


def _quotes() -> list[TableFile]:
    more = {"names": ("x", "note"), "words": ("note",)}
    return [
        _good("all-quoted", '"x","y"\n"1.5","2"\n"-3","4.25"\n'),
        _good("words-quoted", '"x","note"\n1.5,"a"\n-3,"b"\n', [["1.5", "a"], ["-3", "b"]], **more),
        _good("some-quoted", 'x,note\n1.5,"a"\n"-3",b\n', [["1.5", "a"], ["-3", "b"]], **more),
        _good("separator-inside", 'x,note\n1.5,"a, b"\n', [["1.5", "a, b"]], **more),
        _good("doubled-marks", 'x,note\n1.5,"say ""yes"""\n', [["1.5", 'say "yes"']], **more),
        _good("line-end-inside", 'x,note\n1.5,"a\nb"\n-3,c\n', [["1.5", "a\nb"], ["-3", "c"]], **more),
        _good(
            "line-end-inside-windows",
            'x,note\r\n1.5,"a\nb"\r\n-3,"c\r\nd"\r\n',
            [["1.5", "a\nb"], ["-3", "c\nd"]],
            **more,
        ),
        _good("mark-within", 'x,note\n1.5,5" by 3"\n', [["1.5", '5" by 3"']], **more),
        _good("never-closed", 'x,note\n1.5,"a\n-3,b\n', [["1.5", '"a'], ["-3", "b"]], **more),
        _good("name-with-separator", '"x, mm","a\nb"\n1.5,2\n', [["1.5", "2"]], names=("x, mm", "a b")),
        _good("empty-quotes", 'x,note\n1.5,""\n2,a\n', [["1.5", ""], ["2", "a"]], **more),
        _good("spaces-quoted", 'x note\n1.5 "a b"\n2 c\n', [["1.5", "a b"], ["2", "c"]], **more),
    ]


def _numbers() -> list[TableFile]:
    return [
        _good("spellings", "x,y\n1.50,+2\n-3.0,425e-2\n"),
        _good("bare-points", "x,y\n1.5,2.\n-3,.5\n", [["1.5", "2"], ["-3", "0.5"]]),
        _good("leading-zeros", "x,y\n001.5,02\n-03,4.25\n"),
        _good("two-decimals", "x,y\n1.50,2.00\n-3.00,4.25\n"),
        _good("numpy", "x,y\n1.500000000000000000e+00,2.000000000000000000e+00\n-3.000000000000000000e+00,4.25e+00\n"),
        _good("fractions", "x,y\n3/2,2\n-3,17/4\n"),
        _good("long-digits", "x,y\n0.1234567890123456789,1\n", [["0.12345678901234568", "1"]]),
        _good("large-integer", "x,y\n12345678901234567890,1\n", [["12345678901234567890", "1"]]),
        _good("minus-zero", "x,y\n-0,1\n-0.0,2\n", [["0", "1"], ["0", "2"]]),
        _good("thousands", "x;y\n1.234;5\n1.500;6\n", [["1.234", "5"], ["1.5", "6"]]),
        _good("grouped", 'x,y\n"1,234,567",5\n2,6\n3,7\n', [["1,234,567", "5"], ["2", "6"], ["3", "7"]], aside=[0]),
        _good("underscore", "x,y\n1_000,5\n2,6\n3,7\n", [["1_000", "5"], ["2", "6"], ["3", "7"]], aside=[0]),
        _good("large-powers", "x,y\n1e300,1e-300\n1E5,1e05\n", [["1e300", "1e-300"], ["100000", "100000"]]),
    ]


def _missing() -> list[TableFile]:
    rows = [["1", "2"], ["", "3"], ["4", "5"]]
    found = []
    for word in ("", "NA", "n/a", "NaN", "nan", "null", "?", "-", "#N/A", "none", "."):
        cells = [list(row) for row in rows]
        cells[1][0] = word
        text = "x,y\n" + "".join(",".join(row) + "\n" for row in cells)
        found.append(_good(f"missing-{word or 'empty'}".replace("/", "").replace("?", "mark"), text, cells, aside=[1]))
    return [
        *found,
        _good(
            "infinite",
            "x,y\n1,2\ninf,3\n-Infinity,4\n5,1e400\n5,1e-400\n",
            [["1", "2"], ["inf", "3"], ["-Infinity", "4"], ["5", "1e400"], ["5", "1e-400"]],
            aside=[1, 2, 3, 4],
        ),
        _good("quoted-missing", 'x,y\n"NA",1\n2,""\n3,4\n', [["NA", "1"], ["2", ""], ["3", "4"]], aside=[0, 1]),
        _good("words-among-numbers", "x,y\n1,2\nabc,3\n4,5\n", [["1", "2"], ["abc", "3"], ["4", "5"]], aside=[1]),
        _good("missing-spelled", "x,y\n1.0, NA\n2.50,3\n4,5\n", [["1.0", "NA"], ["2.5", "3"], ["4", "5"]], aside=[0]),
        _good("missing-word", "x,note\n1,\n2,a\n", [["1", ""], ["2", "a"]], names=("x", "note"), words=("note",)),
        _good("nothing-but-separators", "x,y\n1,2\n,\n3,4\n", [["1", "2"], ["", ""], ["3", "4"]], aside=[1]),
        _good(
            "decimal-comma-missing",
            "x;y\n1,5;2\n;4,25\n3,50;?\n",
            [["1.5", "2"], ["", "4,25"], ["3,50", "?"]],
            aside=[1, 2],
        ),
    ]


def _ragged() -> list[TableFile]:
    return [
        _good("short", "x,y\n1,2\n3\n4,5\n", [["1", "2"], ["3", ""], ["4", "5"]], aside=[1]),
        _good("long", "x,y\n1,2\n3,4,5\n6,7\n", [["1", "2"], ["3", "4"], ["6", "7"]], aside=[1]),
        _good("long-after-blank", "x,y\n1,2\n\n3,4,5\n6,7\n", [["1", "2"], ["3", "4"], ["6", "7"]], aside=[1]),
        _good("long-spelled", 'x,y\n1,2\n3,4, "5" ,,\r\n6,7\n', [["1", "2"], ["3", "4"], ["6", "7"]], aside=[1]),
        _good(
            "spaces-ragged",
            "x y\n1 2\n3\n4  5   6\n7 8\n9 10\n",
            [["1", "2"], ["3", ""], ["4", "5"], ["7", "8"], ["9", "10"]],
            aside=[1, 2],
        ),
    ]


def _headers() -> list[TableFile]:
    return [
        _good("none", "1.5,2\n-3,4.25\n"),
        _good("none-three", "1,2,3\n4,5,6\n", [["1", "2", "3"], ["4", "5", "6"]], names=("x1", "x2", "y")),
        _good("doubled", "x,x,x\n1,2,3\n", [["1", "2", "3"]], names=("x", "x 2", "x 3")),
        _good("nameless", "x,,\n1,2,3\n", [["1", "2", "3"]], names=("x", "column 2", "column 3")),
        _good("spaced-names", ' x , "y  z" \n1,2\n', [["1", "2"]], names=("x", "y z")),
        _good(
            "corner-lacking",
            "mpg,cyl\nMazda,21,6\nFiat,32,4\n",
            [["Mazda", "21", "6"], ["Fiat", "32", "4"]],
            names=("rows", "mpg", "cyl"),
            words=("rows",),
        ),
        _good(
            "corner-lacking-quoted",
            '"mpg" "cyl"\n"Mazda RX4" 21 6\n"Fiat 128" 32.4 4\n',
            [["Mazda RX4", "21", "6"], ["Fiat 128", "32.4", "4"]],
            names=("rows", "mpg", "cyl"),
            words=("rows",),
        ),
        _good(
            "words-between",
            "x,kind,y\n1.5,a,2\n-3,b,4.25\n",
            [["1.5", "a", "2"], ["-3", "b", "4.25"]],
            names=("x", "kind", "y"),
            words=("kind",),
        ),
        _good("one-row", "x,y\n1.5,2\n", TWO[:1]),
    ]


def _refused() -> list[TableFile]:
    sentences = {
        "empty": (b"", r"is empty: there is nothing to read"),
        "blank": (b" \n\t\n\r\n", r"is empty: there is nothing to read"),
        "mark-only": (BOM, r"is empty: there is nothing to read"),
        "header-only": (b"x,y\n", r"has a line of names but no rows of data: write some below it"),
        "header-only-blank": (b"x,y\r\n\r\n\r\n", r"has a line of names but no rows of data"),
        "workbook": (b"PK\x03\x04\x14\0", r"is a workbook, not text: save it as CSV first"),
        "old-workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1", r"is a workbook, not text: save it as CSV first"),
        "bytes": (b"x,y\n\0\0,1\n", r"is no text file: open a CSV file"),
        "utf-32": ("x,y\n1,2\n".encode("utf-32"), r"is no text file"),
        "utf-16-cut": (b"\xff\xfex\0,\0y", r"begins like UTF-16 text but is none: save it as UTF-8"),
        "marked-but-not-utf-8": (BOM + b"x,y\n1,\xe4\n", r"says that it is UTF-8, but line 2 is not: save it as UTF-8"),
        "words-only": (b"a,b\nfoo,bar\n", r"has no column of numbers"),
        "no-complete-row": (b"a,b\n1,\n,2\n3,\n,4\n", r"No row of .* has a number in each of: a, b"),
    }
    return [TableFile(name, data, refused=sentence) for name, (data, sentence) in sentences.items()]
