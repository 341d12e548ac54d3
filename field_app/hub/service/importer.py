"""The importer: tickets from a file of the platform, in one transaction and repeatable."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from sqlalchemy import Connection, insert, select, update

from field_app.domain.clock import to_stamp
from field_app.domain.ids import Revision, TicketId
from field_app.domain.ticket import EntryKind, Ticket, TicketState, TimelineEntry
from field_app.hub import tables
from field_app.hub.building import Hub
from field_app.hub.service.citizen_photos import CitizenPhoto, attach_photos
from field_app.hub.service.dispatch import crew_for, deadline_of
from field_app.hub.service.file_faults import BadRow
from field_app.hub.service.import_file import FileRow, read_rows
from field_app.hub.service.statuses import state_of
from field_app.hub.service.tickets import add_ticket, find_ticket, put_ticket

TELL_EVERY: Final = 50
"""Rows between two reports of progress."""

TellProgress = Callable[[int, int], None]
"""Takes rows done and rows in all."""


@dataclass(slots=True, kw_only=True)
class ImportReport:
    """What an import did, or would do."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    photos: int = 0
    """Citizens' photos that were attached."""
    assigned: int = 0
    """New tickets for which a rule named a crew."""
    bad_rows: list[BadRow] = field(default_factory=list)
    unknown_statuses: Counter[str] = field(default_factory=Counter)
    """Words that no table knows, kept verbatim, and how many rows have them."""
    missing_crews: tuple[str, ...] = ()
    """Crews that rules name but the hub does not have."""


def import_file(
    hub: Hub,
    data: bytes,
    *,
    photos: Sequence[CitizenPhoto] = (),
    is_dry_run: bool = False,
    tell: TellProgress | None = None,
) -> ImportReport:
    """Take over the tickets in a file.

    Args:
        hub: Where to.
        data: The file's bytes, CSV in one of the two shapes.
        photos: Citizens' photos to attach to the file's tickets.
        is_dry_run: Whether to take everything back and only report.
        tell: Is told about progress now and then.

    Raises:
        NotTheFile: It is no such file; nothing was changed.
    """
    rows = list(read_rows(data))
    report = ImportReport()
    transaction = hub.database.rehearse() if is_dry_run else hub.database.write()
    with transaction as connection:
        importer = _Importer(connection, hub, report)
        for number, row in enumerate(rows, start=1):
            importer.take(row)
            if tell is not None and (number % TELL_EVERY == 0 or number == len(rows)):
                tell(number, len(rows))
        ids = {row.ticket_id for row in rows if isinstance(row, FileRow)}
        vault = None if is_dry_run else hub.vault
        report.photos = attach_photos(connection, vault, ids, photos, hub.clock.now())
    hub.news.tell()
    return report


class _Importer:
    """Takes rows inside one transaction."""

    def __init__(self, connection: Connection, hub: Hub, report: ImportReport) -> None:
        self._connection = connection
        self._settings = hub.settings
        self._report = report
        known = connection.execute(
            select(
                tables.imported.c.ticket_id,
                tables.imported.c.last_activity,
                tables.imported.c.status_words,
            )
        )
        self._known = {row.ticket_id: (row.last_activity, row.status_words) for row in known}
        self._crews = set(connection.execute(select(tables.crew.c.id)).scalars())
        named = {rule.crew for rule in self._settings.rules}
        report.missing_crews = tuple(sorted(named - self._crews))

    def take(self, row: FileRow | BadRow) -> None:
        """Add or change the ticket of a row, or report what is wrong with it."""
        if isinstance(row, BadRow):
            self._report.bad_rows.append(row)
            return
        if state_of(row.status_words, self._settings.statuses) is TicketState.OTHER:
            self._report.unknown_statuses[row.status_words] += 1
        activity, words = self._known.get(row.ticket_id, ("", ""))
        if not activity:
            self._add(row)
        elif to_stamp(row.last_activity) > activity:
            self._change(row, words)
        else:
            self._report.unchanged += 1
            return
        self._known[row.ticket_id] = (to_stamp(row.last_activity), row.status_words)

    def _add(self, row: FileRow) -> None:
        """Add a new ticket."""
        fresh = Ticket(
            id=TicketId(row.ticket_id),
            revision=Revision(0),
            words=row.words,
            reported_at=row.reported_at,
            timeline=_first_entries(row),
        )
        ticket = self._with_facts(fresh, row)
        ticket = self._with_state(ticket, row)
        ticket = self._assigned(replace(ticket, due_at=deadline_of(ticket, self._settings)))
        add_ticket(self._connection, ticket)
        self._connection.execute(
            insert(tables.imported).values(ticket_id=row.ticket_id, **_facts(row))
        )
        self._report.added += 1

    def _change(self, row: FileRow, former_words: str) -> None:
        """Bring a known ticket to what the platform says now.

        The state moves only when the platform's words did, so that a crew's work here is not
        undone by every later file.
        """
        before = find_ticket(self._connection, row.ticket_id)
        if before is None:
            raise LookupError(f"ticket {row.ticket_id} was imported but is not here")
        ticket = self._with_facts(before, row)
        if row.status_words != former_words:
            entry = _imported(row.last_activity, row.status_words)
            ticket = self._with_state(ticket, row)
            ticket = replace(ticket, timeline=(*ticket.timeline, entry))
        if ticket.crew_id is None:
            ticket = self._assigned(ticket)
        put_ticket(self._connection, ticket, former_crew=before.crew_id)
        self._connection.execute(
            update(tables.imported)
            .where(tables.imported.c.ticket_id == row.ticket_id)
            .values(**_facts(row))
        )
        self._report.changed += 1

    def _with_facts(self, ticket: Ticket, row: FileRow) -> Ticket:
        """Return the ticket with what the citizen and the platform say about it."""
        return replace(
            ticket.with_reported_place(row.place),
            words=row.words,
            categories=row.categories,
            address=row.address,
            subdistrict=row.subdistrict,
            district=row.district,
            province=row.province,
            reported_at=row.reported_at,
            foreign_state=row.status_words,
        )

    def _with_state(self, ticket: Ticket, row: FileRow) -> Ticket:
        """Return the ticket in the state that the platform's words mean."""
        state = state_of(row.status_words, self._settings.statuses)
        note = row.response if state is TicketState.FINISHED and row.response else ""
        return replace(
            ticket,
            state=state,
            send_back_reason="",
            decline_reason="",
            resolution_note=note or ticket.resolution_note,
        )

    def _assigned(self, ticket: Ticket) -> Ticket:
        """Return the ticket in the hands of the crew that a rule names."""
        crew_id = crew_for(ticket, self._settings)
        if crew_id is None or crew_id not in self._crews:
            return ticket
        self._report.assigned += 1
        return replace(ticket, crew_id=crew_id)


def _facts(row: FileRow) -> dict[str, str]:
    """Return what is remembered of a row for the next import."""
    return {
        "status_words": row.status_words,
        "last_activity": to_stamp(row.last_activity),
        "photo_urls": "\n".join(row.photo_urls),
    }


def _first_entries(row: FileRow) -> tuple[TimelineEntry, ...]:
    """Return the timeline that the platform knows of a new ticket, oldest first."""
    reported = TimelineEntry(kind=EntryKind.REPORTED, at=row.reported_at)
    if row.last_activity == row.reported_at and not row.response:
        return (reported, _imported(row.reported_at, row.status_words))
    words = "\n".join(part for part in (row.status_words, row.response) if part)
    latest = row.finished_at or row.last_activity
    steps = [_imported(max(latest, row.reported_at), words)]
    if row.started_at is not None and row.started_at < latest:
        steps.insert(0, _imported(max(row.started_at, row.reported_at), STARTED))
    return (reported, *steps)


STARTED: Final = "กำลังดำเนินการ"
"""The platform's words for work that began, which the file tells only by its time."""


def _imported(at: datetime, words: str) -> TimelineEntry:
    """Return the timeline's line for something that the platform says."""
    return TimelineEntry(kind=EntryKind.IMPORTED, at=at, text=words)
