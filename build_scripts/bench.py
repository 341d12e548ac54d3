"""Measures what the program promises, beside a raw baseline in the same run.

python -m build_scripts.bench [--rounds 5] [--tickets 10000] [--out build/bench.json]
"""

import argparse
import platform
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Final

import orjson

from build_scripts.benchmarks import baseline, laptop, window
from build_scripts.benchmarks.figures import Measure, ratios, table
from build_scripts.benchmarks.hub import import_news, lines_of, make_hub
from build_scripts.benchmarks.town import tickets_csv
from field_app.cli.demo.hub_process import HubProcess
from field_app.domain.clock import SystemClock
from field_app.maps.page import page

ROOT: Final = Path(__file__).resolve().parent.parent
CHANGED: Final = 100
KB: Final = 1_000

Values = dict[str, list[float]]


def measure(folder: Path, rounds: int, count: int, say: Callable[[str], None]) -> Values:
    """Run all rounds, each thing once in every round; return the values by name.

    Args:
        folder: An empty folder for everything that is made.
        rounds: How often.
        count: Tickets at the hub.
        say: Is told how far it is.
    """
    now = SystemClock().now()
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
        for number in range(1, rounds + 1):
            say(f"round {number} of {rounds}")
            data_dir = folder / f"laptop-{number}"
            seconds, wire_bytes = baseline.fetch(server.port, folder / f"baseline-{number}.db")
            values["baseline"].append(seconds)
            values["baseline_wire"].append(wire_bytes / KB)
            first = laptop.first_sync(data_dir, hub.url, count)
            values["first"].append(first.list_s)
            values["index"].append(first.index_s)
            values["first_wire"].append(first.wire_bytes / KB)
            some = range(min(CHANGED, count))
            import_news(folder / "hub", tickets_csv(some, now, change=number))
            seconds, wire_bytes = laptop.fetch_changes(data_dir, number, len(some))
            values["changed"].append(seconds)
            values["changed_wire"].append(wire_bytes / KB)
            page(data_dir / "cache")  # made by the very first window, and kept
            for name, value in window.look(data_dir).items():
                values[name].append(value)
    return values


def measures_of(values: Values) -> list[Measure]:
    """Return the lines of the table."""

    def line(key: str, name: str, unit: str, goal: float | None = None) -> Measure:
        return Measure(key=key, name=name, unit=unit, values=tuple(values[key]), goal=goal)

    return [
        line("baseline", "raw baseline", "s"),
        line("first", "first sync to a usable list", "s"),
        Measure(
            key="first_ratio",
            name="  beside the baseline",
            unit="×",
            values=ratios(values["first"], values["baseline"]),
            goal=3.0,
        ),
        line("index", "  until the search index is complete", "s"),
        line("baseline_wire", "  bytes of the baseline", "kB"),
        line("first_wire", "  bytes on the wire", "kB"),
        line("changed", f"{CHANGED} changed tickets", "s", 0.2),
        line("changed_wire", "  bytes on the wire", "kB"),
        line("start", "start to a usable Today list", "s", 1.5),
        line("start_cpu", "  processor time of it", "s"),
        line("map", "start to a ready map", "s"),
        line("search", "search keystroke to list", "ms", 50.0),
        line("search_worst", "  the slowest word", "ms"),
        line("open", "opening a ticket", "ms", 100.0),
        line("open_worst", "  the slowest one", "ms"),
        line("memory", "memory (PSS) with the web view", "MB", 450.0),
    ]


def main() -> None:
    """Measure, print the table, write the JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--tickets", type=int, default=10_000)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "bench.json")
    wanted = parser.parse_args()

    def say(words: str) -> None:
        print(f"{words} …", flush=True)

    with tempfile.TemporaryDirectory(prefix="field-app-bench-") as folder:
        values = measure(Path(folder), wanted.rounds, wanted.tickets, say)
    measures = measures_of(values)
    facts = {
        "tickets": wanted.tickets,
        "rounds": wanted.rounds,
        "bytes_a_ticket": round(values["line_bytes"][0]),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "measures": [each.as_json() for each in measures],
    }
    wanted.out.parent.mkdir(parents=True, exist_ok=True)
    wanted.out.write_bytes(orjson.dumps(facts, option=orjson.OPT_INDENT_2))
    print(
        f"\n{wanted.tickets:,} tickets of {facts['bytes_a_ticket']:,} bytes, "
        f"medians of {wanted.rounds}\n\n{table(measures)}\n\n{wanted.out}"
    )


if __name__ == "__main__":
    main()
