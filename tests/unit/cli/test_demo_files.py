"""The demo's camera holds honest files, and some with which something is worth a look."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from field_app.cli.demo.stage import CrewFiles
from field_app.cli.demo.town import demo_tickets
from field_app.domain.checks import CheckKind, checks_of
from field_app.domain.ids import PhotoId, Revision, TicketId
from field_app.domain.photo import Photo, PhotoRole
from field_app.domain.place import Place
from field_app.domain.ticket import Ticket
from field_app.photos.intake import read_facts
from field_app.photos.plugged import walk

MORNING = datetime(2026, 11, 19, 2, 0, tzinfo=UTC)


def kinds(path: Path, ticket: Ticket) -> list[CheckKind]:
    """Return what would be said of a file of the camera on the featured ticket."""
    facts = read_facts(path.read_bytes())
    photo = Photo(
        id=PhotoId(path.name),
        role=PhotoRole.AFTER,
        sha256="a" * 64,
        size_bytes=facts.size_bytes,
        width=facts.width,
        height=facts.height,
        taken_at=facts.taken_at,
        place=facts.place,
        added_at=MORNING + timedelta(minutes=1),
        evidence=facts.evidence,
    )
    return [check.kind for check in checks_of(photo, ticket, MORNING)]


def test_the_camera_has_something_of_everything(tmp_path: Path) -> None:
    files = CrewFiles(tmp_path / "camera", MORNING)
    featured = next(t for t in demo_tickets(MORNING) if t.id == files.ticket_id)
    ticket = Ticket(
        id=TicketId(featured.id),
        revision=Revision(1),
        words="-",
        place=Place(latitude=featured.latitude, longitude=featured.longitude),
        reported_at=featured.reported_at,
    )
    assert kinds(files.before, ticket) == []
    assert kinds(files.after, ticket) == []
    elsewhere, edited, chat = files.odd
    assert kinds(elsewhere, ticket) == [CheckKind.FAR, CheckKind.BEFORE_REPORT]
    assert kinds(edited, ticket) == [CheckKind.EDITED]
    assert kinds(chat, ticket) == [CheckKind.STRIPPED, CheckKind.NO_TIME, CheckKind.NO_PLACE]


def test_the_camera_can_be_plugged_in(tmp_path: Path) -> None:
    files = CrewFiles(tmp_path / "camera", MORNING)

    (plugged,) = files.find_plugged()

    listed = {file.path for step in walk(plugged) for file in step}
    assert listed == set(files.folder.iterdir())
    assert {files.before, files.after, *files.odd} < listed
