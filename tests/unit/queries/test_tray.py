"""What is new is told by size first and content last; groups stand under their jobs."""

from datetime import timedelta
from pathlib import Path

from field_app.actions import photos as act_photos
from field_app.actions import shots as act
from field_app.actions import tickets as act_tickets
from field_app.domain.ids import TicketId
from field_app.domain.photo import PhotoRole
from field_app.domain.place import Place
from field_app.domain.ticket import EntryKind, Ticket, TicketState, TimelineEntry
from field_app.photos.plugged import PictureFile
from field_app.photos.shots import Shot, sha256_of
from field_app.queries.desk import Desk
from field_app.queries.tray import grouped, is_new, tray_facts
from field_app.store.tickets import accept
from tests.helpers.builders import NOW, a_ticket, an_arrival
from tests.helpers.pictures import a_picture

SPOT = Place(latitude=13.76, longitude=100.5)
ELSEWHERE = Place(latitude=13.8, longitude=100.5)
MINUTE = timedelta(minutes=1)


def fill(desk: Desk, *tickets: Ticket) -> None:
    accept(desk.db, [an_arrival(ticket) for ticket in tickets], [], "c")


def a_file(path: Path, data: bytes, key: str = "") -> PictureFile:
    path.write_bytes(data)
    return PictureFile(
        path=path, key=key or path.name, size_bytes=len(data), changed_at=NOW - MINUTE
    )


def a_shot(name: str, minutes_ago: float, place: Place | None = SPOT) -> Shot:
    at = NOW - minutes_ago * MINUTE
    file = PictureFile(path=Path(name), key=name, size_bytes=1, changed_at=at)
    return Shot(file=file, taken_at=at, place=place, thumb=b"")


def test_another_size_is_another_photo_and_the_same_size_has_to_be_read(
    desk: Desk, tmp_path: Path
) -> None:
    fill(desk, a_ticket(1))
    data = a_picture(colour="red")
    same = a_file(tmp_path / "same.jpg", data)
    other = a_file(tmp_path / "other.jpg", data + b"\xff\xd9")
    alike = a_file(tmp_path / "alike.jpg", data[:-3] + b"\x00\xff\xd9")
    act_photos.attach(desk, TicketId("2026-000001"), PhotoRole.BEFORE, data)

    known = tray_facts(desk).known
    assert is_new(other, known) is True
    assert is_new(same, known) is None
    assert is_new(alike, known) is None

    act.remember(desk, {file.key: sha256_of(file.path) for file in (same, alike)})
    known = tray_facts(desk).known
    assert is_new(same, known) is False
    assert is_new(alike, known) is True


def test_a_photo_whose_adding_was_undone_is_new_again(desk: Desk, tmp_path: Path) -> None:
    fill(desk, a_ticket(1))
    file = a_file(tmp_path / "a.jpg", a_picture())
    done = act_photos.attach(desk, TicketId("2026-000001"), PhotoRole.BEFORE, file.path)
    act.remember(desk, {file.key: sha256_of(file.path)})
    assert is_new(file, tray_facts(desk).known) is False

    act_tickets.undo(desk, done.operation_id)

    assert is_new(file, tray_facts(desk).known) is True


def test_hidden_photos_are_not_new_until_they_are_shown_again(desk: Desk, tmp_path: Path) -> None:
    file = a_file(tmp_path / "a.jpg", a_picture())
    act.remember(desk, {file.key: "ab" * 32})
    act.hide(desk, (file.key,))
    assert is_new(file, tray_facts(desk).known) is False

    act.show_again(desk, (file.key,))

    known = tray_facts(desk).known
    assert is_new(file, known) is True
    assert known.by_key == {file.key: "ab" * 32}


def test_only_jobs_of_today_that_take_photos_are_asked(desk: Desk) -> None:
    start = TimelineEntry(kind=EntryKind.START, at=NOW - 60 * MINUTE)
    handed_in = TimelineEntry(kind=EntryKind.FINISH, at=NOW - 30 * MINUTE)
    fill(
        desk,
        a_ticket(1, place=SPOT),
        a_ticket(2, state=TicketState.IN_REVIEW, timeline=(start, handed_in)),
        a_ticket(3, state=TicketState.FINISHED, timeline=(start, handed_in)),
        a_ticket(4, state=TicketState.IN_PROGRESS, timeline=(start,), place=ELSEWHERE),
    )

    facts = tray_facts(desk)

    sites = {int(site.ticket_id[-1]): site for site in facts.sites}
    assert sorted(sites) == [1, 2, 4]
    assert [row.id for row in facts.jobs] == [site.ticket_id for site in facts.sites]
    assert sites[1].place == SPOT
    assert [len(sites[number].rounds) for number in (1, 2, 4)] == [0, 1, 1]


def test_groups_stand_by_their_newest_photo_and_what_fits_nothing_comes_last(
    desk: Desk,
) -> None:
    fill(desk, a_ticket(1, place=SPOT), a_ticket(2, place=ELSEWHERE))
    shots = [
        a_shot("lost", 1, Place(latitude=14, longitude=100)),
        a_shot("b", 5),
        a_shot("c", 3, ELSEWHERE),
        a_shot("a", 20),
        a_shot("unplaced", 2, None),
    ]

    groups = grouped(shots, tray_facts(desk), NOW)

    names = [[photo.key for photo in group.photos] for group in groups]
    assert names == [["c"], ["a", "b"], ["unplaced", "lost"]]
    assert [group.job.id if group.job else None for group in groups] == [
        "2026-000002",
        "2026-000001",
        None,
    ]


def test_a_groups_button_adds_only_what_lies_near(desk: Desk) -> None:
    start = TimelineEntry(kind=EntryKind.START, at=NOW - 60 * MINUTE)
    fill(desk, a_ticket(1, place=SPOT, state=TicketState.IN_PROGRESS, timeline=(start,)))

    (group,) = grouped([a_shot("near", 5), a_shot("when", 4, None)], tray_facts(desk), NOW)

    assert [photo.key for photo in group.photos] == ["near", "when"]
    assert [photo.key for photo in group.sure] == ["near"]
