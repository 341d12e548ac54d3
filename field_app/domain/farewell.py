"""What is known of the farewell of an account on a computer that the hub blocked."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Farewell:
    """How far the farewell of one account is."""

    account: str
    person_name: str
    file: str
    """The rescue pack; empty when nothing was unsent."""
    operations: int = 0
    photos: int = 0
    is_sealed: bool = False
    is_wiped: bool = False
    carried: int = 0
    """Packs of colleagues that lie beside the own one now."""
    packs_folder: str = ""
    """Where they all lie; empty in a record of before."""
    is_damaged: bool = False
    """Whether a record of it could not be read: there may be packs that are not named here."""

    @property
    def path(self) -> Path | None:
        """Return the rescue pack's file, or None when nothing was unsent."""
        return Path(self.file) if self.file else None

    @property
    def folder(self) -> Path | None:
        """Return where there is something for IT; None when there is nothing."""
        if self.path is not None:
            return self.path.parent
        return Path(self.packs_folder) if self.carried or self.is_damaged else None
