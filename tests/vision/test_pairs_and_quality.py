"""Whether two pictures may be of one spot, and whether a picture is dark or blurred."""

from typing import Final

import numpy as np
import pytest
from PIL import Image, ImageFilter

from field_app.domain.checks import BLURRED_BELOW, DARK_BELOW, PAIR_MATCHES_LEAST
from field_app.photos.pairing import SURE
from field_app.vision.pairs import matches, matches_of, view_of
from field_app.vision.quality import measure
from tests.vision.labelled import after_the_work, places

SAME_SPOT: Final = [
    ("drain/before", "drain/after"),
    ("flood/before", "flood/after"),
    ("lamp/before", "lamp/after"),
    ("paver/before", "paver/after"),
    ("pothole/before", "pothole/after"),
    ("pothole/before", "pothole/during"),
    ("trash/before", "trash/after"),
    ("tree/before", "tree/after"),
]


def rgb(picture: Image.Image) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(picture)


@pytest.mark.parametrize(("before", "after"), SAME_SPOT)
def test_a_pair_of_the_same_spot_fits(before: str, after: str) -> None:
    assert matches(rgb(places()[before]), rgb(places()[after])) >= 2 * PAIR_MATCHES_LEAST


def test_drawn_pairs_from_a_step_beside_fit() -> None:
    fitting = [
        matches(rgb(places()[name]), rgb(after)) >= PAIR_MATCHES_LEAST
        for name, after in after_the_work().items()
    ]

    assert sum(fitting) / len(fitting) >= 0.95


def test_pictures_of_different_places_do_not_fit() -> None:
    names = [name for name in places() if name.endswith("before")]
    found = [
        matches(rgb(places()[one]), rgb(places()[other]))
        for number, one in enumerate(names)
        for other in names[number + 1 : number + 7]
    ]

    assert sum(points >= PAIR_MATCHES_LEAST for points in found) / len(found) <= 0.02


def test_what_has_no_points_fits_nothing() -> None:
    dark = np.zeros((480, 640, 3), np.uint8)

    assert matches(dark, rgb(places()["drain/before"])) == 0
    assert matches(dark, dark) == 0
    assert matches(b"", b"no picture") == 0


@pytest.mark.parametrize(("height", "width"), [(1, 640), (3, 2000), (31, 31), (900, 2)])
def test_a_sliver_fits_nothing_and_hurts_nobody(height: int, width: int) -> None:
    sliver = np.random.default_rng(1).integers(0, 255, (height, width), np.uint8)

    assert matches(sliver, rgb(places()["drain/before"])) == 0
    assert matches_of(sliver, [sliver, sliver]) == (0, 0)


def test_a_picture_decoded_by_another_library_is_the_same() -> None:
    before, after = (places()[name] for name in ("tree/before", "tree/after"))

    assert matches(before, after) == matches(rgb(before), rgb(after))
    assert matches_of(after, [before, after])[0] == matches(before, after)


def test_two_pictures_always_have_the_same_number() -> None:
    pair = [rgb(places()[name]) for name in ("tree/before", "tree/after")]

    assert matches(*pair) == matches(*pair)


def test_sharp_pictures_are_sharp_and_blurred_ones_are_not() -> None:
    for name, picture in places().items():
        if name.startswith("night"):
            continue
        sharp, blurred = (
            measure(rgb(each))
            for each in (picture, picture.filter(ImageFilter.GaussianBlur(3 * 640 / 512)))
        )

        assert sharp is not None
        assert blurred is not None
        assert sharp.sharpness > 4 * BLURRED_BELOW, name
        assert blurred.sharpness < BLURRED_BELOW, name


def test_a_street_at_night_is_not_too_dark_and_a_covered_lens_is() -> None:
    for name, picture in places().items():
        lit, covered = (measure(rgb(each)) for each in (picture, picture.point(lambda v: v * 0.15)))

        assert lit is not None
        assert covered is not None
        assert lit.brightness > DARK_BELOW, name
        assert covered.brightness < DARK_BELOW, name


def test_what_is_no_picture_has_no_quality() -> None:
    assert measure(b"%PDF-1.4") is None


def test_the_view_lays_a_picture_over_the_same_spot() -> None:
    whole = places()["pothole/before"]
    wide, tall = whole.size
    part = whole.crop((wide // 10, tall // 5, wide, tall))  # a step nearer, to the right
    view = view_of(rgb(whole), rgb(part), PAIR_MATCHES_LEAST)
    assert view is not None
    matrix = np.array(view).reshape(3, 3)
    for x, y in ((0.1, 0.2), (0.55, 0.6), (1.0, 1.0)):
        right, down, depth = matrix @ (x, y, 1)
        assert right / depth == pytest.approx((x - 0.1) / 0.9, abs=0.01)
        assert down / depth == pytest.approx((y - 0.2) / 0.8, abs=0.01)


def test_pictures_of_different_places_have_no_view() -> None:
    one, other = (rgb(places()[name]) for name in ("tree/before", "drain/before"))
    assert view_of(one, other, SURE) is None
    assert view_of(one, b"no picture", SURE) is None
