"""Bringing existing items in, taking everything of an agency out, and the checks on every uploaded file."""
