"""A report of a fictional agency: as the web page that a government site would publish, and as contract JSON.

It is wrong as real reports are wrong: a total of 表四, strokes where the form wants a 0, penalties that the narrative
counts otherwise than 表二, and a list that does not add up.
"""

from __future__ import annotations

from pathlib import Path

PAGE = Path(__file__).with_name("yunxi_2024.html")
DOCUMENT = Path(__file__).with_name("yunxi_2024.json")
