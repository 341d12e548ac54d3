"""The camera: frames into pictures, the ghost over them, the shot, and whether the window pauses.

No camera is needed: made-up frames of a usual webcam come as fast as one sends them. What opening
a real one costs is not in the figures.
"""

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Final

from build_scripts.benchmarks.figures import Measure, ratios
from build_scripts.benchmarks.suite import Say, Wanted

LIMIT_S: Final = 120.0


def measure(folder: Path, wanted: Wanted, say: Say) -> list[Measure]:
    """Measure; see `build_scripts.benchmarks.suite`."""
    values: dict[str, list[float]] = defaultdict(list)
    for number in range(1, wanted.rounds + 1):
        say(f"round {number} of {wanted.rounds}")
        for name, value in work(folder).items():
            values[name].append(value)

    def line(key: str, name: str, unit: str, goal: float | None = None) -> Measure:
        return Measure(key=key, name=name, unit=unit, values=tuple(values[key]), goal=goal)

    values["ratio"] = list(ratios(values["ghost"], values["plain"]))
    return [
        line("load", "the media libraries and what is plugged in, first visit", "ms"),
        line("plain", "a live picture painted alone, processor", "ms"),
        line("ghost", "  with the ghost over it", "ms"),
        line("ratio", "  beside it alone", "×"),
        line("written", "a frame of 1920 × 1080 as Qt's JPEG, processor", "ms"),
        line("shot", "  with time and camera in it", "ms"),
        line("bent", "a ghost bent to a later photo, processor", "ms"),
        line("pause", "the window's longest pause while 30 frames a second come", "ms", 50.0),
    ]


def work(folder: Path) -> dict[str, float]:
    """Measure once in a process of its own; return figures by name.

    Raises:
        subprocess.SubprocessError: It did not do it.
    """
    child = subprocess.run(
        [sys.executable, "-m", "build_scripts.benchmarks.camera_work", str(folder)],
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    if child.returncode != 0:
        raise subprocess.SubprocessError(f"the camera ended badly:\n{child.stderr}")
    figures: dict[str, float] = json.loads(child.stdout.splitlines()[-1])
    return figures
