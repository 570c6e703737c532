"""What other apps may hear of. Sent after the transaction has been committed, with `sender` the model and `instance`.

`published`: an item went live or its live content was replaced. `withdrawn`: an item was taken back. The search index
and the caches listen.
"""

from __future__ import annotations

from django.dispatch import Signal

published = Signal()
withdrawn = Signal()
