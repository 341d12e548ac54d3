"""The demo's photos: which picture fits which report, with the facts a camera would write."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from field_app.cli.demo.plan import BANGKOK
from field_app.domain.place import Place
from field_app.photos.exif import ExifFacts, write_exif
from field_app.resources import resource


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """A camera of the demo town."""

    make: str
    model: str


CREW_CAMERA: Final = Camera(make="Demo", model="Crew camera")
CITIZEN_CAMERA: Final = Camera(make="Demo", model="Citizen phone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Motif:
    """Pictures of one problem."""

    citizen: str
    """File name of what the citizen sent."""
    before: str
    """The crew's picture before the work; same camera position as `after`."""
    after: str
    more: tuple[str, ...] = ()
    """Further pictures of the same job, as work goes on."""


MOTIFS: Final[Mapping[str, Motif]] = MappingProxyType(
    {
        "pothole": Motif(
            citizen="pothole_before2.jpg",
            before="pothole_before.jpg",
            after="pothole_after.jpg",
            more=("pothole_during.jpg", "pothole_after2.jpg"),
        ),
        **{
            name: Motif(
                citizen=f"{name}_before.jpg", before=f"{name}_before.jpg", after=f"{name}_after.jpg"
            )
            for name in ("drain", "lamp", "paver", "tree", "flood", "trash")
        },
    }
)
"""Pictures by what they show; a demo text names its motif in `shows`."""

MOTIF_OF_CATEGORY: Final[Mapping[str, str]] = MappingProxyType(
    {
        "ถนน": "pothole",
        "ท่อระบายน้ำ": "drain",
        "แสงสว่าง": "lamp",
        "ทางเท้า": "paver",
        "ต้นไม้": "tree",
        "น้ำท่วม": "flood",
        "ความสะอาด": "trash",
    }
)
"""What a category's pictures show; categories that are missing have none."""


def with_exif(
    jpeg: bytes,
    taken_at: datetime | None,
    latitude: float | None,
    longitude: float | None,
    camera: Camera,
    orientation: int = 1,
) -> bytes:
    """Return the JPEG with the facts in its Exif and the same picture data.

    Args:
        jpeg: A whole JPEG file.
        taken_at: Aware; written in the town's local time. None for a camera without a clock.
        latitude: Degrees north WGS 84, or None for no position.
        longitude: Degrees east WGS 84, or None for no position.
        camera: What took it.
        orientation: 1 to 8 as in Exif; the picture data stays as it is.

    Raises:
        PhotoUnreadable: The bytes are not a JPEG.
        ValueError: The position is not on the earth.
    """
    place = None
    if latitude is not None and longitude is not None:
        place = Place(latitude=latitude, longitude=longitude)
    facts = ExifFacts(
        taken_at=None if taken_at is None else taken_at.astimezone(BANGKOK),
        place=place,
        camera_make=camera.make,
        camera_model=camera.model,
        orientation=orientation,
    )
    return write_exif(jpeg, facts)


def photo_file(name: str) -> Path:
    """Return the path of a rendered picture without Exif (`resources/demo/photos`)."""
    return resource("demo", "photos", name)


def citizen_photo(category: str) -> bytes | None:
    """Return a citizen's picture (JPEG without Exif) for a category, or None when none fits."""
    motif = MOTIF_OF_CATEGORY.get(category)
    return None if motif is None else photo_of(motif)


def photo_of(motif: str) -> bytes:
    """Return the citizen's picture (JPEG without Exif) of a motif."""
    return photo_file(MOTIFS[motif].citizen).read_bytes()


def crew_pair(category: str) -> tuple[Path, Path] | None:
    """Return the files of before and after for a category, or None when no pair fits."""
    motif = MOTIF_OF_CATEGORY.get(category)
    if motif is None:
        return None
    return photo_file(MOTIFS[motif].before), photo_file(MOTIFS[motif].after)
