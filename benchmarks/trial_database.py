"""A database for one benchmark alone. Importing this module readies Django on it: import it before all else of Django.

With GONGKAI_DATABASE_URL naming a PostgreSQL an extra database is made on that server and dropped in the end; otherwise
it is SQLite in a temporary folder. All other files of the installation lie in that folder too.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit, urlunsplit

os.environ["DJANGO_SETTINGS_MODULE"] = "gongkai_web.config.settings.test"
_folder = tempfile.TemporaryDirectory(prefix="gongkai-bench-")
os.environ["GONGKAI_VAR"] = _folder.name
_server = os.environ.get("GONGKAI_DATABASE_URL", "")
_name = f"gongkai_bench_{os.getpid()}"
if _server.startswith("postgres"):
    os.environ["GONGKAI_DATABASE_URL"] = urlunsplit(urlsplit(_server)._replace(path=f"/{_name}"))
else:
    os.environ["GONGKAI_DATABASE_URL"] = f"sqlite:///{_folder.name}/trial.sqlite3"

import django

django.setup()  # before anything that reads the settings

# ruff: noqa: E402
import psycopg
from django.core.management import call_command
from django.db import connection


@contextmanager
def migrated() -> Iterator[None]:
    """The database with all its tables and nothing in them; on a server it is dropped in the end."""
    if not _server.startswith("postgres"):
        call_command("migrate", verbosity=0)
        yield
        return
    with psycopg.connect(_server, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{_name}"')
        try:
            call_command("migrate", verbosity=0)
            yield
        finally:
            with suppress(Exception):  # the connection may be the fault that ends the benchmark
                connection.close()
            server.execute(f'DROP DATABASE "{_name}" WITH (FORCE)')
