"""The same tickets by PouchDB from express-pouchdb, in turns with a first sync of ours.

Node comes with the Python environment; the packages are fetched when this suite is asked for. They
are only measured, and no part of the program.
"""

import os
import shutil
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from build_scripts import node_packages
from build_scripts.benchmarks import baseline, laptop
from build_scripts.benchmarks.figures import Measure, ratios
from build_scripts.benchmarks.hub import lines_of, make_hub
from build_scripts.benchmarks.suite import Say, Wanted
from build_scripts.benchmarks.town import tickets_csv
from field_app.cli.demo.hub_process import HubProcess
from field_app.domain.clock import SystemClock

HERE: Final = Path(__file__).resolve().parent
WORKSHOP: Final = HERE.parents[2] / "build" / "pouchdb"
"""Where its packages are installed."""
SUFFIX: Final = ".exe" if os.name == "nt" else ""
NODE: Final = Path(sys.executable).parent / f"node{SUFFIX}"
NPM: Final = Path(sys.executable).parent / f"npm{SUFFIX}"
LIMIT_S: Final = 900.0
STOP_S: Final = 10.0


def measure(folder: Path, wanted: Wanted, say: Say) -> list[Measure]:
    """Measure; see `build_scripts.benchmarks.suite`."""
    count = wanted.tickets
    say("fetching its packages")
    _install()
    say(f"making a hub and a CouchDB of {count:,} tickets")
    make_hub(folder / "hub", tickets_csv(range(count), SystemClock().now()))
    lines = folder / "lines"
    lines.write_bytes(b"".join(lines_of(folder / "hub")))
    values: dict[str, list[float]] = defaultdict(list)
    with (
        HubProcess(folder / "hub", folder / "hub.log") as hub,
        baseline.BaselineServer(lines) as server,
        PouchServer(lines, folder / "pouch") as pouch,
    ):
        for number in range(1, wanted.rounds + 1):
            say(f"round {number} of {wanted.rounds}")
            seconds, _wire = baseline.fetch(server.port, folder / f"baseline-{number}.db")
            values["baseline"].append(seconds)
            first = laptop.first_sync(folder / f"laptop-{number}", hub.url, count)
            values["first"].append(first.list_s)
            values["pouchdb"].append(pouch.fetch(folder / f"pouch-{number}", count))

    def line(key: str, name: str) -> Measure:
        return Measure(key=key, name=name, unit="s", values=tuple(values[key]))

    return [
        line("baseline", f"raw baseline, {count:,} tickets"),
        line("first", "first sync to a usable list"),
        line("pouchdb", "PouchDB until it is replicated"),
        Measure(
            key="first_of_pouchdb",
            name="  ours beside it",
            unit="×",
            values=ratios(values["first"], values["pouchdb"]),
            goal=0.125,
        ),
        Measure(
            key="pouchdb_of_first",
            name="  times as fast",
            unit="×",
            values=ratios(values["pouchdb"], values["first"]),
        ),
    ]


class PouchServer:
    """A child process: express-pouchdb with a database of prepared tickets."""

    def __init__(self, lines: Path, folder: Path) -> None:
        """Start it; it answers as soon as all tickets are in its database."""
        folder.mkdir()
        self._process = subprocess.Popen(
            [str(NODE), "server.cjs", str(lines), str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=WORKSHOP,
        )
        assert self._process.stdout is not None  # noqa: S101 - asked for above
        self._url = f"http://127.0.0.1:{int(self._process.stdout.readline())}"

    def fetch(self, folder: Path, count: int) -> float:
        """Replicate everything into a new database and return the seconds.

        Raises:
            subprocess.SubprocessError: It did not replicate every ticket.
        """
        folder.mkdir()
        done = subprocess.run(
            [str(NODE), "client.cjs", self._url, str(folder), str(count)],
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            cwd=WORKSHOP,
            check=False,
        )
        if done.returncode != 0:
            raise subprocess.SubprocessError(f"PouchDB failed:\n{done.stderr}")
        return float(done.stdout)

    def __enter__(self) -> Self:
        """Return the running server."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close its standard input, at which it ends by itself."""
        self._process.communicate(timeout=STOP_S)


def _install() -> None:
    """Put scripts and packages into a folder that is not part of the checkout."""
    WORKSHOP.mkdir(parents=True, exist_ok=True)
    for file in (*HERE.glob("*.cjs"), *(HERE / name for name in node_packages.NAMES)):
        shutil.copy(file, WORKSHOP)
    node_packages.install(WORKSHOP, NPM)
