"""Threads that show tickets get the columns from memory, and never other ones than those stored."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from field_app.domain.ids import Revision
from field_app.domain.ticket import TicketState
from field_app.store import copies, lists, search, tickets
from field_app.store.database import Database, open_database
from field_app.store.handover import Handover
from tests.helpers.builders import NOW, a_broken_arrival, a_ticket, an_arrival


@pytest.fixture
def shown(db: Database) -> Iterator[Database]:
    """Return the connection of another thread to the same file."""
    other = open_database(Path(db.path))
    other.handover = db.handover
    yield other
    other.close()


def accept(db: Database, *numbers: int, **facts: object) -> None:
    tickets.accept(db, [an_arrival(a_ticket(n, **facts)) for n in numbers], [], "c")


def is_true(db: Database) -> None:
    """Compare what is handed over with what is stored."""
    handed = lists.copies(db)
    db.handover = Handover()
    stored = lists.copies(db)
    assert dict(handed.rows) == dict(stored.rows)
    assert handed.change == stored.change


def test_a_first_fetch_is_handed_over_part_by_part(db: Database, shown: Database) -> None:
    accept(db, 1, 2)
    accept(db, 3)
    handed = db.handover.copies()
    assert handed is not None
    shown_first = lists.copies(shown)
    assert all(shown_first.rows[name] is row for name, row in handed.rows.items())
    accept(db, 4)
    later = lists.copies(shown, shown_first)
    assert len(later.rows) == 4
    assert later == db.handover.copies(shown_first)
    is_true(shown)


def test_a_ticket_that_comes_twice_in_a_first_fetch_is_read(db: Database, shown: Database) -> None:
    accept(db, 1, 2, revision=Revision(9))
    known = lists.copies(shown)
    accept(db, 2, 3, revision=Revision(8))
    assert db.handover.copies() is None
    assert lists.copies(shown, known).rows[a_ticket(2).id] is known.rows[a_ticket(2).id]
    is_true(shown)


def test_what_changes_later_is_read(db: Database, shown: Database) -> None:
    accept(db, 1, 2, 3)
    with db.atomic():
        newer = a_ticket(2, revision=Revision(50), state=TicketState.FINISHED)
        copies.replace_copy(db, newer)
    accept(db, 3, revision=Revision(60), words="newer")
    accept(db, 1, revision=Revision(0), words="older, so it is not taken")
    is_true(shown)


def test_a_ticket_that_leaves_is_not_handed_over(db: Database, shown: Database) -> None:
    accept(db, 1, 2, 3)
    tickets.accept(db, [], [a_ticket(2).id], "c2")
    assert a_ticket(2).id not in lists.copies(shown).rows
    accept(db, 4)
    is_true(shown)


def test_nothing_is_handed_over_when_tickets_were_there_before(
    db: Database, shown: Database
) -> None:
    accept(db, 1, 2)
    db.handover = shown.handover = Handover()
    accept(db, 3)
    assert db.handover.copies() is None
    assert len(lists.copies(shown).rows) == 3


def test_a_part_that_fails_is_not_handed_over(db: Database, shown: Database) -> None:
    accept(db, 1)
    broken = a_broken_arrival(2)
    with pytest.raises(Exception, match="NOT NULL"):
        tickets.accept(db, [broken], [], "c")
    accept(db, 3)
    is_true(shown)
    assert len(lists.copies(shown).rows) == 2


def test_what_a_thread_knows_is_brought_up_to_date(db: Database, shown: Database) -> None:
    accept(db, 1, 2)
    before = lists.copies(shown)
    assert lists.copies(shown, before).rows is before.rows
    accept(db, 2, revision=Revision(9), words="again")
    after = lists.copies(shown, before)
    assert after.rows[a_ticket(1).id] is before.rows[a_ticket(1).id]
    assert after.rows[a_ticket(2).id].title == "again"
    tickets.accept(db, [], [a_ticket(1).id], "c3")
    assert list(lists.copies(shown, after).rows) == [a_ticket(2).id]


def test_columns_that_only_lists_need_come_from_the_document_until_they_are_stored(
    db: Database,
) -> None:
    accept(db, 1, 2, 3)
    db.handover = Handover()
    read = dict(lists.copies(db).rows)
    assert read == {n: an_arrival(a_ticket(i)).listed for i, n in enumerate(read, start=1)}
    assert db.row("SELECT DISTINCT place_line FROM tickets") == (None,)
    assert search.index_some(db, 2) is not None
    assert dict(lists.copies(db).rows) == read
    assert search.index_some(db, 2) is not None
    stored = db.rows("SELECT place_line, reported_at FROM tickets ORDER BY id")
    assert stored == [(row.place_line, row.reported_at) for row in read.values()]
    assert dict(lists.copies(db).rows) == read


def test_a_changed_ticket_is_shown_as_it_is_now_before_its_columns_are_stored(
    db: Database,
) -> None:
    accept(db, 1)
    search.index_some(db, 9)
    accept(db, 1, revision=Revision(9), address="1 New Road", reported_at=NOW)
    db.handover = Handover()
    [row] = lists.copies(db).rows.values()
    assert (
        row
        == an_arrival(
            a_ticket(1, revision=Revision(9), address="1 New Road", reported_at=NOW)
        ).listed
    )
