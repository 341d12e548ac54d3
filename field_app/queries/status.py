"""Small answers about what this laptop holds: categories, crews, freshness."""

from field_app.protocol.messages import Reference
from field_app.queries.desk import Desk


def categories(desk: Desk) -> tuple[str, ...]:
    """Return the categories to filter by: the agency's, then others that tickets have; sorted."""
    raise NotImplementedError


def reference(desk: Desk) -> Reference:
    """Return what the hub told of the agency; empty before the first sync."""
    raise NotImplementedError
