"""The program without windows: who is signed in, whose work is whose, who has the folder."""

import gc
import warnings
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest

from field_app.domain.errors import (
    AlreadyOpen,
    NotTheHub,
    SignedOut,
    StoreFailed,
    Unreachable,
    WrongPassword,
)
from field_app.domain.ids import TicketId
from field_app.queries.tickets import list_tickets
from field_app.sync.status import Reach
from tests.helpers.town import EVERYTHING, PASSWORD, URL, Laptop, Town, a_town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with a_town(tmp_path) as town:
        yield town


@pytest.fixture
def ana(town: Town) -> Laptop:
    return town.person("ana")


def _new_program(town: Town, laptop: Laptop) -> None:
    laptop.closes()
    laptop.app = town.open_app(laptop)


def test_whoever_signed_in_is_here_again_after_a_restart(town: Town, ana: Laptop) -> None:
    _new_program(town, ana)
    assert ana.app.person is not None
    assert ana.app.person.username == "ana"
    assert (ana.app.hub_url, ana.app.last_username) == (URL, "ana")
    assert [person.username for person in ana.app.known_people] == ["ana"]


def test_whoever_signed_out_is_not_here_after_a_restart_but_known(town: Town, ana: Laptop) -> None:
    ana.app.sign_out()
    _new_program(town, ana)

    assert ana.app.person is None
    assert ana.app.last_username == "ana"
    assert ana.app.status().waiting_count == 0
    with pytest.raises(SignedOut):
        ana.app.see(list_tickets, EVERYTHING)
    with pytest.raises(SignedOut):
        ana.app.sync_once()


def test_a_refused_sign_in_leaves_whoever_is_here(town: Town, ana: Laptop) -> None:
    with pytest.raises(WrongPassword):
        ana.app.sign_in(URL, "ana", "wrong password")
    with pytest.raises(NotTheHub):
        ana.app.sign_in("ftp://hub", "ana", PASSWORD)
    assert ana.app.person is not None


@pytest.mark.parametrize("status", [502, 503])
def test_a_hub_that_cannot_answer_lets_in_who_was_here_before(
    town: Town, ana: Laptop, status: int
) -> None:
    ana.app.sign_out()
    body = b'{"type": "about:blank", "title": "Busy", "status": 503, "detail": ""}'
    town.network.answers_as(status, {"Content-Type": "application/problem+json"}, body)

    assert ana.app.sign_in(URL, "ana", PASSWORD).username == "ana"


def test_signing_out_keeps_unsent_work_for_the_next_sign_in(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.repairs(job)
    ana.app.sign_out()
    _new_program(town, ana)

    ana.app.sign_in(URL, "ana", PASSWORD)

    assert ana.waiting() == 4
    assert ana.syncs().reach is Reach.OFFLINE
    ana.goes_online()
    ana.app.sign_in(URL, "ana", PASSWORD)
    town.everyone_agrees()


def test_two_people_on_one_laptop_do_not_see_each_others_work(town: Town, ana: Laptop) -> None:
    town.person("wit", crew="lights")
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.starts(job)
    ana.goes_online()

    ana.app.sign_in(URL, "wit", PASSWORD)
    ana.syncs()

    assert ana.rows() == ()
    assert ana.waiting() == 0
    assert town.hub_ticket(job).timeline == ()
    assert sorted(person.username for person in ana.app.known_people) == ["ana", "wit"]
    ana.app.sign_in(URL, "ana", PASSWORD)
    assert ana.waiting() == 1
    town.everyone_agrees()


def test_the_folder_belongs_to_one_program_until_it_closes(town: Town, ana: Laptop) -> None:
    with pytest.raises(AlreadyOpen):
        town.open_app(ana)
    _new_program(town, ana)
    assert ana.app.person is not None


@pytest.mark.logs_warnings
@pytest.mark.parametrize("name", ["last.json", "people/*/person.json"])
@pytest.mark.parametrize("data", [b"", b"\xff\xfe{", b"[]", b'{"account": 7, "is_open": true}'])
def test_a_damaged_note_of_who_was_here_asks_for_a_sign_in_and_loses_no_work(
    town: Town, ana: Laptop, name: str, data: bytes
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.starts(job)
    ana.closes()
    next(ana.folder.glob(name)).write_bytes(data)

    ana.app = town.open_app(ana)

    assert ana.app.person is None
    ana.goes_online()
    ana.app.sign_in(URL, "ana", PASSWORD)
    assert ana.waiting() == 1
    town.everyone_agrees()


@pytest.mark.logs_warnings
def test_a_damaged_database_is_rebuilt_at_the_start_and_said_once(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.starts(job)
    ana.closes()
    next(ana.folder.glob("people/*/field.db")).write_bytes(b"no database")

    ana.app = town.open_app(ana)

    assert ana.app.pop_rescue() is not None
    assert ana.app.pop_rescue() is None
    ana.confirmed.clear()
    town.everyone_agrees()


def test_every_thread_gets_its_own_connection_and_all_are_closed_at_the_end(
    town: Town, ana: Laptop
) -> None:
    connections: list[object] = []
    look = lambda: connections.append(ana.app.see(lambda desk: desk.db))  # noqa: E731
    threads = [Thread(target=look) for _number in range(2)]
    ana.syncs()
    for thread in threads:
        thread.start()
        thread.join()
    ana.app.see(lambda desk: connections.append(desk.db))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        ana.closes()
        gc.collect()

    for database in connections:
        with pytest.raises(Exception, match="closed"):
            database.rows("SELECT 1")  # type: ignore[attr-defined]
    ana.app = town.open_app(ana)


def test_nobody_who_is_unknown_here_gets_in_without_a_network(town: Town, ana: Laptop) -> None:
    ana.goes_offline()
    with pytest.raises(Unreachable):
        ana.app.sign_in(URL, "wit", PASSWORD)
    assert ana.app.person is not None
    assert ana.has_copy(TicketId("none")) is None


@pytest.mark.parametrize("name", ["token.new", "person.new"])
def test_a_sign_in_that_cannot_be_written_down_says_so(town: Town, ana: Laptop, name: str) -> None:
    ana.app.sign_out()
    folder = next(ana.folder.glob("people/*/person.json")).parent
    (folder / name).mkdir()

    with pytest.raises(StoreFailed):
        ana.app.sign_in(URL, "ana", PASSWORD)

    assert ana.app.person is None
    (folder / name).rmdir()
    assert ana.app.sign_in(URL, "ana", PASSWORD).username == "ana"


@pytest.mark.logs_warnings
def test_a_remembered_password_that_is_damaged_lets_nobody_in_without_a_network(
    town: Town, ana: Laptop
) -> None:
    ana.app.sign_out()
    ana.goes_offline()
    path = next(ana.folder.glob("people/*/person.json"))
    path.write_bytes(path.read_bytes().replace(b'"verifier":"', b'"verifier":"zz'))

    with pytest.raises(Unreachable):
        ana.app.sign_in(URL, "ana", PASSWORD)
