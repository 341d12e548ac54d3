"""The house stays readable: small modules, and no room without a name."""

from pathlib import Path

import pytest

from build_scripts.translations import PROGRAM

MOST_LINES = 300
NAMELESS = {"utils", "util", "helpers", "common", "misc", "manager", "base", "stuff"}
MODULES = sorted(PROGRAM.rglob("*.py"))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PROGRAM)))
def test_a_module_fits_into_one_sitting(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_no_module_is_a_place_for_things_without_a_name() -> None:
    assert [path for path in MODULES if path.stem in NAMELESS or path.parent.name in NAMELESS] == []
