"""New photos of a card: names, facts and small pictures, and whether the window stays smooth.

The card is a folder with many names of one photo of 12 million pixels, which is in the system's
memory: what a slow card or cable costs beside is not in the figures.
"""

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from build_scripts.benchmarks import laptop
from build_scripts.benchmarks.figures import Measure, ratios
from build_scripts.benchmarks.hub import make_hub
from build_scripts.benchmarks.photos import make_photo
from build_scripts.benchmarks.suite import Say, Wanted
from build_scripts.benchmarks.town import tickets_csv
from field_app.cli.demo.hub_process import HubProcess
from field_app.domain.clock import SystemClock

FILES: Final = 10_000
LIMIT_S: Final = 240.0


def measure(folder: Path, wanted: Wanted, say: Say) -> list[Measure]:
    """Measure; see `build_scripts.benchmarks.suite`."""
    say(f"making a card of {FILES:,} files and a laptop with {wanted.tickets:,} tickets")
    card = make_card(folder / "card")
    make_hub(folder / "hub", tickets_csv(range(wanted.tickets), SystemClock().now()))
    data_dir = folder / "laptop"
    values: dict[str, list[float]] = defaultdict(list)
    with HubProcess(folder / "hub", folder / "hub.log") as hub:
        laptop.first_sync(data_dir, hub.url, wanted.tickets)
    for number in range(1, wanted.rounds + 1):
        say(f"round {number} of {wanted.rounds}")
        for arguments in (["read", str(card)], ["window", str(card), str(data_dir)]):
            for name, value in work(arguments).items():
                values[name].append(value)

    def line(key: str, name: str, unit: str, goal: float | None = None) -> Measure:
        return Measure(key=key, name=name, unit=unit, values=tuple(values[key]), goal=goal)

    values["ratio"] = list(ratios(values["inside_cpu"], values["plain_cpu"]))
    return [
        line("plain_cpu", "Pillow's open, thumbnail, save of one photo, processor", "ms"),
        line("inside_cpu", "facts and the small picture inside, processor", "ms"),
        line("ratio", "  beside the plain way", "×"),
        line("without_cpu", "facts and a picture of one without, processor", "ms"),
        line("counted", "plugged in to the number of new photos, 10,000 files", "s"),
        line("shown", "tray opened to 500 photos under their jobs", "s"),
        line("frame", "the window's longest pause meanwhile", "ms", 50.0),
        line("memory", "memory beyond the start", "MB"),
    ]


def make_card(card: Path) -> Path:
    """Make a card with many names of one photo; return it."""
    folder = card / "DCIM" / "100BENCH"
    folder.mkdir(parents=True)
    photo = card / "photo.jpg"
    make_photo(photo)
    for number in range(FILES):
        os.link(photo, folder / f"IMG_{number:05}.JPG")
    return card


def work(arguments: Sequence[str]) -> dict[str, float]:
    """Do something with the card in a process of its own; return figures by name.

    Raises:
        subprocess.SubprocessError: It did not do it.
    """
    child = subprocess.run(
        [sys.executable, "-m", "build_scripts.benchmarks.tray_work", *arguments],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    if child.returncode != 0:
        raise subprocess.SubprocessError(f"{arguments[0]} ended badly:\n{child.stderr}")
    figures: dict[str, float] = json.loads(child.stdout.splitlines()[-1])
    return figures
