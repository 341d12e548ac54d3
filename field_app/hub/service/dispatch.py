"""Dispatch: which crew gets a new ticket and by when."""

from datetime import datetime, timedelta

from field_app.domain.ids import CrewId
from field_app.domain.ticket import Ticket
from field_app.hub.settings import DEFAULT_DEADLINE_DAYS, HubSettings


def crew_for(ticket: Ticket, settings: HubSettings) -> CrewId | None:
    """Return the crew of the first rule that fits; None when a supervisor must decide."""
    for rule in settings.rules:
        fits_category = rule.category in {"", *ticket.categories}
        fits_area = rule.area in {"", ticket.subdistrict, ticket.district}
        if fits_category and fits_area:
            return CrewId(rule.crew)
    return None


def deadline_of(ticket: Ticket, settings: HubSettings) -> datetime:
    """Return the deadline by the ticket's first category that has one."""
    days = [
        settings.deadlines_days[category]
        for category in ticket.categories
        if category in settings.deadlines_days
    ]
    return ticket.reported_at + timedelta(days=days[0] if days else DEFAULT_DEADLINE_DAYS)
