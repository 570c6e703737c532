"""Reading published reports: bytes → document → frames → located cells and narrative → `Report`.

`read` is the whole of it. Each step is a module of this package and knows nothing of the ones after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.annual_report.model import Report

__all__ = ["read"]


def read(data: bytes, *, name: str = "") -> list[Report]:
    """Read the reports in a file of any supported kind; `name` is its name, which may tell its kind, agency and year.

    A file in the JSON of this library is taken as the report it holds. Several reports in one file give several.

    Raises: UnreadableReportError, whose `code`, `message` and `hint` say why and what to do next.
    """
    # Imported here so that a reader of one kind of file can be used without the others.
    from gongkai.annual_report import serialisation  # noqa: PLC0415

    if serialisation.is_json(data):
        return serialisation.loads(data)
    from hashlib import sha256  # noqa: PLC0415

    from gongkai.annual_report.model import Source  # noqa: PLC0415
    from gongkai.annual_report.reading.frame_report import read_document  # noqa: PLC0415
    from gongkai.annual_report.reading.opening import open_document  # noqa: PLC0415

    document = open_document(data, name=name)
    return read_document(document, source=Source(name, document.media_type, sha256(data).hexdigest()))
