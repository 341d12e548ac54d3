"""The look: fonts, tokens, icons, chips, and labels whose Thai is never cut off."""

import pytest
from PySide6.QtGui import QColor, QFontInfo, QImage
from pytestqt.qtbot import QtBot

from field_app.domain.ticket import TicketState
from field_app.queries.tickets import LocalState
from field_app.ui.shared.chips import StatusChip
from field_app.ui.shared.labels import ThaiLabel, wrap
from field_app.ui.shared.words import (
    CATEGORY_ICONS,
    LOCAL_KEYS,
    LOCAL_WORDS,
    STATE_KEYS,
    STATE_WORDS,
    category_icon,
    state_words,
)
from field_app.ui.theme import FAMILIES, Theme, load_fonts, tokens

SENTENCE = "หลุมกว้างเกือบเต็มเลนลึกเท่าข้อเท้ามอเตอร์ไซค์ล้มแล้วสองคันฝนตกแล้วมองไม่เห็น"


def test_sarabun_comes_with_the_program(theme: Theme) -> None:
    assert set(load_fonts()) >= set(FAMILIES.values())
    assert QFontInfo(theme.font("h1")).family() == "Sarabun SemiBold"
    assert QFontInfo(theme.font("body")).pixelSize() == 15


def test_larger_text_scales_fonts_lines_and_lengths(theme: Theme) -> None:
    theme.set_percent(150)
    assert theme.font("rowTitle").pixelSize() == 24
    assert theme.line("rowTitle") == 36
    assert theme.px(92) == 138


def test_other_text_sizes_are_refused(theme: Theme) -> None:
    with pytest.raises(ValueError, match="110"):
        theme.set_percent(110)


@pytest.mark.parametrize("name", ["light", "dark", "sunlight"])
def test_every_status_has_a_look_in_every_theme(name: str, theme: Theme) -> None:
    for key in tokens()["status"]:
        other = Theme("light" if name == "light" else "dark" if name == "dark" else "sunlight")
        look = other.status(key)
        assert QColor(look.text).isValid()
        assert QColor(look.fill).isValid()
        assert not theme.pixmap(look.glyph, look.text, 16).isNull()


def test_every_state_has_words_and_a_look() -> None:
    assert set(STATE_KEYS) == set(STATE_WORDS) == set(TicketState)
    assert set(LOCAL_KEYS) == set(LOCAL_WORDS) == set(LocalState) - {LocalState.NONE}
    assert set(STATE_KEYS.values()) | set(LOCAL_KEYS.values()) <= set(tokens()["status"])


def test_a_foreign_state_keeps_the_platforms_words() -> None:
    assert state_words(TicketState.OTHER, "รอผู้รับเหมา") == "รอผู้รับเหมา"


@pytest.mark.parametrize(
    ("category", "icon"),
    [("ถนน", "road"), ("สายไฟ", "cable"), ("ทางเท้า", "footprints"), ("อื่นๆ", "map-pin")],
)
def test_a_category_has_its_icon(category: str, icon: str, theme: Theme) -> None:
    assert category_icon(category) == icon
    assert not theme.pixmap(icon, "text", 24).isNull()


def test_every_category_icon_exists(theme: Theme) -> None:
    for _part, icon in CATEGORY_ICONS:
        assert not theme.pixmap(icon, "text", 24).isNull()


def test_an_icon_takes_the_colour_it_is_given(theme: Theme) -> None:
    image: QImage = theme.pixmap("minus", "#FF0000", 24).toImage()
    assert image.pixelColor(12, 12) == QColor("#FF0000")


def test_thai_without_spaces_is_broken_and_nothing_is_lost(theme: Theme) -> None:
    lines = wrap(SENTENCE, theme.font("body"), 200)
    assert len(lines) > 2
    assert "".join(lines) == SENTENCE


def test_a_label_is_as_tall_as_its_lines(theme: Theme, qtbot: QtBot) -> None:
    label = ThaiLabel(theme, SENTENCE)
    qtbot.addWidget(label)
    wide, narrow = label.heightForWidth(2000), label.heightForWidth(200)
    assert narrow - wide == theme.line("body") * (len(wrap(SENTENCE, theme.font("body"), 200)) - 1)


@pytest.mark.parametrize("role", ["display", "h1", "h2", "rowTitle", "body", "label", "caption"])
def test_stacked_marks_stay_inside_their_label(role: str, theme: Theme, qtbot: QtBot) -> None:
    label = ThaiLabel(theme, "ปั๊มน้ำที่กี่ปู่ ผู้รู้ กตัญญู gjy", role=role, colour="#000000", wraps=False)
    qtbot.addWidget(label)
    label.setStyleSheet("background: white")
    label.resize(label.sizeHint())
    image = label.grab().toImage()
    edges = (0, image.height() - 1)
    dark = [
        (x, y) for y in edges for x in range(image.width()) if image.pixelColor(x, y).value() < 90
    ]
    assert dark == []


def test_a_long_title_is_elided_and_says_so(theme: Theme, qtbot: QtBot) -> None:
    label = ThaiLabel(theme, SENTENCE, wraps=False)
    qtbot.addWidget(label)
    label.resize(100, 30)
    label.grab()
    assert label.is_cut


def test_a_chip_is_named_by_its_words(theme: Theme, qtbot: QtBot) -> None:
    chip = StatusChip(theme)
    qtbot.addWidget(chip)
    chip.show_status("overdue", "เกิน 2 วัน")
    assert chip.accessibleName() == "เกิน 2 วัน"
    assert chip.minimumSizeHint() == chip.sizeHint()
