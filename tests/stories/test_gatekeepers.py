"""Portals, proxies and busy hubs between one request and the next; pauses outlive a restart."""

from collections.abc import Callable
from datetime import datetime

import orjson
import pytest
import requests

from field_app.domain.errors import (
    FieldAppError,
    HubBusy,
    HubFull,
    NotTheHub,
    SignedOut,
    TooLarge,
)
from field_app.domain.ids import TicketId
from field_app.domain.people import Role
from field_app.domain.ticket import TicketState
from field_app.photos.vault import Size
from field_app.sync.status import Reach
from tests.helpers.fakes import Answer
from tests.helpers.town import PASSWORD, URL, Laptop, Town

PAGE: Answer = (200, {"Content-Type": "text/html"}, b"<html>Sign in to the free network</html>")
PROBLEM = {"Content-Type": "application/problem+json"}
KINDS = {
    "operations": ("POST", "/operations"),
    "changes": ("GET", "/changes"),
    "new upload": ("POST", "/photos/upload"),
    "all uploads": ("GET", "/uploads"),
    "upload offset": ("HEAD", "/photos/upload/"),
    "upload bytes": ("PATCH", "/photos/upload/"),
}
"""Every kind of call that work needs: method, and what its path contains."""


def at(kind: str, answer: Answer) -> Callable[[requests.PreparedRequest], Answer | None]:
    """Return a gate that answers one kind of call itself."""
    method, path = KINDS[kind]

    def gate(request: requests.PreparedRequest) -> Answer | None:
        is_it = request.method == method and path in str(request.url)
        return answer if is_it else None

    return gate


def a_problem(status: int, **headers: str) -> Answer:
    body = {"type": "about:blank", "title": "No", "status": status, "detail": "no"}
    return status, PROBLEM | headers, orjson.dumps(body)


def _breaks_at_head(request: requests.PreparedRequest) -> Answer | None:
    """Let nobody ask how far an upload is."""
    if request.method == "HEAD":
        raise requests.exceptions.ConnectionError("the line was cut")
    return None


def a_day_with_half_a_photo(town: Town, ana: Laptop) -> TicketId:
    """Let a job be done, and a photo of an earlier one be half way to the hub."""
    earlier, job = town.citizen_reports(), town.citizen_reports()
    ana.syncs()
    ana.adds_photo(earlier, size=450)
    town.network.cuts_request(at_byte=30_000)
    town.network.gate = _breaks_at_head
    ana.syncs()
    town.network.is_well()
    assert ana.open_uploads()[0].url
    ana.repairs(job)
    return job


def next_tries(laptop: Laptop) -> list[datetime | None]:
    """Return when everything that waits is tried again."""

    def of(rows: list[tuple[str | None]]) -> list[datetime | None]:
        return [None if stamp is None else datetime.fromisoformat(stamp) for (stamp,) in rows]

    found: list[datetime | None] = laptop.app.see(
        lambda desk: (
            of(desk.db.rows("SELECT not_before FROM outbox ORDER BY seq"))
            + of(
                desk.db.rows("SELECT not_before FROM uploads WHERE state = 'ready' ORDER BY rowid")
            )
        )
    )
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", [200, 302, 401, 407, 410, 413, 429, 502, 503, 507, 511])
def test_a_strangers_page_at_any_call_changes_nothing(
    town: Town, ana: Laptop, kind: str, status: int
) -> None:
    job = a_day_with_half_a_photo(town, ana)
    held = len(town.hub_operations())
    town.network.gate = at(kind, (status, PAGE[1] | {"Location": "/"}, PAGE[2]))
    if kind == "upload offset":
        town.network.cuts_request(at_byte=1_000)  # after a break it is asked how far it came

    report = ana.syncs()

    assert isinstance(report.error, NotTheHub)
    assert ana.sees(job).state is TicketState.IN_REVIEW
    assert ana.open_uploads() != ()
    if kind == "operations":
        assert len(town.hub_operations()) == held
    town.everyone_agrees()
    assert town.hub_ticket(job).state is TicketState.IN_REVIEW


@pytest.mark.parametrize("status", [200, 404, 502])
def test_a_strangers_page_is_kept_as_no_picture_and_the_picture_comes_later(
    town: Town, ana: Laptop, status: int
) -> None:
    boss = town.person("boss", role=Role.SUPERVISOR, crew=None)
    job = town.citizen_reports()
    ana.syncs()
    ana.adds_photo(job)
    ana.syncs()

    def gate(request: requests.PreparedRequest) -> Answer | None:
        is_picture = request.method == "GET" and "/photos/" in str(request.url)
        return (status, PAGE[1], PAGE[2]) if is_picture else None

    town.network.gate = gate
    report = boss.syncs()

    assert isinstance(report.error, NotTheHub)
    sha256 = boss.sees(job).photos[0].sha256
    vault = boss.app.see(lambda desk: desk.vault)
    assert vault.copy_path(sha256, Size.THUMB) is None
    town.network.is_well()
    boss.syncs()
    assert vault.copy_path(sha256, Size.THUMB) is not None


@pytest.mark.parametrize("status", [200, 401, 407, 502, 511])
def test_a_strangers_page_at_the_sign_in_lets_the_known_in_and_nobody_else(
    town: Town, ana: Laptop, status: int
) -> None:
    ana.syncs()
    ana.app.sign_out()
    town.network.answers_as(status, PAGE[1], PAGE[2])

    with pytest.raises(NotTheHub):
        ana.app.sign_in(URL, "nobody", PASSWORD)
    with pytest.raises(NotTheHub):
        ana.app.sign_in(URL, "ana", "wrong password")
    assert ana.app.sign_in(URL, "ana", PASSWORD).username == "ana"


@pytest.mark.parametrize(
    ("status", "kind"),
    [(401, SignedOut), (413, TooLarge), (429, HubBusy), (503, HubBusy), (507, HubFull)],
)
@pytest.mark.parametrize("call", ["operations", "new upload", "upload bytes"])
def test_a_refusal_is_never_taken_for_a_delivery(
    town: Town, ana: Laptop, status: int, kind: type[FieldAppError], call: str
) -> None:
    job = a_day_with_half_a_photo(town, ana)
    town.network.gate = at(call, a_problem(status))

    report = ana.syncs()

    assert isinstance(report.error, kind)
    assert (report.reach is Reach.SIGNED_OUT) is (status == 401)
    assert ana.open_uploads() != ()
    assert ana.sees(job).state is TicketState.IN_REVIEW
    town.everyone_agrees()
    assert town.hub_ticket(job).state is TicketState.IN_REVIEW


@pytest.mark.parametrize("status", [429, 503])
def test_what_the_hub_asked_for_outlives_a_restart(town: Town, ana: Laptop, status: int) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.starts(job)
    town.network.answers_as(*a_problem(status, **{"Retry-After": "1800"}))
    ana.syncs()
    town.network.is_well()
    asked = next_tries(ana)

    ana.loses_power()
    town.clock.passes(1700)
    ana.app.sync_once()
    assert ana.waiting() == 1
    assert next_tries(ana) == asked

    town.clock.passes(150)
    ana.app.sync_once()
    assert ana.waiting() == 0


def test_pauses_grow_and_keep_their_chance_across_restarts(town: Town, ana: Laptop) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.adds_photo(job)
    ana.syncs()
    ana.starts(job)
    town.clock.passes(9)
    pauses = []
    for _failure in range(4):
        town.network.answers_as(*a_problem(503))
        ana.app.sync_once()
        (before,) = next_tries(ana)
        ana.loses_power()
        (after,) = next_tries(ana)
        assert after == before
        assert before is not None
        pauses.append((before - town.clock.now()).total_seconds())
        town.clock.passes(pauses[-1])

    for pause, step in zip(pauses, (5, 30, 120, 600), strict=True):
        assert 0.8 * step <= pause <= 1.2 * step
    assert any(pause not in {5.0, 30.0, 120.0, 600.0} for pause in pauses), "nobody drew lots"
    town.everyone_agrees()


def test_a_sign_in_that_ends_in_the_middle_of_the_queue_keeps_the_rest(
    town: Town, ana: Laptop
) -> None:
    job = town.citizen_reports()
    ana.syncs()
    ana.repairs(job)
    town.network.gate = at("new upload", a_problem(401))

    report = ana.syncs()

    assert (report.reach, report.tally.delivered) == (Reach.SIGNED_OUT, 4)
    assert ana.waiting() == 2
    town.network.is_well()
    ana.app.sign_in(URL, "ana", PASSWORD)
    assert ana.waiting() == 2
    town.everyone_agrees()
