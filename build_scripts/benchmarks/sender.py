"""A crew's laptop that sends photos, as a process of its own: the real app with its sync thread.

python -m build_scripts.benchmarks.sender FOLDER; `Sender` starts it and speaks with it.
"""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from field_app.actions import tickets
from field_app.app import App
from field_app.domain.changes import Changes
from field_app.domain.clock import SystemClock
from field_app.domain.ids import TicketId
from field_app.domain.operation import UNDO_WINDOW_S
from field_app.queries.desk import Desk
from field_app.store import uploads

ROOT: Final = Path(__file__).resolve().parents[2]
PATIENCE_S: Final = 7_200.0


class Sender:
    """The running laptop; use as a context."""

    def __init__(self, folder: Path) -> None:
        """Start it; it begins to send at once.

        Args:
            folder: A laptop's data, somebody being signed in, photos waiting.
        """
        self._process = subprocess.Popen(
            [sys.executable, "-m", "build_scripts.benchmarks.sender", str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self.begun_at: float = self._next()["begun"]
        """When it began to sync, seconds of the system's monotonic clock."""

    def wait_until_all_arrived(self) -> float:
        """Return when the hub had confirmed the last photo."""
        return float(self._next()["arrived"])

    def note(self, ticket_id: str, text: str) -> float:
        """Let the crew write a note; return when it is free to leave, its undo window over."""
        if self._process.stdin is None:
            raise OSError("the laptop's process cannot be spoken to")
        self._process.stdin.write(json.dumps([ticket_id, text]) + "\n")
        self._process.stdin.flush()
        return float(self._next()["noted"]) + UNDO_WINDOW_S

    def kill(self) -> None:
        """End it as a power cut does."""
        self._process.kill()
        self._process.communicate()

    def __enter__(self) -> Self:
        """Return the running laptop."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End it."""
        self.kill()

    def _next(self) -> Any:
        """Return what the process says next."""
        line = "" if self._process.stdout is None else self._process.stdout.readline()
        if not line:
            raise OSError(f"the laptop's process ended with {self._process.wait()}")
        return json.loads(line)


def _say(what: str) -> None:
    """Say what happened, and when."""
    print(json.dumps({what: time.monotonic()}), flush=True)


def _orders() -> Iterator[tuple[str, str]]:
    """Yield what standard input asks for: a ticket, and words to note there."""
    for line in sys.stdin:
        ticket_id, text = json.loads(line)
        yield ticket_id, text


def main() -> None:
    """Send everything, and note what is asked for, until killed."""
    news = threading.Event()

    def tell(_changes: Changes) -> None:
        news.set()

    app = App(Path(sys.argv[1]), tell, lambda _status: None, SystemClock())

    def listen() -> None:
        for ticket_id, text in _orders():
            app.do(tickets.note, TicketId(ticket_id), text)
            _say("noted")

    threading.Thread(target=listen, daemon=True).start()
    _say("begun")
    app.start_sync()
    while app.see(_open_uploads):
        news.wait(PATIENCE_S)
        news.clear()
    _say("arrived")
    threading.Event().wait(PATIENCE_S)


def _open_uploads(desk: Desk) -> int:
    """Return how many photos are not at the hub yet."""
    return len(uploads.open_uploads(desk.db))


if __name__ == "__main__":
    main()
