"""Evidence: days on which photos are taken again, put into pairs and marked."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from field_app.actions import photos
from field_app.actions.recording import Done
from field_app.domain.errors import DiskFull, Refused
from field_app.domain.ids import PhotoId, TicketId
from field_app.domain.operation import AddPhoto, MarkPhoto, PairPhoto
from field_app.domain.photo import Mark, MarkKind, Photo, PhotoRole
from field_app.queries.desk import Desk
from field_app.store.tickets import visible_copy
from tests.helpers.fakes import PowerCut
from tests.storm.cases import MANY
from tests.storm.chance import Chance
from tests.storm.lost import demand
from tests.storm.people import PICTURES, Deed, a_picture, deed_of, operation_of

if TYPE_CHECKING:
    from tests.storm.people import Account
    from tests.storm.truth import HubBooks
    from tests.storm.world import World

PART: Final = 0.2
"""Part of the histories in which people do more with photos than adding and removing them."""
OWN_STREAM: Final = 8
"""As `cases.OWN_STREAM`, of one more stream of chance: other days are as they were, and so are
those of the seeds in `test_seeds`."""
BESIDE: Final = 0.35
"""How often something of this happens after a step."""
MORE_OF_ONE: Final = 0.85
"""How often it happens to a job that has photos already, or to the first photo again."""


class Evidence:
    """Whether a day has more of this, and a stream of chance for it."""

    def __init__(self, seed: int) -> None:
        """Draw whether it has."""
        self.chance = Chance(seed * MANY + OWN_STREAM)
        self.has_more = self.chance.happens(PART)

    def goes_on(self, world: "World") -> None:
        """Let something happen now and then."""
        if self.has_more and self.chance.happens(BESIDE):
            _acts(world, self.chance.weighed(STEPS))


def _acts(world: "World", step: "Step") -> None:
    """Let somebody do something with the photos of one of their jobs."""
    laptop = world.evidence.chance.one_of(world.laptops)
    account = world.somebody_at(laptop)
    if account is None:
        return
    try:
        shown: dict[TicketId, tuple[Photo, ...]] = laptop.app.see(_photos)
        if not shown:
            return
        job = _job(world.evidence.chance, shown)
        deed = step(world.evidence.chance, account, job, shown[job])
    except PowerCut:
        world.breaks_off(laptop, "over a photo")
        return
    except (Refused, DiskFull) as no:
        world.tell(f"{account.username} {step.__name__}: {type(no).__name__}")
        return
    account.deeds[deed.operation_id] = deed
    world.tell(f"{account.username} {step.__name__} {job}: {deed.operation_id[-6:]}")


def _job(chance: Chance, shown: Mapping[TicketId, tuple[Photo, ...]]) -> TicketId:
    """Return a job, mostly one that has photos already."""
    begun = [job for job, its in shown.items() if its]
    return chance.one_of(begun if begun and chance.happens(MORE_OF_ONE) else tuple(shown))


def adds(chance: Chance, account: "Account", job: TicketId, shown: tuple[Photo, ...]) -> Deed:
    """Let somebody take a photo: before the work if there is none of that, else after it."""
    is_first = PhotoRole.BEFORE not in {photo.role for photo in shown}
    role = PhotoRole.BEFORE if is_first else PhotoRole.AFTER
    app = account.laptop.app
    return _added(account, app.do(photos.attach, job, role, _picture(chance)))


def takes_again(
    chance: Chance, account: "Account", job: TicketId, shown: tuple[Photo, ...]
) -> Deed:
    """Let somebody take a photo again."""
    if not shown:
        return adds(chance, account, job, shown)
    earlier = chance.one_of(shown).id
    return _added(account, account.laptop.app.do(photos.retake, job, earlier, _picture(chance)))


def pairs(chance: Chance, account: "Account", job: TicketId, shown: tuple[Photo, ...]) -> Deed:
    """Let somebody say which before photo an after photo is compared with."""
    after = [photo.id for photo in shown if photo.role is PhotoRole.AFTER]
    before = [photo.id for photo in shown if photo.role is PhotoRole.BEFORE]
    if not after or not before:
        return adds(chance, account, job, shown)
    chosen, other = chance.one_of(after), chance.one_of(before)
    return deed_of(account.laptop.app.do(photos.pair, job, chosen, other), "pair_photo", "")


def marks(chance: Chance, account: "Account", job: TicketId, shown: tuple[Photo, ...]) -> Deed:
    """Let somebody draw on a photo, or wipe it clean."""
    if not shown:
        return adds(chance, account, job, shown)
    drawn = tuple(
        Mark(kind=MarkKind.BOX, x1=chance.part(), y1=chance.part(), x2=chance.part(), y2=1.0)
        for _box in range(chance.between(0, 2))
    )
    chosen = shown[0] if chance.happens(MORE_OF_ONE) else chance.one_of(shown)
    done = account.laptop.app.do(photos.mark, job, chosen.id, drawn)
    return deed_of(done, "mark_photo", "")


def _picture(chance: Chance) -> bytes:
    """Return one of the world's pictures."""
    return a_picture(chance.between(1, PICTURES))


def _added(account: "Account", done: Done) -> Deed:
    """Return the deed of a photo that was taken in."""
    work = account.laptop.app.see(operation_of, done.operation_id).work
    return deed_of(done, work.type, "", work.sha256)


Step = Callable[[Chance, "Account", TicketId, tuple[Photo, ...]], Deed]
STEPS: Final[Mapping[Step, float]] = {takes_again: 3, pairs: 3, marks: 2}


def _photos(desk: Desk) -> dict[TicketId, tuple[Photo, ...]]:
    """Return the photos of the work that a person sees, by job."""
    found = {}
    for row in desk.db.rows("SELECT id FROM tickets ORDER BY id"):
        ticket = visible_copy(desk.db, TicketId(row[0]), desk.person)
        if ticket is not None:
            found[ticket.id] = tuple(p for p in ticket.photos if not p.is_withdrawn)
    return found


def check_hub(books: "HubBooks") -> None:
    """Check that each photo is as the applied work says, in the order of the hub's revisions.

    Whatever was overwritten stays readable: in the operations, and the earlier photo in its job.
    """
    said: dict[PhotoId, tuple[PhotoId | None, PhotoId | None, tuple[Mark, ...]]] = {}
    applied = [row for row in books.rows.values() if row.outcome == "applied"]
    for row in sorted(applied, key=lambda row: row.revision):
        match books.operations[row.id].work:
            case AddPhoto(photo_id=photo_id, retakes=retakes, pair_id=pair_id):
                said[photo_id] = retakes, pair_id, ()
            case PairPhoto(photo_id=photo_id, pair_id=pair_id) if photo_id in said:
                said[photo_id] = said[photo_id][0], pair_id, said[photo_id][2]
            case MarkPhoto(photo_id=photo_id, marks=drawn) if photo_id in said:
                said[photo_id] = *said[photo_id][:2], drawn
    for ticket in books.tickets.values():
        there = {photo.id for photo in ticket.photos}
        for photo in ticket.photos:
            is_so = (photo.retakes, photo.pair_id, photo.marks) == said.get(photo.id)
            demand(is_so or photo.id not in said, f"photo {photo.id} is not as was said last")
            is_kept = photo.retakes in there or photo.retakes not in said  # None, or undone
            demand(is_kept, f"the photo before {photo.id} is not in its job any more")
