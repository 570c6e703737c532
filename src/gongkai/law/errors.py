"""Misuse of the law's data: each message says what, where and the next step, in Chinese."""

from __future__ import annotations

from gongkai.errors import GongkaiError


class LawError(GongkaiError):
    """Base of what `gongkai.law` raises."""


class NotInForceError(LawError):
    """No value of that name was in force on that day, or the name is unknown."""


class CalendarRangeError(LawError):
    """The day lies outside the years for which workdays can be told."""


class UnknownRegionError(LawError):
    """No local holidays are recorded under that name."""


class EventOrderError(LawError):
    """The events of an application are in an order that the law does not know."""
