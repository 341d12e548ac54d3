"""Tokens of this device: in the system's keyring, or in a file that only its owner reads."""

import os
from pathlib import Path
from types import ModuleType
from typing import Final

SERVICE: Final = "field-app"
OWNER_ONLY: Final = 0o600
SAFE_MODULES: Final = ("keyring.backends.",)
"""Backends of keyring itself; others, as the plain files of keyrings.alt, are not used."""


class Credentials:
    """Keeps tokens by account, in the keyring when there is one."""

    def __init__(self, folder: Path) -> None:
        """Keep fallback files in `folder`."""
        self._folder = folder

    def keep(self, account: str, token: str) -> None:
        """Keep a token; an older one of the account is replaced.

        Raises:
            OSError: Neither the keyring nor the folder can be written.
        """
        if self._is_in_keyring(account, token):
            self._file(account).unlink(missing_ok=True)
            return
        path = self._file(account)
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.unlink(missing_ok=True)
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(token)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)

    def token(self, account: str) -> str | None:
        """Return the account's token, or None when there is none."""
        path = self._file(account)
        if path.is_file():
            return path.read_text(encoding="utf-8").strip() or None
        keyring = _keyring()
        if keyring is None:
            return None
        try:
            found: str | None = keyring.get_password(SERVICE, account)
        except keyring.errors.KeyringError:
            return None
        return found

    def forget(self, account: str) -> None:
        """Forget the account's token wherever it is."""
        self._file(account).unlink(missing_ok=True)
        keyring = _keyring()
        if keyring is None:
            return
        try:
            keyring.delete_password(SERVICE, account)
        except keyring.errors.KeyringError:
            return  # the keyring has none, or is locked: then no token can be read either

    def _file(self, account: str) -> Path:
        """Return the fallback file of an account."""
        return self._folder / account / "token"

    def _is_in_keyring(self, account: str, token: str) -> bool:
        """Put the token into the keyring and return whether it is really there."""
        keyring = _keyring()
        if keyring is None:
            return False
        try:
            keyring.set_password(SERVICE, account, token)
            return bool(keyring.get_password(SERVICE, account) == token)
        except keyring.errors.KeyringError:
            return False


def has_keyring() -> bool:
    """Return whether this computer has a keyring that keeps secrets."""
    return _keyring() is not None


def _keyring() -> ModuleType | None:
    """Return the keyring's library, or None where it would keep nothing or keep it in the open.

    Loaded here and not with this module: it takes a tenth of a second, and a start needs no token.
    """
    import keyring.backends.fail  # noqa: PLC0415 - see above
    import keyring.backends.null  # noqa: PLC0415
    import keyring.errors  # noqa: PLC0415

    backend = keyring.get_keyring()
    if isinstance(backend, keyring.backends.fail.Keyring | keyring.backends.null.Keyring):
        return None
    return keyring if type(backend).__module__.startswith(SAFE_MODULES) else None
