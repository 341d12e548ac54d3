"""The tray: plug in, look, add with one click, take back, pull out."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from field_app.actions import tickets as act_tickets
from field_app.domain.photo import PhotoRole
from field_app.photos.shots import sha256_of
from field_app.texts.catalogue import Language
from field_app.ui.language import choose_language
from field_app.ui.tray.door import TrayDoor
from field_app.ui.tray.jobs_list import ROLES
from field_app.ui.tray.words import Nothing
from tests.helpers.card import Card
from tests.helpers.shots import grab, shots_folder
from tests.ui.conftest import MakeOffice
from tests.ui.laptop import CHIEF, NOW, FakeLaptop
from tests.ui.test_room import assert_the_bar_shows_what_counts
from tests.ui.tray_laptop import DRAIN, FAR_SPOT, POTHOLE, SPOT, Bench, TrayLaptop, a_bench
from tests.ui.work_laptop import north_of

MINUTE = timedelta(minutes=1)


@pytest.fixture
def laptop(tmp_path: Path) -> TrayLaptop:
    folder = tmp_path / "laptop"
    folder.mkdir()
    return TrayLaptop(folder)


@pytest.fixture
def bench(qtbot: QtBot, make_office: MakeOffice, laptop: TrayLaptop) -> Iterator[Bench]:
    made = a_bench(qtbot, make_office, laptop)
    yield made
    made.window.leave()


@pytest.fixture
def card(tmp_path: Path) -> Card:
    """A card with a before and two after photos of the pothole, and one of nowhere."""
    card = Card(tmp_path / "CANON_DC")
    card.take("IMG_0001.JPG", NOW - 80 * MINUTE, north_of(SPOT, 6), colour="red")
    card.take("IMG_0002.JPG", NOW - 20 * MINUTE, north_of(SPOT, 8), colour="blue")
    card.take("IMG_0003.JPG", NOW - 10 * MINUTE, north_of(SPOT, 4), colour="green")
    card.take("IMG_0004.JPG", NOW - 5 * MINUTE, north_of(SPOT, 600), colour="grey")
    return card


def press(bench: Bench, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(bench.screen.view.list, key, held)
    bench.settle()


def why(bench: Bench) -> Nothing | None:
    """Return why the tray is empty."""
    return bench.screen.view.why


def click_button(bench: Bench, row: int) -> None:
    view = bench.screen.view.list
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=view.button_middle(row))
    bench.settle()


def test_a_card_that_is_plugged_in_is_told_calmly_and_its_photos_find_their_job(
    bench: Bench, card: Card
) -> None:
    bench.plug(card.root)

    assert bench.notice == "CANON_DC: 4 new photos"
    assert bench.workplace.screen_key == "today"
    bench.workplace.tray.notice._look()
    bench.settle()
    assert bench.workplace.screen_key == "tray"
    assert bench.notice == ""
    assert bench.words() == [
        "หลุมลึกกลางถนน หน้าตลาดบางลำพู",
        "19 Nov 09:21, Before, 6 m from the job",
        "19 Nov 10:21, After, 8 m from the job",
        "19 Nov 10:31, After, 4 m from the job",
        "No job fits by place or time",
        "19 Nov 10:36, No job of today is near",
    ]


def test_who_said_not_now_finds_the_tray_at_a_button_while_the_card_is_there(
    bench: Bench, card: Card
) -> None:
    button = bench.workplace.tray.button
    assert not button.isVisible()
    bench.plug(card.root)
    bench.workplace.tray.notice.hide()
    assert button.isVisible()

    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    bench.settle()
    assert bench.workplace.screen_key == "tray"
    bench.plug()
    assert not button.isVisible()


def test_one_click_adds_one_photo_and_the_original_is_the_same_to_the_byte(
    bench: Bench, card: Card, laptop: TrayLaptop
) -> None:
    bench.plug(card.root)
    bench.open_tray()
    before = {path: path.read_bytes() for path in card.folder.iterdir()}

    click_button(bench, 2)

    (photo,) = laptop.ticket(POTHOLE).photos
    assert photo.role is PhotoRole.AFTER
    with laptop.desk() as desk:
        original = desk.vault.path(photo.sha256)
    assert original is not None
    assert original.read_bytes() == (card.folder / "IMG_0002.JPG").read_bytes()
    assert {path: path.read_bytes() for path in card.folder.iterdir()} == before
    assert bench.workplace.toast.words == ("1 after photo saved · หลุมลึกกลางถนน หน้าตลาดบางลำพู")
    assert len(bench.words()) == 5


def test_one_click_adds_a_whole_group_and_undo_takes_the_act_back_whole(
    bench: Bench, card: Card, laptop: TrayLaptop
) -> None:
    bench.plug(card.root)
    bench.open_tray()

    click_button(bench, 0)

    assert laptop.roles(POTHOLE) == ["before", "after", "after"]
    assert bench.words() == [
        "No job fits by place or time",
        "19 Nov 10:36, No job of today is near",
    ]
    assert bench.workplace.toast.take_back()
    bench.settle()
    assert laptop.roles(POTHOLE) == []
    assert len(bench.words()) == 6


def test_what_was_sent_meanwhile_is_removed_by_undo_and_is_new_again(
    bench: Bench, card: Card, laptop: TrayLaptop
) -> None:
    bench.plug(card.root)
    bench.open_tray()
    click_button(bench, 0)
    with laptop.desk() as desk:
        first = desk.db.rows("SELECT min(seq) FROM outbox")[0][0]
        desk.db.run("UPDATE outbox SET sent_at = made_at WHERE seq = ?", (first,))

    assert bench.workplace.toast.take_back()
    bench.settle()

    photos = laptop.ticket(POTHOLE).photos
    assert [photo.is_withdrawn for photo in photos] == [True]
    assert len(bench.words()) == 6


def test_what_cannot_be_taken_back_is_told(bench: Bench, card: Card, laptop: TrayLaptop) -> None:
    bench.plug(card.root)
    bench.open_tray()
    click_button(bench, 2)
    laptop.do(act_tickets.finish, POTHOLE, "Done.")
    bench.settle()

    assert bench.workplace.toast.take_back()
    bench.settle()

    assert laptop.roles(POTHOLE) == ["after"]
    assert bench.workplace.banner.words.startswith("This job's status does not allow that.")


def test_by_keyboard_alone_several_photos_go_to_another_job_as_something_else(
    bench: Bench, card: Card, laptop: TrayLaptop
) -> None:
    bench.plug(card.root)
    bench.workplace.setFocus()
    QTest.keyClick(bench.window, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    bench.settle()
    assert bench.workplace.screen_key == "tray"
    press(bench, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    view = bench.screen.view
    assert len(view.list.chosen) == 2

    QTest.keyClick(view.panel.jobs, Qt.Key.Key_Down)
    assert view.panel.ticket_id == DRAIN
    assert view.panel.role is PhotoRole.BEFORE
    view.panel.roles.select(PhotoRole.PROGRESS)
    view.panel.roles.chosen.emit(PhotoRole.PROGRESS)
    assert view.panel.add.text() == "Add 2 photos: During"
    QTest.keyClick(bench.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    bench.settle()

    assert laptop.roles(DRAIN) == ["progress", "progress"]
    assert laptop.roles(POTHOLE) == []


def test_enter_adds_what_is_chosen_where_it_fits(
    bench: Bench, card: Card, laptop: TrayLaptop
) -> None:
    bench.plug(card.root)
    bench.open_tray()

    press(bench, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(bench, Qt.Key.Key_Return)

    assert laptop.roles(POTHOLE) == ["before", "after", "after"]
    press(bench, Qt.Key.Key_Return)
    assert bench.workplace.toast.words.startswith("No job fits by place or time")
    assert laptop.roles(DRAIN) == []


def test_a_adds_the_group_and_h_hides_until_undo(
    bench: Bench, card: Card, laptop: TrayLaptop
) -> None:
    bench.plug(card.root)
    bench.open_tray()

    press(bench, Qt.Key.Key_A)
    assert len(laptop.roles(POTHOLE)) == 3
    press(bench, Qt.Key.Key_H)
    assert bench.words() == []
    assert why(bench) is Nothing.ALL_ADDED
    assert bench.workplace.toast.words == "1 photo hidden"
    assert bench.workplace.toast.take_back()
    bench.settle()
    assert bench.words()[1] == "19 Nov 10:36, No job of today is near"


@pytest.mark.parametrize("role", ROLES)
def test_photos_are_dropped_on_a_slot_of_a_job(
    bench: Bench, card: Card, laptop: TrayLaptop, role: PhotoRole
) -> None:
    bench.plug(card.root)
    bench.open_tray()
    jobs, photos = bench.screen.view.panel.jobs, bench.screen.view.list.photos
    mime = photos.mimeData([photos.index(1), photos.index(5)])
    place = QPointF(jobs.slot_area(jobs.visualRect(jobs.jobs.index(1)), role).center())
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier

    jobs.dragEnterEvent(QDragEnterEvent(place.toPoint(), copy, mime, left, none))
    assert (jobs.target, jobs.target_role) == (1, role)
    wanted = jobs.jobs.rows[1].id
    jobs.dropEvent(QDropEvent(place, copy, mime, left, none))
    bench.settle()

    assert laptop.roles(wanted) == [role.value, role.value]
    assert jobs.target == -1


def test_a_file_from_elsewhere_is_not_taken_for_a_photo_of_the_tray(
    bench: Bench, card: Card, laptop: TrayLaptop, tmp_path: Path
) -> None:
    bench.plug(card.root)
    bench.open_tray()
    jobs = bench.screen.view.panel.jobs
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "other.jpg"))])
    place = QPointF(jobs.visualRect(jobs.jobs.index(0)).center())
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    jobs.dropEvent(QDropEvent(place, copy, mime, left, Qt.KeyboardModifier.NoModifier))
    bench.settle()

    assert laptop.roles(POTHOLE) == []
    assert bench.workplace.toast.words.startswith("Files from elsewhere")


def test_without_a_place_a_photo_is_only_proposed_and_left_out_of_the_groups_button(
    bench: Bench, card: Card, laptop: TrayLaptop
) -> None:
    card.take("IMG_0005.JPG", NOW - 2 * MINUTE, None, colour="pink")
    bench.plug(card.root)
    bench.open_tray()
    assert bench.words()[4] == "19 Nov 10:39, After, By its time only"

    click_button(bench, 0)
    assert len(laptop.roles(POTHOLE)) == 3
    assert bench.words()[1] == "19 Nov 10:39, After, By its time only"
    click_button(bench, 1)
    assert laptop.roles(POTHOLE) == ["before", "after", "after", "after"]


def test_what_is_on_this_laptop_already_is_not_new_and_is_read_only_once(
    bench: Bench, card: Card, laptop: TrayLaptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.plug(card.root)
    bench.open_tray()
    click_button(bench, 0)
    bench.plug()
    read: list[Path] = []

    def notice_reading(path: Path) -> str:
        read.append(path)
        return sha256_of(path)

    monkeypatch.setattr("field_app.ui.tray.reading.sha256_of", notice_reading)
    bench.workplace.go_to("today")
    bench.plug(card.root)

    assert bench.notice == "CANON_DC: 1 new photo"
    assert read == []


def test_the_same_picture_under_another_name_is_not_new(
    bench: Bench, card: Card, laptop: TrayLaptop
) -> None:
    bench.plug(card.root)
    bench.open_tray()
    click_button(bench, 0)
    twin = card.folder / "COPY_OF_2.JPG"
    twin.write_bytes((card.folder / "IMG_0002.JPG").read_bytes())
    card.touch(twin, NOW)
    bench.plug()
    bench.plug(card.root)

    assert len(bench.words()) == 2


def test_older_photos_are_shown_when_somebody_asks(bench: Bench, card: Card) -> None:
    card.take("IMG_0000.JPG", NOW - timedelta(days=9), SPOT, colour="white")
    bench.plug(card.root)
    bench.open_tray()
    assert len(bench.words()) == 6
    assert bench.screen.view.older.isVisible()

    bench.screen.view.older.click()
    bench.settle()

    assert bench.words()[1] == "10 Nov 10:41, Before, 0 m from the job"
    assert not bench.screen.view.older.isVisible()


def test_a_card_that_is_pulled_out_is_told_and_work_goes_on(
    bench: Bench, card: Card, laptop: TrayLaptop
) -> None:
    bench.plug(card.root)
    bench.open_tray()
    card.pull_out()
    bench.plug()

    assert bench.screen.view.pulled_out.words.startswith("The phone or card is not there any more.")
    assert why(bench) is Nothing.UNPLUGGED
    bench.workplace.go_to("today")
    assert bench.workplace.screen_key == "today"


def test_a_card_that_is_pulled_out_while_photos_are_added(
    bench: Bench, card: Card, laptop: TrayLaptop
) -> None:
    bench.plug(card.root)
    bench.open_tray()
    (card.folder / "IMG_0002.JPG").unlink()
    (card.folder / "IMG_0003.JPG").unlink()

    click_button(bench, 0)

    assert laptop.roles(POTHOLE) == ["before"]
    assert bench.workplace.toast.words == (
        "1 before photo saved · หลุมลึกกลางถนน หน้าตลาดบางลำพู · "
        "2 not added: the phone or card does not answer"
    )


def test_a_card_that_is_pulled_out_while_it_is_read(bench: Bench, card: Card) -> None:
    bench.plug(card.root)
    card.pull_out()

    bench.open_tray()

    assert bench.words() == []
    assert bench.screen.view.pulled_out.isVisibleTo(bench.screen.view)


def test_a_card_that_is_plugged_in_again_before_anybody_looked_is_read_again(
    bench: Bench, card: Card, tmp_path: Path
) -> None:
    bench.plug(card.root)
    card.path.rename(tmp_path / "in the hand")
    bench.open_tray()
    assert bench.words() == []
    (tmp_path / "in the hand").rename(card.path)

    bench.look()

    assert len(bench.words()) == 6


def test_two_cards_are_told_by_their_names(bench: Bench, card: Card, tmp_path: Path) -> None:
    other = Card(tmp_path / "mtp:host=x", name="", is_phone=True)
    other.take("20261119_100000.jpg", NOW - 40 * MINUTE, SPOT, colour="white")

    bench.plug(card.root, other.root)

    assert bench.notice == "CANON_DC · Phone: 5 new photos"
    bench.plug(other.root)
    assert bench.notice == "Phone: 1 new photo"


def test_stopping_keeps_what_was_added(bench: Bench, card: Card, laptop: TrayLaptop) -> None:
    bench.plug(card.root)
    bench.open_tray()
    bench.screen.adding.moved.connect(
        lambda done, _of: bench.screen.view.stop.click() if done == 1 else None
    )

    click_button(bench, 0)

    assert len(laptop.roles(POTHOLE)) == 2
    assert bench.workplace.toast.words.endswith("1 not added")
    assert len(bench.words()) == 4


def test_a_file_that_is_no_picture_is_counted_and_harms_nothing(bench: Bench, card: Card) -> None:
    broken = card.folder / "IMG_0009.JPG"
    broken.write_bytes(b"%PDF-1.7")
    card.touch(broken, NOW)
    bench.plug(card.root)
    bench.open_tray()

    assert bench.screen.view.news == "4 new photos · 1 file is no complete picture"
    assert len(bench.words()) == 6


def test_a_huge_picture_has_its_line_without_being_decoded(bench: Bench, card: Card) -> None:
    huge = card.folder / "PANORAMA.PNG"
    Image.new("1", (10_000, 7_000)).save(huge, "PNG")
    card.touch(huge, NOW)
    bench.plug(card.root)
    bench.open_tray()
    bench.screen.view.list.setCurrentIndex(bench.screen.view.list.photos.index(6))
    bench.window.grab()

    assert bench.words()[-1] == "File of 19 Nov 10:41, No position in the photo"


def test_a_locked_phone_and_a_stick_say_what_to_do(bench: Bench, tmp_path: Path) -> None:
    bench.open_tray()
    assert why(bench) is Nothing.UNPLUGGED
    stick = Card(tmp_path / "stick")
    (stick.folder.parent).rename(stick.path / "papers")
    bench.plug(stick.root)
    assert why(bench) is Nothing.NO_FOLDER
    assert bench.notice == ""

    phone = Card(tmp_path / "mtp", name="", is_phone=True)
    store = phone.path / "Internal storage"
    store.rename(tmp_path / "locked away")
    bench.plug(phone.root)
    assert why(bench) is Nothing.LOCKED
    assert bench.workplace.tray.button.isVisible()
    (tmp_path / "locked away").rename(store)
    bench.look()
    assert why(bench) is Nothing.NO_NEWS
    phone.take("20261119_104000.jpg", NOW - MINUTE, SPOT)
    bench.plug()
    bench.workplace.go_to("today")
    bench.plug(phone.root)
    assert bench.notice == "Phone: 1 new photo"


def test_a_folder_from_anywhere_can_be_chosen(
    bench: Bench, card: Card, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.open_tray()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(card.folder))
    QTest.keyClick(bench.window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    bench.settle()

    assert len(bench.words()) == 6
    assert bench.screen.subtitle() == "100TEST"


def test_photos_with_one_of_two_jobs_at_the_same_place_show_both(bench: Bench, card: Card) -> None:
    card.take("IMG_0006.JPG", NOW, FAR_SPOT)
    bench.plug(card.root)
    bench.open_tray()

    assert bench.words()[0].startswith("ตะแกรงท่อ")
    panel = bench.screen.view.panel
    assert panel.jobs.jobs.rows[0].id == DRAIN
    assert panel.role is PhotoRole.BEFORE


def test_supervisors_have_no_tray(qtbot: QtBot, make_office: MakeOffice, tmp_path: Path) -> None:
    (tmp_path / "chief").mkdir()
    bench = a_bench(qtbot, make_office, TrayLaptop(tmp_path / "chief", person=CHIEF))

    assert bench.workplace.tray.watch is None
    bench.window.leave()


def test_without_a_way_to_find_phones_nobody_looks(qtbot: QtBot, make_office: MakeOffice) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    door = TrayDoor(make_office(FakeLaptop()), lambda _key: parent, lambda _key: None, parent)

    assert door.is_open
    assert door.watch is None


@pytest.fixture
def full_card(tmp_path: Path) -> Card:
    """A card as a crew brings it home: two jobs, one photo without a place, two of elsewhere."""
    card = Card(tmp_path / "SD-CARD", "SD-CARD")
    for name, motif, minutes, place in (
        ("IMG_0411.JPG", "pothole_before", 75, north_of(SPOT, 6)),
        ("IMG_0415.JPG", "pothole_during", 40, north_of(SPOT, 9)),
        ("IMG_0417.JPG", "pothole_after", 12, north_of(SPOT, 4)),
        ("IMG_0418.JPG", "pothole_after2", 11, north_of(SPOT, 5)),
        ("IMG_0419.JPG", "paver_after", 9, None),
        ("IMG_0420.JPG", "drain_before", 4, north_of(FAR_SPOT, 12)),
        ("IMG_0421.JPG", "drain_after", 3, north_of(FAR_SPOT, 14)),
        ("IMG_0409.JPG", "lamp_after", 200, north_of(SPOT, 3000)),
    ):
        card.put(name, motif, NOW - minutes * MINUTE, place)
    return card


@pytest.mark.parametrize(
    ("spoken", "percent"), [("th", 100), ("en", 100), ("th", 150), ("en", 150)]
)
def test_pictures_for_people_to_look_at(
    bench: Bench, full_card: Card, tmp_path: Path, spoken: Language, percent: int
) -> None:
    """Everything fits at both text sizes: buttons are whole and stand inside the window."""
    folder = shots_folder(tmp_path / "shots")
    choose_language(spoken, bench.window.office.settings)
    bench.window.office.theme.set_percent(percent)
    bench.open_tray()
    grab(bench.window, folder / f"tray-unplugged-{spoken}-{percent}.png")
    bench.workplace.go_to("today")
    bench.plug(full_card.root)
    grab(bench.window, folder / f"tray-notice-{spoken}-{percent}.png")
    bench.open_tray()
    QTest.keyClick(bench.screen.view.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    grab(bench.window, folder / f"tray-{spoken}-{percent}.png")

    bench.screen.view.list.scrollToBottom()
    panel = bench.screen.view.panel
    middle = panel.jobs.visualRect(panel.jobs.jobs.index(0)).center()
    mime = bench.screen.view.list.photos.mimeData([bench.screen.view.list.photos.index(1)])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    panel.jobs.dragEnterEvent(QDragEnterEvent(middle, Qt.DropAction.CopyAction, mime, left, none))
    grab(bench.window, folder / f"tray-drag-{spoken}-{percent}.png")
    for button in (panel.add, panel.hide_button, bench.screen.view.folder):
        assert button.width() >= button.sizeHint().width() or not button.isVisible()
        assert button.height() >= 44
        corner = button.mapTo(bench.window, button.rect().bottomRight())
        assert bench.window.rect().contains(corner)
    for key in ("tray", "all", "today"):
        bench.workplace.go_to(key)
        bench.settle()
        assert bench.workplace.tray.button.isVisible()
        assert_the_bar_shows_what_counts(bench.workplace.top)
    assert panel.jobs.height() >= bench.window.office.theme.px(60)
