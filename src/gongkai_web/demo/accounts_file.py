"""The accounts of the example, kept in a file beside the database: their password is made on the spot, once."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings

from gongkai_web.accounts.models import Role
from gongkai_web.demo.cast import PARTS, PLATFORM_ADMINISTRATOR, account_name

_SHOWN = "luoyang"
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is mistaken for another character
_GROUPS, _GROUP = 4, 4


def path() -> Path:
    """Where they are written down."""
    return Path(settings.VAR) / "demo-accounts.txt"


def new_password() -> str:
    """About 79 bits, in groups that can be read aloud."""
    groups = ["".join(secrets.choice(_ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS)]
    return "-".join(groups)


def write(password: str) -> None:
    """Readable by this account only; replaces what an emptied database has left behind."""
    target = path()
    target.unlink(missing_ok=True)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(_listing(password))


def text() -> str:
    """What was written, or where it should be."""
    try:
        return path().read_text(encoding="utf-8")
    except FileNotFoundError:
        return f"演示账号清单 {path()} 已不存在；如需重新生成，请清空数据库后再运行 gongkai demo。"


def _listing(password: str) -> str:
    lines = ["演示账号（口令相同）", f"  口令  {password}", f"  {PLATFORM_ADMINISTRATOR:28}平台管理员"]
    shown = next(part for part in PARTS if part.slug == _SHOWN)
    lines += [f"  {account_name(shown, role):28}{shown.short_name} {role.label}" for role in Role]
    others = "、".join(part.slug for part in PARTS if part.slug != _SHOWN)
    lines += [f"  其他机关的账号把 {_SHOWN} 换成：{others}", "  city-supervisor 可以查看全市各机关。"]
    return "\n".join(lines) + "\n"
