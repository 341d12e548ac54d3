"""The real window in a process of its own, used by a clock.

python -m build_scripts.benchmarks.opened_window DATA_DIR    prints one line of JSON
"""

import json
import os
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Final

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget

from field_app.app import App
from field_app.cli import main as command_line
from field_app.domain.clock import SystemClock
from field_app.domain.ids import TicketId
from field_app.resources import resource
from field_app.ui import start
from field_app.ui.tickets.screen import TicketsScreen

WORDS: Final = (
    "ถน",
    "ไฟ",
    "ท่อ",
    "ตลาดนางเลิ้ง",
    "มอเตอร์ไซค์ล้มแล้ว",
    "หลุม ไฟ",
    "น้ำท่วม",
    "2026-004",
    "ขอบคุณล่วงหน้าครับ",
    "ไม่มีคำนี้เลย",
)
"""What is typed, letter by letter; with two letters, long ones, two words and no hit."""
OPENED: Final = 20
PATIENCE_S: Final = 60.0
MB: Final = 1_000_000
MS: Final = 1_000


def main(data_dir: Path) -> None:
    """Open the window, use it, and print what it took, the command line's part included."""
    if "doctor" not in command_line.COMMANDS:
        raise LookupError("the command line is another one")
    clock = SystemClock()
    qt = start.make_application(["field-app"])
    opened = start.open_window(
        lambda tell, tell_status: App.open(data_dir, tell, tell_status, clock),
        data_dir,
        clock,
        tiles=resource("basemap", "bangkok.mbtiles"),
    )
    opened.window.show()
    window = _Window(qt, opened)
    figures = {"start": window.wait_for_list(), "start_cpu": time.process_time()}
    figures["map"] = window.wait_for_map()
    figures["memory"] = pss_bytes(os.getpid()) / MB
    searches = [window.type(word[:end]) for word in WORDS for end in range(2, len(word) + 1)]
    figures |= {"search": median(searches) * MS, "search_worst": max(searches) * MS}
    window.type("")
    openings = window.open_some(OPENED)
    figures |= {"open": median(openings) * MS, "open_worst": max(openings) * MS}
    opened.close()
    print(json.dumps(figures))


class _Window:
    """The opened window, used as a person would and watched by the clock."""

    def __init__(self, qt: QApplication, opened: start.Opened) -> None:
        self._qt = qt
        workplace = opened.window.workplace
        if workplace is None:
            raise LookupError("nobody is signed in")
        self._search = workplace.top.search
        screen = workplace.screen_of("today")
        if not isinstance(screen, TicketsScreen):
            raise TypeError("the Today screen is another one")
        self._screen = screen

    def wait_for_list(self) -> float:
        """Return the moment at which the list stood on the screen."""
        jobs = self._screen.pane.list
        self._until(lambda: jobs.tickets.rowCount() > 0)
        jobs.viewport().repaint()
        return time.perf_counter()

    def wait_for_map(self) -> float:
        """Return the moment at which the map was ready with its pins."""
        held = self._screen.map
        self._until(lambda: held.map is not None and held.map.is_ready)
        ready = time.perf_counter()
        self._until(lambda: time.perf_counter() > ready + 2, waits=False)
        return ready

    def type(self, words: str) -> float:
        """Return the seconds from new words in the search box to the painted answer."""
        answers: list[None] = []
        heard = self._screen.head_changed.connect(lambda: answers.append(None))
        begun = time.perf_counter()
        self._search.setText(words)
        self._until(lambda: bool(answers))
        _paint(self._screen.pane.stack)
        seconds = time.perf_counter() - begun
        self._screen.head_changed.disconnect(heard)
        return seconds

    def open_some(self, count: int) -> list[float]:
        """Return the seconds from choosing a row to its painted detail, for rows far apart."""
        jobs = self._screen.pane.list
        places = range(0, jobs.tickets.rowCount(), max(1, jobs.tickets.rowCount() // count))
        rows = [jobs.tickets.ticket(jobs.tickets.index(place)) for place in places]
        return [self._open(row.id) for row in islice(rows, count) if row is not None]

    def _open(self, ticket_id: TicketId) -> float:
        shown = self._screen.detail
        begun = time.perf_counter()
        self._screen.pane.list.choose(ticket_id)
        self._until(lambda: shown.detail is not None and shown.detail.ticket.id == ticket_id)
        _paint(self._screen.right)
        return time.perf_counter() - begun

    def _until(self, is_so: Callable[[], bool], *, waits: bool = True) -> None:
        """Let the window live until something is so."""
        limit = time.perf_counter() + PATIENCE_S
        alarm = QTimer()
        alarm.start(50)
        flags = QEventLoop.ProcessEventsFlag.AllEvents
        if waits:
            flags |= QEventLoop.ProcessEventsFlag.WaitForMoreEvents
        while not is_so():
            if time.perf_counter() > limit:
                raise TimeoutError("the window does not get on")
            self._qt.processEvents(flags)


def _paint(stack: QStackedWidget) -> None:
    """Draw the page in sight at once."""
    page = stack.currentWidget()
    if page is not None:
        page.repaint()


def pss_bytes(pid: int, *, with_children: bool = True) -> int:
    """Return the proportional memory of a process, and of all its children (Linux)."""
    own = 0
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            own = int(line.split()[1]) * 1024
    if not with_children:
        return own
    children = {
        int(child)
        for task in Path(f"/proc/{pid}/task").iterdir()
        for child in (task / "children").read_text(encoding="ascii").split()
    }
    return own + sum(pss_bytes(child) for child in children)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
