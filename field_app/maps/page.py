"""The map page: made once by folium, without one address on the internet in it."""

import logging
from pathlib import Path
from typing import Any, Final

from field_app import __version__

logger = logging.getLogger(__name__)

EDITION: Final = 8
"""To be raised whenever this module makes another page than before."""
ASSETS: Final = "app://assets"
START: Final = (13.7563, 100.5018)
"""Where the map stands until it knows the package's or the tickets' place, degrees."""


def page(cache_folder: Path) -> str:
    """Return the page's HTML from the cache, or make it and keep it there.

    Making it takes about a second, so this is not for the GUI thread.

    Args:
        cache_folder: Made when it is missing; may be emptied at any time.
    """
    kept = cache_folder / f"map-{__version__}-{EDITION}.html"
    if kept.is_file():
        return kept.read_text("utf-8")
    html = make_page()
    try:
        cache_folder.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_suffix(".part")
        unfinished.write_text(html, "utf-8")
        unfinished.replace(kept)
    except OSError as error:
        logger.info("The map page was not kept for the next start: %s", error)
    return html


def make_page() -> str:
    """Make the page's HTML with folium; every script and style comes from `app://assets`."""
    # folium is loaded here because it takes a second and a kept page does not need it.
    import folium  # noqa: PLC0415
    from branca.element import MacroElement  # noqa: PLC0415
    from folium.elements import JSCSSMixin  # noqa: PLC0415
    from folium.template import Template  # noqa: PLC0415

    class OwnMap(folium.Map):
        """A Leaflet map whose libraries come with the program."""

        default_js = [("leaflet", f"{ASSETS}/leaflet/leaflet.js")]  # noqa: RUF012 - folium's own form
        default_css = [("leaflet_style", f"{ASSETS}/leaflet/leaflet.css")]  # noqa: RUF012 - folium's own form

    class FieldMap(JSCSSMixin, MacroElement):
        """Joins our own script to the map."""

        _template = Template(
            "{% macro script(this, kwargs) %}"
            "fieldMap.start({{ this._parent.get_name() }});"
            "{% endmacro %}"
        )
        default_js = [  # noqa: RUF012 - folium's own form
            ("qt_channel", "app://page/qwebchannel.js"),
            ("field_map_clusters", f"{ASSETS}/map/field-map-clusters.js"),
            ("field_map_pins", f"{ASSETS}/map/field-map-pins.js"),
            ("field_map_pile", f"{ASSETS}/map/field-map-pile.js"),
            ("field_map_sight", f"{ASSETS}/map/field-map-sight.js"),
            ("field_map_lines", f"{ASSETS}/map/field-map-lines.js"),
            ("field_map_tool", f"{ASSETS}/map/field-map-tool.js"),
            ("field_map_measure", f"{ASSETS}/map/field-map-measure.js"),
            ("field_map_move", f"{ASSETS}/map/field-map-move.js"),
            ("field_map_jobs", f"{ASSETS}/map/field-map-jobs.js"),
            ("field_map_heat", f"{ASSETS}/map/field-map-heat.js"),
            ("field_map_legend", f"{ASSETS}/map/field-map-legend.js"),
            ("field_map_keys", f"{ASSETS}/map/field-map-keys.js"),
            ("field_map_own", f"{ASSETS}/map/field-map-own.js"),
            ("field_map_route", f"{ASSETS}/map/field-map-route.js"),
            ("protomaps", f"{ASSETS}/leaflet/protomaps-leaflet.js"),
            ("field_map_vector", f"{ASSETS}/map/field-map-vector.js"),
            ("field_map_ground", f"{ASSETS}/map/field-map-ground.js"),
            ("field_map", f"{ASSETS}/map/field-map.js"),
        ]
        default_css = [  # noqa: RUF012 - folium's own form
            ("field_map_style", f"{ASSETS}/map/field-map.css"),
        ]

    options: dict[str, Any] = {
        "attribution_control": False,
        "zoom_animation": False,
        "fade_animation": False,
        "marker_zoom_animation": False,
    }
    made = OwnMap(location=START, zoom_start=13, tiles=None, zoom_control=False, **options)
    own_script: Any = FieldMap  # branca has no types
    own_script().add_to(made)
    return str(made.get_root().render())
