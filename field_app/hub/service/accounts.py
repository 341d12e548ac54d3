"""Accounts: people, crews, their devices, and who speaks when a token comes."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import Connection, Row, bindparam, insert, select, update

from field_app.domain.clock import Clock, from_stamp, to_stamp
from field_app.domain.ids import CrewId, DeviceId, PersonId, new_id
from field_app.domain.people import Crew, Person, Role
from field_app.hub import tables
from field_app.hub.database import Database
from field_app.hub.problems import HubProblem
from field_app.hub.service.ledger import SignedInPerson
from field_app.hub.settings import HubSettings
from field_app.packs.sealing import new_key
from field_app.protocol.messages import SignedIn, SignIn
from field_app.texts import mark

SEEN_EVERY: Final = timedelta(minutes=1)
"""How exactly the hub knows when a device was last seen."""
PASSWORD_LENGTH: Final = 8
"""Fewest characters of a password."""
DEVICE_NAME_LIMIT: Final = 200
"""Characters of a device's name that are kept."""
_BY_TOKEN: Final = (
    select(
        tables.person,
        tables.device.c.id.label("device_id"),
        tables.device.c.is_revoked,
        tables.device.c.last_seen_at,
    )
    .join(tables.device, tables.device.c.person_id == tables.person.c.id)
    .where(tables.device.c.token_sha256 == bindparam("digest"))
)
"""Who has a token; built once, as every request asks it."""
_SEEN: Final = (
    update(tables.device)
    .where(tables.device.c.id == bindparam("device"))
    .values(last_seen_at=bindparam("at"))
)


class AccountRefused(ValueError):
    """An account or crew cannot be made like this; the text is a msgid that says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A laptop on which somebody signed in."""

    id: DeviceId
    name: str
    """As the laptop calls itself."""
    username: str
    last_seen_at: datetime
    """To the minute."""
    is_revoked: bool


class Accounts:
    """People and devices of one hub."""

    def __init__(self, database: Database, settings: HubSettings, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._hasher = PasswordHash(
            (
                Argon2Hasher(
                    time_cost=settings.password_rounds,
                    memory_cost=settings.password_memory_kib,
                    parallelism=1,
                ),
            )
        )
        self._nobody = self._hasher.hash(secrets.token_urlsafe())

    def add_crew(self, crew_id: str, name: str) -> Crew:
        """Add a crew, or give a known one another name."""
        if not crew_id.strip() or not name.strip():
            raise AccountRefused(mark("A crew needs an id and a name."))
        known = update(tables.crew).where(tables.crew.c.id == crew_id).values(name=name)
        with self._database.write() as connection:
            if connection.execute(known).rowcount == 0:
                connection.execute(insert(tables.crew).values(id=crew_id, name=name))
        return Crew(id=CrewId(crew_id), name=name)

    def add_person(
        self, username: str, password: str, *, name: str, role: Role, crew_id: str | None = None
    ) -> Person:
        """Add somebody who may sign in.

        Raises:
            AccountRefused: The name is taken, the crew is missing, or the password is short.
        """
        if not username.strip() or not name.strip():
            raise AccountRefused(mark("A person needs a user name and a name."))
        if len(password) < PASSWORD_LENGTH:
            raise AccountRefused(mark("A password has at least 8 characters."))
        if (role is Role.CREW) != (crew_id is not None):
            raise AccountRefused(mark("A crew member needs a crew, and nobody else has one."))
        person = Person(
            id=PersonId(new_id()),
            username=username.strip(),
            name=name,
            role=role,
            crew_id=None if crew_id is None else CrewId(crew_id),
        )
        hashed = self._hasher.hash(password)
        with self._database.write() as connection:
            _check_free(connection, person)
            connection.execute(insert(tables.person).values(_row(person, hashed)))
        return person

    def set_password(self, username: str, password: str) -> Person:
        """Give somebody another password; devices that are signed in stay so.

        Raises:
            AccountRefused: There is nobody of this name, or the password is short.
        """
        if len(password) < PASSWORD_LENGTH:
            raise AccountRefused(mark("A password has at least 8 characters."))
        changed = (
            update(tables.person)
            .where(tables.person.c.username == username.strip())
            .values(password_hash=self._hasher.hash(password))
            .returning(tables.person)
        )
        with self._database.write() as connection:
            row = connection.execute(changed).one_or_none()
        if row is None:
            raise AccountRefused(mark("There is nobody of this user name."))
        return person_of(row)

    def sign_in(self, wish: SignIn) -> SignedIn:
        """Check a password and register the device.

        Raises:
            HubProblem: 401 for a wrong name or password.
        """
        username = wish.username.strip()
        known_as = username if username.isprintable() else ""
        found = select(tables.person).where(tables.person.c.username == known_as)
        with self._database.read() as connection:
            row = connection.execute(found).one_or_none()
        hashed = self._nobody if row is None else row.password_hash
        if not self._hasher.verify(wish.password, hashed) or row is None:
            raise HubProblem(401, "The user name or password is not right.")
        return self.issue_device(person_of(row), wish.device_name)

    def issue_device(self, person: Person, device_name: str) -> SignedIn:
        """Register a device and return its token, which is never told again."""
        token = secrets.token_urlsafe(32)
        device_id = DeviceId(new_id())
        rescue_key = new_key()
        now = self._clock.now()
        with self._database.write() as connection:
            connection.execute(
                insert(tables.device).values(
                    id=device_id,
                    person_id=person.id,
                    name=_printable(device_name)[:DEVICE_NAME_LIMIT],
                    token_sha256=_digest(token),
                    signed_in_at=to_stamp(now),
                    last_seen_at=to_stamp(now),
                    is_revoked=False,
                    rescue_key=rescue_key,
                )
            )
        return SignedIn(
            device_id=device_id,
            token=token,
            officer=person,
            server_time=now,
            rescue_key=rescue_key,
        )

    def who(self, token: str) -> SignedInPerson:
        """Return who speaks with this token.

        Raises:
            HubProblem: 401; `device_revoked` when the agency took the device's sign-in away.
        """
        row = self._row_of(token)
        if row.is_revoked:
            raise HubProblem(401, "This device was signed out by the agency.", device_revoked=True)
        self._see(row)
        return SignedInPerson(person=person_of(row), device_id=DeviceId(row.device_id))

    def who_was(self, token: str) -> SignedInPerson:
        """Return whose token this is or was, also of a device whose sign-in was taken away.

        Raises:
            HubProblem: 401.
        """
        row = self._row_of(token)
        return SignedInPerson(person=person_of(row), device_id=DeviceId(row.device_id))

    def _row_of(self, token: str) -> Any:
        """Return device and person of a token; 401 when the hub does not know it."""
        with self._database.read() as connection:
            row = connection.execute(_BY_TOKEN, {"digest": _digest(token)}).one_or_none()
        if row is None:
            raise HubProblem(401, "Sign in again.", "The hub does not know this token.")
        return row

    def devices(self) -> tuple[Device, ...]:
        """Return all devices that ever signed in, the last seen first."""
        found = (
            select(tables.device, tables.person.c.username)
            .join(tables.person, tables.person.c.id == tables.device.c.person_id)
            .order_by(tables.device.c.last_seen_at.desc(), tables.device.c.id)
        )
        with self._database.read() as connection:
            rows = connection.execute(found).all()
        return tuple(
            Device(
                id=DeviceId(row.id),
                name=row.name,
                username=row.username,
                last_seen_at=from_stamp(row.last_seen_at),
                is_revoked=row.is_revoked,
            )
            for row in rows
        )

    def revoke(self, device_id: str) -> None:
        """Take a device's sign-in away.

        Raises:
            AccountRefused: There is no such device.
        """
        gone = update(tables.device).where(tables.device.c.id == device_id).values(is_revoked=True)
        with self._database.write() as connection:
            if connection.execute(gone).rowcount == 0:
                raise AccountRefused(mark("There is no such device."))

    def _see(self, row: Row[tuple[object, ...]]) -> None:
        """Note, once a minute, that a device was here."""
        now = self._clock.now()
        if now - from_stamp(row.last_seen_at) < SEEN_EVERY:
            return
        with self._database.write() as connection:
            connection.execute(_SEEN, {"device": row.device_id, "at": to_stamp(now)})


def _check_free(connection: Connection, person: Person) -> None:
    """Raise AccountRefused when the user name is taken or the crew does not exist."""
    same = select(tables.person.c.id).where(tables.person.c.username == person.username)
    if connection.execute(same).one_or_none() is not None:
        raise AccountRefused(mark("This user name is taken."))
    if person.crew_id is None:
        return
    crew = select(tables.crew.c.id).where(tables.crew.c.id == person.crew_id)
    if connection.execute(crew).one_or_none() is None:
        raise AccountRefused(mark("There is no such crew."))


def _row(person: Person, password_hash: str) -> dict[str, object]:
    """Return a person's columns."""
    return {
        "id": person.id,
        "username": person.username,
        "name": person.name,
        "role": person.role.value,
        "crew_id": person.crew_id,
        "password_hash": password_hash,
    }


def person_of(row: Row[tuple[object, ...]]) -> Person:
    """Return the person in a row of `tables.person`."""
    return Person(
        id=PersonId(row.id),
        username=row.username,
        name=row.name,
        role=Role(row.role),
        crew_id=None if row.crew_id is None else CrewId(row.crew_id),
    )


def _printable(text: str) -> str:
    """Return a text without signs that would play with a terminal or a database."""
    return "".join(sign for sign in text if sign.isprintable())


def _digest(token: str) -> str:
    """Return what the hub keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
