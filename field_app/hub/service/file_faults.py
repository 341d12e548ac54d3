"""What may be wrong with a platform's file, in sentences for the person who imports it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from field_app.domain.errors import FileUnreadable
from field_app.texts import mark

EMPTY: Final = mark("The file is empty.")
NO_TEXT: Final = mark(
    "This is no CSV file but something else, for instance a picture or an Excel workbook. "
    "Download the jobs from the platform as CSV."
)
PLATFORM_ERROR: Final = mark(
    "The file holds an error message of the platform instead of jobs. Download it again."
)
NO_COLUMNS: Final = mark(
    "The file has no columns with these names: {columns}. "
    "Download it again from the platform and leave its first line as it is."
)
BROKEN_LINE: Final = mark(
    "Line {line} cannot be read, and nothing after it: a quotation mark is missing there, or a "
    "field is too long."
)
NO_PICTURE: Final = mark("{name} is no JPEG or PNG picture, or it is cut off.")
LARGE_PICTURE: Final = mark("{name} is larger than {limit} MB.")

COLUMN_COUNT: Final = mark("The row has {found} columns instead of {expected}.")
OTHER_LETTERS: Final = mark("The letters are not {encoding} as in the rest of the file.")
NO_ID: Final = mark("This is no job number.")
NO_STATUS: Final = mark("The status is missing.")
NO_TIME: Final = mark("The time is missing.")
ODD_TIME: Final = mark("This is not a time.")
ODD_YEAR: Final = mark("The year {year} cannot be; years are written like 2026, not 2569.")
NO_BRACES: Final = mark("The categories do not stand in braces.")
ODD_PLACE: Final = mark("This is not two numbers, longitude and latitude.")
ODD_NUMBER: Final = mark("This is not a number.")
NOT_ON_EARTH: Final = mark("This place is not on the earth.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row that was left out."""

    line: int
    """Line of the file on which the row begins, from 1."""
    column: str
    """The column's name; empty for the row as a whole."""
    reason: str
    """A msgid, without the value."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """What the reason names."""


class BadValue(ValueError):
    """A value that cannot be used."""

    def __init__(self, column: str, reason: str, **facts: object) -> None:
        """Say which column's, and why.

        Args:
            column: The column's name.
            reason: A msgid.
            facts: What the reason names.
        """
        super().__init__(reason)
        self.column = column
        self.reason = reason
        self.facts = facts


class NotTheFile(FileUnreadable):
    """A file that cannot be imported at all."""

    def __init__(self, reason: str, **facts: object) -> None:
        """Say why.

        Args:
            reason: A msgid.
            facts: What the reason names.
        """
        super().__init__(reason.format(**facts))
        self.reason = reason
        self.facts = facts
