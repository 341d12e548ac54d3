"""Photos in: what the copies and hash of a phone's photo cost, beside Pillow's plain way.

The plain way is open, `resize(LANCZOS)` to the same long side, save as JPEG: one copy and nothing
else. Each is done in processes of its own, in turns; so are many photos dropped in the window.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Final

from PIL import Image

from build_scripts.benchmarks import laptop
from build_scripts.benchmarks.figures import Measure, ratios
from build_scripts.benchmarks.hub import make_hub
from build_scripts.benchmarks.suite import Say, Wanted
from build_scripts.benchmarks.town import tickets_csv
from field_app.cli.demo.hub_process import HubProcess
from field_app.domain.clock import SystemClock

ROOT: Final = Path(__file__).resolve().parents[2]
SCENE: Final = ROOT / "resources" / "demo" / "photos" / "pothole_before.jpg"
SIZE: Final = (4032, 3024)
"""Of a phone's photo of 12 million pixels."""
GRAIN: Final = 14
"""Deviation of the sensor's noise in grey levels; makes the file as large as a phone's."""
JOBS: Final = 300
MANY: Final = 100
LIMIT_S: Final = 300.0


def measure(folder: Path, wanted: Wanted, say: Say) -> list[Measure]:
    """Measure; see `build_scripts.benchmarks.suite`."""
    photo, town = folder / "photo.jpg", folder / "town"
    make_photo(photo)
    say(f"making a laptop with {JOBS} jobs")
    make_laptop(town)
    values: dict[str, list[float]] = defaultdict(list)
    values["file"].append(photo.stat().st_size / 1e6)
    for number in range(1, wanted.rounds + 1):
        say(f"round {number} of {wanted.rounds}")
        for way in ("plain", "ours", "attach", "paired"):
            for name, value in work("photo_work", way, str(photo)).items():
                values[f"{way}_{name}"].append(value)
        data_dir = shutil.copytree(town / "laptop", folder / f"laptop{number}")
        for name, value in work("photo_window", str(photo), str(data_dir), str(MANY)).items():
            values[f"window_{name}"].append(value)

    def line(key: str, name: str, unit: str, goal: float | None = None) -> Measure:
        return Measure(key=key, name=name, unit=unit, values=tuple(values[key]), goal=goal)

    values["ratio"] = list(ratios(values["ours_cpu"], values["plain_cpu"]))
    return [
        line("file", "the photo: 12 million pixels", "MB"),
        line("plain_cpu", "Pillow's plain way, processor", "ms"),
        line("plain_memory", "  memory beyond the start", "MB"),
        line("ours_cpu", "copies, fingerprint and sha256, processor", "ms"),
        line("ratio", "  beside the plain way", "×", 0.30),
        line("ours_memory", "  memory beyond the start", "MB", 60.0),
        line("attach_wall", "a photo kept on a ticket, whole", "ms", 450.0),
        line("attach_memory", "  memory beyond the start", "MB", 200.0),
        line("paired_wall", "the same with four photos to be compared with", "ms"),
        line("window_seen", "dropped in the window to a picture in its slot", "ms", 150.0),
        line("window_seen_worst", "  the slowest of five", "ms"),
        line("window_kept", "  and until it is kept and shown", "ms"),
        line("window_each", f"{MANY} photos dropped at once, each", "ms"),
        line("window_frame", "  longest pause between frames", "ms", 50.0),
        line("window_long", "  pauses over 50 ms", ""),
        line("window_idle", "  longest pause of an idle window", "ms"),
        line("window_memory", "  memory more at their end", "MB", 200.0),
    ]


def make_photo(path: Path) -> None:
    """Write a photo as a phone makes it, from a rendered scene with a sensor's noise."""
    with Image.open(SCENE) as scene:
        large = scene.convert("RGB").resize(SIZE, Image.Resampling.BICUBIC)
    noise = Image.effect_noise(SIZE, GRAIN)
    grain = Image.merge("RGB", (noise, noise, noise))
    Image.blend(large, grain, 0.25).save(path, "JPEG", quality=92)


def make_laptop(folder: Path) -> None:
    """Make the data folder of a crew's laptop, `laptop`, whose hub is not there any more."""
    make_hub(folder / "hub", tickets_csv(range(JOBS), SystemClock().now()))
    with HubProcess(folder / "hub", folder / "hub.log") as hub:
        laptop.first_sync(folder / "laptop", hub.url, JOBS)


def work(module: str, *arguments: str) -> dict[str, float]:
    """Do something with the photo in a process of its own; return figures by name.

    Raises:
        subprocess.SubprocessError: It did not do it.
    """
    child = subprocess.run(
        [sys.executable, "-m", f"build_scripts.benchmarks.{module}", *arguments],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    if child.returncode != 0:
        raise subprocess.SubprocessError(f"{module} ended badly:\n{child.stderr}")
    figures: dict[str, float] = json.loads(child.stdout.splitlines()[-1])
    return figures
