"""The benchmark's made-up tickets."""

from datetime import UTC, datetime

from build_scripts.benchmarks.town import CHANGE_MARK, tickets_csv
from field_app.hub.service.import_file import FileRow, read_rows

NOW = datetime(2026, 11, 2, 5, 0, tzinfo=UTC)


def rows(*, change: int = 0) -> list[FileRow]:
    found = list(read_rows(tickets_csv(range(50), NOW, change=change)))
    return [row for row in found if isinstance(row, FileRow)]


def test_the_hub_takes_every_made_up_ticket() -> None:
    assert len({row.ticket_id for row in rows()}) == 50
    assert all(row.last_activity < NOW for row in rows())


def test_the_same_number_is_the_same_ticket_every_time() -> None:
    assert tickets_csv(range(50), NOW) == tickets_csv(range(50), NOW)


def test_news_of_a_ticket_are_later_than_all_before_and_say_so() -> None:
    for before, after, later in zip(rows(), rows(change=1), rows(change=2), strict=True):
        assert before.ticket_id == after.ticket_id
        assert before.last_activity < after.last_activity < later.last_activity
        assert CHANGE_MARK not in before.words
        assert f"{CHANGE_MARK} 1" in after.words
