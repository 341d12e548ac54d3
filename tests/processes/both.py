"""The two processes of a story, each started, killed and started again by its process id."""

import logging
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

from field_app.domain.clock import SystemClock
from field_app.hub.building import open_hub
from field_app.hub.server import Address, serve
from field_app.hub.settings import load_settings
from tests.processes.laptop import work_here

IS_WINDOWS: Final = os.name == "nt"
PROCESSES: Final[Any] = multiprocessing.get_context("spawn" if IS_WINDOWS else "forkserver")
"""Where there is a fork server, a process begins with everything imported."""
PROCESSES.set_forkserver_preload([__name__])
START_S: Final = 30.0
"""Longest time that a process may take to start on a busy machine."""


class Child:
    """A process of its own, whose lines are read as they come."""

    def __init__(self, work: Callable[..., None], folder: Path, *more: Any) -> None:
        """Start it.

        Args:
            work: Is called in it with the pipe, the folder and the rest.
            folder: Its data; beside it lies a log of the same name.
            more: Further arguments.
        """
        self.lines: list[str] = []
        """What it said."""
        self._pipe, there = PROCESSES.Pipe()
        log = folder.with_suffix(".log")
        self._process = PROCESSES.Process(target=_run, args=(log, work, there, folder, *more))
        self._process.start()
        there.close()
        self._news = threading.Condition()
        self._is_silent = False
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def wait_for(self, start: str, longest_s: float = START_S) -> str:
        """Return the first line that begins with `start`.

        Raises:
            AssertionError: It ended, or did not say it in time.
        """
        with self._news:
            self._news.wait_for(lambda: self._is_silent or self._line(start) != "", longest_s)
            line = self._line(start)
        assert line, f"no {start!r} within {longest_s} s; said last: {self.lines[-5:]}"
        return line

    def wait_until(self, is_so: Callable[[], bool], longest_s: float = START_S) -> bool:
        """Return whether something became so, looked at whenever it says a line."""
        with self._news:
            return self._news.wait_for(lambda: is_so() or self._is_silent, longest_s) and is_so()

    def tell(self, line: str) -> None:
        """Say something to it."""
        self._pipe.send(line)

    def kill(self) -> None:
        """End it at once, as `kill -9` does."""
        self._process.kill()
        self.ends()

    def ends(self) -> int | None:
        """Return the exit code once it has ended and everything it said is read."""
        self._process.join(START_S)
        self._reading.join()
        self._pipe.close()
        code: int | None = self._process.exitcode
        return code

    def _line(self, start: str) -> str:
        """Return the first line that begins with `start`; empty for none."""
        return next((line for line in self.lines if line.startswith(start)), "")

    def _read(self) -> None:
        """Read lines until there are no more; half a line is none."""
        with suppress(EOFError, OSError):
            while True:
                line = self._pipe.recv()
                with self._news:
                    self.lines.append(line)
                    self._news.notify_all()
        with self._news:
            self._is_silent = True
            self._news.notify_all()


def _run(log: Path, work: Callable[..., None], pipe: Connection, *args: Any) -> None:
    """Do the work of a process; its errors and its log go to a file."""
    with log.open("a", encoding="utf-8") as file:
        os.dup2(file.fileno(), 2)
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s", stream=sys.stderr
    )
    work(pipe, *args)


def serve_here(pipe: Connection, folder: Path) -> None:
    """Be the hub; say at which port."""
    hub = open_hub(folder, load_settings(folder), SystemClock())
    serve(hub, Address(host="127.0.0.1", port=0), lambda _url, port: pipe.send(f"port {port}"))


def start_hub(folder: Path) -> Child:
    """Start a hub on a free port."""
    return Child(serve_here, folder)


def port_of(hub: Child) -> int:
    """Return the hub's port once it listens."""
    return int(hub.wait_for("port ").split()[1])


def start_laptop(folder: Path, seed: int) -> Child:
    """Start a laptop at which somebody works."""
    return Child(work_here, folder, seed)
