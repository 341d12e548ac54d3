"""Unsent work on a stick: it arrives once, whichever way is faster, and nothing of it is lost."""

import errno
from pathlib import Path

import orjson
import pytest

from field_app.actions.packs import Saved, Taken, save, take_in
from field_app.actions.tickets import undo
from field_app.domain.errors import DiskFull, NotAllowed
from field_app.domain.ids import TicketId
from field_app.domain.pack_errors import (
    NothingToPack,
    PackNotWritten,
    PackOfAnother,
    PassphraseTooShort,
    WrongPassphrase,
)
from field_app.domain.verdict import Outcome
from field_app.hub.service.rescue import PackReport, PhotoFate
from field_app.packs.reading import open_pack
from field_app.photos.vault import Vault
from field_app.queries.packs import amount, look_into
from field_app.store.unsent import Amount
from tests.helpers.packs import PASSPHRASE, quiet
from tests.helpers.town import PASSWORD, URL, Laptop, Town


def saves(laptop: Laptop, path: Path, passphrase: str = PASSPHRASE) -> Saved:
    saved = laptop.app.do(save, path, passphrase, quiet)
    assert isinstance(saved, Saved)
    return saved


def takes_in(laptop: Laptop, path: Path, passphrase: str = PASSPHRASE) -> Taken:
    taken = laptop.app.do(take_in, path, passphrase, quiet)
    assert isinstance(taken, Taken)
    return taken


def unsent(laptop: Laptop) -> Amount:
    found = laptop.app.see(amount)
    assert isinstance(found, Amount)
    return found


def hub_takes(town: Town, path: Path) -> PackReport:
    with open_pack(path) as sealed:
        report = town.hub.rescue.take(town.hub.rescue.opened(sealed))
    assert isinstance(report, PackReport)
    return report


def a_day_without_network(town: Town, ana: Laptop) -> TicketId:
    ticket = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.repairs(ticket)
    return ticket


def another_laptop(town: Town, username: str) -> Laptop:
    """Let somebody who is known sign in on a laptop of their own."""
    laptop = Laptop(town, username, town.folder / f"laptop-{len(town.laptops)}")
    laptop.app.sign_in(URL, username, PASSWORD)
    town.laptops.append(laptop)
    return laptop


def test_the_stick_is_faster_and_the_laptop_makes_nothing_twice(
    town: Town, ana: Laptop, tmp_path: Path
) -> None:
    ticket = a_day_without_network(town, ana)
    saved = saves(ana, tmp_path / "day.fieldrescue")
    assert (saved.operations, saved.photos, saved.missing) == (4, 2, ())
    assert ana.waiting() == 4

    report = hub_takes(town, saved.path)

    assert report.count(Outcome.APPLIED) == 4
    assert report.photo_count(PhotoFate.NEW) == 2
    assert town.hub_ticket(ticket).state == "in_review"
    town.everyone_agrees()
    assert set(town.hub_operations().values()) == {"applied"}


def test_the_laptop_is_faster_and_the_stick_makes_nothing_twice(
    town: Town, ana: Laptop, tmp_path: Path
) -> None:
    ticket = a_day_without_network(town, ana)
    path = saves(ana, tmp_path / "day.fieldrescue").path
    ana.goes_online()
    ana.syncs()
    before = town.hub_ticket(ticket)

    report = hub_takes(town, path)

    assert report.count(Outcome.DUPLICATE) == 4
    assert report.photo_count(PhotoFate.HERE) == 2
    assert report.is_whole
    assert town.hub_ticket(ticket) == before
    town.everyone_agrees()


def test_bytes_whose_operation_is_at_the_hub_already_travel_too(
    town: Town, ana: Laptop, tmp_path: Path
) -> None:
    ticket = town.citizen_reports()
    ana.syncs()
    photo = ana.adds_photo(ticket)
    full = orjson.dumps({"type": "about:blank", "title": "Full", "status": 507, "detail": "full"})
    town.network.refuses_upload = (507, {"Content-Type": "application/problem+json"}, full)
    ana.syncs()
    assert [u.state for u in ana.open_uploads()] == ["ready"]
    ana.goes_offline()

    saved = saves(ana, tmp_path / "bytes.fieldrescue")

    assert (saved.operations, saved.photos) == (0, 1)
    assert hub_takes(town, saved.path).photo_count(PhotoFate.NEW) == 1
    [at_hub] = [p for p in town.hub_ticket(ticket).photos if p.id == photo.photo_id]
    assert at_hub.has_arrived
    town.everyone_agrees()


def test_another_laptop_of_the_same_person_sends_it(
    town: Town, ana: Laptop, tmp_path: Path
) -> None:
    ticket = a_day_without_network(town, ana)
    path = saves(ana, tmp_path / "day.fieldrescue").path
    other = another_laptop(town, "ana")
    other.syncs()
    other.goes_offline()

    told = other.app.see(look_into, path, PASSPHRASE)
    taken = takes_in(other, path)

    assert (told.operations, told.photos, told.is_mine) == (4, 2, True)
    assert (taken.operations, taken.photos, taken.damaged_photos) == (4, 2, 0)
    assert other.waiting() == 4
    assert other.sees(ticket).state == "in_review"
    assert [i.operation_id for i in other.outbox()] == [i.operation_id for i in ana.outbox()]
    other.goes_online()
    other.syncs()
    assert town.hub_ticket(ticket).state == "in_review"
    town.everyone_agrees()
    assert set(town.hub_operations().values()) == {"applied"}


def test_work_from_a_pack_goes_behind_what_waits_and_cannot_be_undone(
    town: Town, ana: Laptop, tmp_path: Path
) -> None:
    a_day_without_network(town, ana)
    path = saves(ana, tmp_path / "day.fieldrescue").path
    other = another_laptop(town, "ana")
    second = town.citizen_reports()
    other.syncs()
    other.goes_offline()
    own = other.notes(second, "Here too")

    takes_in(other, path)

    later = other.notes(second, "And again")
    order = other.app.see(lambda desk: desk.db.rows("SELECT id FROM outbox ORDER BY seq"))
    assert (order[0][0], order[-1][0]) == (own.operation_id, later.operation_id)
    undoable = {item.operation_id for item in other.outbox() if item.can_undo}
    assert undoable == {own.operation_id, later.operation_id}


def test_work_that_left_on_a_stick_cannot_be_undone_any_more(
    town: Town, ana: Laptop, tmp_path: Path
) -> None:
    ticket = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    done = ana.notes(ticket, "Seen")
    assert [item.can_undo for item in ana.outbox()] == [True]
    with pytest.raises(PassphraseTooShort):
        saves(ana, tmp_path / "day.fieldrescue", "short")
    assert [item.can_undo for item in ana.outbox()] == [True]

    path = saves(ana, tmp_path / "day.fieldrescue").path

    assert [item.can_undo for item in ana.outbox()] == [False]
    with pytest.raises(NotAllowed):
        ana.app.do(undo, done.operation_id)
    hub_takes(town, path)
    town.everyone_agrees()


def test_a_pack_taken_in_twice_or_on_its_own_laptop_changes_nothing(
    town: Town, ana: Laptop, tmp_path: Path
) -> None:
    a_day_without_network(town, ana)
    path = saves(ana, tmp_path / "day.fieldrescue").path
    before = ana.outbox()

    for _time in range(2):
        taken = takes_in(ana, path)
        assert (taken.operations, taken.known_operations) == (0, 4)
        assert (taken.photos, taken.known_photos) == (0, 2)

    assert ana.outbox() == before
    assert not any(item.can_undo for item in before)
    town.everyone_agrees()


def test_what_was_delivered_from_this_laptop_is_not_taken_in_again(
    town: Town, ana: Laptop, tmp_path: Path
) -> None:
    a_day_without_network(town, ana)
    path = saves(ana, tmp_path / "day.fieldrescue").path
    ana.goes_online()
    ana.syncs()

    taken = takes_in(ana, path)

    assert (taken.operations, taken.photos) == (0, 0)
    assert ana.waiting() == 0


def test_undecided_work_stays_undecided_on_the_other_laptop(
    town: Town, ana: Laptop, tmp_path: Path
) -> None:
    ticket = a_day_without_network(town, ana)
    town.platform_closes(ticket)
    ana.goes_online()
    ana.syncs()
    needed = ana.needs_you()
    assert needed
    path = saves(ana, tmp_path / "day.fieldrescue").path
    other = another_laptop(town, "ana")

    takes_in(other, path)

    assert other.needs_you() == needed
    assert [i.reason for i in other.outbox()] == [i.reason for i in ana.outbox()]
    assert other.card().works == ana.card().works, "what the hub recorded is known to be there"
    assert hub_takes(town, path).count(Outcome.DUPLICATE) == len(ana.outbox())
    town.everyone_agrees()


def test_a_colleague_s_pack_is_not_taken_for_one_s_own(
    town: Town, ana: Laptop, tmp_path: Path
) -> None:
    a_day_without_network(town, ana)
    path = saves(ana, tmp_path / "day.fieldrescue").path
    ben = town.person("ben")

    with pytest.raises(PackOfAnother):
        takes_in(ben, path)

    assert ben.outbox() == ()


def test_a_wrong_or_short_passphrase_changes_nothing(
    town: Town, ana: Laptop, tmp_path: Path
) -> None:
    a_day_without_network(town, ana)
    path = tmp_path / "day.fieldrescue"
    with pytest.raises(PassphraseTooShort):
        saves(ana, path, "1234567")
    assert not path.exists()
    saves(ana, path)

    with pytest.raises(WrongPassphrase):
        takes_in(ana, path, "not the passphrase")


def test_a_full_disk_takes_nothing_in(
    town: Town, ana: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_day_without_network(town, ana)
    path = saves(ana, tmp_path / "day.fieldrescue").path
    other = another_laptop(town, "ana")

    def full(*_: object) -> str:
        raise DiskFull("no room")

    with monkeypatch.context() as during:
        during.setattr(Vault, "keep", full)
        with pytest.raises(DiskFull):
            takes_in(other, path)
    assert other.outbox() == ()

    assert takes_in(other, path).operations == 4


def test_a_stick_pulled_out_at_the_very_end_is_told_and_the_work_may_still_be_undone(
    ana: Laptop, town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_day_without_network(town, ana)
    before = unsent(ana)
    path = tmp_path / "day.fieldrescue"
    replace = Path.replace

    def pull(part: Path, target: Path) -> Path:
        if target == path:
            raise OSError(errno.EIO, "the stick is gone")
        return replace(part, target)

    monkeypatch.setattr(Path, "replace", pull)
    with pytest.raises(PackNotWritten):
        saves(ana, path)

    assert unsent(ana) == before
    assert list(tmp_path.glob("*.fieldrescue*")) == []
    assert [item.can_undo for item in ana.outbox()] == [True] * 4


def test_with_everything_at_the_hub_there_is_nothing_to_save(
    town: Town, ana: Laptop, tmp_path: Path
) -> None:
    ana.syncs()
    with pytest.raises(NothingToPack):
        saves(ana, tmp_path / "nothing.fieldrescue")
    assert list(tmp_path.glob("*.fieldrescue")) == []


def test_the_outbox_remembers_when_it_was_saved(town: Town, ana: Laptop, tmp_path: Path) -> None:
    a_day_without_network(town, ana)
    assert unsent(ana).packed_at is None

    saves(ana, tmp_path / "day.fieldrescue")

    assert unsent(ana).packed_at == town.clock.now()
    assert unsent(ana).operations == 4
