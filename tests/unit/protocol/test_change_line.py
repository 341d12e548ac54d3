"""Lines of the changes: the usual form is read the short way, every other one the long way."""

import orjson
import pytest

from field_app.protocol.changes import TicketLine, UnreadableLine, load_change
from field_app.protocol.codec import Malformed, dump, load_ticket
from field_app.protocol.listed import listed_of
from field_app.protocol.messages import ChangeLine

SHORT = (
    '{"id":"2026-1","revision":3,"words":"ถนน","reported_at":"2026-03-09T01:02:03.000Z"}'
).encode()
TICKET = load_ticket(SHORT)
DOC = dump(TICKET)


def as_ticket(line: object) -> TicketLine:
    assert isinstance(line, TicketLine)
    return line


def test_a_tickets_line_keeps_its_json_as_it_came() -> None:
    line = as_ticket(load_change(b'{"cursor":"h.all.3","ticket":%s}' % DOC))
    assert line == ("h.all.3", listed_of(TICKET), DOC)


@pytest.mark.parametrize(
    "form",
    [
        b'{"cursor":"h.all.3","ticket":%s}',
        b'{"ticket":%s,"cursor":"h.all.3"}',
        b'{"cursor":"h.all.3","ticket":%s,"later":{"kind":"of"}}',
        b'{ "cursor": "h.all.3", "ticket": %s }',
        b'{"cursor":"h\\u002eall.3","ticket":%s}',
        b'{"cursor":"h.all.3","ticket":%s,"doc":"{}"}',
    ],
)
def test_another_form_says_the_same_and_is_written_anew(form: bytes) -> None:
    line = as_ticket(load_change(form % SHORT))
    assert line == ("h.all.3", listed_of(TICKET), DOC)


@pytest.mark.parametrize(
    "bad",
    [
        b'{"cursor":"3","ticket":%s' % DOC,
        b'{"cursor":"3","ticket":%s}}' % DOC,
        b'{"cursor":"\xff","ticket":%s}' % DOC,
        b'{"cursor":3,"ticket":{"id":"2026-1"}}',
        b'{"cursor":"3","ticket":"2026-1"}',
        b'{"cursor":"3","removed":7}',
        b'{"ticket":{"id":"2026-1"}}',
        b'["cursor"]',
        b"<html>Please sign in</html>",
    ],
)
def test_what_is_no_line_of_a_hub_is_refused(bad: bytes) -> None:
    with pytest.raises(Malformed):
        load_change(bad)


@pytest.mark.parametrize(
    ("doc", "ticket_id"),
    [
        (b'{"id":"2026-1"}', "2026-1"),
        (DOC.replace(b'"waiting"', b'"on the moon"'), "2026-1"),
        (DOC.replace(b'"2026-03-09T', b'"2026-13-09T'), "2026-1"),
        (b'{"id":7}', ""),
        (DOC.replace(b'"2026-1"', b'"2026\\u0000-1"'), "2026\0-1"),
        (b"{}", ""),
    ],
)
def test_a_bad_ticket_is_named_and_its_cursor_goes_on(doc: bytes, ticket_id: str) -> None:
    line = load_change(b'{"cursor":"h.all.3","ticket":%s}' % doc)
    assert line == UnreadableLine("h.all.3", ticket_id)  # type: ignore[arg-type]  # a name as text


def test_what_lists_do_not_need_is_not_looked_at() -> None:
    doc = DOC.replace(b'"timeline":[]', b'"timeline":[{"kind":"of a later version"}]')
    assert as_ticket(load_change(b'{"cursor":"3","ticket":%s}' % doc)).doc == doc
    with pytest.raises(Malformed):
        load_ticket(doc)


def test_other_lines_are_read_in_full() -> None:
    line = load_change(orjson.dumps({"cursor": "h.all.4", "removed": "2026-1"}))
    assert isinstance(line, ChangeLine)
    assert line.removed == "2026-1"
