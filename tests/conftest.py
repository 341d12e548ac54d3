"""What holds for every test: no home, no screen, no network, one language, and a quiet log."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import hypothesis
import pytest

from field_app.texts import set_language
from field_app.texts.dates import set_zone

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("DISPLAY", None)
os.environ.pop("WAYLAND_DISPLAY", None)
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
if hasattr(os, "geteuid") and os.geteuid() == 0:
    os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"

QUICK_PHASES = [
    hypothesis.Phase.explicit,
    hypothesis.Phase.reuse,
    hypothesis.Phase.generate,
]
"""Everything but shrinking, which takes minutes for a whole town."""

hypothesis.settings.register_profile("dev", deadline=None, max_examples=100)
hypothesis.settings.register_profile(
    "ci",
    deadline=None,
    max_examples=100,
    derandomize=True,
    database=None,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
    print_blob=True,
)
hypothesis.settings.register_profile(
    "nightly", deadline=None, max_examples=5000, phases=QUICK_PHASES, print_blob=True
)
hypothesis.settings.load_profile(
    os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev")
)


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the files of whoever runs it."""
    home = tmp_path_factory.mktemp("home", numbered=True)
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(Path(home, name.lower())))
    for name in [name for name in os.environ if name.startswith("FIELD_APP_")]:
        if not name.startswith("FIELD_APP_TEST_"):
            monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _english_in_bangkok() -> Iterator[None]:
    """Start every test in English with Bangkok's clock, and leave no other choice behind."""
    set_language("en")
    set_zone(ZoneInfo("Asia/Bangkok"))
    yield
    set_language("en")
    set_zone(ZoneInfo("Asia/Bangkok"))


class _Complaints(logging.Handler):
    """Collects what the program logs as a warning or worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test in which the program logs a warning, unless it is marked `logs_warnings`."""
    complaints = _Complaints()
    logger = logging.getLogger("field_app")
    logger.addHandler(complaints)
    yield
    logger.removeHandler(complaints)
    if complaints.lines and request.node.get_closest_marker("logs_warnings") is None:
        pytest.fail("The program logged:\n" + "\n".join(complaints.lines))
