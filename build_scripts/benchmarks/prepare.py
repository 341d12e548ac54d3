"""A day prepared over a slow network: fetched and opened, beside the ideal time of its bytes.

The ideal time is arithmetic: the bytes of the photos and of the area map at the link's rate. What
is measured begins with the button and ends with the day's sheet, so sign-in, the list of jobs,
hand-shakes, checking and opening everything are inside.
"""

import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from build_scripts.benchmarks.figures import Measure
from build_scripts.benchmarks.hub import PASSWORD, USERNAME, make_hub
from build_scripts.benchmarks.link import Link, Profile
from build_scripts.benchmarks.suite import Say, Wanted
from build_scripts.benchmarks.town import tickets_csv
from build_scripts.benchmarks.upload_town import made_up_photo
from field_app.actions.prepare import want_maps
from field_app.app import App
from field_app.cli.demo.hub_process import HubProcess
from field_app.cli.hub_basemap import facts_of
from field_app.domain.clock import SystemClock
from field_app.domain.readiness import DaySheet
from field_app.hub.building import open_hub
from field_app.hub.service.citizen_photos import photos_in
from field_app.hub.service.importer import import_file
from field_app.hub.settings import load_settings
from field_app.preparing import Fetching, check_day
from field_app.queries.readiness import to_fetch
from field_app.resources import resource
from field_app.sync.status import SyncStatus

TICKETS: Final = 55
"""Of which 40 are open."""
PHOTO_BYTES: Final = 250_000
RATE: Final = Profile(up_bits_per_s=1_000_000, down_bits_per_s=1_000_000, round_trip_s=0.3)
PATIENCE_S: Final = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What preparing a day took."""

    seconds: float
    opening_s: float
    payload_bytes: int
    carried_bytes: int
    sheet: DaySheet


def measure(folder: Path, wanted: Wanted, say: Say) -> list[Measure]:
    """Measure; see `build_scripts.benchmarks.suite`. Each round is a new laptop."""
    say("making a hub with photos and a map")
    _make_town(folder)
    found = []
    with (
        HubProcess(folder / "hub", folder / "hub.log") as hub,
        Link(int(hub.url.rpartition(":")[2]), Profile()) as link,
    ):
        for number in range(1, wanted.rounds + 1):
            say(f"round {number} of {wanted.rounds}: 1 Mbit/s, 300 ms")
            found.append(_prepare(folder / f"laptop-{number}", link))
    ideals = [each.payload_bytes * 8 / (RATE.down_bits_per_s or 1) for each in found]
    ratios = tuple(each.seconds / ideal for each, ideal in zip(found, ideals, strict=True))
    wire = tuple(each.carried_bytes / each.payload_bytes for each in found)
    return [
        _line("tickets", "jobs of the day", "", [each.sheet.opened.tickets for each in found]),
        _line("photos", "photos of the day", "", [each.sheet.opened.photos for each in found]),
        _line("payload", "bytes of photos and map", "MB", [e.payload_bytes / 1e6 for e in found]),
        _line("ideal", "their time at 1 Mbit/s", "s", ideals),
        _line("seconds", "prepared, from the button to the sheet", "s", [e.seconds for e in found]),
        Measure(key="ratio", name="  beside the ideal", unit="×", values=ratios, goal=1.1),
        Measure(key="wire", name="  bytes on the wire", unit="× payload", values=wire),
        _line(
            "opening", "  of that, opening everything offline", "s", [e.opening_s for e in found]
        ),
    ]


def _make_town(folder: Path) -> None:
    """Make a hub with jobs, a citizen's photo for each, and the demo town's map."""
    now = SystemClock().now()
    tickets = tickets_csv(range(TICKETS), now)
    make_hub(folder / "hub", tickets)
    pictures = folder / "pictures"
    pictures.mkdir()
    for number in range(TICKETS):
        data = made_up_photo(f"citizen-{number}", PHOTO_BYTES)
        (pictures / f"2026-{number:06d}.jpg").write_bytes(data)
    hub = open_hub(folder / "hub", load_settings(folder / "hub"), SystemClock())
    try:
        import_file(hub, tickets, photos=photos_in(pictures))
        hub.basemaps.add(resource("basemap", "bangkok.mbtiles"), facts_of, lambda _d, _t: None)
        hub.refresh()
    finally:
        hub.close()


class _Rounds:
    """Hears when rounds of the sync thread are over."""

    def __init__(self) -> None:
        self._is_running = False
        self._is_over = threading.Event()

    def hear(self, status: SyncStatus) -> None:
        """Take in how sync stands."""
        if self._is_running and not status.is_running:
            self._is_over.set()
        self._is_running = status.is_running

    def wait(self) -> None:
        """Wait until a round is over.

        Raises:
            TimeoutError: None came to its end.
        """
        if not self._is_over.wait(PATIENCE_S):
            raise TimeoutError("no round came to its end")
        self._is_over.clear()


def _prepare(folder: Path, link: Link) -> Prepared:
    """Prepare the day of a new laptop as the window does.

    Raises:
        ValueError: It is not ready afterwards.
    """
    rounds = _Rounds()
    link.change(Profile())
    app = App(folder, lambda _changes: None, rounds.hear, SystemClock())
    try:
        app.sign_in(link.url, USERNAME, PASSWORD)
        link.change(RATE)
        before = link.counts()
        begun = time.monotonic()
        _fetch(app, rounds)
        fetched = time.monotonic()
        carried = link.counts().since(before).down_carried
        sheet = check_day(app, None, lambda _done, _total: True)
        ended = time.monotonic()
    finally:
        app.close()
    if not sheet.is_ready:
        raise ValueError(f"not ready: {', '.join(each.lack for each in sheet.findings)}")
    return Prepared(
        seconds=ended - begun,
        opening_s=ended - fetched,
        payload_bytes=sheet.opened.photos * PHOTO_BYTES + _map_bytes(),
        carried_bytes=carried,
        sheet=sheet,
    )


def _fetch(app: App, rounds: _Rounds) -> None:
    """Fetch until nothing more comes."""
    fetching = Fetching(SystemClock().now())
    app.start_sync()
    while True:
        rounds.wait()
        app.do(want_maps, None)
        if fetching.is_over(app.see(to_fetch, None)):
            return
        app.sync_now()


def _map_bytes() -> int:
    return resource("basemap", "bangkok.mbtiles").stat().st_size


def _line(key: str, name: str, unit: str, values: list[float]) -> Measure:
    """Return a line of the table that has no goal."""
    return Measure(key=key, name=name, unit=unit, values=tuple(values))
