"""The battery as Linux tells it in small files."""

from pathlib import Path

from field_app.battery import Battery, battery_in


def a_supply(folder: Path, name: str, **said: str) -> None:
    (folder / name).mkdir(parents=True)
    for key, word in said.items():
        (folder / name / key).write_text(f"{word}\n")


def test_a_laptop_s_battery_is_read(tmp_path: Path) -> None:
    a_supply(tmp_path, "AC", type="Mains", online="0")
    a_supply(tmp_path, "BAT0", type="Battery", capacity="64", status="Discharging")
    assert battery_in(tmp_path) == Battery(percent=64, is_charging=False)


def test_a_charger_counts_also_when_the_battery_is_full(tmp_path: Path) -> None:
    a_supply(tmp_path, "BAT1", type="Battery", capacity="100", status="Full")
    assert battery_in(tmp_path) == Battery(percent=100, is_charging=True)


def test_a_mouse_s_battery_is_not_the_computer_s(tmp_path: Path) -> None:
    a_supply(tmp_path, "hid-1", type="Battery", scope="Device", capacity="9", status="Discharging")
    assert battery_in(tmp_path) is None


def test_nobody_tells_on_a_computer_without(tmp_path: Path) -> None:
    assert battery_in(tmp_path / "none") is None
    a_supply(tmp_path, "BAT0", type="Battery", capacity="much", status="Discharging")
    assert battery_in(tmp_path) is None
