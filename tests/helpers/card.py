"""A made-up memory card or phone: a folder with DCIM and photos in it."""

import os
import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from field_app.domain.place import Place
from field_app.photos.exif import ExifFacts, write_exif
from field_app.photos.plugged import Plugged, Root, look
from field_app.resources import resource
from tests.helpers.pictures import a_picture, an_exif

BANGKOK = ZoneInfo("Asia/Bangkok")


class Card:
    """A card that can be plugged in and pulled out; its photos lie in DCIM/100TEST."""

    def __init__(self, path: Path, name: str = "CANON_DC", *, is_phone: bool = False) -> None:
        """Lay the card at `path`; on a phone the folder lies in its store."""
        self.path = path
        self.root = Root(path=path, name=name, is_phone=is_phone)
        inside = path / "Internal storage" if is_phone else path
        self.folder = inside / "DCIM" / "100TEST"
        self.folder.mkdir(parents=True)

    def take(
        self,
        name: str,
        at: datetime,
        place: Place | None = None,
        *,
        colour: str = "green",
        has_time: bool = True,
    ) -> Path:
        """Take a photo: its file has the time, and the place if there is one."""
        exif = an_exif(taken_at=at if has_time else None, place=place)
        path = self.folder / name
        path.write_bytes(a_picture(160, 120, colour=colour, exif=exif))
        self.touch(path, at)
        return path

    def put(self, name: str, motif: str, at: datetime, place: Place | None) -> Path:
        """Put a photo of the demo on it, for people to look at."""
        facts = ExifFacts(taken_at=at.astimezone(BANGKOK), place=place, camera_make="Test")
        path = self.folder / name
        path.write_bytes(write_exif(resource("demo", "photos", f"{motif}.jpg").read_bytes(), facts))
        self.touch(path, at)
        return path

    def touch(self, path: Path, at: datetime) -> None:
        """Say when a file was last changed."""
        os.utime(path, (at.timestamp(), at.timestamp()))

    def pull_out(self) -> None:
        """Be gone, as far as this computer can tell."""
        shutil.rmtree(self.path)

    @property
    def plugged(self) -> Plugged:
        """What is found of it."""
        (found,) = look([self.root])
        return found
