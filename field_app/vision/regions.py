"""Regions: where a face or a number plate may be, for a person to decide about.

The two cascades come with OpenCV. On the 54 pictures without people of the labelled set and the
demo, faces are seen in 4 and plates in none; a plate drawn into them is found from 80 px on. Faces
from the side and plates at an angle are mostly missed, so nobody may rely on it alone.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import cv2

from field_app.domain.photo import Mark, MarkKind
from field_app.vision.picture import Luma, Picture, at_most, luma_of

SIDE_PX: Final = 1280
"""Longest side at which regions are looked for."""
MOST: Final = 12
"""Regions that are proposed at most; a person looks at each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kind:
    """How one kind of region is found."""

    file: str
    """Of `cv2.data`."""
    step: float
    """From one size that is looked for to the next."""
    neighbours: int
    """Frames that must agree."""
    smallest: tuple[int, int]
    """Width and height in px."""
    margin: float
    """How much is added on each side, of the region's own: the frame of a face has no hair."""


KINDS: Final = (
    _Kind(
        file="haarcascade_frontalface_alt2.xml",
        step=1.1,
        neighbours=5,
        smallest=(24, 24),
        margin=0.15,
    ),
    _Kind(
        file="haarcascade_russian_plate_number.xml",
        step=1.05,
        neighbours=3,
        smallest=(40, 12),
        margin=0.05,
    ),
)


def regions_of(picture: Picture) -> tuple[Mark, ...]:
    """Return places where a face or a number plate may be, the largest first; about 0.5 s.

    Args:
        picture: A picture's bytes, or decoded, RGB or luma.

    Returns:
        Blurs; none when nothing is found, or it is no picture.
    """
    luma = luma_of(picture)
    if luma is None:
        return ()
    small = at_most(luma, SIDE_PX)
    found = [mark for kind in KINDS for mark in _found(small, kind)]
    found.sort(key=lambda mark: -(mark.x2 - mark.x1) * (mark.y2 - mark.y1))
    chosen: list[Mark] = []
    for mark in found:
        if not any(is_within(mark, larger) for larger in chosen):
            chosen.append(mark)
    return tuple(chosen[:MOST])


def is_within(region: Mark, blur: Mark) -> bool:
    """Return whether a blur hides the middle of a region already."""
    x, y = (region.x1 + region.x2) / 2, (region.y1 + region.y2) / 2
    left, right = sorted((blur.x1, blur.x2))
    top, bottom = sorted((blur.y1, blur.y2))
    return left <= x <= right and top <= y <= bottom


def _found(luma: Luma, kind: _Kind) -> list[Mark]:
    """Return the regions of one kind."""
    height, width = luma.shape
    boxes: Any = _cascade(kind.file).detectMultiScale(
        luma, scaleFactor=kind.step, minNeighbors=kind.neighbours, minSize=kind.smallest
    )
    return [
        Mark(
            kind=MarkKind.BLUR,
            x1=max(0.0, float(x - wide * kind.margin) / width),
            y1=max(0.0, float(y - high * kind.margin) / height),
            x2=min(1.0, float(x + wide * (1 + kind.margin)) / width),
            y2=min(1.0, float(y + high * (1 + kind.margin)) / height),
        )
        for x, y, wide, high in boxes
    ]


def _cascade(file: str) -> cv2.CascadeClassifier:
    """Return what finds regions; read here, as OpenCV opens no file in a Thai folder on Windows."""
    text = Path(cv2.__file__).with_name("data").joinpath(file).read_text(encoding="utf-8")
    how = cv2.FILE_STORAGE_READ | cv2.FILE_STORAGE_MEMORY
    storage = cv2.FileStorage(text, how)
    cascade = cv2.CascadeClassifier()
    cascade.read(storage.getFirstTopLevelNode())
    storage.release()
    return cascade
