"""On one's own machine and in the demo: plain HTTP, SQLite, the secrets made on first start."""

from __future__ import annotations

from gongkai_web.config import environment
from gongkai_web.config.settings.base import *  # noqa: F403  # a settings module is its names

DEBUG = environment.flag("GONGKAI_DEBUG", default=False)
# Without DEBUG nothing else serves the files of the installed packages while they are not collected.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
