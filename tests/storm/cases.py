"""Cases: what a person's laptop promised about packs and pauses, kept beside what it confirmed."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from field_app.domain.ids import OperationId
from field_app.store.migrations import MIGRATIONS, _packed_work
from tests.storm.chance import Chance
from tests.storm.older import OLDEST

PART: Final = 0.4
"""Part of the histories in which packs are made, laptops are blocked, and work rests."""
KNOWS_PACKS: Final = MIGRATIONS.index(_packed_work) + 1
"""The first version whose database knows of packs and pauses."""
MANY: Final = 1_000_003
OWN_STREAM: Final = 1
"""With `MANY`, leads from a seed to that of the second stream of chance. Chosen so that the days of
the oldest seeds in `test_seeds` stay as they were: nothing of all this happens in them."""


@dataclass(slots=True)
class Case:
    """One person on one laptop."""

    rests: frozenset[str] | None = frozenset()
    """What they let rest, as it was confirmed; None when the power failed in the middle of it."""
    is_blocked: bool = False
    """Whether the hub blocked the laptop, which may not know it yet."""
    key: str = ""
    """The rescue key that a blocked laptop had."""
    decided: set[OperationId] = field(default_factory=set)
    """About what they had decided when somebody looked last."""
    told: set[OperationId] = field(default_factory=set)
    """About what they had decided when their laptop was wiped."""
    sealed: dict[str, frozenset[OperationId]] = field(default_factory=dict)
    """Packs that lay on the laptop when it was wiped: file name and what is in it."""
    former: set[OperationId] = field(default_factory=set)
    """What was done before the laptop was wiped, and stands on it no more."""
    refused: set[OperationId] = field(default_factory=set)
    """What the hub refused out of a pack, before the eyes of IT."""
    carried: dict[str, frozenset[OperationId]] = field(default_factory=dict)
    """Colleagues' packs that this laptop took along: sha256, and what is in each."""
    saved: dict[str, str] = field(default_factory=dict)
    """Packs that it said are saved: file name and sha256."""

    @property
    def told_elsewhere(self) -> set[OperationId]:
        """Return what needs neither be at the hub nor lie before its person any more."""
        return self.told | (self.refused & self.former)

    @property
    def elsewhere(self) -> set[OperationId]:
        """Return what needs not be on the laptop or at the hub."""
        return self.told.union(*self.sealed.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Stick:
    """A pack's file that lies where nothing happens to it."""

    path: Path
    maker: str
    """Username."""
    passphrase: str = ""
    """Opens it; empty when only the hub can."""
    operations: frozenset[OperationId] = frozenset()
    is_damaged: bool = False


class Depot:
    """What there is of packs outside of all laptops, and a stream of chance for all this."""

    def __init__(self, seed: int, folder: Path) -> None:
        """Begin the day without a pack.

        Args:
            seed: The history's.
            folder: Where sticks lie; not made here.
        """
        self.chance = Chance(seed * MANY + OWN_STREAM)
        self.has_packs = self.chance.happens(PART)
        self.folder = folder
        self.sticks: list[Stick] = []
        self.imported: set[OperationId] = set()
        """What the hub said it took out of packs."""
        self.was_restored = False
        self.oldest = OLDEST
        """The oldest version from which a laptop of this town can be updated."""
        self.wipes: list[int] = []
        """When laptops were wiped, in milliseconds of the town's clock."""
        self._count = 0

    def count(self) -> int:
        """Return a number that no pack has."""
        self._count += 1
        return self._count
