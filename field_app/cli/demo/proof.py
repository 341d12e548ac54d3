"""The proof: compares what the laptops have with what lies on the hub's disk."""

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from field_app.domain.clock import SystemClock
from field_app.domain.ids import TicketId
from field_app.domain.ticket import TicketState
from field_app.domain.verdict import Outcome
from field_app.hub.building import open_hub
from field_app.hub.service.inventory import Inventory, inventory_of
from field_app.hub.settings import load_settings

if TYPE_CHECKING:
    from field_app.ui.demo.play import DayFacts


def report_of(facts: "DayFacts", hub_folder: Path, ticket_id: TicketId) -> dict[str, Any]:
    """Return the day's report; `failures` is empty when both sides agree.

    Args:
        facts: What the laptops know.
        hub_folder: The hub's data folder; its files are read, not what it says of them.
        ticket_id: The day's ticket.
    """
    hub = open_hub(hub_folder, load_settings(hub_folder), SystemClock())
    try:
        held = inventory_of(hub)
    finally:
        hub.close()
    photos = [_photo(photo_id, path, held) for photo_id, path in sorted(facts.photos.items())]
    operations = [
        {"id": id_, "type": kind, "at_hub": held.operations.get(id_)}
        for id_, kind in facts.operations_made
    ]
    differing = [
        id_ for id_, ticket in facts.crew_tickets.items() if held.tickets.get(id_) != ticket
    ]
    failures = [f"photo {p['id']} differs" for p in photos if p["laptop"] != p["hub"]]
    failures += [
        f"operation {o['id']} ({o['type']}) is {o['at_hub']}"
        for o in operations
        if o["at_hub"] is not Outcome.APPLIED
    ]
    failures += [f"ticket {id_} differs between crew and hub" for id_ in differing]
    final = held.tickets[ticket_id]
    if facts.supervisor_ticket != final:
        failures.append("the day's ticket differs between supervisor and hub")
    if final.state is not TicketState.FINISHED:
        failures.append(f"the day's ticket is {final.state}, not finished")
    if not photos or not operations:
        failures.append("the day made no photos or no operations")
    return {
        "tickets": {
            "at_hub": len(held.tickets),
            "on_crews_laptop": len(facts.crew_tickets),
            "first_sync": facts.tickets_synced,
            "today": facts.tickets_today,
            "differing": differing,
        },
        "photos": photos,
        "operations": operations,
        "operations_made": len(operations),
        "operations_applied": sum(o["at_hub"] is Outcome.APPLIED for o in operations),
        "bytes": {
            "outbox_before_upload": facts.bytes_waiting,
            "photos": sum(p["bytes"] for p in photos),
        },
        "failures": failures,
    }


def _photo(photo_id: Any, path: Path, held: Inventory) -> dict[str, Any]:
    """Return one photo's hashes, each computed from the file's own bytes."""
    at_hub = held.photos.get(photo_id)
    there = at_hub.path if at_hub is not None else None
    return {
        "id": photo_id,
        "bytes": path.stat().st_size,
        "laptop": hashlib.sha256(path.read_bytes()).hexdigest(),
        "hub": hashlib.sha256(there.read_bytes()).hexdigest() if there is not None else None,
    }
