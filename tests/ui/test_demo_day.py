"""The demo's day as a whole program: the real window, a real hub process, real files."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from field_app.resources import resource

STEPS = 18
LIMIT_S = 150


@pytest.mark.timeout(LIMIT_S + 20)
def test_the_day_tells_itself_and_the_hub_holds_every_byte(tmp_path: Path) -> None:
    """The command ends well, and its report and pictures bear it out."""
    out = tmp_path / "day"
    done = subprocess.run(
        [sys.executable, "-m", "field_app", "demo", "--headless", "--out", str(out)],
        cwd=resource().parent,
        env={**os.environ, "HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    assert report["failures"] == []
    assert report["operations_made"] == report["operations_applied"] == 5
    assert len(report["photos"]) == 2
    assert all(photo["laptop"] == photo["hub"] for photo in report["photos"])
    assert len(list(out.glob("*-th.png"))) == len(list(out.glob("*-en.png"))) == STEPS
