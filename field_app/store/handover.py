"""What the sync thread just took in, handed to the threads that show it.

Reading ten thousand rows back that were in memory a moment ago is a fifth of a first sync.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from field_app.domain.listed import Listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """All of the hub's copies, as lists have them."""

    rows: Mapping[str, Listed]
    """By id, unsorted; nobody changes it any more."""
    change: int
    """The newest change that is in them."""


NOTHING = Copies(rows={}, change=0)


class Handover:
    """One for all connections of a database; may be used from every thread."""

    def __init__(self) -> None:
        """Begin with nothing to hand over."""
        self.copies: Copies | None = None
        """All copies up to some change; None when they must be read."""

    def begin(self) -> None:
        """Note that no copy is in the database yet, and none ever was."""
        self.copies = NOTHING

    def add(self, rows: Mapping[str, Listed], change: int) -> None:
        """Add copies that were committed; anything but a first fetch ends the handing over.

        Args:
            rows: By id.
            change: The number of the change that brought them.
        """
        known, self.copies = self.copies, None
        if known is not None and known.change == change - 1 and rows.keys().isdisjoint(known.rows):
            self.copies = Copies(rows={**known.rows, **rows}, change=change)
