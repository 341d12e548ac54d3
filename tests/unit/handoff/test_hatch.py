"""The page for a phone, used by a real client over loopback."""

import hashlib
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from field_app.domain.clock import SystemClock
from field_app.domain.handoff_errors import NoWayForPhone
from field_app.domain.ids import TicketId
from field_app.domain.photo import PhotoRole
from field_app.handoff.addresses import Address, Way
from field_app.handoff.hatch import IDLE_S, Hatch, Opening, open_hatch
from field_app.handoff.landing import Landing
from field_app.handoff.news import Answer, BrokeOff, Came, Coming, Ended, Ending, News, PhoneCame
from field_app.handoff.page import Errand
from field_app.handoff.server import HEAD_S, MOST_OF_ONE
from tests.helpers.phone import WAIT_S, Heard, Phone, calls, hears
from tests.helpers.pictures import a_picture

PICTURE = a_picture()
PREFIX = "incoming-"


class Side:
    """The laptop's side: takes every photo, and remembers its bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.heard = Heard()
        self.answer: Answer | None = Answer.SAVED
        self.got: list[bytes] = []
        self.free = 10_000_000_000
        self.second = 0.0
        self.hatch: Hatch | None = None
        self.phones: list[Phone] = []

    def opens(self, *, has_tls: bool = True) -> Hatch:
        landing = Landing(
            folder=self.folder, prefix=PREFIX, free=lambda: self.free, spare_bytes=50_000_000
        )
        opening = Opening(
            address=Address(host="127.0.0.1", way=Way.WIFI),
            errand=Errand(ticket_id=TicketId("2026-K4T9XA"), role=PhotoRole.AFTER),
            landing=landing,
            has_tls=has_tls,
        )
        self.hatch = open_hatch(opening, self._hear, SystemClock(), lambda: self.second)
        return self.hatch

    def phone(self) -> Phone:
        assert self.hatch is not None
        self.phones.append(Phone(self.hatch.url))
        return self.phones[-1]

    def files(self) -> list[Path]:
        return [path for path in self.folder.iterdir() if path.is_file()]

    def _hear(self, news: News) -> None:
        if isinstance(news, Came):
            self.got.append(news.path.read_bytes())
            if self.answer is not None:
                assert self.hatch is not None
                self.hatch.answer(news.number, self.answer)
        self.heard.tell(news)


@pytest.fixture
def side(tmp_path: Path) -> Iterator[Side]:
    side = Side(tmp_path)
    yield side
    for phone in side.phones:
        phone.close()
    if side.hatch is not None:
        side.hatch.close()
        assert side.hatch.wait_closed(WAIT_S)


def test_a_phone_hands_over_a_photo_byte_for_byte_and_nothing_is_left_lying(side: Side) -> None:
    side.opens()
    phone = side.phone()
    page = phone.opens()
    answer = phone.sends(PICTURE, "หลุม 1.jpg")

    assert page.status_code == 200
    assert answer.json() == {"state": "saved"}
    assert side.got == [PICTURE]
    assert isinstance(side.heard.next(), PhoneCame)
    assert side.heard.next() == Coming(number=1, name="หลุม 1.jpg", size_bytes=len(PICTURE))
    came = side.heard.next()
    assert came.sha256 == hashlib.sha256(PICTURE).hexdigest()
    assert came.path.name.startswith(PREFIX)
    assert side.files() == []


def test_the_certificate_is_the_one_whose_fingerprint_the_laptop_shows(side: Side) -> None:
    hatch = side.opens()
    with calls(hatch.url) as line:
        assert isinstance(line, ssl.SSLSocket)
        shown = line.getpeercert(binary_form=True)
        assert shown is not None
        assert line.version() in {"TLSv1.2", "TLSv1.3"}

    assert hashlib.sha256(shown).hexdigest().upper() == hatch.fingerprint.replace(":", "")


def test_a_phone_that_accepted_the_certificate_finds_it_good_for_the_address(side: Side) -> None:
    hatch = side.opens()
    parts = urlsplit(hatch.url)
    found = ssl.get_server_certificate((str(parts.hostname), int(parts.port or 0)))
    kept = side.folder / "accepted.pem"
    kept.write_text(found)
    context = ssl.create_default_context(cafile=str(kept))
    line = calls(hatch.url.replace("https", "http"))
    with context.wrap_socket(line, server_hostname="127.0.0.1") as safe:
        known = safe.getpeercert()
    assert known is not None
    ends_at = ssl.cert_time_to_seconds(str(known["notAfter"]))

    left = datetime.fromtimestamp(ends_at, UTC) - SystemClock().now()
    assert left.days <= 2


def test_the_page_needs_nothing_from_elsewhere_and_may_do_nothing_else(side: Side) -> None:
    side.opens()
    page = side.phone().opens()

    policy = page.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'nonce-")
    assert "unsafe" not in policy
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["Cache-Control"] == "no-store"
    assert "Server" not in page.headers
    assert "://" not in page.text
    assert "@" not in page.text.partition("<script type")[2].partition("</script>")[0]
    for sentence in ("รูปหลังทำ", "Photos after the work", "2026-K4T9XA"):
        assert sentence in page.text
    assert 'accept="image/*,.heic,.heif" multiple' in page.text
    assert "capture" not in page.text


def test_the_cookie_stays_with_this_page_and_travels_by_tls_only(side: Side) -> None:
    side.opens()
    given = side.phone().opens().headers["Set-Cookie"]

    assert given.endswith("; Path=/; HttpOnly; SameSite=Strict; Secure")


@pytest.mark.parametrize(
    "path",
    ["", "favicon.ico", "2" * 26, "{token}x", "{token}/photo", "%2e%2e/etc", "{token}%2f",
     "{token}/photos", "{token}//", "x/{token}"],
)  # fmt: skip
def test_every_other_address_looks_the_same(side: Side, path: str) -> None:
    hatch = side.opens()
    root, _slash, token = hatch.url.rpartition("/")
    phone = side.phone()
    phone.url = f"{root}/{path.format(token=token)}"
    found = phone.opens()
    phone.url = f"{root}/nothing"
    other = phone.opens()

    assert found.status_code == 404
    assert found.content == other.content
    assert token not in found.text
    assert side.heard.rest() == []


def test_a_photo_without_having_opened_the_page_is_not_taken(side: Side) -> None:
    side.opens()

    assert side.phone().sends(PICTURE).status_code == 404
    assert side.got == []


def test_the_second_phone_is_told_and_gets_nothing_in(side: Side) -> None:
    side.opens()
    first, second = side.phone(), side.phone()
    first.opens()
    page = second.opens()

    assert page.status_code == 403
    assert "Another phone" in page.text
    assert second.sends(PICTURE).status_code == 404
    assert first.opens().status_code == 200
    assert first.sends(PICTURE).status_code == 200
    assert side.got == [PICTURE]


def test_a_look_ahead_of_a_browser_does_not_count_as_opening(side: Side) -> None:
    hatch = side.opens()
    ahead = side.phone()
    ahead._session.headers["Sec-Purpose"] = "prefetch"
    assert ahead.opens().status_code == 404
    line = calls(hatch.url)
    host, path = urlsplit(hatch.url).netloc, urlsplit(hatch.url).path
    line.sendall(f"HEAD {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode("ascii"))
    assert hears(line).startswith(b"HTTP/1.1 404")

    assert side.phone().opens().status_code == 200


@pytest.mark.parametrize("heads", [{"Host": "evil.example"}, {"Origin": "https://evil.example"}])
def test_another_site_cannot_use_the_phone(side: Side, heads: dict[str, str]) -> None:
    side.opens()
    phone = side.phone()
    phone.opens()

    assert phone.sends(PICTURE, **heads).status_code == 404
    assert side.got == []


def test_the_same_photo_sent_again_is_told_what_became_of_it_and_comes_once(side: Side) -> None:
    side.opens()
    phone = side.phone()
    phone.opens()

    assert [phone.sends(PICTURE).json() for _time in range(2)] == [{"state": "saved"}] * 2
    assert side.got == [PICTURE]


def test_a_photo_that_the_job_has_already_is_told(side: Side) -> None:
    side.opens()
    side.answer = Answer.HERE
    phone = side.phone()
    phone.opens()

    assert phone.sends(PICTURE).json() == {"state": "here"}


@pytest.mark.parametrize(
    ("answer", "status", "why"),
    [
        (Answer.NOT_A_PICTURE, 415, "not_a_picture"),
        (Answer.NO_ROOM, 507, "no_room"),
        (Answer.FAILED, 500, "failed"),
    ],
)
def test_the_phone_is_told_when_the_laptop_did_not_keep_it(
    side: Side, answer: Answer, status: int, why: str
) -> None:
    side.opens()
    side.answer = answer
    phone = side.phone()
    phone.opens()
    told = phone.sends(PICTURE)

    assert (told.status_code, told.json()) == (status, {"state": "refused", "why": why})


def test_after_a_failure_the_same_photo_can_be_sent_again(side: Side) -> None:
    side.opens()
    side.answer = Answer.FAILED
    phone = side.phone()
    phone.opens()
    phone.sends(PICTURE)
    side.answer = Answer.SAVED

    assert phone.sends(PICTURE).json() == {"state": "saved"}
    assert side.got == [PICTURE, PICTURE]


def test_what_is_no_picture_is_turned_away_by_its_first_bytes(side: Side) -> None:
    side.opens()
    phone = side.phone()
    phone.opens()
    told = phone.sends(b"%PDF-1.7 " * 100_000, "photo.jpg")

    assert (told.status_code, told.json()["why"]) == (415, "not_a_picture")
    assert side.got == []
    assert side.files() == []
    assert isinstance(side.heard.next(BrokeOff), BrokeOff)


def test_bytes_that_changed_on_the_way_are_not_kept(side: Side) -> None:
    side.opens()
    phone = side.phone()
    phone.opens()
    told = phone.sends(PICTURE, X_Photo_Sha256="0" * 64)

    assert (told.status_code, told.json()["why"]) == (422, "changed")
    assert side.files() == []


def test_a_full_disk_is_told_before_a_byte_is_written(side: Side) -> None:
    side.opens()
    side.free = 50_000_000 + 2 * len(PICTURE) - 1
    phone = side.phone()
    phone.opens()
    told = phone.sends(PICTURE)

    assert (told.status_code, told.json()["why"]) == (507, "no_room")
    assert side.got == []
    side.free += 1
    assert phone.sends(PICTURE).json() == {"state": "saved"}


def test_a_photo_above_the_limit_is_refused_by_its_announced_size(side: Side) -> None:
    side.opens()
    phone = side.phone()
    phone.opens()
    line = phone.begins(PICTURE, 40 * 1024 * 1024 + 1)
    line.close()
    assert phone.sends(PICTURE).json() == {"state": "saved"}

    assert side.got == [PICTURE]
    assert side.heard.next(Coming).size_bytes == len(PICTURE)


def test_a_big_photo_arrives_whole(side: Side) -> None:
    side.opens()
    phone = side.phone()
    phone.opens()
    big = PICTURE + bytes(20_000_000) + PICTURE

    assert phone.sends(big).json() == {"state": "saved"}
    assert side.got == [big]


def test_a_line_that_breaks_in_the_middle_leaves_nothing_and_can_begin_again(side: Side) -> None:
    side.opens()
    phone = side.phone()
    phone.opens()
    phone.begins(PICTURE[:100], len(PICTURE)).close()
    broke = side.heard.next(BrokeOff)

    assert broke == BrokeOff(number=1, why="")
    assert side.files() == []
    again = phone.sends(PICTURE)
    assert again.json() == {"state": "saved"}
    assert side.heard.next(Came).number == 2


def test_closing_while_a_photo_comes_leaves_nothing_and_nobody_answers(side: Side) -> None:
    hatch = side.opens()
    phone = side.phone()
    phone.opens()
    line = phone.begins(PICTURE[:100], len(PICTURE))
    side.heard.next(Coming)
    hatch.close()
    assert hatch.wait_closed(WAIT_S)
    hears(line)

    assert side.heard.next(Ended) == Ended(ending=Ending.CLOSED)
    assert side.files() == []
    with pytest.raises(requests.ConnectionError):
        side.phone().opens()


def test_a_phone_that_waits_when_the_laptop_closes_is_told(side: Side) -> None:
    hatch = side.opens()
    side.answer = None
    phone = side.phone()
    phone.opens()
    told: list[requests.Response] = []
    sending = threading.Thread(target=lambda: told.append(phone.sends(PICTURE)))
    sending.start()
    came = side.heard.next(Came)
    hatch.close()
    sending.join(WAIT_S)

    assert told[0].status_code == 410
    assert came.path.is_file(), "what came is taken in still"
    hatch.answer(came.number, Answer.SAVED)
    assert side.files() == []


def test_done_on_the_phone_closes_the_page(side: Side) -> None:
    hatch = side.opens()
    phone = side.phone()
    phone.opens()

    assert phone.is_done().json() == {"state": "done"}
    assert side.heard.next(Ended) == Ended(ending=Ending.PHONE_DONE)
    assert hatch.wait_closed(WAIT_S)


def test_after_ten_minutes_without_a_word_it_closes_by_itself(side: Side) -> None:
    hatch = side.opens()
    phone = side.phone()
    phone.opens()
    side.second += IDLE_S
    phone.sends(PICTURE)
    side.second += IDLE_S
    assert phone.opens().status_code == 200
    side.second += IDLE_S + 1

    assert side.heard.next(Ended) == Ended(ending=Ending.IDLE)
    assert hatch.wait_closed(WAIT_S)


def test_a_head_that_never_ends_is_cut_off(side: Side) -> None:
    hatch = side.opens()
    line = calls(hatch.url)
    line.sendall(b"GET / HTTP/1.1\r\nHost:")
    side.second += HEAD_S

    assert hears(line) == b""


def test_a_caller_that_says_nothing_is_cut_off_before_tls(side: Side) -> None:
    hatch = side.opens()
    line = calls(hatch.url.replace("https", "http"))
    line.sendall(b"\x16")
    assert side.phone().opens().status_code == 200
    side.second += HEAD_S

    assert hears(line) == b""


def test_one_caller_cannot_take_all_lines(side: Side) -> None:
    hatch = side.opens(has_tls=False)
    lines = [calls(hatch.url) for _line in range(MOST_OF_ONE)]
    for line in lines:
        line.sendall(b"GET ")
    extra = calls(hatch.url)

    assert hears(extra) == b""
    side.second += HEAD_S
    assert [hears(line) for line in lines] == [b""] * MOST_OF_ONE
    with hatch._server._watch:
        assert hatch._server._watch.wait_for(lambda: not hatch._server._callers, WAIT_S)
    assert side.phone().opens().status_code == 200


def test_without_tls_the_address_says_so_and_everything_else_holds(side: Side) -> None:
    hatch = side.opens(has_tls=False)
    phone = side.phone()

    assert hatch.url.startswith("http://127.0.0.1:")
    assert hatch.fingerprint == ""
    assert "Secure" not in phone.opens().headers["Set-Cookie"]
    assert phone.sends(PICTURE).json() == {"state": "saved"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(noise=st.binary(max_size=400), is_after_a_start=st.booleans())
def test_whatever_is_said_there_is_one_answer_or_none(
    side: Side, noise: bytes, is_after_a_start: bool
) -> None:
    hatch = side.hatch or side.opens(has_tls=False)
    token = hatch.url.rpartition("/")[2].encode("ascii")
    line = calls(hatch.url)
    line.sendall((b"POST /" + token + b"/photos " if is_after_a_start else b"") + noise)
    line.shutdown(socket.SHUT_WR)

    said = hears(line)
    assert said == b"" or said.startswith((b"HTTP/1.1 404", b"<!doctype html>"))
    assert side.heard.rest() == []
    assert side.files() == []


def test_two_openings_share_no_address_and_no_certificate(side: Side) -> None:
    first = side.opens()
    first.close()
    assert first.wait_closed(WAIT_S)
    second = side.opens()

    assert first.url.rpartition("/")[2] != second.url.rpartition("/")[2]
    assert first.fingerprint != second.fingerprint
    assert side.files() == [], "no key is left on the disk"


@pytest.mark.parametrize("host", ["0.0.0.0", "8.8.8.8", "::", "169.254.1.1", "example.org", ""])  # noqa: S104
def test_it_listens_at_private_addresses_only(side: Side, host: str) -> None:
    opening = Opening(
        address=Address(host=host, way=Way.WIFI),
        errand=Errand(ticket_id=TicketId("1"), role=PhotoRole.AFTER),
        landing=Landing(folder=side.folder, prefix=PREFIX, free=lambda: 0, spare_bytes=0),
    )

    with pytest.raises(NoWayForPhone):
        open_hatch(opening, side.heard.tell, SystemClock())


def test_an_address_that_this_computer_has_not_is_told(side: Side) -> None:
    opening = Opening(
        address=Address(host="192.168.255.254", way=Way.WIFI),
        errand=Errand(ticket_id=TicketId("1"), role=PhotoRole.AFTER),
        landing=Landing(folder=side.folder, prefix=PREFIX, free=lambda: 0, spare_bytes=0),
    )

    with pytest.raises(NoWayForPhone):
        open_hatch(opening, side.heard.tell, SystemClock())
