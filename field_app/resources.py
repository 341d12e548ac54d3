"""Where the files that come with the program are."""

import sys
from functools import cache
from pathlib import Path


@cache
def _root() -> Path:
    """Return the folder of all resources, wherever the program was started from."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    package = Path(__file__).resolve().parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def resource(*parts: str) -> Path:
    """Return the path of a file or folder that comes with the program.

    Args:
        parts: Names below the resources folder, outermost first.

    Returns:
        An absolute path. In the source tree it lies in `resources/`, in an installed wheel in
        `field_app/_resources/`, in a frozen program in the `resources/` folder of its bundle.

    Raises:
        FileNotFoundError: The program was built or copied without this file.
    """
    path = _root().joinpath(*parts)
    if not path.exists():
        raise FileNotFoundError(f"The program's own file is missing: {path}")
    return path
