"""The hub's settings file."""

import re
from pathlib import Path

import pytest

from field_app.domain.errors import FileUnreadable
from field_app.hub.server import is_loopback
from field_app.hub.settings import database_url, load_settings
from field_app.hub.setup import TEMPLATE, AlreadyThere, is_hub, make_folder


def test_a_new_hub_s_settings_are_the_defaults(tmp_path: Path) -> None:
    folder = tmp_path / "hub"
    make_folder(folder)
    assert is_hub(folder)
    assert load_settings(folder) == load_settings(tmp_path)
    assert folder.stat().st_mode & 0o077 == 0
    with pytest.raises(AlreadyThere):
        make_folder(folder)


def test_the_examples_in_the_template_are_right(tmp_path: Path) -> None:
    shown = re.compile(r'# (?=\[\[|"[^"]+" = |\w+ = )')
    lines = [shown.sub("", line) for line in TEMPLATE.splitlines()]
    lines = [line for line in lines if not line.startswith('database_url = ""')]
    (tmp_path / "hub.toml").write_text("\n".join(lines), encoding="utf-8")
    settings = load_settings(tmp_path)
    assert settings.rules[0].crew == "civil-3"
    assert not settings.screen_copies_first
    assert settings.deadlines_days == {"ถนน": 2}
    assert settings.statuses["รอจัดซื้อวัสดุ"] == "on_hold"
    assert database_url(tmp_path, settings).startswith("postgresql+psycopg://")


def test_the_policy_of_screen_copies_is_one_line(tmp_path: Path) -> None:
    make_folder(tmp_path / "hub")
    file = tmp_path / "hub" / "hub.toml"
    text = file.read_text(encoding="utf-8")
    wanted = text.replace("screen_copies_first = false", "screen_copies_first = true")
    file.write_text(wanted, encoding="utf-8")
    assert load_settings(tmp_path / "hub").screen_copies_first


@pytest.mark.parametrize("text", ["port = ", "prot = 1", "port = 99999", '[statuses]\nx = "y"'])
def test_a_wrong_line_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "hub.toml").write_text(text, encoding="utf-8")
    with pytest.raises(FileUnreadable, match=r"hub\.toml"):
        load_settings(tmp_path)


@pytest.mark.parametrize(
    ("host", "is_here"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("192.0.2.1", False), ("hub", False)],
)
def test_only_this_computer_is_loopback(host: str, is_here: bool) -> None:
    assert is_loopback(host) is is_here
