"""The system libraries Qt needs on Debian and Ubuntu; Windows and macOS need none.

Runs before anything is installed, so it uses the standard library only.
"""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence

PACKAGES = [
    # widgets
    "libglib2.0-0",
    "libegl1",
    "libgl1",
    "libx11-6",
    "libdbus-1-3",
    "libfontconfig1",
    "libfreetype6",
    "libxkbcommon0",
    "libbrotli1",
    # the web view
    "libnss3",
    "libnspr4",
    "libxcomposite1",
    "libxdamage1",
    "libxrandr2",
    "libxtst6",
    "libxkbfile1",
    "libasound2",
    # cameras
    "libpulse0",
    # windows under X
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-image0",
    "libxcb-keysyms1",
    "libxcb-render-util0",
    "libxcb-render0",
    "libxcb-shape0",
    "libxcb-util1",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
    # Thai words are not torn at the end of a line
    "libthai0",
]

RENAMED = {"libglib2.0-0": "libglib2.0-0t64", "libasound2": "libasound2t64"}
"""Names since the 64-bit time change (Ubuntu 24.04, Debian 13)."""

APT = ["apt-get", "-o", "DPkg::Lock::Timeout=300"]
INSTALL = ["install", "--yes", "--no-install-recommends"]


def installed(names: Iterable[str]) -> set[str]:
    """Return which of these packages are installed."""
    answer = subprocess.run(
        ["dpkg-query", "--show", "--showformat", "${Package} ${db:Status-Status}\n", *names],
        capture_output=True,
        text=True,
        check=False,  # it fails as soon as one of them is unknown
    )
    lines = (line.split() for line in answer.stdout.splitlines())
    return {name for name, status in lines if status == "installed"}


def missing(wanted: Sequence[str]) -> list[str]:
    """Return the wanted packages that are installed under neither of their names."""
    here = installed([*wanted, *RENAMED.values()])
    return [name for name in wanted if name not in here and RENAMED.get(name) not in here]


def available(name: str) -> bool:
    """Return whether apt knows a real package of this name."""
    answer = subprocess.run(
        ["apt-cache", "show", "--no-all-versions", name], capture_output=True, check=False
    )
    return answer.returncode == 0 and bool(answer.stdout)


def present_names(names: Sequence[str]) -> list[str]:
    """Return the names as this release spells them.

    Asks what is installed rather than what apt knows: a new machine's apt knows nothing yet, but
    Python itself stands on libraries with the new names.
    """
    is_newer = bool(installed(["*t64"]))
    return [RENAMED.get(name, name) if is_newer else name for name in names]


def administrator() -> list[str] | None:
    """Return what to put before a command to run it as root, or None when there is no way."""
    if sys.platform == "win32":
        return None
    if os.geteuid() == 0:
        return []
    sudo = ["sudo", "-n"]
    if (
        shutil.which("sudo")
        and not subprocess.run([*sudo, "true"], capture_output=True, check=False).returncode
    ):
        return sudo
    return None


def install(also: Sequence[str] = ()) -> None:
    """Install what is missing; do nothing where there is no apt or nothing is missing.

    Raises:
        SystemExit: Root rights are needed; the one command to run was printed.
        subprocess.CalledProcessError: apt failed.
    """
    if not (shutil.which("dpkg-query") and shutil.which("apt-get")):
        return
    lacking = missing([*PACKAGES, *also])
    if not lacking:
        return
    root = administrator()
    if root is None:
        names = shlex.join(present_names(lacking))
        print("System libraries are missing. Run this once, then the same command again:\n")
        print(f"  sudo sh -c 'apt-get update && apt-get {shlex.join(INSTALL)} {names}'\n")
        sys.exit(1)
    print(f"Installing system libraries: {' '.join(lacking)} …", flush=True)
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if root:
        root = [*root, "env", "DEBIAN_FRONTEND=noninteractive"]
    apt = [*root, *APT]
    known = all(available(name) for name in present_names(lacking))
    if (
        known
        and not subprocess.run(
            [*apt, *INSTALL, "-q", *present_names(lacking)], env=surroundings, check=False
        ).returncode
    ):
        return
    subprocess.run([*apt, "update", "-q"], env=surroundings, check=True)
    subprocess.run([*apt, *INSTALL, "-q", *present_names(lacking)], env=surroundings, check=True)
