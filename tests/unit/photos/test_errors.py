"""No failure of Pillow or the folder gets past its door."""

import errno
import struct

import PIL
import pytest
from PIL import Image

from field_app.domain.errors import DiskFull, PhotoUnreadable, StoreFailed
from field_app.photos.errors import BY_CLASS, folder_errors, picture_errors


def test_every_exception_class_of_pillow_is_in_the_table() -> None:
    classes = {
        thing
        for module in (PIL, Image)
        for thing in vars(module).values()
        if isinstance(thing, type)
        and issubclass(thing, Exception)
        and not issubclass(thing, Warning)
        and thing.__module__.startswith("PIL")
    }
    assert classes
    assert classes <= set(BY_CLASS)


@pytest.mark.parametrize("kind", [*BY_CLASS, struct.error])
def test_what_readers_raise_is_an_unreadable_photo(kind: type[Exception]) -> None:
    with pytest.raises(PhotoUnreadable, match=kind.__name__), picture_errors():
        raise kind


@pytest.mark.parametrize(
    ("code", "ours"), [(errno.ENOSPC, DiskFull), (errno.EDQUOT, DiskFull), (errno.EIO, StoreFailed)]
)
def test_a_folder_that_cannot_be_written_says_why(code: int, ours: type[StoreFailed]) -> None:
    with pytest.raises(ours), folder_errors():
        raise OSError(code, "words")
