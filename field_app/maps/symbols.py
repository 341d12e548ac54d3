"""The icons as pieces of SVG that the map page puts into its pins."""

import re
from typing import Final

from field_app.resources import resource

_INSIDE: Final = re.compile(r"<svg\b[^>]*>(.*)</svg>", re.DOTALL)
_GAP: Final = re.compile(r">\s+<")


def symbols(folder: str) -> dict[str, str]:
    """Return what is inside each SVG of a folder of `resources/icons`, by the file's name.

    Args:
        folder: `lucide` (24 × 24, lines) or `status` (16 × 16, `currentColor`).
    """
    return {
        path.stem: _inside(path.read_text("utf-8"))
        for path in sorted(resource("icons", folder).glob("*.svg"))
    }


def _inside(svg: str) -> str:
    found = _INSIDE.search(svg)
    if found is None:
        raise ValueError("An icon of the program is no SVG")
    return _GAP.sub("><", found.group(1)).strip()
