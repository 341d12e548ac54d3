"""Mutants: the program with one thing done wrong; the storm must notice each of them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Any, Final
from unittest.mock import patch

from sqlalchemy import false, select

from field_app.domain import replay
from field_app.domain.errors import NotTheHub
from field_app.domain.verdict import Outcome, Reason, Verdict
from field_app.hub import database as hub_database
from field_app.hub import tables
from field_app.hub.service import feed, ledger
from field_app.hub.service import tickets as hub_tickets
from field_app.hub.service import uploads as hub_uploads
from field_app.hub.service.runs import Runs
from field_app.hub.service.vault import Vault as HubVault
from field_app.photos.vault import Vault
from field_app.store import copies, delivered, outbox, sync_state, turns, uploads
from field_app.store import tickets as store_tickets
from field_app.store.database import Database
from field_app.sync import push as push_module
from field_app.sync import sending
from tests.storm import pack_mutants as packs
from tests.storm.evidence_mutants import first_pair_stays, marks_pile_up, retake_replaces
from tests.storm.pack_mutants import Patch, no_idempotency, nothing
from tests.storm.pins_mutants import citizens_point_gone, first_move_wins
from tests.storm.road_mutants import copy_counted, copy_delivers


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """One thing done wrong."""

    words: str
    """What is wrong, as a sentence."""
    seed: int
    """From which on the storm is tried; the first histories should do."""
    patches: Callable[[], tuple[Patch, ...]]

    @contextmanager
    def lives(self) -> Iterator[None]:
        """Break the program for a while."""
        with ExitStack() as stack:
            for room, name, broken in self.patches():
                stack.enter_context(patch.object(room, name, broken))
            yield


def _cursor_first() -> tuple[Patch, ...]:
    real = store_tickets.accept

    def accept(db: Database, arrivals: Any, removed: Any, cursor: str, *rest: Any) -> Any:
        with db.atomic():
            sync_state.put(db, sync_state.CURSOR, cursor)
        return real(db, arrivals, removed, cursor, *rest)

    return ((store_tickets, "accept", accept),)


def _gone_when_sent() -> tuple[Patch, ...]:
    real = outbox.next_batch

    def next_batch(db: Database, *rest: Any) -> Any:
        batch = real(db, *rest)
        with db.atomic():
            db.run_many("DELETE FROM outbox WHERE id = ?", [(o.id,) for o in batch])
        return batch

    return ((outbox, "next_batch", next_batch),)


def _receipt_apart() -> tuple[Patch, ...]:
    real = outbox.settle

    def settle(db: Database, verdict: Verdict, *rest: Any) -> Any:
        if verdict.is_as_meant:
            with db.atomic():
                db.run("DELETE FROM outbox WHERE id = ?", (verdict.operation_id,))
        return real(db, verdict, *rest)

    return ((outbox, "settle", settle),)


def _hash_unchecked() -> tuple[Patch, ...]:
    def finish(self: Any, row: Any) -> bool:
        part = self._vault.part(row.upload_id)
        with self._database.write() as connection:
            if not self._vault.has(row.sha256):
                self._vault.keep(part, row.sha256)
            self._settle(connection, row.upload_id, row)
        part.unlink(missing_ok=True)
        return True

    return ((hub_uploads.Uploads, "_finish", finish),)


def _portal_believed() -> tuple[Patch, ...]:
    real = push_module._send

    def send(site: Any, tally: Any, part: Any) -> None:
        try:
            real(site, tally, part)
        except NotTheHub:
            for operation in part:
                verdict = Verdict(operation_id=operation.id, outcome=Outcome.APPLIED)
                outbox.settle(site.desk.db, verdict, site.now())
            raise

    return ((push_module, "_send", send),)


def _dropped_at_401() -> tuple[Patch, ...]:
    def give_back(db: Database, ids: Any) -> None:
        with db.atomic():
            db.run_many("DELETE FROM outbox WHERE id = ?", [(i,) for i in ids])

    return ((turns, "give_back", give_back),)


def _overtaking() -> tuple[Patch, ...]:
    real = turns._waiting

    def ready(db: Database, now: Any, limit: int) -> list[str]:
        found = [row for row in real(db) if turns._ready_at(row[2], row[3], now) <= now]
        return [row[0] for row in reversed(found)][:limit]

    return ((turns, "ready", ready),)


def _refusals_dropped() -> tuple[Patch, ...]:
    def settle(db: Database, verdict: Verdict, *rest: Any) -> Any:
        return real(db, replace(verdict, outcome=Outcome.APPLIED, reason=None), *rest)

    real = outbox.settle
    return ((outbox, "settle", settle),)


def _gone_with_ticket() -> tuple[Patch, ...]:
    real = copies.remove

    def remove(db: Database, ids: Any) -> None:
        for ticket_id in ids:
            db.run("DELETE FROM outbox WHERE ticket_id = ?", (ticket_id,))
        real(db, ids)

    return ((copies, "remove", remove),)


def _arrived_at_once() -> tuple[Patch, ...]:
    return ((sending._Way, "go", lambda way, _rest: way._create()),)


def _undo_after_sending() -> tuple[Patch, ...]:
    def take_out(db: Database, operation_id: Any) -> bool:
        db.run("DELETE FROM uploads WHERE operation_id = ?", (operation_id,))
        return bool(db.run("DELETE FROM outbox WHERE id = ?", (operation_id,)))

    return ((outbox, "take_out", take_out),)


def _clock_believed() -> tuple[Patch, ...]:
    def ready_at(made_at: Any, not_before: Any, _now: Any) -> Any:
        moment = made_at + turns.UNDO_WINDOW
        return moment if not_before is None else max(moment, not_before)

    return ((turns, "_ready_at", ready_at),)


def _rules_unchecked() -> tuple[Patch, ...]:
    def apply(ticket: Any, operation: Any, actor: Any) -> Any:
        with patch.object(replay, "_why_moved_on", lambda *_: None):
            try:
                return replay.apply(ticket, operation, actor)
            except KeyError:
                return replay.Refused(reason=Reason.MOVED_ON)

    return ((ledger, "apply", apply),)


def _removals_untold() -> tuple[Patch, ...]:
    return ((feed, "_REMOVALS", feed._REMOVALS.where(false())),)


def _report_complete_early() -> tuple[Patch, ...]:
    real = ledger._announce

    def announce(connection: Any, operation: Any, work: Any) -> None:
        real(connection, operation, work)
        photo = select(tables.photo).where(tables.photo.c.id == work.photo_id)
        row = connection.execute(photo).one()
        hub_tickets.mark_arrived(connection, row, operation.made_at)

    return ((ledger, "_announce", announce),)


def _hub_commits_later() -> tuple[Patch, ...]:
    real = hub_database._prepare_sqlite

    def prepare(connection: Any, record: object) -> None:
        real(connection, record)
        connection.execute("PRAGMA synchronous = NORMAL")

    return ((hub_database, "_prepare_sqlite", prepare),)


def _laptop_commits_later() -> tuple[Patch, ...]:
    real = Database._begin

    def begin(self: Database, *, is_durable: bool) -> None:
        real(self, is_durable=is_durable and False)

    return ((Database, "_begin", begin),)


def _hub_photo_unsynced() -> tuple[Patch, ...]:
    return (
        (hub_uploads, "sync_file", lambda part: part.stat()),
        (hub_uploads, "sync_folder", nothing),
        (HubVault, "confirm", nothing),
    )


def _laptop_photo_unsynced() -> tuple[Patch, ...]:
    def settle(_self: Vault, file: Any, temporary: Any, place: Any) -> None:
        file.close()
        place.parent.mkdir(exist_ok=True)
        temporary.replace(place)

    return ((Vault, "_settle", settle),)


def _photo_before_row() -> tuple[Patch, ...]:
    return ((uploads, "release", nothing),)


def _swept_too_much() -> tuple[Patch, ...]:
    real = Vault.sweep

    def sweep(self: Vault, _keep: Any, before: Any) -> int:
        return real(self, frozenset(), before)

    return ((Vault, "sweep", sweep),)


def _one_run() -> tuple[Patch, ...]:
    def begin(self: Any) -> None:
        self.current = "always"

    return ((Runs, "begin", begin),)


def _words_forgotten() -> tuple[Patch, ...]:
    return ((delivered, "keep", nothing),)


MUTANTS: Final[Mapping[str, Mutant]] = {
    name: Mutant(words=words, seed=seed, patches=patches)
    for name, words, seed, patches in (
        ("twice", "The hub applies an operation again that it has.", 1, no_idempotency),
        ("cursor first", "The laptop commits the cursor before the jobs.", 45, _cursor_first),
        ("gone when sent", "Work leaves the outbox when it is sent.", 1, _gone_when_sent),
        ("receipt apart", "Work leaves the outbox before its receipt.", 1, _receipt_apart),
        ("hash unchecked", "The hub takes a photo without its hash.", 88, _hash_unchecked),
        ("portal believed", "An answer of something else delivers.", 80, _portal_believed),
        ("dropped at 401", "A sign-in that is over drops work.", 1, _dropped_at_401),
        ("overtaking", "The newest work goes first.", 1, _overtaking),
        ("refusals dropped", "What the hub refuses or only records is forgotten.", 1,
         _refusals_dropped),
        ("gone with the job", "A job that leaves takes unsent work along.", 1, _gone_with_ticket),
        ("arrived at once", "A photo is delivered once it is announced.", 1, _arrived_at_once),
        ("undo after sending", "Undo takes back what has left.", 250, _undo_after_sending),
        ("clock believed", "Waiting trusts the laptop's clock.", 1, _clock_believed),
        ("rules unchecked", "The hub applies what does not fit.", 1, _rules_unchecked),
        ("removals untold", "The hub does not say which jobs left.", 1, _removals_untold),
        ("complete early", "A report counts photos that have not come.", 1,
         _report_complete_early),
        ("hub syncs later", "The hub answers before its disk has it.", 1, _hub_commits_later),
        ("laptop syncs later", "The screen says saved before the disk has it.", 1,
         _laptop_commits_later),
        ("hub's photo unsynced", "The hub does not sync photos.", 1, _hub_photo_unsynced),
        ("laptop's photo unsynced", "The laptop does not sync photos.", 1, _laptop_photo_unsynced),
        ("photo never sent", "A photo is not released after its operation.", 1, _photo_before_row),
        ("swept too much", "A start removes photos that are still needed.", 1, _swept_too_much),
        ("restore unnoticed", "A restored hub is taken for the one that it was.", 90, _one_run),
        ("words forgotten", "The laptop forgets work with its receipt.", 90, _words_forgotten),
        ("outcome untold", "A laptop is not told what a restored hub made of its work.", 42982,
         packs.outcome_untold),
        ("pack twice", "A pack is imported without a look at what is there.", 1, packs.pack_twice),
        ("packed too little", "A pack leaves the newest work out.", 1, packs.packed_too_little),
        ("packed without photos", "A pack has no photos.", 1, packs.packed_without_photos),
        ("wiped unsealed", "A blocked laptop is wiped unsealed.", 1, packs.wiped_unsealed),
        ("packs unsynced", "A pack is called saved before it is.", 115, packs.packs_unsynced),
        ("carried once", "A carried pack goes whatever the hub answers.", 190, packs.carried_once),
        ("undo after packing", "Undo takes back what is packed.", 1, packs.undo_after_packing),
        ("rest unheeded", "Work is sent that is to rest.", 1, packs.rest_unheeded),
        ("photos unheeded", "Photos are sent that are to rest.", 105, packs.photos_unheeded),
        ("dropped at rest", "Photos at rest are forgotten.", 145, packs.photos_dropped_at_rest),
        ("copy counted", "The hub takes a screen copy for the original.", 1, copy_counted),
        ("copy delivers", "A laptop takes a screen copy for delivery.", 1, copy_delivers),
        ("citizen's point gone", "A moved pin leaves no trace of the citizen's point.", 1,
         citizens_point_gone),
        ("first move wins", "A pin that was moved once stays where it is.", 1, first_move_wins),
        ("marks pile up", "Earlier marks stay below the new ones.", 360, marks_pile_up),
        ("first pair stays", "A pair that a person chose changes nothing.", 1, first_pair_stays),
        ("retake replaces", "A photo leaves its job when it is taken again.", 1, retake_replaces),
        ("never resumed", "What rested once is never sent again.", 1, packs.never_resumed),
    )
}  # fmt: skip
