"""What other apps may hear of. Sent after the transaction has been committed, with `sender` the model and `instance`.

`published`: an item went live or its live content was replaced. `withdrawn`: an item was taken back. The search index
and the caches listen.

`daily`: the command of that name has done its own work, which it does every few minutes. A receiver does what is due in
its app, harmlessly at any time, and returns a Chinese sentence of what it did, or nothing.
"""

from __future__ import annotations

from django.dispatch import Signal

published = Signal()
withdrawn = Signal()
daily = Signal()
