"""Rescue packs at the hub: taken once, whoever got through first; and never somebody else's."""

import base64
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from field_app.cli.hub import hub_group
from field_app.domain.ids import CrewId, DeviceId, OperationId, PhotoId, TicketId, new_id
from field_app.domain.operation import AddPhoto, Assign, Note, Operation, Start
from field_app.domain.pack_errors import NotThisKey, PackDamaged
from field_app.domain.people import Role
from field_app.domain.photo import PhotoRole
from field_app.domain.verdict import Outcome
from field_app.hub.main import app_of
from field_app.hub.problems import HubProblem
from field_app.hub.service.arrivals import SPARE_BYTES
from field_app.hub.service.rescue import PackReport, PhotoFate, RescueRefused
from field_app.packs import sealing, writing
from field_app.packs.reading import Pack, open_pack
from field_app.packs.writing import Keys, Original, write_pack
from field_app.protocol.codec import operation_to_dict
from field_app.protocol.pack import PackedOperation, PackedPhoto, PackManifest
from tests.helpers.packs import PASSPHRASE, quiet, respelt
from tests.hub.world import API, QUICK, START, Laptop, World

TICKET = "2026-T00001"
GHOST = TicketId("2026-GHOST1")
PHOTO = b"the bytes of a photo" * 50


@pytest.fixture(autouse=True)
def quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sealing.SCRYPT, "n", 2)


@pytest.fixture
def ana(world: World) -> Laptop:
    world.has_ticket(TICKET)
    return world.signs_in("ana", Role.CREW, "roads")


def a_photo_of(ana: Laptop, data: bytes) -> Operation:
    work = AddPhoto(
        photo_id=PhotoId(new_id()),
        role=PhotoRole.AFTER,
        sha256=hashlib.sha256(data).hexdigest(),
        size_bytes=len(data),
        width=4,
        height=3,
    )
    return ana.operation(TICKET, work)


def packed(
    path: Path,
    ana: Laptop,
    operations: Sequence[Operation],
    photos: Sequence[tuple[Operation, bytes]] = (),
    **facts: str,
) -> Path:
    """Write a pack as ana's laptop would."""
    signed_in = ana.signed_in
    manifest = PackManifest(
        made_at=START,
        maker=signed_in.officer,
        device_id=DeviceId(facts.get("device_id", signed_in.device_id)),
        hub_url="https://hub.example",
        operations=tuple(
            PackedOperation(
                wire=operation_to_dict(o), mine={}, is_parked=False, reason="", detail=""
            )
            for o in operations
        ),
        photos=(),
    )
    originals = [_original(path.parent, operation, data) for operation, data in photos]
    keys = Keys(
        passphrase=facts.get("passphrase", ""), device=facts.get("key", signed_in.rescue_key)
    )
    write_pack(path, manifest, originals, keys, quiet)
    return path


def _original(folder: Path, operation: Operation, data: bytes) -> Original:
    work = operation.work
    assert isinstance(work, AddPhoto)
    file = folder / f"{work.photo_id}.jpg"
    file.write_bytes(data)
    photo = PackedPhoto(
        id=work.photo_id,
        operation_id=operation.id,
        ticket_id=operation.ticket_id,
        role=work.role,
        sha256=work.sha256,
        size_bytes=work.size_bytes,
        suffix=".jpg",
        added_at=START,
        state="held",
    )
    return Original(photo=photo, path=file)


def taken(world: World, path: Path, *, is_dry_run: bool = False) -> PackReport:
    with open_pack(path) as sealed:
        report = world.hub.rescue.take(world.hub.rescue.opened(sealed), is_dry_run=is_dry_run)
    assert isinstance(report, PackReport)
    return report


def ticket_of(ana: Laptop) -> dict[str, Any]:
    ticket: dict[str, Any] = next(x["ticket"] for x in ana.changes() if x.get("ticket"))
    return ticket


def outcomes(report: PackReport) -> list[Outcome]:
    return [verdict.outcome for verdict in report.verdicts]


def test_work_and_photos_arrive_as_if_they_had_come_by_network(
    world: World, ana: Laptop, tmp_path: Path
) -> None:
    start, photo = ana.operation(TICKET, Start()), a_photo_of(ana, PHOTO)

    report = taken(world, packed(tmp_path / "p", ana, [start, photo], [(photo, PHOTO)]))

    assert outcomes(report) == [Outcome.APPLIED, Outcome.APPLIED]
    assert list(report.photos.values()) == [PhotoFate.NEW]
    assert report.is_whole
    ticket = ticket_of(ana)
    assert ticket["state"] == "in_progress"
    assert ticket["photos"][0]["has_arrived"]
    work = photo.work
    assert isinstance(work, AddPhoto)
    shown = ana.get(f"/photos/{work.photo_id}", params={"size": "original"})
    assert (shown.content, shown.headers["content-type"]) == (PHOTO, "image/jpeg")


def test_a_pack_taken_twice_makes_nothing_twice(world: World, ana: Laptop, tmp_path: Path) -> None:
    photo = a_photo_of(ana, PHOTO)
    path = packed(tmp_path / "p", ana, [photo], [(photo, PHOTO)])
    taken(world, path)
    before = ana.changes()

    again = taken(world, path)

    assert outcomes(again) == [Outcome.DUPLICATE]
    assert list(again.photos.values()) == [PhotoFate.HERE]
    assert again.is_whole
    assert ana.changes() == before


def test_a_dry_run_tells_the_same_and_changes_nothing(
    world: World, ana: Laptop, tmp_path: Path
) -> None:
    start, photo = ana.operation(TICKET, Start()), a_photo_of(ana, PHOTO)
    path = packed(tmp_path / "p", ana, [start, photo], [(photo, PHOTO)])
    before = ana.changes()

    rehearsed = taken(world, path, is_dry_run=True)

    assert ana.changes() == before
    assert world.hub.vault.parts() == ()
    real = taken(world, path)
    assert outcomes(rehearsed) == outcomes(real)
    assert rehearsed.photos == real.photos


def test_a_dry_run_holds_nobody_up_while_it_reads_photos(
    world: World, ana: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = a_photo_of(ana, PHOTO)
    path = packed(tmp_path / "p", ana, [photo], [(photo, PHOTO)])
    real, free = Pack.bytes_of, []

    def watched(pack: Pack, packed_photo: PackedPhoto) -> Iterator[bytes]:
        with closing(sqlite3.connect(world.folder / "hub.db", timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")
            free.append(packed_photo.id)
            other.rollback()
        yield from real(pack, packed_photo)

    monkeypatch.setattr(Pack, "bytes_of", watched)
    report = taken(world, path, is_dry_run=True)

    assert list(report.photos.values()) == [PhotoFate.NEW]
    assert free == list(report.photos)


def test_a_dry_run_finds_the_damaged_photo_too(world: World, ana: Laptop, tmp_path: Path) -> None:
    photo = a_photo_of(ana, PHOTO)
    path = packed(tmp_path / "p", ana, [photo], [(photo, PHOTO)])
    respelt(path, lambda entries: {**entries, "photo-0-0": b"x"})

    assert list(taken(world, path, is_dry_run=True).photos.values()) == [PhotoFate.DAMAGED]


def test_the_upload_that_was_under_way_is_found_finished(
    world: World, ana: Laptop, tmp_path: Path
) -> None:
    photo = a_photo_of(ana, PHOTO)
    work = photo.work
    assert isinstance(work, AddPhoto)
    ana.send(photo)
    url = ana.creates(TICKET, work, PHOTO[:100]).headers["location"]

    report = taken(world, packed(tmp_path / "p", ana, [], [(photo, PHOTO)]))

    assert list(report.photos.values()) == [PhotoFate.NEW]
    head = ana.tus("HEAD", url)
    assert head.headers["upload-offset"] == str(len(PHOTO))
    assert world.hub.vault.parts() == ()


def test_work_of_a_revoked_device_is_taken(world: World, ana: Laptop, tmp_path: Path) -> None:
    path = packed(tmp_path / "p", ana, [ana.operation(TICKET, Start())])
    world.hub.accounts.revoke(ana.signed_in.device_id)

    assert outcomes(taken(world, path)) == [Outcome.APPLIED]


def test_work_done_before_a_new_sign_in_is_taken(world: World, ana: Laptop, tmp_path: Path) -> None:
    old = ana.operation(TICKET, Start())
    later = world.signs_in_again("ana")

    assert outcomes(taken(world, packed(tmp_path / "p", later, [old]))) == [Outcome.APPLIED]


def test_one_bad_operation_spoils_no_other_and_is_named(
    world: World, ana: Laptop, tmp_path: Path
) -> None:
    stranger = replace(ana.operation(TICKET, Note(text="hello")), ticket_id=GHOST)
    good = ana.operation(TICKET, Start())

    report = taken(world, packed(tmp_path / "p", ana, [stranger, good]))

    assert outcomes(report) == [Outcome.REFUSED, Outcome.APPLIED]
    assert not report.is_whole


def test_a_photo_that_no_operation_announced_is_not_taken(
    world: World, ana: Laptop, tmp_path: Path
) -> None:
    photo = a_photo_of(ana, PHOTO)

    report = taken(world, packed(tmp_path / "p", ana, [], [(photo, PHOTO)]))

    assert list(report.photos.values()) == [PhotoFate.REFUSED]
    assert world.hub.vault.parts() == ()


def test_a_damaged_photo_is_told_and_the_next_pack_brings_it(
    world: World, ana: Laptop, tmp_path: Path
) -> None:
    photo = a_photo_of(ana, PHOTO)
    spoiled = packed(tmp_path / "p", ana, [photo], [(photo, PHOTO)])
    respelt(spoiled, lambda entries: {**entries, "photo-0-0": b"x"})

    report = taken(world, spoiled)
    again = taken(world, packed(tmp_path / "q", ana, [photo], [(photo, PHOTO)]))

    assert (outcomes(report), list(report.photos.values())) == (
        [Outcome.APPLIED],
        [PhotoFate.DAMAGED],
    )
    assert list(again.photos.values()) == [PhotoFate.NEW]
    assert world.hub.vault.parts() == ()


def test_an_import_that_was_killed_goes_on_where_it_stopped(
    world: World, ana: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    photos = [a_photo_of(ana, PHOTO), a_photo_of(ana, b"another")]
    path = packed(tmp_path / "p", ana, photos, [(photos[0], PHOTO), (photos[1], b"another")])
    with monkeypatch.context() as during:
        during.setattr(type(world.hub.vault), "confirm", die)
        with pytest.raises(Killed):
            taken(world, path)

    report = taken(world, path)

    assert outcomes(report) == [Outcome.DUPLICATE] * 2
    assert list(report.photos.values()) == [PhotoFate.HERE, PhotoFate.NEW]
    ticket = ticket_of(ana)
    assert [photo["has_arrived"] for photo in ticket["photos"]] == [True, True]


def test_nobody_s_pack_and_another_device_s_key_are_refused(
    world: World, ana: Laptop, tmp_path: Path
) -> None:
    bob = world.signs_in("bob", Role.CREW, "roads")
    posing = replace(bob, signed_in=replace(bob.signed_in, officer=ana.signed_in.officer))
    work = [ana.operation(TICKET, Start())]

    with pytest.raises(RescueRefused):
        taken(world, packed(tmp_path / "p", posing, work))
    own = ana.signed_in.rescue_key
    for key, device in ((sealing.new_key(), ""), (own, "unknown"), ("", "")):
        facts = {"device_id": device} if device else {}
        path = packed(tmp_path / "q", ana, work, (), passphrase=PASSPHRASE, key=key, **facts)
        with pytest.raises(NotThisKey):
            taken(world, path)


def test_a_pack_sealed_with_one_s_own_key_cannot_speak_for_another(
    world: World, ana: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key proves the device in the header; whoever is named inside must be on that one."""
    boss = world.signs_in("boss", Role.SUPERVISOR)
    forged = boss.operation(TICKET, Assign(crew_id=CrewId("lights")))
    real = writing._header
    mine = ana.signed_in.device_id
    monkeypatch.setattr(writing, "_header", lambda *a: replace(real(*a), device_id=mine))
    monkeypatch.setattr(writing, "_read_back", lambda *_a: None)
    path = packed(tmp_path / "p", boss, [forged], key=ana.signed_in.rescue_key)

    with pytest.raises(PackDamaged):
        taken(world, path)
    assert hands_in(ana, path.read_bytes()).status_code == 422
    assert ticket_of(ana)["crew_id"] == "roads"


def test_a_device_of_before_rescue_keys_has_none(world: World, ana: Laptop) -> None:
    assert ana.signed_in.rescue_key
    assert ana.signed_in.rescue_key != world.signs_in_again("ana").signed_in.rescue_key


# the command


def run(world: World, *words: str, typed: str = "") -> Result:
    quick = "".join(f"{name} = {value}\n" for name, value in QUICK.items())
    (world.folder / "hub.toml").write_text(quick, encoding="utf-8")
    arguments = ["--language", "en", "import-rescue", str(world.folder), *words]
    return CliRunner().invoke(hub_group, arguments, input=typed)


def test_the_command_opens_the_pack_by_itself_and_says_what_came(
    world: World, ana: Laptop, tmp_path: Path
) -> None:
    photo = a_photo_of(ana, PHOTO)
    path = packed(tmp_path / "p", ana, [photo], [(photo, PHOTO)])

    rehearsed = run(world, str(path), "--dry-run")
    first, second = run(world, str(path)), run(world, str(path))

    assert (rehearsed.exit_code, first.exit_code, second.exit_code) == (0, 0, 0), first.output
    assert "dry run" in rehearsed.output
    assert "Work of Ana" in first.output
    assert [line.split()[-1] for line in first.output.splitlines()[1:9]] == list("10001000")
    assert [line.split()[-1] for line in second.output.splitlines()[1:9]] == list("01000100")


def test_the_command_asks_for_the_passphrase_only_when_its_key_does_not_open(
    world: World, ana: Laptop, tmp_path: Path
) -> None:
    work = [ana.operation(TICKET, Start())]
    path = str(packed(tmp_path / "p", ana, work, passphrase=PASSPHRASE, key=sealing.new_key()))

    wrong = run(world, path, "--passphrase-stdin", typed="not this one\n")
    right = run(world, path, typed=f"{PASSPHRASE}\n")

    assert wrong.exit_code == 1
    assert "passphrase is not right" in wrong.output
    assert right.exit_code == 0, right.output


def test_the_command_ends_with_3_when_something_could_not_be_taken(
    world: World, ana: Laptop, tmp_path: Path
) -> None:
    ghost = replace(ana.operation(TICKET, Start()), ticket_id=GHOST, id=OperationId(new_id()))

    result = run(world, str(packed(tmp_path / "p", ana, [ghost])))

    assert result.exit_code == 3
    assert "Refused: 2026-GHOST1 · Start work · " in result.output
    assert "the hub has no such job" in result.output
    assert ghost.id not in result.output
    assert "Keep the file" in result.output


def test_the_command_names_the_jobs_of_what_it_left_out(
    world: World, ana: Laptop, tmp_path: Path
) -> None:
    photo, stray = (a_photo_of(ana, data) for data in (PHOTO, b"of no work"))
    strange = replace(ana.operation(TICKET, Start()), id=OperationId("no id"))
    path = packed(tmp_path / "p", ana, [photo, strange], [(photo, PHOTO), (stray, b"of no work")])
    respelt(path, lambda entries: {**entries, "photo-0-0": entries["photo-1-0"]})

    result = run(world, str(path))

    assert result.exit_code == 3
    assert f"Damaged in the pack: {TICKET} · Photo · " in result.output
    assert f"Not wanted: {TICKET} · Photo · " in result.output
    assert f"Refused: {TICKET} · Start work · " in result.output
    assert "the hub cannot read it (" in result.output


def test_after_a_restore_a_pack_of_a_laptop_unknown_here_is_taken_when_somebody_vouches_for_it(
    world: World, ana: Laptop, tmp_path: Path
) -> None:
    gone = replace(ana.operation(TICKET, Start()), device_id=DeviceId("signed-in-after-it"))
    facts = {"passphrase": PASSPHRASE, "key": sealing.new_key(), "device_id": gone.device_id}
    path = str(packed(tmp_path / "p", ana, [gone], (), **facts))

    doubted = run(world, path, typed=f"{PASSPHRASE}\n")
    trusted = run(world, path, "--unknown-laptop", typed=f"{PASSPHRASE}\n")

    assert (doubted.exit_code, trusted.exit_code) == (1, 0), trusted.output
    assert "start again with --unknown-laptop" in doubted.output
    assert ticket_of(ana)["state"] == "in_progress"


def test_nobody_can_be_vouched_for_on_somebody_else_s_laptop(
    world: World, ana: Laptop, tmp_path: Path
) -> None:
    bob = world.signs_in("bob", Role.CREW, "roads")
    facts = {"passphrase": PASSPHRASE, "device_id": ana.signed_in.device_id}
    path = packed(tmp_path / "p", bob, [], (), key=sealing.new_key(), **facts)

    with open_pack(path) as sealed, pytest.raises(RescueRefused):
        world.hub.rescue.take(sealed.with_passphrase(PASSPHRASE), is_vouched_for=True)


def test_the_command_says_plainly_what_is_no_pack(
    world: World, ana: Laptop, tmp_path: Path
) -> None:
    letter = tmp_path / "letter"
    letter.write_text("Dear hub")
    stranger = replace(ana, signed_in=world.signs_in("bob", Role.CREW, "roads").signed_in)
    posing = replace(stranger, signed_in=replace(stranger.signed_in, officer=ana.signed_in.officer))

    no_pack = run(world, str(letter))
    nobody = run(world, str(packed(tmp_path / "p", posing, [])))

    assert (no_pack.exit_code, nobody.exit_code) == (1, 1)
    assert "not a complete rescue pack" in no_pack.output
    assert "nobody of this hub" in nobody.output


# by network


def hands_in(ana: Laptop, data: bytes, **headers: str) -> Any:
    digest = base64.b64encode(hashlib.sha256(data).digest()).decode()
    sent = {**ana.headers, "Content-Digest": f"sha-256=:{digest}:"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    return ana.client.post(f"{API}/rescue-packs", content=data, headers=sent)


def test_a_pack_that_a_colleague_hands_in_is_taken(
    world: World, ana: Laptop, tmp_path: Path
) -> None:
    photo = a_photo_of(ana, PHOTO)
    data = packed(tmp_path / "p", ana, [photo], [(photo, PHOTO)]).read_bytes()
    ben = world.signs_in("ben", Role.CREW, "lights")

    first, second = hands_in(ben, data).json(), hands_in(ben, data).json()

    assert first["sha256"] == hashlib.sha256(data).hexdigest()
    assert (first["applied"], first["photos_new"]) == (1, 1)
    assert (second["duplicates"], second["photos_here"]) == (1, 1)
    assert ticket_of(ana)["photos"][0]["has_arrived"]
    assert world.hub.vault.parts() == ()


def test_a_hand_in_that_cannot_be_is_a_plain_problem(
    world: World, ana: Laptop, tmp_path: Path
) -> None:
    data = packed(tmp_path / "p", ana, [ana.operation(TICKET, Start())]).read_bytes()
    stranger = packed(tmp_path / "q", ana, [], key=sealing.new_key()).read_bytes()

    answers = {
        "nobody": ana.client.post(f"{API}/rescue-packs", content=data).status_code,
        "no digest": hands_in(ana, data, Content_Digest="").status_code,
        "bad digest": hands_in(ana, data, Content_Digest=f"sha-256=:{'A' * 43}=:").status_code,
        "no pack": hands_in(ana, b"Dear hub").status_code,
        "no key": hands_in(ana, stranger).status_code,
        "too large": hands_in(ana, data, Content_Length=str(2**40)).status_code,
    }

    assert answers == {
        "nobody": 401,
        "no digest": 400,
        "bad digest": 460,
        "no pack": 422,
        "no key": 422,
        "too large": 413,
    }
    assert world.hub.vault.parts() == ()


def test_a_hub_without_room_says_so(
    world: World, ana: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = packed(tmp_path / "p", ana, [ana.operation(TICKET, Start())]).read_bytes()
    usage = shutil.disk_usage(tmp_path)._replace(free=1000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)

    assert hands_in(ana, data).status_code == 507


def test_a_pack_whose_manifest_would_fill_the_memory_is_left_to_the_command(
    world: World, ana: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = packed(tmp_path / "p", ana, [ana.operation(TICKET, Start())])
    monkeypatch.setattr("field_app.hub.api.rescue.SERVED_MANIFEST_LIMIT_BYTES", 100)

    answer = hands_in(ana, path.read_bytes())

    assert (answer.status_code, world.hub.vault.parts()) == (413, ())
    assert taken(world, path).is_whole


def test_packs_on_their_way_share_the_room(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=SPARE_BYTES + 2_999)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)
    arrivals = world.hub.arrivals

    with arrivals.expect(1_000) as part:
        part.write_bytes(bytes(1_000))  # what is here is not to come any more
        with pytest.raises(HubProblem) as refused, arrivals.expect(1_000):
            pass
        assert refused.value.status == 507
    with arrivals.expect(1_400):
        assert world.hub.vault.parts() == ()


def test_a_server_that_was_killed_leaves_no_pack_behind(world: World) -> None:
    world.hub.vault.part("pack-1").write_bytes(b"half of it")
    world.hub.vault.part("rescue-1").write_bytes(b"an import by command may be under way")

    app_of(world.hub)

    assert [part.name for part in world.hub.vault.parts()] == ["rescue-1"]
