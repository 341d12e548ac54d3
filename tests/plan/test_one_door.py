"""Each outside library comes in by its own door, so that it can be replaced in one place."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_scripts.translations import PROGRAM

DOORS = {
    "PIL": ("photos", "cli.demo"),
    "PySide6": ("ui",),
    "alembic": ("hub",),
    "babel": ("texts",),
    "branca": ("maps",),
    "click": ("cli",),
    "cryptography": ("packs.sealing", "handoff"),
    "cv2": ("vision",),
    "fast_tsp": ("maps.tour",),
    "fastapi": ("hub",),
    "field_app.app": ("cli", "ui", "__main__"),
    "field_app.settings": ("app", "cli", "__main__"),
    "folium": ("maps",),
    "jinja2": ("maps",),
    "keyring": ("hub_client",),
    "mgrs": ("maps.coordinates",),
    "numpy": ("vision",),
    "orjson": ("protocol", "hub", "hub_client", "store", "maps", "ui.map"),
    "pillow_heif": ("photos",),
    "platformdirs": ("settings",),
    "pmtiles": ("maps",),
    "pwdlib": ("hub",),
    "pydantic": ("protocol", "hub"),
    "requests": ("hub_client",),
    "segno": ("ui",),
    "shiboken6": ("ui",),
    "sqlalchemy": ("hub",),
    "sqlite3": ("store", "maps"),
    "sqlite_utils": ("store",),
    "starlette": ("hub",),
    "threading": (
        "app",
        "desks",
        "farewell",
        "handoff",
        "hub_client.door",
        "hub.server",
        "hub.service.backfill",
        "sync.ahead",
        "sync.loop",
        "sync.pictures",
        "sync.ear",
        "sync.senders",
        "ui.background",
        "cli.demo",
    ),
    "urllib3": ("hub_client",),
    "uuid_utils": ("domain.ids",),
    "uvicorn": ("hub", "cli"),
    "zstandard": ("hub_client", "hub", "protocol"),
}
"""Library → the rooms and modules of field_app that may import it."""

MODULES = sorted(PROGRAM.rglob("*.py"))


def name_of(path: Path) -> str:
    """Return a module's name inside the program, 'hub.api.changes'; a package's own is its name."""
    parts = path.relative_to(PROGRAM).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path) -> Iterator[str]:
    """Return what a module imports, 'PIL.Image'; for `from a import b` both 'a' and 'a.b'."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_within(name: str, whole: str) -> bool:
    """Return whether a dotted name is the whole or a part of it."""
    return name == whole or name.startswith(f"{whole}.")


@pytest.mark.parametrize("library", DOORS)
def test_a_library_comes_in_by_its_own_door_only(library: str) -> None:
    intruders = [
        name_of(path)
        for path in MODULES
        if any(is_within(imported, library) for imported in imports_of(path))
        and not any(is_within(name_of(path), door) for door in DOORS[library])
    ]

    assert intruders == []


def test_every_outside_library_has_a_door() -> None:
    roots = {imported.split(".")[0] for path in MODULES for imported in imports_of(path)}

    assert roots - set(sys.stdlib_module_names) - set(DOORS) - {"field_app"} == set()
