"""What version 1 once wrote is readable for ever, and comes out again unchanged."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import orjson
import pytest

from field_app.domain.operation import AddPhoto, Work
from field_app.domain.photo import Photo
from field_app.domain.place import Place
from field_app.domain.ticket import TicketState
from field_app.domain.verdict import Outcome, Reason
from field_app.protocol import codec, golden, pack
from field_app.protocol.messages import Basemaps, ChangeLine, OperationBatch

TYPES = [kind.__dataclass_fields__["type"].default for kind in get_args(Work)]


def test_there_is_a_sample_of_every_operation() -> None:
    assert set(golden.PAYLOADS) == set(TYPES)


@pytest.mark.parametrize("kind", TYPES)
def test_a_sample_operation_is_read_and_written_again_unchanged(kind: str) -> None:
    operation = codec.load_operation(golden.operation(kind))
    assert operation.work.type == kind
    assert operation.seq == 7
    again = codec.load_operation(codec.dump_operation(operation))
    assert again == operation
    written = codec.operation_to_dict(operation)
    sample = orjson.loads(golden.operation(kind))
    assert written["payload"].keys() == sample["payload"].keys()
    assert list(written)[-2:] == ["type", "payload"]


def test_a_batch_of_all_samples_comes_apart_again() -> None:
    operations = tuple(codec.load_operation(golden.operation(kind)) for kind in TYPES)
    items = codec.load_batch_items(codec.dump_batch(OperationBatch(operations=operations)))
    assert tuple(codec.operation_from_dict(item) for item in items) == operations


def test_the_sample_ticket_is_read_to_the_last_detail() -> None:
    ticket = codec.load_ticket(golden.TICKET)
    assert ticket.state is TicketState.SENT_BACK
    assert ticket.place == Place(latitude=13.7563, longitude=100.5018)
    assert ticket.photos[0].has_arrived
    assert ticket.timeline[0].reason == ticket.send_back_reason
    assert orjson.loads(codec.dump(ticket)) == orjson.loads(golden.TICKET)


def test_a_moved_pin_is_said_only_where_there_is_one_and_the_citizens_point_stays() -> None:
    moved = codec.load_ticket(golden.TICKET_WITH_MOVED_PIN)
    assert codec.dump(moved) == codec.dump(codec.load_ticket(codec.dump(moved)))
    assert orjson.loads(codec.dump(moved)) == orjson.loads(golden.TICKET_WITH_MOVED_PIN)
    assert moved.reported_place == Place(latitude=13.7561, longitude=100.5013)
    unmoved = replace(moved, moved_pin=None)
    assert b"moved_pin" not in codec.dump(unmoved)
    assert unmoved == codec.load_ticket(golden.TICKET)


def test_what_was_written_before_photos_had_evidence_is_read() -> None:
    plain = orjson.loads(golden.TICKET)
    for name in ("evidence", "retakes", "pair_id", "pair_matches", "marks", "seen_before"):
        del plain["photos"][0][name]
    del plain["no_photo_reason"]
    ticket = codec.load_ticket(orjson.dumps(plain))
    assert (ticket.photos[0].evidence, ticket.photos[0].marks) == (None, ())
    operation = orjson.loads(golden.operation("add_photo"))
    for name in ("evidence", "retakes", "pair_id", "pair_matches"):
        del operation["payload"][name]
    work = codec.operation_from_dict(operation).work
    assert isinstance(work, AddPhoto)
    assert work.evidence is None


def test_the_sample_changes_are_of_the_four_kinds() -> None:
    lines = {
        kind: codec.load_as(ChangeLine, line.encode()) for kind, line in golden.CHANGES.items()
    }
    assert lines["ticket"].ticket == codec.load_ticket(golden.TICKET)
    assert lines["removed"].removed == "2026-K4T9XA"
    reference = lines["reference"].reference
    assert reference is not None
    assert reference == codec.load_reference(codec.dump(reference))
    assert lines["done"].done
    assert lines["done"].server_time == datetime(2026, 11, 20, 4, 0, 0, 250_000, tzinfo=UTC)


def test_the_policy_of_screen_copies_is_said_only_where_it_is_so() -> None:
    change = codec.load_as(ChangeLine, golden.REFERENCE_WITH_POLICY.encode())
    reference = change.reference
    assert reference is not None
    assert reference.screen_copies_first
    assert b'"screen_copies_first":true' in codec.dump(reference)
    assert b"screen_copies_first" not in codec.dump(replace(reference, screen_copies_first=False))
    assert not codec.load_reference(b"{}").screen_copies_first


def test_area_maps_are_said_only_where_there_are_some() -> None:
    listed = codec.load_as(Basemaps, golden.BASEMAPS.encode())
    assert codec.dump(listed).decode() == golden.BASEMAPS
    assert listed.basemaps[0].is_sound
    reference = codec.load_as(ChangeLine, golden.REFERENCE_WITH_BASEMAPS.encode()).reference
    assert reference is not None
    assert reference.basemaps == listed.basemaps
    assert codec.load_reference(codec.dump(reference)) == reference
    assert b"basemaps" not in codec.dump(replace(reference, basemaps=()))


def test_a_photo_says_only_that_there_is_a_screen_copy() -> None:
    photo = codec.load_as(Photo, golden.PHOTO_WITH_SCREEN_COPY.encode())
    assert (photo.has_screen_copy, photo.has_arrived) == (True, False)
    assert codec.dump(photo).decode() == golden.PHOTO_WITH_SCREEN_COPY
    assert b"has_screen_copy" not in codec.dump(replace(photo, has_screen_copy=False))


def test_words_that_look_like_what_is_not_said_stay_whole() -> None:
    words = 'a","has_screen_copy":false,"screen_copies_first":false,"b'
    ticket = replace(codec.load_ticket(golden.TICKET), words=words)
    assert codec.load_ticket(codec.dump(ticket)).words == words


def test_the_sample_verdicts_have_every_outcome() -> None:
    verdicts = codec.load_verdicts(golden.VERDICTS.encode()).results
    assert [v.outcome for v in verdicts] == list(Outcome)
    assert verdicts[2].reason is Reason.REASSIGNED
    assert verdicts[3].receipt is None


def test_the_other_samples_are_read() -> None:
    assert codec.load_sign_in(golden.SIGN_IN.encode()).username == "crew1"
    assert codec.load_signed_in(golden.SIGNED_IN.encode()).officer.crew_id == "c1"
    assert codec.load_uploads(golden.UPLOADS.encode()).uploads[0].offset == 65536
    assert codec.load_problem(golden.PROBLEM.encode()).status == 413


def test_a_sign_in_of_before_and_after_rescue_keys_is_read() -> None:
    old = codec.load_signed_in(golden.SIGNED_IN.encode())
    new = codec.load_signed_in(golden.SIGNED_IN_WITH_KEY.encode())
    assert old.rescue_key == ""
    assert new.rescue_key
    assert replace(new, rescue_key="") == old
    assert new.rescue_key not in repr(new)


def test_a_roll_call_and_its_answers_of_before_and_after_recorded_work_are_read() -> None:
    call = codec.load_roll_call(golden.ROLL_CALL.encode())
    assert codec.dump(call).decode() == golden.ROLL_CALL
    old = codec.load_absent(golden.ABSENT.encode())
    new = codec.load_absent(golden.ABSENT_AND_RECORDED.encode())
    assert codec.dump(new).decode() == golden.ABSENT_AND_RECORDED
    assert (old.operations, old.recorded) == (call.operations[:1], None)
    assert new == replace(old, recorded=call.operations[1:])


def test_an_answer_to_a_roll_call_that_says_more_than_is_known_here_is_read() -> None:
    later = golden.ABSENT.replace('"photos":[]', '"photos":[],"of_a_later_version":["1"]')
    assert codec.load_absent(later.encode()) == codec.load_absent(golden.ABSENT.encode())


def test_the_sample_of_a_rescue_pack_is_read_and_written_again_unchanged() -> None:
    header = pack.load_pack_header(golden.PACK_HEADER.encode())
    manifest = pack.load_pack_manifest(golden.PACK_MANIFEST.encode())
    assert orjson.loads(codec.dump(header)) == orjson.loads(golden.PACK_HEADER)
    assert orjson.loads(codec.dump(manifest)) == orjson.loads(golden.PACK_MANIFEST)
    receipt = pack.load_pack_receipt(golden.PACK_RECEIPT.encode())
    assert orjson.loads(codec.dump(receipt)) == orjson.loads(golden.PACK_RECEIPT)
    packed = codec.operation_from_dict(dict(manifest.operations[0].wire))
    assert packed == codec.load_operation(golden.operation("add_photo"))


def test_passwords_and_tokens_are_in_no_log() -> None:
    assert "a secret" not in repr(codec.load_sign_in(golden.SIGN_IN.encode()))
    assert "opaque" not in repr(codec.load_signed_in(golden.SIGNED_IN.encode()))


def test_a_later_hub_may_add_fields() -> None:
    plain = orjson.loads(golden.TICKET)
    plain["colour"] = "red"
    assert codec.load_ticket(orjson.dumps(plain)) == codec.load_ticket(golden.TICKET)


def test_a_photo_sample_fits_its_operation() -> None:
    work = codec.load_operation(golden.operation("add_photo")).work
    assert isinstance(work, AddPhoto)
    assert work.sha256 == codec.load_ticket(golden.TICKET).photos[0].sha256
