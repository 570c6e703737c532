"""The exceptions of the library: wrong *use* raises; wrong *data* is a `Doubt` or a `Finding`."""

from __future__ import annotations


class GongkaiError(Exception):
    """Base of every error this library raises.

    `code` is stable and meant for programs; `message` and `hint` are Chinese sentences for people: what is wrong
    and where, then what to do next.
    """

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint

    def to_json(self) -> dict[str, str]:
        """The `error` member of the document that the command line prints."""
        return {"code": self.code, "message": self.message, "hint": self.hint}


class UnreadableReportError(GongkaiError):
    """The input is no annual report, or one whose figures cannot be had (form of before 2019, empty form, images)."""
