"""Tickets down: a first sync and later ones, beside the raw baseline in every round."""

from collections import defaultdict
from pathlib import Path
from typing import Final

from build_scripts.benchmarks import baseline, laptop
from build_scripts.benchmarks.figures import Measure, ratios
from build_scripts.benchmarks.hub import import_news, lines_of, make_hub
from build_scripts.benchmarks.suite import Say, Wanted
from build_scripts.benchmarks.town import tickets_csv
from field_app.cli.demo.hub_process import HubProcess
from field_app.domain.clock import SystemClock

CHANGED: Final = 100
KB: Final = 1_000

Values = dict[str, list[float]]


def measure(folder: Path, wanted: Wanted, say: Say) -> list[Measure]:
    """Measure; see `build_scripts.benchmarks.suite`."""
    return _measures_of(_values(folder, wanted, say), wanted.tickets)


def _values(folder: Path, wanted: Wanted, say: Say) -> Values:
    """Run all rounds, each thing once in every round; return the values by name."""
    count, now = wanted.tickets, SystemClock().now()
    say(f"making a hub with {count:,} tickets")
    make_hub(folder / "hub", tickets_csv(range(count), now))
    lines = folder / "lines"
    lines.write_bytes(b"".join(lines_of(folder / "hub")))
    values: Values = defaultdict(list)
    values["line_bytes"].append(lines.stat().st_size / count)
    with (
        baseline.BaselineServer(lines) as server,
        HubProcess(folder / "hub", folder / "hub.log") as hub,
    ):
        for number in range(1, wanted.rounds + 1):
            say(f"round {number} of {wanted.rounds}")
            data_dir = folder / f"laptop-{number}"
            seconds, wire_bytes = baseline.fetch(server.port, folder / f"baseline-{number}.db")
            values["baseline"].append(seconds)
            values["baseline_wire"].append(wire_bytes / count)
            first = laptop.first_sync(data_dir, hub.url, count)
            values["first"].append(first.list_s)
            values["index"].append(first.index_s - first.list_s)
            values["first_wire"].append(first.wire_bytes / count)
            some = range(min(CHANGED, count))
            import_news(folder / "hub", tickets_csv(some, now, change=number))
            changed = laptop.fetch_changes(data_dir, number, len(some))
            values["changed"].append(changed.seconds)
            values["changed_wire"].append(changed.wire_bytes / KB)
            values["changed_requests"].append(changed.requests)
            nothing = laptop.fetch_changes(data_dir, number, len(some))
            values["nothing"].append(nothing.seconds)
            values["nothing_wire"].append(nothing.wire_bytes / KB)
    return values


def _measures_of(values: Values, count: int) -> list[Measure]:
    """Return the lines of the table."""

    def line(key: str, name: str, unit: str, goal: float | None = None) -> Measure:
        return Measure(key=key, name=name, unit=unit, values=tuple(values[key]), goal=goal)

    return [
        line("line_bytes", "bytes of a ticket", "B"),
        line("baseline", f"raw baseline, {count:,} tickets", "s"),
        line("baseline_wire", "  bytes a ticket on the wire", "B"),
        line("first", "first sync to a usable list", "s"),
        Measure(
            key="first_ratio",
            name="  beside the baseline",
            unit="×",
            values=ratios(values["first"], values["baseline"]),
            goal=1.5,
        ),
        line("index", "  and from there to a complete search", "s", 3.0),
        line("first_wire", "  bytes a ticket on the wire", "B", 290.0),
        line("changed", f"{CHANGED} changed tickets", "s", 0.08),
        line("changed_wire", "  bytes on the wire", "kB", 32.0),
        line("changed_requests", "  requests", "", 1.0),
        line("nothing", "nothing new", "s"),
        line("nothing_wire", "  bytes on the wire", "kB", 1.0),
    ]
