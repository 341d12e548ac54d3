"""The people who signed in on this laptop: a folder each, and who was last."""

import hashlib
import hmac
import logging
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson

from field_app.domain.errors import StoreDamaged, StoreFailed
from field_app.domain.ids import CrewId, DeviceId, PersonId
from field_app.domain.people import Person, Role
from field_app.protocol.codec import dump
from field_app.store.errors import our_error
from field_app.store.folders import sync_folder
from field_app.store.small_file import read_json, write_json

log = logging.getLogger(__name__)

SCRYPT: Final[dict[str, int]] = {"n": 2**14, "r": 8, "p": 1, "maxmem": 64 * 1024 * 1024}
"""Costs of checking a password without the hub (RFC 7914), about 50 ms."""
OWNER_ONLY: Final = 0o700


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person at a hub, as this laptop remembers them."""

    person: Person
    hub_url: str
    device_id: DeviceId
    verifier: str
    """Salt and scrypt hash of the password, to open work without the network."""

    @property
    def name(self) -> str:
        """Return the account's name, which is also its folder's."""
        return account_name(self.person.username, self.hub_url)


def account_name(username: str, hub_url: str) -> str:
    """Return the name of a person's folder: no character of it can lead elsewhere."""
    plain = "".join(c if c.isascii() and c.isalnum() else "_" for c in username)[:40]
    return f"{plain}@{hashlib.sha256(f'{username} {hub_url}'.encode()).hexdigest()[:12]}"


def verifier_of(password: str) -> str:
    """Return salt and hash of a password."""
    salt = secrets.token_bytes(16)
    return f"{salt.hex()}${_hash(password, salt).hex()}"


def is_password(password: str, verifier: str) -> bool:
    """Return whether `password` is the one that `verifier` was made of."""
    salt, _, digest = verifier.partition("$")
    return hmac.compare_digest(_hash(password, bytes.fromhex(salt)).hex(), digest)


class People:
    """The folder `people` of a data folder."""

    def __init__(self, data_dir: Path) -> None:
        """Use `people` below `data_dir`; both are made when missing.

        Raises:
            StoreFailed: They cannot be made.
        """
        self.folder = data_dir / "people"
        self._last = data_dir / "last.json"
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY)
        except OSError as error:
            raise StoreFailed(f"{type(error).__name__} at the data folder") from error

    def folder_of(self, name: str) -> Path:
        """Return an account's folder."""
        return self.folder / name

    def remember(self, account: Account) -> None:
        """Keep an account.

        Raises:
            StoreFailed: It cannot be written.
        """
        folder = self.folder_of(account.name)
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY)
        except OSError as error:
            raise our_error(error) from error
        write_json(folder / "person.json", dump(account))
        try:
            for above in (self.folder, self.folder.parent):
                sync_folder(above)  # else a power cut takes the whole folder, work and all
        except OSError as error:
            raise our_error(error) from error

    def recall(self, name: str) -> Account | None:
        """Return a remembered account, or None; one that cannot be read must sign in again."""
        try:
            plain = read_json(self.folder_of(name) / "person.json")
            if plain is None:
                return None
            person = plain["person"]
            bytes.fromhex(plain["verifier"].partition("$")[0])
            return Account(
                person=Person(
                    id=PersonId(person["id"]),
                    username=person["username"],
                    name=person["name"],
                    role=Role(person["role"]),
                    crew_id=None if person["crew_id"] is None else CrewId(person["crew_id"]),
                ),
                hub_url=plain["hub_url"],
                device_id=DeviceId(plain["device_id"]),
                verifier=plain["verifier"],
            )
        except (StoreDamaged, AttributeError, KeyError, TypeError, ValueError) as error:
            log.warning("the remembered person %s cannot be read: %s", name, type(error).__name__)
            return None

    def all_at(self, hub_url: str) -> tuple[Person, ...]:
        """Return everybody who signed in here at a hub, by name; a damaged file is left out."""
        accounts = (self.recall(folder.name) for folder in self.folder.iterdir())
        found = [a.person for a in accounts if a is not None and a.hub_url == hub_url]
        return tuple(sorted(found, key=lambda person: (person.name, person.username)))

    def note_last(self, name: str, *, is_open: bool) -> None:
        """Remember who was here last, and whether they are still signed in.

        Raises:
            StoreFailed: It cannot be written.
        """
        write_json(self._last, orjson.dumps({"account": name, "is_open": is_open}))

    def last(self) -> tuple[Account | None, bool]:
        """Return who was here last, and whether they are still signed in.

        When the file cannot be read, nobody was: whoever comes signs in again.
        """
        try:
            plain = read_json(self._last)
        except StoreDamaged as error:
            log.warning("who was here last cannot be read: %s", error)
            plain = None
        if plain is None:
            return None, False
        account = self.recall(str(plain.get("account", "")) or "nobody")
        return account, account is not None and plain.get("is_open") is True


def _hash(password: str, salt: bytes) -> bytes:
    """Return the scrypt hash of a password."""
    return hashlib.scrypt(password.encode(), salt=salt, dklen=32, **SCRYPT)
