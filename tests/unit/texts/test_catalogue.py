"""The catalogue speaks one language at a time."""

import pytest

from field_app.texts import _, language, mark, ngettext, set_language


def test_english_sentences_come_back_as_they_are() -> None:
    assert _("{count} h") == "{count} h"


def test_thai_sentences_come_from_the_po_files() -> None:
    set_language("th")

    assert language() == "th"
    assert _("{count} h") == "{count} ชม."


def test_a_sentence_without_translation_stays_english() -> None:
    set_language("th")

    assert _("Nobody ever wrote this") == "Nobody ever wrote this"


@pytest.mark.parametrize(("number", "form"), [(1, "{count} day"), (0, "{count} days")])
def test_english_has_two_forms_for_numbers(number: int, form: str) -> None:
    assert ngettext("{count} day", "{count} days", number) == form


def test_thai_has_one_form_for_all_numbers() -> None:
    set_language("th")

    assert {ngettext("{count} day", "{count} days", n) for n in (0, 1, 5)} == {"{count} วัน"}


def test_a_marked_sentence_waits_to_be_translated() -> None:
    set_language("th")

    assert mark("{count} h") == "{count} h"


def test_only_thai_and_english_are_spoken() -> None:
    with pytest.raises(ValueError, match="th, en"):
        set_language("de")  # type: ignore[arg-type]  # the wrong choice is the point
