"""A picture is known again after what people do to it, and no other is taken for it."""

from functools import cache
from itertools import permutations
from typing import Final

import numpy as np
import pytest

from field_app.vision.fingerprint import (
    FEWEST_POINTS,
    Constellation,
    Fingerprint,
    constellation,
    fingerprint_of,
)
from field_app.vision.likeness import Likeness, likeness
from field_app.vision.postings import VOTES, batch_of, candidates, keys_of, packed
from tests.vision.labelled import CHANGES, after_the_work, difference_hash, places, preview_of

ALIKE_BITS: Final = 10
"""Up to so many of 64 bits of a difference hash are usually taken for the same picture."""
GROUPS: Final = {
    "turned": ("turned by 90°", "turned by 180°", "turned by 270°"),
    "turned a little": ("turned by 3° with corners", "turned by 5°"),
    "mirrored": ("mirrored", "upside down in the mirror"),
    "cut": ("cut left", "cut below", "cut at a corner", "cut all around"),
    "saved anew": ("JPEG 30", "JPEG 95", "WebP 40", "half as large"),
    "brighter or darker": ("brighter", "darker"),
    "all at once": ("mirrored, cut, JPEG 40", "turned, cut, brighter"),
}
"""Changes that are judged together."""


def known(preview: bytes) -> tuple[Fingerprint, Constellation]:
    """Return the fingerprint of a picture that has one."""
    found = fingerprint_of(preview)
    assert found is not None
    read = constellation(found.plain)
    assert read is not None
    return found, read


@cache
def all_known() -> dict[str, tuple[Fingerprint, Constellation]]:
    return {name: known(preview_of(picture)) for name, picture in places().items()}


def looks(found: Fingerprint) -> tuple[Constellation, ...]:
    """Return a picture and its mirror image."""
    both = tuple(constellation(stored) for stored in (found.plain, found.mirrored))
    return tuple(each for each in both if each is not None)


def best(found: Fingerprint, other: Constellation) -> Likeness:
    """Return how alike two pictures are, mirrored or not."""
    return max((likeness(look, other) for look in looks(found)), key=lambda each: each.points)


def votes(found: Fingerprint, other: Fingerprint) -> int:
    """Return in how many keys of the index two pictures agree, mirrored or not."""
    theirs = set(keys_of(other.plain))
    return max(len(theirs & set(keys_of(each))) for each in (found.plain, found.mirrored))


@pytest.mark.parametrize("group", GROUPS)
def test_a_picture_is_known_again(group: str) -> None:
    again = hashed = count = 0
    for name, picture in places().items():
        stored, before = all_known()[name]
        old_hash = difference_hash(preview_of(picture))
        for change in GROUPS[group]:
            preview = preview_of(CHANGES[change](picture))
            found = fingerprint_of(preview)
            count += 1
            hashed += (difference_hash(preview) ^ old_hash).bit_count() <= ALIKE_BITS
            if found is not None and votes(found, stored) >= VOTES:
                again += best(found, before).is_same

    print(f"{group}: {again} of {count} known again; by a difference hash {hashed}")
    assert again / count >= 0.98
    assert again >= hashed


def test_every_change_is_judged() -> None:
    assert {change for group in GROUPS.values() for change in group} == set(CHANGES)


def test_other_places_are_not_taken_for_it() -> None:
    pairs = [
        (one, other)
        for one, other in permutations(all_known(), 2)
        if one.split("/")[0] != other.split("/")[0]
    ]

    alarms = [
        (one, other)
        for one, other in pairs
        if best(all_known()[one][0], all_known()[other][1]).is_same
    ]

    print(f"{len(alarms)} false alarms in {len(pairs)} pairs of places")
    assert len(alarms) / len(pairs) <= 0.005


def test_the_same_place_after_the_work_is_another_picture() -> None:
    pairs = [
        (all_known()[one][0], all_known()[other][1])
        for one, other in permutations(all_known(), 2)
        if one.split("/")[0] == other.split("/")[0]
    ]
    pairs += [
        (known(preview_of(picture))[0], all_known()[name][1])
        for name, picture in after_the_work().items()
    ]

    unchanged = [best(after, before) for after, before in pairs]

    alarms = sum(each.is_unchanged for each in unchanged)
    print(f"{alarms} of {len(pairs)} pictures after the work seem unchanged")
    assert alarms <= 1


@pytest.mark.parametrize("change", ["turned by 90°", "mirrored", "JPEG 30", "brighter"])
def test_the_picture_from_before_the_work_is_known_as_unchanged(change: str) -> None:
    for name, (_, before) in all_known().items():
        again = fingerprint_of(preview_of(CHANGES[change](places()[name])))

        assert again is not None
        assert best(again, before).is_unchanged, name


def test_a_dark_or_empty_picture_cannot_be_compared() -> None:
    assert fingerprint_of(np.zeros((192, 256, 3), np.uint8)) is None
    assert fingerprint_of(np.full((192, 256), 200, np.uint8)) is None
    assert fingerprint_of(np.full((1, 3000, 3), 7, np.uint8)) is None


@pytest.mark.parametrize("data", [b"", b"RIFF\x04\x00\x00\x00WEBP", b"%PDF-1.4", b"\xff\xd8\xff"])
def test_what_is_no_picture_cannot_be_compared(data: bytes) -> None:
    assert fingerprint_of(data) is None


def test_a_decoded_picture_has_the_fingerprint_of_its_bytes() -> None:
    name, picture = next(iter(places().items()))
    small = np.asarray(picture.resize((256, 192)))

    found = fingerprint_of(small)

    assert found is not None
    assert best(found, all_known()[name][1]).is_unchanged


def test_a_fingerprint_is_small_and_of_enough_points() -> None:
    for found, read in all_known().values():
        assert len(found.plain) <= 1024
        assert FEWEST_POINTS <= len(read.looks) == len(read.at)


@pytest.mark.parametrize("stored", [b"", b"\x01\xff\xff\x09", b"\x02\xff\xc0\x00\x00\x00"])
def test_a_stored_fingerprint_of_another_form_is_left_alone(stored: bytes) -> None:
    assert constellation(stored) is None
    assert keys_of(stored) == ()


def test_the_photos_with_most_votes_are_looked_at() -> None:
    rows = [
        packed(5) + packed(70_000),
        packed(70_000),
        packed(5) + packed(9) + packed(70_000),
        packed(5) + packed(70_000),
    ]

    assert candidates(rows) == (70_000, 5)
    assert candidates([]) == ()
    assert batch_of(70_000) == 0
    assert batch_of(1 << 20) == 1
