"""Every sentence the program says is there in Thai, the first language of its users."""

from pathlib import Path

import pytest

from build_scripts.translations import Sentence, faults, sentences


def test_every_sentence_is_translated_and_every_translation_is_said() -> None:
    assert faults() == []


def test_sentences_are_found_with_their_place_and_placeholders(tmp_path: Path) -> None:
    (tmp_path / "greeting.py").write_text(
        'hello = _("Hello {name}")\n'
        'days = ngettext("One day", "{count} days", 2)\n'
        "later = _(error.title)\n"
    )
    folder = tmp_path.name

    assert list(sentences(tmp_path)) == [
        Sentence(
            text="Hello {name}", place=f"{folder}/greeting.py:1", placeholders=frozenset({"{name}"})
        ),
        Sentence(
            text="One day", place=f"{folder}/greeting.py:2", placeholders=frozenset({"{count}"})
        ),
    ]


def test_a_sentence_nobody_could_translate_is_refused(tmp_path: Path) -> None:
    (tmp_path / "greeting.py").write_text('hello = _(f"Hello {name}")\n')

    with pytest.raises(ValueError, match=r"greeting\.py:1"):
        list(sentences(tmp_path))
