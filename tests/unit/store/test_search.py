"""Search is exact at any time, from one character on."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from field_app.store import search, tickets
from field_app.store.database import Database
from tests.helpers.builders import a_ticket, an_arrival

WORDS = {
    1: "หลุมลึกกลางถนน ไฟดับ",
    2: "ท่ออุดตัน น้ำท่วมขัง",
    3: "Pothole near the MARKET",
    4: "หลุม",
}


def fill(db: Database, words: dict[int, str]) -> None:
    arrivals = [an_arrival(a_ticket(n, words=w, address="")) for n, w in words.items()]
    tickets.accept(db, arrivals, [], "c")


def index(db: Database) -> None:
    while search.index_some(db, 2):
        pass


def numbers(db: Database, words: str) -> set[int]:
    found = search.find(db, words)
    assert found is not None
    return {int(name.split("-")[1]) for name in found}


def test_search_says_the_same_before_while_and_after_indexing(db: Database) -> None:
    fill(db, WORDS)
    questions = ["หลุม", "หลุม ไฟ", "ท่อ", "market", "MARKET", "น้ำ", "ก", "zz", "2026-000002", '"']
    before = [numbers(db, words) for words in questions]
    search.index_some(db, 2)
    half_way = [numbers(db, words) for words in questions]
    index(db)
    assert search.pending(db) == 0
    after = [numbers(db, words) for words in questions]
    assert before == half_way == after
    assert after[:3] == [{1, 4}, {1}, {2}]
    assert after[3] == after[4] == {3}


def test_blank_words_filter_nothing(db: Database) -> None:
    assert search.find(db, "  ") is None


def test_changed_words_are_found_and_old_ones_are_not(db: Database) -> None:
    fill(db, WORDS)
    index(db)
    fill(db, {1: "ต้นไม้ล้ม"})
    assert search.pending(db) == 1
    for _ in range(2):
        assert numbers(db, "ต้นไม้") == {1}
        assert numbers(db, "ไฟดับ") == set()
        index(db)


def test_a_removed_ticket_is_found_no_more(db: Database) -> None:
    fill(db, WORDS)
    index(db)
    tickets.accept(db, [], [a_ticket(4).id], "c")
    assert numbers(db, "หลุม") == {1}
    assert db.number("SELECT count(*) FROM searched") == 3


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text("กขาิ่ ำAa-\"'*", max_size=8), min_size=1, max_size=5),
    question=st.text("กขาิ่ ำAa-\"'*", min_size=1, max_size=4),
)
def test_any_question_finds_just_the_texts_that_hold_all_its_words(
    db: Database, texts: list[str], question: str
) -> None:
    with db.atomic():
        db.run("DELETE FROM tickets")
        db.run("INSERT INTO search (search) VALUES ('delete-all')")
        db.run("DELETE FROM searched")
    fill(db, dict(enumerate(texts, start=1)))
    terms = search.folded(question).split()
    ids = {n: search.folded(a_ticket(n).id) for n in range(1, len(texts) + 1)}
    truth = {
        n
        for n, text in enumerate(texts, start=1)
        if all(term in search.folded(text) or term in ids[n] for term in terms)
    }
    index(db)
    found = search.find(db, question)
    assert (found is None) if not terms else (numbers(db, question) == truth)
