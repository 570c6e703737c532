"""Personal data at rest: sealed with keys that rotate, found again by blind indexes.

The first key of `GONGKAI_DATA_KEYS` encrypts, all of them decrypt; `applications_rekey` seals everything anew with the
first, after which the others can go. A *blind index* is a keyed digest: it tells that two values are the same to
whoever holds the key, and nothing to whoever holds the database alone.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models

from gongkai.errors import GongkaiError

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField


class DataKeyError(GongkaiError):
    """None of the keys opens what was sealed, or a key is none."""


def seal(content: bytes) -> bytes:
    """The content encrypted and signed with the first key."""
    return _cipher(_keys()).encrypt(content)


def unseal(token: bytes) -> bytes:
    """What was sealed with any of the keys. Raises: `DataKeyError`."""
    try:
        return _cipher(_keys()).decrypt(token)
    except InvalidToken:
        raise _unknown() from None


def reseal(token: bytes) -> bytes:
    """The same content sealed with the first key. Raises: `DataKeyError`."""
    try:
        return _cipher(_keys()).rotate(token)
    except InvalidToken:
        raise _unknown() from None


def blind(purpose: str, value: str) -> str:
    """The blind index of a value by the first key; blank for a blank value. Case, width and spaces do not matter."""
    found = blinds(purpose, value)
    return found[0] if found else ""


def blinds(purpose: str, value: str) -> list[str]:
    """The value's blind index by every key, to find rows that are not rekeyed yet."""
    plain = "".join(unicodedata.normalize("NFKC", value).split()).upper()
    return [_digest(key, f"{purpose}:{plain}") for key in _keys()] if plain else []


def derive_code(purpose: str, value: str) -> list[bytes]:
    """32 bytes that only the holder of a key can make from the value: one for each key, the first key's first."""
    return [hmac.digest(key.encode(), f"{purpose}:{value}".encode(), "sha256") for key in _keys()]


class EncryptedTextField(_Text):
    """Text that the database holds sealed. It cannot be searched; blank stays blank.

    Raises: `DataKeyError` on reading what no key opens.
    """

    def get_prep_value(self, value: Any) -> Any:
        """Seal on the way in."""
        plain = super().get_prep_value(value)
        return seal(plain.encode()).decode("ascii") if plain else plain

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        """Open on the way out."""
        return unseal(value.encode("ascii")).decode() if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """A sealed value equals nothing, so only its absence can be asked for."""
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None


def _keys() -> tuple[str, ...]:
    return tuple(settings.GONGKAI_DATA_KEYS)


@lru_cache(maxsize=4)
def _cipher(keys: tuple[str, ...]) -> MultiFernet:
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError:
        raise DataKeyError(
            "DATA-KEY-INVALID",
            "GONGKAI_DATA_KEYS 中有不合规格的数据密钥。",
            "每个密钥应为32字节的 URL 安全 Base64 文本，多个之间用逗号分隔。",
        ) from None


def _digest(key: str, text: str) -> str:
    return base64.b32encode(hmac.digest(key.encode(), text.encode(), hashlib.sha256)[:20]).decode()


def _unknown() -> DataKeyError:
    return DataKeyError(
        "DATA-KEY-UNKNOWN",
        "无法解密申请人信息：现有的数据密钥都不是加密时所用的密钥，或者内容已被改动。",
        "请核对 GONGKAI_DATA_KEYS（或者数据目录下的 data-keys 文件）是否包含原来的密钥。",
    )
