"""Distances, sizes and counts as people read them, with Arabic digits in both languages."""

from typing import Final

from field_app.texts.catalogue import _

METRES_PER_STEP: Final = 10
METRES_PER_KILOMETRE: Final = 1000
BYTES_PER_UNIT: Final = 1000
UNITS: Final = ("B", "kB", "MB", "GB", "TB")


def distance(metres: float) -> str:
    """Return '350 ม.' below one kilometre, in steps of 10 m, and '1.4 กม.' from there on."""
    steps = round(metres / METRES_PER_STEP) * METRES_PER_STEP
    if steps < METRES_PER_KILOMETRE:
        return _("{count} m").format(count=steps)
    return _("{count} km").format(count=f"{metres / METRES_PER_KILOMETRE:,.1f}")


def measured(metres: float) -> str:
    """Return a length that somebody measured: '347 ม.' below one kilometre, then '1.35 กม.'."""
    whole = f"{metres:.0f}"
    if int(whole) < METRES_PER_KILOMETRE:
        return _("{count} m").format(count=whole)
    return _("{count} km").format(count=f"{metres / METRES_PER_KILOMETRE:,.2f}")


def file_size(size_bytes: int) -> str:
    """Return '12.4 MB': decimal units as disks and networks count them, one decimal from kB on."""
    size = float(size_bytes)
    unit = 0
    while round(size, 1) >= BYTES_PER_UNIT and unit < len(UNITS) - 1:
        size /= BYTES_PER_UNIT
        unit += 1
    return f"{size:.0f} {UNITS[unit]}" if unit == 0 else f"{size:,.1f} {UNITS[unit]}"


def count(number: int) -> str:
    """Return '1,204'."""
    return f"{number:,}"
