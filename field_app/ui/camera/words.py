"""What is said when there is no picture, and of photos that were kept."""

from typing import Final

from field_app.domain.photo import PhotoRole
from field_app.texts import _, mark, ngettext
from field_app.ui.camera.cameras import Trouble

TITLES: Final = {
    PhotoRole.BEFORE: mark("Camera · before photo"),
    PhotoRole.PROGRESS: mark("Camera · progress photo"),
    PhotoRole.AFTER: mark("Camera · after photo"),
}
TROUBLES: Final = {
    Trouble.NO_PROGRAM: mark("This computer lacks a part of the system that cameras need"),
    Trouble.NONE: mark("No camera found"),
    Trouble.REFUSED: mark("The system does not let this program use the camera"),
    Trouble.BUSY: mark("The camera gives no picture"),
    Trouble.GONE: mark("The camera was unplugged"),
}
WAYS_ON: Final = {
    Trouble.NO_PROGRAM: mark(
        "On Linux whoever looks after it can install libpulse0. Photos still come in from files, "
        "by pasting or from a phone."
    ),
    Trouble.NONE: mark(
        "Plug one in, and it appears here by itself. Or add photos from files, by pasting or from "
        "a phone."
    ),
    Trouble.REFUSED: mark(
        "Allow it in the privacy settings of the system, then try again. Or add photos from files, "
        "by pasting or from a phone."
    ),
    Trouble.BUSY: mark(
        "Perhaps another program uses it: close that one, then try again. Or add photos from "
        "files, by pasting or from a phone."
    ),
    Trouble.GONE: mark(
        "Photos that you kept are safe. Plug it in again, and the picture comes back by itself."
    ),
}


def kept_words(count: int) -> str:
    """Return '2 photos kept', or nothing."""
    if not count:
        return ""
    return ngettext("{count} photo kept", "{count} photos kept", count).format(count=count)


def trouble_words(trouble: Trouble) -> tuple[str, str]:
    """Return what happened, and what to do."""
    return _(TROUBLES[trouble]), _(WAYS_ON[trouble])
