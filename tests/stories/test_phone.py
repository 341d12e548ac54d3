"""A phone beside the laptop hands its photos over without internet; they are evidence like any."""

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from io import BytesIO

import pytest
import requests
from PIL import Image

from field_app.actions import photos
from field_app.domain.clock import SystemClock
from field_app.domain.errors import FieldAppError, NoRoomForPhoto, PhotoRepeated, PhotoUnreadable
from field_app.domain.ids import TicketId
from field_app.domain.photo import Photo, PhotoRole
from field_app.domain.place import Place
from field_app.handoff.addresses import Address, Way
from field_app.handoff.hatch import Hatch, Opening, open_hatch
from field_app.handoff.news import Answer, Came
from field_app.handoff.page import Errand
from field_app.photos.room import COPIES_BYTES, RESERVE_BYTES
from field_app.queries.handoff import landing, thumb_of
from tests.helpers.phone import WAIT_S, Heard, Phone
from tests.helpers.pictures import a_picture, an_exif
from tests.helpers.town import Laptop, Town

BANGKOK = timezone(timedelta(hours=7))
TAKEN_AT = datetime(2026, 11, 19, 10, 44, tzinfo=BANGKOK)
MARKET = Place(latitude=13.7612, longitude=100.4985)


def a_phone_photo(colour: str = "green") -> bytes:
    """Return a photo as a phone's own camera makes it: turned, with time and place."""
    exif = an_exif(orientation=6, taken_at=TAKEN_AT, place=MARKET)
    return a_picture(640, 480, colour=colour, exif=exif)


class Sheet:
    """The sheet on the laptop, without its window: takes in what comes, one after the other."""

    def __init__(self, laptop: Laptop, job: TicketId) -> None:
        self.laptop = laptop
        self.job = job
        self.heard = Heard()
        self.hatch = self.opens()
        self.phone = Phone(self.hatch.url)
        self._hands = ThreadPoolExecutor(1)

    def opens(self) -> Hatch:
        opening = Opening(
            address=Address(host="127.0.0.1", way=Way.HOTSPOT),
            errand=Errand(ticket_id=self.job, role=PhotoRole.AFTER),
            landing=self.laptop.app.see(landing),
        )
        return open_hatch(opening, self.heard.tell, SystemClock())

    def gets(self, photo: bytes, name: str = "IMG_0001.JPG") -> requests.Response:
        """Let the phone send a photo, and take it in."""
        sending = self._hands.submit(self.phone.sends, photo, name)
        came = self.heard.next(Came)
        self.hatch.answer(came.number, self._take_in(came))
        return sending.result(WAIT_S)

    def _take_in(self, came: Came) -> Answer:
        try:
            done = self.laptop.app.do(photos.attach, self.job, PhotoRole.AFTER, came.path)
        except PhotoRepeated:
            return Answer.HERE
        except PhotoUnreadable:
            return Answer.NOT_A_PICTURE
        except NoRoomForPhoto:
            return Answer.NO_ROOM
        except FieldAppError:
            return Answer.FAILED
        self.laptop.confirmed.append(done.operation_id)
        self.laptop.photos[done.photo_id] = came.sha256
        return Answer.SAVED

    def closes(self) -> None:
        self.phone.close()
        self.hatch.close()
        self._hands.shutdown()
        assert self.hatch.wait_closed(WAIT_S)


@pytest.fixture
def job(town: Town, ana: Laptop) -> TicketId:
    """A job that Ana works on, far from any signal."""
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.starts(job)
    return job


@pytest.fixture
def sheet(ana: Laptop, job: TicketId) -> Iterator[Sheet]:
    sheet = Sheet(ana, job)
    yield sheet
    sheet.closes()


def after_photos(laptop: Laptop, job: TicketId) -> tuple[Photo, ...]:
    return laptop.sees(job).photos_of(PhotoRole.AFTER)


def strays(laptop: Laptop) -> list[str]:
    return [path.name for path in laptop.folder.glob("people/*/vault/incoming-*")]


def test_the_original_is_in_the_vault_byte_for_byte_with_its_time_and_place(
    ana: Laptop, job: TicketId, sheet: Sheet
) -> None:
    photo = a_phone_photo()
    sheet.phone.opens()
    answer = sheet.gets(photo)

    assert answer.json() == {"state": "saved"}
    (kept,) = after_photos(ana, job)
    assert kept.sha256 == hashlib.sha256(photo).hexdigest()
    assert kept.taken_at == TAKEN_AT
    assert kept.place is not None
    assert (round(kept.place.latitude, 4), round(kept.place.longitude, 4)) == (13.7612, 100.4985)
    assert (kept.width, kept.height) == (480, 640)
    path = ana.app.see(lambda desk: desk.vault.path(kept.sha256))
    assert path.read_bytes() == photo
    with Image.open(BytesIO(path.read_bytes())) as original:
        assert original.getexif()[0x0112] == 6
    assert ana.app.see(thumb_of, kept.sha256) is not None
    assert strays(ana) == []


def test_a_days_photos_of_a_phone_reach_the_hub_when_the_signal_is_back(
    town: Town, ana: Laptop, job: TicketId, sheet: Sheet
) -> None:
    sheet.phone.opens()
    for colour in ("red", "green", "blue"):
        sheet.gets(a_phone_photo(colour))
    sheet.phone.is_done()
    ana.goes_online()

    town.everyone_agrees()
    assert len(town.hub_ticket(job).photos_of(PhotoRole.AFTER)) == 3


def test_a_photo_that_the_job_has_is_not_added_twice(
    ana: Laptop, job: TicketId, sheet: Sheet
) -> None:
    photo = a_phone_photo()
    ana.does(photos.attach, job, PhotoRole.AFTER, photo)
    sheet.phone.opens()

    assert sheet.gets(photo).json() == {"state": "here"}
    assert len(after_photos(ana, job)) == 1


def test_half_a_picture_is_turned_away_and_leaves_nothing(
    ana: Laptop, job: TicketId, sheet: Sheet
) -> None:
    sheet.phone.opens()

    assert sheet.gets(a_phone_photo()[:-400]).json()["why"] == "not_a_picture"
    assert after_photos(ana, job) == ()
    assert strays(ana) == []


def test_a_full_disk_is_told_to_the_phone_before_a_byte_is_written(
    ana: Laptop, job: TicketId, sheet: Sheet
) -> None:
    photo = a_phone_photo()
    desks = ana.app._desks
    assert desks is not None
    desks.free = lambda _folder: RESERVE_BYTES + COPIES_BYTES + 2 * len(photo) - 1
    sheet.phone.opens()
    told = sheet.phone.sends(photo)

    assert (told.status_code, told.json()["why"]) == (507, "no_room")
    desks.free = lambda _folder: RESERVE_BYTES + COPIES_BYTES + 2 * len(photo)
    assert sheet.gets(photo).json() == {"state": "saved"}


def test_a_laptop_that_loses_power_has_called_nothing_saved_that_is_not(
    town: Town, ana: Laptop, job: TicketId
) -> None:
    sheet = Sheet(ana, job)
    sheet.phone.opens()
    sheet.gets(a_phone_photo("red"))
    line = sheet.phone.begins(a_phone_photo("blue")[:100], 5_000)
    sheet.heard.next()
    sheet.closes()
    line.close()
    ana.loses_power()

    assert len(after_photos(ana, job)) == 1
    again = Sheet(ana, job)
    again.phone.opens()
    assert again.gets(a_phone_photo("red")).json() == {"state": "here"}
    assert again.gets(a_phone_photo("blue")).json() == {"state": "saved"}
    again.closes()
    ana.goes_online()
    town.everyone_agrees()


def test_what_a_killed_program_left_of_a_photo_is_gone_after_the_next_start(
    ana: Laptop, job: TicketId, sheet: Sheet
) -> None:
    sheet.phone.opens()
    where = ana.app.see(landing)
    left = where.folder / f"{where.prefix}half"
    left.write_bytes(a_phone_photo()[:100])
    before = ana.clock.now() - timedelta(days=1)
    os.utime(left, (before.timestamp(), before.timestamp()))
    ana.loses_power()
    ana.goes_online()
    ana.app.open_desk().db.close()

    assert not left.exists()
