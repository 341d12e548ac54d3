"""Measures what the program promises, beside what it is compared with in the same run.

python -m build_scripts.bench [SUITE …] [--rounds 5] [--tickets 10000] [--full] [--out FILE]
"""

import argparse
import platform
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import orjson

from build_scripts.benchmarks.figures import Measure, table
from build_scripts.benchmarks.suite import Say, Wanted

ROOT: Final = Path(__file__).resolve().parent.parent
SUITES: Final = {
    "tickets": "tickets down, beside a raw baseline",
    "pouchdb": "tickets down, beside PouchDB from express-pouchdb; fetches packages of Node",
    "uploads": "photos up over bad networks, beside the ideal time of their bytes",
    "photos": "a phone's photo taken in, beside Pillow's plain way",
    "tray": "new photos of a card read and shown, beside Pillow's plain way",
    "camera": "live pictures with the ghost and the shot, beside Qt's plain way",
    "seen": "a photo looked up among all that the hub has, beside a plain scan",
    "prepare": "a day prepared over 1 Mbit/s, beside the ideal time of its bytes",
    "tiles": "tiles of map packages, beside a plain SELECT and a plain read",
    "route": "the route of a day with 60 stops, beside the best way that is known",
    "map": "the map with many jobs, beside folium's plain pages; fetches packages of Node",
    "window": "start, search, opening and memory of the window",
}
"""Modules of `build_scripts.benchmarks` by name, with what they measure."""
DAILY: Final = ("tickets", "window")
"""Suites of a run that names none."""


def measure(names: list[str], wanted: Wanted, say: Say) -> dict[str, list[Measure]]:
    """Run suites one after the other; return what each measured."""
    found = {}
    for name in names:
        suite: Any = import_module(f"build_scripts.benchmarks.{name}")
        with tempfile.TemporaryDirectory(prefix=f"field-app-bench-{name}-") as folder:
            found[name] = suite.measure(Path(folder), wanted, lambda words: say(f"{name}: {words}"))  # noqa: B023 - called here only
    return found


def facts_of(found: dict[str, list[Measure]], wanted: Wanted) -> dict[str, Any]:
    """Return everything that goes into the JSON file."""
    return {
        "rounds": wanted.rounds,
        "tickets": wanted.tickets,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "suites": {name: [each.as_json() for each in lines] for name, lines in found.items()},
    }


def parser() -> argparse.ArgumentParser:
    """Return what reads the command line."""
    about = "\n".join(f"  {name:9} {words}" for name, words in SUITES.items())
    made = argparse.ArgumentParser(
        description=f"{__doc__}\nsuites ({', '.join(DAILY)} when none is named):\n{about}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("suites", nargs="*", metavar="SUITE", help=", ".join(SUITES))
    made.add_argument("--rounds", type=int, default=5)
    made.add_argument("--tickets", type=int, default=10_000)
    made.add_argument("--full", action="store_true", help="what takes long, too")
    made.add_argument("--out", type=Path, default=ROOT / "build" / "bench.json")
    return made


def main() -> None:
    """Measure, print the tables, write the JSON."""
    reader = parser()
    asked = reader.parse_args()
    names = asked.suites or list(DAILY)
    if unknown := [name for name in names if name not in SUITES]:
        reader.error(f"no suite: {', '.join(unknown)}")
    wanted = Wanted(rounds=asked.rounds, tickets=asked.tickets, is_full=asked.full)

    def say(words: str) -> None:
        print(f"{words} …", flush=True)

    found = measure(names, wanted, say)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_bytes(orjson.dumps(facts_of(found, wanted), option=orjson.OPT_INDENT_2))
    for name, lines in found.items():
        print(f"\n{name}: {SUITES[name]}; medians of {wanted.rounds}\n\n{table(lines)}")
    print(f"\n{asked.out}")


if __name__ == "__main__":
    main()
