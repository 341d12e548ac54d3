"""How much of a person's work is where: read from the store for the status."""

from dataclasses import replace
from datetime import datetime

from field_app.queries.desk import Desk
from field_app.queries.packs import only_here
from field_app.store import outbox, pauses, sync_state, uploads
from field_app.sync.status import SyncStatus


def standing(desk: Desk, status: SyncStatus) -> SyncStatus:
    """Return the status with its counts read again.

    Raises:
        StoreFailed: The database cannot be read.
    """
    counts = outbox.counts(desk.db)
    total_bytes, sent_bytes = uploads.totals(desk.db)
    rests = pauses.read(desk.db)
    resting_count, resting_bytes = uploads.resting(desk.db)
    packs = only_here(desk)
    under_way = (
        {each.photo_id: each for each in uploads.open_uploads(desk.db)} if status.uploads else {}
    )
    handed = {i: sent for i, sent in status.uploads.items() if i in under_way}
    ahead = sum(max(0, sent - under_way[i].sent_bytes) for i, sent in handed.items())
    return replace(
        status,
        waiting_count=counts.waiting,
        attention_count=counts.attention,
        total_bytes=total_bytes,
        is_resting=rests.everything,
        photos_rest=rests.photos,
        resting_count=resting_count,
        resting_bytes=resting_bytes,
        sent_bytes=min(total_bytes, sent_bytes + ahead),
        pack_count=len(packs),
        pack_bytes=sum(packs.values()),
        uploads=handed,
        last_success_at=sync_state.honest_success_at(desk.db),
        clock_offset_ms=sync_state.clock_offset_ms(desk.db),
        must_sign_in=sync_state.must_sign_in(desk.db),
    )


def earliest_try(desk: Desk) -> datetime | None:
    """Return when the next thing that waits may be tried; None when nothing waits.

    Raises:
        StoreFailed: The database cannot be read.
    """
    return outbox.earliest_wait(desk.db, desk.clock.now())
