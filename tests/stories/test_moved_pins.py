"""A pin at the wrong place: whoever sees the real one moves it, and the citizen's point stays."""

import pytest

from field_app.actions import tickets
from field_app.domain.errors import NotAllowed, WordsMissing
from field_app.domain.moved_on import WayOn
from field_app.domain.people import Role
from field_app.domain.place import Place
from field_app.domain.ticket import EntryKind
from field_app.domain.verdict import Reason
from tests.helpers.town import Laptop, Town

CITIZENS = Place(latitude=13.75, longitude=100.5)
THERE = Place(latitude=13.7503, longitude=100.5002)
ELSEWHERE = Place(latitude=13.7497, longitude=100.4998)


@pytest.fixture
def chief(town: Town) -> Laptop:
    return town.person("chief", Role.SUPERVISOR, crew=None)


def listed_at(laptop: Laptop) -> list[Place]:
    """Return where the lines of the list, and with them the pins, stand."""
    rows = [(row.latitude, row.longitude) for row in laptop.rows()]
    return [Place(latitude=n, longitude=e) for n, e in rows if n is not None and e is not None]


def test_a_crew_moves_a_pin_offline_and_everybody_sees_it_there_and_where_it_was(
    town: Town, ana: Laptop, chief: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.does(tickets.move_place, job, THERE, "Across the road")
    assert listed_at(ana) == [THERE], "at once, in the list as well"
    ana.goes_online()
    town.everyone_agrees()
    for seen in (ana.sees(job), chief.sees(job), town.hub_ticket(job)):
        assert (seen.place, seen.reported_place) == (THERE, CITIZENS)
    (moved,) = [e for e in chief.sees(job).timeline if e.kind is EntryKind.MOVE_PLACE]
    assert (moved.person_name, moved.reason) == ("Ana", "Across the road")


def test_a_move_is_undone_within_eight_seconds(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    done = ana.app.do(tickets.move_place, job, THERE, "Across the road")
    ana.app.do(tickets.undo, done.operation_id)
    assert ana.sees(job).place == CITIZENS
    assert listed_at(ana) == [CITIZENS]
    assert ana.waiting() == 0


def test_of_two_moves_the_one_that_the_hub_hears_last_counts_and_both_are_told(
    town: Town, ana: Laptop, chief: Laptop
) -> None:
    job = town.citizen_reports()
    for laptop in (ana, chief):
        laptop.syncs()
    ana.goes_offline()
    ana.does(tickets.move_place, job, THERE, "Across the road")
    chief.does(tickets.move_place, job, ELSEWHERE, "As the photo shows")
    chief.syncs()
    ana.goes_online()
    town.everyone_agrees()
    seen = chief.sees(job)
    assert (seen.place, seen.reported_place) == (THERE, CITIZENS)
    told = [e.reason for e in seen.timeline if e.kind is EntryKind.MOVE_PLACE]
    assert told == ["As the photo shows", "Across the road"]


def test_a_move_on_a_job_that_was_closed_meanwhile_is_parked_with_its_point(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.does(tickets.move_place, job, THERE, "Across the road")
    town.platform_closes(job)
    ana.goes_online()
    ana.syncs()
    card = ana.card()
    assert (card.reason, card.ways) == (Reason.CLOSED, (WayOn.KEEP, WayOn.DROP))
    ana.decides(WayOn.KEEP)
    town.everyone_agrees()
    told = town.hub_ticket(job)
    assert told.place == CITIZENS
    notes = [e.text for e in told.timeline if e.kind is EntryKind.NOTE]
    assert notes == ["Across the road · 13.750300, 100.500200"]


def test_a_pin_is_moved_for_a_reason_and_by_those_who_have_the_job(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    closed = town.citizen_reports()
    town.platform_closes(closed)
    ana.syncs()
    with pytest.raises(WordsMissing):
        ana.app.do(tickets.move_place, job, THERE, "  ")
    with pytest.raises(NotAllowed):
        ana.app.do(tickets.move_place, closed, THERE, "Across the road")
