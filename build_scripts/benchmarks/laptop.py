"""The laptop's part of the benchmark: the real app, store and sync thread, without windows."""

import gc
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import requests

from build_scripts.benchmarks.hub import PASSWORD, USERNAME
from build_scripts.benchmarks.town import CHANGE_MARK
from field_app.app import App
from field_app.domain.changes import Changes
from field_app.domain.clock import SystemClock
from field_app.hub_client.session import LineAdapter
from field_app.queries.desk import Desk
from field_app.queries.tickets import Scope, TicketFilter, TicketList, list_tickets
from field_app.store import search

ALL: Final = TicketFilter(scope=Scope.ALL)
PATIENCE_S: Final = 120.0
STEP_S: Final = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSync:
    """What a first sync took."""

    list_s: float
    """Until the list was answered with every ticket."""
    index_s: float
    """Until the search index was complete as well."""
    wire_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LaterSync:
    """What a whole round of a laptop took that has all tickets."""

    seconds: float
    """Until the list was answered."""
    wire_bytes: int
    requests: int


class _CountingAdapter(LineAdapter):
    """The plain network, with requests and the bytes of every answer counted."""

    def __init__(self) -> None:
        super().__init__()
        self.wire_bytes = 0
        self.requests = 0

    def send(self, *args: Any, **kwargs: Any) -> requests.Response:
        """Send a request and count what its answer brings."""
        self.requests += 1
        answer = super().send(*args, **kwargs)
        stream = answer.raw.stream

        def counted(*args: Any, **kwargs: Any) -> Iterator[bytes]:
            for piece in stream(*args, **kwargs):
                self.wire_bytes += len(piece)
                yield piece

        setattr(answer.raw, "stream", counted)  # noqa: B010 - mypy forbids to assign methods
        return answer


def first_sync(data_dir: Path, hub_url: str, count: int) -> FirstSync:
    """Sign in on a new laptop and fetch all tickets with the sync thread of the running program.

    The list is asked for as soon as the last ticket is stored; the sync thread goes on with the
    search index meanwhile.

    Raises:
        TimeoutError: The tickets did not come.
    """
    news = threading.Event()
    adapter = _CountingAdapter()

    def tell(_changes: Changes) -> None:
        news.set()

    app = App(data_dir, tell, lambda _status: None, SystemClock(), lambda: adapter)
    try:
        app.sign_in(hub_url, USERNAME, PASSWORD)
        before = adapter.wire_bytes
        gc.collect()
        begun = time.perf_counter()
        app.start_sync()
        while app.see(_stored) < count:
            if not news.wait(PATIENCE_S):
                raise TimeoutError("the tickets did not come")
            news.clear()
        if len(_list(app).rows) != count:
            raise ValueError("the list does not show every ticket")
        list_s = time.perf_counter() - begun
        wire_bytes = adapter.wire_bytes - before
        while app.see(_waiting_for_index):
            news.wait(STEP_S)
        index_s = time.perf_counter() - begun
    finally:
        app.close()
    return FirstSync(list_s=list_s, index_s=index_s, wire_bytes=wire_bytes)


def fetch_changes(data_dir: Path, change: int, count: int) -> LaterSync:
    """Run one whole round and ask for the list.

    Raises:
        ValueError: The list does not show `count` tickets with the change of this number.
    """
    adapter = _CountingAdapter()
    app = App(data_dir, lambda _changes: None, lambda _status: None, SystemClock(), lambda: adapter)
    try:
        _list(app)
        gc.collect()
        begun = time.perf_counter()
        app.sync_once()
        shown = _list(app)
        seconds = time.perf_counter() - begun
    finally:
        app.close()
    words = f"{CHANGE_MARK} {change} "
    changed = sum(1 for row in shown.rows if words in f"{row.title} ")
    if changed != count:
        raise ValueError(f"{changed} changed tickets came instead of {count}")
    return LaterSync(seconds=seconds, wire_bytes=adapter.wire_bytes, requests=adapter.requests)


def _list(app: App) -> TicketList:
    """Return all tickets as a screen gets them."""
    found: TicketList = app.see(list_tickets, ALL)
    return found


def _stored(desk: Desk) -> int:
    """Return how many tickets a new laptop has stored, without reading them."""
    return desk.db.number("SELECT max(number) FROM tickets")


def _waiting_for_index(desk: Desk) -> int:
    """Return how many tickets are not in the search index yet."""
    return search.pending(desk.db)
