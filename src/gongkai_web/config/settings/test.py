"""For the test-suite: SQLite in memory, or the PostgreSQL named by GONGKAI_DATABASE_URL."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("GONGKAI_VAR", tempfile.mkdtemp(prefix="gongkai-test-"))
os.environ.setdefault("GONGKAI_SECRET_KEY", "only for tests")

from gongkai_web.config import environment
from gongkai_web.config.settings.base import *  # noqa: F403  # a settings module is its names
from gongkai_web.config.settings.base import DATABASES, VAR

ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = VAR / "media"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
if not environment.text("GONGKAI_DATABASE_URL"):
    DATABASES["default"]["NAME"] = ":memory:"
