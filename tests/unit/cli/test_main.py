"""The command line: its commands, its exit codes, its words."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from field_app import __version__
from field_app.cli import main as command_line
from field_app.cli.main import BUG, FAILED, run
from field_app.cli.sync import LATER
from field_app.cli.table import width_of
from field_app.domain.errors import Unreachable
from field_app.store.people import People
from tests.helpers.town import a_town


def test_it_says_its_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert __version__ in capsys.readouterr().out


def test_the_version_is_that_of_the_package() -> None:
    import tomllib

    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_crews_page_of_help_is_read_in_both_languages(
    capsys: pytest.CaptureFixture[str], language: str
) -> None:
    assert run(["--language", language, "help", "crew"]) == 0
    assert ("งาน" in capsys.readouterr().out) == (language == "th")


def test_help_without_a_page_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["help"]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in ("demo", "doctor", "help", "hub", "prepare", "sync"))


def test_sync_without_anybody_asks_to_sign_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--language", "en", "--data-dir", str(tmp_path), "sync"]) == 3
    assert "Nobody is signed in here" in capsys.readouterr().err


def test_sync_without_the_hub_keeps_everything_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_town(tmp_path) as town:
        ana = town.person("ana")
        job = town.citizen_reports()
        ana.syncs()
        ana.starts(job)
        ana.closes()

        code = run(["--language", "en", "--data-dir", str(ana.folder), "sync"])

        ana.app = town.open_app(ana)
        assert ana.waiting() == 1
    said = capsys.readouterr()
    assert code == 4
    assert "Still waiting" in said.out
    assert "The hub cannot be reached." in said.err


def test_prepare_names_what_is_missing_and_leaves_with_the_code_for_later(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_town(tmp_path) as town:
        ana = town.person("ana")
        town.citizen_reports()
        ana.syncs()
        ana.closes()
        code = run(["--language", "en", "--data-dir", str(ana.folder), "prepare"])
        said = capsys.readouterr().out
        ana.app = town.open_app(ana)
    assert code == LATER
    assert "Not ready yet" in said
    assert "1 job, 0 photos" in said
    assert "- The hub could not be asked for news. New jobs may be missing." in said


def test_prepare_without_anybody_asks_to_sign_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--language", "en", "--data-dir", str(tmp_path), "prepare"]) == 3
    assert "Nobody is signed in here" in capsys.readouterr().err


def test_sync_status_lists_what_is_only_here_and_asks_nobody(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_town(tmp_path / "town") as town:
        ana = town.person("ana")
        job = town.citizen_reports()
        ana.syncs()
        arguments = ["--language", "en", "--data-dir", str(ana.folder), "sync", "--status"]
        ana.closes()
        assert run(arguments) == 0
        assert "0 · 0 B" in capsys.readouterr().out
        ana.app = town.open_app(ana)
        ana.repairs(job)
        calls = town.network.calls
        ana.closes()

        code = run(arguments)

        ana.app = town.open_app(ana)
        said = capsys.readouterr().out
    assert code == LATER
    assert town.network.calls == calls
    assert "4 · " in said
    assert f"{job}" in said
    assert "2 entries · 2 photos" in said
    assert "never" in said


def test_sync_beside_an_open_window_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_town(tmp_path) as town:
        ana = town.person("ana")
        assert run(["--language", "th", "--data-dir", str(ana.folder), "sync"]) == FAILED
    assert "เปิดอยู่แล้ว" in capsys.readouterr().err


@pytest.mark.logs_warnings
def test_a_bug_ends_with_a_sentence_and_its_own_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(command_line.COMMANDS, "sync", ("field_app.cli.nowhere", "x"))
    assert run(["--language", "en", "sync"]) == BUG
    assert "Your work is safe" in capsys.readouterr().err


def test_a_known_failure_is_said_with_its_hint(capsys: pytest.CaptureFixture[str]) -> None:
    command_line.say_failure(Unreachable("nobody at port 9"))
    said = capsys.readouterr().err
    assert "The hub cannot be reached." in said
    assert "[Unreachable: nobody at port 9]" in said


def test_a_wrong_setting_is_said_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FIELD_APP_LANGUAGE", "fr")
    assert run(["help"]) == FAILED
    assert "FIELD_APP_LANGUAGE" in capsys.readouterr().err


def test_the_doctor_finds_a_damaged_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = People(tmp_path).folder / "ana@1"
    folder.mkdir()
    (folder / "field.db").write_bytes(b"this is no database" * 400)
    assert run(["--language", "en", "--data-dir", str(tmp_path), "doctor"]) == 1
    said = capsys.readouterr().out
    assert "WRONG  Saved jobs" in said
    assert "Sarabun" in said


def test_the_doctor_says_how_wrong_the_clock_was_at_the_last_contact(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with a_town(tmp_path) as town:
        ana = town.person("ana")
        ana.clock.fast = timedelta(days=-1, hours=-2)
        ana.syncs()
        ana.closes()
        assert run(["--language", "en", "--data-dir", str(ana.folder), "doctor"]) == 1
        ana.app = town.open_app(ana)
    said = capsys.readouterr().out
    assert "WRONG  Clock" in said
    assert "This computer's clock is 1 day 2 h slow." in said


@pytest.mark.timeout(60)
def test_the_command_line_never_loads_qt() -> None:
    trial = (
        "import sys; from field_app.cli.main import run; run(['help']);"
        "sys.exit(any(m.startswith('PySide6') for m in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", trial], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.mark.timeout(60)
def test_a_start_loads_nothing_that_only_the_network_a_pack_or_a_photo_needs() -> None:
    late = ("cryptography", "cv2", "keyring", "pydantic", "requests", "zstandard")
    trial = (
        "import sys; import field_app.app, field_app.ui.start;"
        f"sys.exit([name for name in {late} if name in sys.modules] or 0)"
    )
    done = subprocess.run([sys.executable, "-c", trial], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_thai_marks_take_no_column() -> None:
    assert width_of("ที่") == 1
    assert width_of("abc") == 3
