"""What the program remembers of people: who is here, who was, and what became of their work."""

import logging

from field_app.desks import DATABASE
from field_app.domain.errors import StoreFailed
from field_app.domain.farewell import Farewell
from field_app.domain.people import Person
from field_app.farewell import Farewells
from field_app.packs.carrying import copies_in
from field_app.queries.desk import CARRIED
from field_app.store.health import taken_packs, unsent_count
from field_app.store.people import Account, People, account_name
from field_app.store.rescue import Rescued

log = logging.getLogger(__name__)


class Remembered:
    """The part of the program that answers from memory."""

    def __init__(self, people: People, farewells: Farewells, offered_url: str) -> None:
        """Remember what lies in the data folder.

        Args:
            people: Who signed in here.
            farewells: Whose computer was blocked.
            offered_url: The hub's address before the first sign-in; may be empty.
        """
        self._people = people
        self._farewells = farewells
        self._offered_url = offered_url
        self._last: Account | None = None
        self._account: Account | None = None
        self.rescued: Rescued | None = None
        """What was saved from a damaged database; None when it was sound, or after it was said."""

    @property
    def person(self) -> Person | None:
        """Return who is signed in, or None."""
        return None if self._account is None else self._account.person

    @property
    def hub_url(self) -> str:
        """Return the hub's address, or the offered one before the first sign-in."""
        return self._offered_url if self._last is None else self._last.hub_url

    @property
    def last_username(self) -> str:
        """Return who signed in last; empty before the first sign-in."""
        return "" if self._last is None else self._last.person.username

    @property
    def known_people(self) -> tuple[Person, ...]:
        """Return who signed in here before at the same hub; empty before the first sign-in."""
        return () if self._last is None else self._people.all_at(self._last.hub_url)

    def unsent_counts(self) -> dict[str, int]:
        """Return how much everybody who signed in here has that is not at the hub, by user name.

        A colleague's pack that somebody carries counts as one thing.

        Read from their folders without opening them; slow. Who cannot be read is left out.
        """
        counts: dict[str, int] = {}
        for person in self.known_people:
            name = account_name(person.username, self.hub_url)
            try:
                folder = self._people.folder_of(name)
                copies = {path.stem for path in copies_in(folder / CARRIED)}
                carried = copies - taken_packs(folder / DATABASE) if copies else copies
                counts[person.username] = unsent_count(folder / DATABASE) + len(carried)
            except StoreFailed as error:
                log.warning("the work of %s cannot be counted: %s", name, error.detail)
        return counts

    @property
    def farewell(self) -> Farewell | None:
        """Return what became of a computer that the hub blocked, until that person is back."""
        return self._farewells.last()

    def pop_rescue(self) -> int | None:
        """Return once how many operations damage gave up, else None; ask when all changed."""
        rescued, self.rescued = self.rescued, None
        return None if rescued is None else rescued.operations
