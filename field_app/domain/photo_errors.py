"""Why a file is not taken as a photo, a branch of the tree in `domain/errors`.

FieldAppError
├── PhotoUnreadable         damaged inside
│   ├── NoPicture           something else, whatever its name says
│   ├── EmptyFile
│   ├── CutOff              its end is missing
│   └── PhotoTooLarge
│       └── TooManyPixels   whatever the file's own size
└── FileUnreadable          the disk, card or network failed
    ├── FileGone
    ├── NoRight             the system does not let this person read it
    ├── NoFile              a pipe, a device, a folder
    └── StillWritten        another program has not finished it
"""

from field_app.domain.errors import FileUnreadable, PhotoTooLarge, PhotoUnreadable
from field_app.texts.catalogue import mark


class NoPicture(PhotoUnreadable):
    """A file holds no picture of a format that is taken."""

    title = mark("This is no picture that can be taken.")
    hint = mark(
        "It was not added; the file itself is untouched. JPEG, HEIC, PNG and WebP pictures are "
        "taken, whatever their names end in."
    )


class EmptyFile(PhotoUnreadable):
    """A file has no bytes, as after a card was pulled out while it was copied."""

    title = mark("This file is empty.")
    hint = mark("It was not added. Copy it again from the phone or card, if it is still there.")


class CutOff(PhotoUnreadable):
    """A picture's end is missing."""

    title = mark("The end of this picture is missing.")
    hint = mark(
        "It was not added; the file itself is untouched. It may not have been copied to its end: "
        "copy it again from the phone or card."
    )


class TooManyPixels(PhotoTooLarge):
    """A picture's head names more pixels than fit into memory."""

    title = mark("This picture has too many pixels.")
    hint = mark(
        "It was not added; the file itself is untouched. A plain JPEG may have 200 million pixels, "
        "any other picture 100 million."
    )


class FileGone(FileUnreadable):
    """A file that was there is not there any more, or its card was pulled out."""

    title = mark("The file is not there any more.")
    hint = mark("Nothing was changed. Plug the card or stick in again, then choose the file again.")


class NoRight(FileUnreadable):
    """The system does not let this person read a file."""

    title = mark("The system does not allow this file to be read.")
    hint = mark("Nothing was changed. Copy it to a folder of your own, or ask your IT.")


class NoFile(FileUnreadable):
    """A name that is no file with bytes: a pipe, a device, a folder."""

    title = mark("This is no file.")
    hint = mark("Nothing was changed. Choose the picture itself.")


class StillWritten(FileUnreadable):
    """A file changed while it was read."""

    title = mark("The file is still being written.")
    hint = mark("Nothing was changed. Wait until it is copied, then add it again.")
