"""What is worth saying about a map package, in whole sentences in the language in use."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from field_app.maps.tiles import Remark, RemarkKind
from field_app.texts import _
from field_app.texts.catalogue import mark

SENTENCES: Final[Mapping[RemarkKind, str]] = MappingProxyType(
    {
        RemarkKind.ROWS_FLIPPED: mark(
            "The rows of this map are numbered from the north instead of the south. It is shown "
            "the right way round."
        ),
        RemarkKind.TYPE_DIFFERS: mark(
            "The tiles of this map are of another type than the file says. It is shown as far as "
            "that is possible."
        ),
        RemarkKind.ZOOMS_MISSING: mark(
            "The zoom levels {zooms} are missing in this map. There, another map or plain ground "
            "is shown."
        ),
        RemarkKind.ELSEWHERE: mark("This map shows another area: none of your jobs lies on it."),
        RemarkKind.NO_ATTRIBUTION: mark(
            "This map does not say whose data it shows. Ask whoever made it before you pass "
            "pictures of it on."
        ),
        RemarkKind.DAMAGED_TILES: mark(
            "Parts of this map are damaged and stay empty. Copy the file again from where it came "
            "from."
        ),
    }
)


def sentence(remark: Remark) -> str:
    """Return a remark's sentence in the language in use."""
    return _(SENTENCES[remark.kind]).format(zooms=", ".join(map(str, remark.zooms)))
