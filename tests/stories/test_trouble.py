"""What goes wrong between laptop and hub, and that nothing is lost by it."""

from itertools import pairwise

import pytest

from field_app.domain.errors import AlreadyOpen, NotTheHub, Unreachable, WrongPassword
from field_app.domain.ticket import TicketState
from field_app.store import sync_state
from field_app.sync.sending import FIRST_BYTES
from field_app.sync.status import Reach
from tests.helpers.fakes import PowerCut
from tests.helpers.town import PASSWORD, URL, Laptop, Town

PORTAL = b"<html><body>Sign in to the free network</body></html>"


@pytest.mark.parametrize("status", [200, 302, 403, 502, 503])
@pytest.mark.parametrize("kind", ["text/html", "application/json", "application/x-ndjson"])
def test_a_page_of_somebody_else_changes_nothing(
    town: Town, ana: Laptop, status: int, kind: str
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.repairs(job)
    before = (ana.has_copy(job), ana.app.see(lambda desk: sync_state.cursor(desk.db)))

    town.network.answers_as(status, {"Content-Type": kind, "Location": "/"}, PORTAL)
    report = ana.syncs()

    assert isinstance(report.error, NotTheHub)
    assert ana.waiting() == 4
    assert (ana.has_copy(job), ana.app.see(lambda desk: sync_state.cursor(desk.db))) == before
    town.everyone_agrees()


def test_a_forgotten_sign_in_keeps_everything_until_the_next_one(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.repairs(job)
    town.hub_forgets_tokens()

    report = ana.syncs()

    assert report.reach is Reach.SIGNED_OUT
    assert ana.waiting() == 4
    assert ana.sees(job).state is TicketState.IN_REVIEW
    ana.app.sign_in(URL, "ana", PASSWORD)
    town.everyone_agrees()
    assert town.hub_ticket(job).state is TicketState.IN_REVIEW


def test_signing_out_deletes_nothing_that_was_not_sent(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.repairs(job)

    ana.app.sign_out()
    assert ana.app.person is None
    ana.app.sign_in(URL, "ana", PASSWORD)

    assert ana.waiting() == 4
    town.everyone_agrees()


def test_whoever_was_here_before_gets_in_without_network_by_the_right_password_only(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.app.sign_out()
    ana.goes_offline()

    with pytest.raises(Unreachable):
        ana.app.sign_in(URL, "ana", "wrong password")
    with pytest.raises(Unreachable):
        ana.app.sign_in(URL, "nobody", PASSWORD)
    ana.app.sign_in(URL, "ana", PASSWORD)

    ana.starts(job)
    ana.goes_online()
    assert ana.syncs().reach is Reach.SIGNED_OUT
    ana.app.sign_in(URL, "ana", PASSWORD)
    town.everyone_agrees()


@pytest.mark.logs_warnings
def test_a_laptop_knows_who_signed_in_at_its_hub_before(town: Town, ana: Laptop) -> None:
    assert [person.username for person in ana.app.known_people] == ["ana"]
    town.person("bea")
    ana.app.sign_in(URL, "bea", PASSWORD)
    ana.app.sign_out()
    assert [person.username for person in ana.app.known_people] == ["ana", "bea"]

    damaged = next(ana.folder.glob("people/bea*/person.json"))
    damaged.write_text("{")
    assert [person.username for person in ana.app.known_people] == ["ana"]


def test_a_wrong_password_is_said_to_be_one(town: Town, ana: Laptop) -> None:
    with pytest.raises(WrongPassword):
        ana.app.sign_in(URL, "ana", "wrong password")
    assert ana.app.person is not None


def test_a_second_window_on_the_same_folder_is_refused(town: Town, ana: Laptop) -> None:
    with pytest.raises(AlreadyOpen):
        town.open_app(ana)


@pytest.mark.parametrize("at", [0, 1, 5_000, 65_536, 65_537, 90_000, 150_000])
def test_a_photo_cut_anywhere_goes_on_without_sending_acknowledged_bytes_again(
    town: Town, ana: Laptop, at: int
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.adds_photo(job, size=450)
    size = ana.open_uploads()[0].size_bytes
    assert size > 160_000

    town.network.cuts_request(at_byte=at)
    ana.syncs()

    town.everyone_agrees()
    sent = [(offset, offset + count) for _url, offset, count in town.network.patched]
    assert sum(end - start for start, end in sent) == size
    assert all(one[1] <= other[0] for one, other in pairwise(sent))


def test_a_photo_goes_on_after_the_laptop_lost_power_in_the_middle_of_it(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.adds_photo(job, size=450)
    size = ana.open_uploads()[0].size_bytes
    town.network.cuts_request(at_byte=30_000)
    town.network.power_fails(at=5, after=False)

    with pytest.raises(PowerCut):
        ana.syncs()
    ana.loses_power()

    town.everyone_agrees()
    assert sum(count for _url, _offset, count in town.network.patched) == size


def test_the_laptop_may_lose_power_before_or_after_every_request(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.repairs(job)
    cuts = 0
    for number in range(1, 12):
        for after in (False, True):
            town.network.power_fails(at=number, after=after)
            try:
                ana.syncs()
            except PowerCut:
                cuts += 1
                ana.loses_power()
            town.network.is_well()
            another = town.citizen_reports()
            ana.syncs()
            ana.repairs(another)
    assert cuts >= 8
    town.everyone_agrees()


def test_first_bytes_go_once_also_when_the_power_fails_before_their_answer_is_written(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.adds_photo(job, size=450)
    (photo,) = ana.open_uploads()
    town.network.power_fails(at=3, after=True)
    with pytest.raises(PowerCut):
        ana.syncs()
    assert [count for _url, _offset, count in town.network.patched] == [FIRST_BYTES]
    ana.loses_power()
    town.network.is_well()
    ana.syncs()

    assert ana.open_uploads() == ()
    assert sum(count for _url, _offset, count in town.network.patched) == photo.size_bytes
    town.everyone_agrees()


@pytest.mark.parametrize("at", [0, 1, 300, 700, 1_000])
def test_a_pull_cut_anywhere_goes_on_where_it_was(town: Town, ana: Laptop, at: int) -> None:
    for _number in range(40):
        town.citizen_reports()

    town.network.cuts_body(at_byte=at)
    ana.syncs()

    town.everyone_agrees()
    assert len(ana.rows()) == 40


def test_a_hub_that_restarts_in_between_gets_everything(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.repairs(job)
    town.hub_closes()

    assert ana.syncs().reach is Reach.OFFLINE
    town.hub_opens()

    town.everyone_agrees()
    assert town.hub_ticket(job).state is TicketState.IN_REVIEW


def test_an_unknown_cursor_starts_the_pull_over_and_leaves_the_outbox_alone(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.starts(job)
    town.hub_forgets_its_name()

    ana.goes_online()
    report = ana.syncs()

    assert report.is_complete
    assert report.tally.delivered == 1
    town.everyone_agrees()


@pytest.mark.logs_warnings
def test_a_damaged_cache_is_rebuilt_and_unsent_work_is_kept(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    for _number in range(30):
        town.citizen_reports("word " * 200)
    ana.syncs()
    ana.goes_offline()
    ana.repairs(job)
    ana.closes()
    path = next(ana.folder.glob("people/*/field.db"))
    data = bytearray(path.read_bytes())
    data[100:110] = b"\xff" * 10
    data[-16_384:] = b"\xaa" * 16_384
    path.write_bytes(data)

    ana.app = town.open_app(ana)

    assert ana.app.rescued is not None
    assert ana.waiting() == 4
    town.everyone_agrees()
    assert town.hub_ticket(job).state is TicketState.IN_REVIEW
