"""The roll call: a laptop names what the hub gave it receipts for, and hears what became of it.

A hub has a *run* for each of its starts. A laptop says which run it agreed with last. When the hub
is in another one, it may have been restored from a backup: the laptop asks before all else.
"""

from dataclasses import dataclass
from typing import Final

from field_app.domain.ids import OperationId, PhotoId

RUN_HEADER: Final = "Field-App-Run"
"""In a request: the run that the laptop agreed with last. In an answer: the hub's run."""
OTHER_RUN: Final = 412
"""HTTP status of a question that names another run than the hub's."""
NAMED_AT_ONCE: Final = 20_000
"""Operations, and photos, of one question at most; more are asked about in several."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RollCall:
    """`POST /roll-call`: where this laptop stands, and what the hub should hold of its work."""

    run: str
    """The hub's run that the laptop agreed with last; empty when it never did."""
    revision: int
    """The newest revision that the laptop was told of; 0 for none."""
    cursor: str
    """Where its pull goes on; empty for a pull of everything."""
    operations: tuple[OperationId, ...] = ()
    photos: tuple[PhotoId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """The answer: what of it the hub lacks, or holds otherwise than as it was meant."""

    run: str
    """The hub's run now."""
    is_whole: bool
    """Whether the hub's history goes on from where the laptop stands, so that nothing is lost."""
    operations: tuple[OperationId, ...] = ()
    """Of those that were named, in the same order."""
    photos: tuple[PhotoId, ...] = ()
    """Of those that were named: unknown, or without their bytes."""
    recorded: tuple[OperationId, ...] | None = None
    """Of the operations that were named and are here: those that are only recorded, as their
    tickets had moved on when they came. None from an older hub, which does not say."""
