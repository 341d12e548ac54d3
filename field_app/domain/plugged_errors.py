"""The known failure of what is plugged in, a branch of the tree in `domain/errors`.

FieldAppError
└── PulledOut               a phone or card that was read is not there any more
"""

from field_app.domain.errors import FieldAppError, Retry
from field_app.texts.catalogue import mark


class PulledOut(FieldAppError):
    """A phone or card was pulled out while it was read, or its screen was locked."""

    title = mark("The phone or card is not there any more.")
    hint = mark("What you added is safe, and nothing on it was changed. Plug it in to go on.")
    retry = Retry.LATER
