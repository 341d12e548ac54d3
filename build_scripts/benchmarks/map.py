"""The map beside folium's plain pages: starts `map_window` and reads what it says."""

import json
import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Final

from build_scripts.benchmarks import laptop, plain_map, window
from build_scripts.benchmarks.figures import Measure, ratios
from build_scripts.benchmarks.hub import make_hub
from build_scripts.benchmarks.suite import Say, Wanted
from build_scripts.benchmarks.town import tickets_csv
from field_app.cli.demo.hub_process import HubProcess
from field_app.domain.clock import SystemClock
from field_app.maps.page import page

LIMIT_S: Final = 300.0


def measure(folder: Path, wanted: Wanted, say: Say) -> list[Measure]:
    """Measure; see `build_scripts.benchmarks.suite`."""
    say("fetching folium's scripts")
    plain_map.install()
    say(f"making a laptop with {wanted.tickets:,} tickets")
    make_hub(folder / "hub", tickets_csv(range(wanted.tickets), SystemClock().now()))
    page(folder / "cache")  # made by the very first window, and kept
    page(folder / "laptop" / "cache")
    values: dict[str, list[float]] = defaultdict(list)
    with HubProcess(folder / "hub", folder / "hub.log") as hub:
        laptop.first_sync(folder / "laptop", hub.url, wanted.tickets)
        for number in range(1, wanted.rounds + 1):
            say(f"round {number} of {wanted.rounds}")
            opened = window.look(folder / "laptop")
            values["usable"].append(opened["map"] - opened["start"])
            for kind in ("ours", *plain_map.KINDS):
                place = folder / "cache" if kind == "ours" else folder
                for name, value in look(kind, place, wanted.tickets).items():
                    values[f"{kind} {name}"].append(value)
    return lines(values, wanted.tickets)


def lines(values: dict[str, list[float]], count: int) -> list[Measure]:
    """Return the table's lines."""

    def line(key: str, name: str, unit: str, goal: float | None = None) -> Measure:
        found = tuple(values[key])
        return Measure(key=key.replace(" ", "_"), name=name, unit=unit, values=found, goal=goal)

    def ratio(key: str, name: str, over: str) -> Measure:
        found = ratios(values[over], values[key])
        return Measure(key=f"{key.replace(' ', '_')}_ratio", name=name, unit="×", values=found)

    return [
        line("usable", "a usable map after the window with its list", "s", 1.5),
        line("ours on_screen", "1,000 pins on the screen", "ms", 200.0),
        line("ours drawn", "  of them drawn apart", ""),
        line("ours pins_frame", "  a frame while panning", "ms", 33.0),
        line("ours many", "50,000 jobs on the map", "s", 2.5),
        line("ours many_frame", "  a frame while panning", "ms", 33.0),
        line("ours many_frame_worst", "  the slowest of twenty frames", "ms", 33.0),
        line("ours many_web", "  memory (PSS) of the web view's processes", "MB", 350.0),
        line("ours many_memory", "  with the program's own", "MB"),
        line("ours ready", f"{count:,} jobs from nothing to drawn", "s"),
        line("ours frame", "  a frame while panning", "ms"),
        line("ours web", "  memory (PSS) of the web view's processes", "MB"),
        line("loop write", "folium.Marker in a loop: writing the page", "s"),
        line("loop ready", "  loading it", "s"),
        line("loop frame", "  a frame while panning", "ms"),
        line("loop web", "  memory (PSS) of the web view's processes", "MB"),
        ratio("ours ready", "  loading, beside ours", "loop ready"),
        ratio("ours frame", "  a frame, beside ours", "loop frame"),
        line("fast write", "FastMarkerCluster: writing the page", "s"),
        line("fast ready", "  loading it", "s"),
        line("fast frame", "  a frame while panning", "ms"),
        line("fast web", "  memory (PSS) of the web view's processes", "MB"),
        ratio("ours ready", "  loading, beside ours", "fast ready"),
    ]


def look(kind: str, folder: Path, count: int) -> dict[str, float]:
    """Show one map in a process of its own; return figures by name.

    Raises:
        subprocess.SubprocessError: The window did not do what it should.
    """
    child = subprocess.run(
        [
            sys.executable,
            "-m",
            "build_scripts.benchmarks.map_window",
            kind,
            str(folder),
            str(count),
        ],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    if child.returncode != 0:
        raise subprocess.SubprocessError(f"the map ended badly:\n{child.stderr}")
    figures: dict[str, float] = json.loads(child.stdout.splitlines()[-1])
    return figures
