"""Coordinates in four forms, checked against the published series of the projection."""

from math import atan, atanh, cos, cosh, radians, sin, sinh, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from field_app.domain.place import Place, distance_m
from field_app.maps.coordinates import Form, read, written

A, F = 6_378_137.0, 1 / 298.257223563
"""Half axis in metres and flattening of WGS 84."""
N = F / (2 - F)
RADIUS = A / (1 + N) * (1 + N**2 / 4 + N**4 / 64)
ALPHAS = (
    N / 2 - 2 * N**2 / 3 + 5 * N**3 / 16,
    13 * N**2 / 48 - 3 * N**3 / 5,
    61 * N**3 / 240,
)
"""Krüger's series (1912) to the third order: less than a millimetre within a zone."""
BANGKOK = Place(latitude=13.7563, longitude=100.5018)
UBON = Place(latitude=15.2287, longitude=104.8564)
thai = st.builds(Place, latitude=st.floats(5.6, 20.5), longitude=st.floats(97.4, 105.7))
anywhere = st.builds(Place, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))


def projected(place: Place, zone: int) -> tuple[float, float]:
    """Return metres east and north in a zone of UTM, by the series alone."""
    latitude, east_of = radians(place.latitude), radians(place.longitude - (zone * 6 - 183))
    slip = 2 * sqrt(N) / (1 + N)
    t = sinh(atanh(sin(latitude)) - slip * atanh(slip * sin(latitude)))
    xi, eta = atan(t / cos(east_of)), atanh(sin(east_of) / sqrt(1 + t * t))
    east, north = eta, xi
    for j, alpha in enumerate(ALPHAS, start=1):
        east += alpha * cos(2 * j * xi) * sinh(2 * j * eta)
        north += alpha * sin(2 * j * xi) * cosh(2 * j * eta)
    return 500_000 + 0.9996 * RADIUS * east, 0.9996 * RADIUS * north


def test_the_series_knows_the_meridian_s_length() -> None:
    east, north = projected(Place(latitude=45.0, longitude=99.0), 47)
    assert east == pytest.approx(500_000, abs=0.001)
    assert north / 0.9996 == pytest.approx(4_984_944.378, abs=0.01), "equator to 45 degrees"


@given(place=thai)
def test_utm_is_that_of_the_series_in_both_zones_of_thailand(place: Place) -> None:
    zone = 47 if place.longitude < 102 else 48
    name, east, north = written(place, Form.UTM).split()
    assert name == f"{zone}{'N' if place.latitude < 8 else 'P' if place.latitude < 16 else 'Q'}"
    assert (int(east), int(north)) == pytest.approx(projected(place, zone), abs=1.001)


@given(place=thai)
def test_mgrs_is_utm_with_two_letters_for_the_hundred_kilometres(place: Place) -> None:
    name, letters, east, north = written(place, Form.MGRS).split()
    zone, whole_east, whole_north = written(place, Form.UTM).split()
    assert (name, east, north) == (zone, whole_east[-5:], whole_north[-5:])
    columns = {0: "STUVWXYZ", 1: "ABCDEFGH", 2: "JKLMNPQR"}[int(zone[:2]) % 3]
    rows = "ABCDEFGHJKLMNPQRSTUV"
    shift = 5 if int(zone[:2]) % 2 == 0 else 0
    row = rows[(int(whole_north) // 100_000 + shift) % 20]
    assert letters == columns[int(whole_east) // 100_000 - 1] + row


@pytest.mark.parametrize(
    ("place", "form", "words"),
    [
        (BANGKOK, Form.DEGREES, "13.756300, 100.501800"),
        (BANGKOK, Form.MINUTES, "13°45.378′N 100°30.108′E"),
        (BANGKOK, Form.UTM, "47P 662366 1521280"),
        (BANGKOK, Form.MGRS, "47P PR 62366 21280"),
        (UBON, Form.UTM, "48P 484578 1683626"),
        (UBON, Form.MGRS, "48P VB 84578 83626"),
        (Place(latitude=-0.5, longitude=-0.25), Form.MINUTES, "0°30.000′S 0°15.000′W"),
        (Place(latitude=14 - 1e-7, longitude=1e-7 - 100), Form.MINUTES, "14°00.000′N 100°00.000′W"),
        (Place(latitude=0, longitude=0), Form.MGRS, "31N AA 66021 00000"),
        (Place(latitude=84, longitude=3), Form.UTM, ""),
        (Place(latitude=-90, longitude=3), Form.MGRS, ""),
    ],
)  # fmt: skip
def test_a_place_is_written_as_people_know_it(place: Place, form: Form, words: str) -> None:
    assert written(place, form) == words


@given(place=anywhere, form=st.sampled_from(Form))
def test_what_is_written_is_read_again_within_two_metres(place: Place, form: Form) -> None:
    words = written(place, form)
    if words:
        again = read(words)
        assert again is not None
        assert distance_m(place, again) < 2


@pytest.mark.parametrize(
    "words",
    [
        "13.7563 100.5018",
        " 13.7563,100.5018 ",
        "100.5018, 13.7563",
        "13.7563N 100.5018E",
        "100.5018 E; 13.7563 N",
        "13°45′22.68″N 100°30′06.48″E",
        "13 45 22.68, 100 30 6.48",
        "13° 45.378' N, 100° 30.108' E",
        "47P 662366 1521280",
        "47p 0662366mE 1521280mN",
        "47PPR6236621280",
        "47p pr 62366 21280",
    ],
)
def test_a_place_is_read_in_the_ways_of_people(words: str) -> None:
    found = read(words)
    assert found is not None
    assert distance_m(found, BANGKOK) < 2


@pytest.mark.parametrize(
    "words",
    [
        "", "13.7563", "1 2 3", "here", "91, 181", "13.7563 N 100.5018 N", "-13 S 100 E", "nan, 0",
        "13 60 0, 100 0 0", "47I 662366 1521280", "99P 662366 1521280", "47PII6236621280",
        "47PPR623", "1e5, 2", "13.7 100.5 extra", "x" * 200, "47P 999999 99999999", "13-7, 100",
    ],
)  # fmt: skip
def test_what_is_no_place_is_none(words: str) -> None:
    assert read(words) is None


@given(words=st.text(alphabet="0123456789.,-° 'NSEWPQR47", max_size=40))
def test_nothing_that_is_typed_breaks_it(words: str) -> None:
    found = read(words)
    assert found is None or -90 <= found.latitude <= 90
