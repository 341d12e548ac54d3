"""Keys and seals of rescue packs: Fernet and Scrypt as `cryptography`'s own recipes have them.

https://cryptography.io/en/latest/fernet/#using-passwords-with-fernet

Its recipes are loaded when the first pack is sealed or opened: a start does neither.
"""

import base64
import secrets
import unicodedata
from typing import TYPE_CHECKING, Final

from field_app.domain.pack_errors import NotThisKey, PackDamaged, PassphraseTooShort
from field_app.protocol.pack import Costs

if TYPE_CHECKING:
    from cryptography.fernet import Fernet

SHORTEST: Final = 8
"""Characters of a passphrase."""
SALT_BYTES: Final = 16
KEY_BYTES: Final = 32
SCRYPT: Final[dict[str, int]] = {"n": 2**17, "r": 8, "p": 1}
"""Costs of a new passphrase: 128 MiB and about half a second on a laptop for each try."""
DEAREST: Final = 128 * 2**17 * 8
"""Bytes of memory that a header may ask for; a made-up one must not bring a hub down."""


def new_key() -> str:
    """Return a new key, for a pack or for a device."""
    from cryptography.fernet import Fernet  # noqa: PLC0415 - see the module's sign

    return Fernet.generate_key().decode()


def new_salt() -> str:
    """Return a new salt, hex."""
    return secrets.token_bytes(SALT_BYTES).hex()


def costs() -> Costs:
    """Return the costs of a new passphrase."""
    return Costs(**SCRYPT)


def check_passphrase(passphrase: str) -> None:
    """Raise PassphraseTooShort when a passphrase for a new pack is guessed too easily."""
    if len(_plain(passphrase)) < SHORTEST:
        raise PassphraseTooShort(f"fewer than {SHORTEST} characters")


def key_of(passphrase: str, salt: str, price: Costs) -> str:
    """Return the key that a passphrase stands for; slow on purpose.

    Raises:
        PackDamaged: The header's salt or costs cannot be meant.
    """
    from cryptography.hazmat.primitives.kdf.scrypt import (  # noqa: PLC0415 - as above
        Scrypt,
    )

    if 128 * price.n * price.r > DEAREST or price.p > 1:
        raise PackDamaged("the header asks for more memory than any pack does")
    try:
        kdf = Scrypt(salt=bytes.fromhex(salt), length=KEY_BYTES, n=price.n, r=price.r, p=price.p)
        derived = kdf.derive(_plain(passphrase).encode())
    except ValueError as error:
        raise PackDamaged("the header's salt or costs are none") from error
    return base64.urlsafe_b64encode(derived).decode()


def seal(key: str, data: bytes) -> bytes:
    """Return data sealed with a key: unreadable, and unchangeable unnoticed, without it."""
    return _fernet(key).encrypt(data)


def unseal(key: str, token: bytes) -> bytes:
    """Return what was sealed with a key.

    Raises:
        NotThisKey: It was sealed with another key, or it is not as it was sealed.
    """
    from cryptography.fernet import InvalidToken  # noqa: PLC0415 - as above

    try:
        return _fernet(key).decrypt(token)
    except (InvalidToken, ValueError) as error:
        raise NotThisKey("the seal does not open with this key") from error


def _fernet(key: str) -> "Fernet":
    """Return what seals and opens with a key; ValueError when it is none."""
    from cryptography.fernet import Fernet  # noqa: PLC0415 - as above

    return Fernet(key)


def _plain(passphrase: str) -> str:
    """Return a passphrase as every keyboard and system writes it."""
    return unicodedata.normalize("NFKC", passphrase).strip()
