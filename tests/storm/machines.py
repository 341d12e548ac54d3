"""The machines of a town: laptops and a hub that crash, lose power and start again."""

import asyncio
import os
import shutil
from collections.abc import Callable, MutableMapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from fastapi import FastAPI
from sqlalchemy.exc import OperationalError

from field_app.app import App
from field_app.domain.errors import DiskFull
from field_app.hub.building import Hub, open_hub
from field_app.hub.main import app_of
from field_app.hub.settings import HubSettings
from field_app.unfinished import Unfinished
from tests.helpers.fakes import FakeClock, PowerCut
from tests.helpers.town import QUICK
from tests.storm.chance import Chance
from tests.storm.disk import Disk
from tests.storm.disks import Disks
from tests.storm.network import Answer, Network, Question, Wire, broken
from tests.storm.older import make_older

STARTS: Final = 4
"""Starts after which no further crash is left to draw."""


class LocalClock:
    """A machine's clock, which may be wrong."""

    def __init__(self, town: FakeClock) -> None:
        """Go with the town's clock."""
        self._town = town
        self.wrong_by = timedelta()

    def now(self) -> datetime:
        """Return what this machine takes for the present."""
        return self._town.now() + self.wrong_by


class Machine:
    """A disk, a clock, and the power that keeps something running."""

    def __init__(self, disks: Disks, chance: Chance, folder: Path, clock: FakeClock) -> None:
        """Stand in a folder that has the first life's files in `1`."""
        self.name = folder.name
        self.clock = LocalClock(clock)
        self._disks = disks
        self._chance = chance
        self._folder = folder
        self._life = 1
        self.disk = self._take_disk()

    def _take_disk(self) -> Disk:
        """Return the disk of this life."""
        disk = Disk(self._folder / str(self._life), self._chance, self.clock)
        self._disks.put(disk)
        return disk

    def _moves(self, former: Path, folder: Path) -> None:
        """Name what is written down by its whole path as if the disk had stayed where it was."""
        for record in sorted((folder / "farewell").glob("*.json")):
            was = record.stat()
            record.write_bytes(record.read_bytes().replace(_end(former), _end(folder)))
            os.utime(record, (was.st_atime, was.st_mtime))

    def _lives_on(self, *, loses_power: bool) -> Disk:
        """Begin the next life with what the last one left; return the last one's disk."""
        former = self.disk
        former.is_dead = True
        self._life += 1
        goal = self._folder / str(self._life)
        former.copy_to(goal, loses_power=loses_power)
        self._moves(former.folder, goal)
        self.disk = self._take_disk()
        if not loses_power:
            self.disk.goes_on_from(former)
        for connection in former.unclosed:
            connection.close()
        return former


def _end(folder: Path) -> bytes:
    """Return how the path of everything on a disk begins, but for its first parts."""
    return f"/{folder.parent.name}/{folder.name}/".encode()


class Laptop(Machine):
    """A laptop and the people who use it."""

    def __init__(self, setting: tuple[Disks, Chance, Path, FakeClock], network: Network) -> None:
        """Switch it on."""
        super().__init__(*setting)
        self._network = network
        self.is_online = True
        self.app = self._opens()

    def _opens(self) -> App:
        """Start the program; what is left of a farewell is done before."""
        Unfinished(self.disk.folder, self.clock).go_on()
        return App.open(
            self.disk.folder,
            lambda _changes: None,
            lambda _status: None,
            self.clock,
            lambda: Wire(self._network, lambda: self.is_online),
        )

    def dies(self, *, loses_power: bool) -> None:
        """Break off here, and start again; the start may break off as well."""
        self._wreck(self.app, loses_power=loses_power)
        for _attempt in range(STARTS):
            try:
                self.app = self._opens()
                if self.app.person is not None:
                    self.app.open_desk().db.close()  # as the sync thread does: sweeps the vault
            except PowerCut:
                self._lives_on(loses_power=loses_power)
                continue
            except DiskFull:
                self.disk.is_well()
                continue
            return
        self.disk.is_well()
        self.app = self._opens()

    def is_updated(self, version: int) -> None:
        """Let the program be a new one; what is kept here is from a former version."""
        self.app.close()
        with self.disk.looked_at():
            for path in sorted(self.disk.folder.rglob("field.db")):
                make_older(path, version)
        self.disk.wal_synced.clear()
        self.app = self._opens()

    def _wreck(self, app: App, *, loses_power: bool) -> None:
        """Leave a program that runs no more."""
        self._lives_on(loses_power=loses_power)
        app.close()


class HubMachine(Machine):
    """The hub's computer."""

    def __init__(
        self,
        setting: tuple[Disks, Chance, Path, FakeClock],
        site: FastAPI,
        settings: HubSettings = QUICK,
    ) -> None:
        """Switch it on.

        Args:
            setting: What every machine needs.
            site: The web application, which is made once; its hub is exchanged.
            settings: What the agency chose; read at every start.
        """
        super().__init__(*setting)
        self.settings = self._settings_of_backup = settings
        self._site = site
        self._loop = asyncio.new_event_loop()
        self.crashes = 0
        self.hub: Hub = self._opens()

    def _opens(self) -> Hub:
        """Start the hub."""
        hub = open_hub(self.disk.folder, self.settings, self.clock)
        self._site.state.hub = hub
        hub.runs.begin()
        return hub

    def answers(self, question: Question) -> Answer:
        """Let the hub answer a request.

        Raises:
            ConnectionError: The hub went down in the middle of it; it is up again.
        """
        try:
            return self._loop.run_until_complete(_call(self._site, question))
        except PowerCut:
            self.crashes += 1
            self.dies(loses_power=self._chance.happens(0.6))
            raise broken("the hub went down") from None

    def does(self, work: Callable[[Hub], Any]) -> Any:
        """Let somebody work at the hub itself; None when it goes down over it."""
        try:
            return work(self.hub)
        except PowerCut:
            self.crashes += 1
            self.dies(loses_power=self._chance.happens(0.6))
            return None

    def dies(self, *, loses_power: bool) -> None:
        """Break off here, and start again; the start may break off as well."""
        self._ends_requests()
        wreck = self.hub
        wreck.news.close()
        self._lives_on(loses_power=loses_power)
        wreck.database.close()
        self._starts(loses_power=loses_power)

    def restarts(self) -> None:
        """Stop and start in peace."""
        self.hub.close()
        self._starts(loses_power=False)

    def keeps_backup(self) -> None:
        """Copy everything aside, as every night."""
        backup = self._folder / "backup"
        if backup.exists():
            shutil.rmtree(backup)
        self.disk.copy_to(backup, loses_power=False)
        self._settings_of_backup = self.settings

    @property
    def has_backup(self) -> bool:
        """Whether a backup was ever made."""
        return (self._folder / "backup").exists()

    def is_restored(self) -> None:
        """Lose the computer, and go on with last night's backup on another one."""
        self._ends_requests()
        self.hub.close()
        self._life += 1
        shutil.copytree(self._folder / "backup", self._folder / str(self._life))
        self.disk = self._take_disk()
        self.settings = self._settings_of_backup  # they lie in the same folder
        self.hub = self._opens()

    def _starts(self, *, loses_power: bool) -> None:
        """Start, again and again until it runs."""
        for _attempt in range(STARTS):
            try:
                self.hub = self._opens()
            except PowerCut:
                self._lives_on(loses_power=loses_power)
                continue
            except (OSError, OperationalError):
                if not self.disk.is_full:
                    raise
                self.disk.is_well()  # who looks after the hub makes room before it starts
                continue
            return
        self.disk.is_well()
        self.hub = self._opens()

    def _ends_requests(self) -> None:
        """End what was under way."""
        tasks = asyncio.all_tasks(self._loop)
        for task in tasks:
            task.cancel()
        if tasks:
            self._loop.run_until_complete(asyncio.wait(tasks))

    def closes(self) -> None:
        """Switch it off for good."""
        self._ends_requests()
        self.hub.close()
        self._loop.close()


def web_site(hub: Hub) -> FastAPI:
    """Return the hub's web application, to be used by one hub after the other."""
    return app_of(hub)


async def _call(site: FastAPI, question: Question) -> Answer:
    """Call the web application once (ASGI 3)."""
    parts = urlsplit(question.url)
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": question.method,
        "scheme": parts.scheme,
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "root_path": "",
        "query_string": parts.query.encode(),
        "headers": [(k.lower().encode(), v.encode()) for k, v in question.headers.items()],
        "client": ("127.0.0.1", 1),
        "server": (parts.hostname, parts.port or 80),
        "state": {},
    }
    asked = [{"type": "http.request", "body": question.body, "more_body": question.is_cut}]
    status = 0
    headers: dict[str, str] = {}
    data = bytearray()

    async def receive() -> MutableMapping[str, Any]:
        return asked.pop() if asked else {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
            headers.update({k.decode(): v.decode() for k, v in message["headers"]})
        elif message["type"] == "http.response.body":
            data.extend(message.get("body", b""))

    await site(scope, receive, send)
    return status, headers, bytes(data)
