"""Mutants of moved pins: a point that is forgotten, or a move that is not heard."""

from dataclasses import replace
from typing import Any

from field_app.domain.ticket import Ticket
from tests.storm.pack_mutants import Patch


def citizens_point_gone() -> tuple[Patch, ...]:
    """Move a pin and keep nothing of where it stood."""

    def with_pin_at(self: Ticket, place: Any, _reason: str) -> Ticket:
        return replace(self, place=place)

    return ((Ticket, "with_pin_at", with_pin_at),)


def first_move_wins() -> tuple[Patch, ...]:
    """Leave a pin where it was moved first."""
    real = Ticket.with_pin_at

    def with_pin_at(self: Ticket, place: Any, reason: str) -> Ticket:
        return self if self.moved_pin is not None else real(self, place, reason)

    return ((Ticket, "with_pin_at", with_pin_at),)
