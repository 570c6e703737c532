"""Codes of the narrative audit: numbers in the text against each other and against the tables."""

from __future__ import annotations

from gongkai.annual_report.checks.catalogue.entry import Entry

ENTRIES: tuple[Entry, ...] = ()
