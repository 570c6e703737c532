"""The secret 查询码 with which an applicant follows his case."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets as random

from gongkai_web.applications.crypto import derive_code

_LETTERS = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789")
"""Base 32 without I, O, 0 and 1, which people confuse."""
LENGTH = 12
_COST = 2**11


def secret_for(key: str) -> str:
    """The secret of a submission: the same key gives the same secret, to nobody who lacks the data key."""
    return _readable(derive_code("secret", key)[0])


def known_secret(key: str, stored: str) -> str:
    """The secret of that key which fits the stored hash; blank when the data key of its time is gone."""
    found = (_readable(code) for code in derive_code("secret", key))
    return next((one for one in found if fits(one, stored)), "")


def hashed(secret: str) -> str:
    """A salted hash to keep."""
    salt = random.token_hex(8)
    return f"{salt}${_hash(secret, salt)}"


def fits(secret: str, stored: str) -> bool:
    """Is this the secret? Hyphens, spaces and case do not matter; the time taken tells nothing."""
    salt, _, digest = stored.partition("$")
    return hmac.compare_digest(_hash(secret, salt), digest or "-")


def _readable(code: bytes) -> str:
    """`XXXX-XXXX-XXXX`: 60 bits."""
    text = base64.b32encode(code).translate(_LETTERS).decode()[:LENGTH]
    return "-".join(text[place : place + 4] for place in range(0, LENGTH, 4))


def _hash(secret: str, salt: str) -> str:
    plain = "".join(one for one in secret.upper() if one.isalnum())
    return hashlib.scrypt(plain.encode(), salt=salt.encode(), n=_COST, r=8, p=1, dklen=20).hex()
