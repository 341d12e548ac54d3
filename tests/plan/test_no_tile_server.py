"""No tile server is in the program: maps come from the hub, or on a stick."""

from pathlib import Path
from typing import Final

import pytest

from build_scripts.translations import PROGRAM
from field_app.resources import resource

ENDINGS: Final = frozenset({".py", ".js", ".css", ".html", ".json", ".toml", ".svg"})
WHAT_RUNS: Final = sorted(
    path
    for folder in (PROGRAM, resource("map"), resource("leaflet"), resource("handoff"))
    for path in folder.rglob("*")
    if path.suffix in ENDINGS
)
SERVERS: Final = ("tile.openstreetmap.org", "tile.osm.org", "{z}/{x}/{y}.png", "{s}.tile.")
"""What the address of a tile server has in it; the one of OpenStreetMap forbids fetching ahead."""


@pytest.mark.parametrize("path", WHAT_RUNS, ids=lambda path: Path(path).name)
def test_nothing_that_runs_names_a_tile_server(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [server for server in SERVERS if server in text] == []
