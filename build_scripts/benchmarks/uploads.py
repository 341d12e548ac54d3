"""Photos up over bad networks, beside the ideal time of their bytes.

Hub and laptop are processes of the real program; between them lies a `Link`. The ideal time is
arithmetic: the photos' bytes at the link's rate. What is measured begins with the laptop's sync and
ends when it knows that the hub holds the last photo, so hand-shakes, answers and the look for
changes are inside. The full form sends 88 MB in each of the first three cases, the short one 9 to
18; there the two seconds before the first photo weigh up to 3 %.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from build_scripts.benchmarks.figures import Measure
from build_scripts.benchmarks.hub import PASSWORD
from build_scripts.benchmarks.link import SLOW, Counts, Link, Profile
from build_scripts.benchmarks.sender import Sender
from build_scripts.benchmarks.suite import Say, Wanted
from build_scripts.benchmarks.upload_town import SUPERVISOR, Town, build_hub, settle_in
from field_app.app import App
from field_app.cli.demo.hub_process import HubProcess
from field_app.domain.changes import Changes
from field_app.domain.clock import SystemClock
from field_app.queries.tickets import ticket_detail

PHOTOS: Final = 5
MORE_PHOTOS: Final = 10
"""Where a few seconds more or less decide."""
FULL_PHOTOS: Final = 50
NOTES: Final = 3
STEP_S: Final = 0.1
DRAIN_S: Final = 2.0
"""After a laptop was killed: until nothing of it is under way any more."""
LOSSY: Final = Profile(
    up_bits_per_s=2_000_000,
    down_bits_per_s=8_000_000,
    round_trip_s=0.1,
    break_after_bytes=(50_000, 400_000),
)
"""Each connection is reset after a random number of bytes."""
FLAPPING: Final = replace(SLOW, break_every_s=(2.0, 4.0))
"""All connections are reset together; new ones work at once. One cycle of 3 s loses at least a
hand-shake, the question for the offset and half a round trip, 0.75 s: the floor is 1.33."""
STEADY: Final = replace(LOSSY, break_after_bytes=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What sending all photos of a laptop took."""

    seconds: float
    ideal_s: float
    payload_bytes: int
    counts: Counts

    @property
    def ratio(self) -> float:
        """Time, in ideal times."""
        return self.seconds / self.ideal_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a case is measured."""

    folder: Path
    hub: HubProcess
    hub_folder: Path
    is_full: bool

    def behind(self, link: Link, name: str, photos: int) -> Town:
        """Return a laptop behind a link, its operations sent, its photos waiting."""
        return settle_in(self.folder / name, self.hub_folder, link.url, photos)

    def many(self, photos: int) -> int:
        """Return how many photos to send: so many, or those of the full form."""
        return FULL_PHOTOS if self.is_full else photos

    def link(self) -> Link:
        """Return a link that is still perfect."""
        return Link(int(self.hub.url.rpartition(":")[2]), Profile())


def measure(folder: Path, wanted: Wanted, say: Say) -> list[Measure]:
    """Measure; see `build_scripts.benchmarks.suite`. Each case once: it takes minutes."""
    say("making a hub")
    build_hub(folder / "hub")
    with HubProcess(folder / "hub", folder / "hub.log") as hub:
        place = Place(folder=folder, hub=hub, hub_folder=folder / "hub", is_full=wanted.is_full)
        return [line for case in CASES for line in case(place, say)]


def _send(
    place: Place, profile: Profile, photos: int, during: Callable[[Link, Town], None]
) -> Sent:
    """Send all photos of a new laptop over a network, and check that all are whole at the hub.

    Raises:
        ValueError: Not all are, or something is left over at the hub.
    """
    with place.link() as link:
        town = place.behind(link, f"laptop-{link.port}", photos)
        before = link.counts()
        link.change(profile)
        with Sender(town.laptop) as sender:
            during(link, town)
            arrived_at = sender.wait_until_all_arrived()
            counts = link.counts().since(before)
        _check(town)
    return Sent(
        seconds=arrived_at - sender.begun_at,
        ideal_s=town.payload_bytes * 8 / (profile.up_bits_per_s or 1),
        payload_bytes=town.payload_bytes,
        counts=counts,
    )


def _nothing(_link: Link, _town: Town) -> None:
    """Let the network be as it is."""


def _check(town: Town) -> None:
    """Raise unless the hub holds every photo once and nothing else."""
    if town.arrived() != len(town.sha256) or town.strays():
        raise ValueError(f"{town.arrived()} of {len(town.sha256)}, {town.strays()} strays")


def _slow(place: Place, say: Say) -> list[Measure]:
    """Measure a slow network that is there all the time."""
    say("1 Mbit/s, 300 ms")
    sent = _send(place, SLOW, place.many(MORE_PHOTOS), _nothing)
    return [
        _line("slow", "1 Mbit/s 300 ms: time", "×", sent.ratio, 1.02),
        _line("slow_wire", "  bytes on the wire", "× payload", _wire(sent), 1.005),
    ]


def _lossy(place: Place, say: Say) -> list[Measure]:
    """Measure a network that breaks each connection every few hundred kilobytes."""
    say("2 Mbit/s, 100 ms, each connection broken after 50 to 400 kB")
    sent = _send(place, LOSSY, place.many(MORE_PHOTOS), _nothing)
    return [
        _line("lossy", "2 Mbit/s 100 ms, broken every 50-400 kB: time", "×", sent.ratio, 1.12),
        _line("lossy_bytes", "  delivered bytes", "× payload", _delivered(sent), 1.01),
        _line("lossy_wire", "  bytes on the wire", "× payload", _wire(sent), None),
        _line("lossy_breaks", "  breaks", "", sent.counts.breaks, None),
    ]


def _flapping(place: Place, say: Say) -> list[Measure]:
    """Measure a network that breaks all connections every few seconds."""
    say("1 Mbit/s, 300 ms, all connections broken every 2 to 4 s")
    sent = _send(place, FLAPPING, place.many(PHOTOS), _nothing)
    return [
        _line("flapping", "1 Mbit/s 300 ms, all broken every 2-4 s: time", "×", sent.ratio, 1.4),
        _line("flapping_bytes", "  delivered bytes", "× payload", _delivered(sent), None),
        _line("flapping_breaks", "  breaks", "", sent.counts.breaks, None),
    ]


def _silent(place: Place, say: Say) -> list[Measure]:
    """Measure what it costs when all connections go silent without a reset."""
    say("2 Mbit/s, 100 ms, all connections silent in the middle")

    def mute(link: Link, town: Town) -> None:
        _wait_for(link, town.payload_bytes // 2)
        link.mute()

    sent = _send(place, STEADY, PHOTOS, mute)
    cost_s = sent.seconds - sent.ideal_s
    return [_line("silent", "silent without a reset: lost time", "s", cost_s, 20.0)]


def _killed(place: Place, say: Say) -> list[Measure]:
    """Measure what is sent again after the laptop was killed in the middle."""
    say("2 Mbit/s, 100 ms, the laptop killed in the middle")
    with place.link() as link:
        town = place.behind(link, "killed", PHOTOS)
        link.change(STEADY)
        with Sender(town.laptop) as sender:
            _wait_for(link, town.payload_bytes // 2)
            sender.kill()
        threading.Event().wait(DRAIN_S)
        held, before = town.held_bytes(), link.counts()
        with Sender(town.laptop) as sender:
            sender.wait_until_all_arrived()
            again = link.counts().since(before).up_delivered - (town.payload_bytes - held)
        strays = town.strays()
        _check(town)
    return [
        _line("killed", "kill -9: sent beyond what was missing", "kB", again / 1_000, None),
        _line("killed_strays", "  stray uploads at the hub", "", strays, 0),
    ]


def _awaited(place: Place, say: Say) -> list[Measure]:
    """Measure an operation's way to a supervisor behind the same slow link, photos queueing."""
    say(f"1 Mbit/s, 300 ms, {NOTES} notes past a full photo queue")
    news = threading.Event()

    def tell(_changes: Changes) -> None:
        news.set()

    with place.link() as link:
        town = place.behind(link, "crew", PHOTOS)
        boss = App(place.folder / "boss", tell, lambda _status: None, SystemClock())
        try:
            boss.sign_in(link.url, SUPERVISOR, PASSWORD)
            boss.sync_once()
            link.change(SLOW)
            boss.start_sync()
            with Sender(town.laptop) as sender:
                _wait_for(link, town.payload_bytes // 8)
                ways = tuple(
                    _way(sender, boss, news, (town.ticket_ids[number], f"note {number}"))
                    for number in range(NOTES)
                )
        finally:
            boss.close()
    name = "an operation free to leave → supervisor's list"
    return [Measure(key="operation", name=name, unit="s", values=ways, goal=2.0)]


def _way(sender: Sender, boss: App, news: threading.Event, note: tuple[str, str]) -> float:
    """Return the seconds from when a note may leave until the supervisor's laptop has it."""
    free_at = sender.note(*note)
    while not any(
        entry.text == note[1] for entry in boss.see(ticket_detail, note[0]).ticket.timeline
    ):
        news.wait(30.0)
        news.clear()
    return time.monotonic() - free_at


def _wait_for(link: Link, delivered: int) -> None:
    """Wait until so many bytes more are at the hub."""
    begun = link.counts().up_delivered
    while link.counts().up_delivered - begun < delivered:
        threading.Event().wait(STEP_S)


def _wire(sent: Sent) -> float:
    """Return the bytes over the bottleneck, in payloads."""
    return sent.counts.up_carried / sent.payload_bytes


def _delivered(sent: Sent) -> float:
    """Return the bytes that reached the hub, in payloads."""
    return sent.counts.up_delivered / sent.payload_bytes


def _line(key: str, name: str, unit: str, value: float, goal: float | None) -> Measure:
    """Return a line of the table."""
    return Measure(key=key, name=name, unit=unit, values=(value,), goal=goal)


CASES: Final = (_slow, _lossy, _flapping, _silent, _killed, _awaited)
