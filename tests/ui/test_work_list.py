"""The work list on paper: every job with its code, in Thai, and nothing fetched from elsewhere."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from field_app.actions.position import keep_position
from field_app.actions.route import sort_anew
from field_app.domain.errors import FieldAppError
from field_app.domain.paper_errors import PaperNotWritten
from field_app.domain.place import Place
from field_app.domain.route import RouteOrder
from field_app.queries.route import DayRoute, day_route
from field_app.texts import Language, set_language
from field_app.ui.office import Office
from field_app.ui.route.directions_sheet import DirectionsSheet
from field_app.ui.route.paper import A4, Paper
from field_app.ui.route.printing import Printing, write_pdf
from field_app.ui.route.work_list import WorkList, code_words, geo_uri, work_list_html
from field_app.ui.shared.screen import Screen
from field_app.ui.theme import PERCENTS, Theme
from tests.helpers.shots import grab, shots_folder
from tests.ui.conftest import MakeOffice
from tests.ui.laptop import MEMBER, NOW
from tests.ui.map_page import WAIT_MS, only_chromium_grumbles
from tests.ui.route_laptop import HALL, VISITS, RouteLaptop, a_visit, off

pytestmark = only_chromium_grumbles

DOTS_A_POINT = 3
"""Of the picture of a page: 216 dots an inch, as a phone's camera sees paper from near."""
MANY = (
    *VISITS,
    *(a_visit(20 + n, off(300 * n - 900, 200), f"ฝาท่อหาย {n}") for n in range(7)),
)


def laptop_with(folder: Path, visits: Any = MANY) -> RouteLaptop:
    made = RouteLaptop(folder, visits)
    with made.desk() as desk:
        keep_position(desk, HALL)
        sort_anew(desk, RouteOrder.DEADLINE)
    return made


@pytest.fixture
def route(tmp_path: Path) -> DayRoute:
    found: DayRoute = laptop_with(tmp_path).see(day_route)
    return found


def work_of(route: DayRoute) -> WorkList:
    return WorkList(route=route, person=MEMBER, crew="ทีมโยธา 3", now=NOW)


class Prints:
    """A screen with a printing room, and what came out of it."""

    def __init__(self, office: Office, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.screen = Screen(office)
        qtbot.addWidget(self.screen)
        self.printing = Printing(office, self.screen)
        self.news: list[str] = []
        self.failures: list[FieldAppError] = []
        self.printing.news_wished.connect(lambda words, _undo: self.news.append(words()))
        office.bus.failed.connect(self.failures.append)

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: bool(self.news or self.failures), timeout=WAIT_MS)


@pytest.fixture
def prints(make_office: MakeOffice, tmp_path: Path, qtbot: QtBot) -> Iterator[Prints]:
    made = Prints(make_office(laptop_with(tmp_path)), qtbot)
    yield made
    made.printing.shut_down()


def choose(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    """Let the person choose this file, or none."""
    answer = ("" if path is None else str(path), "")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: answer)


def pages_of(path: Path) -> tuple[list[QImage], str]:
    """Return pictures and text of a PDF's pages."""
    owner = QObject()
    document = QPdfDocument(owner)
    assert document.load(str(path)) is QPdfDocument.Error.None_
    images, words = [], ""
    for page in range(document.pageCount()):
        size = document.pagePointSize(page)
        assert (round(size.width()), round(size.height())) == (595, 842)
        dots = QSize(round(size.width()) * DOTS_A_POINT, round(size.height()) * DOTS_A_POINT)
        images.append(document.render(page, dots))
        words += document.getAllText(page).text()
    document.close()
    return images, words


def codes_on(image: QImage) -> set[str]:
    """Return what a camera reads of the codes on a picture of a page."""
    grey = image.convertToFormat(QImage.Format.Format_RGB32)
    white = QImage(grey.size(), QImage.Format.Format_Grayscale8)
    white.fill(255)
    pixels = np.frombuffer(grey.constBits(), np.uint8).reshape(grey.height(), grey.width(), 4)
    alpha = np.frombuffer(
        image.convertToFormat(QImage.Format.Format_ARGB32).constBits(), np.uint8
    ).reshape(grey.height(), grey.width(), 4)[:, :, 3]
    plain = np.where(alpha > 127, pixels[:, :, 0], 255).astype(np.uint8)
    millimetre = plain.shape[1] / 210
    column = plain[:, round(18 * millimetre) : round(52 * millimetre)]
    detector, found = cv2.QRCodeDetector(), set()
    for top in range(0, 297, 8):  # the camera is moved down the column of codes
        seen = column[round(top * millimetre) : round((top + 38) * millimetre)]
        found.add(detector.detectAndDecode(np.ascontiguousarray(seen))[0])
    return found - {""}


def test_every_job_is_on_the_list_with_its_code(route: DayRoute) -> None:
    html = work_list_html(work_of(route))
    for row in (*(stop.row for stop in route.rows), *route.unplaced):
        assert row.id in html
    assert html.count("<svg") == len(MANY)
    assert "ทีมโยธา 3" in html
    assert "straight" in html
    assert "2 days overdue" in html


def test_a_code_has_the_place_and_nothing_of_the_job(route: DayRoute) -> None:
    first = route.rows[0].row
    assert code_words(first) == f"geo:{first.latitude:.6f},{first.longitude:.6f}"
    assert code_words(route.unplaced[0]) == route.unplaced[0].id
    assert geo_uri(-13.7, 100.5) == "geo:-13.700000,100.500000"


def test_what_a_citizen_wrote_is_text_and_no_page(route: DayRoute) -> None:
    spoilt = replace(
        route.rows[0], row=route.rows[0].row._replace(title="<img src=x onerror=alert(1)>")
    )
    html = work_list_html(work_of(replace(route, rows=(spoilt,))))
    assert "<img" not in html
    assert "&lt;img src=x" in html


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_pdf_has_every_job_and_cameras_read_its_codes(
    prints: Prints,
    route: DayRoute,
    language: Language,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_language(language)
    path = tmp_path / "list.pdf"
    choose(monkeypatch, tmp_path / "list")
    prints.printing.save()
    prints.settle()
    assert not prints.failures
    assert path.name in prints.news[0]

    images, words = pages_of(path)
    for number, image in enumerate(images, start=1):
        image.save(str(shots_folder(tmp_path) / f"work-list-{language}-{number}.png"))
    for row in (*(stop.row for stop in route.rows), *route.unplaced):
        assert row.id in words
    assert "ถ.จักรพงษ์" in words
    assert len(images) == 2
    found = set().union(*map(codes_on, images))
    wanted = {code_words(stop.row) for stop in route.rows} | {route.unplaced[0].id}
    assert found == wanted


def test_the_pages_ask_nobody_outside(route: DayRoute, qtbot: QtBot) -> None:
    made: list[bytes] = []
    owner = QObject()
    paper = Paper(work_list_html(work_of(route)), lambda failure: pytest.fail(str(failure)), owner)
    paper.make_pdf(made.append)
    with qtbot.waitSignal(paper.view.destroyed, timeout=WAIT_MS):
        qtbot.waitUntil(lambda: bool(made), timeout=WAIT_MS)
    assert made[0].startswith(b"%PDF-")
    assert set(paper.guard.asked) == {"app"}
    assert not paper.guard.blocked


def test_the_list_is_printed(route: DayRoute, qtbot: QtBot, tmp_path: Path) -> None:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    printer.setPageLayout(A4)
    done: list[bool] = []
    owner = QObject()
    paper = Paper(work_list_html(work_of(route)), lambda failure: pytest.fail(str(failure)), owner)
    with qtbot.waitSignal(paper.view.destroyed, timeout=WAIT_MS):
        paper.print_on(printer, lambda: done.append(True))
    assert done == [True]
    images, _words = pages_of(tmp_path / "printed.pdf")
    assert len(images) == 2
    assert len(codes_on(images[0])) >= 7


def test_a_printer_is_asked_for_and_gets_the_list(
    prints: Prints, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def accept(dialog: QPrintDialog) -> int:
        printer = dialog.printer()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        return 1

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    prints.printing.print()
    prints.settle()
    assert prints.news == ["The work list is at the printer"]
    assert len(pages_of(tmp_path / "printed.pdf")[0]) == 2


def test_no_printer_wanted_means_nothing_is_made(
    prints: Prints, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: 0)
    prints.printing.print()
    assert prints.printing.paper is None


def test_changing_ones_mind_about_the_file_makes_nothing(
    prints: Prints, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, None)
    prints.printing.save()
    assert prints.printing.paper is None
    assert not prints.news


def test_a_folder_that_is_gone_is_said(
    prints: Prints, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, tmp_path / "gone" / "list.pdf")
    prints.printing.save()
    prints.settle()
    assert isinstance(prints.failures[0], PaperNotWritten)
    assert not prints.news


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    path.write_bytes(b"before")
    assert write_pdf(path, b"after") == path
    assert path.read_bytes() == b"after"
    assert list(tmp_path.iterdir()) == [path]


def test_a_window_that_closes_meanwhile_gives_up(
    prints: Prints, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(monkeypatch, tmp_path / "list.pdf")
    prints.printing.save()
    prints.qtbot.waitUntil(lambda: prints.printing.paper is not None, timeout=WAIT_MS)
    paper = prints.printing.paper
    assert paper is not None
    with prints.qtbot.waitSignal(paper.view.destroyed, timeout=WAIT_MS):
        prints.printing.shut_down()
    assert not (tmp_path / "list.pdf").exists()


@pytest.fixture
def window(theme: Theme, qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.resize(1366, 768)
    qtbot.addWidget(made)
    made.show()
    return made


def directions(theme: Theme, window: QWidget, *, opens: bool) -> DirectionsSheet:
    sheet = DirectionsSheet(
        theme,
        window,
        "หลุมลึกกลางถนน หน้าตลาดบางลำพู",
        Place(latitude=13.75, longitude=100.5),
        opens=lambda _uri: opens,
    )
    sheet.open_it(sheet.open)
    return sheet


def test_the_place_is_opened_where_something_opens_places(theme: Theme, window: QWidget) -> None:
    sheet = directions(theme, window, opens=True)
    sheet.open.click()
    assert not sheet.isVisible()


def test_without_a_navigation_app_the_other_ways_are_named(
    theme: Theme, window: QWidget, qtbot: QtBot
) -> None:
    sheet = directions(theme, window, opens=False)
    sheet.open.click()
    assert sheet.isVisible()
    assert "no navigation app" in sheet.said.text()
    assert sheet.copy.hasFocus()
    with qtbot.waitSignal(sheet.copied) as told:
        sheet.copy.click()
    assert told.args == ["13.750000, 100.500000"]


@pytest.mark.parametrize("percent", [100, PERCENTS[-1]])
@pytest.mark.parametrize("language", ["th", "en"])
def test_the_way_there_in_both_languages(
    theme: Theme, window: QWidget, language: Language, percent: int, tmp_path: Path
) -> None:
    set_language(language)
    theme.set_percent(percent)
    sheet = directions(theme, window, opens=False)
    sheet.open.click()
    picture = shots_folder(tmp_path) / f"directions-{language}-{percent}.png"
    assert grab(window, picture).is_file()
    assert window.rect().contains(sheet._panel.geometry())
