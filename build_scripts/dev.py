"""Set this checkout up if need be, then do one thing with it; needs nothing but Python and git.

    python3 build_scripts/dev.py demo | test | check | storm | fuzz | bench | run | package  [ARGS]

Everything it makes lies in the checkout (`.venv`, `.tools`, `node_modules` of the tests) or in the
usual caches of uv, pip and npm.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from build_scripts import node_packages, system_packages  # noqa: E402  found through the line above

VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
STAMP = VENV / "field-app-stamp"
OLDEST, TOO_NEW = (3, 11), (3, 15)
OLDEST_UV = (0, 8)
UV_REQUIREMENT = "uv>=0.8,<1"
PROGRAMS = "Scripts" if os.name == "nt" else "bin"
SUFFIX = ".exe" if os.name == "nt" else ""

COMMANDS = {
    "demo": ["-m", "field_app", "demo"],
    "run": ["-m", "field_app"],
    "test": ["-m", "pytest"],
    "check": ["-m", "build_scripts.check"],
    "storm": ["-m", "tests.storm.run"],
    "fuzz": ["-m", "tests.fuzz.run"],
    "bench": ["-m", "build_scripts.bench"],
    "package": ["-m", "build_scripts.package"],
}
"""What each command starts with the environment's Python."""
NODE_TESTS = ("tests/tus", "tests/maps")
"""Folders of tests that need packages of Node."""
WITHOUT_NODE = """
The tests in {folders} did NOT run: the packages of Node that they need
could not be installed.
{why}
All other tests ran, see above. This run counts as failed until these have run too: let npm reach
a registry (its own settings say which) and start it again.
"""


def base_python() -> str:
    """Return the Python that runs this script, outside of any virtual environment."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def works(uv: str) -> bool:
    """Return whether this uv starts and is new enough; a version manager's empty shim does not."""
    try:
        answer = subprocess.run([uv, "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return False
    version = re.match(r"uv (\d+)\.(\d+)", answer.stdout)
    return version is not None and tuple(map(int, version.groups())) >= OLDEST_UV


def find_uv() -> str | None:
    """Return a uv that is here already: on PATH, where its installer puts it, or in `.tools`."""
    places = [
        shutil.which("uv"),
        Path.home() / ".local" / "bin" / f"uv{SUFFIX}",
        TOOLS / PROGRAMS / f"uv{SUFFIX}",
    ]
    return next((str(place) for place in places if place and works(str(place))), None)


def install_uv() -> str:
    """Put uv into a small environment of its own, as Debian forbids a plain `pip install`.

    Raises:
        subprocess.CalledProcessError: There is no way to the package index.
    """
    print("Getting uv, which keeps the Python environment …", flush=True)
    subprocess.run([base_python(), "-m", "venv", "--clear", str(TOOLS)], check=True)
    python = TOOLS / PROGRAMS / f"python{SUFFIX}"
    subprocess.run(
        [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
         UV_REQUIREMENT],
        check=True,
    )  # fmt: skip
    return str(TOOLS / PROGRAMS / f"uv{SUFFIX}")


def fingerprint() -> str:
    """Return what the environment depends on, as one hash: Python, the lock, the checkout."""
    digest = hashlib.sha256(f"{sys.version}\n{ROOT}\n".encode())
    for name in ("pyproject.toml", "uv.lock"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def prepare() -> Path:
    """Install what is missing and return the environment's Python.

    Raises:
        SystemExit: Something is missing that only the person can install; it says how.
        subprocess.CalledProcessError: A package could not be fetched or installed.
    """
    python = VENV / PROGRAMS / f"python{SUFFIX}"
    wanted = fingerprint()
    if python.exists() and STAMP.exists() and STAMP.read_text() == wanted:
        system_packages.install()
        return python
    uv = find_uv()
    needs_venv = uv is None and importlib.util.find_spec("ensurepip") is None
    system_packages.install(also=["python3-venv"] if needs_venv else [])
    print("Bringing .venv up to date …", flush=True)
    surroundings = {
        "UV_SYSTEM_CERTS": "1",
        "UV_NATIVE_TLS": "1",
        **os.environ,
        "UV_PROJECT_ENVIRONMENT": str(VENV),
        "UV_PYTHON_DOWNLOADS": "never",
    }
    surroundings.pop("VIRTUAL_ENV", None)
    subprocess.run(
        [uv or install_uv(), "sync", "--locked", "--python", base_python()],
        cwd=ROOT,
        env=surroundings,
        check=True,
    )
    STAMP.write_text(wanted)
    return python


def main(arguments: list[str]) -> int:
    """Do one command and return its exit code; 2 when it is not one of `COMMANDS`."""
    if not OLDEST <= sys.version_info[:2] < TOO_NEW:
        print(f"Field App needs Python 3.11 to 3.14; this is {sys.version.split()[0]}.")
        return 2
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__)
        return 2
    try:
        python = prepare()
    except subprocess.CalledProcessError as error:
        print(f"\nThis did not work: {' '.join(map(str, error.cmd))}", file=sys.stderr)
        return 1
    command, *rest = arguments
    if command == "test":
        return test(python, rest)
    return run([str(python), *COMMANDS[command], *rest])


def test(python: Path, rest: list[str]) -> int:
    """Run the tests and return the exit code; without Node's packages all others, and never 0."""
    words = [str(python), *COMMANDS["test"], *rest]
    missing: dict[str, Exception] = {}
    for folder in NODE_TESTS:
        try:
            node_packages.install(ROOT / folder, VENV / PROGRAMS / f"npm{SUFFIX}")
        except (OSError, subprocess.CalledProcessError) as error:
            missing[folder] = error
    code = run([*words, *(f"--ignore={folder}" for folder in missing)])
    if not missing:
        return code
    why = "\n".join(str(error) for error in missing.values())
    print(WITHOUT_NODE.format(folders=" and ".join(missing), why=why), file=sys.stderr)
    return code or 1


def run(words: list[str]) -> int:
    """Run a command at the top of the project and return its exit code."""
    try:
        return subprocess.run(words, cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
