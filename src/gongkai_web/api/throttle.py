"""So many questions per minute and address; of the address only a digest is kept, for a minute."""

from __future__ import annotations

import hashlib
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from gongkai_web.audit.middleware import client_address

PER_MINUTE = 300
"""Unless the setting `GONGKAI_API_PER_MINUTE` says otherwise; 0 there switches the throttle off."""
_MINUTE = 60


def seconds_to_wait(request: HttpRequest) -> int:
    """Counts this question; 0 when it may be answered, else after how many seconds."""
    limit = int(getattr(settings, "GONGKAI_API_PER_MINUTE", PER_MINUTE))
    if limit == 0:
        return 0
    now = time.time()
    digest = hashlib.sha256(client_address(request).encode()).hexdigest()[:20]
    key = f"api:{int(now // _MINUTE)}:{digest}"
    cache.add(key, 0, 2 * _MINUTE)
    try:
        asked = cache.incr(key)
    except ValueError:  # the cache threw the count out between the two lines
        return 0
    return int(_MINUTE - now % _MINUTE) + 1 if asked > limit else 0
