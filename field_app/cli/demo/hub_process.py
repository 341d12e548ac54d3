"""The demo's hub: a real process on a free loopback port, stopped by its process id."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from field_app.domain.errors import Unreachable

START_LIMIT_S: Final = 30.0
STOP_LIMIT_S: Final = 10.0
STEP_S: Final = 0.05


def program_command(*arguments: str) -> list[str]:
    """Return the command line that runs this very program, frozen or from source."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    return [sys.executable, "-m", "field_app", *arguments]


class HubProcess:
    """`field-app hub serve` as a child process."""

    def __init__(self, folder: Path, log: Path) -> None:
        """Start it.

        Args:
            folder: The hub's data folder, made by `hub init`.
            log: File that gets everything the hub prints.

        Raises:
            Unreachable: It ended at once or did not answer in time.
        """
        self._port_file = folder / "port"
        self._port_file.unlink(missing_ok=True)
        self._log_file = log
        self._log = log.open("ab")
        self._process = subprocess.Popen(  # noqa: S603 - this very program
            program_command(
                *("hub", "serve", str(folder), "--port", "0"),
                *("--port-file", str(self._port_file)),
            ),
            stdout=self._log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        self.url = f"http://127.0.0.1:{self._wait_for_port()}"

    @property
    def pid(self) -> int:
        """Return the child's process id."""
        return self._process.pid

    def stop(self) -> None:
        """Ask the child to end, and end it when it does not."""
        self._process.terminate()
        try:
            self._process.wait(STOP_LIMIT_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def __enter__(self) -> Self:
        """Return the running hub."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop it."""
        self.stop()

    def _wait_for_port(self) -> int:
        """Return the port as soon as the child has written it."""
        for _step in range(int(START_LIMIT_S / STEP_S)):
            text = self._port_file.read_text() if self._port_file.exists() else ""
            if text.strip():
                return int(text)
            try:
                code = self._process.wait(STEP_S)
            except subprocess.TimeoutExpired:
                continue
            self._log.close()
            last = self._log_file.read_text(encoding="utf-8", errors="replace").splitlines()[-3:]
            raise Unreachable(f"the demo's hub ended with code {code}: {' / '.join(last)}")
        self.stop()
        raise Unreachable(f"the demo's hub did not start within {START_LIMIT_S:.0f} s")


def run_program(arguments: Sequence[str], words: str = "") -> None:
    """Run a command of this program to its end, with `words` as its standard input.

    Raises:
        Unreachable: It failed; the detail has what it printed last.
    """
    done = subprocess.run(  # noqa: S603 - this very program
        program_command(*arguments), input=words, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise Unreachable(f"{arguments[:2]} ended with {done.returncode}: {last}")
