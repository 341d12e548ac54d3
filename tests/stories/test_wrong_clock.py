"""A laptop whose clock is wrong: what people see is right, and nothing waits or hurries for it."""

import os
from datetime import timedelta

import pytest
import requests

from field_app.actions import outbox as outbox_actions
from field_app.domain.changes import Changes
from field_app.domain.operation import UNDO_WINDOW_S
from field_app.queries.day_end import day_end
from field_app.queries.outbox import OutboxView, outbox
from field_app.queries.tickets import TicketFilter, list_tickets
from field_app.store import sync_state
from field_app.sync.engine import run_round
from tests.helpers.fakes import Answer
from tests.helpers.town import Laptop, Town, picture

SLOW = timedelta(hours=-3, minutes=-12)
DAY = timedelta(days=1)


def _outbox(laptop: Laptop) -> OutboxView:
    view: OutboxView = laptop.app.see(outbox)
    return view


def _apart_ms(laptop: Laptop) -> int:
    offset: int = laptop.app.see(lambda desk: sync_state.clock_offset_ms(desk.db))
    return offset


@pytest.mark.parametrize("fast", [SLOW, DAY, -DAY, timedelta(days=-4000)])
def test_times_on_the_screen_are_the_hubs_when_the_laptops_clock_is_wrong(
    town: Town, ana: Laptop, fast: timedelta
) -> None:
    job = town.citizen_reports()
    ana.clock.fast = fast
    ana.syncs()
    ana.starts(job)

    true = town.clock.now()
    assert _apart_ms(ana) == -fast / timedelta(milliseconds=1)
    assert ana.outbox()[0].made_at == true
    assert ana.app.status().last_success_at == true
    assert ana.app.see(list_tickets, TicketFilter()).fetched_at == true
    assert ana.sees(job).timeline[-1].at == true
    town.everyone_agrees()
    assert town.hub_ticket(job).timeline[-1].at == true
    assert len(_outbox(ana).delivered_today) == 1


def test_the_days_end_is_told_by_the_hubs_clock_and_in_the_order_of_the_work(
    town: Town, ana: Laptop
) -> None:
    first, second, third = (town.citizen_reports() for _number in range(3))
    ana.syncs()
    ana.adds_photo(third)
    town.network.gate = _no_uploads
    ana.syncs()
    ana.goes_offline()
    ana.starts(first)
    ana.clock.fast = -DAY
    ana.starts(second)

    jobs = ana.app.see(day_end).jobs

    assert [job.ticket_id for job in jobs] == [third, first, second]
    ana.goes_online()
    town.network.is_well()
    ana.clock.fast = SLOW
    ana.syncs()
    town.clock.passes(60)
    ana.goes_offline()
    ana.notes(first, "By a slow clock.")
    end = ana.app.see(day_end)
    assert end.jobs[0].since == town.clock.now()
    assert end.agreed_at == town.clock.now() - timedelta(seconds=60)
    town.everyone_agrees()


def test_a_photo_that_is_being_added_is_no_stray_file_when_the_clock_was_set_back(
    town: Town, ana: Laptop
) -> None:
    ana.app.open_desk().db.close()  # as sync does at the start
    data = picture(7)
    sha256 = ana.app.see(lambda desk: desk.vault.keep(data))
    path = ana.app.see(lambda desk: desk.vault.path(sha256))
    os.utime(path, (0, 0))

    ana.app.open_desk().db.close()  # as sync does after another sign-in

    assert path.is_file()


def _no_uploads(request: requests.PreparedRequest) -> Answer | None:
    """Let nobody send a photo."""
    if "/photos/upload" in str(request.url):
        raise requests.exceptions.ConnectionError("the line was cut")
    return None


def test_a_clock_that_is_a_minute_off_is_shown_as_it_is(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.clock.fast = timedelta(seconds=90)
    ana.syncs()
    ana.starts(job)

    assert ana.outbox()[0].made_at == ana.clock.now()
    assert ana.app.status().last_success_at == ana.clock.now()


def test_today_and_lateness_follow_the_hub(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.repairs(job)
    town.everyone_agrees()
    ana.clock.fast = DAY

    assert ana.app.see(list_tickets, TicketFilter()).done_count == 0, "nobody told it yet"
    ana.syncs()

    assert ana.app.see(list_tickets, TicketFilter()).done_count == 1


def test_work_keeps_the_time_at_which_it_was_done_when_the_clock_is_set_right(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.clock.fast = SLOW
    ana.syncs()
    ana.goes_offline()
    ana.starts(job)
    done_at = town.clock.now()

    ana.clock.fast = timedelta()
    town.clock.passes(600)
    ana.notes(job, "Wrote this with the right clock and the old knowledge of it.")
    assert ana.outbox()[0].made_at == done_at

    ana.goes_online()
    ana.syncs()
    assert _apart_ms(ana) == 0
    assert town.hub_ticket(job).timeline[0].at == done_at
    town.everyone_agrees()


def test_every_screen_is_drawn_again_when_the_shown_times_change(town: Town, ana: Laptop) -> None:
    ana.syncs()
    heard: list[Changes] = []

    def a_round() -> None:
        ana.app._tell = heard.append
        ana.app.see(lambda desk: run_round(ana.app.site(desk, None, is_probe=False)))

    a_round()
    assert not any(changes.everything for changes in heard)
    ana.clock.fast = DAY
    a_round()
    assert heard[-1].everything


def test_a_slow_network_does_not_look_like_a_wrong_clock(town: Town, ana: Laptop) -> None:
    ana.syncs()
    town.clock.step = timedelta(seconds=40)

    ana.syncs()

    assert _apart_ms(ana) == 0


@pytest.mark.parametrize("jump", [DAY, -DAY])
def test_undo_and_retries_go_on_when_the_clock_jumps(
    town: Town, ana: Laptop, jump: timedelta
) -> None:
    job, other = town.citizen_reports(), town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.starts(job)
    ana.syncs()
    (item,) = ana.outbox()
    assert item.retry_at is not None
    ana.starts(other)

    ana.clock.fast = jump
    first = ana.outbox()[0]
    left = None if first.retry_at is None else first.retry_at - ana.clock.now()
    assert left is None or left < timedelta(minutes=11)
    ana.goes_online()
    town.clock.passes(UNDO_WINDOW_S + 1)
    ana.app.sync_once()

    assert ana.waiting() == 0
    town.everyone_agrees()
    assert ana.app.status().last_success_at == town.clock.now()


def test_the_outbox_keeps_its_order_whatever_the_clock_says(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.starts(job)
    ana.clock.fast = -DAY
    ana.notes(job, "Second")
    ana.clock.fast = DAY
    ana.notes(job, "Third")
    ana.clock.fast = timedelta()
    ana.adds_photo(job)

    assert [item.type for item in ana.outbox()] == ["start", "note", "note", "add_photo"]
    ana.app.do(outbox_actions.retry_now)
    town.everyone_agrees()
    words = [entry.text for entry in town.hub_ticket(job).timeline]
    assert words.index("Second") < words.index("Third")
