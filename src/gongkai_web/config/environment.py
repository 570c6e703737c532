"""What an installation is told by environment variables, and what it makes for itself on its first start.

| variable | meaning | default |
|---|---|---|
| `GONGKAI_VAR` | directory for the database, files, index and generated secrets | `var` in the working directory |
| `GONGKAI_DATABASE_URL` | `sqlite:///path`, `postgresql://user:password@host/name?host=/socket` | SQLite in `var` |
| `GONGKAI_SECRET_KEY` | signs sessions | made once, kept in `GONGKAI_VAR/secret-key` |
| `GONGKAI_DATA_KEYS` | seal applicants' data; the first encrypts | made once, in `GONGKAI_VAR/data-keys` |
| `GONGKAI_BASE_URL` | the address to which mails lead | where `gongkai serve` answers |
| `GONGKAI_HOSTS` | host names the site answers to, comma separated | `localhost,127.0.0.1,[::1]` |
| `GONGKAI_SITE_NAME` | name of the portal | `政府信息公开` |
| `GONGKAI_HTTPS` | `0` where no TLS stands in front (an intranet) | `1` in production |
| `GONGKAI_TRUSTED_PROXIES` | how many reverse proxies set `X-Forwarded-For` | `0` |
| `GONGKAI_EMAIL_URL` | `smtp://user:password@host:587?tls=1`, `smtps://…`, `file:///dir`, `console:` | files in `var` |
| `GONGKAI_EMAIL_FROM` | the sender of reminders | `gongkai@localhost` |
"""

from __future__ import annotations

import base64
import os
import secrets
from contextlib import suppress
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
    return _made_once(var / "secret-key", secrets.token_urlsafe(50))


def data_keys(var: Path) -> list[str]:
    """The keys that seal applicants' data: given by the environment, else one made on the first start.

    Whoever loses them loses the data; they belong into the backup, apart from that of the database.
    """
    if given := names("GONGKAI_DATA_KEYS", ""):
        return given
    made = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode("ascii")
    return _made_once(var / "data-keys", made).split()


def _made_once(path: Path, content: str) -> str:
    """The file's content, made if absent. It appears whole: two processes that start together read the same."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    if not path.exists():
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
            file.write(content)
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="ascii").strip()


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


def mail(var: Path) -> dict[str, Any]:
    """Django's settings for sending mail; without an address letters are written to files, and nothing is lost.

    Raises: `ValueError` when the address is of another kind.
    """
    url = text("GONGKAI_EMAIL_URL", f"file://{var / 'mail'}")
    parts = urlsplit(url)
    settings = {"DEFAULT_FROM_EMAIL": text("GONGKAI_EMAIL_FROM", "gongkai@localhost")}
    if parts.scheme in {"smtp", "smtps"}:
        return {**settings, **_smtp(url)}
    if parts.scheme == "file":
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {**settings, "EMAIL_BACKEND": backend, "EMAIL_FILE_PATH": parts.path}
    if parts.scheme == "console":
        return {**settings, "EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    raise ValueError(
        f"GONGKAI_EMAIL_URL 只支持 smtp://、smtps://、file:// 与 console:，收到“{parts.scheme}”。请改正后重新启动。"
    )


def _smtp(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    wrapped = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or (465 if wrapped else 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": wrapped,
        "EMAIL_USE_TLS": not wrapped and dict(parse_qsl(parts.query)).get("tls") == "1",
        "EMAIL_TIMEOUT": 20,
    }
