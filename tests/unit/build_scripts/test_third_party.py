"""The list of libraries that comes with the built program."""

from pathlib import Path

from build_scripts.third_party import write_list


def test_a_library_is_listed_with_version_licence_and_its_words(tmp_path: Path) -> None:
    text = write_list(tmp_path / "THIRD-PARTY.txt", {"click", "json", "field_app"}).read_text()
    assert "click " in text
    assert "BSD-3-Clause" in text
    assert "Redistribution and use in source and binary forms" in text


def test_pythons_own_modules_and_the_program_itself_are_no_library(tmp_path: Path) -> None:
    text = write_list(tmp_path / "THIRD-PARTY.txt", {"json", "field_app"}).read_text()
    assert "json" not in text
    assert "field-app" not in text
