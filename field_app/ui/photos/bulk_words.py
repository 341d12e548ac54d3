"""What is said while many photos are taken in, and of each file at the end."""

from collections.abc import Iterable

from field_app.texts import _, ngettext
from field_app.texts.numbers import count as number_words
from field_app.ui.photos.words import AddedFiles, Fate, FileRow

LOOKS = {
    Fate.ADDED: ("circle-check-big", "okText"),
    Fate.HERE: ("copy", "text2"),
    Fate.REFUSED: ("status-attention", "warnText"),
    Fate.UNREADABLE: ("status-attention", "warnText"),
    Fate.LEFT: ("status-paused", "text2"),
}
"""Icon and colour of each fate; the words say the same."""
ORDER = (Fate.UNREADABLE, Fate.REFUSED, Fate.LEFT, Fate.HERE, Fate.ADDED)
"""What somebody may have to do something about comes first."""


def fate_words(row: FileRow) -> str:
    """Return what became of a file, and why."""
    match row.fate:
        case Fate.ADDED:
            what = _("added")
        case Fate.HERE:
            what = _("already here")
        case _:
            what = _("not added")
    why = _(row.why) if row.why and row.fate is not Fate.HERE else ""
    return f"{what} · {why}" if why else what


def row_words(row: FileRow) -> str:
    """Return a line of the list."""
    return f"{row.name} · {fate_words(row)}"


def ordered(rows: Iterable[FileRow]) -> tuple[FileRow, ...]:
    """Return the files with those first that somebody may have to look after."""
    return tuple(sorted(rows, key=lambda row: ORDER.index(row.fate)))


def list_text(result: AddedFiles) -> str:
    """Return the whole list as text, a file a line, for pasting into a letter or a table."""
    lines = [f"{row.name}\t{fate_words(row)}" for row in ordered(result.rows)]
    if result.others:
        lines.append(others_words(result.others))
    return "\n".join(lines)


def others_words(count: int) -> str:
    """Return what was in a folder beside pictures."""
    words = ngettext(
        "{count} other thing in the folder is no picture",
        "{count} other things in the folder are no pictures",
        count,
    )
    return words.format(count=number_words(count))


def is_worth_a_list(result: AddedFiles) -> bool:
    """Return whether there is more to say than a sentence that goes away can hold."""
    return len(result.rows) > 1 and (result.added < len(result.rows) or bool(result.others))


def looking_words(count: int) -> str:
    """Return what is said while folders are walked."""
    words = ngettext(
        "Looking for pictures · {count} found", "Looking for pictures · {count} found", count
    )
    return words.format(count=number_words(count))


def saving_words(done: int, of: int, name: str) -> str:
    """Return '12 of 100 · IMG_0012.JPG'."""
    words = _("{number} of {count}").format(number=number_words(done), count=number_words(of))
    return f"{words} · {name}" if name else words
