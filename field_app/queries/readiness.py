"""What a day without network needs: what is still to come, and whether what is here opens."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from field_app.domain.basemap import Basemap
from field_app.domain.errors import FieldAppError
from field_app.domain.ids import PersonId, TicketId
from field_app.domain.photo import Photo
from field_app.domain.readiness import Computer, DaySheet, Opened
from field_app.domain.ticket import Ticket, TicketState
from field_app.maps.incoming import Incoming
from field_app.maps.shelf import Shelf
from field_app.photos.sound import is_sound
from field_app.photos.vault import Size
from field_app.queries.basemaps import offered_maps
from field_app.queries.desk import Desk, honest_now, start_of_day
from field_app.queries.map_depth import depth_at, maps_to_want, packages_here
from field_app.queries.photos import room
from field_app.queries.tickets import Scope, TicketFilter, list_tickets, ticket_detail
from field_app.resources import resource
from field_app.store import day_sheets, map_wishes, pauses, sync_state
from field_app.store.copies import server_copy
from field_app.texts.catalogue import LANGUAGES

Pulse = Callable[[int, int], bool]
"""Is told how many things of how many were opened; returns whether to go on."""


class Stopped(FieldAppError):
    """A person stopped the preparation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is not the desk's own and matters for a day."""

    bundled: Path | None = None
    """The map that came with the program or that IT set; None for none."""
    battery_percent: int | None = None
    is_charging: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ToFetch:
    """What a day still needs from the hub."""

    tickets: int
    """Tickets of the day."""
    photos: int
    """Photos that cannot be looked at yet."""
    pictures: int
    """Files of photos that are to come, small ones too: tells whether a round brought something."""
    map_bytes: int
    """What is to come of area maps that are wanted."""
    maps: tuple[Basemap, ...]
    """Maps that cover tickets which no map here shows, and that nobody wanted yet."""
    fetched_at: datetime | None
    """When the hub was last asked, by this computer's clock."""
    asked_at: datetime
    """When this was found, by the same clock."""

    @property
    def is_nothing(self) -> bool:
        """Whether everything is here."""
        return not (self.photos or self.map_bytes or self.maps)


def day_tickets(desk: Desk) -> tuple[TicketId, ...]:
    """Return the tickets of the day: what waits for the crew, or for a supervisor's review.

    Raises:
        StoreFailed: The database cannot be read.
    """
    wish = TicketFilter(scope=Scope.TODAY)
    if desk.person.is_supervisor:
        wish = TicketFilter(scope=Scope.ALL, states=frozenset({TicketState.IN_REVIEW}))
    return tuple(row.id for row in list_tickets(desk, wish).rows)


def to_fetch(desk: Desk, bundled: Path | None) -> ToFetch:
    """Return what a day still needs from the hub; quick.

    Raises:
        StoreFailed: The database cannot be read.
    """
    ids = day_tickets(desk)
    tickets = [ticket for ticket in (_copy(desk, each) for each in ids) if ticket is not None]
    pictures = [photo for ticket in tickets for photo in _pictures(ticket)]
    wanted = map_wishes.wishes(desk.db)
    shelf = Shelf(desk.maps_folder)
    coming = [
        each for each in offered_maps(desk) if each.sha256 in wanted and not shelf.has(each.sha256)
    ]
    return ToFetch(
        tickets=len(ids),
        photos=sum(not _is_here(desk, photo) for photo in pictures),
        pictures=sum(_missing_files(desk, photo) for photo in pictures),
        map_bytes=sum(
            each.size_bytes - Incoming(desk.maps_folder, each).held_bytes for each in coming
        ),
        maps=maps_to_want(desk, tickets, coming, bundled),
        fetched_at=sync_state.last_success_at(desk.db),
        asked_at=desk.clock.now(),
    )


def sheet_of_today(desk: Desk) -> DaySheet | None:
    """Return the sheet of today's last preparation, or None.

    Raises:
        StoreFailed: The database cannot be read.
    """
    sheet = day_sheets.last(desk.db)
    is_todays = sheet is not None and sheet.at >= start_of_day(honest_now(desk))
    return sheet if is_todays else None


def damaged_copies(desk: Desk) -> Iterator[Path]:
    """Yield files of the day's photos that the hub can give once more and that do not open.

    Raises:
        StoreFailed: The database cannot be read.
    """
    for ticket_id in day_tickets(desk):
        ticket = _ticket(desk, ticket_id)
        for photo in () if ticket is None else _pictures(ticket):
            for size in Size:
                path = desk.vault.copy_path(photo.sha256, size)
                if path is not None and not is_sound(path):
                    yield path


def open_everything(desk: Desk, around: Surroundings, pulse: Pulse) -> tuple[Opened, PersonId]:
    """Open every ticket, photo, map tile and help page of the day; speaks with nobody.

    Returns:
        What was found, and whose day it is.

    Raises:
        Stopped: `pulse` said so.
        StoreFailed: The database cannot be read.
    """
    ids = day_tickets(desk)
    steps = _Steps(pulse, len(ids) + 1)
    found: list[Ticket] = []
    bad: list[str] = []
    lacking: list[str] = []
    good_photos = bad_photos = 0
    with ExitStack() as stack:
        packages = tuple(packages_here(desk, around.bundled, stack))
        depths: list[int] = []
        unmapped: list[str] = []
        for ticket_id in ids:
            ticket = _ticket(desk, ticket_id)
            if ticket is None:
                bad.append(ticket_id)
            else:
                found.append(ticket)
                sound = [_is_good(desk, photo) for photo in _pictures(ticket)]
                good_photos += sum(sound)
                bad_photos += len(sound) - sum(sound)
                lacking += [ticket_id] if not all(sound) else []
                depth = depth_at(packages, ticket.place)
                depths += [] if depth is None else [depth]
                unmapped += [ticket_id] if ticket.place is not None and depth is None else []
            steps.one_more()
    bad_pages = _bad_pages()
    steps.one_more()
    opened = Opened(
        tickets=len(found),
        photos=good_photos,
        bad_tickets=tuple(bad),
        bad_photos=bad_photos,
        tickets_without_photos=tuple(lacking),
        placed=len(depths) + len(unmapped),
        unmapped=tuple(unmapped),
        map_zoom=min(depths) if depths and not unmapped else None,
        bad_pages=bad_pages,
    )
    return opened, desk.person.id


def computer(desk: Desk, around: Surroundings) -> Computer:
    """Return how the computer itself is.

    Raises:
        StoreFailed: The disk or the database cannot be read.
    """
    return Computer(
        fetched_at=sync_state.last_success_at(desk.db),
        must_sign_in=sync_state.must_sign_in(desk.db),
        clock_offset_ms=sync_state.clock_offset_ms(desk.db),
        room_photos=room(desk).photo_count,
        is_resting=pauses.read(desk.db).large_ones,
        battery_percent=around.battery_percent,
        is_charging=around.is_charging,
    )


class _Steps:
    """Counts what was opened."""

    def __init__(self, pulse: Pulse, total: int) -> None:
        self._pulse = pulse
        self._total = total
        self._done = 0

    def one_more(self) -> None:
        """Say that one more is done; raise Stopped when that was enough."""
        self._done += 1
        if not self._pulse(self._done, self._total):
            raise Stopped(f"stopped after {self._done} of {self._total}")


def _copy(desk: Desk, ticket_id: TicketId) -> Ticket | None:
    """Return the hub's copy of a ticket, quickly; None when it cannot be read."""
    try:
        return server_copy(desk.db, ticket_id)
    except FieldAppError:
        return None


def _ticket(desk: Desk, ticket_id: TicketId) -> Ticket | None:
    """Return a ticket as a person sees it, or None when it cannot be opened."""
    try:
        return ticket_detail(desk, ticket_id).ticket
    except FieldAppError:
        return None


def _pictures(ticket: Ticket) -> Iterator[Photo]:
    """Yield the photos of a ticket of which the hub or this laptop has a picture."""
    return (photo for photo in ticket.photos if not photo.is_withdrawn)


def _file(desk: Desk, photo: Photo) -> Path | None:
    """Return the file in which a photo is looked at; None when it is not here."""
    screen = desk.vault.copy_path(photo.sha256, Size.SCREEN)
    if screen is not None:
        return screen
    original = desk.vault.path(photo.sha256)
    if original is not None or photo.has_arrived or photo.has_screen_copy:
        return original
    return desk.vault.copy_path(photo.sha256, Size.THUMB)  # nobody has more of it yet


def _is_here(desk: Desk, photo: Photo) -> bool:
    """Return whether there is a file to look at."""
    return _file(desk, photo) is not None


def _missing_files(desk: Desk, photo: Photo) -> int:
    """Return how many of a photo's two pictures are to come."""
    has_more = photo.has_arrived or photo.has_screen_copy
    sizes = (Size.THUMB, Size.SCREEN) if has_more else (Size.THUMB,)
    return sum(desk.vault.copy_path(photo.sha256, size) is None for size in sizes)


def _is_good(desk: Desk, photo: Photo) -> bool:
    """Return whether a photo can be looked at."""
    path = _file(desk, photo)
    return path is not None and is_sound(path)


def _bad_pages() -> int:
    """Return how many help pages cannot be read, in either language; a language without is one."""
    bad = 0
    for language in LANGUAGES:
        try:
            pages = sorted(resource("help", language).glob("*.md"))
        except FileNotFoundError:
            pages = []
        bad += not pages
        bad += sum(not _is_readable(page) for page in pages)
    return bad


def _is_readable(page: Path) -> bool:
    """Return whether a page has words."""
    try:
        return bool(page.read_text("utf-8").strip())
    except (OSError, UnicodeDecodeError):
        return False
