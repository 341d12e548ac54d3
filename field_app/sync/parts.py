"""Changes in parts: what is read of the hub's stream before it is stored in one transaction."""

from collections.abc import Callable, Generator, Iterator
from datetime import datetime
from itertools import islice
from typing import Final

from field_app.domain.errors import FieldAppError
from field_app.domain.ids import TicketId
from field_app.hub_client.hub import Change
from field_app.protocol.changes import TicketLine, UnreadableLine
from field_app.protocol.messages import ChangeLine, Reference

FIRST_LINES: Final = 500
"""Lines of the first part of a pull: there is soon something to store and to show."""
PART_LINES: Final = 1_000
"""Lines of each later part, some 3 MB of memory; more when many have come already."""
LARGEST_PART: Final = 8_000
GROWTH: Final = 8
"""A part has at most this part of all lines before it: what is stored last keeps nobody waiting,
and of a hundred thousand lines there are no fifty parts."""


class Part:
    """Lines that are not stored yet."""

    def __init__(self) -> None:
        """Begin without lines."""
        self.arrivals: dict[str, TicketLine] = {}
        """By the ticket's id."""
        self.removed: dict[TicketId, None] = {}
        self.unreadable: list[TicketId] = []
        self.reference: Reference | None = None
        self.cursor = ""
        self.lines = 0
        self.last: ChangeLine | None = None
        """The stream's last line, if it is in this part."""
        self.read_at: datetime | None = None
        """When the stream's last line was read, by this laptop's clock."""

    def fill(self, changes: Iterator[Change], most: int) -> None:
        """Take in the next lines; a later line of a ticket replaces an earlier one.

        Args:
            changes: Lines of the hub.
            most: How many to take; fewer when the stream ends.

        Raises:
            FieldAppError: The stream broke off; what came before is taken in.
        """
        for line in islice(changes, most):
            self.lines += 1
            self.cursor = line.cursor
            if type(line) is TicketLine:  # nearly always, and there may be a hundred thousand
                self.arrivals[line.listed.id] = line
                if self.removed:
                    self.removed.pop(TicketId(line.listed.id), None)
            elif isinstance(line, ChangeLine) and line.done:
                self.last = line
                break
            else:
                self._take_other(line)

    def _take_other(self, line: Change) -> None:
        """Take in a line that brings no ticket."""
        if isinstance(line, UnreadableLine):
            self.unreadable.append(line.ticket_id)
        elif isinstance(line, ChangeLine):
            self.reference = line.reference or self.reference
            if line.removed is not None:
                self.arrivals.pop(line.removed, None)
                self.removed[line.removed] = None


def parts_of(changes: Iterator[Change], now: Callable[[], datetime]) -> Generator[Part]:
    """Yield the hub's lines part by part; the last part has the last line, if there was one.

    Args:
        changes: Lines of the hub.
        now: Tells the present.

    Raises:
        FieldAppError: The stream broke off; what came before was yielded.
    """
    room, lines, is_over = FIRST_LINES, 0, False
    while not is_over:
        part = Part()
        try:
            part.fill(changes, room)
        except FieldAppError:
            if part.lines:
                yield part
            raise
        is_over = part.last is not None or part.lines < room
        part.read_at = now()
        yield part
        lines += part.lines
        room = min(max(PART_LINES, lines // GROWTH), LARGEST_PART)
