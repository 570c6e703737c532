"""Behind a TLS-terminating proxy, served by gunicorn; every value comes from the environment (see `environment`)."""

from __future__ import annotations

from gongkai_web.config import environment
from gongkai_web.config.settings import base
from gongkai_web.config.settings.base import *  # noqa: F403  # a settings module is its names

_HTTPS = environment.flag("GONGKAI_HTTPS", default=True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SECURE_SSL_REDIRECT = _HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if _HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
CSRF_TRUSTED_ORIGINS = environment.names("GONGKAI_TRUSTED_ORIGINS", "")
STORAGES = {**base.STORAGES, "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}
