"""The packages of Node that tests speak with, installed once for each change of their lock.

Node and npm themselves come with the Python environment; nothing of the program needs them.
"""

import hashlib
import os
import subprocess
from pathlib import Path

NAMES = ("package.json", "package-lock.json", ".npmrc")
"""The files that say which packages."""
INSTALL = ("ci", "--omit=optional", "--ignore-scripts", "--no-audit", "--no-fund")


def fingerprint(folder: Path) -> str:
    """Return what the installed packages depend on, as one hash."""
    digest = hashlib.sha256(f"{folder}\n{INSTALL}\n".encode())
    for name in NAMES:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def install(folder: Path, npm: Path) -> None:
    """Install what the lock in a folder names, unless it is there already.

    Args:
        folder: Holds `package.json` and its lock; the packages come into `node_modules`.
        npm: The program.

    Raises:
        subprocess.CalledProcessError: A package could not be fetched or installed.
    """
    stamp = folder / "node_modules" / "field-app-stamp"
    wanted = fingerprint(folder)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"Bringing {folder.name}/node_modules up to date …", flush=True)
    subprocess.run(
        [str(npm), *INSTALL, "--loglevel=error"],
        cwd=folder,
        env={"NODE_USE_SYSTEM_CA": "1", **os.environ},  # an office's own certificates, as for uv
        check=True,
    )
    stamp.write_text(wanted)
