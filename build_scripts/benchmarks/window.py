"""The window's part of the benchmark: starts `opened_window` and reads what it says."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

LIMIT_S: Final = 240.0


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
