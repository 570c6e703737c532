"""Who did what, and who read what: append-only, sealed in a chain of digests."""
