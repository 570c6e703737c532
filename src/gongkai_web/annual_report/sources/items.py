"""Figures about what was published: items by column, normative documents, interpretations."""

from __future__ import annotations
