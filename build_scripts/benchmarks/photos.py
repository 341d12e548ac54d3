"""Photos in: what the copies and hash of a phone's photo cost, beside Pillow's plain way.

The plain way is open, `resize(LANCZOS)` to the same long side, save as JPEG: one copy and nothing
else. Each is done in processes of its own, in turns.
"""

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Final

from PIL import Image

from build_scripts.benchmarks.figures import Measure, ratios
from build_scripts.benchmarks.suite import Say, Wanted

ROOT: Final = Path(__file__).resolve().parents[2]
SCENE: Final = ROOT / "resources" / "demo" / "photos" / "pothole_before.jpg"
SIZE: Final = (4032, 3024)
"""Of a phone's photo of 12 million pixels."""
GRAIN: Final = 14
"""Deviation of the sensor's noise in grey levels; makes the file as large as a phone's."""
LIMIT_S: Final = 120.0


def measure(folder: Path, wanted: Wanted, say: Say) -> list[Measure]:
    """Measure; see `build_scripts.benchmarks.suite`."""
    photo = folder / "photo.jpg"
    make_photo(photo)
    values: dict[str, list[float]] = defaultdict(list)
    values["file"].append(photo.stat().st_size / 1e6)
    for number in range(1, wanted.rounds + 1):
        say(f"round {number} of {wanted.rounds}")
        for way in ("plain", "ours", "attach"):
            for name, value in work(way, photo).items():
                values[f"{way}_{name}"].append(value)

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
    ]


def make_photo(path: Path) -> None:
    """Write a photo as a phone makes it, from a rendered scene with a sensor's noise."""
    with Image.open(SCENE) as scene:
        large = scene.convert("RGB").resize(SIZE, Image.Resampling.BICUBIC)
    noise = Image.effect_noise(SIZE, GRAIN)
    grain = Image.merge("RGB", (noise, noise, noise))
    Image.blend(large, grain, 0.25).save(path, "JPEG", quality=92)


def work(way: str, photo: Path) -> dict[str, float]:
    """Do something with the photo a few times in a process of its own; return figures by name.

    Raises:
        subprocess.SubprocessError: It did not do it.
    """
    child = subprocess.run(
        [sys.executable, "-m", "build_scripts.benchmarks.photo_work", way, str(photo)],
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    if child.returncode != 0:
        raise subprocess.SubprocessError(f"{way} ended badly:\n{child.stderr}")
    figures: dict[str, float] = json.loads(child.stdout.splitlines()[-1])
    return figures
