"""Tickets down: a first sync and later ones, beside the raw baseline in every round.

On loopback, and over a bad network whose bytes are counted on the wire, HTTP's own included.
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from build_scripts.benchmarks import baseline, laptop
from build_scripts.benchmarks.figures import Measure, ratios
from build_scripts.benchmarks.hub import import_news, lines_of, make_hub
from build_scripts.benchmarks.link import SLOW, Link
from build_scripts.benchmarks.suite import Say, Wanted
from build_scripts.benchmarks.town import tickets_csv
from field_app.cli.demo.hub_process import HubProcess
from field_app.domain.clock import SystemClock

USUAL: Final = 10_000
"""Tickets that the goals in seconds are for."""
CHANGED: Final = 100
KB: Final = 1_000
TENTH: Final = 10
"""A full run compares with a tenth of the tickets, to see whether times grow as they do."""

Values = dict[str, list[float]]


def measure(folder: Path, wanted: Wanted, say: Say) -> list[Measure]:
    """Measure; see `build_scripts.benchmarks.suite`."""
    whole = _town(folder, wanted, wanted.tickets, say)
    lines = _measures_of(whole, wanted.tickets)
    if wanted.is_full:
        few = _town(folder / "few", wanted, wanted.tickets // TENTH, say)
        grown = ratios(whole["first_cost"], few["first_cost"])
        name = "first sync beside the baseline, with all tickets beside a tenth"
        lines.append(Measure(key="growth", name=name, unit="×", values=grown, goal=1.15))
    return lines


def _town(folder: Path, wanted: Wanted, count: int, say: Say) -> Values:
    """Run all rounds with so many tickets, each thing once in every round."""
    now = SystemClock().now()
    say(f"making a hub with {count:,} tickets")
    folder.mkdir(exist_ok=True)
    make_hub(folder / "hub", tickets_csv(range(count), now))
    lines = folder / "lines"
    lines.write_bytes(b"".join(lines_of(folder / "hub")))
    values: Values = defaultdict(list)
    values["line_bytes"].append(lines.stat().st_size / count)
    with (
        baseline.BaselineServer(lines) as server,
        HubProcess(folder / "hub", folder / "hub.log") as hub,
        Link(server.port, SLOW) as slow_server,
        Link(int(hub.url.rpartition(":")[2]), SLOW) as slow_hub,
    ):
        near = _Way(name="", baseline_port=server.port, hub_url=hub.url)
        far = _Way(name="slow_", baseline_port=slow_server.port, hub_url=slow_hub.url)
        for number in range(1, wanted.rounds + 1):
            say(f"round {number} of {wanted.rounds}")
            for way in (near, far):
                _first(folder, way, number, count, values)
            slow_hub.break_all()  # the closed laptop's ear must not hear the news and be counted
            news = tickets_csv(range(min(CHANGED, count)), now, change=number)
            import_news(folder / "hub", news)
            for what in ("changed", "nothing"):
                for way in (near, far):
                    before = slow_hub.counts()
                    later = laptop.fetch_changes(
                        way.laptop(folder, number), number, min(CHANGED, count)
                    )
                    wire = slow_hub.counts().since(before)
                    values[f"{way.name}{what}"].append(later.seconds)
                    values[f"{way.name}{what}_requests"].append(later.requests)
                    wire_bytes = wire.down_delivered + wire.up_delivered
                    values[f"{way.name}{what}_wire"].append(wire_bytes / KB)
    return values


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """A network between laptop and hub."""

    name: str
    """Begins the names of its values; empty for loopback."""
    baseline_port: int
    hub_url: str

    def laptop(self, folder: Path, number: int) -> Path:
        """Return the data folder of a round's laptop."""
        return folder / f"{self.name}laptop-{number}"


def _first(folder: Path, way: _Way, number: int, count: int, values: Values) -> None:
    """Fetch everything, by the baseline and by a new laptop."""
    file = folder / f"{way.name}baseline-{number}.db"
    seconds, wire_bytes = baseline.fetch(way.baseline_port, file)
    first = laptop.first_sync(way.laptop(folder, number), way.hub_url, count)
    values[f"{way.name}baseline"].append(seconds)
    values[f"{way.name}baseline_wire"].append(wire_bytes / count)
    values[f"{way.name}first"].append(first.list_s)
    values[f"{way.name}first_cost"].append(first.list_s / seconds)
    values[f"{way.name}index"].append(first.index_s - first.list_s)
    values[f"{way.name}first_wire"].append(first.wire_bytes / count)


def _measures_of(values: Values, count: int) -> list[Measure]:
    """Return the lines of the table."""

    def line(key: str, name: str, unit: str, goal: float | None = None) -> Measure:
        meant = goal if unit != "s" or count <= USUAL else None
        return Measure(key=key, name=name, unit=unit, values=tuple(values[key]), goal=meant)

    return [
        line("line_bytes", "bytes of a ticket", "B"),
        line("baseline", f"raw baseline, {count:,} tickets", "s"),
        line("baseline_wire", "  bytes a ticket on the wire", "B"),
        line("first", "first sync to a usable list", "s"),
        line("first_cost", "  beside the baseline", "×", 1.5),
        line("index", "  and from there to a complete search", "s", 3.0),
        line("first_wire", "  bytes a ticket on the wire", "B", 290.0),
        line("changed", f"{CHANGED} changed tickets", "s", 0.08),
        line("changed_requests", "  requests", "", 1.0),
        line("nothing", "nothing new", "s"),
        line("slow_baseline", "8/1 Mbit/s, 300 ms: raw baseline", "s"),
        line("slow_first", "  first sync to a usable list", "s"),
        line("slow_first_cost", "  beside the baseline", "×", 1.2),
        line("slow_changed", f"  {CHANGED} changed tickets", "s", 0.8),
        line("slow_changed_wire", "  bytes of that, both ways, with HTTP's own", "kB", 32.0),
        line("slow_nothing", "  nothing new", "s"),
        line("slow_nothing_wire", "  bytes of that, both ways, with HTTP's own", "kB", 1.0),
    ]
