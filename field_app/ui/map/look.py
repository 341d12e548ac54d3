"""What the map page wears: words in the language in use and the colours of a theme."""

import re
from typing import Any, Final

from field_app.maps.tiles import TilePackageFacts
from field_app.texts import _, language
from field_app.ui.theme import ThemeName, tokens

OWN_POSITION: Final = "#1A5DC8"
"""Blue that no status has, for one's own place."""
_TAG: Final = re.compile(r"<[^>]*>")
"""MBTiles writes the attribution as HTML."""


def look(
    theme: ThemeName, facts: TilePackageFacts | None, *, is_damaged: bool = False
) -> dict[str, Any]:
    """Return what the page needs to dress itself, ready for JSON.

    Args:
        theme: Name of the theme.
        facts: Of the tile package; None when there is none.
        is_damaged: Whether there is a map file that cannot be read.
    """
    colours = {k: v for k, v in tokens()["themes"][theme].items() if "(" not in v}
    colours["pinLine"] = "#12201C" if theme != "dark" else "#0D1513"
    colours["lateFill"] = tokens()["status"]["overdue"][theme]["solid"]
    colours["own"] = "#7FB2FF" if theme == "dark" else OWN_POSITION
    colours["onOwn"] = "#04183A" if theme == "dark" else "#FFFFFF"
    return {
        "language": language(),
        "theme": theme,
        "isStill": theme == "sunlight",
        "colours": colours,
        "status": {
            key: {
                "word": kind[language()],
                "solid": kind[theme]["solid"],
                "onSolid": kind[theme]["onSolid"],
            }
            for key, kind in tokens()["status"].items()
        },
        "words": words(facts, is_damaged=is_damaged),
    }


def words(facts: TilePackageFacts | None, *, is_damaged: bool = False) -> dict[str, str]:
    """Return the page's words in the language in use."""
    return {
        "map": _("Map of the jobs"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "show_all": _("Show all jobs"),
        "show_me": _("Go to my position"),
        "overdue": _("Overdue"),
        "jobs_here": _("{count} jobs here"),
        "metres": _("m"),
        "kilometres": _("km"),
        "note": note(facts, is_damaged=is_damaged),
    }


def note(facts: TilePackageFacts | None, *, is_damaged: bool = False) -> str:
    """Return the line that is always shown on the map: which map, whose data."""
    if is_damaged:
        return _("The map file is damaged. Jobs are shown without streets.")
    if facts is None:
        return _("There is no map file. Jobs are shown without streets.")
    source = _TAG.sub("", facts.attribution).replace("OpenStreetMap contributors", "OpenStreetMap")
    parts = [part for part in (facts.name, source) if part]
    return _("Map: {source}").format(source=" · ".join(parts))
