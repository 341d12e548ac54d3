"""From the network library's failures and the hub's refusals to ours."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from typing import Final

import requests
import urllib3
from requests import exceptions as failures

from field_app.domain.errors import (
    CursorExpired,
    DeviceRevoked,
    FieldAppError,
    FileUnreadable,
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
from field_app.protocol.codec import Malformed, load_problem
from field_app.protocol.messages import PROBLEM_TYPE, Problem

TABLE: Final[Mapping[type[Exception], type[FieldAppError]]] = {
    failures.RequestException: Unreachable,
    failures.InvalidJSONError: NotTheHub,
    failures.JSONDecodeError: NotTheHub,
    failures.HTTPError: NotTheHub,
    failures.ConnectionError: Unreachable,
    failures.ProxyError: Unreachable,
    failures.SSLError: NotTheHub,
    failures.Timeout: Unreachable,
    failures.ConnectTimeout: NoConnection,
    failures.ReadTimeout: Unreachable,
    failures.URLRequired: NotTheHub,
    failures.TooManyRedirects: NotTheHub,
    failures.MissingSchema: NotTheHub,
    failures.InvalidSchema: NotTheHub,
    failures.InvalidURL: NotTheHub,
    failures.InvalidHeader: NotTheHub,
    failures.InvalidProxyURL: NotTheHub,
    failures.ChunkedEncodingError: Unreachable,
    failures.ContentDecodingError: NotTheHub,
    failures.StreamConsumedError: Unreachable,
    failures.RetryError: Unreachable,
    failures.UnrewindableBodyError: Unreachable,
    urllib3.exceptions.HTTPError: Unreachable,
    urllib3.exceptions.NewConnectionError: NoConnection,
    urllib3.exceptions.ConnectTimeoutError: NoConnection,
    urllib3.exceptions.LocationParseError: NotTheHub,
    urllib3.exceptions.SSLError: NotTheHub,
}
"""What a failure of the network means; the most special class that fits decides."""

UNAUTHORIZED: Final = 401
GONE: Final = 410
TOO_LARGE: Final = 413
UPGRADE_REQUIRED: Final = 426
TOO_MANY: Final = 429
NO_ROOM: Final = 507
SERVER_ERRORS: Final = 501

STATUSES: Final[Mapping[int, type[FieldAppError]]] = {
    UNAUTHORIZED: SignedOut,
    GONE: CursorExpired,
    TOO_LARGE: TooLarge,
    UPGRADE_REQUIRED: NewerVersionNeeded,
    TOO_MANY: HubBusy,
    NO_ROOM: HubFull,
}
"""What a problem document's status means; other statuses above 500 are `HubBusy`. The rest are
`HubRefused`, 500 too: a bug that one item meets at the hub must not hold up the others."""

LONGEST_WAIT_S: Final = 3600.0
"""A hub that asks for more than an hour is asked again after an hour."""


_ADDRESS: Final = re.compile(r"^HTTPS?Connection(Pool)?\([^)]*\): ")
"""How urllib3 begins: whom it called, which is said elsewhere."""


@contextmanager
def translated() -> Iterator[None]:
    """Turn the network library's failures into ours.

    Raises:
        Unreachable: Nobody answers, or the answer breaks off.
        NoConnection: Surely nothing was sent.
        NotTheHub: What answers does not speak HTTP as the hub does.
    """
    try:
        yield
    except tuple(TABLE) as error:
        cause = _cause_of(error)
        kind = next(TABLE[base] for base in type(cause).__mro__ if base in TABLE)
        raise kind(f"{type(cause).__name__}: {_without_address(cause)}") from error


@contextmanager
def readable(what: str) -> Iterator[None]:
    """Turn the failures of reading a file of this laptop into ours.

    Raises:
        FileUnreadable: `what` cannot be read; the network has nothing to do with it.
    """
    try:
        yield
    except OSError as error:
        raise FileUnreadable(f"{type(error).__name__} while reading {what}") from error


def problem_of(response: requests.Response) -> Problem:
    """Return what the hub says is wrong.

    Raises:
        NotTheHub: The answer is no problem document of the hub.
        Unreachable: The answer breaks off.
    """
    kind = content_type(response)
    if kind != PROBLEM_TYPE:
        raise NotTheHub(f"status {response.status_code} with {kind or 'no content type'}")
    if response.request.method == "HEAD":
        return Problem(title="no body, as asked", status=response.status_code)
    with translated():
        body = response.content
    try:
        return load_problem(body)
    except Malformed as error:
        raise NotTheHub(f"status {response.status_code}: {error}") from error


def failure_of(response: requests.Response) -> FieldAppError:
    """Return the error that a refusing answer of the hub stands for.

    Raises:
        NotTheHub: The answer is no problem document of the hub.
        Unreachable: The answer breaks off.
    """
    problem = problem_of(response)
    status = response.status_code
    detail = f"{status} {problem.title}: {problem.detail}" if problem.detail else problem.title
    if status == UNAUTHORIZED and problem.device_revoked:
        return DeviceRevoked(detail)
    kind = STATUSES.get(status, HubBusy if status >= SERVER_ERRORS else HubRefused)
    return kind(detail or f"status {status}", wait_s=wait_asked(response))


def wait_asked(response: requests.Response) -> float | None:
    """Return the seconds of `Retry-After`, or None when it names none (RFC 9110, 10.2.3).

    A moment is measured from the answer's own `Date`: this computer's clock may be wrong.
    """
    text = response.headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text), LONGEST_WAIT_S)
    try:
        until, now = (
            parsedate_to_datetime(moment) for moment in (text, response.headers.get("Date", ""))
        )
        wait_s = (until - now).total_seconds()
    except (TypeError, ValueError):
        return None
    return min(max(0.0, wait_s), LONGEST_WAIT_S)


def content_type(response: requests.Response) -> str:
    """Return the answer's media type without parameters, lower case; may be empty."""
    return response.headers.get("Content-Type", "").split(";", 1)[0].strip().lower()


def _cause_of(error: Exception) -> Exception:
    """Return the failure to connect that was given up on, or the failure itself."""
    tries = error.args[0] if error.args else None
    reason = tries.reason if isinstance(tries, urllib3.exceptions.MaxRetryError) else None
    is_plain = type(error) is failures.ConnectionError
    if is_plain and isinstance(reason, urllib3.exceptions.NewConnectionError):
        return reason
    return error


def _without_address(error: Exception) -> str:
    """Return the failure's words, cut, for a technician."""
    return _ADDRESS.sub("", " ".join(str(error).split()))[:200] or "no words"
