"""The labelled set: pictures, and what people do to them that leaves the same picture."""

import io
import math
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from PIL import Image, ImageOps

from field_app.photos.shrink import make_copies
from field_app.resources import resource
from tests.vision.scenes import HEIGHT, KINDS, WIDTH, View, draw

SEEDS: Final = range(5)
Change = Callable[[Image.Image], Image.Image]


def _saved(quality: int, form: str = "JPEG") -> Change:
    """Save it anew."""

    def change(picture: Image.Image) -> Image.Image:
        out = io.BytesIO()
        picture.save(out, form, quality=quality)
        return Image.open(io.BytesIO(out.getvalue())).convert("RGB")

    return change


def _cut(left: float, top: float, right: float, bottom: float) -> Change:
    """Cut these parts of width and height away."""

    def change(picture: Image.Image) -> Image.Image:
        width, height = picture.size
        box = (left * width, top * height, (1 - right) * width, (1 - bottom) * height)
        return _inside(picture, box)

    return change


def _inside(picture: Image.Image, box: tuple[float, float, float, float]) -> Image.Image:
    """Return what is inside a box: left, top, right, bottom."""
    left, top, right, bottom = (round(edge) for edge in box)
    return picture.crop((left, top, right, bottom))


def _turned(degrees: float, *, has_corners: bool = False) -> Change:
    """Turn it by a small angle; corners outside the picture are black, or cut away."""

    def change(picture: Image.Image) -> Image.Image:
        turned = picture.rotate(degrees, Image.Resampling.BICUBIC)
        if has_corners:
            return turned
        width, height = picture.size
        across, down = math.cos(math.radians(degrees)), abs(math.sin(math.radians(degrees)))
        whole = across * across - down * down
        half = (
            (width * across - height * down) / whole / 2,
            (height * across - width * down) / whole / 2,
        )
        box = (width / 2 - half[0], height / 2 - half[1], width / 2 + half[0], height / 2 + half[1])
        return _inside(turned, box)

    return change


def _brighter(factor: float) -> Change:
    """Make it brighter or darker."""
    return lambda picture: picture.point(lambda value: min(255, value * factor))


def _placed(how: Image.Transpose) -> Change:
    """Turn it by right angles, or mirror it."""
    return lambda picture: picture.transpose(how)


def _all(*changes: Change) -> Change:
    """Do one thing after the other."""

    def change(picture: Image.Image) -> Image.Image:
        for each in changes:
            picture = each(picture)
        return picture

    return change


CHANGES: Final[Mapping[str, Change]] = MappingProxyType(
    {
        "turned by 90°": _placed(Image.Transpose.ROTATE_90),
        "turned by 180°": _placed(Image.Transpose.ROTATE_180),
        "turned by 270°": _placed(Image.Transpose.ROTATE_270),
        "mirrored": ImageOps.mirror,
        "upside down in the mirror": ImageOps.flip,
        "turned by 3° with corners": _turned(3, has_corners=True),
        "turned by 5°": _turned(5),
        "cut left": _cut(0.15, 0, 0, 0),
        "cut below": _cut(0, 0, 0, 0.15),
        "cut at a corner": _cut(0.15, 0.15, 0, 0),
        "cut all around": _cut(0.075, 0.075, 0.075, 0.075),
        "JPEG 30": _saved(30),
        "JPEG 95": _saved(95),
        "WebP 40": _saved(40, "WEBP"),
        "brighter": _brighter(1.15),
        "darker": _brighter(0.85),
        "half as large": lambda picture: picture.resize(
            (picture.width // 2, picture.height // 2), Image.Resampling.BICUBIC
        ),
        "mirrored, cut, JPEG 40": _all(ImageOps.mirror, _cut(0, 0.1, 0.15, 0), _saved(40)),
        "turned, cut, brighter": _all(
            _placed(Image.Transpose.ROTATE_90), _cut(0.1, 0, 0, 0.15), _brighter(1.1)
        ),
    }
)
"""What is done to a picture, by its name."""


@cache
def places() -> Mapping[str, Image.Image]:
    """Return pictures of different places, and of one place in different states of the work.

    Those of one place have the same name before the `/`.
    """
    found = {
        f"{kind} {seed}/before": Image.fromarray(draw(kind, seed))
        for kind in KINDS
        for seed in SEEDS
    }
    for path in sorted(resource("demo", "photos").glob("*.jpg")):
        motif, state = path.stem.split("_")
        found[f"{motif}/{state}"] = Image.open(path).convert("RGB").resize((WIDTH, HEIGHT))
    return found


@cache
def after_the_work() -> Mapping[str, Image.Image]:
    """Return pictures by day of the drawn places from a step beside, when the work is done."""
    return {
        f"{kind} {seed}/before": Image.fromarray(
            draw(kind, seed, View(work=1 + seed % 2, light=(0.85, 1, 1.15)[seed % 3], step_px=30))
        )
        for kind in KINDS
        if kind != "night"
        for seed in SEEDS
    }


def preview_of(picture: Image.Image) -> bytes:
    """Return the preview that travels to the hub: what fingerprints are made of."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95)
    return make_copies(out.getvalue()).thumb


def difference_hash(preview: bytes) -> int:
    """Return the usual perceptual hash, with which ours is compared: 64 bits, is right lighter?"""
    grey = Image.open(io.BytesIO(preview)).convert("L").resize((9, 8), Image.Resampling.LANCZOS)
    values = list(grey.tobytes())
    rows = [values[at : at + 9] for at in range(0, 72, 9)]
    bits = [row[at + 1] > row[at] for row in rows for at in range(8)]
    return sum(bit << at for at, bit in enumerate(bits))
