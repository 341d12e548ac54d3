"""Sets the demo's stage: a town, its hub's folder, people, tickets and citizens' photos."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from field_app.cli.demo.pictures import (
    CITIZEN_CAMERA,
    CREW_CAMERA,
    MOTIFS,
    photo_file,
    photo_of,
    with_exif,
)
from field_app.cli.demo.plan import BANGKOK, DEMO_PASSWORD, rules_toml, town_plan
from field_app.cli.demo.town import DemoTicket, demo_csv, demo_tickets, featured_id
from field_app.domain.clock import Clock
from field_app.domain.people import Role
from field_app.domain.place import Place
from field_app.hub.building import open_hub
from field_app.hub.service.citizen_photos import photos_in
from field_app.hub.service.importer import ImportReport, import_file
from field_app.hub.settings import FILE_NAME, load_settings
from field_app.hub.setup import make_folder
from field_app.photos.exif import ExifFacts, write_exif
from field_app.photos.plugged import Plugged, Root, look

ADMIN: Final = "demo-admin"
TEMPLATES: Final = (
    "ซ่อมเสร็จแล้ว ใช้งานได้ตามปกติ ขอบคุณที่แจ้ง",
    "ซ่อมชั่วคราวแล้ว จะกลับมาซ่อมถาวรภายใน 7 วัน",
    "รอวัสดุ จะเข้าดำเนินการทันทีเมื่อได้รับ",
    "ตรวจจุดแจ้งแล้ว ไม่พบปัญหา",
)
FAR_NORTH: Final = 0.0076
"""Degrees; about 850 m."""
PHOTO_LAG: Final = timedelta(minutes=3)
"""How long before the report a citizen took the photo."""


def set_stage(hub_folder: Path, clock: Clock) -> ImportReport:
    """Make the demo's hub with everybody and everything in it.

    Args:
        hub_folder: A folder that is not there yet or empty.
        clock: The present; deadlines are made round it.

    Raises:
        AlreadyThere: The folder is not empty.
        FieldAppError: The made-up town cannot be imported.
    """
    plan = town_plan()
    make_folder(hub_folder)
    (hub_folder / FILE_NAME).write_text(_settings(plan.organization), encoding="utf-8")
    hub = open_hub(hub_folder, load_settings(hub_folder), clock)
    try:
        for crew in plan.crews:
            hub.accounts.add_crew(crew.id, crew.name)
        hub.accounts.add_person(
            ADMIN, secrets.token_urlsafe(12), name=ADMIN, role=Role.ADMIN, crew_id=None
        )
        for person in plan.people:
            hub.accounts.add_person(
                person.username,
                DEMO_PASSWORD,
                name=person.name,
                role=Role(person.role),
                crew_id=person.crew_id or None,
            )
        hub.refresh()
        now = clock.now()
        pictures = hub_folder / "citizens"
        _write_citizen_photos(pictures, demo_tickets(now))
        return import_file(hub, demo_csv(now), photos=photos_in(pictures))
    finally:
        hub.close()


class CrewFiles:
    """The picture files that the demo's crew adds to its featured ticket.

    Beside them lie three with which something is worth a look, for whoever plays by hand.
    """

    def __init__(self, card: Path, now: datetime) -> None:
        """Write them into the camera folder of `card`: before and after, minutes ago."""
        self.card = card
        """What the demo plugs in."""
        folder = self.folder = card / "DCIM" / "100DEMO"
        folder.mkdir(parents=True, exist_ok=True)
        self.ticket_id = featured_id(now)
        """The ticket that tops the crew's list."""
        ticket = next(t for t in demo_tickets(now) if t.id == self.ticket_id)
        motif = MOTIFS[ticket.text.shows]
        names = (motif.before, motif.after, *motif.more)
        self.before: Path = folder / "IMG_0412.jpg"
        self.after: Path = folder / "IMG_0418.jpg"
        for path, name, minutes, shift in (
            (self.before, names[0], 12, 0.00003),
            (self.after, names[1], 2, -0.00004),
        ):
            path.write_bytes(
                with_exif(
                    photo_file(name).read_bytes(),
                    now - timedelta(minutes=minutes),
                    ticket.latitude + shift,
                    ticket.longitude,
                    CREW_CAMERA,
                )
            )
        self.odd: tuple[Path, ...] = _odd_files(folder, names[1], ticket, now)
        """From another day and place; edited; passed on by a chat app."""
        _write_other_job(folder / "IMG_0415.jpg", ticket, now)

    def find_plugged(self) -> tuple[Plugged, ...]:
        """Return the card as if it were a phone on a cable."""
        return look([Root(path=self.card, name="")])


def _write_other_job(path: Path, ticket: DemoTicket, now: datetime) -> None:
    """Write a photo of another open job of the same crew, as the way home brought it."""
    other = next(
        other
        for other in demo_tickets(now)
        if other.crew_id == ticket.crew_id and other.is_open and other.text.shows == "drain"
    )
    picture = photo_file(MOTIFS["drain"].before).read_bytes()
    taken_at = now - timedelta(minutes=7)
    path.write_bytes(with_exif(picture, taken_at, other.latitude, other.longitude, CREW_CAMERA))


def _odd_files(folder: Path, name: str, ticket: DemoTicket, now: datetime) -> tuple[Path, ...]:
    """Write files whose badges are worth a look; return their paths."""
    picture = photo_file(name).read_bytes()
    place = Place(latitude=ticket.latitude + FAR_NORTH, longitude=ticket.longitude)
    long_ago = ticket.reported_at - timedelta(days=9)
    elsewhere = ExifFacts(
        taken_at=long_ago.astimezone(BANGKOK),
        place=place,
        camera_make=CREW_CAMERA.make,
        camera_model=CREW_CAMERA.model,
    )
    on_the_spot = Place(latitude=ticket.latitude, longitude=ticket.longitude)
    edited = replace(
        elsewhere, taken_at=now.astimezone(BANGKOK), place=on_the_spot, software="Snapseed 2.0"
    )
    files = {
        "IMG_0233.jpg": write_exif(picture, elsewhere),
        "IMG_0419-edited.jpg": write_exif(picture, edited),
        "from-a-chat.jpg": picture,
    }
    for file, data in files.items():
        (folder / file).write_bytes(data)
    return tuple(folder / file for file in files)


def _settings(agency: str) -> str:
    """Return the hub's settings file."""
    templates = ", ".join(f'"{words}"' for words in TEMPLATES)
    return f'agency = "{agency}"\ntemplates = [{templates}]\n\n{rules_toml()}'


def _write_citizen_photos(folder: Path, tickets: Sequence[DemoTicket]) -> None:
    """Write the citizens' photos of all open tickets that have one, named by ticket."""
    folder.mkdir()
    for ticket in tickets:
        if not ticket.text.shows or not ticket.is_open:
            continue
        picture = with_exif(
            photo_of(ticket.text.shows),
            ticket.reported_at - PHOTO_LAG,
            ticket.latitude,
            ticket.longitude,
            CITIZEN_CAMERA,
        )
        (folder / f"{ticket.id}-1.jpg").write_bytes(picture)
