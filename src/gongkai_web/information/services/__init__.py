"""Writes: drafting, review, publication, the register. Each is one transaction, checks permission, leaves an event."""
