"""Everything that enters is checked."""

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from field_app.domain.operation import NOTE_LIMIT, Finish, Note, Operation
from field_app.protocol import codec, golden
from field_app.protocol.codec import Malformed
from field_app.protocol.messages import BATCH_LIMIT
from tests.helpers.builders import an_add_photo, an_operation

words = st.text(st.characters(codec="utf-8"), max_size=50)
works = st.one_of(
    st.builds(Note, text=words),
    st.builds(Finish, note=words, photo_ids=st.lists(words, max_size=3).map(tuple)),
    st.builds(
        an_add_photo,
        latitude=st.none() | st.floats(-90, 90),
        longitude=st.none() | st.floats(-180, 180),
    ),
)


@given(operation=st.builds(an_operation, works, seq=st.integers(1, 2**53)))
def test_any_operation_is_the_same_after_the_wire(operation: Operation) -> None:
    assert codec.load_operation(codec.dump_operation(operation)) == operation


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"<html>",
        b'{"type":"start"}',
        b'{"type":"dance","payload":{}}',
        b'{"type":["start"],"payload":{}}',
        golden.operation("note").replace('"seq":7', '"seq":"many"').encode(),
        golden.operation("note").replace("2026-11-20T02:20:00.120Z", "yesterday").encode(),
        golden.operation("hold").replace('"parts"', '"lunch"').encode(),
        golden.operation("note").replace('"text":', '"words":').encode(),
    ],
)
def test_what_is_no_operation_is_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        codec.load_operation(data)


def test_words_and_previews_have_limits() -> None:
    just_fits = an_operation(Note(text="ก" * NOTE_LIMIT))
    assert codec.load_operation(codec.dump_operation(just_fits)) == just_fits
    for work in (
        Note(text="x" * (NOTE_LIMIT + 1)),
        an_add_photo(preview="A" * (codec.PREVIEW_LIMIT_BASE64 + 4)),
        Note(text="x" * 70_000),
    ):
        with pytest.raises(Malformed):
            codec.load_operation(codec.dump_operation(an_operation(work)))


def test_a_batch_has_a_limit_and_one_bad_item_spoils_no_other() -> None:
    good = codec.operation_to_dict(an_operation())
    items = codec.load_batch_items(orjson.dumps({"operations": [good, 5]}))
    assert codec.operation_from_dict(items[0]).work.type == "start"
    with pytest.raises(Malformed):
        codec.operation_from_dict(items[1])
    with pytest.raises(Malformed):
        codec.load_batch_items(orjson.dumps({"operations": [good] * (BATCH_LIMIT + 1)}))
    with pytest.raises(Malformed):
        codec.load_batch_items(b"[]")


def test_a_failure_does_not_repeat_the_value() -> None:
    with pytest.raises(Malformed) as raised:
        codec.load_sign_in(b'{"username":"u","password":["a secret"],"device_name":"d"}')
    assert "a secret" not in str(raised.value)


def test_what_is_no_plain_json_is_malformed() -> None:
    with pytest.raises(Malformed):
        codec.operation_from_dict({"type": "note", "payload": {"text": object()}})
