"""What an installation is told by environment variables, and what it makes for itself on its first start.

| variable | meaning | default |
|---|---|---|
| `GONGKAI_VAR` | directory for the database, files, index and generated secrets | `var` in the working directory |
| `GONGKAI_DATABASE_URL` | `sqlite:///path`, `postgresql://user:password@host/name?host=/socket` | SQLite in `var` |
| `GONGKAI_SECRET_KEY` | signs sessions | made once, kept in `GONGKAI_VAR/secret-key` |
| `GONGKAI_HOSTS` | host names the site answers to, comma separated | `localhost,127.0.0.1,[::1]` |
| `GONGKAI_SITE_NAME` | name of the portal | `政府信息公开` |
| `GONGKAI_HTTPS` | `0` where no TLS stands in front (an intranet) | `1` in production |
| `GONGKAI_TRUSTED_PROXIES` | how many reverse proxies set `X-Forwarded-For` | `0` |
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit


def text(name: str, default: str = "") -> str:
    """The variable's value; an empty one counts as absent."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool) -> bool:
    """A switch: `0`, `no`, `false` and `off` mean no."""
    return text(name, "1" if default else "0").lower() not in {"0", "no", "false", "off"}


def names(name: str, default: str) -> list[str]:
    """A comma separated list without blanks."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def var_directory() -> Path:
    """Where the installation keeps what it writes; made if absent, readable by its own account only."""
    path = Path(text("GONGKAI_VAR", "var")).resolve()
    path.mkdir(mode=0o750, parents=True, exist_ok=True)
    return path


def secret_key(var: Path) -> str:
    """The key that signs sessions: given by the environment, else made on the first start and kept beside the data."""
    if given := text("GONGKAI_SECRET_KEY"):
        return given
    path = var / "secret-key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key


def database(var: Path) -> dict[str, Any]:
    """Django's description of the database.

    Raises: `ValueError` when the address names neither SQLite nor PostgreSQL.
    """
    url = text("GONGKAI_DATABASE_URL", f"sqlite:///{var / 'gongkai.sqlite3'}")
    scheme = urlsplit(url).scheme
    if scheme == "sqlite":
        return _sqlite(url.removeprefix("sqlite:///"))
    if scheme in {"postgres", "postgresql"}:
        return _postgresql(url)
    raise ValueError(f"GONGKAI_DATABASE_URL 只支持 sqlite:/// 与 postgresql://，收到“{scheme}”。请改正后重新启动。")


def _sqlite(name: str) -> dict[str, Any]:
    """WAL lets readers go on while one writes; immediate transactions queue writers instead of failing half-way."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": name,
        "CONN_MAX_AGE": None,  # opening the file and setting its pragmas costs 2 ms, more than a whole page
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA cache_size=-65536;",
        },
    }


def _postgresql(url: str) -> dict[str, Any]:
    """`jit=off`: compiling a plan costs more than every query of this product takes."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", parts.hostname or ""),
        "PORT": str(parts.port or query.get("port", "")),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c jit=off"},
    }
