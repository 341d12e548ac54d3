"""The set-up script finds what is there and says what is not."""

from pathlib import Path
from subprocess import CalledProcessError

import pytest

from build_scripts import dev, node_packages


def test_an_unknown_command_shows_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["dance"]) == 2
    said = capsys.readouterr().out
    assert all(command in said for command in dev.COMMANDS)


@pytest.mark.parametrize("command", dev.COMMANDS)
def test_each_command_is_named_in_the_help_and_the_readme(command: str) -> None:
    assert dev.__doc__ is not None
    assert command in dev.__doc__
    assert f"dev.py {command}" in (dev.ROOT / "README.md").read_text(encoding="utf-8")


def test_the_environment_depends_on_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    (tmp_path / "pyproject.toml").write_text("a")
    (tmp_path / "uv.lock").write_text("b")
    before = dev.fingerprint()

    (tmp_path / "uv.lock").write_text("c")

    assert dev.fingerprint() != before


@pytest.mark.parametrize(
    ("script", "usable"),
    [
        ("echo uv 0.8.1", True),
        ("echo uv 1.2.0", True),
        ("echo uv 0.4.30", False),
        ("exit 127", False),
    ],
)
def test_only_a_uv_that_starts_and_reads_the_lock_is_used(
    script: str, usable: bool, tmp_path: Path
) -> None:
    uv = tmp_path / "uv"
    uv.write_text(f"#!/bin/sh\n{script}\n")
    uv.chmod(0o755)

    assert dev.works(str(uv)) is usable


def test_a_uv_that_is_not_there_does_not_work(tmp_path: Path) -> None:
    assert not dev.works(str(tmp_path / "uv"))


@pytest.mark.parametrize(("ends_with", "code"), [(0, 1), (5, 5)])
@pytest.mark.parametrize("failure", [CalledProcessError(1, ["npm", "ci"]), OSError("no npm")])
def test_without_the_packages_of_node_all_other_tests_run_and_it_is_no_success(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    failure: Exception,
    ends_with: int,
    code: int,
) -> None:
    ran: list[list[str]] = []

    def fail(*_: object) -> None:
        raise failure

    def run(words: list[str]) -> int:
        ran.append(words)
        return ends_with

    monkeypatch.setattr(dev, "prepare", lambda: Path("python"))
    monkeypatch.setattr(node_packages, "install", fail)
    monkeypatch.setattr(dev, "run", run)

    assert dev.main(["test", "-x"]) == code

    left_out = ["--ignore=tests/tus", "--ignore=tests/maps"]
    assert ran == [["python", "-m", "pytest", "-x", *left_out]]
    assert "tests/tus and tests/maps did NOT run" in capsys.readouterr().err


def test_with_the_packages_of_node_everything_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "prepare", lambda: Path("python"))
    monkeypatch.setattr(node_packages, "install", lambda *_: None)
    monkeypatch.setattr(dev, "run", lambda words: 0 if words == ["python", "-m", "pytest"] else 9)

    assert dev.main(["test"]) == 0
