"""The window: start, search, opening and memory; starts `opened_window` and reads what it says."""

import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import Final

from build_scripts.benchmarks import laptop
from build_scripts.benchmarks.figures import Measure
from build_scripts.benchmarks.hub import make_hub
from build_scripts.benchmarks.suite import Say, Wanted
from build_scripts.benchmarks.town import tickets_csv
from field_app.cli.demo.hub_process import HubProcess
from field_app.domain.clock import SystemClock
from field_app.maps.page import page

LIMIT_S: Final = 240.0


def measure(folder: Path, wanted: Wanted, say: Say) -> list[Measure]:
    """Measure; see `build_scripts.benchmarks.suite`."""
    say(f"making a laptop with {wanted.tickets:,} tickets")
    make_hub(folder / "hub", tickets_csv(range(wanted.tickets), SystemClock().now()))
    data_dir = folder / "laptop"
    values: dict[str, list[float]] = defaultdict(list)
    with HubProcess(folder / "hub", folder / "hub.log") as hub:
        laptop.first_sync(data_dir, hub.url, wanted.tickets)
        page(data_dir / "cache")  # made by the very first window, and kept
        for number in range(1, wanted.rounds + 1):
            say(f"round {number} of {wanted.rounds}")
            for name, value in look(data_dir).items():
                values[name].append(value)

    def line(key: str, name: str, unit: str, goal: float | None = None) -> Measure:
        return Measure(key=key, name=name, unit=unit, values=tuple(values[key]), goal=goal)

    return [
        line("start", "start to a usable Today list", "s", 1.5),
        line("start_cpu", "  processor time of it", "s"),
        line("map", "start to a ready map", "s"),
        line("search", "search keystroke to list", "ms", 50.0),
        line("search_worst", "  the slowest word", "ms"),
        line("open", "opening a ticket", "ms", 100.0),
        line("open_worst", "  the slowest one", "ms"),
        line("memory", "memory (PSS) with the web view", "MB", 450.0),
    ]


def look(data_dir: Path) -> dict[str, float]:
    """Open the window of a laptop in a process of its own; return figures by name.

    Raises:
        subprocess.SubprocessError: The window did not do what it should.
    """
    begun = time.perf_counter()
    child = subprocess.run(
        [sys.executable, "-m", "build_scripts.benchmarks.opened_window", str(data_dir)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    if child.returncode != 0:
        raise subprocess.SubprocessError(f"the window ended badly:\n{child.stderr}")
    figures: dict[str, float] = json.loads(child.stdout.splitlines()[-1])
    return {
        **figures,
        "start": figures["start"] - begun,
        "map": figures["map"] - begun,
    }
