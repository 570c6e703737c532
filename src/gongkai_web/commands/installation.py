"""Getting an installation ready: settings, database, static files."""

from __future__ import annotations

import os

from gongkai.errors import GongkaiError

SETTINGS = "gongkai_web.config.settings.development"
"""The embedded way of running: plain HTTP on this machine, SQLite unless the environment names a server."""


class NotInstalled(GongkaiError):  # noqa: N818  # names the state
    """The library was installed without the packages of the portal."""


def load(*, url: str) -> None:
    """Load Django with the settings that the environment names. Safe to call twice. Raises: `NotInstalled`.

    `url` is where the server will answer; mails lead there unless the environment says otherwise.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.environ.setdefault("GONGKAI_BASE_URL", url)
    try:
        import django  # noqa: PLC0415  # settings must be named first

        django.setup()
    except ModuleNotFoundError as error:
        raise NotInstalled(
            "NO-WEB", f"没有安装门户和后台所需的软件包（缺少 {error.name}）。", '请运行 pip install "gongkai[web]"。'
        ) from error


def migrate() -> None:
    """Bring the database to the state of this version; does nothing where it is."""
    from django.core.management import call_command  # noqa: PLC0415  # only after `load`

    call_command("migrate", verbosity=0, interactive=False)


def collect_static() -> None:
    """Copy the files of the installed packages to where the server reads them."""
    from django.core.management import call_command  # noqa: PLC0415  # only after `load`

    call_command("collectstatic", verbosity=0, interactive=False)
