"""Everything that can be said about the code without running it: format, lint, types, floor plan.

python -m build_scripts.check
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
PROGRAMS: Final = Path(sys.executable).parent
CODE: Final = ["field_app", "build_scripts", "tests"]

STEPS: Final[dict[str, list[str]]] = {
    "format": ["ruff", "format", "--check", *CODE],
    "lint": ["ruff", "check", *CODE],
    "types": ["mypy"],
    "floor plan": ["lint-imports"],
    "dependencies": ["deptry", "--no-ansi", "."],
    "spelling": ["codespell"],
    "translations": ["python", "-m", "build_scripts.translations"],
}
"""Each step's name and command; the programs are those of the environment."""


def run(command: list[str]) -> tuple[bool, float, str]:
    """Run one command; return whether it found nothing, the seconds it took, and what it said."""
    program, *arguments = command
    start = time.perf_counter()
    answer = subprocess.run(
        [str(PROGRAMS / program), *arguments],
        cwd=ROOT,
        env={**os.environ, "NO_COLOR": "1", "PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    return answer.returncode == 0, time.perf_counter() - start, answer.stdout


def main() -> int:
    """Run every step, show what each one found, and return 1 if any found something."""
    failed = []
    for name, command in STEPS.items():
        clean, seconds, said = run(command)
        print(f"{'ok    ' if clean else 'FAILED'} {name:<13} {seconds:5.1f} s", flush=True)
        if not clean:
            failed.append(name)
            print(said, flush=True)
    if failed:
        print(f"{len(failed)} of {len(STEPS)} steps failed: {', '.join(failed)}")
        return 1
    print(f"All {len(STEPS)} steps are clean")
    return 0


if __name__ == "__main__":
    sys.exit(main())
