"""Marks on photos: drawn without a network, seen by everybody, the last word wins, none is lost."""

from dataclasses import replace
from pathlib import Path

from PIL import ExifTags, Image

from field_app.actions import copies, photos, tickets
from field_app.domain.people import Role
from field_app.domain.photo import Mark, MarkKind, PhotoRole
from field_app.domain.place import Place
from field_app.domain.ticket import EntryKind
from field_app.queries.tickets import ticket_detail
from field_app.texts.dates import THAILAND
from tests.helpers.pictures import a_picture, an_exif
from tests.helpers.town import Laptop, Town

BOX = Mark(kind=MarkKind.BOX, x1=0.1, y1=0.1, x2=0.9, y2=0.9)
WORDS = Mark(kind=MarkKind.TEXT, x1=0.1, y1=0.8, x2=0.1, y2=0.9, text="หลุมลึก ที่นี่")
ARROW = Mark(kind=MarkKind.ARROW, x1=0.1, y1=0.1, x2=0.5, y2=0.5)


def test_marks_drawn_offline_reach_the_supervisor(town: Town, ana: Laptop) -> None:
    chief = town.person("chief", Role.SUPERVISOR, None)
    job = town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    ana.adds_photo(job)
    ana.goes_offline()
    photo = ana.sees(job).photos[0]
    original = ana.app.see(ticket_detail, job).photos[0].original
    assert original is not None
    before = original.read_bytes()

    ana.does(photos.mark, job, photo.id, (BOX, WORDS))
    assert ana.sees(job).photos[0].marks == (BOX, WORDS)
    ana.goes_online()
    ana.syncs()
    chief.syncs()

    assert chief.sees(job).photos[0].marks == (BOX, WORDS)
    assert original.read_bytes() == before
    assert ana.sees(job).photos[0].sha256 == photo.sha256
    (card,) = chief.app.see(ticket_detail, job).photos
    drawn = chief.app.do(copies.draw_marks, card.photo.sha256, card.photo.marks)
    (card,) = chief.app.see(ticket_detail, job).photos
    assert card.marked == drawn
    town.everyone_agrees()


def test_of_two_people_who_mark_a_photo_the_last_wins_and_both_stand_on_the_timeline(
    town: Town, ana: Laptop
) -> None:
    chief = town.person("chief", Role.SUPERVISOR, None)
    job = town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    ana.adds_photo(job)
    ana.syncs()
    chief.syncs()
    photo = ana.sees(job).photos[0]

    ana.goes_offline()
    ana.does(photos.mark, job, photo.id, (BOX,))
    chief.does(photos.mark, job, photo.id, (ARROW, WORDS))
    chief.syncs()
    ana.goes_online()
    ana.syncs()
    chief.syncs()

    for laptop in (ana, chief):
        ticket = laptop.sees(job)
        assert ticket.photos[0].marks == (BOX,)
        entries = [entry for entry in ticket.timeline if entry.kind is EntryKind.MARK_PHOTO]
        assert [entry.person_name for entry in entries] == ["Chief", "Ana"]
        assert [entry.text for entry in entries] == [WORDS.text, ""]
    assert ana.needs_you() == 0
    town.everyone_agrees()


def test_a_citizen_gets_a_copy_that_tells_nothing(town: Town, ana: Laptop, tmp_path: Path) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    exif = an_exif(
        orientation=6,
        taken_at=town.clock.now().astimezone(THAILAND),
        place=Place(latitude=13.75, longitude=100.5),
    )
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.BodySerialNumber] = "SERIAL-0815"
    taken = a_picture(640, 480, exif=exif)
    ana.does(photos.attach, job, PhotoRole.AFTER, taken)
    (card,) = ana.app.see(ticket_detail, job).photos
    assert b"SERIAL-0815" in taken
    assert card.photo.place is not None

    blur = replace(BOX, kind=MarkKind.BLUR)
    copy = copies.Copy(sha256=card.photo.sha256, marks=(blur,))
    path = ana.app.do(copies.save_copy, copy, tmp_path / "public.jpg")

    saved = path.read_bytes()
    assert b"SERIAL" not in saved
    assert b"Exif" not in saved
    with Image.open(path) as read:
        assert dict(read.getexif()) == {}
        assert read.size == (480, 640)
    assert card.original is not None
    assert card.original.read_bytes() == taken
    assert ana.sees(job).photos[0].marks == ()


def test_undone_marks_were_never_there(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    ana.adds_photo(job)
    photo = ana.sees(job).photos[0]
    done = ana.does(photos.mark, job, photo.id, (BOX,))
    ana.app.do(tickets.undo, done.operation_id)
    ana.confirmed.remove(done.operation_id)
    assert ana.sees(job).photos[0].marks == ()
    ana.syncs()
    assert [entry.kind for entry in town.hub_ticket(job).timeline].count(EntryKind.MARK_PHOTO) == 0
    town.everyone_agrees()


def test_marks_are_taken_away_again(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    ana.adds_photo(job)
    photo = ana.sees(job).photos[0]
    ana.does(photos.mark, job, photo.id, (BOX,))
    ana.syncs()
    ana.does(photos.mark, job, photo.id, ())
    ana.syncs()
    assert town.hub_ticket(job).photos[0].marks == ()
    assert ana.app.see(ticket_detail, job).photos[0].marked is None
    town.everyone_agrees()
