"""What the elements of a page mean for its text.

Source: HTML Standard, "Rendering" (which elements are blocks).
"""

from __future__ import annotations

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "header hr li main nav ol pre section summary table tbody td tfoot th thead tr ul"
)
_INLINE_NAMES = "a abbr b bdo big cite code em font i ins label mark nobr o:p s small span strike strong sub sup tt u"
_UNSEEN_NAMES = "script style template noscript select textarea iframe svg title -comment"

BLOCKS = frozenset(_BLOCK_NAMES.split())
INLINE = frozenset(_INLINE_NAMES.split())
UNSEEN = frozenset(_UNSEEN_NAMES.split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}
LEAVES = frozenset(("p", *HEADINGS))  # blocks that hold text and inline elements only
CELLS = frozenset(("td", "th"))
