"""What keeps a file or a table from being taken."""

from __future__ import annotations

from gongkai.errors import GongkaiError


class UploadRefused(GongkaiError):  # noqa: N818  # names the event
    """The file is not what its name says, too large, or carries something that acts by itself."""


class ArchiveRefused(UploadRefused):
    """The archive would harm whoever unpacks it, or cannot be unpacked."""


class TableRefused(UploadRefused):
    """The file holds no table that can be read."""
