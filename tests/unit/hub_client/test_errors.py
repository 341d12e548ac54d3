"""Every failure of the network library and every refusal has its meaning."""

import inspect
import socket

import pytest
import requests
from requests import exceptions as failures
from urllib3 import HTTPConnectionPool
from urllib3.connection import HTTPConnection
from urllib3.exceptions import MaxRetryError, NameResolutionError, ProtocolError

from field_app.domain.errors import (
    CursorExpired,
    DeviceRevoked,
    FieldAppError,
    HubBusy,
    HubFull,
    HubRefused,
    NewerVersionNeeded,
    NoConnection,
    NotTheHub,
    SignedOut,
    TooLarge,
    Unreachable,
)
from field_app.hub_client.errors import TABLE, failure_of, translated, wait_asked

CLASSES = [
    c
    for c in vars(failures).values()
    if inspect.isclass(c)
    and issubclass(c, failures.RequestException)
    and not issubclass(c, Warning)
]


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__name__)
def test_every_exception_of_requests_is_in_the_table(kind: type[Exception]) -> None:
    assert kind in TABLE


def test_the_most_special_class_decides() -> None:
    with pytest.raises(NotTheHub), translated():
        raise failures.SSLError("wrong certificate")
    with pytest.raises(Unreachable) as caught, translated():
        raise failures.ConnectTimeout
    assert not isinstance(caught.value, NotTheHub)


def test_a_refused_connection_surely_carried_nothing() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        with pytest.raises(NoConnection), translated():
            requests.get(url, timeout=5)


def test_a_name_that_nobody_knows_surely_carried_nothing() -> None:
    unknown = NameResolutionError("hub.invalid", HTTPConnection("hub.invalid"), socket.gaierror())
    tries = MaxRetryError(HTTPConnectionPool("hub.invalid"), "/", unknown)
    with pytest.raises(NoConnection), translated():
        raise failures.ConnectionError(tries)


def test_a_connection_that_broke_later_may_have_carried_everything() -> None:
    with pytest.raises(Unreachable) as caught, translated():
        raise failures.ConnectionError(ProtocolError("Connection aborted."))
    assert not isinstance(caught.value, NoConnection)


def an_answer(status: int, body: bytes, **headers: str) -> requests.Response:
    response = requests.Response()
    response.status_code = status
    response._content = body
    response.headers.update({"Content-Type": "application/problem+json", **headers})
    response.request = requests.Request("GET", "http://127.0.0.1/").prepare()
    return response


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, HubRefused),
        (401, SignedOut),
        (404, HubRefused),
        (410, CursorExpired),
        (413, TooLarge),
        (426, NewerVersionNeeded),
        (429, HubBusy),
        (500, HubRefused),
        (502, HubBusy),
        (503, HubBusy),
        (507, HubFull),
    ],
)
def test_a_problem_document_is_understood_by_its_status(
    status: int, kind: type[FieldAppError]
) -> None:
    body = b'{"title": "No.", "status": %d}' % status
    assert type(failure_of(an_answer(status, body))) is kind


def test_a_blocked_device_is_told_apart_from_an_old_sign_in() -> None:
    body = b'{"title": "No.", "status": 401, "device_revoked": true}'
    assert type(failure_of(an_answer(401, body))) is DeviceRevoked


@pytest.mark.parametrize("status", [401, 410, 503])
def test_no_status_counts_without_the_hubs_own_document(status: int) -> None:
    page = an_answer(status, b"<html>", **{"Content-Type": "text/html"})
    with pytest.raises(NotTheHub):
        failure_of(page)
    with pytest.raises(NotTheHub):
        failure_of(an_answer(status, b"{}"))


@pytest.mark.parametrize(
    ("text", "seconds"), [("7", 7.0), ("999999", 3600.0), ("soon", None), ("-1", None), ("", None)]
)
def test_retry_after_is_read_and_bounded(text: str, seconds: float | None) -> None:
    assert wait_asked(an_answer(503, b"", **{"Retry-After": text})) == seconds


@pytest.mark.parametrize(
    ("until", "date", "seconds"),
    [
        ("Fri, 20 Nov 2026 02:02:00 GMT", "Fri, 20 Nov 2026 02:00:00 GMT", 120.0),
        ("Sat, 21 Nov 2026 02:00:00 GMT", "Fri, 20 Nov 2026 02:00:00 GMT", 3600.0),
        ("Fri, 20 Nov 2026 01:00:00 GMT", "Fri, 20 Nov 2026 02:00:00 GMT", 0.0),
        ("Fri, 20 Nov 2026 02:02:00 GMT", "", None),
        ("Fri, 20 Nov 2026 02:02:00 GMT", "Fri, 20 Nov 2026 02:00:00", None),
        ("Fri, 99 Nov 2026 02:02:00 GMT", "Fri, 20 Nov 2026 02:00:00 GMT", None),
    ],
)
def test_a_moment_to_come_back_at_is_measured_by_the_hubs_own_clock(
    until: str, date: str, seconds: float | None
) -> None:
    answer = an_answer(503, b"", **{"Retry-After": until, "Date": date})
    assert wait_asked(answer) == seconds
