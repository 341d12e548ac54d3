"""The battery, as far as the system tells without asking anybody for a right."""

import ctypes
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SUPPLIES: Final = Path("/sys/class/power_supply")
"""Where Linux tells (Documentation/ABI/testing/sysfs-class-power)."""
UNKNOWN: Final = 255
"""What Windows says where it does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Battery:
    """How full it is."""

    percent: int
    is_charging: bool
    """Whether the computer hangs on a charger."""


def battery() -> Battery | None:
    """Return the battery; None where there is none, or nobody tells."""
    if os.name == "nt":
        return _of_windows()
    return battery_in(SUPPLIES)


def battery_in(folder: Path) -> Battery | None:
    """Return the first battery of the computer itself in a folder of Linux's power supplies."""
    try:
        supplies = sorted(folder.iterdir())
    except OSError:
        return None
    for supply in supplies:
        is_device = _word(supply / "scope") == "Device"  # a mouse's or a keyboard's own
        percent = _word(supply / "capacity")
        if _word(supply / "type") == "Battery" and not is_device and percent.isdigit():
            status = _word(supply / "status")
            return Battery(percent=min(100, int(percent)), is_charging=status != "Discharging")
    return None


def _word(path: Path) -> str:
    """Return the word in one of the system's small files; empty when there is none."""
    try:
        return path.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


class _Status(ctypes.Structure):
    """SYSTEM_POWER_STATUS of winbase.h."""

    _fields_ = (
        ("ac_line", ctypes.c_ubyte),
        ("flag", ctypes.c_ubyte),
        ("percent", ctypes.c_ubyte),
        ("saver", ctypes.c_ubyte),
        ("seconds", ctypes.c_uint32),
        ("full_seconds", ctypes.c_uint32),
    )


def _of_windows() -> Battery | None:
    """Ask Windows."""
    status = _Status()
    if not vars(ctypes)["windll"].kernel32.GetSystemPowerStatus(ctypes.byref(status)):
        return None
    if status.percent == UNKNOWN:
        return None
    return Battery(percent=min(100, status.percent), is_charging=status.ac_line == 1)
