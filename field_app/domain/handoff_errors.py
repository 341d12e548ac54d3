"""Failures of the page through which a phone hands photos over; the rest stands in `errors`.

FieldAppError
└── NoWayForPhone           the page for a phone cannot be opened
"""

from field_app.domain.errors import FieldAppError, Retry
from field_app.texts.catalogue import mark


class NoWayForPhone(FieldAppError):
    """The page through which a phone hands photos over cannot be opened."""

    title = mark("The page for the phone cannot be opened.")
    hint = mark(
        "Nothing was changed. The network may be another one by now: check the Wi-Fi or the "
        "hotspot, then try again."
    )
    retry = Retry.LATER
