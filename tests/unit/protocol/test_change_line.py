"""Lines of the changes: the usual form is read the short way, every other one the long way."""

import orjson
import pytest

from field_app.protocol.codec import Malformed, load_change, load_ticket

DOC = (
    '{"id":"2026-1","revision":3,"words":"ถนน","reported_at":"2026-03-09T01:02:03.000Z"}'
).encode()


def test_a_tickets_line_keeps_its_json_as_it_came() -> None:
    line = load_change(b'{"cursor":"h.all.3","ticket":%s}' % DOC)
    assert (line.cursor, line.doc) == ("h.all.3", DOC.decode())
    assert line.ticket == load_ticket(DOC)


@pytest.mark.parametrize(
    "form",
    [
        b'{"ticket":%s,"cursor":"h.all.3"}',
        b'{"cursor":"h.all.3","ticket":%s,"later":{"kind":"of"}}',
        b'{ "cursor": "h.all.3", "ticket": %s }',
        b'{"cursor":"h\\u002eall.3","ticket":%s}',
        b'{"cursor":"h.all.3","ticket":%s,"doc":"{}"}',
    ],
)
def test_another_form_of_line_says_the_same_without_json_beside_it(form: bytes) -> None:
    line = load_change(form % DOC)
    assert (line.cursor, line.doc) == ("h.all.3", "")
    assert line.ticket == load_ticket(DOC)


@pytest.mark.parametrize(
    "bad",
    [
        b'{"cursor":"3","ticket":{"id":"2026-1"}}',
        b'{"cursor":"3","ticket":%s' % DOC,
        b'{"cursor":"3","ticket":%s}}' % DOC,
        b'{"cursor":"\xff","ticket":%s}' % DOC,
    ],
)
def test_a_bad_line_is_refused(bad: bytes) -> None:
    with pytest.raises(Malformed):
        load_change(bad)


def test_other_lines_have_no_json_beside_them() -> None:
    line = load_change(orjson.dumps({"cursor": "h.all.4", "removed": "2026-1"}))
    assert (line.removed, line.doc) == ("2026-1", "")
