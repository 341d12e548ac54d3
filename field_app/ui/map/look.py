"""What the map page wears: words in the language in use and the colours of a theme."""

from typing import Any, Final

from field_app.texts import _, language
from field_app.ui.map.tool_words import tool_words
from field_app.ui.theme import ThemeName, tokens

ON_HOLD: Final = "paused"
"""On the map a job's state; elsewhere in the design, work that a person keeps from being sent."""
OWN_POSITION: Final = "#1A5DC8"
"""Blue that no status has, for one's own place."""


def look(theme: ThemeName, percent: int, bare: str) -> dict[str, Any]:
    """Return what the page needs to dress itself, ready for JSON.

    Args:
        theme: Name of the theme.
        percent: Size of the text.
        bare: What the line on the map says when there is no map to name.
    """
    colours = {k: v for k, v in tokens()["themes"][theme].items() if "(" not in v}
    colours["pinLine"] = "#12201C" if theme != "dark" else "#0D1513"
    colours["lateFill"] = tokens()["status"]["overdue"][theme]["solid"]
    colours["own"] = "#7FB2FF" if theme == "dark" else OWN_POSITION
    colours["onOwn"] = "#04183A" if theme == "dark" else "#FFFFFF"
    return {
        "language": language(),
        "theme": theme,
        "scale": percent / 100,
        "isStill": theme == "sunlight",
        "colours": colours,
        "status": {
            key: {
                "word": _("On hold") if key == ON_HOLD else kind[language()],
                "solid": kind[theme]["solid"],
                "onSolid": kind[theme]["onSolid"],
            }
            for key, kind in tokens()["status"].items()
        },
        "words": words(bare),
    }


def words(bare: str) -> dict[str, str]:
    """Return the page's words in the language in use."""
    return {
        "map": _("Map of the jobs"),
        "zoom_in": _("Zoom in"),
        "zoom_out": _("Zoom out"),
        "show_all": _("Show all jobs"),
        "show_me": _("Go to my position"),
        "overdue": _("Overdue"),
        "jobs_here": _("{count} jobs here"),
        "legend": _("What the signs mean"),
        "heat": _("Where jobs are many"),
        "per_km2": _("Jobs per square kilometre"),
        "cluster": _(
            "Several jobs; the ring shows their statuses, the small sign the most urgent one"
        ),
        "metres": _("m"),
        "kilometres": _("km"),
        **tool_words(),
        "maps": _("Maps of this computer"),
        "note": bare,
        "note_map": _("Map: {source}"),
        "note_elsewhere": _("No map reaches here."),
        "north": _("{degrees}° N"),
        "east": _("{degrees}° E"),
    }
