"""What the map shows is read from the page and asked about places."""

from dataclasses import asdict

import orjson
import pytest

from field_app.maps.sight import Sight, read_sight

BANGKOK = Sight(
    latitude=13.75,
    longitude=100.5,
    zoom=14,
    west=100.4,
    south=13.7,
    east=100.6,
    north=13.8,
    is_heat=False,
    has_legend=True,
)


def test_what_the_page_says_is_read() -> None:
    assert read_sight(orjson.dumps(asdict(BANGKOK)).decode()) == BANGKOK
    with pytest.raises(ValueError, match="no sight"):
        read_sight('{"zoom": 3}')


def test_only_places_within_the_edges_are_shown() -> None:
    assert BANGKOK.shows(13.7, 100.6)
    assert not BANGKOK.shows(13.69, 100.5)
    assert not BANGKOK.shows(13.75, 100.61)
    assert not BANGKOK.shows(None, None)
