"""The packages of Node are installed when their lock changed, and the lock serves everybody."""

import json
from pathlib import Path

import pytest

from build_scripts import node_packages
from build_scripts.dev import NODE_TESTS, ROOT

LICENCES = {"MIT", "ISC", "Apache-2.0", "BSD-3-Clause", "BlueOak-1.0.0"}
SAYS_IT_ELSEWHERE = {
    "node_modules/combine-errors": "MIT",
    "node_modules/@mapbox/sphericalmercator": "BSD-3-Clause",
}
"""Packages whose licence stands in a file of theirs only."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that wants packages."""
    for name in node_packages.NAMES:
        (tmp_path / name).write_text(name)
    return tmp_path


@pytest.fixture
def npm(tmp_path: Path) -> Path:
    """A program that notes each call and makes `node_modules`."""
    program = tmp_path / "npm"
    program.write_text('#!/bin/sh\necho "$1" >> calls\nmkdir -p node_modules\n')
    program.chmod(0o755)
    return program


def test_packages_are_installed_once_and_again_after_a_change(folder: Path, npm: Path) -> None:
    node_packages.install(folder, npm)
    node_packages.install(folder, npm)
    assert (folder / "calls").read_text() == "ci\n"

    (folder / "package-lock.json").write_text("another")
    node_packages.install(folder, npm)

    assert (folder / "calls").read_text() == "ci\nci\n"


@pytest.mark.parametrize("tests", NODE_TESTS)
def test_the_lock_names_no_address_and_only_free_licences(tests: str) -> None:
    lock = json.loads((ROOT / tests / "package-lock.json").read_text(encoding="utf-8"))
    packages = [
        {"license": SAYS_IT_ELSEWHERE.get(name), **facts}
        for name, facts in lock["packages"].items()
        if name
    ]

    assert packages
    assert [facts for facts in packages if "resolved" in facts] == []
    assert {facts["license"] for facts in packages} <= LICENCES
    assert all("integrity" in facts for facts in packages)
