"""Tokens: in a real keyring, else in a file that only its owner reads; never in plain sight."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail

from field_app.hub_client.credentials import Credentials, has_keyring


class Elsewhere(KeyringBackend):
    """A backend of another package, as the plain files of keyrings.alt are."""

    priority = 1.0

    def get_password(self, service: str, username: str) -> str | None:
        raise AssertionError("used")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("used")

    def delete_password(self, service: str, username: str) -> None:
        raise AssertionError("used")


@pytest.mark.parametrize("backend", [fail.Keyring, Elsewhere])
def test_without_a_safe_keyring_a_file_of_the_owner_keeps_the_token(
    tmp_path: Path, backend: Callable[[], KeyringBackend]
) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(backend())
    try:
        credentials = Credentials(tmp_path)
        credentials.keep("ana@1", "secret")
        credentials.keep("ana@1", "newer")

        assert not has_keyring()
        assert credentials.token("ana@1") == "newer"
        path = tmp_path / "ana@1" / "token"
        if os.name == "posix":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        credentials.keep_rescue_key("ana@1", "seals packs")
        credentials.forget("ana@1")
        assert credentials.token("ana@1") is None
        assert credentials.rescue_key("ana@1") == "seals packs"
        credentials.forget_rescue_key("ana@1")
        assert credentials.rescue_key("ana@1") == ""
    finally:
        keyring.set_keyring(before)
