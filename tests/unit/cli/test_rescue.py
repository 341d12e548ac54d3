"""Rescue packs from the command line: words, figures and exit codes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from field_app.cli.main import FAILED, run
from tests.helpers.packs import PASSPHRASE
from tests.helpers.town import Laptop, Town, a_town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with a_town(tmp_path) as town:
        yield town


@pytest.fixture
def ana(town: Town) -> Laptop:
    """Somebody who worked without network and closed the window."""
    ana = town.person("ana")
    job = town.citizen_reports()
    ana.syncs()
    ana.goes_offline()
    ana.repairs(job)
    ana.closes()
    return ana


def rescue(
    laptop: Laptop, verb: str, file: Path, typed: str, monkeypatch: pytest.MonkeyPatch
) -> int:
    from io import StringIO

    monkeypatch.setattr("sys.stdin", StringIO(typed))
    choices = ["--language", "en", "--data-dir", str(laptop.folder)]
    return run([*choices, "rescue", verb, str(file), "--passphrase-stdin"])


def test_work_goes_onto_a_stick_and_is_told_in_figures(
    ana: Laptop,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert rescue(ana, "export", tmp_path / "day", f"{PASSPHRASE}\n", monkeypatch) == 0

    said = capsys.readouterr().out.splitlines()
    assert (tmp_path / "day.fieldrescue").is_file()
    assert [line.split()[-1] for line in said[1:3]] == ["4", "2"]


def test_it_comes_back_on_another_laptop_once(
    town: Town,
    ana: Laptop,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from tests.helpers.town import PASSWORD, URL

    file = tmp_path / "day.fieldrescue"
    rescue(ana, "export", file, f"{PASSPHRASE}\n", monkeypatch)
    other = Laptop(town, "ana", tmp_path / "other")
    other.app.sign_in(URL, "ana", PASSWORD)
    other.closes()
    capsys.readouterr()

    codes = [rescue(other, "import", file, f"{PASSPHRASE}\n", monkeypatch) for _ in range(2)]

    said = capsys.readouterr().out.splitlines()
    assert codes == [0, 0]
    assert [line.split()[-1] for line in said] == list("40200") + list("04020")


def test_what_cannot_be_done_is_said(
    ana: Laptop,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "day.fieldrescue"
    assert rescue(ana, "export", file, "short\n", monkeypatch) == FAILED
    assert "at least 8 characters" in capsys.readouterr().err
    rescue(ana, "export", file, f"{PASSPHRASE}\n", monkeypatch)
    assert rescue(ana, "import", file, "another one\n", monkeypatch) == FAILED
    assert "passphrase is not right" in capsys.readouterr().err


def test_without_anybody_it_asks_to_sign_in(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nobody = Laptop(town, "nobody", tmp_path / "nobody")
    nobody.closes()
    assert rescue(nobody, "export", tmp_path / "day", "", monkeypatch) == 3
