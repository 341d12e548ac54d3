"""Names of things: one type per kind of id, so that one is never taken for another."""

from typing import NewType

import uuid_utils

TicketId = NewType("TicketId", str)
"""The hub's name for a ticket, as people see it: `2026-K4T9XA`."""
PhotoId = NewType("PhotoId", str)
OperationId = NewType("OperationId", str)
PersonId = NewType("PersonId", str)
CrewId = NewType("CrewId", str)
DeviceId = NewType("DeviceId", str)
Revision = NewType("Revision", int)
"""The hub's count of changes; it orders things, clocks never do."""


def new_id() -> str:
    """Return a new UUIDv7 as lower-case text of 36 characters."""
    return str(uuid_utils.uuid7())
