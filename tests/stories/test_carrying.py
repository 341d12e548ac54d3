"""A colleague carries a pack: sealed all the way, taken once, and gone only after the receipt."""

from pathlib import Path

import orjson
import pytest
from requests import PreparedRequest

from field_app.actions import outbox
from field_app.actions.packs import carry
from field_app.domain.errors import HubRefused, Unreachable
from field_app.domain.ids import TicketId
from field_app.domain.pack_errors import NotAPack, NotThisKey
from field_app.packs.carrying import copies_in
from field_app.queries.day_end import DayEnd, day_end
from field_app.queries.local_state import LocalState
from field_app.queries.outbox import OutboxView
from field_app.queries.outbox import outbox as outbox_view
from field_app.queries.packs import Carried, carried
from field_app.sync.status import Reach
from tests.helpers.packs import a_pack, quiet
from tests.helpers.town import Laptop, Town
from tests.stories.test_blocked import it_blocks, packs
from tests.stories.test_rescue_packs import a_day_without_network, saves


@pytest.fixture
def ben(town: Town, ana: Laptop) -> Laptop:
    """Somebody of the same crew who drives to the depot."""
    return town.person("ben")


@pytest.fixture
def ticket(town: Town, ana: Laptop, ben: Laptop) -> TicketId:
    """A job that ana repaired without network."""
    return a_day_without_network(town, ana)


@pytest.fixture
def file(ana: Laptop, ticket: TicketId, tmp_path: Path) -> Path:
    return saves(ana, tmp_path / "day.fieldrescue").path


def gives(file: Path, laptop: Laptop) -> None:
    laptop.app.do(carry, file, quiet)


def carries(laptop: Laptop) -> tuple[Carried, ...]:
    found: tuple[Carried, ...] = laptop.app.see(carried)
    return found


def kept(laptop: Laptop) -> tuple[Path, ...]:
    copies: tuple[Path, ...] = laptop.app.see(lambda desk: copies_in(desk.carried_folder))
    return copies


def ends(laptop: Laptop) -> DayEnd:
    end: DayEnd = laptop.app.see(day_end)
    return end


def test_it_reaches_the_hub_and_the_copy_goes_after_the_receipt(
    town: Town, ben: Laptop, ticket: TicketId, file: Path
) -> None:
    ben.goes_offline()
    gives(file, ben)
    ben.syncs()
    assert [pack.waits for pack in carries(ben)] == [True]

    ben.goes_online()
    assert ben.syncs().error is None

    [pack] = carries(ben)
    assert pack.receipt is not None
    assert (pack.name, pack.receipt.applied, pack.receipt.photos_new) == (file.name, 4, 2)
    assert kept(ben) == ()
    assert town.hub_ticket(ticket).state == "in_review"
    assert file.is_file()
    town.everyone_agrees()


def test_a_lost_answer_makes_nothing_twice(
    town: Town, ben: Laptop, ticket: TicketId, file: Path
) -> None:
    gives(file, ben)
    ben.syncs()
    gives(file, ben)
    assert carries(ben)[0].waits

    ben.syncs()

    receipt = carries(ben)[0].receipt
    assert receipt is not None
    assert (receipt.applied, receipt.duplicates, receipt.photos_here) == (0, 4, 2)
    assert town.hub_ticket(ticket).state == "in_review"


def test_a_line_that_breaks_keeps_the_copy(town: Town, ben: Laptop, file: Path) -> None:
    gives(file, ben)
    body = {"type": "about:blank", "title": "Full", "status": 507, "detail": ""}
    problem = {"Content-Type": "application/problem+json"}
    town.network.answers_as(507, problem, orjson.dumps(body))

    assert ben.syncs().reach is Reach.WEAK

    town.network.is_well()
    assert carries(ben)[0].waits
    ben.syncs()
    assert carries(ben)[0].receipt is not None


def test_a_pack_that_the_hub_cannot_open_stays_and_is_told(
    town: Town, ana: Laptop, ben: Laptop, ticket: TicketId, tmp_path: Path
) -> None:
    stranger = a_pack(tmp_path, b"photo", device="4" * 43 + "=")
    gives(stranger, ben)

    report = ben.syncs()

    assert isinstance(report.error, HubRefused)
    assert [pack.failure for pack in carries(ben)] == ["HubRefused"]
    assert len(kept(ben)) == 1
    assert ben.syncs().error is None


def test_what_only_a_passphrase_opens_or_is_no_pack_is_not_carried(
    ben: Laptop, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.fieldrescue"
    letter.write_text("Dear hub")
    with pytest.raises(NotThisKey):
        gives(a_pack(tmp_path), ben)
    with pytest.raises(NotAPack):
        gives(letter, ben)
    assert carries(ben) == ()
    assert kept(ben) == ()


def test_a_copy_of_which_nothing_is_written_down_is_handed_in_all_the_same(
    ben: Laptop, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PulledPlug(BaseException):
        pass

    def pull(*_: object) -> None:
        raise PulledPlug

    with monkeypatch.context() as during:
        during.setattr("field_app.store.carried.note_kept", pull)
        with pytest.raises(PulledPlug):
            gives(file, ben)
    ben.loses_power()

    ben.syncs()

    assert [pack.receipt is not None for pack in carries(ben)] == [True]


def test_a_crash_after_the_receipt_leaves_no_copy(
    ben: Laptop, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gives(file, ben)
    [copy] = kept(ben)
    data = copy.read_bytes()
    ben.syncs()
    copy.write_bytes(data)  # as if the power had gone before it was removed

    ben.syncs()

    assert kept(ben) == ()


def test_a_blocked_carrier_leaves_the_pack_for_it(town: Town, ben: Laptop, file: Path) -> None:
    ben.goes_offline()
    gives(file, ben)
    it_blocks(town, ben)
    ben.goes_online()
    assert ben.app.unsent_counts()["ben"] == 1

    ben.syncs()

    assert ben.app.person is None
    [pack] = packs(ben)
    assert pack.read_bytes() == file.read_bytes()
    farewell = ben.app.farewell
    assert farewell is not None
    assert (farewell.path, farewell.carried, farewell.folder) == (None, 1, pack.parent)


def test_a_pack_rests_with_the_photos_until_a_person_lets_it_go(
    town: Town, ben: Laptop, ticket: TicketId, file: Path
) -> None:
    gives(file, ben)
    for rest, go_on in (
        (outbox.pause_all, outbox.resume_all),
        (outbox.pause_photos, outbox.resume_photos),
    ):
        ben.app.do(rest)
        ben.syncs()
        assert [pack.waits for pack in carries(ben)] == [True]
        assert town.hub_operations() == {}
        ben.app.do(go_on)

    ben.syncs()

    assert [pack.waits for pack in carries(ben)] == [False]
    assert town.hub_ticket(ticket).state == "in_review"


def test_an_answer_that_breaks_off_is_a_broken_line_and_no_bug(
    town: Town, ben: Laptop, file: Path
) -> None:
    def cut(request: PreparedRequest) -> None:
        if str(request.url).endswith("/rescue-packs"):
            town.network.cuts_body(at_byte=20)

    gives(file, ben)
    town.network.gate = cut

    assert isinstance(ben.syncs().error, Unreachable)

    town.network.is_well()
    ben.syncs()
    assert [pack.receipt is not None for pack in carries(ben)] == [True]


def test_a_pack_that_is_under_way_breaks_off_when_photos_are_to_rest(
    town: Town, ben: Laptop, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("field_app.sync.carrying.BETWEEN_BYTES", 1)
    gives(file, ben)

    def pause(request: PreparedRequest) -> None:
        if str(request.url).endswith("/rescue-packs"):
            ben.app.do(outbox.pause_photos)

    town.network.gate = pause

    assert ben.syncs().error is None

    assert [pack.waits for pack in carries(ben)] == [True]
    assert town.hub_operations() == {}
    town.network.is_well()
    town.everyone_agrees()
    assert [pack.receipt is not None for pack in carries(ben)] == [True]


def test_the_days_end_counts_a_pack_until_the_hub_took_it(
    town: Town, ben: Laptop, ticket: TicketId, file: Path
) -> None:
    ben.goes_offline()
    gives(file, ben)
    ben.syncs()
    [here] = ends(ben).packs
    assert (here.name, here.size_bytes) == (file.name, file.stat().st_size)
    assert (ends(ben).count, ends(ben).left_bytes) == (1, here.size_bytes)
    assert here.local is LocalState.QUEUED
    ben.app.do(outbox.pause_photos)
    assert [(pack.local, ends(ben).rests) for pack in ends(ben).packs] == [
        (LocalState.PAUSED, True)
    ]

    ben.goes_online()
    town.everyone_agrees()

    assert (ends(ben).count, ends(ben).packs) == (0, ())


def test_pill_outbox_days_end_and_sign_in_count_the_same_packs(
    ben: Laptop, file: Path, tmp_path: Path
) -> None:
    def counts() -> set[int]:
        """Return what each of them counts: one number when they tell one truth."""
        view: OutboxView = ben.app.see(outbox_view)
        told = ben.app.unsent_counts()["ben"]
        return {ben.app.status().pack_count, view.pack_count, len(ends(ben).packs), told}

    assert counts() == {0}
    ben.goes_offline()
    gives(file, ben)
    assert counts() == {1}
    assert ben.app.status().pack_bytes == file.stat().st_size
    gives(a_pack(tmp_path, b"photo", device="4" * 43 + "="), ben)
    assert counts() == {2}

    ben.goes_online()
    ben.syncs()

    assert counts() == {1}, "the hub took one and refused the other, which is still only here"


def test_the_days_end_keeps_a_pack_in_sight_that_the_hub_did_not_take(
    ben: Laptop, tmp_path: Path
) -> None:
    gives(a_pack(tmp_path, b"photo", device="4" * 43 + "="), ben)
    told = ben.told
    ben.syncs()

    assert [pack.local for pack in ends(ben).packs] == [LocalState.ATTENTION]
    assert ends(ben).count == 1
    assert ben.told > told


def test_the_days_end_says_since_when_the_work_is_in_a_pack_as_well(
    town: Town, ana: Laptop, ticket: TicketId, tmp_path: Path
) -> None:
    assert ends(ana).packed_at is None
    saves(ana, tmp_path / "day.fieldrescue")
    packed_at = ends(ana).packed_at
    assert packed_at == town.clock.now()
    town.everyone_agrees()
    town.clock.passes(60)

    ana.notes(ticket, "Done after that")

    assert ends(ana).packed_at is None


def test_a_copy_that_cannot_be_removed_yet_is_removed_later_and_stops_nothing(
    ben: Laptop, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlink = Path.unlink

    def hold(path: Path, *, missing_ok: bool = False) -> None:
        if path.suffix == file.suffix:
            raise PermissionError("a virus scanner reads it")
        unlink(path, missing_ok=missing_ok)

    gives(file, ben)
    with monkeypatch.context() as during:
        during.setattr(Path, "unlink", hold)
        assert [ben.syncs().error for _round in range(2)] == [None, None]
    assert (len(kept(ben)), ends(ben).count) == (1, 0)
    assert ben.app.status().unsent_count == ben.app.unsent_counts()["ben"] == 0

    ben.syncs()

    assert kept(ben) == ()


@pytest.mark.parametrize("status", [404, 500, 507])
def test_a_hub_in_trouble_gets_the_pack_later_and_not_in_every_round(
    town: Town, ben: Laptop, file: Path, status: int
) -> None:
    gives(file, ben)
    asked = 0

    def trouble(request: PreparedRequest) -> tuple[int, dict[str, str], bytes] | None:
        nonlocal asked
        if not str(request.url).endswith("/rescue-packs"):
            return None
        asked += 1
        body = {"type": "about:blank", "title": "Trouble", "status": status, "detail": ""}
        return status, {"Content-Type": "application/problem+json"}, orjson.dumps(body)

    town.network.gate = trouble
    for _round in range(3):
        ben.app.sync_once()
    assert asked == 1
    assert [(pack.waits, pack.failure) for pack in carries(ben)] == [(True, "")]
    assert [pack.local for pack in ends(ben).packs] == [LocalState.RETRY]

    ben.app.do(outbox.retry_now)
    ben.app.sync_once()
    assert asked == 2

    town.network.is_well()
    assert ben.syncs().error is None
    assert carries(ben)[0].receipt is not None
    assert kept(ben) == ()
