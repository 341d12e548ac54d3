"""Tables on the command line, in columns also where Thai vowels stand above their letters."""

import unicodedata
from collections.abc import Sequence

import click


def width_of(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    marks = {"Mn", "Me", "Cf"}
    return sum(
        0 if unicodedata.category(c) in marks else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def write_table(rows: Sequence[Sequence[str]]) -> None:
    """Write rows of the same length; the last column is as long as it likes."""
    widths = [max(width_of(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell + " " * (width - width_of(cell))
            for cell, width in zip(row[:-1], widths, strict=False)
        ]
        click.echo("  ".join([*cells, row[-1]]).rstrip())
