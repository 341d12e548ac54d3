"""Which of today's jobs a new photo may belong to: by its place, else by its time.

A proposal and nothing more: a person says where a photo belongs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import radians
from typing import Final

from field_app.domain.checks import CLOCKS_APART, VAGUE_M, near_enough_m
from field_app.domain.ids import TicketId
from field_app.domain.photo import PhotoRole
from field_app.domain.place import EARTH_RADIUS_M, Place, distance_m
from field_app.domain.ticket import EntryKind, Ticket

LEAD: Final = timedelta(minutes=30)
"""So long before somebody presses Start they may have taken the photo from before the work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round of work on a job, from its start to when it was sent back."""

    began_at: datetime
    ended_at: datetime | None = None
    """When it was handed in; None while it goes on."""
    over_at: datetime | None = None
    """When it was sent back or the job was opened again; None for the last round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What of a job says which photos may be its own."""

    ticket_id: TicketId
    place: Place | None = None
    rounds: tuple[Round, ...] = ()
    """Oldest first; none before work began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A job that a photo may belong to, and what it may show there."""

    ticket_id: TicketId
    role: PhotoRole
    distance_m: float | None
    """Metres between photo and job; None when only the time speaks for the job."""

    @property
    def is_by_time_only(self) -> bool:
        """Whether nothing is known of the place, so that somebody should look first."""
        return self.distance_m is None


def rounds_of(ticket: Ticket) -> tuple[Round, ...]:
    """Return the rounds of work on a ticket, oldest first; a pause begins no new one."""
    rounds: list[Round] = []
    for entry in ticket.timeline:
        is_open = bool(rounds) and rounds[-1].over_at is None
        if entry.is_only_recorded:
            continue
        if entry.kind is EntryKind.START and not is_open:
            rounds.append(Round(began_at=entry.at))
        elif entry.kind in {EntryKind.FINISH, EntryKind.DECLINE}:
            begun = rounds.pop() if is_open else Round(began_at=entry.at)
            rounds.append(replace(begun, ended_at=entry.at))
        elif is_open and entry.kind is EntryKind.CALL_BACK:
            rounds[-1] = replace(rounds[-1], ended_at=None)
        elif is_open and entry.kind in {EntryKind.SEND_BACK, EntryKind.REOPEN}:
            rounds[-1] = replace(rounds[-1], over_at=entry.at)
    return tuple(rounds)


def role_at(site: Site, at: datetime | None) -> PhotoRole:
    """Return what a photo of this time shows: before the work until it began, after it since.

    What shows the work itself is for a person to say. Of a photo without a time the job as it is
    now decides.
    """
    begun = [round_ for round_ in site.rounds if at is None or round_.began_at <= at]
    if not begun:
        return PhotoRole.BEFORE
    over_at = begun[-1].over_at
    is_over = over_at is not None and (at is None or at > over_at)
    return PhotoRole.BEFORE if is_over else PhotoRole.AFTER


def matches(
    taken_at: datetime | None, place: Place | None, sites: Sequence[Site], now: datetime
) -> tuple[Match, ...]:
    """Return the jobs that a photo may belong to, the best first; empty when none is likely.

    With a place the near ones, nearest first; a job without a place counts by its time, and so do
    all for a photo without a place, or with one that says little.

    Args:
        taken_at: When the photo was taken; None when nobody knows.
        place: Where; None when nobody knows.
        sites: The jobs in question.
        now: The present.
    """
    if place is None or (place.accuracy_m or 0.0) > VAGUE_M:
        return _by_time(taken_at, sites, now)
    unplaced = [site for site in sites if site.place is None]
    return (*_by_place(taken_at, place, sites), *_by_time(taken_at, unplaced, now))


def _by_place(taken_at: datetime | None, place: Place, sites: Iterable[Site]) -> tuple[Match, ...]:
    """Return the jobs near enough, nearest first."""
    near = []
    for site in sites:
        if site.place is None:
            continue
        room_m = near_enough_m(place.accuracy_m, site.place.accuracy_m)
        north_m = abs(radians(site.place.latitude - place.latitude)) * EARTH_RADIUS_M
        if north_m > room_m:
            continue  # most are, and the whole distance costs more
        away_m = distance_m(place, site.place)
        if away_m <= room_m:
            near.append((away_m, site))
    near.sort(key=lambda found: (found[0], found[1].ticket_id))
    return tuple(
        Match(ticket_id=site.ticket_id, role=role_at(site, taken_at), distance_m=away_m)
        for away_m, site in near
    )


def _by_time(taken_at: datetime | None, sites: Iterable[Site], now: datetime) -> tuple[Match, ...]:
    """Return the jobs at which somebody worked then: begun ones first, the latest start first."""
    if taken_at is None:
        return ()
    found = []
    for site in sites:
        began_at = _began(site, taken_at, now)
        if began_at is not None:
            found.append((began_at > taken_at, abs(taken_at - began_at), site.ticket_id, site))
    found.sort(key=lambda one: one[:3])
    return tuple(
        Match(ticket_id=site.ticket_id, role=role_at(site, taken_at), distance_m=None)
        for *_order, site in found
    )


def _began(site: Site, at: datetime, now: datetime) -> datetime | None:
    """Return when the round of work began that a time belongs to; None for no round."""
    for round_ in reversed(site.rounds):
        end = round_.ended_at or round_.over_at or now
        if round_.began_at - LEAD <= at <= end + CLOCKS_APART:
            return round_.began_at
    return None
