"""Mutants of what people do with photos: something overwritten too little, or too much."""

from dataclasses import replace
from typing import Any

from field_app.domain import replay
from field_app.domain.operation import AddPhoto, MarkPhoto, PairPhoto
from tests.storm.pack_mutants import Patch

_worked = replay._worked


def marks_pile_up() -> tuple[Patch, ...]:
    """Let earlier marks stay below the new ones."""

    def worked(ticket: Any, operation: Any) -> Any:
        work = operation.work
        if isinstance(work, MarkPhoto):
            before = next((p.marks for p in ticket.photos if p.id == work.photo_id), ())
            operation = replace(operation, work=replace(work, marks=(*before, *work.marks)))
        return _worked(ticket, operation)

    return ((replay, "_worked", worked),)


def first_pair_stays() -> tuple[Patch, ...]:
    """Let the pair that the program proposed stay, whatever a person says."""

    def worked(ticket: Any, operation: Any) -> Any:
        is_said = isinstance(operation.work, PairPhoto)
        return ticket if is_said else _worked(ticket, operation)

    return ((replay, "_worked", worked),)


def retake_replaces() -> tuple[Patch, ...]:
    """Take the earlier photo out of its job when it is taken again."""

    def worked(ticket: Any, operation: Any) -> Any:
        changed = _worked(ticket, operation)
        if not isinstance(operation.work, AddPhoto) or operation.work.retakes is None:
            return changed
        kept = tuple(p for p in changed.photos if p.id != operation.work.retakes)
        return replace(changed, photos=kept)

    return ((replay, "_worked", worked),)
