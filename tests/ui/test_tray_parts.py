"""Parts of the tray by themselves: the pile, the watch, the places where phones appear."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from field_app.photos.plugged import PictureFile, Plugged
from field_app.photos.shots import Shot
from field_app.queries.tray import Known
from field_app.ui.background import Background
from field_app.ui.tray.pile import MOST, PAGE, Pile, in_order
from field_app.ui.tray.volumes import phones_below, plugged_in
from field_app.ui.tray.watch import PlugWatch
from field_app.ui.tray.words import Nothing, why_nothing

NOON = datetime(2026, 11, 19, 5, tzinfo=UTC)
NOTHING = Known(sizes=frozenset(), hashes=frozenset(), by_key={}, hidden=frozenset())
CARD = Path("/card")


def files(count: int, newest: datetime = NOON) -> list[PictureFile]:
    return [
        PictureFile(
            path=CARD / f"{n}.jpg",
            key=f"{n}",
            size_bytes=n + 1,
            changed_at=newest - timedelta(minutes=n),
        )
        for n in range(count)
    ]


def a_pile(found: list[PictureFile], since: datetime = NOON - timedelta(days=365)) -> Pile:
    pile = Pile(since)
    pile.begin(CARD)
    pile.add(CARD, found)
    pile.order(in_order(pile.all()))
    pile.choose(NOTHING)
    return pile


def test_of_ten_thousand_photos_the_newest_page_is_shown_and_the_rest_page_by_page() -> None:
    pile = a_pile(list(reversed(files(10_000))), since=NOON - timedelta(days=1))

    assert [file.key for file in pile.wanted] == [str(n) for n in range(PAGE)]
    for pages in range(1, MOST // PAGE + 3):
        pile.show_older()
        pile.choose(NOTHING)
        assert len(pile.wanted) == min(MOST, pages * PAGE)
    assert not pile.has_older


def test_only_the_last_days_are_shown_until_somebody_asks() -> None:
    pile = a_pile(files(10), since=NOON - timedelta(minutes=3))
    assert len(pile.wanted) == 4
    assert pile.has_older

    pile.show_older()
    pile.choose(NOTHING)

    assert len(pile.wanted) == 10
    assert not pile.has_older


def test_what_was_read_is_forgotten_with_its_card() -> None:
    found = files(3)
    pile = a_pile(found)
    pile.keep([Shot(file=found[0], taken_at=None, place=None, thumb=b"x")])
    pile.leave_out(["1"])
    assert len(pile.shots) == 1
    assert [file.key for file in pile.unread] == ["2"]
    assert pile.unreadable == 1

    assert pile.remove(CARD)
    pile.choose(NOTHING)

    assert (len(pile.wanted), len(pile.shots), len(pile.unread)) == (0, 0, 0)
    assert not pile.remove(CARD)


def test_phones_are_found_where_gnome_shows_them(tmp_path: Path) -> None:
    for name in ("mtp:host=Maker_Model_42", "gphoto2:host=Camera", "smb-share:server=x"):
        (tmp_path / name).mkdir()

    assert [root.path.name for root in phones_below(tmp_path)] == [
        "gphoto2:host=Camera",
        "mtp:host=Maker_Model_42",
    ]
    assert all(root.is_phone and not root.name for root in phones_below(tmp_path))
    assert phones_below(tmp_path / "gone") == []


def test_this_computer_can_be_asked() -> None:
    assert all(one.is_phone or one.name for one in plugged_in())


def test_only_what_changed_is_told_and_one_look_at_a_time(qtbot: QtBot) -> None:
    owner, background = QObject(), Background()
    there: list[Plugged] = []
    looks: list[int] = []

    def find() -> tuple[Plugged, ...]:
        looks.append(1)
        return tuple(there)

    watch = PlugWatch(find, background, owner)
    told: list[tuple[Plugged, ...]] = []
    watch.changed.connect(told.append)
    for plugged in ([], [Plugged(path=CARD, name="SD")], [Plugged(path=CARD, name="SD")], []):
        there[:] = plugged
        watch.look()
        watch.look()
        qtbot.waitUntil(lambda: background.is_idle)

    assert len(looks) == 4
    assert [len(one) for one in told] == [1, 0]
    background.close()


def test_an_empty_tray_says_what_is_missing() -> None:
    card = Plugged(path=CARD, name="SD", folders=(CARD / "DCIM",))
    stick = Plugged(path=CARD, name="SD")
    locked = Plugged(path=CARD, name="", is_phone=True, is_locked=True)

    def why(*plugged: Plugged, is_reading: bool = False, has_added: bool = False) -> Nothing:
        return why_nothing(plugged, is_reading=is_reading, has_added=has_added)

    assert why() is Nothing.UNPLUGGED
    assert why(stick) is Nothing.NO_FOLDER
    assert why(stick, locked) is Nothing.LOCKED
    assert why(locked, card) is Nothing.NO_NEWS
    assert why(card, is_reading=True) is Nothing.READING
    assert why(card, has_added=True) is Nothing.ALL_ADDED
