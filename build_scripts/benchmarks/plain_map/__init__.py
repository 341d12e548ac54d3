"""Folium's pages as users write them, with the scripts they fetch lying beside them."""

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from build_scripts import node_packages

HERE: Final = Path(__file__).resolve().parent
WORKSHOP: Final = HERE.parents[2] / "build" / "plain_map"
"""Where the scripts are installed."""
NPM: Final = Path(sys.executable).parent / f"npm{'.exe' if os.name == 'nt' else ''}"
KINDS: Final = ("loop", "fast")
"""`folium.Marker` in a loop, and `FastMarkerCluster`."""
Point = tuple[float, float, str]
"""Latitude, longitude, title."""
DONE: Final = """
<script>
window.addEventListener("load", () => requestAnimationFrame(() => requestAnimationFrame(() => {
  window.measuredMap = %s;
  document.title = "drawn";
})));
</script>
"""


def install() -> None:
    """Put the scripts into a folder that is not part of the checkout."""
    WORKSHOP.mkdir(parents=True, exist_ok=True)
    for name in node_packages.NAMES:
        shutil.copy(HERE / name, WORKSHOP)
    node_packages.install(WORKSHOP, NPM)


def write_page(kind: str, points: Iterable[Point], file: Path) -> None:
    """Write a page with a marker for each point, as folium's own examples do.

    The page needs nothing but Leaflet and its clusters; jquery, bootstrap and fonts, which folium
    fetches as well, are left out, and there is no ground, both to folium's advantage.
    """
    import folium  # noqa: PLC0415 - takes a second, which its user waits for as well
    from folium.plugins import FastMarkerCluster  # noqa: PLC0415 - as above

    modules = WORKSHOP.as_uri() + "/node_modules"
    leaflet, clusters = f"{modules}/leaflet/dist", f"{modules}/leaflet.markercluster/dist"
    page_class: Any = folium.Map
    page_class.default_js = [("leaflet", f"{leaflet}/leaflet.js")]
    page_class.default_css = [("leaflet_css", f"{leaflet}/leaflet.css")]
    cluster_class: Any = FastMarkerCluster
    cluster_class.default_js = [("clusters", f"{clusters}/leaflet.markercluster.js")]
    cluster_class.default_css = [
        ("clusters", f"{clusters}/MarkerCluster.css"),
        ("clusters_default", f"{clusters}/MarkerCluster.Default.css"),
    ]
    page = folium.Map(location=(13.75, 100.52), zoom_start=13, tiles=None)
    if kind == "fast":
        cluster_class([[lat, lon] for lat, lon, _title in points]).add_to(page)
    else:
        for latitude, longitude, title in points:
            folium.Marker((latitude, longitude), tooltip=title).add_to(page)
    html = page.get_root().render()
    file.write_text(html.replace("</html>", DONE % page.get_name() + "</html>"), "utf-8")
