"""`field-app doctor`: is everything there that a day in the field needs?"""

import importlib
import importlib.util
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import click

from field_app.cli.choices import Choices
from field_app.cli.table import write_table
from field_app.desks import DATABASE
from field_app.domain.clock import SystemClock, correction
from field_app.domain.errors import FieldAppError
from field_app.hub_client.calls import ask_health
from field_app.hub_client.credentials import has_keyring
from field_app.hub_client.session import HubSession, normal_url
from field_app.maps.packages import open_package
from field_app.photos.room import USUAL_PHOTO_BYTES, Room, free_bytes
from field_app.resources import resource
from field_app.settings import Settings
from field_app.store.health import faults_of, kept_offset_ms
from field_app.store.people import People
from field_app.texts import _, ngettext
from field_app.texts.dates import clock_words
from field_app.texts.numbers import count, file_size

LEAST_ROOM_BYTES: Final = 500 * 1000 * 1000
"""About 100 photos and the tickets of a large crew."""
QT_TRIAL_S: Final = 60
FONTS: Final = ("Sarabun_400Regular.ttf", "Sarabun_600SemiBold.ttf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the table."""

    what: str
    is_fine: bool
    words: str


@click.command("doctor")
@click.pass_obj
def doctor_command(choices: Choices) -> None:
    """Check this computer for a day in the field. Exit code 1 when something is wrong."""
    findings = list(examine(choices.settings))
    write_table([(_("OK") if f.is_fine else _("WRONG"), f.what, f.words) for f in findings])
    click.get_current_context().exit(0 if all(f.is_fine for f in findings) else 1)


def examine(settings: Settings) -> Iterator[Finding]:
    """Yield what is found, one thing after the other."""
    yield from _databases(settings.data_dir)
    yield _look(_("Room on the disk"), lambda: _room(settings.data_dir))
    yield from _hub(settings)
    yield _look(_("Sign-in is kept"), _keyring)
    yield _look(_("Windows"), _qt)
    yield _look(_("Fonts"), _fonts)
    yield _look(_("Map"), lambda: _basemap(settings))


def _look(what: str, check: Callable[[], tuple[bool, str]]) -> Finding:
    """Return what a check finds; a known failure is a finding."""
    try:
        is_fine, words = check()
    except FieldAppError as error:
        is_fine, words = False, f"{_(error.title)} {_(error.hint)} [{error.detail}]"
    return Finding(what=what, is_fine=is_fine, words=words)


def _databases(data_dir: Path) -> Iterator[Finding]:
    """Check everybody's database."""
    found = sorted(People(data_dir).folder.glob(f"*/{DATABASE}"))
    if not found:
        yield Finding(what=_("Saved jobs"), is_fine=True, words=_("Nobody has signed in here yet."))
    for path in found:
        yield _look(_("Saved jobs"), partial(_sound, path))


def _sound(path: Path) -> tuple[bool, str]:
    """Check one database."""
    faults = faults_of(path)
    return not faults, "; ".join((path.parent.name, *faults[:3]))


def _room(data_dir: Path) -> tuple[bool, str]:
    """Check the room on the disk."""
    left = Room(free_bytes=free_bytes(data_dir), photo_bytes=USUAL_PHOTO_BYTES)
    free = _("{size} free").format(size=file_size(left.free_bytes))
    words = ngettext(
        "room for about {count} photo", "room for about {count} photos", left.photo_count
    )
    return (
        left.free_bytes >= LEAST_ROOM_BYTES,
        f"{free}, {words.format(count=count(left.photo_count))}",
    )


def _hub(settings: Settings) -> Iterator[Finding]:
    """Check whether the hub answers, and how far the clocks are apart."""
    account, _is_open = People(settings.data_dir).last()
    url = account.hub_url if account is not None else settings.hub_url
    if not url:
        yield Finding(what=_("Hub"), is_fine=True, words=_("No hub is known yet."))
        return
    try:
        session = HubSession(normal_url(url))
        try:
            at_hub = ask_health(session)
        finally:
            session.close()
    except FieldAppError as error:
        words = f"{url}: {_(error.title)} {_(error.hint)} [{error.detail}]"
        yield Finding(what=_("Hub"), is_fine=False, words=words)
        if account is not None:
            path = People(settings.data_dir).folder_of(account.name) / DATABASE
            yield _look(_("Clock"), lambda: _clock(kept_offset_ms(path)))
        return
    yield Finding(what=_("Hub"), is_fine=True, words=url)
    apart = round((at_hub - SystemClock().now()).total_seconds() * 1000)
    yield _look(_("Clock"), lambda: _clock(apart))


def _clock(offset_ms: int) -> tuple[bool, str]:
    """Say how far the clocks are apart."""
    off = correction(offset_ms)
    if off:
        return False, clock_words(off)
    seconds = round(abs(offset_ms) / 1000)
    return True, _("{seconds} s away from the hub's clock").format(seconds=seconds)


def _keyring() -> tuple[bool, str]:
    """Say where the sign-in is kept; both places are fine."""
    if has_keyring():
        return True, _("In this system's keyring.")
    return True, _("In a file that only you can read; this system has no keyring.")


def _qt() -> tuple[bool, str]:
    """Check whether Qt and its web view can be loaded."""
    if getattr(sys, "frozen", False):
        importlib.import_module("field_app.ui.start")
        return True, _("Qt can be loaded.")
    if importlib.util.find_spec("PySide6") is None:
        return False, _("Qt is not installed.")
    trial = [sys.executable, "-c", "import PySide6.QtWebEngineWidgets"]
    done = subprocess.run(  # noqa: S603 - our own Python; a crash of Qt does no harm there
        trial, capture_output=True, text=True, timeout=QT_TRIAL_S, check=False
    )
    if done.returncode == 0:
        return True, _("Qt can be loaded.")
    last = (done.stderr.strip().splitlines() or [f"exit code {done.returncode}"])[-1]
    return False, _("Qt cannot be loaded: {reason}").format(reason=last)


def _fonts() -> tuple[bool, str]:
    """Check whether the Thai font came with the program."""
    missing = []
    for name in FONTS:
        try:
            resource("fonts", name)
        except FileNotFoundError:
            missing.append(name)
    return not missing, ", ".join(missing) or "Sarabun"


def _basemap(settings: Settings) -> tuple[bool, str]:
    """Check whether the map can be read."""
    try:
        path = settings.basemap or resource("basemap", "bangkok.mbtiles")
    except FileNotFoundError:
        return False, _("The program came without a map.")
    with open_package(path):
        return True, str(path)
