"""So many questions per minute and address. Nothing of the question is kept, and of the address only a digest.

With a cache in each process's own memory, the default, every process counts for itself: the limit keeps one reader
from occupying the site, it is no means of accounting.
"""

from __future__ import annotations

import hashlib
import time

from django.core.cache import cache
from django.http import HttpRequest

from gongkai_web.audit.middleware import client_address
from gongkai_web.search import conf

_MINUTE = 60


def seconds_to_wait(request: HttpRequest, *, kind: str, share: int = 1) -> int:
    """Counts this question; 0 when it may be asked, else after how many seconds. `share` multiplies the limit."""
    limit = conf.per_minute() * share
    if limit == 0:
        return 0
    now = time.time()
    key = f"search:{kind}:{int(now // _MINUTE)}:{_digest(client_address(request))}"
    cache.add(key, 0, 2 * _MINUTE)
    try:
        asked = cache.incr(key)
    except ValueError:  # the cache threw the count out between the two lines
        return 0
    return int(_MINUTE - now % _MINUTE) + 1 if asked > limit else 0


def _digest(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:20]
