"""The hub blocks a computer: its unsent work is sealed for IT, and only then all is wiped."""

import shutil
import threading
from pathlib import Path
from threading import Event

import pytest
from requests import PreparedRequest

from field_app import farewell as farewells
from field_app.actions.packs import save, take_in
from field_app.app import App
from field_app.domain.changes import Changes
from field_app.domain.errors import DeviceRevoked, Unreachable
from field_app.domain.farewell import Farewell
from field_app.domain.ids import TicketId
from field_app.domain.pack_errors import BlockedWithoutKey, NoRoomThere
from field_app.domain.people import Role
from field_app.domain.verdict import Outcome, Reason
from field_app.packs.reading import open_pack
from field_app.queries.desk import Desk
from field_app.store import unsent
from field_app.store.people import Account, People
from field_app.sync.status import SyncStatus
from field_app.unfinished import Unfinished
from tests.helpers.fakes import Answer
from tests.helpers.packs import PASSPHRASE, quiet
from tests.helpers.town import PASSWORD, URL, Laptop, Town


class PulledPlug(BaseException):
    """The computer goes out in the middle."""


@pytest.fixture
def ticket(town: Town, ana: Laptop) -> TicketId:
    """A job that ana repaired without network, on a laptop that was blocked meanwhile."""
    ticket = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.repairs(ticket)
    it_blocks(town, ana)
    ana.goes_online()
    return ticket


def it_blocks(town: Town, laptop: Laptop) -> None:
    for device in town.hub.accounts.devices():
        if device.username == laptop.username:
            town.hub.accounts.revoke(device.id)


def said(laptop: Laptop) -> Farewell:
    farewell = laptop.app.farewell
    assert farewell is not None
    return farewell


def packs(laptop: Laptop) -> list[Path]:
    return sorted((laptop.folder / farewells.PACKS).glob("*"))


def is_wiped(laptop: Laptop) -> bool:
    left = [path for path in (laptop.folder / "people").rglob("*") if path.is_file()]
    return laptop.app.person is None and left == []


def no_roll_call(request: PreparedRequest) -> Answer | None:
    """A proxy that lets everything through but the roll call."""
    is_it = str(request.url).endswith("/roll-call")
    return (502, {"Content-Type": "text/html"}, b"<h1>Bad gateway</h1>") if is_it else None


def an_older_hub(request: PreparedRequest) -> Answer | None:
    """A hub that answers nothing at all to blocked computers."""
    body = b'{"title":"Blocked.","status":401,"device_revoked":true}'
    return 401, {"Content-Type": "application/problem+json"}, body


def hub_takes(town: Town, path: Path) -> list[Outcome]:
    with open_pack(path) as sealed:
        report = town.hub.rescue.take(town.hub.rescue.opened(sealed))
    return [verdict.outcome for verdict in report.verdicts]


def hub_gets_everything(town: Town, laptop: Laptop, ticket: TicketId) -> None:
    [file] = packs(laptop)
    with open_pack(file) as sealed:
        report = town.hub.rescue.take(town.hub.rescue.opened(sealed))
    assert report.count(Outcome.APPLIED) == 4
    assert report.is_whole
    assert town.hub_ticket(ticket).state == "in_review"


def test_the_work_is_sealed_and_the_computer_is_wiped(
    town: Town, ana: Laptop, ticket: TicketId
) -> None:
    report = ana.syncs()

    assert isinstance(report.error, DeviceRevoked)
    assert is_wiped(ana)
    farewell = said(ana)
    assert (farewell.operations, farewell.photos, farewell.person_name) == (4, 2, "Ana")
    assert [farewell.path] == packs(ana)
    assert packs(ana)[0].suffix == ".fieldrescue"
    hub_gets_everything(town, ana, ticket)


def test_what_a_restored_hub_lost_is_sealed_with_the_rest(town: Town, ana: Laptop) -> None:
    ticket = town.citizen_reports()
    ana.syncs()
    town.hub_is_backed_up()
    ana.repairs(ticket)
    ana.syncs()
    town.hub_is_restored()
    it_blocks(town, ana)

    ana.syncs()

    assert is_wiped(ana)
    assert (said(ana).operations, said(ana).photos) == (4, 2)
    hub_gets_everything(town, ana, ticket)


def test_what_a_restored_hub_only_recorded_is_sealed_too_and_told_wherever_it_is_taken_in(
    town: Town, ana: Laptop, tmp_path: Path
) -> None:
    ticket = town.citizen_reports()
    ana.syncs()
    town.hub_is_backed_up()
    ana.goes_offline()
    ana.starts(ticket)
    stick = tmp_path / "day.fieldrescue"
    ana.app.do(save, stick, PASSPHRASE, quiet)
    assert hub_takes(town, stick) == [Outcome.APPLIED]
    ana.goes_online()
    ana.syncs()
    town.hub_is_restored()
    town.platform_closes(ticket)
    assert hub_takes(town, stick) == [Outcome.RECORDED]
    it_blocks(town, ana)

    ana.syncs()

    assert is_wiped(ana)
    [file] = packs(ana)
    assert said(ana).operations == 1
    assert hub_takes(town, file) == [Outcome.DUPLICATE]
    ana.app.sign_in(URL, "ana", PASSWORD)
    ana.app.do(take_in, stick, PASSPHRASE, quiet)
    ana.syncs()
    assert (ana.needs_you(), ana.card().reason) == (1, Reason.CLOSED)


def test_a_hub_that_was_only_started_anew_gets_nothing_twice(town: Town, ana: Laptop) -> None:
    ticket = town.citizen_reports()
    ana.syncs()
    ana.repairs(ticket)
    ana.syncs()
    town.hub_restarts()
    it_blocks(town, ana)

    ana.syncs()

    assert is_wiped(ana)
    assert packs(ana) == []


def test_nothing_is_wiped_before_it_is_known_what_the_hub_holds(town: Town, ana: Laptop) -> None:
    ticket = town.citizen_reports()
    ana.syncs()
    town.hub_is_backed_up()
    ana.repairs(ticket)
    ana.syncs()
    town.hub_is_restored()
    it_blocks(town, ana)
    town.network.gate = no_roll_call

    report = ana.syncs()

    assert isinstance(report.error, Unreachable)
    assert ana.app.person is not None
    town.network.is_well()
    ana.syncs()
    assert is_wiped(ana)
    hub_gets_everything(town, ana, ticket)


def test_a_hub_that_lets_blocked_computers_ask_nothing_gets_all_once_more(
    town: Town, ana: Laptop
) -> None:
    ticket = town.citizen_reports()
    ana.syncs()
    ana.repairs(ticket)
    ana.syncs()
    town.network.gate = an_older_hub

    ana.syncs()

    assert is_wiped(ana)
    [file] = packs(ana)
    with open_pack(file) as sealed:
        report = town.hub.rescue.take(town.hub.rescue.opened(sealed))
    assert report.count(Outcome.DUPLICATE) == 4
    assert report.is_whole


def test_with_nothing_unsent_it_is_only_wiped(town: Town, ana: Laptop) -> None:
    town.citizen_reports()
    ana.syncs()
    it_blocks(town, ana)

    ana.syncs()

    assert is_wiped(ana)
    assert said(ana).path is None
    assert packs(ana) == []


def test_a_colleague_on_the_same_computer_keeps_everything(
    town: Town, ana: Laptop, ticket: TicketId
) -> None:
    ana.syncs()
    town.hub.accounts.add_person("ben", PASSWORD, name="Ben", role=Role.CREW, crew_id="roads")
    ana.app.sign_in(URL, "ben", PASSWORD)
    assert ana.app.person is not None
    assert said(ana).person_name == "Ana"


def test_whoever_signs_in_again_hears_no_more_of_it_and_the_pack_stays(
    town: Town, ana: Laptop, ticket: TicketId
) -> None:
    ana.syncs()

    ana.app.sign_in(URL, "ana", PASSWORD)

    assert ana.app.farewell is None
    assert len(packs(ana)) == 1
    ana.confirmed.clear()
    ana.photos.clear()
    town.everyone_agrees()


def test_a_second_farewell_leaves_the_first_pack_alone_even_if_its_record_came_back(
    town: Town, ana: Laptop, ticket: TicketId
) -> None:
    ana.syncs()
    [first] = packs(ana)
    sealed = first.read_bytes()
    [record] = (ana.folder / "farewell").glob("*.json")
    kept = record.read_bytes()
    ana.app.sign_in(URL, "ana", PASSWORD)
    record.write_bytes(kept)  # as when the power fails before its end is on the disk
    ana.syncs()
    ana.goes_offline()
    ana.notes(ticket, "Once more")
    it_blocks(town, ana)
    town.clock.passes(60)
    ana.goes_online()

    ana.syncs()

    assert is_wiped(ana)
    assert len(packs(ana)) == 2
    assert first.read_bytes() == sealed
    ana.confirmed.clear()


def test_a_full_disk_wipes_nothing_and_the_next_contact_tries_again(
    town: Town, ana: Laptop, ticket: TicketId, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(ana.folder)._replace(free=1000)
    with monkeypatch.context() as during:
        during.setattr(shutil, "disk_usage", lambda _folder: usage)
        assert isinstance(ana.syncs().error, NoRoomThere)
    assert ana.waiting() == 4
    assert packs(ana) == []

    ana.syncs()

    assert is_wiped(ana)
    hub_gets_everything(town, ana, ticket)


def test_a_computer_without_a_rescue_key_keeps_the_work(
    town: Town, ana: Laptop, ticket: TicketId
) -> None:
    account = next((ana.folder / "people").iterdir()).name
    ana.app._credentials.forget_rescue_key(account)

    report = ana.syncs()

    assert isinstance(report.error, BlockedWithoutKey)
    assert ana.waiting() == 4
    assert packs(ana) == []
    assert ana.app.farewell is None


def test_work_done_while_it_is_sealed_is_sealed_too(
    town: Town, ana: Laptop, ticket: TicketId, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave = ana.app._leave

    def adds_a_note_and_leaves() -> None:
        ana.notes(ticket, "One more thing")
        leave()

    monkeypatch.setattr(ana.app._blocked, "_leave", adds_a_note_and_leaves)
    ana.syncs()

    assert is_wiped(ana)
    assert said(ana).operations == 5
    assert len(packs(ana)) == 1


@pytest.mark.parametrize(
    "moment", ["the first seal", "leaving", "the second look", "wiping", "forgetting", "the end"]
)
def test_a_plug_pulled_at_any_moment_is_gone_on_from(
    town: Town, ana: Laptop, ticket: TicketId, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pull(*_: object, **__: object) -> None:
        raise PulledPlug

    with monkeypatch.context() as during:
        if moment == "the first seal":
            during.setattr(unsent, "note_packed", pull)
        elif moment == "leaving":
            during.setattr(ana.app._blocked, "_leave", pull)
        elif moment == "the second look":
            during.setattr(ana.app._farewells, "_open_desks", pull)
        elif moment == "wiping":
            during.setattr(shutil, "rmtree", pull)
        elif moment == "forgetting":
            during.setattr(ana.app._credentials, "forget_rescue_key", pull)
        else:
            during.setattr(People, "note_last", pull)
        with pytest.raises(PulledPlug):
            ana.syncs()

    ana.loses_power()

    assert is_wiped(ana)
    assert said(ana).operations == 4
    hub_gets_everything(town, ana, ticket)


def record_of(laptop: Laptop) -> Path:
    [record] = (laptop.folder / "farewell").glob("*.json")
    return record


def breaks_off(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the power go when all is sealed and nothing is wiped."""

    def pull(*_: object) -> None:
        raise PulledPlug

    with monkeypatch.context() as during:
        during.setattr(laptop.app._farewells, "_open_desks", pull)
        with pytest.raises(PulledPlug):
            laptop.syncs()


def test_what_is_gone_on_with_before_the_window_tells_how_far_it_is_and_can_be_broken_off(
    town: Town, ana: Laptop, ticket: TicketId, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks_off(ana, monkeypatch)
    packs(ana)[0].unlink()
    ana.app._lock.release()
    again, told = Unfinished(ana.folder, ana.clock), list[tuple[int, int]]()
    assert again.person_name == "Ana"

    def close(_done: int, _total: int) -> None:
        again.break_off()

    assert not again.go_on(close)
    assert packs(ana) == []
    assert len(list((ana.folder / "people").glob("*/field.db"))) == 1

    again = Unfinished(ana.folder, ana.clock)
    assert again.go_on(lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] > 0
    assert again.person_name == ""
    ana.app = town.open_app(ana)
    assert is_wiped(ana)
    hub_gets_everything(town, ana, ticket)


@pytest.mark.logs_warnings
@pytest.mark.parametrize(
    "rubbish", [b"", b"{", b"[1]", b'{"account": 5}', b'{"file": "x"}', b"\xff\x00"]
)
def test_a_damaged_record_stops_no_start_and_nothing_is_wiped_unsealed(
    town: Town, ana: Laptop, ticket: TicketId, rubbish: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks_off(ana, monkeypatch)
    record_of(ana).write_bytes(rubbish)
    packs(ana)[0].unlink()

    ana.loses_power()

    assert is_wiped(ana)
    assert (said(ana).operations, said(ana).person_name, said(ana).is_damaged) == (4, "Ana", True)
    hub_gets_everything(town, ana, ticket)


@pytest.mark.logs_warnings
def test_a_record_that_is_damaged_when_all_is_over_still_says_where_the_packs_are(
    town: Town, ana: Laptop, ticket: TicketId
) -> None:
    ana.syncs()
    record_of(ana).write_bytes(b"rubbish")

    ana.loses_power()

    assert (said(ana).is_damaged, said(ana).folder) == (True, packs(ana)[0].parent)


@pytest.mark.logs_warnings
def test_of_whom_nothing_can_be_opened_and_nothing_is_sealed_nothing_is_deleted(
    town: Town, ana: Laptop, ticket: TicketId, monkeypatch: pytest.MonkeyPatch
) -> None:
    breaks_off(ana, monkeypatch)
    for damaged in (record_of(ana), *(ana.folder / "people").glob("*/person.json")):
        damaged.write_bytes(b"rubbish")

    ana.loses_power()

    assert ana.app.person is None
    assert len(list((ana.folder / "people").glob("*/field.db"))) == 1
    assert (said(ana).is_damaged, said(ana).is_wiped) == (True, False)


def test_a_pack_that_somebody_took_away_before_the_wiping_is_made_again(
    town: Town, ana: Laptop, ticket: TicketId, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pull(*_: object) -> None:
        raise PulledPlug

    with monkeypatch.context() as during:
        during.setattr(shutil, "rmtree", pull)
        with pytest.raises(PulledPlug):
            ana.syncs()
    packs(ana)[0].unlink()

    ana.loses_power()

    assert is_wiped(ana)
    hub_gets_everything(town, ana, ticket)


def test_the_sync_thread_hears_it_and_the_window_is_told(
    town: Town, ana: Laptop, ticket: TicketId
) -> None:
    over, told = Event(), list[SyncStatus]()

    def hear(status: SyncStatus) -> None:
        told.append(status)
        if app.person is None and isinstance(status.last_error, DeviceRevoked):
            over.set()

    ana.closes()
    app = App.open(ana.folder, _ignore, hear, town.clock, town.network_of(ana))
    ana.app = app
    app.start_sync()

    assert over.wait(15)
    assert is_wiped(ana)
    assert told[-1].reach == "signed_out"
    hub_gets_everything(town, ana, ticket)


def test_a_late_word_that_one_person_is_blocked_wipes_nobody_else(
    town: Town, ana: Laptop, ticket: TicketId, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("field_app.sync.loop.JOIN_S", 0.0)
    asked, answer, first = Event(), Event(), iter([True])

    def hold_the_first(_request: PreparedRequest) -> None:
        if next(first, False):
            asked.set()
            assert answer.wait(15)

    town.hub.accounts.add_person("ben", PASSWORD, name="Ben", role=Role.CREW, crew_id="roads")
    town.network.gate = hold_the_first
    ana.app.start_sync()
    assert asked.wait(15)
    late = ana.app._loop
    assert late is not None

    ana.app.sign_out()
    ana.app.sign_in(URL, "ben", PASSWORD)
    answer.set()
    late._thread.join(15)
    for thread in threading.enumerate():
        if thread.name == "farewell":
            thread.join(15)

    person = ana.app.person
    assert person is not None
    assert person.username == "ben"
    assert ana.app.farewell is None


def test_whoever_signs_in_while_it_is_sealed_stays(
    town: Town, ana: Laptop, ticket: TicketId, monkeypatch: pytest.MonkeyPatch
) -> None:
    town.hub.accounts.add_person("ben", PASSWORD, name="Ben", role=Role.CREW, crew_id="roads")
    seal = ana.app._farewells._seal

    def seal_and_change(desk: Desk, account: Account) -> frozenset[str]:
        sealed = seal(desk, account)
        ana.app.sign_out()
        ana.app.sign_in(URL, "ben", PASSWORD)
        return sealed

    monkeypatch.setattr(ana.app._farewells, "_seal", seal_and_change)
    ana.syncs()

    assert said(ana).person_name == "Ana"
    assert [p.username for p in ana.app.known_people] == ["ben"]
    hub_gets_everything(town, ana, ticket)
    ana.loses_power()
    person = ana.app.person
    assert person is not None
    assert person.username == "ben"


def test_it_is_said_once_however_often_it_is_heard(
    town: Town, ana: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    said_to, told, go_on = list[str](), Event(), Event()

    def say(account: Account, *_: object) -> None:
        said_to.append(account.person.username)
        assert go_on.wait(15)

    farewells_of = ana.app._farewells
    monkeypatch.setattr(farewells_of, "say", say)
    account, desks = ana.app._account, ana.app._desks
    assert account is not None
    assert desks is not None
    for _status in range(2):
        farewells_of.say_soon(account, desks, ana.app._leave, lambda _failure: told.set())
    go_on.set()

    assert told.wait(15)
    assert said_to == ["ana"]


def test_closing_the_window_while_it_is_sealed_loses_nothing(
    town: Town, ana: Laptop, ticket: TicketId, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana.app._farewells._is_closing.set()
    with pytest.raises(farewells.BrokenOff):
        ana.syncs()
    assert packs(ana) == []

    ana.loses_power()

    assert is_wiped(ana)
    hub_gets_everything(town, ana, ticket)


def _ignore(_changes: Changes) -> None:
    """Nobody looks."""
