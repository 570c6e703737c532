"""Writes: intake, ledger events, assignment, numbers, files, erasure. Each is one transaction and leaves an event."""
