"""So many tries per hour and address; of the address only a digest is kept, for an hour.

As with the search, every process counts for itself unless a shared cache is configured: secrets are long enough to
stand on their own, the throttle only makes trying pointless sooner.
"""

from __future__ import annotations

import hashlib
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from gongkai_web.audit.middleware import client_address

_HOUR = 3600
LIMITS = {"draft": 60, "submit": 12, "upload": 60, "track": 20, "act": 30}
"""Per hour and address. The setting `GONGKAI_APPLY_PER_HOUR` replaces them by kind; 0 switches one off.

`track` counts wrong secrets only. None is counted per case: whoever likes could then lock an applicant out of his own.
"""


def seconds_to_wait(request: HttpRequest, *, kind: str) -> int:
    """Counts this try; 0 when it may be made, else after how many seconds."""
    limit = _limit(kind)
    if limit == 0:
        return 0
    key = _key(kind, request)
    cache.add(key, 0, 2 * _HOUR)
    try:
        tried = cache.incr(key)
    except ValueError:  # the cache threw the count out between the two lines
        return 0
    return _rest() if tried > limit else 0


def is_exhausted(request: HttpRequest, *, kind: str) -> int:
    """As `seconds_to_wait` without counting: for tries of which only the failed ones count."""
    limit = _limit(kind)
    tried = cache.get(_key(kind, request), 0) if limit else 0
    return _rest() if limit and tried >= limit else 0


def _limit(kind: str) -> int:
    return int(getattr(settings, "GONGKAI_APPLY_PER_HOUR", {}).get(kind, LIMITS[kind]))


def _key(kind: str, request: HttpRequest) -> str:
    digest = hashlib.sha256(client_address(request).encode()).hexdigest()[:20]
    return f"apply:{kind}:{int(time.time() // _HOUR)}:{digest}"


def _rest() -> int:
    return int(_HOUR - time.time() % _HOUR) + 1


def in_minutes(seconds: int) -> int:
    """Rounded up, for people."""
    return -(-seconds // 60)
