"""Passphrases are checked quickly in tests."""

import pytest

from field_app.packs import sealing


@pytest.fixture(autouse=True)
def quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sealing.SCRYPT, "n", 2)
