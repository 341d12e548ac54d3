"""Builds the one-folder program and lets it tell the demo day with no Python around it."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
KEPT_VARIABLES = ("SYSTEMROOT", "TEMP", "TMP", "LANG", "FONTCONFIG_PATH")
"""What a program may take from the builder's environment; nothing of Python is among it."""


def build() -> Path:
    """Run PyInstaller and return the program's path.

    Raises:
        subprocess.CalledProcessError: PyInstaller failed; its words are on the screen.
    """
    subprocess.run(
        [
            sys.executable,
            *("-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
            *("--distpath", str(DIST), "--workpath", str(ROOT / "build")),
            str(ROOT / "build_scripts" / "field_app.spec"),
        ],
        check=True,
        cwd=ROOT,
    )
    suffix = ".exe" if sys.platform == "win32" else ""
    return DIST / "field-app" / f"field-app{suffix}"


def folder_size(folder: Path) -> int:
    """Return the bytes of all files below a folder, links counted once."""
    return sum(f.stat().st_size for f in folder.rglob("*") if f.is_file() and not f.is_symlink())


def tell_the_day(program: Path) -> float:
    """Run the frozen program's headless demo day alone and return its seconds.

    Raises:
        subprocess.CalledProcessError: The day did not end well.
    """
    with tempfile.TemporaryDirectory(prefix="field-app-package-") as home:
        environment = {k: os.environ[k] for k in KEPT_VARIABLES if k in os.environ}
        environment |= {"HOME": home, "PATH": os.defpath, "QT_QPA_PLATFORM": "offscreen"}
        started = time.monotonic()
        subprocess.run(
            [str(program), "demo", "--headless", "--out", str(ROOT / "build" / "demo-day")],
            check=True,
            env=environment,
            cwd=home,
        )
        return time.monotonic() - started


def start_up(program: Path) -> float:
    """Return the median seconds of five starts of `field-app --version`."""
    seconds = []
    for _ in range(5):
        started = time.monotonic()
        subprocess.run([str(program), "--version"], check=True, capture_output=True)
        seconds.append(time.monotonic() - started)
    return sorted(seconds)[2]


def main() -> None:
    """Build, measure, prove."""
    program = build()
    print(f"size      {folder_size(program.parent) / 1e6:.0f} MB in {program.parent}")
    print(f"start-up  {start_up(program):.2f} s to --version (median of 5)")
    seconds = tell_the_day(program)
    print(f"demo day  {seconds:.0f} s, told by the frozen program alone")


if __name__ == "__main__":
    main()
