"""On the road: days of an agency that wants screen copies first, and originals at the depot."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final

import orjson
from sqlalchemy import select

from field_app.actions import outbox
from field_app.domain.errors import DiskFull
from field_app.hub import tables
from field_app.hub.settings import HubSettings
from field_app.queries.desk import Desk
from tests.helpers.fakes import PowerCut
from tests.helpers.town import QUICK
from tests.storm.cases import KNOWS_PACKS, MANY
from tests.storm.chance import Chance
from tests.storm.lost import demand
from tests.storm.network import Question, heard
from tests.storm.promises import is_copy, rests_on

if TYPE_CHECKING:
    from tests.storm.machines import Laptop
    from tests.storm.people import Account
    from tests.storm.truth import HubBooks
    from tests.storm.world import World

PART: Final = 0.2
"""Part of the histories in which an agency has the policy."""
OWN_STREAM: Final = 2
"""As `cases.OWN_STREAM`, of a third stream of chance: other days are as they were."""
BESIDE: Final = 0.3
"""How often something of this happens after a step."""
AT_FIRST: Final = 0.7
"""How often the policy is there from the morning on."""
COPIES: Final = select(tables.screen_copy).where(tables.screen_copy.c.arrived_at.is_not(None))
ARRIVED: Final = select(tables.photo.c.id).where(tables.photo.c.arrived_at.is_not(None))


class Road:
    """Whether a day has the policy, and a stream of chance for what comes of it."""

    def __init__(self, seed: int) -> None:
        """Draw whether it has."""
        self.chance = Chance(seed * MANY + OWN_STREAM)
        self.has_policy = self.chance.happens(PART)

    def settings(self) -> HubSettings:
        """Return the hub's settings in the morning."""
        return settings_of(is_on=self.has_policy and self.chance.happens(AT_FIRST))

    def goes_on(self, world: "World") -> None:
        """Let something happen now and then."""
        if self.has_policy and self.chance.happens(BESIDE):
            self.chance.weighed(STEPS)(world)


def settings_of(*, is_on: bool) -> HubSettings:
    """Return a hub's settings with or without the policy."""
    return QUICK.model_copy(update={"screen_copies_first": True}) if is_on else QUICK


# what people do


def _wishes(world: "World", way: Callable[[Desk], Any]) -> None:
    """Let somebody say when full photos go."""
    laptop = world.road.chance.one_of(world.laptops)
    account = world.somebody_at(laptop)
    if account is None:
        return
    world.tell(f"{account.username}: {way.__name__}")
    account.case.rests = None
    world.depot.oldest = KNOWS_PACKS
    try:
        laptop.app.do(way)
    except PowerCut:
        world.breaks_off(laptop, "over that")
        return
    except DiskFull:
        world.tell("disk full")
    with laptop.disk.looked_at():
        account.case.rests = laptop.app.see(rests_on)


def comes_to_the_depot(world: "World") -> None:
    """Let somebody say that full photos may go."""
    _wishes(world, outbox.resume_photos)


def sends_all(world: "World") -> None:
    """Let somebody send everything now."""
    _wishes(world, outbox.send_all)


def waits_for_the_depot(world: "World") -> None:
    """Let somebody say themselves that full photos are to wait."""
    _wishes(world, outbox.pause_photos)


def changes_policy(world: "World") -> None:
    """Let IT change its mind, and start the hub anew."""
    is_on = not world.hub.settings.screen_copies_first
    world.tell(f"IT wants screen copies first: {is_on}")
    world.hub.settings = settings_of(is_on=is_on)
    world.hub.restarts()


STEPS: Final[Mapping[Callable[["World"], None], float]] = {
    comes_to_the_depot: 5,
    sends_all: 2,
    waits_for_the_depot: 2,
    changes_policy: 2,
}


def lets_go(world: "World", account: "Account") -> None:
    """Let somebody send originals too, now that the day is over."""
    if world.road.has_policy:
        account.laptop.app.do(outbox.send_all)
        account.case.rests = frozenset()


# what must hold


@contextmanager
def round_watched(world: "World", laptop: "Laptop") -> Iterator[None]:
    """Check that a round sends no original that rests by the policy before and after it."""
    rested = _originals_rest(world, laptop)
    with heard() as asked:
        yield
    if rested and _originals_rest(world, laptop):
        for question in asked:
            is_original = _has_bytes_of_a_photo(question) and not is_copy(question)
            demand(not is_original, f"{question.url}: an original was sent before the depot")


def _has_bytes_of_a_photo(question: Question) -> bool:
    """Return whether a question begins an upload or goes on with one."""
    return question.method in {"POST", "PATCH"} and "/photos/upload" in question.url


def _originals_rest(world: "World", laptop: "Laptop") -> bool:
    """Return whether all originals of who is signed in rest, by what the laptop knows."""
    if world.account_of(laptop) is None:
        return False
    with laptop.disk.looked_at():
        return bool(laptop.app.see(_rest_by_policy))


def _rest_by_policy(desk: Desk) -> bool:
    """Return the rule, written down a second time."""
    rows = [row[0] for row in desk.db.rows("SELECT what FROM pauses")]
    told = desk.db.row("SELECT value FROM sync_state WHERE key = 'reference'")
    is_on = told is not None and orjson.loads(told[0]).get("screen_copies_first", False)
    return is_on and not any(row == "depot" or row.startswith("anyway:") for row in rows)


def check_now(world: "World") -> None:
    """Check that pictures at the hub are there, and that no laptop takes one for a photo."""
    with world.hub.disk.looked_at(), world.hub.hub.database.read() as connection:
        copies = connection.execute(COPIES).all()
        arrived = set(connection.execute(ARRIVED).scalars())
    for copy in copies:
        is_here = world.hub.hub.vault.path(copy.sha256).is_file()
        demand(is_here, f"the picture of {copy.photo_id} counts as here and is not at the hub")
    for laptop in world.laptops:
        if world.account_of(laptop) is None or world.depot.was_restored:
            continue
        with laptop.disk.looked_at():
            told = set(laptop.app.see(_told_as_delivered))
        lost = told - arrived
        demand(not lost, f"{laptop.name}: {lost} count as delivered, and no original arrived")


def _told_as_delivered(desk: Desk) -> list[str]:
    """Return the photos that a laptop takes for delivered, or has a receipt of."""
    rows = desk.db.rows("SELECT photo_id FROM uploads WHERE state = 'arrived' OR receipt <> ''")
    return [row[0] for row in rows]


def check_hub(world: "World", books: "HubBooks") -> None:
    """Check that each picture is the one that was sent, and that its job says so."""
    with world.hub.hub.database.read() as connection:
        copies = {row.photo_id: row for row in connection.execute(COPIES)}
    for photo_id, copy in copies.items():
        data = world.hub.hub.vault.path(copy.sha256).read_bytes()
        demand(hashlib.sha256(data).hexdigest() == copy.sha256, f"{photo_id}: another picture")
        is_apart = copy.sha256 != books.photos[photo_id].sha256
        demand(is_apart, f"{photo_id}: its picture is its original")
    shown = {p.id for t in books.tickets.values() for p in t.photos if p.has_screen_copy}
    demand(shown == copies.keys(), f"jobs and pictures differ: {shown ^ copies.keys()}")
