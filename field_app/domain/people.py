"""People of an agency and what they may be."""

from dataclasses import dataclass
from enum import StrEnum

from field_app.domain.ids import CrewId, PersonId


class Role(StrEnum):
    """What a person is in the agency."""

    CREW = "crew"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"
    """Runs the hub; sees what a supervisor sees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who signs in."""

    id: PersonId
    username: str
    name: str
    """As shown to colleagues."""
    role: Role
    crew_id: CrewId | None = None
    """The crew of a crew member; None for others."""

    @property
    def is_supervisor(self) -> bool:
        """Whether this person may decide on finished work."""
        return self.role in {Role.SUPERVISOR, Role.ADMIN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """People who go out together."""

    id: CrewId
    name: str
