"""The commands by which IT looks after a hub."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from field_app.cli import hub_basemap
from field_app.cli.hub import hub_group
from field_app.hub.main import create_app
from field_app.hub.problems import HubProblem
from field_app.hub.settings import HubSettings
from field_app.protocol.messages import SignIn
from tests.helpers.maps import a_package
from tests.hub.test_import import api_file, api_row
from tests.hub.world import QUICK


def run(*words: str, typed: str = "") -> Result:
    """Run a command of the hub in English."""
    return CliRunner().invoke(hub_group, ["--language", "en", *words], input=typed)


@pytest.fixture
def folder(tmp_path: Path) -> str:
    folder = tmp_path / "hub"
    made = run("init", str(folder), "--admin", "chief", "--password-stdin", typed="long enough\n")
    assert made.exit_code == 0, made.output
    quick = "".join(f"{name} = {value}\n" for name, value in QUICK.items())
    (folder / "hub.toml").write_text(quick, encoding="utf-8")
    return str(folder)


def test_a_hub_is_set_up_and_somebody_can_sign_in(folder: str) -> None:
    assert run("crew", "add", folder, "roads", "--name", "ทีมถนน").exit_code == 0
    words = ("user", "add", folder, "anan", "--name", "อนันต์ ตัวอย่าง", "--role", "crew")
    made = run(*words, "--crew", "roads", typed="\n\n")
    assert made.exit_code == 0, made.output
    password = made.output.split("shown only now: ")[1].split("\n")[0]
    hub = create_app(Path(folder), HubSettings.model_validate(QUICK)).state.hub
    wish = SignIn(username="anan", password=password, device_name="test")
    assert hub.accounts.sign_in(wish).officer.crew_id == "roads"
    hub.close()
    again = run(*words, "--crew", "roads", "--password-stdin", typed="long enough\n")
    assert again.exit_code == 1
    assert "This user name is taken." in again.output
    ghost = ("user", "add", folder, "b", "--name", "B", "--role", "crew", "--crew", "ghosts")
    assert "no such crew" in run(*ghost, "--password-stdin", typed="long enough\n").output
    nobody = run("user", "add", folder, "c", "--name", "C", "--role", "crew", typed="\n\n")
    assert "needs a crew" in nobody.output


def test_it_gives_a_new_password_and_takes_a_lost_laptop_s_sign_in_away(folder: str) -> None:
    hub = create_app(Path(folder), HubSettings.model_validate(QUICK)).state.hub
    wish = SignIn(username="chief", password="long enough", device_name="lost laptop")
    signed_in = hub.accounts.sign_in(wish)
    changed = run("user", "password", folder, "chief", "--password-stdin", typed="even longer\n")
    assert changed.exit_code == 0, changed.output
    with pytest.raises(HubProblem):
        hub.accounts.sign_in(wish)
    made = run("user", "password", folder, "chief", typed="\n\n")
    password = made.output.split("shown only now: ")[1].split("\n")[0]
    again = hub.accounts.sign_in(replace(wish, password=password, device_name="new laptop"))
    listed = run("device", "list", folder)
    assert "lost laptop" in listed.output
    assert str(signed_in.device_id) in listed.output
    assert run("device", "revoke", folder, signed_in.device_id).exit_code == 0
    with pytest.raises(HubProblem, match="signed out by the agency"):
        hub.accounts.who(signed_in.token)
    assert hub.accounts.who(again.token).person.username == "chief"
    assert "signed out" in run("device", "list", folder).output
    assert "no such device" in run("device", "revoke", folder, "x").output
    nobody = run("user", "password", folder, "x", "--password-stdin", typed="long enough\n")
    assert (nobody.exit_code, "nobody of this user name" in nobody.output) == (1, True)
    hub.close()


def test_a_short_password_makes_no_hub(tmp_path: Path) -> None:
    folder = tmp_path / "hub"
    made = run("init", str(folder), "--admin", "chief", "--password-stdin", typed="short\n")
    assert made.exit_code == 1
    assert not folder.exists()


def test_a_full_folder_is_left_alone(folder: str) -> None:
    again = run("init", folder, "--admin", "chief", "--password-stdin", typed="long enough\n")
    assert again.exit_code == 1
    assert "not empty" in again.output


def test_an_import_tells_what_it_did_and_what_it_left_out(folder: str, tmp_path: Path) -> None:
    file = tmp_path / "jobs.csv"
    file.write_bytes(api_file(api_row("2026-A1"), api_row("2026-A2", latitude="x", status="?")))
    dry = run("import", folder, str(file), "--dry-run")
    assert dry.exit_code == 3
    assert "Nothing was changed" in dry.output
    real = run("import", folder, str(file))
    assert real.exit_code == 3
    assert "Line 3, column latitude: This is not a number." in real.output
    assert "New: 1" in real.output
    file.write_bytes(api_file(api_row("2026-A3", status="ของบประมาณ")))
    more = run("import", folder, str(file))
    assert more.exit_code == 0
    assert "Unknown status “ของบประมาณ” in 1 rows" in more.output
    figures = run("status", folder)
    assert figures.exit_code == 0
    assert "Jobs: 2" in figures.output


def test_a_file_that_is_none_is_told_in_words(folder: str, tmp_path: Path) -> None:
    file = tmp_path / "jobs.csv"
    file.write_text("a,b\n")
    failed = run("import", folder, str(file))
    assert failed.exit_code == 1
    assert "The file cannot be read. " in failed.output
    assert " Nothing was changed. " in failed.output
    assert "no columns with these names: " in failed.output


def test_commands_say_when_there_is_no_hub(tmp_path: Path) -> None:
    for words in (("status",), ("serve",), ("crew", "add")):
        tail = ("x", "--name", "X") if words[0] == "crew" else ()
        failed = run(*words, str(tmp_path), *tail)
        assert failed.exit_code == 1
        assert "There is no hub" in failed.output


def test_a_wrong_settings_file_is_told_in_words(folder: str) -> None:
    (Path(folder) / "hub.toml").write_text("prot = 1\n")
    failed = run("status", folder)
    assert failed.exit_code == 1
    assert "prot" in failed.output


def test_a_database_of_a_newer_release_is_left_alone(folder: str) -> None:
    hub = create_app(Path(folder), HubSettings.model_validate(QUICK)).state.hub
    with hub.database.write() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    hub.close()
    failed = run("status", folder)
    assert failed.exit_code == 1
    assert "The hub's database cannot be opened" in failed.output


def test_the_hub_does_not_speak_in_the_open(folder: str) -> None:
    failed = run("serve", folder, "--host", "192.0.2.1", "--port", "0")
    assert failed.exit_code == 1
    assert "Other computers could listen in" in failed.output


def test_the_commands_speak_thai(folder: str, tmp_path: Path) -> None:
    file = tmp_path / "jobs.csv"
    file.write_bytes(api_file(api_row("2026-A1"), api_row("2026-A2", latitude="x")))
    thai = ("--language", "th", "import", folder, str(file))
    told = CliRunner().invoke(hub_group, thai)
    assert told.exit_code == 3
    assert "บรรทัดที่ 3 คอลัมน์ latitude: ค่านี้ไม่ใช่ตัวเลข" in told.output
    file.write_bytes(b"")
    failed = CliRunner().invoke(hub_group, thai)
    assert failed.output == ("อ่านไฟล์นี้ไม่ได้ ไฟล์ว่างเปล่า ไม่มีอะไรเปลี่ยนแปลง ตรวจไฟล์แล้วเลือกอีกครั้ง\n")
    words = CliRunner().invoke(hub_group, ["--language", "th", "status", folder]).output
    assert "งานทั้งหมด" in words


def test_it_adds_lists_and_removes_maps_by_command(folder: str, tmp_path: Path) -> None:
    assert "no area map" in run("basemap", "list", folder).output
    path = a_package(tmp_path / "town.mbtiles", name="")
    added = run("basemap", "add", folder, str(path), "--name", "Old town")
    assert added.exit_code == 0, added.output
    assert "Old town can be fetched by laptops now." in added.output
    assert "very file already" in run("basemap", "add", folder, str(path)).output
    other = a_package(tmp_path / "town2.mbtiles", name="", zooms=(12,))
    assert run("basemap", "add", folder, str(other)).exit_code == 0
    gaps = a_package(tmp_path / "gaps.mbtiles", name="Gaps", zooms=(12, 15))
    assert "The zoom levels 13, 14 are missing" in run("basemap", "add", folder, str(gaps)).output
    listed = run("basemap", "list", folder).output
    assert "Old town" in listed
    assert "14–16" in listed
    assert "13.5500,100.3000 – 13.9500,100.7000" in listed
    assert "© nobody" in listed
    assert "town2" in listed
    sha256 = hashlib.sha256(other.read_bytes()).hexdigest()
    assert run("basemap", "remove", folder, sha256[:10]).exit_code == 0
    gone = run("basemap", "remove", folder, "Old town")
    assert "Laptops that have it keep it." in gone.output
    nobody = run("basemap", "remove", folder, "Old town")
    assert (nobody.exit_code, "no such map" in nobody.output) == (1, True)
    words = tmp_path / "words.txt"
    words.write_text("not a map")
    refused = run("basemap", "add", folder, str(words))
    assert (refused.exit_code, "no tile package" in refused.output) == (1, True)


def test_a_stick_that_is_pulled_out_after_the_copy_costs_nothing(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = a_package(tmp_path / "gaps.mbtiles", name="Gaps", zooms=(12, 15))
    monkeypatch.setattr(hub_basemap, "_show_added", lambda _added: path.unlink())
    added = run("basemap", "add", folder, str(path))
    assert added.exit_code == 0, added.output
    assert "The zoom levels 13, 14 are missing" in added.output
