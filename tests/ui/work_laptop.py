"""A laptop for the tests of work, outbox and review: lifelike made-up facts, deeds written down."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from math import pi
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from field_app.actions import conflicts, copies, photos, review, tickets
from field_app.actions import outbox as outbox_actions
from field_app.actions.conflicts import Decided
from field_app.actions.recording import Done
from field_app.domain.changes import Changes
from field_app.domain.checks import Check, CheckKind, checks_of
from field_app.domain.errors import FieldAppError
from field_app.domain.ids import (
    CrewId,
    DeviceId,
    OperationId,
    PhotoId,
    Revision,
    TicketId,
)
from field_app.domain.moved_on import Decision, ParkedWork, WayOn
from field_app.domain.operation import Finish, Operation, Start, Work
from field_app.domain.people import Crew, Person
from field_app.domain.photo import Mark, Photo, PhotoRole
from field_app.domain.place import EARTH_RADIUS_M, Place
from field_app.domain.ticket import EntryKind, Ticket, TicketState, TimelineEntry
from field_app.domain.verdict import Reason
from field_app.photos.intake import read_facts, read_file
from field_app.photos.shapes import digest
from field_app.photos.vault import Size
from field_app.protocol.messages import Reference
from field_app.queries.act_rows import ActRow, OpenPhoto
from field_app.queries.conflicts import ConflictView, PhotoCounts, conflict, decided
from field_app.queries.day_end import DayEnd, OnlyHere
from field_app.queries.outbox import Delivered, OutboxItem, OutboxView, Pauses, outbox
from field_app.queries.packs import Amount, amount
from field_app.queries.photos import PhotoCard
from field_app.queries.receipts import PHOTO, ReceiptPart, ReceiptView, receipt, receipts
from field_app.queries.repeats import Repeat, repeat_of
from field_app.queries.review import ReviewRow, review_list
from field_app.queries.status import reference
from field_app.queries.tickets import LocalState, TicketDetail, ticket_detail
from field_app.resources import resource
from field_app.sync.status import Reach, SyncStatus
from field_app.ui.photos.stamp_sheet import preview
from field_app.ui.sync.day_end_screen import end_and_receipts
from tests.ui.laptop import CREW, DAY, MEMBER, NOW, POTHOLE, FakeLaptop, a_row

JOB = TicketId("2026-K4T9XA")
CREWS = {CREW: "ทีมโยธา 3", CrewId("crew-2"): "ทีมไฟฟ้า 1"}
TEMPLATES = (
    "ซ่อมเสร็จแล้ว",
    "ซ่อมชั่วคราว",
    "รอวัสดุ",
    "ไม่พบปัญหา",
)
SPOT = Place(latitude=13.7612, longitude=100.4985)
"""Where the job is."""
REPORTED = datetime(2026, 11, 15, 1, 12, tzinfo=UTC)


def north_of(place: Place, metres: float) -> Place:
    """Return a place so many metres north of another one."""
    degrees = metres / EARTH_RADIUS_M * 180 / pi
    return Place(latitude=place.latitude + degrees, longitude=place.longitude)


def checked(cards: tuple[PhotoCard, ...], ticket: Ticket) -> tuple[PhotoCard, ...]:
    """Return the cards with what is worth a look about their photos."""
    return tuple(replace(c, checks=checks_of(c.photo, ticket, NOW)) for c in cards)


def a_card(name: str, role: PhotoRole, minutes_ago: int = 60, **facts: Any) -> PhotoCard:
    """Return a card with a demo picture; `facts` replace the card's own."""
    path: Path = resource("demo", "photos", f"{name}.jpg")
    arrived = bool(facts.pop("has_arrived", True))
    photo = Photo(
        id=PhotoId(f"{name}-{role}-{minutes_ago}"),
        role=role,
        sha256=sha256(f"{name} {role}".encode()).hexdigest(),
        size_bytes=1_800_000,
        width=1600,
        height=1200,
        taken_at=NOW - timedelta(minutes=minutes_ago),
        place=facts.pop("place", north_of(SPOT, 6)),
        added_at=NOW,
        added_by=MEMBER.id if role is not PhotoRole.CITIZEN else None,
        has_arrived=arrived,
    )
    plain: dict[str, Any] = {
        "photo": photo,
        "local": LocalState.NONE,
        "sent_bytes": 0,
        "thumb": path,
        "screen": path,
        "original": path,
        "distance_m": 6.0,
    }
    return PhotoCard(**(plain | facts))


CITIZEN = (
    replace(
        a_card("pothole_before2", PhotoRole.CITIZEN, 5909),
        distance_m=None,
    ),
    replace(a_card("pothole_before", PhotoRole.CITIZEN, 5908), distance_m=None),
)


def an_entry(kind: EntryKind, at: datetime, **facts: Any) -> TimelineEntry:
    """Return a line of the timeline."""
    return TimelineEntry(kind=kind, at=at, **facts)


def a_job(
    state: TicketState = TicketState.IN_PROGRESS,
    cards: tuple[PhotoCard, ...] = CITIZEN,
    draft: str = "",
    **facts: Any,
) -> TicketDetail:
    """Return a pothole with a history; `facts` replace the ticket's own."""
    op = OperationId
    timeline = [
        an_entry(EntryKind.REPORTED, REPORTED),
        an_entry(EntryKind.ASSIGN, REPORTED + timedelta(days=1, hours=5), crew_id=CREW,
                 person_name="วิภา"),
        an_entry(EntryKind.START, NOW - timedelta(minutes=83), operation_id=op("op-start")),
    ]  # fmt: skip
    timeline += [
        an_entry(
            EntryKind.ADD_PHOTO,
            card.photo.taken_at or NOW,
            text=card.photo.role.value,
            operation_id=op(f"op-{card.photo.id}"),
        )
        for card in cards
        if card.photo.role is not PhotoRole.CITIZEN
    ]
    local = facts.pop("local", LocalState.QUEUED)
    row = a_row(1, **(POTHOLE | {"id": JOB, "state": state, "local": local}))
    plain: dict[str, Any] = {
        "id": JOB,
        "revision": Revision(7),
        "words": "หลุมลึกกลางถนน หน้าตลาดบางลำพู\nหลุมกว้างเกือบเต็มเลน ลึกเท่าข้อเท้า มอเตอร์ไซค์"
        "ล้มแล้ว 2 คัน ฝนตกแล้วมองไม่เห็น ช่วยรีบมาซ่อมด้วยครับ",
        "categories": ("ถนน",),
        "state": state,
        "place": SPOT,
        "address": "ถ.จักรพงษ์ หน้าตลาดบางลำพู",
        "reported_at": REPORTED,
        "due_at": NOW - timedelta(days=2, hours=1),
        "crew_id": CREW,
        "photos": tuple(card.photo for card in cards),
        "timeline": tuple(timeline),
    }
    waiting = {e.operation_id for e in timeline if e.operation_id is not None}
    ticket = Ticket(**(plain | facts))
    return TicketDetail(
        ticket=ticket,
        row=row,
        unsent=frozenset(waiting) if row.local is not LocalState.NONE else frozenset(),
        photos=checked(cards, ticket),
        draft=draft,
        crews=CREWS,
    )


def an_item(number: int, **facts: Any) -> OutboxItem:
    """Return one operation in the outbox; `facts` replace its own."""
    plain: dict[str, Any] = {
        "operation_id": OperationId(f"op-{number}"),
        "ticket_id": TicketId(f"2026-TEST{number:02}"),
        "ticket_title": DAY[number % len(DAY)].title,
        "category": DAY[number % len(DAY)].category,
        "type": "finish",
        "photo_count": 0,
        "photo_id": None,
        "size_bytes": 1_100,
        "sent_bytes": 0,
        "made_at": NOW - timedelta(minutes=7 * number),
        "local": LocalState.QUEUED,
        "retry_at": None,
        "last_error": "",
        "reason": None,
        "detail": "",
        "can_undo": False,
    }
    return OutboxItem(**(plain | facts))


def an_act(number: int, local: LocalState = LocalState.QUEUED, **facts: Any) -> ActRow:
    """Return something on its way; `facts` replace its own."""
    plain: dict[str, Any] = {
        "key": f"op-{number}",
        "ticket_id": TicketId(f"2026-TEST{number:02}"),
        "ticket_title": DAY[number % len(DAY)].title,
        "category": DAY[number % len(DAY)].category,
        "type": "finish",
        "photo_count": 0,
        "arrived_count": 0,
        "has_words": True,
        "words_at_hub": False,
        "open_photos": (),
        "size_bytes": 1_100,
        "sent_bytes": 0,
        "resting_bytes": 0,
        "made_at": NOW - timedelta(minutes=7 * number),
        "local": local,
        "retry_at": None,
        "attempts": 0,
        "last_error": "",
        "reason": None,
        "parked_id": OperationId(f"op-{number}") if local is LocalState.ATTENTION else None,
        "undo_id": None,
        "undo_type": "",
    }
    return ActRow(**(plain | facts))


def photos_of(number: int, *amounts: tuple[int, int]) -> dict[str, Any]:
    """Return the facts of an act whose photos have these sizes, and so many bytes at the hub."""
    return {
        "photo_count": len(amounts),
        "arrived_count": sum(sent == size for size, sent in amounts),
        "open_photos": tuple(
            OpenPhoto(photo_id=PhotoId(f"photo-{number}-{place}"), size_bytes=size, sent_bytes=sent)
            for place, (size, sent) in enumerate(amounts)
            if sent < size
        ),
        "size_bytes": sum(size for size, _sent in amounts),
        "sent_bytes": sum(sent for _size, sent in amounts),
    }


MB = 1_000_000
ACTS = (
    an_act(4, LocalState.ATTENTION, reason=Reason.CLOSED, made_at=NOW - timedelta(hours=16),
           **photos_of(4, (2 * MB, 0), (1_200_000, 0), (900_000, 0))),
    an_act(2, LocalState.SENDING, has_words=False, words_at_hub=True,
           **photos_of(2, (1_600_000, 1_600_000), (1_500_000, MB), (1_600_000, 0), (1_500_000, 0))),
    an_act(1, LocalState.RETRY, type="start", has_words=False, words_at_hub=True,
           last_error="Unreachable", attempts=2, retry_at=NOW + timedelta(seconds=30),
           **photos_of(1, (1_800_000, 1_100_000))),
    an_act(0, **photos_of(0, (1_400_000, 0), (1_400_000, 0), (1_600_000, 0))),
    an_act(3, undo_id=OperationId("op-3"), undo_type="finish", made_at=NOW - timedelta(seconds=2)),
    an_act(5, LocalState.PAUSED, type="add_photo", has_words=False, words_at_hub=True,
           resting_bytes=1_760_000, **photos_of(5, (2_200_000, 440_000))),
)  # fmt: skip
PAUSES = Pauses(jobs=frozenset({TicketId("2026-TEST05")}))


def an_outbox(acts: tuple[ActRow, ...] = ACTS, rests: Pauses = PAUSES) -> OutboxView:
    """Return an outbox with these acts and a few receipts."""
    receipts = tuple(
        Delivered(
            key=f"gone-{number}",
            operation_id=OperationId(f"gone-{number}"),
            ticket_id=TicketId(f"2026-GONE{number:02}"),
            ticket_title=DAY[number % len(DAY)].title,
            type=("finish", "add_photo", "start")[number % 3],
            receipt=f"7F2A-{19 - number}",
            received_at=NOW - timedelta(minutes=17 * number + 3),
            size_bytes=(3_000_000, 1_400_000, 1_200)[number % 3],
            photo_count=(2, 1, 0)[number % 3],
        )
        for number in range(7)
    )
    resting = [act for act in acts if act.resting_bytes]
    return OutboxView(
        items=(),
        rows=acts,
        delivered_today=receipts,
        waiting_count=sum(act.local is not LocalState.ATTENTION for act in acts),
        attention_count=sum(act.local is LocalState.ATTENTION for act in acts),
        total_bytes=sum(act.size_bytes - act.resting_bytes for act in acts if not act.parked_id),
        sent_bytes=sum(act.sent_bytes for act in acts if not act.parked_id),
        rests=rests,
        resting_count=sum(len(act.open_photos) for act in resting),
        resting_bytes=sum(act.resting_bytes for act in resting),
    )


def a_receipt(key: str = "gone-0") -> ReceiptView:
    """Return the receipt of a finished job with two photos."""
    thumb: Path = resource("demo", "photos", "pothole_after.jpg")
    at = NOW - timedelta(minutes=3)
    parts = [
        ReceiptPart(
            type=kind,
            number=f"7F2A-{19 + place}",
            received_at=at + timedelta(seconds=place),
            revision=Revision(19 + place),
            sha256=f"{place + 10:02x}" * 32,
            size_bytes=size,
            thumb=thumb if kind == PHOTO else None,
        )
        for place, (kind, size) in enumerate(
            (("finish", 1_100), (PHOTO, 1_600_000), (PHOTO, 1_400_000))
        )
    ]
    return ReceiptView(
        key=key,
        ticket_id=JOB,
        ticket_title=DAY[0].title,
        type="finish",
        received_at=at,
        size_bytes=3_001_100,
        parts=tuple(parts),
    )


def an_end(count: int = 3, **facts: Any) -> DayEnd:
    """Return a day's end with so many jobs that are only here; `facts` replace its own."""
    states = (LocalState.QUEUED, LocalState.RETRY, LocalState.PAUSED, LocalState.ATTENTION)
    jobs = tuple(
        OnlyHere(
            ticket_id=TicketId(f"2026-TEST{number:02}"),
            ticket_title=DAY[number % len(DAY)].title,
            category=DAY[number % len(DAY)].category,
            acts=("start", "finish") if number % 2 == 0 else (),
            photo_count=3 - number % 3,
            left_bytes=4_400_000 - 1_300_000 * (number % 3),
            since=NOW - timedelta(hours=5 - number),
            local=states[number % len(states)],
            last_error="Unreachable" if number % len(states) == 1 else "",
        )
        for number in range(count)
    )
    plain: dict[str, Any] = {
        "jobs": jobs,
        "packs": (),
        "packed_at": None,
        "drafts": (),
        "attention_count": 0,
        "confirmed_at": NOW - timedelta(minutes=3),
        "agreed_at": NOW - timedelta(minutes=1),
        "rests": False,
    }
    return DayEnd(**(plain | facts))


def a_parked(kind: Work, number: int = 4, **facts: Any) -> ParkedWork:
    """Return work that the hub only recorded; `facts` replace the parked work's own."""
    operation = Operation(
        id=OperationId(f"op-{number}"),
        ticket_id=JOB,
        work=kind,
        based_on=Revision(7),
        actor_id=MEMBER.id,
        device_id=DeviceId("device-1"),
        made_at=NOW - timedelta(hours=15),
        seq=number,
    )
    plain: dict[str, Any] = {"operation": operation, "reason": Reason.CLOSED, "is_at_hub": True}
    return ParkedWork(**(plain | facts))


def a_conflict(note: str = "เปลี่ยนหลอดแล้ว 2 ต้น", **facts: Any) -> ConflictView:
    """Return a job that a supervisor closed in the meantime; `facts` replace the view's own."""
    mine = replace(a_job(cards=DONE_CARDS).ticket, state=TicketState.IN_REVIEW)
    closing = an_entry(EntryKind.APPROVE, NOW - timedelta(hours=16), person_name="วิภา")
    others = replace(
        mine, state=TicketState.FINISHED, crew_id=CrewId("crew-2"), photos=(), timeline=(closing,)
    )
    plain: dict[str, Any] = {
        "ticket_id": JOB,
        "works": (a_parked(Start(), 3), a_parked(Finish(note=note), 4)),
        "reason": Reason.CLOSED,
        "detail": "",
        "cause": closing,
        "mine": mine,
        "hubs": others,
        "crews": CREWS,
        "person": MEMBER,
        "ways": (WayOn.KEEP, WayOn.DROP),
        "is_noted": True,
        "done_anew": (),
        "photos": PhotoCounts(),
        "my_photo": AFTER.screen,
        "hub_photo": None,
    }
    return ConflictView(**(plain | facts))


def a_decision(number: int = 1, **facts: Any) -> Decision:
    """Return something decided earlier; `facts` replace the decision's own."""
    plain: dict[str, Any] = {
        "ticket_id": TicketId(f"2026-TEST{number:02}"),
        "ticket_title": DAY[number].title,
        "way": WayOn.DROP,
        "decided_at": NOW - timedelta(days=number),
        "works": (a_parked(Finish(note="ตัดกิ่งแล้วครึ่งหนึ่ง"), 40 + number),),
        "followed_by": (),
        "can_take_back": True,
    }
    return Decision(**(plain | facts))


BEFORE = a_card("pothole_before", PhotoRole.BEFORE, 80, local=LocalState.QUEUED)
DURING = a_card("pothole_during", PhotoRole.PROGRESS, 50, local=LocalState.QUEUED)
AFTER = a_card("pothole_after", PhotoRole.AFTER, 9, local=LocalState.SENDING, sent_bytes=700_000)
AFTER_FAR = a_card(
    "pothole_after2",
    PhotoRole.AFTER,
    5,
    local=LocalState.QUEUED,
    distance_m=850.0,
    place=north_of(SPOT, 850),
)
DONE_CARDS = (*CITIZEN, BEFORE, DURING, AFTER)


FAR_AWAY = Check(
    kind=CheckKind.FAR, photo_id=PhotoId("lamp_after"), role=PhotoRole.AFTER, metres=340.0
)


def a_queue() -> tuple[ReviewRow, ...]:
    """Return handed-in jobs with something of everything."""
    pairs = (
        ("pothole", "ถนน"),
        ("tree", "ต้นไม้"),
        ("drain", "ท่อระบายน้ำ"),
        ("lamp", "แสงสว่าง"),
        ("trash", "ความสะอาด"),
        ("flood", "น้ำท่วม"),
        ("paver", "ทางเท้า"),
    )
    rows = []
    for number, (name, category) in enumerate(pairs):
        day = DAY[number % len(DAY)]
        rows.append(
            ReviewRow(
                ticket_id=JOB if number == 0 else TicketId(f"2026-REV{number:03}"),
                title=day.title,
                place_line=day.place_line,
                crew_name=list(CREWS.values())[number % 2],
                category=category,
                handed_in_at=NOW - timedelta(minutes=11 * number + 4),
                is_declined=number == 4,
                decline_reason="not_ours" if number == 4 else "",
                before=a_card(f"{name}_before", PhotoRole.BEFORE, 80),
                after=a_card(
                    f"{name}_after",
                    PhotoRole.AFTER,
                    9,
                    distance_m=340.0 if number == 3 else 9.0,
                )
                if number != 4
                else None,
                is_overdue=number == 0,
                arrived_count=2,
                announced_count=2,
                is_decided=False,
                checks=(FAR_AWAY,) if number == 3 else (),
            )
        )
    return tuple(rows)


AMOUNT = Amount(operations=5, photos=11, photo_bytes=18_700_000, packed_at=None)
OUTBOX_WISHES = frozenset(
    {
        outbox_actions.retry_now,
        outbox_actions.pause_all,
        outbox_actions.resume_all,
        outbox_actions.pause_photos,
        outbox_actions.resume_photos,
        outbox_actions.pause_job,
        outbox_actions.send_job,
        outbox_actions.send_all,
    }
)


class CopyingVault:
    """Has one demo picture for every photo, and keeps copies in a folder of its own."""

    def __init__(self) -> None:
        self.folder = Path(mkdtemp())
        self.free_bytes = 50_000_000_000
        self.picture: Path | None = resource("demo", "photos", "pothole_after.jpg")

    def copy_path(self, _sha256: str, _size: Size) -> Path | None:
        return self.picture

    def marked_path(self, _sha256: str, digest: str) -> Path | None:
        path = self.folder / f"{digest}.jpg"
        return path if path.is_file() else None

    def keep_marked(self, _sha256: str, digest: str, data: bytes) -> Path:
        path = self.folder / f"{digest}.jpg"
        path.write_bytes(data)
        return path


class CopyingDesk:
    """As much of a desk as the making of copies needs."""

    def __init__(self) -> None:
        self.vault = CopyingVault()


class WorkLaptop(FakeLaptop):
    """Answers the queries of work, outbox and review; keeps what was done."""

    def __init__(self, detail: TicketDetail | None = None, person: Person | None = MEMBER) -> None:
        super().__init__(person=person)
        self.job = detail if detail is not None else a_job()
        self.queue = a_queue()
        self.found = an_outbox()
        self.conflict = a_conflict()
        self.decisions: tuple[Decision, ...] = ()
        self.end = an_end()
        self.sync_status = SyncStatus(
            reach=Reach.WEAK,
            waiting_count=4,
            attention_count=1,
            total_bytes=self.found.total_bytes,
            sent_bytes=self.found.sent_bytes,
            last_success_at=NOW - timedelta(minutes=4),
        )
        self.copying = CopyingDesk()
        self.regions: tuple[Mark, ...] = ()
        self.repeats: dict[PhotoId, Repeat] = {}

    def see(self, query: Callable[..., Any], /, *args: Any) -> Any:
        if query is ticket_detail:
            if args[0] == self.job.ticket.id:
                return self._with_drawn()
            row = next((r for r in self.queue if r.ticket_id == args[0]), None)
            return self._handed_in(row) if row is not None else super().see(query, *args)
        if query in {receipts, receipt}:
            return self._receipts(str(args[0])) if query is receipts else a_receipt(str(args[0]))
        if query is repeat_of:
            return self.repeats.get(args[1])
        if query is reference:
            crews = tuple(Crew(id=key, name=name) for key, name in CREWS.items())
            return Reference(crews=crews, templates=TEMPLATES)
        answers = {
            outbox: self.found,
            amount: AMOUNT,
            conflict: self.conflict,
            decided: self.decisions,
            end_and_receipts: (self.end, self.found.delivered_today),
            review_list: self.queue,
        }
        return answers[query] if query in answers else super().see(query, *args)

    def _receipts(self, words: str) -> tuple[Delivered, ...]:
        found = words.casefold()
        return tuple(d for d in self.found.delivered_today if found in d.ticket_id.casefold())

    def do(self, action: Callable[..., Any], /, *args: Any) -> Any:
        known = {
            tickets.start, tickets.hold, tickets.finish, tickets.call_back, tickets.decline,
            photos.remove, photos.mark, photos.pair, review.approve, review.send_back,
        }  # fmt: skip
        if action in {photos.attach, photos.retake}:
            return self._attach(*args) if action is photos.attach else self._retake(*args)
        if action in self.failures:
            raise self.failures[action]
        if action in known:
            self.done.append((action, *args))
            self._take_up(action, *args)
            number = OperationId(f"new-{len(self.done)}")
            self._move(action)
            return Done(changes=Changes(), operation_id=number, ticket_id=args[0])
        if action in {copies.draw_marks, copies.save_copy, copies.propose_regions, preview}:
            return self._copy(action, *args)
        if action in {conflicts.decide, conflicts.take_back}:
            self.done.append((action, *args))
            return Decided(changes=Changes(), ticket_id=args[0], operation_ids=tuple(args[1]))
        if action in {tickets.keep_draft, *OUTBOX_WISHES}:
            self.done.append((action, *args))
            return Changes()
        return super().do(action, *args)

    def _copy(self, action: Callable[..., Any], *args: Any) -> Any:
        """Make or save a copy, or say where somebody may be recognised."""
        self.done.append((action, *args))
        return self.regions if action is copies.propose_regions else action(self.copying, *args)

    def deeds(self, action: Callable[..., Any]) -> list[tuple[Any, ...]]:
        """Return the arguments of every time that this was done."""
        return [deed[1:] for deed in self.done if deed[0] is action]

    def _move(self, action: Callable[..., Any]) -> None:
        goals = {
            tickets.start: TicketState.IN_PROGRESS,
            tickets.finish: TicketState.IN_REVIEW,
            tickets.hold: TicketState.ON_HOLD,
        }
        if action in goals:
            moved = replace(self.job.ticket, state=goals[action])
            self.job = replace(self.job, ticket=moved)
        if action in {review.approve, review.send_back}:
            self.queue = self.queue[1:]

    def _attach(self, ticket_id: TicketId, role: PhotoRole, source: Path | bytes) -> Done:
        failure: FieldAppError | None = self.failures.get(photos.attach)
        if failure is not None:
            raise failure
        read_facts(read_file(source))
        self.done.append((photos.attach, ticket_id, role, source))
        card = a_card("pothole_after", role, len(self.done), local=LocalState.QUEUED)
        cards = (*self.job.photos, card)
        moved = replace(self.job.ticket, photos=tuple(c.photo for c in cards))
        self.job = replace(self.job, photos=cards, ticket=moved)
        number = OperationId(f"new-{len(self.done)}")
        return Done(
            changes=Changes(), operation_id=number, ticket_id=ticket_id, photo_id=card.photo.id
        )

    def _retake(self, ticket_id: TicketId, photo_id: PhotoId, source: Path | bytes) -> Done:
        """Show a new photo instead of an earlier one."""
        if photos.retake in self.failures:
            raise self.failures[photos.retake]
        old = next(card for card in self.job.photos if card.photo.id == photo_id)
        done = self._attach(ticket_id, old.photo.role, source)
        self.done[-1] = (photos.retake, ticket_id, photo_id, source)
        cards = tuple(
            replace(card, replaced_by=done.photo_id)
            if photo_id in (card.photo.id, card.replaced_by)
            else card
            for card in self.job.photos
        )
        new = replace(cards[-1], take=old.take + 1)
        self.job = replace(self.job, photos=(*cards[:-1], new))
        return done

    def _with_drawn(self) -> TicketDetail:
        """Return the job, its photos with the copies that were drawn meanwhile."""
        vault = self.copying.vault
        cards = tuple(
            replace(card, marked=vault.marked_path("", digest(card.photo.marks, Size.SCREEN)))
            for card in self.job.photos
        )
        return replace(self.job, photos=cards)

    def _take_up(self, action: Callable[..., Any], *args: Any) -> None:
        """Change the photo that a deed is about."""
        if action is photos.mark:
            self._draw(*args[1:])
        if action is photos.pair:
            _ticket_id, photo_id, pair_id = args
            cards = tuple(
                replace(card, photo=replace(card.photo, pair_id=pair_id, pair_matches=41))
                if card.photo.id == photo_id
                else card
                for card in self.job.photos
            )
            self.job = replace(self.job, photos=cards)

    def _draw(self, photo_id: PhotoId, marks: tuple[Mark, ...]) -> None:
        cards = tuple(
            replace(card, photo=replace(card.photo, marks=marks), marked=None)
            if card.photo.id == photo_id
            else card
            for card in self.job.photos
        )
        self.job = replace(self.job, photos=cards)

    def _handed_in(self, row: ReviewRow) -> TicketDetail:
        cards = tuple(card for card in (row.before, row.after) if card is not None)
        job = a_job(TicketState.IN_REVIEW, cards, id=row.ticket_id, words=row.title)
        return replace(job, row=a_row(1, id=row.ticket_id, category=row.category))
