"""How far the farewells of blocked accounts are: one small file each, `farewell/ACCOUNT.json`."""

from pathlib import Path

from field_app.domain.errors import StoreDamaged
from field_app.domain.farewell import Farewell
from field_app.protocol.codec import dump
from field_app.store.errors import store_errors
from field_app.store.people import OWNER_ONLY
from field_app.store.small_file import read_json, write_json


class FarewellRecords:
    """The folder of records."""

    def __init__(self, folder: Path) -> None:
        """Use `folder`, which is made when the first record is written."""
        self._folder = folder

    def all(self) -> tuple[Farewell, ...]:
        """Return all, the one written last at the end.

        Raises:
            StoreDamaged: One cannot be read.
        """
        if not self._folder.is_dir():
            return ()
        files = sorted(self._folder.glob("*.json"), key=lambda path: path.stat().st_mtime)
        return tuple(known for known in map(_read, files) if known is not None)

    def of(self, account_name: str) -> Farewell | None:
        """Return an account's, or None when there is none.

        Raises:
            StoreDamaged: It cannot be read.
        """
        return _read(self._file(account_name))

    def write(self, farewell: Farewell) -> None:
        """Keep how far a farewell is; the former record or this one survives a power cut.

        Raises:
            StoreFailed: The disk.
        """
        with store_errors():
            self._folder.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY)
        write_json(self._file(farewell.account), dump(farewell))

    def forget(self, account_name: str) -> None:
        """Remove an account's record; repeatable.

        Raises:
            StoreFailed: The disk.
        """
        with store_errors():
            self._file(account_name).unlink(missing_ok=True)

    def _file(self, account_name: str) -> Path:
        """Return where an account's record is."""
        return self._folder / f"{account_name}.json"


def _read(file: Path) -> Farewell | None:
    """Return the farewell in a record; None when there is none."""
    plain = read_json(file)
    if plain is None:
        return None
    try:
        return Farewell(**plain)
    except TypeError as error:
        raise StoreDamaged("the record of a farewell cannot be read") from error
