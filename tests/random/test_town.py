"""A town in which anything may happen in any order; at the end everybody agrees."""

import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from field_app.actions import outbox, tickets
from field_app.domain.errors import NotAllowed, PhotoMissing, SignedOut
from field_app.domain.ids import TicketId
from field_app.domain.operation import HoldReason
from field_app.domain.people import Role
from field_app.domain.photo import PhotoRole
from field_app.domain.place import Place
from field_app.queries.day_end import day_end
from field_app.store import copies
from field_app.store.rows import operation_from, ticket_from
from tests.helpers.fakes import PowerCut
from tests.helpers.town import PASSWORD, URL, Laptop, Town, a_town

pytestmark = pytest.mark.timeout(240)
CREWS = ("roads", "lights")
CITIZENS = Place(latitude=13.75, longitude=100.5)
"""Where all that citizens report is."""
who = st.integers(0, 2)
which = st.integers(0, 5)
WISHES = {
    wish.__name__: wish
    for wish in (
        outbox.pause_all,
        outbox.resume_all,
        outbox.pause_photos,
        outbox.resume_photos,
        outbox.pause_job,
        outbox.send_job,
        outbox.send_all,
    )
}
"""What a person may say about sending."""


class AnyTown(RuleBasedStateMachine):
    """Two crews, a supervisor, and a network that does what it likes."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        self.town: Town = self.stack.enter_context(a_town(Path(folder)))

    @initialize()
    def people_come(self) -> None:
        self.town.person("ana", crew="roads")
        self.town.person("wit", crew="lights")
        self.town.person("boss", role=Role.SUPERVISOR, crew=None)
        for _number in range(2):
            self.town.citizen_reports()
        for laptop in self.town.laptops:
            laptop.syncs()

    def teardown(self) -> None:
        try:
            if self.town.laptops:
                for laptop in self.town.laptops:
                    self._signed_in(laptop)
                self.town.everyone_agrees()
        finally:
            self.stack.close()

    # the town

    @rule(crew=st.sampled_from(CREWS))
    def a_citizen_reports(self, crew: str) -> None:
        self.town.citizen_reports(crew=crew)

    @rule(number=which)
    def the_platform_closes(self, number: int) -> None:
        jobs = self.town.hub_tickets()
        self.town.platform_closes(jobs[number % len(jobs)].id)

    @rule(trouble=st.sampled_from(["restart", "cursors", "tokens"]))
    def the_hub_is_in_trouble(self, trouble: str) -> None:
        {
            "restart": self.town.hub_restarts,
            "cursors": self.town.hub_forgets_its_name,
            "tokens": self.town.hub_forgets_tokens,
        }[trouble]()

    # the network

    @rule(number=who, is_online=st.booleans())
    def the_network_changes(self, number: int, is_online: bool) -> None:
        self.town.laptops[number].is_online = is_online

    @rule(at=st.integers(1, 5))
    def a_reply_will_be_lost(self, at: int) -> None:
        self.town.network.drops_replies(at)

    @rule(at=st.integers(0, 3000), is_answer=st.booleans())
    def something_will_be_cut(self, at: int, is_answer: bool) -> None:
        if is_answer:
            self.town.network.cuts_body(at)
        else:
            self.town.network.cuts_request(at)

    @rule(at=st.integers(1, 6), after=st.booleans())
    def the_power_will_fail(self, at: int, after: bool) -> None:
        self.town.network.power_fails(at, after=after)

    @rule(number=who)
    def loses_power(self, number: int) -> None:
        self.town.laptops[number].loses_power()

    @rule(number=who)
    def syncs(self, number: int) -> None:
        laptop = self.town.laptops[number]
        try:
            report = laptop.syncs()
        except PowerCut:
            laptop.loses_power()
            return
        if isinstance(report.error, SignedOut):
            self._signed_in(laptop)

    # the work

    @rule(person=st.integers(0, 1), number=which)
    def starts(self, person: int, number: int) -> None:
        self._tries(person, number, Laptop.starts)

    @rule(person=who, number=which)
    def writes_a_note(self, person: int, number: int) -> None:
        self._tries(person, number, lambda laptop, job: laptop.notes(job, "A note"))

    @rule(person=st.integers(0, 1), number=which, role=st.sampled_from(["before", "after"]))
    def adds_a_photo(self, person: int, number: int, role: str) -> None:
        self._tries(
            person, number, lambda laptop, job: laptop.adds_photo(job, PhotoRole(role), size=120)
        )

    @rule(person=st.integers(0, 1), number=which)
    def finishes(self, person: int, number: int) -> None:
        self._tries(person, number, Laptop.finishes)

    @rule(person=st.integers(0, 1), number=which, rests=st.booleans())
    def rests_or_calls_back(self, person: int, number: int, rests: bool) -> None:
        if rests:
            self._tries(
                person, number, lambda one, job: one.does(tickets.hold, job, HoldReason.PARTS)
            )
        else:
            self._tries(person, number, lambda one, job: one.does(tickets.call_back, job, ""))

    @rule(person=who, number=which, north=st.integers(-9, 9))
    def moves_the_pin(self, person: int, number: int, north: int) -> None:
        place = Place(latitude=13.75 + north / 10_000, longitude=100.5)
        self._tries(
            person, number, lambda one, job: one.does(tickets.move_place, job, place, "Over there")
        )

    @rule(number=which, is_good=st.booleans())
    def boss_decides(self, number: int, is_good: bool) -> None:
        if is_good:
            self._tries(2, number, Laptop.approves)
        else:
            self._tries(2, number, lambda boss, job: boss.sends_back(job, "Once more"))

    @rule(number=which, crew=st.sampled_from(CREWS))
    def boss_assigns(self, number: int, crew: str) -> None:
        self._tries(2, number, lambda boss, job: boss.assigns(job, crew))

    @rule(person=who)
    def thinks_better_of_it(self, person: int) -> None:
        laptop = self.town.laptops[person]
        undoable = [item for item in laptop.outbox() if item.can_undo]
        if undoable:
            try:
                laptop.app.do(tickets.undo, undoable[-1].operation_id)
            except NotAllowed:
                return
            laptop.confirmed.remove(undoable[-1].operation_id)
            kept = {upload.photo_id for upload in laptop.open_uploads()}
            laptop.photos = {
                photo_id: sha256
                for photo_id, sha256 in laptop.photos.items()
                if photo_id in kept or self._is_known(photo_id)
            }

    @rule(person=who, after=st.booleans(), number=which)
    def works_and_the_answer_is_lost(self, person: int, after: bool, number: int) -> None:
        self._tries(person, number, lambda one, job: one.notes(job, "Lost and found"))
        if after:
            self.town.network.power_fails(at=1, after=True)
        else:
            self.town.network.drops_replies(at=1)
        self.syncs(person)

    # pauses

    @rule(person=st.integers(0, 1), number=which, wish=st.sampled_from(sorted(WISHES)))
    def lets_something_rest_or_go(self, person: int, number: int, wish: str) -> None:
        laptop = self.town.laptops[person]
        rows = laptop.rows()
        if wish.endswith("job") and rows:
            laptop.app.do(WISHES[wish], rows[number % len(rows)].id)
        elif not wish.endswith("job"):
            laptop.app.do(WISHES[wish])

    # what always holds

    @invariant()
    def every_stored_row_reads_back(self) -> None:
        for laptop in self.town.laptops:
            laptop.app.see(_reads_back)

    @invariant()
    def nothing_confirmed_is_nowhere(self) -> None:
        held = self.town.hub_operations()
        for laptop in self.town.laptops:
            here = {item.operation_id for item in laptop.outbox()}
            lost = [i for i in laptop.confirmed if i not in held and i not in here]
            assert lost == []

    @invariant()
    def the_days_end_forgets_nothing(self) -> None:
        held, arrived = self.town.hub_operations(), self.town.hub_photos()
        for laptop in self.town.laptops:
            end = laptop.app.see(day_end)
            types = {item.operation_id: item.type for item in laptop.outbox()}
            acts = [i for i in laptop.confirmed if i not in held and types[i] != "add_photo"]
            photos = [i for i in laptop.photos if i not in arrived]
            assert sum(len(job.acts) for job in end.jobs) >= len(acts)
            assert sum(job.photo_count for job in end.jobs) >= len(photos)
            assert end.count or not (acts or photos)

    @invariant()
    def the_citizens_point_stays_with_every_job(self) -> None:
        jobs = self.town.hub_tickets()
        for laptop in self.town.laptops:
            jobs += [laptop.sees(row.id) for row in laptop.rows()]
        assert {job.reported_place for job in jobs} == {CITIZENS}

    # the rest

    def _tries(self, person: int, number: int, act: Callable[[Laptop, TicketId], object]) -> None:
        """Let somebody do something to one of their jobs, if the rules let them."""
        laptop = self.town.laptops[person]
        rows = laptop.rows()
        if not rows:
            return
        try:
            act(laptop, rows[number % len(rows)].id)
        except (NotAllowed, PhotoMissing):
            return

    def _signed_in(self, laptop: Laptop) -> None:
        """Sign somebody in again over a network that is well for a moment."""
        self.town.network.is_well()
        laptop.goes_online()
        laptop.app.sign_in(URL, laptop.username, PASSWORD)

    def _is_known(self, photo_id: str) -> bool:
        """Return whether the hub knows a photo."""
        return any(p.id == photo_id for t in self.town.hub_tickets() for p in t.photos)


def _reads_back(desk: object) -> None:
    """Read every row of tickets and outbox as what it is."""
    from field_app.queries.desk import Desk

    assert isinstance(desk, Desk)
    for (ticket_id,) in desk.db.rows("SELECT id FROM tickets"):
        assert copies.server_copy(desk.db, ticket_id) is not None
    for body, mine in desk.db.rows("SELECT body, mine FROM outbox"):
        operation_from(body)
        if mine is not None:
            ticket_from(mine)


TestAnyTown = AnyTown.TestCase
"""Sixty histories of twenty-five steps."""
TestAnyTown.settings = settings(
    max_examples=60, stateful_step_count=25, deadline=None, derandomize=True
)
