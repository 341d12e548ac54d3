"""How far the farewells of blocked accounts are: one small file each, `farewell/ACCOUNT.json`."""

import logging
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from field_app.domain.errors import StoreDamaged
from field_app.domain.farewell import Farewell
from field_app.protocol.codec import dump
from field_app.store.errors import store_errors
from field_app.store.folders import make_folder, sync_folder
from field_app.store.people import OWNER_ONLY
from field_app.store.small_file import read_json, write_json

log = logging.getLogger(__name__)
_KINDS: Final = {fact.name: fact.type for fact in fields(Farewell)}


class FarewellRecords:
    """The folder of records."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which is made when the first record is written."""
        self._folder = folder

    def all(self) -> tuple[Farewell, ...]:
        """Return all, the one written last at the end; of a damaged one only whose it is."""
        files = sorted(self._folder.glob("*.json"), key=_written_at)
        return tuple(known for known in map(_read, files) if known is not None)

    def of(self, account_name: str) -> Farewell | None:
        """Return an account's, or None when there is none; of a damaged one only whose it is."""
        return _read(self._file(account_name))

    def write(self, farewell: Farewell) -> None:
        """Keep how far a farewell is; the former record or this one survives a power cut.

        Raises:
            StoreFailed: The disk.
        """
        with store_errors():
            make_folder(self._folder, OWNER_ONLY)
        write_json(self._file(farewell.account), dump(farewell))

    def forget(self, account_name: str) -> None:
        """Remove an account's record; repeatable.

        Raises:
            StoreFailed: The disk.
        """
        with store_errors():
            if self._folder.is_dir():
                self._file(account_name).unlink(missing_ok=True)
                sync_folder(self._folder)

    def _file(self, account_name: str) -> Path:
        """Return where an account's record is."""
        return self._folder / f"{account_name}.json"


def _written_at(file: Path) -> float:
    """Return when a file was written, for the order; 0 when nobody knows."""
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0


def _read(file: Path) -> Farewell | None:
    """Return the farewell in a record; None when there is none."""
    try:
        plain = read_json(file)
        return None if plain is None and not file.is_file() else _checked(plain, file.stem)
    except StoreDamaged as error:
        log.warning("the record of a farewell cannot be read: %s", error.detail)
        plain_name = file.stem.partition("@")[0]
        return Farewell(account=file.stem, person_name=plain_name, file="", is_damaged=True)


def _checked(plain: dict[str, Any] | None, account: str) -> Farewell:
    """Return the farewell of an account that a record's JSON has.

    Raises:
        StoreDamaged: It has none.
    """
    try:
        known = Farewell(**(plain or {}))
    except TypeError as error:
        raise StoreDamaged("the record of a farewell has other facts") from error
    kinds = {fact.name: type(getattr(known, fact.name)) for fact in fields(known)}
    if known.account != account or kinds != _KINDS:
        raise StoreDamaged("the record of a farewell is another one's")
    return known
