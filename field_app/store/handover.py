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
        self._parts: tuple[Mapping[str, Listed], ...] | None = None
        """What each change brought from the first one on; None when copies must be read."""
        self._ids: set[str] = set()

    def begin(self) -> None:
        """Note that no copy is in the database yet, and none ever was."""
        self._parts = ()

    def add(self, rows: Mapping[str, Listed], change: int) -> None:
        """Add copies that were committed; anything but a first fetch ends the handing over.

        Args:
            rows: By id.
            change: The number of the change that brought them.
        """
        known, self._parts = self._parts, None
        if known is not None and len(known) == change - 1 and self._ids.isdisjoint(rows):
            self._ids.update(rows)
            self._parts = (*known, rows)
        else:
            self._ids.clear()

    def copies(self, before: Copies = NOTHING) -> Copies | None:
        """Return all copies; None when they must be read.

        Args:
            before: What is known already, by reading or from here.
        """
        parts = self._parts
        if parts is None or len(parts) < before.change:
            return None
        if len(parts) == before.change:
            return before
        rows = dict(before.rows)
        for part in parts[before.change :]:
            rows.update(part)
        return Copies(rows=rows, change=len(parts))
