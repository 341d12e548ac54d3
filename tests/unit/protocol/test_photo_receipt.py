"""The receipt in a header: written, read, and never believed when it is something else."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from field_app.domain.ids import PhotoId, Revision
from field_app.domain.photo import PhotoReceipt
from field_app.protocol.photo_receipt import dump_receipt, load_receipt

SAMPLE = (
    "7F2A-812; photo=0193a000-0000-7000-8000-000000000001; revision=812;"
    " received_at=2026-11-20T02:21:00.000Z; sha256=" + "ab" * 32
)


def test_the_sample_is_readable_for_ever() -> None:
    assert load_receipt(SAMPLE) == PhotoReceipt(
        id="7F2A-812",
        photo_id=PhotoId("0193a000-0000-7000-8000-000000000001"),
        received_at=datetime(2026, 11, 20, 2, 21, tzinfo=UTC),
        revision=Revision(812),
        sha256="ab" * 32,
    )


@given(
    letters=st.text("0123456789ABCDEF", min_size=4, max_size=4),
    revision=st.integers(0, 10**18 - 1),
    ms=st.integers(0, 10**12),
    sha256=st.text("0123456789abcdef", min_size=64, max_size=64),
)
def test_what_is_written_is_read_again(letters: str, revision: int, ms: int, sha256: str) -> None:
    receipt = PhotoReceipt(
        id=f"{letters}-{revision}",
        photo_id=PhotoId("photo-1"),
        received_at=datetime(2026, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms),
        revision=Revision(revision),
        sha256=sha256,
    )
    assert load_receipt(dump_receipt(receipt)) == receipt


@pytest.mark.parametrize(
    "text",
    [
        "",
        "thank you",
        SAMPLE.replace("ab" * 32, "ab" * 31),
        SAMPLE.replace("2026-11-20", "2026-13-20"),
        SAMPLE.replace("; revision=812", ""),
        SAMPLE + "; more=1",
    ],
)
def test_anything_else_is_no_receipt(text: str) -> None:
    assert load_receipt(text) is None
