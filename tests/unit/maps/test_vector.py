"""What lies on a vector tile is told in one vocabulary, and damaged tiles are refused."""

from random import Random

import pytest

from field_app.maps.vector import schemas, shapes
from tests.helpers.map_packages import a_vector_tile

LEFT = "POLYGON ((0 0, 1024 0, 1024 4096, 0 4096, 0 0))"
ACROSS = "LINESTRING (0 2048, 4096 2048)"


@pytest.mark.parametrize(
    ("layer", "said", "kind"),
    [
        ("road", {"class": "primary"}, "primary"),
        ("transportation", {"class": "minor"}, "street"),
        ("roads", {"kind": "major_road", "kind_detail": "secondary"}, "secondary"),
        ("road", {"class": "something new"}, "service"),
        ("waterway", {"class": "canal"}, "waterway"),
    ],
)
def test_lines_are_known_in_all_schemas(layer: str, said: dict[str, str], kind: str) -> None:
    (shape,) = shapes(a_vector_tile({layer: [(ACROSS, said)]}))
    assert shape.kind == kind
    assert shape.parts == (((0.0, 0.5), (1.0, 0.5)),)


@pytest.mark.parametrize(
    ("layer", "said", "kind"),
    [
        ("water", {}, "water"),
        ("landuse", {"class": "park"}, "park"),
        ("landcover", {"class": "grass"}, "park"),
        ("buildings", {}, "building"),
    ],
)
def test_areas_are_known_and_closed(layer: str, said: dict[str, str], kind: str) -> None:
    (shape,) = shapes(a_vector_tile({layer: [(LEFT, said)]}))
    assert shape.kind == kind
    (ring,) = shape.parts
    assert ring[0] == ring[-1]
    assert {x for x, _y in ring} == {0.0, 0.25}


def test_what_is_not_drawn_is_left_out() -> None:
    tile = a_vector_tile(
        {
            "landuse": [(LEFT, {"class": "industrial"})],
            "road": [(ACROSS, {"class": "ferry"}), (LEFT, {"class": "pedestrian"})],
            "hillshade": [(LEFT, {})],
            "poi_label": [("POINT (1 1)", {"name": "x"})],
        }
    )
    assert list(shapes(tile)) == []


def test_many_lines_of_one_feature_are_its_parts() -> None:
    lines = "MULTILINESTRING ((0 0, 2048 0), (0 4096, 4096 4096))"
    (shape,) = shapes(a_vector_tile({"road": [(lines, {"class": "street"})]}))
    assert shape.parts == (((0.0, 0.0), (0.5, 0.0)), ((0.0, 1.0), (1.0, 1.0)))


def test_damaged_tiles_never_end_in_anything_but_a_value_error() -> None:
    sound = a_vector_tile(
        {"road": [(ACROSS, {"class": "primary"})], "water": [(LEFT, {"class": "river"})]}
    )
    chance = Random(3)
    refused = 0
    for _ in range(2_000):
        damaged = bytearray(sound)
        for _bit in range(chance.randrange(1, 5)):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        try:
            list(shapes(bytes(damaged[: chance.randrange(1, len(damaged) + 1)])))
        except ValueError:
            refused += 1
    assert refused > 200


def test_every_road_has_a_width_and_every_layer_a_part() -> None:
    known = schemas()
    assert set(known["roads"].values()) - {"rail"} <= set(known["widths"])
    assert {len(widths) for widths in known["widths"].values()} == {7}
