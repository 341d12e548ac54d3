"""Makers: whether an operation was made by the person who brings it, on a device of theirs."""

import hashlib

from sqlalchemy import Connection, insert, select

from field_app.domain.clock import to_stamp
from field_app.domain.operation import Operation
from field_app.domain.people import Person
from field_app.hub import tables


def devices_of(connection: Connection, person: Person) -> frozenset[str]:
    """Return every device on which a person ever signed in.

    Work that was made before a new sign-in keeps the device's earlier id and must still arrive.
    """
    owned = select(tables.device.c.id).where(tables.device.c.person_id == person.id)
    return frozenset(connection.execute(owned).scalars())


def is_maker(
    connection: Connection, operation: Operation, actor: Person, mine: frozenset[str]
) -> bool:
    """Return whether a person made an operation; inside a writing transaction.

    Args:
        connection: May get a device that was forgotten.
        operation: What was made.
        actor: Who brings it.
        mine: Their devices, as the hub knows them.
    """
    if operation.actor_id != actor.id:
        return False
    return operation.device_id in mine or _is_forgotten(connection, operation, actor)


def _is_forgotten(connection: Connection, operation: Operation, actor: Person) -> bool:
    """Return whether a device signed in after the backup from which the hub was restored.

    The hub knows of no such device then. What counts is the person, so it is theirs again; its
    token stays unknown.
    """
    found = select(tables.device.c.person_id).where(tables.device.c.id == operation.device_id)
    owner = connection.execute(found).scalar_one_or_none()
    if owner is None:
        at = to_stamp(operation.made_at)
        connection.execute(
            insert(tables.device).values(
                id=operation.device_id,
                person_id=actor.id,
                name="",
                token_sha256=_no_token(operation.device_id),
                signed_in_at=at,
                last_seen_at=at,
                is_revoked=False,
            )
        )
    return owner in {None, actor.id}


def _no_token(device_id: str) -> str:
    """Return what stands for the hash of a token where there is none: no token has this hash.

    Whoever names a device must not be able to choose a token for it.
    """
    return f"-{hashlib.sha256(device_id.encode()).hexdigest()[1:]}"
