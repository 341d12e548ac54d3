"""The known failures of what goes onto paper, a branch of the tree in `domain/errors`.

FieldAppError
├── PaperNotMade            the pages cannot be made on this computer
└── PaperNotWritten         the file cannot be put where a person wants it
"""

from field_app.domain.errors import FieldAppError
from field_app.texts.catalogue import mark


class PaperNotMade(FieldAppError):
    """The part of the program that makes pages is missing or failed."""

    title = mark("The work list could not be made.")
    hint = mark("The route is as it was. Try again; the list on the screen has the same jobs.")


class PaperNotWritten(FieldAppError):
    """A file cannot be written where a person wants it."""

    title = mark("The work list was not saved.")
    hint = mark("The route is as it was. Make room there, or choose another place.")
