"""A map in a window of its own, used by a clock; says what it took, as JSON.

python -m build_scripts.benchmarks.map_window ours CACHE_FOLDER COUNT
python -m build_scripts.benchmarks.map_window loop|fast FOLDER COUNT
"""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median
from typing import Any, Final

from PySide6.QtCore import QEventLoop, QTimer, QUrl

from build_scripts.benchmarks import plain_map
from build_scripts.benchmarks.opened_window import pss_bytes
from field_app.maps.pins import Pin
from field_app.resources import resource
from field_app.ui import start

SIZE: Final = (506, 712)
"""Of the map beside list and detail on a small laptop, pixels."""
MIDDLE: Final = (13.75, 100.52)
ICONS: Final = ("road", "droplets", "lightbulb-off", "footprints", "tree-deciduous", "waves")
STATES: Final = ("waiting", "progress", "review", "forwarded", "finished", "finished", "finished")
CLOSE_ZOOM: Final = 18
FAR_ZOOM: Final = 13
ON_SCREEN: Final = 1_000
MANY: Final = 50_000
FRAMES: Final = 120
PATIENCE_S: Final = 120.0
MB: Final = 1_000_000
MS: Final = 1_000
PAN: Final = """
(function (map) {
  const times = [];
  let before = performance.now();
  function step() {
    const now = performance.now();
    times.push(now - before);
    before = now;
    if (times.length > %d) { window.panTimes = times.slice(1); document.title = "panned"; return; }
    const turn = times.length / 9;
    map.panBy([Math.round(9 * Math.cos(turn)), Math.round(9 * Math.sin(turn))], { animate: false });
    requestAnimationFrame(step);
  }
  requestAnimationFrame(step);
})(%s);
"""
WAIT_FOR: Final = """
(function wait() {
  if (fieldMapJobs.count() !== %d) setTimeout(wait, 1);
  else requestAnimationFrame(() => requestAnimationFrame(() => { document.title = "drawn %d"; }));
})();
"""
OUR_MAP: Final = "fieldMapJobs.layer()._map"


def town(count: int) -> list[Pin]:
    """Return jobs around the middle of a town."""
    chance = Random(11)  # noqa: S311 - the same town in every round
    return [
        Pin(
            ticket_id=f"2026-{number:06}",
            latitude=chance.gauss(MIDDLE[0], 0.012),
            longitude=chance.gauss(MIDDLE[1], 0.016),
            icon=chance.choice(ICONS),
            status=chance.choice(STATES),
            is_overdue=chance.random() < 0.02,
            title=f"หลุมลึกกลางถนน หน้าตลาด {number}",
        )
        for number in range(count)
    ]


def on_screen(count: int) -> list[Pin]:
    """Return jobs that all stand apart within the map at its close zoom, 16 pixels each."""
    degree_px = 256 * 2**CLOSE_ZOOM / 360
    columns = (SIZE[0] - 20) // 16
    plain = town(count)
    return [
        Pin(
            ticket_id=pin.ticket_id,
            latitude=MIDDLE[0] - (place // columns * 16 - SIZE[1] / 2 + 20) / degree_px,
            longitude=MIDDLE[1] + (place % columns * 16 - SIZE[0] / 2 + 10) / degree_px,
            icon=pin.icon,
            status=pin.status,
            is_overdue=pin.is_overdue,
            title=pin.title,
        )
        for place, pin in enumerate(plain)
    ]


class _Watch:
    """Waits for what a page says of itself."""

    def __init__(self) -> None:
        self._loop = QEventLoop()
        self._title = ""

    def hear(self, title: str) -> None:
        """Take the page's title."""
        self._title = title
        self._loop.quit()

    def until(self, is_so: Callable[[], bool]) -> float:
        """Let the window live until something is so; return that moment."""
        limit = time.perf_counter() + PATIENCE_S
        alarm = QTimer()
        alarm.timeout.connect(self._loop.quit)
        alarm.start(200)
        while not is_so():
            if time.perf_counter() > limit:
                raise TimeoutError("the map does not get on")
            self._loop.exec()
        return time.perf_counter()

    def until_title(self, title: str) -> float:
        """Wait for a title of the page."""
        return self.until(lambda: self._title == title)

    def rest(self, seconds: float) -> None:
        """Let the window live for a while."""
        until = time.perf_counter() + seconds
        self.until(lambda: time.perf_counter() > until)


def ask(page: Any, script: str) -> str:
    """Return the text that a piece of script says."""
    loop, said = QEventLoop(), []

    def take(answer: object) -> None:
        said.append(str(answer))
        loop.quit()

    page.runJavaScript(script, take)
    if not said:
        loop.exec()
    return said[0]


def pan(page: Any, watch: _Watch, map_name: str) -> dict[str, float]:
    """Return how long the frames took while the map was moved by 9 pixels in each."""
    page.runJavaScript(PAN % (FRAMES, map_name))
    watch.until_title("panned")
    times = sorted(json.loads(ask(page, "JSON.stringify(window.panTimes)")))
    return {"frame": median(times), "frame_worst": times[round(len(times) * 0.95)]}


def memory() -> dict[str, float]:
    """Return the memory of this process with its web view, and of the web view's processes."""
    whole, own = pss_bytes(os.getpid()), pss_bytes(os.getpid(), with_children=False)
    return {"memory": whole / MB, "web": (whole - own) / MB}


class _OurMap:
    """The program's own map, alone in a window."""

    def __init__(self, cache_folder: Path) -> None:
        from field_app.ui.background import Background  # noqa: PLC0415 - not loaded for folium
        from field_app.ui.map import web_map  # noqa: PLC0415 - as above
        from field_app.ui.map.map_view import MapView  # noqa: PLC0415 - as above

        if not web_map.PAGE.startswith("app:"):
            raise LookupError("the page is another one")
        self._background, self.watch = Background(), _Watch()
        self.begun = time.perf_counter()
        self.view = MapView(resource("basemap", "bangkok.mbtiles"), cache_folder, self._background)
        self.view.resize(*SIZE)

    def open(self, pins: list[Pin]) -> float:
        """Show pins in a new page; return the seconds until it is drawn."""
        self.view.show_pins(pins)
        self.view.ready.connect(lambda: self.watch.hear("ready"))
        self.view.show()
        seconds = self.watch.until_title("ready") - self.begun
        self.page.titleChanged.connect(self.watch.hear)
        self.watch.rest(1.0)
        return seconds

    @property
    def page(self) -> Any:
        """The web page; loaded late, so of no type here."""
        if self.view.web is None:
            raise LookupError("there is no web view")
        return self.view.web.page

    def show(self, pins: list[Pin], zoom: int) -> float:
        """Show other pins around the middle; return the seconds until they are drawn."""
        self._change([])
        there = f"setView({list(MIDDLE)}, {zoom}, {{animate: false}})"
        ask(self.page, f"{OUR_MAP}.{there}; 'there'")
        return self._change(pins)

    def _change(self, pins: list[Pin]) -> float:
        self.page.runJavaScript(WAIT_FOR % (len(pins), len(pins)))
        begun = time.perf_counter()
        self.view.show_pins(pins)
        return self.watch.until_title(f"drawn {len(pins)}") - begun

    def close(self) -> None:
        """Take it down."""
        self.view.shut_down()
        self.watch.rest(0.2)
        self._background.close()


def ours(cache_folder: Path, count: int) -> dict[str, float]:
    """Show the program's own map, and change what it shows."""
    shown = _OurMap(cache_folder)
    figures = {"ready": shown.open(town(count))}
    figures |= pan(shown.page, shown.watch, OUR_MAP) | memory()
    figures["on_screen"] = shown.show(on_screen(ON_SCREEN), CLOSE_ZOOM) * MS
    figures["drawn"] = float(ask(shown.page, "fieldMapJobs.items().length"))
    figures["pins_frame"] = pan(shown.page, shown.watch, OUR_MAP)["frame"]
    figures["many"] = shown.show(town(MANY), FAR_ZOOM)
    many = pan(shown.page, shown.watch, OUR_MAP) | memory()
    figures |= {f"many_{name}": value for name, value in many.items()}
    shown.close()
    return figures


def folium(kind: str, folder: Path, count: int) -> dict[str, float]:
    """Write folium's page, show it, move it."""
    from PySide6.QtWebEngineWidgets import QWebEngineView  # noqa: PLC0415 - loaded late, as above

    watch, file = _Watch(), folder / f"{kind}.html"
    points = [(pin.latitude, pin.longitude, pin.title) for pin in town(count)]
    begun = time.perf_counter()
    plain_map.write_page(kind, points, file)
    written = time.perf_counter()
    view = QWebEngineView()
    view.resize(*SIZE)
    view.page().titleChanged.connect(watch.hear)
    view.load(QUrl.fromLocalFile(str(file)))
    view.show()
    drawn = watch.until_title("drawn")
    watch.rest(1.0)
    figures = {"write": written - begun, "ready": drawn - written, "size": file.stat().st_size / MB}
    figures |= pan(view.page(), watch, "window.measuredMap") | memory()
    view.close()
    return figures


def main() -> None:
    """Do what the command line says and print the figures."""
    start.make_application(["field-app"])
    kind, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    figures = ours(folder, count) if kind == "ours" else folium(kind, folder, count)
    print(json.dumps(figures))
    sys.stdout.flush()
    os._exit(0)  # the web view's processes need no farewell


if __name__ == "__main__":
    main()
