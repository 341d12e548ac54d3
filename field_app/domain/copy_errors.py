"""The known failures of copies of photos, a branch of the tree in `domain/errors`.

FieldAppError
├── PictureMissing          of a photo of the hub no picture has come yet
└── CopyNotWritten          a copy for others cannot be put where a person wants it
"""

from field_app.domain.errors import FieldAppError, Retry
from field_app.texts.catalogue import mark


class PictureMissing(FieldAppError):
    """This computer has no picture of a photo yet."""

    title = mark("The picture is not on this computer yet.")
    hint = mark("Nothing was changed. It comes from the hub by itself; then try again.")
    retry = Retry.LATER


class CopyNotWritten(FieldAppError):
    """A copy for others cannot be written where a person wants it."""

    title = mark("The copy was not saved.")
    hint = mark("The photo itself is untouched. Make room there, or choose another place.")
