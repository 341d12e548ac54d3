"""Which reported places cannot be right."""

import pytest

from field_app.domain.astray import is_in_outline, without_place

BANGKOK = ("home", 13.75, 100.5)
VIENTIANE, GULF, HANOI = (17.97, 102.6), (10.0, 101.9), (21.03, 105.85)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [
        (20.45, 99.88),  # Mae Sai
        (5.77, 101.08),  # Betong
        (15.31, 105.47),  # Khong Chiam
        (18.30, 97.85),  # Mae Sariang's west
        (7.89, 98.40),  # Phuket
        (9.53, 100.06),  # Ko Samui
        (11.66, 102.56),  # Ko Kut
        (6.49, 99.30),  # Ko Lipe
        (13.53, 100.27),  # Samut Sakhon
        (12.57, 99.96),  # Hua Hin
    ],
)
def test_the_outline_holds_the_corners_of_the_country_and_its_islands(
    latitude: float, longitude: float
) -> None:
    assert is_in_outline(latitude, longitude)


@pytest.mark.parametrize(
    "place", [GULF, HANOI, (13.0, 100.4), (7.0, 96.5), (0.0, 0.0), (-13.75, 100.5), (100.5, 13.75)]
)
def test_the_sea_and_other_countries_are_outside(place: tuple[float, float]) -> None:
    assert not is_in_outline(*place)


def test_a_job_without_coordinates_or_at_zero_has_no_place() -> None:
    assert without_place([BANGKOK, ("none", None, None), ("zero", 0.0, 0.0)]) == {"none", "zero"}
    assert without_place([("none", None, 100.5)]) == {"none"}
    assert without_place([]) == set()


def test_a_job_in_the_sea_or_abroad_has_no_place_when_it_is_far_from_all_others() -> None:
    assert without_place([BANGKOK, ("sea", *GULF), ("hanoi", *HANOI)]) == {"sea", "hanoi"}


def test_a_job_just_beyond_the_border_of_a_town_stays_with_it() -> None:
    town, beyond = ("town", 6.1, 102.3), ("beyond", 6.0, 102.5)
    assert not is_in_outline(6.0, 102.5)
    assert without_place([town, beyond]) == set()
    assert without_place([BANGKOK, beyond]) == {"beyond"}


def test_a_town_that_is_wholly_elsewhere_is_shown_as_it_is() -> None:
    assert without_place([("one", *HANOI), ("other", *GULF), ("zero", 0.0, 0.0)]) == {"zero"}
