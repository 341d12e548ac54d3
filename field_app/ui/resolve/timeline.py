"""The timeline of a ticket as lines to show: photos together, waiting ones marked."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from field_app.domain.ids import CrewId
from field_app.domain.ticket import EntryKind, TimelineEntry
from field_app.queries.tickets import TicketDetail
from field_app.texts import _, ngettext
from field_app.texts.dates import date_and_time
from field_app.ui.resolve.words import ENTRY_ICONS, entry_words, happening


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineLine:
    """One line of the timeline in words."""

    icon: str
    title: str
    facts: str
    """When and who."""
    words: str
    """Note and reason; may be empty."""
    is_waiting: bool
    """Whether the hub does not have it yet."""
    is_only_recorded: bool
    """Whether it changed nothing, because the ticket had moved on."""


def timeline_lines(detail: TicketDetail, now: datetime) -> tuple[TimelineLine, ...]:
    """Return the lines, oldest first; photos of one role in a row become one line."""
    lines = []
    entries = detail.ticket.timeline
    groups = groupby(enumerate(entries), key=lambda pair: _group_of(pair[0], pair[1], detail))
    for _key, group in groups:
        together = [entry for _place, entry in group]
        waits = together[-1].operation_id in detail.unsent
        line = _line(together[-1], detail.crews, now, is_waiting=waits)
        if len(together) > 1:
            title = ngettext("{act}: {count} photo", "{act}: {count} photos", len(together))
            line = replace(line, title=title.format(act=line.title, count=len(together)))
        lines.append(line)
    return tuple(lines)


def _group_of(place: int, entry: TimelineEntry, detail: TicketDetail) -> tuple[object, ...]:
    """Return what entries of one line have in common."""
    if entry.kind is not EntryKind.ADD_PHOTO:
        return (place,)
    waits = entry.operation_id in detail.unsent
    return (entry.kind, entry.text, entry.crew_id, waits, entry.is_only_recorded)


def _line(
    entry: TimelineEntry, crews: Mapping[CrewId, str], now: datetime, *, is_waiting: bool
) -> TimelineLine:
    """Return one entry in words."""
    facts = [date_and_time(entry.at, now)]
    if entry.person_name and not is_waiting:
        facts.append(entry.person_name)
    title = happening(entry, crews)
    if entry.is_only_recorded:
        title = _("{act} (kept as evidence)").format(act=title)
    return TimelineLine(
        icon=ENTRY_ICONS[entry.kind],
        title=title,
        facts=" · ".join(facts),
        words=entry_words(entry),
        is_waiting=is_waiting,
        is_only_recorded=entry.is_only_recorded,
    )
