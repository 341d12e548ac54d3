"""The map page is made of the program's own files only and kept for the next start."""

import re
from pathlib import Path

from field_app.maps.page import make_page, page
from field_app.maps.symbols import symbols
from field_app.resources import resource


def test_the_page_asks_for_nothing_from_the_internet() -> None:
    html = make_page()
    assert "http:" not in html
    assert "https:" not in html
    assert "//cdn" not in html


def test_every_file_the_page_names_comes_with_the_program() -> None:
    asked = re.findall(r'app://assets/([^"\')]+)', make_page())
    asked += re.findall(
        r'app://assets/([^"\')]+)', resource("map", "field-map.css").read_text("utf-8")
    )
    assert "map/field-map.js" in asked
    assert all(resource(*name.split("/")).is_file() for name in asked)


def test_the_page_is_made_once_and_then_read(tmp_path: Path) -> None:
    folder = tmp_path / "cache"
    first = page(folder)
    assert page(folder) == first
    assert [file.suffix for file in folder.iterdir()] == [".html"]


def test_a_cache_that_cannot_be_written_does_not_cost_the_map(tmp_path: Path) -> None:
    in_the_way = tmp_path / "cache"
    in_the_way.write_text("a file, not a folder")
    assert "fieldMap.start" in page(in_the_way)


def test_icons_lose_their_frame_and_keep_their_lines() -> None:
    lucide, status = symbols("lucide"), symbols("status")
    assert lucide["plus"].count("<path") == 2
    assert "svg" not in lucide["siren"]
    assert "currentColor" in status["status-overdue"]
