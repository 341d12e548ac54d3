"""Secrets of this device: in the system's keyring, or in a file that only its owner reads."""

import os
from pathlib import Path
from types import ModuleType
from typing import Final

SERVICE: Final = "field-app"
RESCUE: Final = " rescue"
"""After the account's name, for its rescue key in the keyring."""
OWNER_ONLY: Final = 0o600
SAFE_MODULES: Final = ("keyring.backends.",)
"""Backends of keyring itself; others, as the plain files of keyrings.alt, are not used."""


class Credentials:
    """Keeps a token and a rescue key by account, in the keyring when there is one."""

    def __init__(self, folder: Path) -> None:
        """Keep fallback files in `folder`."""
        self._folder = folder

    def keep(self, account: str, token: str) -> None:
        """Keep a token; an older one of the account is replaced.

        Raises:
            OSError: Neither the keyring nor the folder can be written.
        """
        self._keep(account, self._file(account), token)

    def keep_rescue_key(self, account: str, key: str) -> None:
        """Keep what seals rescue packs for the hub; an older one of the account is replaced.

        Raises:
            OSError: Neither the keyring nor the folder can be written.
        """
        self._keep(f"{account}{RESCUE}", self._rescue_file(account), key)

    def token(self, account: str) -> str | None:
        """Return the account's token, or None when there is none."""
        return _found(account, self._file(account))

    def rescue_key(self, account: str) -> str:
        """Return what seals the account's rescue packs for the hub; empty when there is none."""
        return _found(f"{account}{RESCUE}", self._rescue_file(account)) or ""

    def forget(self, account: str) -> None:
        """Forget the account's token wherever it is; its rescue key opens nothing at the hub."""
        _forget(account, self._file(account))

    def forget_rescue_key(self, account: str) -> None:
        """Forget the account's rescue key wherever it is."""
        _forget(f"{account}{RESCUE}", self._rescue_file(account))

    def _keep(self, name: str, path: Path, secret: str) -> None:
        """Keep a secret in the keyring under a name, or else in a file."""
        if _is_in_keyring(name, secret):
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(".new")
        new.unlink(missing_ok=True)
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(secret)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)

    def _file(self, account: str) -> Path:
        """Return the fallback file of an account's token."""
        return self._folder / account / "token"

    def _rescue_file(self, account: str) -> Path:
        """Return the fallback file of an account's rescue key."""
        return self._folder / account / "rescue-key"


def _found(name: str, path: Path) -> str | None:
    """Return a secret from its file or from the keyring, or None."""
    if path.is_file():
        return path.read_text(encoding="utf-8").strip() or None
    keyring = _keyring()
    if keyring is None:
        return None
    try:
        found: str | None = keyring.get_password(SERVICE, name)
    except keyring.errors.KeyringError:
        return None
    return found


def _forget(name: str, path: Path) -> None:
    """Forget a secret wherever it is."""
    path.unlink(missing_ok=True)
    keyring = _keyring()
    if keyring is None:
        return
    try:
        keyring.delete_password(SERVICE, name)
    except keyring.errors.KeyringError:
        return  # the keyring has none, or is locked: then none can be read either


def _is_in_keyring(name: str, secret: str) -> bool:
    """Put a secret into the keyring and return whether it is really there."""
    keyring = _keyring()
    if keyring is None:
        return False
    try:
        keyring.set_password(SERVICE, name, secret)
        return bool(keyring.get_password(SERVICE, name) == secret)
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
