"""Operations up: batch after batch, each verdict taken in at once; one bad item stops no other."""

from field_app.domain.errors import (
    FieldAppError,
    HubBusy,
    HubRefused,
    NoConnection,
    SignedOut,
    TooLarge,
    Unreachable,
)
from field_app.domain.operation import Operation
from field_app.hub_client.hub import OtherRunError
from field_app.protocol.codec import dump_operation
from field_app.protocol.messages import BATCH_LIMIT, OperationBatch
from field_app.queries.desk import honest_now
from field_app.store import outbox, turns
from field_app.sync.site import Site, Tally, note_answer
from field_app.sync.timing import next_try

BATCH_BYTES = 256 * 1024
"""Largest batch; previews make operations heavy, and a short request survives a bad network."""


def push(site: Site, tally: Tally) -> None:
    """Send everything that is ready.

    Raises:
        Unreachable: No answer; what was under way waits and may be sent again.
        SignedOut: Nothing changed; nor by OtherRunError.
        HubBusy: The hub asks to wait; so do the operations.
        StoreFailed: This laptop's disk.
    """
    while batch := outbox.next_batch(site.desk.db, site.now(), BATCH_LIMIT):
        site.check()
        postponed = tally.postponed
        for part in _parts(batch):
            _send(site, tally, part)
            if tally.postponed > postponed:
                break  # later parts may hold later work on what waits now: look again


def _parts(batch: tuple[Operation, ...]) -> list[tuple[Operation, ...]]:
    """Return the batch in its order, cut into pieces of at most `BATCH_BYTES`."""
    parts: list[list[Operation]] = []
    room = 0
    for operation in batch:
        size = len(dump_operation(operation))
        if not parts or size > room:
            parts.append([])
            room = BATCH_BYTES
        parts[-1].append(operation)
        room -= size
    return [tuple(part) for part in parts]


def _send(site: Site, tally: Tally, part: tuple[Operation, ...]) -> None:
    """Send some operations and do what the verdicts say."""
    try:
        verdicts = site.hub.send(OperationBatch(operations=part))
    except (HubRefused, TooLarge) as error:
        _after_refusal(site, tally, part, error)
        return
    except (SignedOut, OtherRunError):
        turns.give_back(site.desk.db, [operation.id for operation in part])
        raise
    except (Unreachable, HubBusy) as error:
        _postpone(site, tally, part, error)
        raise
    for verdict in verdicts.results:
        tally.delivered += verdict.is_as_meant
        tally.parked += not verdict.is_as_meant
        site.tell(outbox.settle(site.desk.db, verdict, honest_now(site.desk)))
    note_answer(site, tally)


def _after_refusal(
    site: Site, tally: Tally, part: tuple[Operation, ...], error: HubRefused | TooLarge
) -> None:
    """Find the operation because of which the whole request was refused; it waits alone."""
    tally.trouble = error
    if len(part) == 1:
        _postpone(site, tally, part, error)
        return
    stuck: set[str] = set()
    for operation in part:
        if operation.ticket_id in stuck:
            _postpone(site, tally, (operation,), error)
            continue
        postponed = tally.postponed
        _send(site, tally, (operation,))
        if tally.postponed > postponed:
            stuck.add(operation.ticket_id)


def _postpone(site: Site, tally: Tally, part: tuple[Operation, ...], error: FieldAppError) -> None:
    """Let operations wait for another try."""
    ids = [operation.id for operation in part]
    attempts = outbox.attempts(site.desk.db, ids) + 1
    not_before = next_try(site.now(), attempts, site.chance(), error.wait_s)
    was_sent = not isinstance(error, NoConnection)
    outbox.postpone(site.desk.db, ids, not_before, type(error).__name__, was_sent=was_sent)
    tally.postponed += len(ids)
