"""Only what is missing is installed, and only by who may."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from build_scripts import system_packages

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="there is apt on Linux only")


class Machine:
    """A made-up Debian: small programs on PATH that answer like apt and note what was asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log"
        self.log.touch()

    def has(self, name: str, *lines: str) -> None:
        """Put a program on PATH."""
        path = self.folder / name
        path.write_text(
            f'#!/bin/sh\necho "{name} $*" >> "{self.log}"\n' + "\n".join(lines) + "\n",
            encoding="utf-8",
        )
        path.chmod(0o755)

    def holds(self, installed: Sequence[str], known: Sequence[str]) -> None:
        """Say which packages are installed, and which apt knows of."""
        answers = "\n".join(f"{name}) echo {name} installed;;" for name in installed)
        newer = next((name for name in installed if name.endswith("t64")), "")
        self.has(
            "dpkg-query",
            'for name in "$@"; do case "$name" in',
            answers,
            f"'*t64') echo {newer} installed;;" if newer else "",
            "esac; done; exit 1",
        )
        cases = "|".join(known) or "nothing"
        self.has("apt-cache", f'case "$3" in {cases}) echo known;; *) exit 100;; esac')
        self.has("apt-get", "exit 0")
        self.has("sudo", "exit 1")

    def asked(self, program: str) -> list[str]:
        """Return how a program was called."""
        lines = self.log.read_text(encoding="utf-8").splitlines()
        return [line for line in lines if line.startswith(f"{program} ")]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    return Machine(tmp_path)


def but(*names: str) -> list[str]:
    """Return all wanted packages except these."""
    return [name for name in system_packages.PACKAGES if name not in names]


def test_when_nothing_is_missing_apt_is_left_alone(machine: Machine) -> None:
    machine.holds(system_packages.PACKAGES, [])

    system_packages.install()

    assert machine.asked("apt-get") == []
    assert machine.asked("apt-cache") == []


def test_what_is_missing_is_installed(machine: Machine) -> None:
    machine.holds(but("libthai0", "libegl1"), ["libthai0", "libegl1"])

    system_packages.install()

    [line] = machine.asked("apt-get")
    assert line.endswith("install --yes --no-install-recommends -q libegl1 libthai0")


def test_the_lists_are_fetched_when_apt_knows_nothing_yet(machine: Machine) -> None:
    machine.holds(but("libthai0"), [])

    system_packages.install()

    assert [line.split()[3] for line in machine.asked("apt-get")] == ["update", "install"]


def test_a_newer_name_counts_as_installed(machine: Machine) -> None:
    machine.holds([*but("libasound2"), "libasound2t64", "libreadline8t64"], [])

    assert system_packages.missing(system_packages.PACKAGES) == []


def test_a_newer_name_is_installed_where_the_release_has_it(machine: Machine) -> None:
    machine.holds([*but("libasound2"), "libreadline8t64"], [])

    system_packages.install()

    assert machine.asked("apt-get")[-1].endswith(" libasound2t64")


def test_without_root_the_one_command_is_printed(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.holds(but("libthai0"), ["libthai0"])
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    with pytest.raises(SystemExit) as stopped:
        system_packages.install()

    assert stopped.value.code == 1
    assert machine.asked("apt-get") == []
    assert (
        "sudo sh -c 'apt-get update && apt-get install --yes --no-install-recommends libthai0'"
        in capsys.readouterr().out
    )


def test_where_there_is_no_apt_nothing_happens(machine: Machine) -> None:
    system_packages.install()

    assert machine.asked("apt-get") == []
